"""Whoever is left without a buddy makes a trio, worked out exactly with pairs and trios together.

With HiGHS, each aim settled before the next: fewest people without a buddy, then fewest trios,
then the largest score, then the lot. All three in a trio work at different sites and share one
language and one free hour, all three together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from cstools.cohorts.buddies import Buddy, best_pairs, broken_rule, possible_pairs, score
from cstools.cohorts.people import lot

Groups = frozenset[frozenset[str]]
MOST_FOR_EXACT = 80
"""Up to so many people, pairs and trios are solved together; beyond, leftovers join pairs."""


def best_groups(people: Sequence[Buddy], seed: int) -> Groups:
    """Return buddies for everybody who can have one: pairs, and as few trios as possible.

    Above :data:`MOST_FOR_EXACT` people, those left over join the pairs that suit them best, which
    can leave somebody out whom another choice of pairs would have placed.
    """
    pairs = possible_pairs(people)
    matched = best_pairs(pairs, seed)
    placed = {code for pair in matched for code in pair}
    left = [person for person in people if person.code not in placed]
    if not left:
        return matched
    if len(people) <= MOST_FOR_EXACT:
        return _exact(people, pairs, seed)
    return _joined(people, matched, left, seed)


def possible_trios(
    people: Sequence[Buddy], pairs: Mapping[tuple[str, str], int]
) -> dict[tuple[str, ...], int]:
    """Return the score of every trio that breaks no rule, by its codes in order."""
    by_code = {person.code: person for person in people}
    near: dict[str, set[str]] = {}
    for one, other in pairs:
        near.setdefault(one, set()).add(other)
    found: dict[tuple[str, ...], int] = {}
    for one, other in pairs:
        for third in sorted(near[one] & near.get(other, set())):
            trio = [by_code[code] for code in (one, other, third)]
            if not broken_rule(trio):
                found[one, other, third] = score(trio)
    return found


def _exact(people: Sequence[Buddy], pairs: Mapping[tuple[str, str], int], seed: int) -> Groups:
    scores = possible_trios(people, pairs)
    scores.update({(one, other): worth for (one, other), worth in pairs.items()})
    groups = sorted(scores)
    if not groups:
        return frozenset()
    codes = sorted({code for group in groups for code in group})
    place = {code: row for row, code in enumerate(codes)}
    entries = [(place[code], column) for column, group in enumerate(groups) for code in group]
    rows, columns = zip(*entries, strict=True)
    once = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(codes), len(groups)))
    aims = (
        [len(group) for group in groups],
        [-(len(group) == 3) for group in groups],
        [scores[group] for group in groups],
        [lot(seed, *group, bits=16) for group in groups],
    )
    chosen = _settle([np.array(aim) for aim in aims], LinearConstraint(once, 0, 1))
    return frozenset(frozenset(group) for group, yes in zip(groups, chosen, strict=True) if yes)


def _settle(aims: Iterable[np.ndarray], rule: LinearConstraint) -> np.ndarray:
    """Return the choice that makes each aim as large as possible, in order."""
    solved = [rule]
    chosen = np.zeros(0, dtype=np.int64)
    for aim in aims:
        found = milp(
            -aim.astype(float),
            integrality=np.ones(len(aim)),
            bounds=Bounds(0, 1),
            constraints=solved,
            options={"mip_rel_gap": 0.0},
        )
        chosen = np.rint(found.x).astype(np.int64)
        solved.append(LinearConstraint(aim.astype(float), int(aim @ chosen), np.inf))
    return chosen


def _joined(people: Sequence[Buddy], matched: Groups, left: list[Buddy], seed: int) -> Groups:
    """Let each person left over join one pair: most joined first, then the best score."""
    by_code = {person.code: person for person in people}
    offers: dict[tuple[str, str], int] = {}
    trios: dict[tuple[str, str], frozenset[str]] = {}
    for person in left:
        for pair in matched:
            trio = [person, *(by_code[code] for code in sorted(pair))]
            if not broken_rule(trio):
                name = (f"{person.code} joins", "+".join(sorted(pair)))
                offers[name], trios[name] = score(trio), pair | {person.code}
    taken = [trios[_as_offer(match)] for match in best_pairs(offers, seed)]
    joined = {pair for pair in matched if any(pair < trio for trio in taken)}
    return (matched - joined) | frozenset(taken)


def _as_offer(match: frozenset[str]) -> tuple[str, str]:
    joiner, pair = sorted(match, key=lambda name: not name.endswith(" joins"))
    return joiner, pair
