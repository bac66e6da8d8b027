"""The seats, checked again in plain steps: no solver, no part of the selection's own working.

That no better choice exists is proved by going through the units one after another and keeping,
for each number of seats, the best that fits into it (the dynamic programme of the 0–1 knapsack
[KellererPferschyPisinger2004]_), in whole numbers of any length.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from cstools.cohorts.basics.overruling import of_step
from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.selection.decisions import Decision
from cstools.cohorts.selection.eligibility import Verdict, verdict
from cstools.cohorts.selection.selection import LOTS, drawn_lot
from cstools.errors import DataError

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

Worth = tuple[int, ...]


def checked_table(cohort: Cohort) -> Table:
    """Return each rule with what the check found, rule by rule.

    Raises
    ------
    DataError
        When nothing is decided yet.
    """
    if not cohort.decisions:
        raise DataError(f"'{cohort.name}' has decided nothing yet; select() comes before verify()")
    found, left = _found(cohort), _left(cohort)
    unasked = UNASKED if left else {}
    rows = [(name, "; ".join(faults) or unasked.get(name, "holds")) for name, faults in found]
    broken = sum(bool(faults) for _, faults in found)
    note = f"Every rule{' that is asked' * bool(left)} holds."
    if broken:
        note = f"{broken} of {len(rows)} rules are broken."
    if left:
        note += " Somebody has withdrawn since: what was best before is not asked again."
    if _without_names(cohort):
        note += " The lot is drawn by people's own codes, and is not checked without the names."
    return table(f"{cohort.name}: the seats, checked again", ("rule", "found"), rows, [note])


def faults(cohort: Cohort) -> tuple[str, ...]:
    """Return everything in a cohort's decisions that breaks a rule, in sentences."""
    return tuple(fault for _, found in _found(cohort) for fault in found)


IN_ORDER, BEST = "the waiting list is numbered and in order", "no other choice is better"
# What is said of rules that are asked in part, or not at all, once somebody has withdrawn.
UNASKED = {IN_ORDER: "numbered; the order is not asked", BEST: "not asked"}


def _found(cohort: Cohort) -> list[tuple[str, list[str]]]:
    rules: list[tuple[str, Callable[[_Plain], Iterable[str]]]] = [
        ("everybody has one decision with a reason", _one_each),
        ("no more people than seats", _seats),
        ("only whoever may have a seat has one", _eligible),
        ("teams, and whoever is kept together, are in or out whole", _whole),
        ("held seats are given", _held),
        (IN_ORDER, _waiting),
        (BEST, _best),
    ]
    plain = _Plain(cohort)
    return [(name, list(rule(plain))) for name, rule in rules]


class _Plain:
    """What the checks look at, worked out from the cohort's people and overrulings alone."""

    def __init__(self, cohort: Cohort) -> None:
        self.cohort = cohort
        self.people = {person.code: person for person in cohort.people}
        self.decided: dict[str, Decision] = {d.code: d for d in cohort.decisions}
        self.left = _left(cohort)
        self.lots = () if _without_names(cohort) else LOTS
        self.verdicts = self._verdicts()
        self.able = {
            code
            for code, given in self.verdicts.items()
            if given.answer == "eligible" and code not in self.left
        }
        self.group = self._groups(self.able)
        self.barred = self._barred()
        self.left_behind = self._left_behind()

    def wished(self, name: str) -> list[tuple[str, ...]]:
        return [o.people for o in of_step(self.cohort.overruled, "selection") if o.wish == name]

    def outcome(self, name: str) -> set[str]:
        return {code for code, d in self.decided.items() if d.outcome == name}

    def _verdicts(self) -> dict[str, Verdict]:
        facts = self.cohort.programme.facts
        given = {code: verdict(facts, p.application) for code, p in self.people.items()}
        for o in of_step(self.cohort.overruled, "selection"):
            for code in o.people:
                if o.wish == "eligible":
                    given[code] = Verdict("eligible", o.wish, given[code].priorities)
                elif o.wish == "not eligible":
                    given[code] = Verdict("not eligible", o.wish, given[code].priorities)
        return given

    def _groups(self, able: set[str]) -> dict[str, frozenset[str]]:
        """Return by code who comes in or stays out together, grown until nothing changes."""
        split = {code for codes in self.wished("split the team") for code in codes}
        bonds = [set(codes) & able for codes in self.wished("keep together")]
        if self.cohort.draw.teams_whole:
            teams: dict[str, set[str]] = {}
            for code in able - split:
                teams.setdefault(folded(self.people[code].team), set()).add(code)
            bonds += [members for name, members in teams.items() if name]
        group = {code: {code} for code in able}
        for bond in bonds:
            joined = set(bond).union(*(group[code] for code in bond))
            for code in joined:
                group[code] = joined
        return {code: frozenset(members) for code, members in group.items()}

    def _barred(self) -> set[str]:
        seats = self.cohort.seats
        large = {
            code
            for code in self.able
            if seats is not None and len(self.group[code]) > max(seats, 1)
        }
        apart = {
            other
            for codes in self.wished("keep together")
            if not self.able.issuperset(codes)
            for code in self.able.intersection(codes)
            for other in self.group[code]
        }
        return large | apart

    def _left_behind(self) -> set[str]:
        """Return whose team, or whom they are kept together with, somebody has left since.

        With the one who left they could be placed, or could not, and without it is the other way.
        """
        before = self._groups(self.able | self.left)
        return self.able.intersection(code for left in self.left for code in before[left])

    def units(self) -> list[tuple[str, ...]]:
        """Return the groups that can have seats."""
        placeable = {self.group[code] for code in self.able - self.barred}
        return sorted(tuple(sorted(members)) for members in placeable)

    def worth(self, codes: Iterable[str]) -> Worth:
        """Return what a choice of people is worth, aim by aim."""
        inside = list(codes)
        met = [self.verdicts[code].priorities for code in inside]
        levels = len(next(iter(self.verdicts.values())).priorities)
        seed = self.cohort.draw.seed
        return (
            *(sum(priorities[level] for priorities in met) for level in range(levels)),
            len(inside),
            *(sum(drawn_lot(seed, code, which) for code in inside) for which in self.lots),
        )


