"""Buddies for a whole pool: pairs, and trios for whoever is left, on a coordinator's terms.

Each aim is settled before the next: fewest people without a buddy, then fewest trios, then the
largest score, then the lot. Up to :data:`MOST_FOR_EXACT` people all of it is exact: where pairs
leave somebody over, HiGHS solves pairs and trios together. Beyond, whoever is left joins a pair;
:class:`Found` says how far the number and the score can be from the best, at most. All three in a
trio work at different sites and share one language and one free hour, all three together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from cstools.cohorts.basics.people import lot
from cstools.cohorts.buddies.affinity import Affinity, affinity
from cstools.cohorts.buddies.buddies import (
    Buddy,
    Pair,
    best_pairs,
    broken_rule,
    possible_pairs,
    score,
)
from cstools.cohorts.buddies.edmonds import FREE
from cstools.cohorts.buddies.heaviest import heaviest

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

Groups = frozenset[frozenset[str]]
MOST_FOR_EXACT = 80
"""Up to so many people, pairs and trios are solved together; beyond, leftovers join pairs."""


@dataclass(frozen=True)
class Terms:
    """What people decided beside the rules.

    ``fixed`` groups stay exactly as they are. ``together`` are two people each who are in one
    group, a third may join them. ``apart`` names pairs, by their codes in order, that are not to
    be, and why.
    """

    fixed: frozenset[frozenset[str]] = frozenset()
    together: frozenset[frozenset[str]] = frozenset()
    apart: Mapping[Pair, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """The groups, and what is known of how good they are.

    ``unplaced`` people have no buddy; no choice leaves fewer than ``least_unplaced``. No choice
    with as many people placed and as few trios scores more than ``short`` above this one; ``None``
    is not known.
    """

    groups: Groups
    unplaced: int
    least_unplaced: int
    short: int | None

    @property
    def quality(self) -> str:
        """How good the groups are, in a sentence."""
        best = f"no choice leaves fewer than {self.least_unplaced} without a buddy"
        if self.short is None:
            return f"{best}, this one leaves {self.unplaced}"
        more = f" than {self.short} points above this one" if self.short else ""
        return (
            f"{best}, and of those that leave no more and have as few trios, none scores more{more}"
        )


def best_groups(people: Sequence[Buddy], seed: int, terms: Terms | None = None) -> Groups:
    """Return buddies for everybody who can have one: pairs, and as few trios as possible."""
    return found_groups(people, seed, terms).groups


def found_groups(
    people: Sequence[Buddy],
    seed: int,
    terms: Terms | None = None,
    tables: Affinity | None = None,
) -> Found:
    """Return the groups, and how far they can be from the best.

    ``tables`` may bring how any two of these people fit by the rules alone, worked out before.
    """
    terms = terms or Terms()
    held = {code for group in terms.fixed for code in group}
    pool = sorted((p for p in people if p.code not in held), key=lambda p: p.code)
    if len(pool) <= MOST_FOR_EXACT:
        found = _few(pool, seed, terms)
    else:
        fits = tables.among([p.code for p in pool]) if tables else affinity(pool)
        found = _many(pool, seed, terms, fits.without(terms.apart))
    return Found(found.groups | terms.fixed, found.unplaced, found.least_unplaced, found.short)


def _few(pool: Sequence[Buddy], seed: int, terms: Terms) -> Found:
    held = {code for pair in terms.together for code in pair}
    pairs = possible_pairs([p for p in pool if p.code not in held], terms.apart)
    groups = best_pairs(pairs, seed) | terms.together
    if 2 * len(groups) < len(pool):
        groups = _exact(pool, seed, terms)
    unplaced = len(pool) - sum(len(group) for group in groups)
    return Found(groups, unplaced, unplaced, 0)


def _many(pool: Sequence[Buddy], seed: int, terms: Terms, tables: Affinity) -> Found:
    """Pair a large pool, its rows in the order of the lot, and let whoever is over join a pair."""
    held = {code for pair in terms.together for code in pair}
    by_lot = sorted(
        (p for p in pool if p.code not in held), key=lambda p: (lot(seed, p.code), p.code)
    )
    fits = tables.among([person.code for person in by_lot])
    best = heaviest(fits.possible, fits.worth)
    pairs = {
        frozenset((fits.codes[one], fits.codes[other]))
        for one, other in enumerate(best.partner.tolist())
        if one < other
    }
    left = [person for person, other in zip(by_lot, best.partner, strict=True) if other == FREE]
    groups = joined(pool, frozenset(pairs) | terms.together, left, tables)
    unplaced = len(pool) - sum(len(group) for group in groups)
    # Two held together take in no more than one each whom nothing else can place.
    least = max(0, best.leftovers.hopeless - len(terms.together))
    short = best.short + _lost(pool, pairs | terms.together, groups)
    return Found(groups, unplaced, least, short if unplaced == least else None)


def _lost(pool: Sequence[Buddy], pairs: Iterable[frozenset[str]], groups: Groups) -> int:
    """Return by how much trios score less than the pairs that they were: the most they can cost."""
    by_code = {person.code: person for person in pool}
    trios = [group for group in groups if len(group) == 3]
    return sum(
        score([by_code[c] for c in pair]) - score([by_code[c] for c in trio])
        for pair in pairs
        for trio in trios
        if pair < trio
    )


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


def _exact(pool: Sequence[Buddy], seed: int, terms: Terms) -> Groups:
    by_code = {person.code: person for person in pool}
    pairs = possible_pairs(pool, terms.apart)
    for pair in terms.together:
        one, other = sorted(pair)
        pairs[one, other] = score([by_code[one], by_code[other]])
    scores: dict[tuple[str, ...], int] = dict(possible_trios(pool, pairs))
    scores.update({(one, other): worth for (one, other), worth in pairs.items()})
    scores = {g: worth for g, worth in scores.items() if _whole(g, terms.together)}
    groups = sorted(scores)
    if not groups:
        return frozenset()
    codes = sorted({code for group in groups for code in group})
    place = {code: row for row, code in enumerate(codes)}
    entries = [(place[code], column) for column, group in enumerate(groups) for code in group]
    rows, columns = zip(*entries, strict=True)
    from scipy.optimize import LinearConstraint
    from scipy.sparse import csr_array

    once = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(codes), len(groups)))
    held = {code for pair in terms.together for code in pair}
    aims = (
        [len(group) for group in groups],
        [-(len(group) == 3) for group in groups],
        [scores[group] for group in groups],
        [lot(seed, *group, bits=16) for group in groups],
    )
    rule = LinearConstraint(once, [float(code in held) for code in codes], 1)
    chosen = _settle([np.array(aim) for aim in aims], rule)
    return frozenset(frozenset(group) for group, yes in zip(groups, chosen, strict=True) if yes)


def _whole(group: tuple[str, ...], together: Iterable[frozenset[str]]) -> bool:
    """Say whether a group parts no two who are held together."""
    return all(len(pair & frozenset(group)) != 1 for pair in together)


def _settle(aims: Iterable[np.ndarray], rule: LinearConstraint) -> np.ndarray:
    """Return the choice that makes each aim as large as possible, in order."""
    from scipy.optimize import Bounds, LinearConstraint, milp

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


def joined(
    people: Sequence[Buddy], matched: Groups, left: Sequence[Buddy], tables: Affinity
) -> Groups:
    """Let each person left over join one pair: most joined first, then the best score."""
    by_code = {person.code: person for person in people}
    pairs = sorted((sorted(pair) for pair in matched), key=lambda pair: pair[0])
    near = [tables.candidates(person.code) for person in left]
    offers = np.full((len(left), len(pairs)), -1.0)
    for row, person in enumerate(left):
        for column, pair in enumerate(pairs):
            if near[row].issuperset(pair):
                trio = [person, *(by_code[code] for code in pair)]
                if not broken_rule(trio):
                    offers[row, column] = score(trio)
    if not offers.size:
        return matched
    from scipy.optimize import linear_sum_assignment

    more = float(1 + 200 * len(left))  # one more who joins weighs more than all scores together
    rows, columns = linear_sum_assignment(np.where(offers < 0, 0, offers + more), maximize=True)
    groups = set(matched)
    for row, column in zip(rows, columns, strict=True):
        if offers[row, column] >= 0:
            groups.remove(frozenset(pairs[column]))
            groups.add(frozenset((left[row].code, *pairs[column])))
    return frozenset(groups)
