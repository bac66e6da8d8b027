"""What stood before it was worked out anew, so that a second draw moves nobody unseen.

Only what differs is held: a draw that gives the same again leaves nothing to tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cstools.cohorts.basics.people import Participant, natural_key

if TYPE_CHECKING:
    from cstools.cohorts.buddies.buddies import Explanation
    from cstools.cohorts.cohort import Cohort
    from cstools.cohorts.selection.decisions import Decision


@dataclass(frozen=True)
class Before:
    """The last decisions and buddies before these, of those for whom it is another answer now.

    While seats or buddies are open, it has everybody's. ``stand`` says that the buddies are still
    those of the people who have seats, should these turn out to be the same ones again.
    """

    decisions: tuple[Decision, ...] = ()
    buddies: tuple[Explanation, ...] = ()
    stand: bool = False


def before_opening(cohort: Cohort) -> Before:
    """Return what stands before seats and buddies are open again."""
    held = cohort.before
    stand = bool(cohort.buddies) if cohort.decisions else held.stand
    return Before(cohort.decisions or held.decisions, cohort.buddies or held.buddies, stand)


def last_decisions(cohort: Cohort) -> tuple[Decision, ...]:
    """Return the decisions on seats; while these are open again, the last ones, which hold on."""
    return cohort.decisions or cohort.before.decisions


def seats_open_again(cohort: Cohort) -> bool:
    """Say whether seats were decided, and are open again until they are given anew."""
    return bool(cohort.before.decisions) and not cohort.decisions


def seated_people(cohort: Cohort) -> tuple[Participant, ...]:
    """Return who has a seat by the last decisions, in order of code."""
    seated = _seated(last_decisions(cohort))
    return tuple(person for person in cohort.people if person.code in seated)


def people_with_seats(cohort: Cohort) -> tuple[Participant, ...]:
    """Return the same; everybody enrolled, as long as no seats were decided at all."""
    return seated_people(cohort) if last_decisions(cohort) else cohort.people


def before_enrolling(cohort: Cohort, people: Iterable[Participant]) -> Before:
    """Return the same before applications come in; new answers of paired people open buddies."""
    opened = before_opening(cohort)
    now = {natural_key(person.application.email): person.application.answers for person in people}
    seated = _seated(opened.decisions)
    same = (
        now.get(natural_key(person.application.email)) == person.application.answers
        for person in cohort.people
        if person.code in seated
    )
    return replace(opened, stand=opened.stand and all(same))


def buddies_that_stand(cohort: Cohort, decisions: tuple[Decision, ...]) -> tuple[Explanation, ...]:
    """Return the buddies as they were decided, where the same people have seats; or else none."""
    opened = before_opening(cohort)
    same = _seated(opened.decisions) == _seated(decisions)
    return opened.buddies if opened.stand and same else ()


def before_seats(
    cohort: Cohort, decisions: tuple[Decision, ...], buddies: tuple[Explanation, ...]
) -> Before:
    """Return what stood before seats were given out as they are now."""
    opened = replace(before_opening(cohort), stand=False)
    if buddies:
        opened = replace(opened, buddies=cohort.before.buddies if cohort.buddies else ())
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


def _seated(decisions: Iterable[Decision]) -> set[str]:
    return {held.code for held in decisions if held.outcome == "accepted"}
