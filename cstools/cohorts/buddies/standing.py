"""Who is whose buddy now: people leave and come in between one pairing and the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstools.cohorts.buddies.buddies import Explanation

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

CAME_SINCE = "has come in since buddies were paired"
Standing = tuple[str, tuple[str, ...], str]


def standing(cohort: Cohort) -> list[Standing]:
    """Return everybody with a seat, the buddies who have one too, and how they were found.

    Before buddies are paired nobody is listed.
    """
    if not cohort.buddies:
        return []
    seated = [person.code for person in cohort.accepted]
    known = {told.code: told for told in cohort.buddies}
    there = set(seated)
    return [_standing(code, known.get(code), there) for code in seated]


def _standing(code: str, told: Explanation | None, seated: set[str]) -> Standing:
    if told is None:
        return code, (), CAME_SINCE
    here = tuple(buddy for buddy in told.buddies if buddy in seated)
    gone = [buddy for buddy in told.buddies if buddy not in seated]
    if not gone:
        return code, here, told.reason
    left = f"{' and '.join(gone)} {'has' if len(gone) == 1 else 'have'} no seat any more"
    return code, here, f"{left}; {told.reason}" if here else left
