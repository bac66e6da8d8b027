"""Buddies on a coordinator's terms: wished, forbidden, accepted, not last year's, and paired again.

Each step gives a new cohort, and doing one again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from cstools.cohorts.basics.asked import as_seed, person_of
from cstools.cohorts.basics.before import before_buddies
from cstools.cohorts.basics.overruling import (
    Overruling,
    of_step,
    with_costs,
    with_overruling,
    with_overrulings,
)
from cstools.cohorts.basics.people import natural_key
from cstools.cohorts.basics.progress import Progress, telling
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.buddies.affinity import Affinity, affinity
from cstools.cohorts.buddies.buddies import (
    KEPT_APART,
    SCORE_TOLD,
    Buddy,
    Explanation,
    broken_rule,
    explain,
    in_order,
    reason_against,
    score,
)
from cstools.cohorts.buddies.buddy_people import as_buddies
from cstools.cohorts.buddies.check import checked_table, groups_of
from cstools.cohorts.buddies.standing import Standing, standing
from cstools.cohorts.buddies.terms import FREEZE, NEVER, PAIR, STEP, agreed, merged, terms_of
from cstools.cohorts.buddies.trios import MOST_FOR_EXACT, Found, Groups, Terms, found_groups, joined
from cstools.errors import DataError, shown

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

STAYS = "the group stays whenever buddies are paired again"
Solved = Callable[["Pairing"], Found]


@dataclass(frozen=True, repr=False)
class Pairing:
    """What may be decided and asked about a cohort's buddies."""

    cohort: Cohort

    def wish(self, one: str, other: str, *, by: str, why: str) -> Cohort:
        """Return the cohort with two people to be paired, whatever the rules say.

        :meth:`Cohort.pair_buddies` comes next; a third may join the two.

        Raises
        ------
        UnknownNameError, DataError
            When a code is nobody's with a seat, or the role or the reason is missing.
        """
        return self._overruled(PAIR, (one, other), by, why)

    def forbid(self, one: str, other: str, *, by: str, why: str) -> Cohort:
        """Return the cohort with two people kept apart; pair_buddies() comes next.

        Raises
        ------
        UnknownNameError, DataError
            As :meth:`wish`.
        """
        return self._overruled(NEVER, (one, other), by, why)

    def freeze(self, *codes: str, by: str, why: str) -> Cohort:
        """Return the cohort with the present groups of these people, or all groups, accepted.

        They stay exactly as they are whenever buddies are paired again, also where a later draw
        would be better for all; taking it back changes nobody until buddies are paired again.

        Raises
        ------
        DataError
            When there are no buddies yet, somebody named has none, or two are to be kept apart.
        """
        cohort, groups = self.cohort, groups_of(self.cohort.buddies)
        if not groups:
            raise DataError(
                f"'{self.cohort.name}' has no buddies yet; pair_buddies() comes before freeze()"
            )
        of_code = {code: group for group in groups for code in group}
        for code in codes:
            if person_of(code, cohort.people, f"people of '{cohort.name}'").code not in of_code:
                raise DataError(f"{code} has no buddy, so there is nothing to freeze")
        chosen = {of_code[code] for code in codes} or groups
        new = [
            Overruling(STEP, FREEZE, tuple(group), by, why, cost=STAYS)
            for group in sorted(map(sorted, chosen))
        ]
        overruled = with_overrulings(cohort.overruled, new, cohort.people)
        return agreed(replace(cohort, overruled=overruled))

    def not_again(self, earlier: Cohort | Iterable[tuple[str, ...]]) -> Cohort:
        """Return the cohort with an earlier run's buddies not to be buddies again.

        Parameters
        ----------
        earlier
            The earlier cohort, as the planner loads it (people are known by their e-mails), or
            groups of this cohort's codes.

        Raises
        ------
        UnknownNameError, DataError
            When a code is nobody's, or the earlier cohort has no names or no buddies.
        """
        groups = self._earlier(earlier)
        known = {person.code for person in self.cohort.people}
        for code in (code for group in groups for code in group):
            if not isinstance(code, str) or code not in known:
                person_of(code, self.cohort.people, f"people of '{self.cohort.name}'")
        pairs = {in_order(a, b) for group in groups for a in group for b in group if a != b}
        both = tuple(sorted({*self.cohort.groups.earlier, *pairs}))
        return replace(self.cohort, groups=replace(self.cohort.groups, earlier=both))

    def paired(self, seed: int, progress: Progress | None = None) -> Cohort:
        """Return the cohort with buddies, and what each overruling costs."""
        people, drawn = self.people(), as_seed(seed)
        tables = affinity(people) if len(people) > MOST_FOR_EXACT else None

        def solved(pairing: Pairing) -> Found:
            return found_groups(people, drawn, pairing.terms(), tables)

        wishes = [held for held in of_step(self.cohort.overruled, STEP) if held.wish != FREEZE]
        return self._with(people, telling(solved, 1 + len(wishes), progress), tables)

    def again(self, seed: int = 0) -> Cohort:
        """Return the cohort after somebody left or came, as few changed as possible.

        Groups of whom all still have a seat and keep every rule stay as they are; only whoever is
        without a buddy now is paired, with each other or as the third of a pair. Where nothing of
        that helps somebody, pair_buddies() pairs everybody anew. What a decision costs is told
        against pairing again without it.

        Raises
        ------
        DataError
            As :meth:`Cohort.pair_buddies`.
        """
        people, drawn = self.people(), as_seed(seed)
        tables = affinity(people)

        def solved(pairing: Pairing) -> Found:
            return pairing._found_again(people, drawn, tables)

        return self._with(people, solved, tables)

    def _found_again(self, people: Sequence[Buddy], seed: int, tables: Affinity) -> Found:
        by_code = {person.code: person for person in people}
        terms = self.terms()
        known = self.cohort.buddies or self.cohort.before.buddies  # open again: those of before
        left = [group & by_code.keys() for group in groups_of(known)]
        standing = frozenset(
            frozenset(group)
            for group in left
            if len(group) > 1 and self._stays(group, by_code, terms)
        )
        free = [p for p in people if not any(p.code in group for group in standing)]
        inside = {person.code for person in free}
        held = frozenset(pair for pair in terms.together if pair <= inside)
        fixed = frozenset(group for group in terms.fixed if group <= inside)
        new = found_groups(free, seed, Terms(fixed, held, terms.apart))
        groups = _third(people, new.groups | standing, terms, tables.without(terms.apart))
        unplaced = len(people) - sum(len(group) for group in groups)
        return Found(groups, unplaced, 0, 0)

    def _with(self, people: Sequence[Buddy], solved: Solved, tables: Affinity | None) -> Cohort:
        """Return the cohort with buddies as they were found, and what each overruling costs."""
        found = solved(self)
        overruled = with_costs(self.cohort.overruled, STEP, self._costs(people, found, solved))
        buddies = self._explained(people, found, tables)
        before = before_buddies(self.cohort, buddies)
        return replace(self.cohort, buddies=buddies, overruled=overruled, before=before)

    def price(self, one: str, other: str, seed: int = 0) -> Table:
        """Return what pairing two people would change: placed, trios, score; nothing is done.

        Raises
        ------
        UnknownNameError, DataError
            As :meth:`wish`.
        """
        self._two(one, other)
        people, seed, terms = self.people(), as_seed(seed), self.terms()
        wished = replace(terms, together=terms.together | {frozenset((one, other))})
        tables = affinity(people)
        now = found_groups(people, seed, terms, tables)
        then = found_groups(people, seed, merged(wished), tables)
        by_code = {person.code: person for person in people}
        against = reason_against(by_code[one], by_code[other], terms.apart)
        measured = zip(self.measures(people, now), self.measures(people, then), strict=True)
        rows = [(name, before, after) for (name, before), (_, after) in measured]
        told = f"Against the rule: {against}." if against else "No rule speaks against it."
        columns = ("what", "as it is", f"with {one} and {other}")
        title = f"{self.cohort.name}: the price of a wished pair"
        return table(title, columns, rows, [told, SCORE_TOLD])

    def measures(self, people: Sequence[Buddy], found: Found) -> list[tuple[str, int]]:
        """Return what groups come to: people placed, trios, score."""
        by_code = {person.code: person for person in people}
        return [
            ("people with a buddy", len(people) - found.unplaced),
            ("trios", sum(len(group) == 3 for group in found.groups)),
            ("score", sum(score([by_code[c] for c in group]) for group in found.groups)),
        ]

    def verify(self) -> Table:
        """Return every rule for buddies, looked at again plainly, group by group."""
        return checked_table(self.cohort.name, self.people(), self.cohort.buddies, self.terms())

    def quality(self, seed: int = 0) -> str:
        """Return how good the buddies of this seed are, in a sentence: what is proven of them."""
        return found_groups(self.people(), as_seed(seed), self.terms()).quality

    def standing(self) -> list[Standing]:
        """Return everybody with a seat, the buddies who have one too, and how they were found."""
        return standing(self.cohort)

    def terms(self) -> Terms:
        """Return what was decided by people: frozen and wished groups, and who is kept apart.

        Raises
        ------
        DataError
            When two decisions contradict each other.
        """
        return terms_of(self.cohort)

    def people(self) -> list[Buddy]:
        """Return the people with a seat as pairing knows them.

        Raises
        ------
        DataError
            When nobody has a seat yet, or the programme states no dates.
        """
        if not self.cohort.accepted:
            raise DataError(
                f"'{self.cohort.name}' has nobody with a seat yet; select() comes before buddies"
            )
        return as_buddies(self.cohort, self.cohort.accepted)

    def _explained(
        self, people: Sequence[Buddy], found: Found, tables: Affinity | None
    ) -> tuple[Explanation, ...]:
        apart = self.terms().apart
        counted = tables.without(apart).counted() if tables else None
        return explain(people, found.groups, apart, counted)

    def _costs(
        self, people: Sequence[Buddy], found: Found, solved: Solved
    ) -> list[tuple[str, tuple[str, ...]]]:
        """Return for each overruling what it changes: solved again without it, and compared."""
        costs: list[tuple[str, tuple[str, ...]]] = []
        for held in of_step(self.cohort.overruled, STEP):
            if held.wish == FREEZE:
                costs.append((STAYS, ()))
                continue
            kept = tuple(o for o in self.cohort.overruled if o is not held)
            free = Pairing(replace(self.cohort, overruled=kept))
            costs.append(self._cost(people, found, solved(free)))
        return costs

    def _cost(
        self, people: Sequence[Buddy], found: Found, free: Found
    ) -> tuple[str, tuple[str, ...]]:
        (_, placed), (_, trios), (_, points) = self.measures(people, found)
        (_, before), (_, trios_before), (_, points_before) = self.measures(people, free)
        words = [
            f"{before - placed} fewer with a buddy" if placed < before else "",
            f"{trios - trios_before:+d} trios" if trios != trios_before else "",
            f"{points - points_before:+d} points of score" if points != points_before else "",
        ]
        alone = {p.code for p in people} - {c for group in found.groups for c in group}
        pays = tuple(sorted(alone & {c for group in free.groups for c in group}))
        return "; ".join(filter(None, words)) or "nothing", pays if placed < before else ()

    def _stays(self, group: frozenset[str], by_code: dict[str, Buddy], terms: Terms) -> bool:
        wished = terms.fixed | terms.together
        apart = {terms.apart.get(pair) for pair in combinations(sorted(group), 2)} - {None}
        if any(pair <= group for pair in wished):
            return KEPT_APART not in apart
        if apart or any(pair & group for pair in wished):
            return False
        return not broken_rule([by_code[code] for code in sorted(group)])

    def _earlier(self, earlier: Cohort | Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
        people = getattr(earlier, "people", None)
        if people is None:
            return _as_groups(earlier)
        before = {person.code: natural_key(person.application.email) for person in people}
        if not all(before.values()):
            raise DataError(
                "the earlier cohort was loaded without its names, and by nothing else are people "
                "of two runs the same; load it from a planner with people.sqlite"
            )
        now = {natural_key(p.application.email): p.code for p in self.cohort.people}
        groups = groups_of(earlier.buddies)  # type: ignore[union-attr]
        known = [tuple(sorted(now[before[c]] for c in g if before[c] in now)) for g in groups]
        return [group for group in known if len(group) > 1]

    def _overruled(self, wish: str, codes: tuple[str, str], by: str, why: str) -> Cohort:
        self._two(*codes)
        new = Overruling(STEP, wish, in_order(*codes), by, why)
        overruled = with_overruling(self.cohort.overruled, new, self.cohort.people)
        return agreed(replace(self.cohort, overruled=overruled))

    def _two(self, one: str, other: str) -> None:
        for code in (one, other):
            person_of(code, self.cohort.accepted, f"people with a seat in '{self.cohort.name}'")
        if one == other:
            raise DataError(f"{one} cannot be a buddy of their own; write two codes")


def _as_groups(given: object) -> list[tuple[str, ...]]:
    """Return groups of codes as they were written."""
    groups = (
        tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else (given,)
    )
    for group in groups:
        if not isinstance(group, list | tuple | set | frozenset):
            raise DataError(
                f"{shown(group)} is no group of buddies; write groups of codes, as "
                "[('P-ABCDEF', 'P-GHIJKL')], or the earlier cohort"
            )
    return [tuple(group) for group in groups]


def _third(people: Sequence[Buddy], groups: Groups, terms: Terms, tables: Affinity) -> Groups:
    """Let whoever is still alone join the pair that suits best; accepted groups stay closed."""
    placed = {code for group in groups for code in group}
    left = [person for person in people if person.code not in placed]
    open_pairs = frozenset(g for g in groups if len(g) == 2 and g not in terms.fixed)
    return joined(people, open_pairs, left, tables) | (groups - open_pairs)
