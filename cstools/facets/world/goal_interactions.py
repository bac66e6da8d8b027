"""How goals act on each other: a small table of scores, its sums, its loops, and second steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.errors import DataError, UnknownNameError, brief, did_you_mean
from cstools.names import key

#: The seventeen goals of the 2030 Agenda, by number, with their short titles [UnitedNations2015]_.
GOALS: Mapping[int, str] = MappingProxyType(
    {
        1: "No poverty",
        2: "Zero hunger",
        3: "Good health and well-being",
        4: "Quality education",
        5: "Gender equality",
        6: "Clean water and sanitation",
        7: "Affordable and clean energy",
        8: "Decent work and economic growth",
        9: "Industry, innovation and infrastructure",
        10: "Reduced inequalities",
        11: "Sustainable cities and communities",
        12: "Responsible consumption and production",
        13: "Climate action",
        14: "Life below water",
        15: "Life on land",
        16: "Peace, justice and strong institutions",
        17: "Partnerships for the goals",
    }
)

#: The seven scores and their names [NilssonGriggsVisbeck2016]_, explained in words of our own.
SCALE: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        3: ("indivisible", "one cannot be had without the other"),
        2: ("reinforcing", "one directly helps the other"),
        1: ("enabling", "one makes the other easier"),
        0: ("consistent", "one does nothing to the other"),
        -1: ("constraining", "one makes the other harder"),
        -2: ("counteracting", "one works against the other"),
        -3: ("cancelling", "one makes the other impossible"),
    }
)
FEWEST, MOST_STEPS = 2, 6

Scores = Mapping[tuple[int, int], int]
Table = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Interactions:
    """Some goals, and what progress on each does to each of the others; made by :func:`scored`.

    Attributes
    ----------
    goals : tuple of int
        The numbers of the goals, in the order of rows and columns.
    table : tuple of tuples of int
        Row by row: what the goal of the row does to the goal of the column, from −3 to +3. A goal
        does nothing to itself at once.
    """

    goals: tuple[int, ...]
    table: Table

    @property
    def titles(self) -> tuple[str, ...]:
        """The short titles of the goals."""
        return tuple(GOALS[goal] for goal in self.goals)

    def gives(self) -> dict[int, int]:
        """Return the sum of each row: how much a goal helps the others, hindrance taken off.

        A sum hides quarrels: +2 and −2 give the same as nothing at all.
        """
        return dict(zip(self.goals, map(sum, self.table), strict=True))

    def gets(self) -> dict[int, int]:
        """Return the sum of each column: how much the others help a goal."""
        return dict(zip(self.goals, map(sum, zip(*self.table, strict=True)), strict=True))

    def after(self, steps: int) -> Table:
        """Return what the goals do to each other along all ways of so many steps.

        Along a way the scores are multiplied, and the ways are added up: a power of the table.
        Compare numbers of one table only; with every step there are more ways and larger products.

        Raises
        ------
        DataError
            When ``steps`` is no whole number from 1 to 6.
        """
        if isinstance(steps, bool) or not isinstance(steps, int) or not 1 <= steps <= MOST_STEPS:
            raise DataError(f"steps is {brief(steps)}; give a whole number from 1 to {MOST_STEPS}.")
        power = self.table
        for _ in range(steps - 1):
            power = _times(power, self.table)
        return power

    def diagram(self) -> CausalLoopDiagram:
        """Return the map of the goals: a link for every score but 0, with its sign."""
        drawn = CausalLoopDiagram(name="How the goals act on each other")
        for cause, effect, score in self._scores():
            words = f"{SCALE[score][0]} ({score:+d})".replace("-", "−")
            drawn.link(GOALS[cause], GOALS[effect], "+" if score > 0 else "-", reason=words)
        return drawn

    def turned(self) -> list[tuple[int, int, int, int]]:
        """Return (cause, effect, at once, in two steps) wherever the two signs are opposite."""
        places = {goal: place for place, goal in enumerate(self.goals)}
        second = self.after(2)
        found = ((a, b, now, second[places[a]][places[b]]) for a, b, now in self._scores())
        return [(a, b, now, then) for a, b, now, then in found if now * then < 0]

    def describe(self) -> str:
        """Return what the table says, in sentences: sums, loops, and what turns in two steps."""
        scored = sum(1 for _ in self._scores())
        if not scored:
            return f"{len(self.goals)} goals, and nothing is scored yet: every score is 0."
        return " ".join([*self._sums_said(), self._loops_said(), *self._turns_said()])

    def _sums_said(self) -> Iterator[str]:
        for verb, sums in (("give", self.gives()), ("get", self.gets())):
            most = max(sums.values())
            titles = [GOALS[goal] for goal in self.goals if sums[goal] == most]
            if most <= 0:
                yield f"No goal {verb}s more than 0."
            elif len(titles) == 1:
                yield f"{titles[0]} {verb}s most (+{most})."
            else:
                yield f"{_listed(titles)} {verb} most (+{most}) each."

    def _loops_said(self) -> str:
        loops = self.diagram().loops()
        kinds = [loop.polarity for loop in loops]
        many = f"{len(kinds)} loop{'s' * (len(kinds) != 1)}" if kinds else "no loop"
        told = f": {kinds.count('R')} reinforcing, {kinds.count('B')} balancing" if kinds else ""
        more = "" if loops.complete else " at least"
        return f"The map has {many}{more}{told}."

    def _turns_said(self) -> Iterator[str]:
        turns = self.turned()
        for a, b, now, then in turns[:3]:
            way = "helps" if now > 0 else "hinders"
            other = "hinders" if now > 0 else "helps"
            numbers = f"({now:+d}) and {other} it in two steps ({then:+d})".replace("-", "−")
            yield f"{GOALS[a]} {way} {GOALS[b]} at once {numbers}."
        if len(turns) > 3:
            yield f"{len(turns) - 3} more turn in two steps."

    def _scores(self) -> Iterator[tuple[int, int, int]]:
        for goal, row in zip(self.goals, self.table, strict=True):
            for other, score in zip(self.goals, row, strict=True):
                if score:
                    yield goal, other, score

    def __repr__(self) -> str:
        return self.describe()


def scored(goals: Sequence[int | str], scores: Scores | None = None) -> Interactions:
    """Return the interactions of some goals.

    Parameters
    ----------
    goals
        Numbers from 1 to 17, or short titles; two at least.
    scores
        (goal that acts, goal that is acted on) → a whole number from −3 to +3, with the numbers of
        the goals; pairs that are not said are 0.

    Raises
    ------
    DataError
        When a score is none, a goal stands twice or acts on itself, or fewer than two are given.
    UnknownNameError
        When there is no such goal, or a score is given for one that was not chosen.
    """
    numbers = tuple(_number_of(goal) for goal in goals)
    twice = [n for place, n in enumerate(numbers) if n in numbers[:place]]
    if twice:
        raise DataError(f"Goal {twice[0]} stands twice; name each goal once.")
    if len(numbers) < FEWEST:
        raise DataError("Give two goals at least: one alone acts on nothing.")
    given = dict(scores or {})
    for (cause, effect), score in given.items():
        _check(cause, effect, score, numbers)
    rows = [tuple(given.get((a, b), 0) for b in numbers) for a in numbers]
    return Interactions(numbers, tuple(rows))


def youth_parliament() -> Interactions:
    """Return four goals as an invented youth parliament scored them for one neighbourhood.

    Story
    -----
    Members of a youth parliament may propose one thing to the city. They choose four goals and ask
    of each pair: when the first makes progress here, what does that do to the second?

    Behaviour over time
    -------------------
    There is none: a table of scores has no clock. It tells ways, and which of them close in loops.
    More education helps climate action at once (+1). In two steps it hinders it (2 × −2 = −4), by
    way of the growth that it helps. Growth seems to do nothing on the whole: its sum is 2 − 2.

    Where to intervene
    ------------------
    At a score: one that is −2 because of how something is done may become 0 when it is done
    otherwise. At the loop in which growth and climate action hold each other back.

    How it can mislead
    ------------------
    Every score is an opinion about one place and one time, and people who know more may differ.
    The table adds opinions up as if they were amounts. A sum hides a quarrel. No official table
    is copied here, and none exists that would hold everywhere.

    References
    ----------
    The seven scores: [NilssonGriggsVisbeck2016]_. The goals: [UnitedNations2015]_. The scores of
    this table are invented for teaching.
    """
    rows = {
        4: {8: 2, 13: 1},
        8: {4: 2, 13: -2},
        11: {4: 1, 13: 2},
        13: {8: -1, 11: 1},
    }
    return scored([*rows], {(a, b): score for a, row in rows.items() for b, score in row.items()})


def _times(left: Table, right: Table) -> Table:
    """Return the product of two tables, in whole numbers."""
    columns = tuple(zip(*right, strict=True))
    return tuple(
        tuple(sum(a * b for a, b in zip(row, column, strict=True)) for column in columns)
        for row in left
    )


def _number_of(goal: int | str) -> int:
    """Return the number of a goal that is given by its number or its short title."""
    if isinstance(goal, int) and not isinstance(goal, bool) and goal in GOALS:
        return goal
    titles = {key(title): number for number, title in GOALS.items()}
    if isinstance(goal, str) and key(goal) in titles:
        return titles[key(goal)]
    near = did_you_mean(goal, GOALS.values()) if isinstance(goal, str) else ""
    raise UnknownNameError(
        f"There is no goal '{brief(goal)}'" + (near or "; the goals have the numbers 1 to 17.")
    )


def _check(cause: int, effect: int, score: int, goals: Sequence[int]) -> None:
    """Raise an error unless a score is one, and between two of the goals."""
    for goal in (cause, effect):
        if goal not in goals:
            raise UnknownNameError(f"Goal {brief(goal)} is scored, but it is none of those chosen.")
    if isinstance(score, bool) or score not in SCALE:
        raise DataError(
            f"Goal {cause} on goal {effect} has the score {brief(score)}; "
            "scores are whole numbers from −3 to +3."
        )
    if cause == effect and score:
        raise DataError(f"Goal {cause} acts on itself; leave that out, or score it 0.")


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"
