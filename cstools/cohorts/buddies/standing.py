"""Who is whose buddy now: people leave and come in between one pairing and the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cstools.cohorts.basics.ways import by_diary
from cstools.cohorts.buddies.buddies import Explanation

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

CAME_SINCE = "has come in since buddies were paired"
Standing = tuple[str, tuple[str, ...], str]


def paired(cohort: Cohort) -> dict[str, tuple[str, ...]]:
    """Return everybody's buddies by the last pairing, which holds on while buddies are open."""
    return {told.code: told.buddies for told in cohort.buddies or cohort.before.buddies}


def ever_paired(cohort: Cohort) -> set[tuple[str, str]]:
    """Return who is whose buddy, or was before buddies were opened or paired anew."""
    told = (*cohort.buddies, *cohort.before.buddies)
    return {(each.code, buddy) for each in told for buddy in each.buddies}


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


def alone_by_site(now: Sequence[Standing], sites: Mapping[str, str]) -> list[str]:
    """Return why people stay alone where most are at one site, and what helps; or nothing.

    Everybody at the largest site needs somebody of another, and each of these can be with one.
    """
    ((largest, there),) = Counter(sites[code] for code, *_ in now).most_common(1) or [("", 0)]
    others = len(now) - there
    alone = sum(not found and sites[code] == largest for code, found, _ in now)
    if alone < 2 or there <= others:
        return []
    can = f"at most {2 * others} can have a buddy" if others else "nobody can have a buddy"
    return [
        f"{there} of {len(now)} people are at '{largest}', so that {can} at another site. Two of "
        f"the {alone} who are alone there can be buddies if you wish them as a pair within the "
        f"site; whoever has a buddy keeps theirs {by_diary('pair', 'pair again')}."
    ]


def _standing(code: str, told: Explanation | None, seated: set[str]) -> Standing:
    if told is None:
        return code, (), CAME_SINCE
    here = tuple(buddy for buddy in told.buddies if buddy in seated)
    gone = [buddy for buddy in told.buddies if buddy not in seated]
    if not gone:
        return code, here, told.reason
    left = f"{' and '.join(gone)} {'has' if len(gone) == 1 else 'have'} no seat any more"
    return code, here, f"{left}; {told.reason}" if here else left
