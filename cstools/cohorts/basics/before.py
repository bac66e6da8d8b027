"""What stood before it was worked out anew, so that a second draw moves nobody unseen.

Only what differs is held: a draw that gives the same again leaves nothing to tell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cstools.cohorts.buddies.buddies import Explanation
    from cstools.cohorts.cohort import Cohort
    from cstools.cohorts.selection.decisions import Decision


@dataclass(frozen=True)
class Before:
    """The last decisions and buddies before these, of those for whom it is another answer now.

    While seats or buddies are open, it has everybody's.
    """

    decisions: tuple[Decision, ...] = ()
    buddies: tuple[Explanation, ...] = ()


def before_opening(cohort: Cohort) -> Before:
    """Return what stands before seats and buddies are open again."""
    held = cohort.before
    return Before(cohort.decisions or held.decisions, cohort.buddies or held.buddies)


def before_seats(cohort: Cohort, decisions: tuple[Decision, ...]) -> Before:
    """Return what stood before seats were given out as they are now; buddies are open then."""
    opened = before_opening(cohort)
    if decisions == cohort.decisions:
        return replace(opened, decisions=cohort.before.decisions)
    now = {(d.code, d.outcome, d.place) for d in decisions}
    moved = (d for d in opened.decisions if (d.code, d.outcome, d.place) not in now)
    return replace(opened, decisions=tuple(moved))


def before_buddies(cohort: Cohort, buddies: tuple[Explanation, ...]) -> Before:
    """Return what stood before buddies were paired as they are now."""
    if buddies == cohort.buddies:
        return cohort.before
    now = {(e.code, e.buddies) for e in buddies}
    earlier = cohort.buddies or cohort.before.buddies
    return replace(
        cohort.before, buddies=tuple(e for e in earlier if (e.code, e.buddies) not in now)
    )
