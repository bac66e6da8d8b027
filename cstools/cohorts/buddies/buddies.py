"""Buddies: other site, a common language, a common free hour, and a reason for every pair.

1. Hard rules take candidates away: no score can bring them back. 2. Pairs are a matching of the
largest possible size and, among those, of the largest score (Edmonds' algorithm as networkx has
it [Galil1986]_). 3. Whoever is left over makes trios: :mod:`cstools.cohorts.buddies.trios`.

Scores are whole numbers and ties are drawn by lot from the seed and the two codes, so the same
people in any order of rows get the same buddies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import networkx as nx

from cstools.cohorts.basics.hours import common_quarters, share_an_hour
from cstools.cohorts.basics.people import lot

_TIE_BITS = 32
_MOST_HOURS = 10
_MOST_LANGUAGES = 3
_SAME_ROLE = 2
_NEAR_CLOCKS = (120, 300, 480)  # minutes; within each of them counts one
SCORE_TOLD = (
    "The score says how well all groups fit: for each, ten points for every free hour that its "
    "people share, up to ten hours; one for every common language, up to three; two for one role; "
    "and up to three for near clocks. It chooses among groups that keep every rule, and tells "
    "nothing about people."
)

Pair = tuple[str, str]


@dataclass(frozen=True)
class Buddy:
    """What pairing needs to know about a person.

    ``weeks`` holds the free quarters of each reference week of the year as bits of UTC; ``clock``
    is how many minutes the person's clock stands ahead of UTC when the year begins.
    """

    code: str
    site: str
    languages: frozenset[str]
    weeks: tuple[int, ...] = field(repr=False)
    role: str = ""
    clock: int = 0


Rule = Callable[[Sequence[Buddy]], bool]


def other_sites(group: Sequence[Buddy]) -> bool:
    """Say whether all work at different sites."""
    return len({person.site for person in group}) == len(group)


def common_language(group: Sequence[Buddy]) -> bool:
    """Say whether there is a language that all speak."""
    return bool(frozenset.intersection(*(person.languages for person in group)))


def common_hour(group: Sequence[Buddy]) -> bool:
    """Say whether all share a free hour in every reference week of the year."""
    return share_an_hour([person.weeks for person in group])


RULES: Mapping[str, Rule] = {
    "same site": other_sites,
    "no common language": common_language,
    "no common free hour": common_hour,
}
"""What takes a candidate away, in the order in which it is looked at."""
LAST_YEAR, KEPT_APART = "buddies before", "kept apart by a person"
REASONS = (*RULES, LAST_YEAR, KEPT_APART)
"""Every reason for which two people are no pair: the rules, then what is known of the two."""


def score(group: Sequence[Buddy]) -> int:
    """Return how well a group fits: hours first, then languages, roles and zones.

    Ten for each shared free hour of the leanest reference week, up to ten hours; one for each
    common language, up to three; two for one role; one each for clocks within 2, 5 and 8 hours. A
    trio scores no more than any two of its members.
    """
    hours = common_quarters([person.weeks for person in group]) // 4
    shared = len(frozenset.intersection(*(person.languages for person in group)))
    same_role = len({person.role for person in group}) == 1
    apart = max(clocks_apart(a.clock, b.clock) for a, b in combinations(group, 2))
    near = sum(apart <= limit for limit in _NEAR_CLOCKS)
    points = 10 * min(hours, _MOST_HOURS) + min(shared, _MOST_LANGUAGES)
    return points + _SAME_ROLE * same_role + near


def clocks_apart(one: int, other: int) -> int:
    """Return how far two clocks stand apart, in minutes, the short way round the day."""
    apart = abs(one - other) % 1440
    return min(apart, 1440 - apart)


def broken_rule(group: Sequence[Buddy]) -> str:
    """Return the first rule that a group breaks, or an empty text."""
    return next((name for name, holds in RULES.items() if not holds(group)), "")


def possible_pairs(
    people: Sequence[Buddy], apart: Mapping[Pair, str] | None = None
) -> dict[Pair, int]:
    """Return the score of every pair that breaks no rule, by its two codes in order.

    ``apart`` names pairs, by their codes in order, that are not to be, whatever the rules say.
    """
    ordered = sorted(people, key=lambda person: person.code)
    return {
        (one.code, other.code): score((one, other))
        for one, other in combinations(ordered, 2)
        if (one.code, other.code) not in (apart or {}) and not broken_rule((one, other))
    }


class _Graph(nx.Graph):  # type: ignore[misc]
    """A graph that hands out a node's edges as they are kept; networkx's own wraps them each time.

    The matching looks edges up millions of times: for 400 people this halves its time.
    """

    def __getitem__(self, node: str) -> Any:
        return self._adj[node]


def best_pairs(pairs: Mapping[tuple[str, str], int], seed: int) -> frozenset[frozenset[str]]:
    """Return the most pairs there can be and, among those, the best by score, then by lot."""
    graph = _Graph()
    shift = _TIE_BITS + len(pairs).bit_length()  # all lots together weigh less than one point
    for one, other in sorted(pairs):
        tie = lot(seed, one, other, bits=_TIE_BITS)
        graph.add_edge(one, other, weight=(pairs[one, other] << shift) + tie)
    matching = nx.max_weight_matching(graph, maxcardinality=True)
    return frozenset(frozenset(pair) for pair in matching)


@dataclass(frozen=True)
class Explanation:
    """Why a person has these buddies, or none.

    ``removed`` says how many candidates each rule took away, each counted at the first rule it
    breaks; ``left`` how many remained.
    """

    code: str
    buddies: tuple[str, ...]
    candidates: int
    removed: tuple[tuple[str, int], ...]
    left: int
    hours: int = 0
    languages: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """The explanation in a sentence."""
        removed = ", ".join(f"{name} {count}" for name, count in self.removed if count)
        told = f"removed: {removed}" if removed else "none removed"
        many = f"{self.candidates} candidate{'s' * (self.candidates != 1)}"
        of = f"of {many}, {told}; {self.left} left"
        if self.buddies:
            spoken = " or ".join(self.languages) or "no common language"
            return f"{self.hours} h a week in common, in {spoken}; {of}"
        return f"no buddy: {of if self.left == 0 else of + ', all of them with others'}"


def reason_against(one: Buddy, other: Buddy, apart: Mapping[Pair, str]) -> str:
    """Return the first reason for which two people are no pair, or an empty text."""
    return broken_rule((one, other)) or apart.get(in_order(one.code, other.code), "")


def in_order(one: str, other: str) -> Pair:
    """Return two codes in order."""
    return (one, other) if one < other else (other, one)


def explain(
    people: Sequence[Buddy],
    groups: frozenset[frozenset[str]],
    apart: Mapping[Pair, str] | None = None,
    found: Mapping[str, Mapping[str, int]] | None = None,
) -> tuple[Explanation, ...]:
    """Return for each person, in order of code, why these buddies and not others.

    ``found`` may bring how many candidates each reason takes from each person, where that is
    counted already.
    """
    by_code = {person.code: person for person in sorted(people, key=lambda p: p.code)}
    group_of = {code: group for group in groups for code in group}
    counted = found or _counted(by_code, apart or {})
    return tuple(_explained(by_code, code, counted[code], group_of.get(code)) for code in by_code)


def _counted(by_code: Mapping[str, Buddy], apart: Mapping[Pair, str]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {code: Counter() for code in by_code}
    for one, other in combinations(by_code.values(), 2):
        broken = reason_against(one, other, apart)
        found[one.code][broken] += 1
        found[other.code][broken] += 1
    return found


def _explained(
    by_code: Mapping[str, Buddy],
    code: str,
    found: Mapping[str, int],
    group: frozenset[str] | None,
) -> Explanation:
    person = by_code[code]
    removed = tuple(
        (name, found.get(name, 0)) for name in REASONS if name in RULES or found.get(name, 0)
    )
    left = found.get("", 0)
    if group is None:
        return Explanation(code, (), len(by_code) - 1, removed, left)
    members = [by_code[member] for member in sorted(group)]
    hours = common_quarters([member.weeks for member in members]) // 4
    shared = tuple(sorted(frozenset.intersection(*(member.languages for member in members))))
    buddies = tuple(member.code for member in members if member is not person)
    return Explanation(code, buddies, len(by_code) - 1, removed, left, hours, shared)
