"""Buddies: other site, a common language, a common free hour, and a reason for every pair.

1. Hard rules take candidates away: no score can bring them back. 2. Pairs are a matching of the
largest possible size and, among those, of the largest score (Edmonds' algorithm as networkx has
it [Galil1986]_). 3. Whoever is left over makes trios: :mod:`cstools.cohorts.trios`.

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

from cstools.cohorts.hours import common_quarters, share_an_hour
from cstools.cohorts.people import lot

_TIE_BITS = 32
_MOST_HOURS = 10
_MOST_LANGUAGES = 3


@dataclass(frozen=True)
class Buddy:
    """What pairing needs to know about a person.

    ``weeks`` holds the free quarters of each reference week of the year as bits of UTC.
    """

    code: str
    site: str
    languages: frozenset[str]
    weeks: tuple[int, ...] = field(repr=False)


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


def score(group: Sequence[Buddy]) -> int:
    """Return how well a group fits: ten for each shared free hour up to ten, one for each language.

    Hours count in the leanest reference week; languages count up to three.
    """
    hours = common_quarters([person.weeks for person in group]) // 4
    shared = len(frozenset.intersection(*(person.languages for person in group)))
    return 10 * min(hours, _MOST_HOURS) + min(shared, _MOST_LANGUAGES)


def broken_rule(group: Sequence[Buddy]) -> str:
    """Return the first rule that a group breaks, or an empty text."""
    return next((name for name, holds in RULES.items() if not holds(group)), "")


def possible_pairs(people: Sequence[Buddy]) -> dict[tuple[str, str], int]:
    """Return the score of every pair that breaks no rule, by its two codes in order."""
    ordered = sorted(people, key=lambda person: person.code)
    return {
        (one.code, other.code): score((one, other))
        for one, other in combinations(ordered, 2)
        if not broken_rule((one, other))
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
        removed = (
            ", ".join(f"{name} {count}" for name, count in self.removed if count) or "no rule any"
        )
        of = f"of {self.candidates} candidates, removed: {removed}; {self.left} left"
        if self.buddies:
            return f"{self.hours} h a week in common, in {' or '.join(self.languages)}; {of}"
        return f"no buddy: {of if self.left == 0 else of + ', all of them with others'}"


def explain(people: Sequence[Buddy], groups: frozenset[frozenset[str]]) -> tuple[Explanation, ...]:
    """Return for each person, in order of code, why these buddies and not others."""
    by_code = {person.code: person for person in people}
    group_of = {code: group for group in groups for code in group}
    found: dict[str, Counter[str]] = {code: Counter() for code in sorted(by_code)}
    for one, other in combinations(by_code.values(), 2):
        broken = broken_rule((one, other))
        found[one.code][broken] += 1
        found[other.code][broken] += 1
    return tuple(_explained(by_code, code, found[code], group_of.get(code)) for code in found)


def _explained(
    by_code: Mapping[str, Buddy], code: str, found: Counter[str], group: frozenset[str] | None
) -> Explanation:
    person = by_code[code]
    removed = tuple((name, found[name]) for name in RULES)
    if group is None:
        return Explanation(code, (), len(by_code) - 1, removed, found[""])
    members = [by_code[member] for member in sorted(group)]
    hours = common_quarters([member.weeks for member in members]) // 4
    shared = tuple(sorted(frozenset.intersection(*(member.languages for member in members))))
    buddies = tuple(member.code for member in members if member is not person)
    return Explanation(code, buddies, len(by_code) - 1, removed, found[""], hours, shared)
