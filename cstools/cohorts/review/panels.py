"""Who reviews whom, worked out exactly; where rules cannot all hold, what is missing is counted.

With HiGHS, each aim settled before the next:

1. fewest empty seats on the panels;
2. fewest panels with an empty seat, so that what is missing lies together;
3. fewest panels whose people share no free hour;
4. even load: the least sum of the squares of how many panels each of the faculty sits on;
5. the lot.

A conflict of interest is never an aim: who has one is not asked at all. Nobody sits on more
panels than they take. A person's wish (a forced seat) stands above both, and is recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from cstools.cohorts.basics.hours import QUARTERS, WHOLE_WEEK
from cstools.cohorts.basics.people import lot
from cstools.cohorts.review.values import KINDS, Kind

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Row = dict[int, float]
_PRICE = 1e-6  # aims count in whole numbers, so a price is 0 or far above the solver's rounding
_HALF_WAY = 1e-6


@dataclass(frozen=True)
class Reviewer:
    """One of the faculty for the solver: ``week`` is the free quarters of the week, as bits."""

    id: str
    kind: Kind
    most: int | None = None
    week: int = WHOLE_WEEK


@dataclass(frozen=True)
class Question:
    """Everything that decides who sits on which panel.

    Parameters
    ----------
    weeks
        For each person or team to be reviewed, the free quarters of the week, as bits.
    reviewers
        The faculty.
    barred
        Pairs (of whom, faculty id) with a conflict of interest.
    forced
        Such pairs that a person decided; they hold even where the pair is barred.
    each
        How many of each kind a panel has.
    seed
        Decides what the lot decides.
    """

    weeks: Mapping[str, int]
    reviewers: tuple[Reviewer, ...]
    barred: frozenset[tuple[str, str]] = frozenset()
    forced: frozenset[tuple[str, str]] = frozenset()
    each: Mapping[Kind, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 1))
    seed: int = 0

    def wanted(self, of: str, kind: Kind) -> int:
        """Return how many of a kind a panel has: as stated, or more where more are forced."""
        kinds = {each.id: each.kind for each in self.reviewers}
        forced = sum(who == of and kinds[id] == kind for who, id in self.forced)
        return max(self.each.get(kind, 0), forced)

    def limit(self, reviewer: Reviewer) -> int:
        """Return the most panels somebody sits on: what they take, or more where more are fixed."""
        fixed = {who for who, id in self.forced if id == reviewer.id}
        most = len(self.weeks) if reviewer.most is None else reviewer.most
        return max(most, len(fixed))


Panels = dict[str, tuple[str, ...]]


def best_panels(question: Question) -> Panels:
    """Return the members of each panel, by id in order; a panel may be short, or empty.

    The same people and faculty in any order, with the same seed, give the same panels.
    """
    problem = _Problem()
    seats = _seats(question, problem)
    empty, short = _empty_seats(question, problem, seats)
    apart = _hours(question, problem, seats)
    even = _loads(question, problem, seats)
    lots = {
        column: -float(lot(question.seed, of, id, bits=20)) for (of, id), column in seats.items()
    }
    chosen = problem.settle([dict.fromkeys(empty, 1.0), short, apart, even, lots])
    found: dict[str, list[str]] = {of: [] for of in sorted(question.weeks)}
    for (of, id), column in sorted(seats.items()):
        if chosen[column]:
            found[of].append(id)
    return {of: tuple(members) for of, members in found.items()}


def measures(question: Question, panels: Panels) -> tuple[int, int, int, int]:
    """Return what the first four aims come to for any panels, counted plainly."""
    empty = [
        sum(
            max(0, question.wanted(of, kind) - _of_kind(question, panels[of], kind))
            for kind in KINDS
        )
        for of in question.weeks
    ]
    loads = [sum(each.id in members for members in panels.values()) for each in question.reviewers]
    apart = sum(not shared_starts(question, of, panels[of]) for of in question.weeks)
    return sum(empty), sum(map(bool, empty)), apart, sum(load * load for load in loads)


def shared_starts(question: Question, of: str, members: Iterable[str]) -> int:
    """Return where an hour can begin in which all are free, as bits of the week."""
    weeks = {each.id: each.week for each in question.reviewers}
    common = _hour_starts(question.weeks[of])
    for id in members:
        common &= _hour_starts(weeks[id])
    return common


def _of_kind(question: Question, members: Sequence[str], kind: Kind) -> int:
    return sum(each.id in members and each.kind == kind for each in question.reviewers)


def _seats(question: Question, problem: _Problem) -> dict[tuple[str, str], int]:
    """Make a yes-or-no for each seat that somebody could take."""
    seats = {}
    for of in sorted(question.weeks):
        for each in sorted(question.reviewers, key=lambda reviewer: reviewer.id):
            pair = (of, each.id)
            if pair in question.forced:
                seats[pair] = problem.variable(least=1)
            elif pair not in question.barred:
                seats[pair] = problem.variable()
    return seats


def _empty_seats(
    question: Question, problem: _Problem, seats: Mapping[tuple[str, str], int]
) -> tuple[list[int], Row]:
    """Say that each panel is full but for its empty seats; return these, and the short panels."""
    empty, short = [], {}
    for of in sorted(question.weeks):
        is_short = problem.variable()
        short[is_short] = 1.0
        for kind in KINDS:
            wanted = question.wanted(of, kind)
            without = problem.variable(most=wanted)
            empty.append(without)
            taken = [
                seats[of, each.id]
                for each in question.reviewers
                if each.kind == kind and (of, each.id) in seats
            ]
            problem.rule({**dict.fromkeys(taken, 1.0), without: 1.0}, wanted, wanted)
            problem.rule({without: 1.0, is_short: -float(wanted)}, -np.inf, 0)
    return empty, short


def _hours(question: Question, problem: _Problem, seats: Mapping[tuple[str, str], int]) -> Row:
    """Say that a panel's members share an hour or that it is apart; return what says apart.

    An hour matters only by who is free in it, so hours with the same people are one choice, and
    an hour whose people are all free in another as well is none.
    """
    apart: Row = {}
    for of in sorted(question.weeks):
        own = [each for each in question.reviewers if (of, each.id) in seats]
        choices = _free_together(question.weeks[of], own)
        if frozenset(each.id for each in own) in choices:
            continue
        is_apart = problem.variable()
        apart[is_apart] = 1.0
        picked = {choice: problem.variable() for choice in choices}
        problem.rule({**dict.fromkeys(picked.values(), 1.0), is_apart: 1.0}, 1, 1)
        for each in own:
            free = [column for choice, column in picked.items() if each.id in choice]
            row = {**dict.fromkeys(free, -1.0), is_apart: -1.0, seats[of, each.id]: 1.0}
            problem.rule(row, -np.inf, 0)
    return apart


def _free_together(week: int, reviewers: Sequence[Reviewer]) -> list[frozenset[str]]:
    """Return the largest sets of faculty who are free in one hour of this week."""
    own = _hour_starts(week)
    starts = [(each.id, _hour_starts(each.week)) for each in reviewers]
    sets = {
        frozenset(id for id, bits in starts if bits >> quarter & 1)
        for quarter in range(QUARTERS)
        if own >> quarter & 1
    }
    largest = [one for one in sets if not any(one < other for other in sets)]
    return sorted(largest, key=sorted)


def _loads(question: Question, problem: _Problem, seats: Mapping[tuple[str, str], int]) -> Row:
    """Hold everybody to their limit; return the sum of squares: the k-th panel costs 2k - 1."""
    cost: Row = {}
    for each in sorted(question.reviewers, key=lambda reviewer: reviewer.id):
        taken = [column for (_, id), column in seats.items() if id == each.id]
        steps = [problem.variable() for _ in range(min(len(taken), question.limit(each)))]
        cost.update({column: 2.0 * k + 1 for k, column in enumerate(steps)})
        if taken:
            problem.rule({**dict.fromkeys(taken, 1.0), **dict.fromkeys(steps, -1.0)}, 0, 0)
    return cost


def _hour_starts(bits: int) -> int:
    """Return the quarters at which a whole free hour begins; Sunday night meets Monday."""
    for by in (1, 2):
        bits &= ((bits >> by) | (bits << (QUARTERS - by))) & WHOLE_WEEK
    return bits


class _Problem:
    """Whole-number variables and linear rules, as they are written down one by one."""

    def __init__(self) -> None:
        self._least: list[float] = []
        self._most: list[float] = []
        self._rules: list[tuple[Row, float, float]] = []

    def variable(self, least: int = 0, most: int = 1) -> int:
        self._least.append(least)
        self._most.append(most)
        return len(self._least) - 1

    def rule(self, row: Row, low: float, high: float) -> None:
        """Add a rule: a sum that is equal to ``high``, or at most ``high`` where low is -inf."""
        self._rules.append((row, low, high))

    def settle(self, aims: Iterable[Row]) -> np.ndarray:
        """Return the choice that makes each aim as small as possible, in order."""
        chosen = np.array(self._least, dtype=np.int64)
        for aim in aims:
            if aim and self._rules:
                costs = np.zeros(len(self._least))
                costs[list(aim)] = list(aim.values())
                relaxed = self._relaxed(costs)
                chosen = self._whole(costs, aim) if relaxed is None else relaxed
        return chosen

    def _relaxed(self, costs: np.ndarray) -> np.ndarray | None:
        """Settle one aim without asking for whole numbers; return nothing where that gives halves.

        Where it gives whole numbers, they are the best whole numbers too, and every other best
        choice keeps what the prices of this solution say: a variable with a price stays at its
        bound, a rule with a price stays tight. So the next aim is settled among the best of this.
        """
        from scipy.optimize import linprog

        equal = [rule for rule in self._rules if rule[1] == rule[2]]
        under = [rule for rule in self._rules if rule[1] != rule[2]]
        found = linprog(
            costs,
            A_eq=self._matrix(equal),
            b_eq=[high for *_, high in equal] or None,
            A_ub=self._matrix(under),
            b_ub=[high for *_, high in under] or None,
            bounds=np.column_stack([self._least, self._most]),
            method="highs-ds",
        )
        chosen = np.rint(found.x)
        if np.abs(found.x - chosen).max() > _HALF_WAY:
            return None
        priced = (np.abs(found.lower.marginals) > _PRICE) | (np.abs(found.upper.marginals) > _PRICE)
        for column in np.flatnonzero(priced):
            self._least[column] = self._most[column] = float(chosen[column])
        tight = np.abs(found.ineqlin.marginals) > _PRICE
        now = [
            (row, high if t else low, high)
            for (row, low, high), t in zip(under, tight, strict=True)
        ]
        self._rules = equal + now
        return np.asarray(chosen, dtype=np.int64)

    def _whole(self, costs: np.ndarray, aim: Row) -> np.ndarray:
        """Settle one aim in whole numbers, and hold the next ones to what it came to."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        found = milp(
            costs,
            integrality=np.ones(len(costs)),
            bounds=Bounds(self._least, self._most),
            constraints=LinearConstraint(
                self._matrix(self._rules),
                [low for _, low, _ in self._rules],
                [high for *_, high in self._rules],
            ),
            options={"mip_rel_gap": 0.0},
        )
        chosen = np.rint(found.x).astype(np.int64)
        self.rule(aim, -np.inf, float(costs @ chosen))
        return np.asarray(chosen, dtype=np.int64)

    def _matrix(self, rules: list[tuple[Row, float, float]]) -> csr_array | None:
        if not rules:
            return None
        entries = [(k, c, worth) for k, (row, *_) in enumerate(rules) for c, worth in row.items()]
        from scipy.sparse import csr_array

        rows, columns, worths = zip(*entries, strict=True)
        return csr_array((np.array(worths), (rows, columns)), (len(rules), len(self._least)))
