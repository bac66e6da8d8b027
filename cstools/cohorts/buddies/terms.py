"""What people decided about buddies, as the pairing has to respect it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from cstools.cohorts.basics.overruling import of_step
from cstools.cohorts.buddies.buddies import KEPT_APART, LAST_YEAR, Pair, in_order
from cstools.cohorts.buddies.trios import Terms
from cstools.errors import DataError

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

STEP = "buddies"
PAIR, NEVER, FREEZE = "pair", "never pair", "freeze"


def terms_of(cohort: Cohort) -> Terms:
    """Return what was decided by people: frozen and wished groups, and who is kept apart.

    Raises
    ------
    DataError
        When two decisions contradict each other.
    """
    seated = {person.code for person in cohort.accepted}
    apart: dict[Pair, str] = dict.fromkeys(cohort.groups.earlier, LAST_YEAR)
    fixed: set[frozenset[str]] = set()
    together: set[frozenset[str]] = set()
    for held in of_step(cohort.overruled, STEP):
        group = frozenset(held.people)
        if held.wish == NEVER:
            apart[in_order(*held.people)] = KEPT_APART
        elif group <= seated:
            (fixed if held.wish == FREEZE else together).add(group)
    for groups, how in ((together, "paired"), (fixed, "in one frozen group")):
        _refuse_apart(groups, apart, how)
    terms = merged(Terms(frozenset(fixed), frozenset(together), apart))
    _refuse_apart(terms.fixed, apart, "in one group by two wishes")
    return terms


def agreed(cohort: Cohort) -> Cohort:
    """Return the cohort itself, where no two decisions about buddies contradict each other.

    Raises
    ------
    DataError
        As :func:`terms_of`.
    """
    terms_of(cohort)
    return cohort


def _refuse_apart(groups: Iterable[frozenset[str]], apart: Mapping[Pair, str], how: str) -> None:
    """Refuse a group in which two people are that somebody decided to keep apart."""
    for one, other in sorted(pair for group in groups for pair in combinations(sorted(group), 2)):
        if apart.get((one, other)) == KEPT_APART:
            raise DataError(
                f"{one} and {other} are to be {how} and to be kept apart; take one of the two back"
            )


def merged(terms: Terms) -> Terms:
    """Return the terms with wishes that meet in one person made one group of three.

    Raises
    ------
    DataError
        When more than three people would hang together, or a wish meets a frozen group.
    """
    groups: list[set[str]] = []
    for pair in sorted(sorted(p) for p in terms.together):
        meeting = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in meeting]
        groups.append(set(pair).union(*meeting))
    frozen = {code: group for group in terms.fixed for code in group}
    fixed: set[frozenset[str]] = set(terms.fixed)
    together: set[frozenset[str]] = set()
    if len(frozen) < sum(len(group) for group in terms.fixed):
        raise DataError("somebody is in two frozen groups; take one of the two back")
    for group in groups:
        if len(group) > 3:
            raise DataError(
                f"{', '.join(sorted(group))} are all wished into one group, and a group is two or "
                "three; take a wish back"
            )
        inside = [frozen[code] for code in group if code in frozen]
        if inside and not group <= inside[0]:
            raise DataError(
                f"{' and '.join(sorted(group))} are to be paired, and somebody of them is in a "
                "frozen group; take the wish or the freezing back"
            )
        if not inside:
            (fixed if len(group) == 3 else together).add(frozenset(group))
    return Terms(frozenset(fixed), frozenset(together), terms.apart)