def _left(cohort: Cohort) -> set[str]:
    held = of_step(cohort.overruled, "selection")
    return {code for o in held if o.wish == "has withdrawn" for code in o.people}


def _without_names(cohort: Cohort) -> bool:
    """Say whether a cohort was read without its names, so that its codes are others."""
    return any(person.code.startswith("R-") for person in cohort.people)


def _one_each(plain: _Plain) -> Iterable[str]:
    codes = Counter(d.code for d in plain.cohort.decisions)
    yield from (f"{code} has no decision" for code in sorted(plain.people.keys() - codes.keys()))
    yield from (f"{code} is nobody's code" for code in sorted(codes.keys() - plain.people.keys()))
    yield from (f"{c} has {many} decisions" for c, many in sorted(codes.items()) if many > 1)
    yield from (f"{d.code} has no reason" for d in plain.cohort.decisions if not d.reason.strip())


def _seats(plain: _Plain) -> Iterable[str]:
    inside, seats = len(plain.outcome("accepted")), plain.cohort.seats
    stated = plain.cohort.programme.facts.capacity.most
    if seats is not None and inside > seats:
        yield f"{inside} people have {seats} seats"
    if seats is not None and stated is not None and seats > stated:
        yield f"{seats} seats were given and the programme states {stated}"


def _eligible(plain: _Plain) -> Iterable[str]:
    for code, given in plain.verdicts.items():
        outcome = plain.decided[code].outcome if code in plain.decided else "missing"
        expected = {"not eligible": {"refused"}, "needs a ruling": {"needs a ruling"}}.get(
            given.answer, {"accepted", "waiting"}
        )
        expected = {"needs a ruling"} if code in plain.barred else expected
        if code in plain.left_behind:
            expected = {"accepted", "waiting", "needs a ruling"}
        expected = {"withdrawn"} if code in plain.left else expected
        if outcome not in expected:
            yield f"{code} is {outcome} and should be {' or '.join(sorted(expected))}"


def _whole(plain: _Plain) -> Iterable[str]:
    inside = plain.outcome("accepted")
    for unit in plain.units():
        if 0 < len(inside.intersection(unit)) < len(unit):
            yield f"{', '.join(unit)} belong together and {len(inside & set(unit))} have seats"


def _held(plain: _Plain) -> Iterable[str]:
    inside = plain.outcome("accepted") | plain.left
    held = {code for codes in plain.wished("hold a seat") for code in codes}
    yield from (f"a seat is held for {code}, who has none" for code in sorted(held - inside))


def _waiting(plain: _Plain) -> Iterable[str]:
    waiting = sorted((d for d in plain.cohort.decisions if d.place), key=lambda d: d.place)
    if [d.place for d in waiting] != list(range(1, len(waiting) + 1)):
        yield f"the places are {', '.join(str(d.place) for d in waiting)}"
    if {d.code for d in waiting} != plain.outcome("waiting"):
        yield "places are given to people who do not wait, or not to all who do"
    if plain.left:
        return
    ranks = [_rank(plain, plain.group[d.code]) for d in waiting if d.code in plain.group]
    yield from (
        f"{later.code} stands behind {earlier.code} and has the better claim"
        for earlier, later, a, b in zip(waiting, waiting[1:], ranks, ranks[1:], strict=False)
        if a < b
    )


def _rank(plain: _Plain, unit: frozenset[str]) -> list[Fraction]:
    """Return a unit's claim, the larger the better: shares of priorities met, then its lots."""
    worth = list(plain.worth(unit))
    del worth[len(worth) - 1 - len(plain.lots)]  # how many they are is no claim
    return [Fraction(part, len(unit)) for part in worth]


def _best(plain: _Plain) -> Iterable[str]:
    if plain.left:
        return
    units = plain.units()
    held = {code for codes in plain.wished("hold a seat") for code in codes}
    forced = [unit for unit in units if held.intersection(unit)]
    seats = len(plain.able) if plain.cohort.seats is None else plain.cohort.seats
    free = seats - sum(map(len, forced))
    if free < 0:
        return  # told by the number of seats
    nothing = plain.worth(())
    best = _fullest([(len(u), plain.worth(u)) for u in units if u not in set(forced)], free)
    parts = [best or nothing, *(plain.worth(unit) for unit in forced)]
    best = tuple(map(sum, zip(*parts, strict=True)))
    given = plain.worth(plain.outcome("accepted") & plain.able)
    if given != best:
        yield f"a choice worth {best} exists, and {given} was made"


def _fullest(units: list[tuple[int, Worth]], seats: int) -> Worth:
    """Return the largest worth that fits, compared aim by aim."""
    wide = 64  # bits for each aim: sums over any cohort stay below
    packed = [
        (size, sum(part << wide * k for k, part in enumerate(reversed(w)))) for size, w in units
    ]
    best = [0] * (seats + 1)
    for size, worth in packed:
        for room in range(seats, size - 1, -1):
            best[room] = max(best[room], best[room - size] + worth)
    length = len(units[0][1]) if units else 0
    top = max(best)
    return tuple(top >> wide * k & (2**wide - 1) for k in reversed(range(length)))
