"""Buddies looked at again, group by group, with nothing of what found them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.buddies.buddies import (
    KEPT_APART,
    LAST_YEAR,
    REASONS,
    RULES,
    Buddy,
    Explanation,
)
from cstools.cohorts.buddies.trios import Terms

SIZES, WISHED = "two or three, each once, with a seat", "wished or frozen stay together"
# What takes a candidate away, said as the rule that it is.
_SAID = {
    "same site": "at different sites",
    "no common language": "a common language",
    "no common free hour": "a common free hour",
    LAST_YEAR: "not buddies before",
    KEPT_APART: "nobody together whom a person keeps apart",
}


def groups_of(buddies: Iterable[Explanation]) -> frozenset[frozenset[str]]:
    """Return the groups of two or three that the explanations tell of."""
    return frozenset(frozenset((told.code, *told.buddies)) for told in buddies if told.buddies)


def checked_table(
    name: str, people: Sequence[Buddy], buddies: Iterable[Explanation], terms: Terms
) -> Table:
    """Return every rule, and the groups that do not keep it.

    A group that was wished or frozen answers to no rule but its own, and to a person who keeps two
    of it apart.
    """
    faults = broken(people, groups_of(buddies), terms)
    rows = [(_SAID.get(rule, rule), ", ".join(found) or "kept") for rule, found in faults.items()]
    return table(f"{name}: buddies, checked again", ("rule", "kept, or by whom not"), rows)


def broken(
    people: Sequence[Buddy], groups: Iterable[frozenset[str]], terms: Terms
) -> dict[str, list[str]]:
    """Return by rule the groups that break it; every list is empty where all is well."""
    known = {person.code: person for person in people}
    wished = terms.together | terms.fixed
    faults: dict[str, list[str]] = {rule: [] for rule in (SIZES, *REASONS, WISHED)}
    seen: set[str] = set()
    ordered = sorted(sorted(group) for group in groups)
    for group in ordered:
        if len(group) not in (2, 3) or seen & set(group) or not known.keys() >= set(group):
            faults[SIZES].append(" and ".join(group))
        else:
            free = not any(pair <= set(group) for pair in wished)
            for rule in _rules_broken([known[code] for code in group], terms):
                if free or rule == KEPT_APART:
                    faults[rule].append(" and ".join(group))
        seen |= set(group)
    for pair in sorted(sorted(pair) for pair in wished):
        if not any(set(pair) <= set(group) for group in ordered):
            faults[WISHED].append(" and ".join(pair))
    return faults


def _rules_broken(members: Sequence[Buddy], terms: Terms) -> list[str]:
    found = [rule for rule, holds in RULES.items() if not holds(members)]
    codes = sorted(person.code for person in members)
    return found + [terms.apart[pair] for pair in combinations(codes, 2) if pair in terms.apart]
