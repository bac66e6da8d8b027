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
from cstools.names import key, split_subscripts
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
        return [self.begins(played) - self.model.dt / 2 for played in range(self.rounds)]

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
                yield _lookup(self.model.parts[table].name, self.times(), heights, part.units)


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
    made = [_decided(part, plain, own) for part in chosen]
    once = ByRounds(plain, tuple(decided for decided, _ in made), count, steps, late)
    parts = [part for _, parts in made for part in parts]
    empty = [[None] * len(made)] * count
    lookups = [
        _lookup(label, once.times(), heights, decided.units)
        for decided, column in zip(once.decided, zip(*empty, strict=True), strict=True)
        for label, heights in zip(
            _labels(decided.name, decided.hand), decided.filled(column).values(), strict=True
        )
    ]
    return replace(once, model=plain.with_parts([*parts, *lookups]))


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


def _labels(name: str, hand: str) -> tuple[str, ...]:
    plain = " ".join(split_subscripts(name)[0].split())
    return (f"decisions on {plain}", f"{plain} by hand") if hand else (f"decisions on {plain}",)


def _decided(part: AnyPart, model: StockFlow, own: Run) -> tuple[Decided, list[AnyPart]]:
    """Return what is known of a decision, and the parts that stand in the place of its part."""
    table, hand = (key(label) for label in _labels(part.name, "rule"))
    rule = key(f"{part.name} by rule")
    for taken in (table, hand, rule):
        if taken in model.parts:
            raise ModelError(
                f"'{brief(model.parts[taken].name)}' is a name that a game needs for itself; give "
                "that part another one"
            )
    spelling = {k: label for label in _labels(part.name, "rule") for k in [key(label)]}
    at = (Name("time"),)
    if isinstance(part, Constant):
        call: Tree = Apply(table, at)
        text = to_text(call, spelling)
        new: AnyPart = Auxiliary(part.name, part.units, part.doc, part.line, text, call)
        decided = Decided(part.name, part.units, part.doc, part.value, part.between, table)
        return decided, [new]
    assert isinstance(part, (Flow, Auxiliary))
    by_rule = Auxiliary(
        f"{part.name} by rule", part.units, part.doc, part.line, part.equation, part.tree
    )
    by_hand = Apply(">", (Apply(hand, at), Number(0.5)))
    tree = Apply("if", (by_hand, Apply(table, at), Name(rule)))
    text = to_text(tree, spelling | {rule: by_rule.name})
    first = float(own[part.name][0])
    decided = Decided(part.name, part.units, part.doc, first, None, table, hand)
    return decided, [by_rule, replace(part, equation=text, tree=tree)]


def _lookup(name: str, times: list[float], heights: list[float], units: str) -> Lookup:
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
