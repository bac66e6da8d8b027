"""Rounds: people decide some values anew in every round, and the model runs on in between.

What a person may decide is a constant, or a variable with an equation of its own, which then is
the rule by which the model decides where nobody does. In the model that is played, each of these
follows a lookup of the time, whose steps are the decisions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cstools.equations.printing import to_text
from cstools.equations.tree import Apply, Name, Number, Tree
from cstools.errors import ModelError, brief
from cstools.names import key
from cstools.plotting.words import number
from cstools.stock_flow.checked import MOST_STEPS, as_number, as_whole
from cstools.stock_flow.links import signed_links
from cstools.stock_flow.parts import AnyPart, Auxiliary, Constant, Flow, Lookup, Range, Stock
from cstools.stock_flow.written_out import plain_names

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow
    from cstools.stock_flow.run import Run

#: One round: what was decided of each variable; ``None`` where it was left to the model.
Round = Sequence[float | None]

MOST_ROUNDS = 500
# What stands before a variable's name in the names of the parts that a game adds.
_SAID = ("decisions on", "hand on", "rule of")


@dataclass(frozen=True)
class Decided:
    """A variable that is decided anew in every round.

    Attributes
    ----------
    name, units, doc : str
    own : float
        The value of a constant; of a variable with a rule, what the rule says at the start.
    between : (low, high) or None
        Its range, as the model gives it.
    table : str
        Key of the lookup that holds the decisions.
    hand : str
        Key of the lookup that is 1 in rounds decided by hand, 0 in those left to the rule; empty
        for a constant, which has no rule.
    """

    name: str
    units: str
    doc: str
    own: float
    between: Range | None
    table: str
    hand: str = ""

    def filled(self, decisions: Sequence[float | None]) -> dict[str, list[float]]:
        """Return the heights of its lookups, one for each round; see :attr:`table`."""
        values = {self.table: [self.own if value is None else value for value in decisions]}
        if self.hand:
            values[self.hand] = [0.0 if value is None else 1.0 for value in decisions]
        return values


@dataclass(frozen=True)
class ByRounds:
    """A model that is played by rounds.

    Attributes
    ----------
    model : StockFlow
        In which each variable that is decided follows its lookup; without arrays.
    decided : tuple of Decided
    rounds, steps : int
        How many rounds there are, and how many steps of ``dt`` each takes.
    late : frozenset of str
        Keys of what depends at once on a decision: while somebody decides, its newest value is
        the one of the step before.
    """

    model: StockFlow
    decided: tuple[Decided, ...]
    rounds: int
    steps: int
    late: frozenset[str]

    def begins(self, played: int) -> float:
        """Return when a round begins, counted from 0."""
        return self.model.start + played * self.steps * self.model.dt

    def times(self) -> list[float]:
        """Return from when on each decision holds: half a step early, so that rounding is none."""
        return _times(self.model, self.steps, self.rounds)

    def run(self, game: Sequence[Round], values: Mapping[str, float] | None = None) -> Run:
        """Return the run of some rounds, as far as they were played.

        Parameters
        ----------
        game
            One row for each round, one value for each variable in :attr:`decided`.
        values
            Constants and first values that differ, as for ``StockFlow.run``.
        """
        if not game:
            raise ModelError(
                f"nothing of '{brief(self.model.name)}' has been played yet; decide the first "
                "round, or give decisions with game="
            )
        # As in the page: whatever comes after what was played changes nothing before it.
        whole = [*game, *[game[-1]] * (self.rounds - len(game))]
        columns = list(zip(*whole, strict=True))
        played = self.model.with_parts(self._tables(columns))
        played.clock = replace(played.clock, stop=self.begins(len(game)))
        return played.run(values)

    def _tables(self, columns: Sequence[Sequence[float | None]]) -> Iterable[Lookup]:
        for part, column in zip(self.decided, columns, strict=True):
            for table, heights in part.filled(column).items():
                lookup = self.model.parts[table]
                yield _lookup(lookup.name, self.times(), heights, lookup.units)


def by_rounds(model: StockFlow, names: Sequence[str], every: float, rounds: object) -> ByRounds:
    """Return a model in which some variables are decided anew in every round.

    Parameters
    ----------
    names
        Constants; or flows and auxiliaries, whose equations then are the rule that decides where
        nobody does. Of an array, single elements: ``"orders[bakery]"``.
    every
        How long a round is, in the model's time: whole steps of ``dt``.
    rounds
        How many; as many as fit into the model's time, if ``None``.

    Raises
    ------
    UnknownNameError, ModelError
        When a name is unknown or is nothing that can be decided, or the rounds do not fit.

    Notes
    -----
    Euler's method only: others look ahead within a step, to a decision that nobody has made yet.
    """
    if model.method != "euler":
        raise ModelError(
            f"model '{brief(model.name)}' runs by '{model.method}', which looks ahead within a "
            'step, to decisions that nobody has made yet; play one with method="euler"'
        )
    plain = model.without_arrays() if model.dimensions else model.copy()
    chosen = [_one_part(model, plain, name) for name in names]
    for part in chosen:
        if sum(other.key == part.key for other in chosen) > 1:
            raise ModelError(f"{part.where} is decided by two players; give each one its own")
    steps = _steps(model, every)
    count = _count(model, steps, rounds)
    plain.clock = replace(plain.clock, stop=plain.start + count * steps * plain.dt, every=1)
    own = plain.run()
    late = _late(plain, {part.key for part in chosen})
    times = _times(plain, steps, count)
    made = [_taken_over(part, plain, own, times) for part in chosen]
    played = plain.with_parts(part for _, parts in made for part in parts)
    return ByRounds(played, tuple(decided for decided, _ in made), count, steps, late)


def plain_name(model: StockFlow, plain: StockFlow, name: str) -> str:
    """Return how the model without arrays spells what the model calls ``name``."""
    found = model.single_values(name)
    if len(found) > 1:
        each = " or ".join(f"'{part.name}'" for part in found[:3])
        raise ModelError(f"'{brief(name)}' is an array; say which of it, such as {each}")
    names = plain_names(model.scalars) if model.dimensions else {}
    return plain[names.get(found[0].key, found[0].name)].name


def _one_part(model: StockFlow, plain: StockFlow, name: str) -> AnyPart:
    part = plain[plain_name(model, plain, name)]
    if isinstance(part, (Stock, Lookup)):
        why = "changes through its flows" if isinstance(part, Stock) else "is a relation"
        raise ModelError(
            f"{part.where} {why}, and nobody can decide it; let a player decide a constant, or a "
            "flow or an auxiliary, whose equation then is the rule without a player"
        )
    return part


def _steps(model: StockFlow, every: object) -> int:
    """Return how many steps a round takes."""
    where = f"model '{brief(model.name)}', every="
    long = as_number(every, where)
    steps = round(long / model.dt)
    if steps < 1 or abs(steps * model.dt - long) > 1e-9 * long:
        raise ModelError(
            f"{where}: a round of {number(long)} is no whole number of steps of "
            f"dt={number(model.dt)}; choose {number(max(1, steps) * model.dt)}"
        )
    return steps


def _count(model: StockFlow, steps: int, rounds: object) -> int:
    fit = model.clock.steps // steps
    where = f"model '{brief(model.name)}', rounds="
    count = max(1, fit) if rounds is None else as_whole(rounds, where)
    if not 1 <= count <= MOST_ROUNDS or count * steps > MOST_STEPS:
        raise ModelError(
            f"{where}: {count:,} rounds cannot be played; choose between 1 and {MOST_ROUNDS}"
        )
    return count


def _times(model: StockFlow, steps: int, count: int) -> list[float]:
    """Return from when on each decision holds: half a step early, so that rounding is none."""
    return [model.start + (played * steps - 0.5) * model.dt for played in range(count)]


def _taken_over(
    part: AnyPart, model: StockFlow, own: Run, times: Sequence[float]
) -> tuple[Decided, list[AnyPart]]:
    """Return what is known of a decision, and the parts that stand in the place of its part."""
    decisions, hand, rule = (_free(f"{said} {part.name}", model) for said in _SAID)
    at = (Name("time"),)
    table: Tree = Apply(key(decisions), at)
    spelling = {key(name): name for name in (decisions, hand, rule)}
    told = (part.units, part.doc, part.line)
    if isinstance(part, Constant):
        first = part.value
        decided = Decided(part.name, *told[:2], first, part.between, key(decisions))
        new: list[AnyPart] = [Auxiliary(part.name, *told, to_text(table, spelling), table)]
    else:
        assert isinstance(part, (Flow, Auxiliary))
        first = float(own[part.name][0])
        by_hand = Apply(">", (Apply(key(hand), at), Number(0.5)))
        tree = Apply("if", (by_hand, table, Name(key(rule))))
        decided = Decided(part.name, *told[:2], first, None, key(decisions), key(hand))
        new = [
            Auxiliary(rule, *told, part.equation, part.tree),
            replace(part, equation=to_text(tree, spelling), tree=tree),
            _lookup(hand, times, [0.0] * len(times), ""),
        ]
    return decided, [*new, _lookup(decisions, times, [first] * len(times), part.units)]


def _free(name: str, model: StockFlow) -> str:
    """Return a name that the model does not use."""
    while key(name) in model.parts:
        name = f"{name} again"
    return name


def _lookup(name: str, times: Sequence[float], heights: Sequence[float], units: str) -> Lookup:
    points = list(zip(times, map(float, heights), strict=True))
    if len(points) == 1:  # a lookup has two points at least
        points.append((points[0][0] + 1, points[0][1]))
    return Lookup(name, units, "What was decided, round by round.", "", tuple(points), "step")


def _late(model: StockFlow, decided: set[str]) -> frozenset[str]:
    """Return the keys of what depends on a decision within the same step."""
    parts = model.scalars
    at_once: dict[str, list[str]] = {}
    for link in signed_links(model):
        if not link.delayed and not isinstance(parts[link.effect], Stock):
            at_once.setdefault(link.cause, []).append(link.effect)
    late, waiting = set(decided), list(decided)
    while waiting:
        for effect in at_once.get(waiting.pop(), []):
            if effect not in late:
                late.add(effect)
                waiting.append(effect)
    return frozenset(late)


def with_values(game: Any, many: int, where: str) -> list[list[float | None]]:
    """Return a game as rows of numbers, one row for each round; ``None`` is left to the model."""
    rows = [list(row) for row in game]
    for row in rows:
        if len(row) != many:
            raise ModelError(f"{where}: a round has {many} decisions, and {len(row)} are given")
    return [[None if v is None else as_number(v, where) for v in row] for row in rows]
