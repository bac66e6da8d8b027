"""A repeated dilemma: to share or to keep, with somebody whom one may meet again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product

from cstools.errors import DataError, ModelError, did_you_mean
from cstools.facets.others.dilemma_rounds import Rounds, rounds_of
from cstools.on_demand import numpy as np
from cstools.plotting import tables
from cstools.plotting.words import number

#: What one gets: when both share, when only one does, when only the other does, when nobody does.
POINTS = (3.0, 0.0, 5.0, 1.0)


@dataclass(frozen=True)
class Strategy:
    """A rule for when to share, which remembers one meeting.

    Attributes
    ----------
    first : float
        The chance of sharing at the first meeting.
    after : tuple of float
        The chance of sharing when at the last meeting both shared, only oneself, only the other,
        nobody.
    """

    name: str
    first: float
    after: tuple[float, float, float, float]


def generous(forgiving: float = 0.25) -> Strategy:
    """Return the rule that gives back what it got, and forgives one kept thing in so many.

    Raises
    ------
    ModelError
        When the chance to forgive is not between 0 and 1.
    """
    if not 0 <= forgiving <= 1:
        raise ModelError(
            f"forgiving is {forgiving:g}; it is the chance to forgive a kept thing, from 0 to 1, "
            "such as 0.25"
        )
    return Strategy("generous", 1, (1, forgiving, 1, forgiving))


STRATEGIES = {
    strategy.name: strategy
    for strategy in (
        Strategy("always share", 1, (1, 1, 1, 1)),
        Strategy("always keep", 0, (0, 0, 0, 0)),
        Strategy("every other time", 0, (0, 0, 1, 1)),
        Strategy("tit for tat", 1, (1, 0, 1, 0)),
        generous(),
        Strategy("never forgive", 1, (1, 0, 0, 0)),
    )
}


def repeated_dilemma(again: float = 0.9, slips: float = 0.0) -> RepeatedDilemma:
    """Return the dilemma of two who share a ball, or keep it, and may meet again.

    Story
    -----
    Two children meet by the ball, each with a turn to share or to keep. Who keeps while the
    other shares has most. Both sharing is better for both than both keeping. And for each of
    them, whatever the other does, to keep brings more today. Why should anybody share?

    Behaviour over time
    -------------------
    Who gives back what was given, *tit for tat*, does well where another meeting is likely enough:
    with 5, 3, 1 and 0 points nobody does better against it by another rule when the chance of
    meeting again is at least 2/3, and somebody does below that: who keeps every other time. A
    single slip, though, goes to and fro for ever between two who play it. *Generous* forgives one
    kept thing in four: between two of them a slip dies away. Nobody does better against it by
    another rule when the chance w of meeting again is at least 8/9. Who forgives more, up to
    ``1 - 2 / (3·w)`` of all kept things and so never more than a third, needs a surer future.

    Where to intervene
    ------------------
    At the chance of meeting again. At slips, and at what is taken for one. At the answer, by
    giving back a little less than one got.

    How it can mislead
    ------------------
    Points are not what children want from each other, and two is not a yard. Both are alike in
    strength here, and either can walk away after any meeting: where one cannot, this is no
    dilemma. And a rule that nobody can better is not a rule that is good: to keep always is one.

    References
    ----------
    The points, and the condition for tit for tat: [Axelrod1984]_. How generous one can be when the
    next meeting is as good as sure, a third: [NowakSigmund1992]_. Slips, and what helps against
    them: [WuAxelrod1995]_. The children and their ball are ours.
    """
    return RepeatedDilemma(again, slips)


@dataclass(frozen=True)
class RepeatedDilemma:
    """Two who meet, again and again with a chance; what each rule earns against each, exactly.

    Attributes
    ----------
    again : float
        The chance, after each meeting, that there is another; from 0 to less than 1.
    slips : float
        The chance that somebody does the opposite of what they meant to; from 0 to 0.5.

    Raises
    ------
    ModelError
        When one of the two lies outside.
    """

    again: float = 0.9
    slips: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.again < 1:
            raise ModelError(
                f"again is {self.again:g}; it is the chance of another meeting, from 0 to less "
                "than 1, such as 0.9"
            )
        if not 0 <= self.slips <= 0.5:
            raise ModelError(
                f"slips is {self.slips:g}; it is the chance of a slip, from 0 to 0.5, such as 0.05"
            )

    def points(self, one: str | Strategy, other: str | Strategy) -> float:
        """Return what the first earns at a meeting, on average over all that they may have.

        The sum over all meetings is this times ``1 / (1 - again)``, on average. How it can
        mislead: it weighs the first meetings most, as those are the surest to happen.

        Notes
        -----
        1. The four outcomes of a meeting follow each other as a Markov chain with matrix M.
        2. Met with weights ``again^t``, their sum is the solution of ``m (1 - again·M) = start``.
        3. The points of each outcome, by how often it is met.
        """
        mine, theirs = strategy_named(one), strategy_named(other)
        chain = self.chain(mine, theirs)
        start = self.outcomes(mine.first, theirs.first)
        met = np.linalg.solve((np.eye(4) - self.again * chain).T, start)
        return float((1 - self.again) * met @ np.array(POINTS))

    def chain(self, one: Strategy, other: Strategy) -> np.ndarray:
        """Return the chances, (4, 4), of the next outcome by the last one, slips included."""
        seen_by_other = (other.after[0], other.after[2], other.after[1], other.after[3])
        pairs = zip(one.after, seen_by_other, strict=True)
        return np.array([self.outcomes(mine, theirs) for mine, theirs in pairs])

    def outcomes(self, mine: float, theirs: float) -> np.ndarray:
        """Return the chances of the four outcomes, by those with which each means to share."""
        a, b = (chance + self.slips * (1 - 2 * chance) for chance in (mine, theirs))
        return np.array([a * b, a * (1 - b), (1 - a) * b, (1 - a) * (1 - b)])

    def withstands(self, rule: str | Strategy) -> bool:
        """Say whether nobody does better, against a rule, by any other rule than by this one.

        It holds against all rules there can be, not only against the named ones: against somebody
        who remembers one meeting, no longer memory and no coin earns more than the best of the 32
        rules that remember one meeting and are sure of what they do (a decision process with four
        states). What it does not say: that the rule is good, or how it would come about.
        """
        own = self.points(rule, rule)
        best = max(self.points(rival, rule) for rival in _SURE)
        return best <= own + 1e-9  # rounding of sums of at most 5 points a meeting

    def tournament(self, *names: str) -> Tournament:
        """Return what each rule earns against each, itself included; all of them if none named."""
        rules = tuple(strategy_named(name).name for name in names or STRATEGIES)
        table = tuple(tuple(self.points(one, other) for other in rules) for one in rules)
        return Tournament(self, rules, table)

    def rounds(
        self,
        one: str | Strategy,
        other: str | Strategy,
        meetings: int = 12,
        slip_at: int = 4,
    ) -> Rounds:
        """Return meeting by meeting how likely each is to keep, after one slip of the first.

        Nobody slips otherwise, whatever ``slips`` says.

        Raises
        ------
        DataError
            When the slip is not at one of the meetings.
        """
        if not 1 <= slip_at <= meetings <= 100:
            raise DataError(
                f"the slip is at meeting {slip_at} of {meetings}; let it be at one of them, and "
                "ask for at most 100"
            )
        mine, theirs, sure = strategy_named(one), strategy_named(other), RepeatedDilemma()
        start, chain = sure.outcomes(mine.first, theirs.first), sure.chain(mine, theirs)
        return rounds_of((mine.name, theirs.name), start, chain, meetings, slip_at)


_SURE = tuple(
    Strategy("sure", first, (a, b, c, d)) for first, a, b, c, d in product((0, 1), repeat=5)
)


def strategy_named(name: str | Strategy) -> Strategy:
    """Return the rule of a name; a rule is returned as it is.

    Raises
    ------
    ModelError
        When there is none of that name.
    """
    if isinstance(name, Strategy):
        return name
    if name not in STRATEGIES:
        hint = did_you_mean(name, STRATEGIES) or f"; there are {tables.listed(list(STRATEGIES))}"
        raise ModelError(f"there is no rule called '{name}'{hint}")
    return STRATEGIES[name]


@dataclass(frozen=True, repr=False)
class Tournament:
    """What each rule earns at a meeting with each, as a table; rows earn, columns are met.

    How it can mislead: who is best on average depends on who else is there.
    """

    dilemma: RepeatedDilemma
    names: tuple[str, ...]
    points: tuple[tuple[float, ...], ...]

    @cached_property
    def averages(self) -> dict[str, float]:
        """What each earns on average over all, itself included; the most first."""
        means = {n: sum(row) / len(row) for n, row in zip(self.names, self.points, strict=True)}
        return dict(sorted(means.items(), key=lambda pair: -pair[1]))

    def describe(self) -> str:
        """Return the averages in a sentence."""
        told = [f"{name} {_rounded(points)}" for name, points in self.averages.items()]
        chance = f"a chance of {number(self.dilemma.again)} to meet again"
        if self.dilemma.slips:
            chance += f" and of {number(self.dilemma.slips)} for a slip"
        return f"Points at a meeting, on average over all, with {chance}: {', '.join(told)}."

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        heads = ["earns …", *(f"… with {name}" for name in self.averages), "on average"]
        places = [self.names.index(name) for name in self.averages]
        rows = [
            [name, *(_rounded(self.points[row][column]) for column in places), _rounded(mean)]
            for row, (name, mean) in zip(places, self.averages.items(), strict=True)
        ]
        page = tables.html("Points at a meeting", heads, rows, self.describe())
        return {"text/plain": repr(self), "text/html": page}


def _rounded(points: float) -> str:
    return f"{points:.2f}"
