"""Places to intervene: what the same effort at each kind of place does to a result, and how surely.

1. Every place is a constant of the model that is 0 as the model is: an arrow, a rule or a number
   that waits to be moved.
2. Draw what is uncertain: each draw is a world as it might be.
3. In each draw run the model as it is, and once for each place, moved by the same share.
4. The effect of a place is the difference between the two runs of one draw; the interval is that of
   nine draws in ten.

The list of kinds, from 12, the weakest, to 1, is that of [Meadows1999]_.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from cstools.analysis.outcomes import At, Outcome, finite, outcome
from cstools.analysis.tables import html, listed, percent
from cstools.engine import many_runs
from cstools.errors import DataError, ModelError, brief, shown, unknown_name
from cstools.names import same
from cstools.on_demand import numpy as np
from cstools.plotting.bars import Estimate
from cstools.plotting.efforts import Effort, efforts
from cstools.plotting.picture import Picture
from cstools.plotting.words import amount, number
from cstools.stock_flow.ensemble import batch, drawn
from cstools.stock_flow.parts import Constant
from cstools.stock_flow.spreads import spread

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

#: Donella Meadows's list, each in a word or two of our own, weakest first.
KINDS = {
    12: "numbers",
    11: "buffers",
    10: "stocks and flows",
    9: "delays",
    8: "balancing loops",
    7: "reinforcing loops",
    6: "information",
    5: "rules",
    4: "self-organisation",
    3: "goals",
    2: "paradigms",
    1: "rising above paradigms",
}
DRAWS, _FEWEST_DRAWS = 100, 20
# Below this part of the largest effect, an effect is told as next to nothing.
_HARDLY = 0.02
CAUTION = (
    "The same share is our measure of effort, and no other; and what nobody can put into an "
    "equation has no number here."
)


@dataclass(frozen=True)
class Place:
    """A place to intervene in one model.

    Attributes
    ----------
    number : int
        Of Meadows's list, from 12 to 1.
    does : str
        What somebody would do there, in a few words.
    moves : str
        The constant that is moved; empty where no equation says what would happen.
    """

    number: int
    does: str
    moves: str = ""

    @property
    def kind(self) -> str:
        """What such places are called."""
        return KINDS[self.number]


@dataclass(frozen=True)
class Tried:
    """A place and what the effort does there.

    Attributes
    ----------
    effect : Estimate or None
        How far the result moves: as the model is, and where nine draws in ten lie. None where it
        cannot be computed.
    first : float
        In what share of the draws nothing else raises the result as far.
    """

    place: Place
    effect: Estimate | None
    first: float = 0.0


@dataclass(frozen=True, repr=False, eq=False)
class Places:
    """Places to intervene, by what the same effort at each does to one result.

    How it can mislead: the same share of a net's width and of an agreement is not the same sweat,
    money or courage; another measure gives another order. And a result is one number: what is
    first for the catch can be last for the fish.

    Attributes
    ----------
    title : str
        The model's name.
    outcome : Outcome
    share : float
        The effort.
    tried : tuple of Tried
        In the order of the list, 12 first.
    middle : float
        The result when nobody does anything.
    draws : int
    """

    title: str
    outcome: Outcome
    share: float
    tried: tuple[Tried, ...]
    middle: float
    draws: int

    def __getitem__(self, name: str) -> Tried:
        """Return what was tried, by the constant that it moves."""
        for one in self.tried:
            if one.place.moves and same(one.place.moves, name):
                return one
        raise unknown_name(name, [one.place.moves for one in self.computed], "these places")

    @property
    def computed(self) -> tuple[Tried, ...]:
        """The places that have a number, the strongest first."""
        have = [one for one in self.tried if one.effect is not None]
        return tuple(sorted(have, key=lambda one: -_value(one)))

    def in_order(self) -> tuple[int, int]:
        """Return how many pairs of places stand as the list has them, and of how many that differ.

        Two places whose effects differ by next to nothing are no pair; nor are two of one number.
        """
        least = self._hardly
        pairs = [
            (one.place.number < other.place.number) == (_value(one) > _value(other))
            for one, other in combinations(self.computed, 2)
            if abs(_value(one) - _value(other)) > least and one.place.number != other.place.number
        ]
        return sum(pairs), len(pairs)

    def plot(self) -> Picture:
        """Return the picture: a mark for each place with its nine draws in ten, 12 at the top."""
        rows = [
            Effort(f"{one.place.number}  {one.place.kind}", one.place.does, one.effect)
            for one in self.tried
        ]
        units = f" ({self.outcome.units})" if self.outcome.units else ""
        title = f"{self.title}: {percent(self.share)} of effort at each place"
        return efforts(rows, f"change of {self.outcome.said}{units}", title, self.describe())

    def describe(self) -> str:
        """Return in sentences which place does most, how surely, and what has no number."""
        begin = (
            f"{percent(self.share)} at each place. When nobody does anything, "
            f"{self.outcome.said} is {amount(self.middle, self.outcome.units)}."
        )
        strong = [one for one in self.computed if abs(_value(one)) > self._hardly]
        told = [self._told(one) for one in strong]
        still = [x.place.moves for x in self.tried if x.effect is not None and x not in strong]
        said = [begin, f"{'; '.join(told)}." if told else "No place moves it."]
        if still and told:
            said.append(f"Next to nothing comes of {listed(still)}.")
        return " ".join([*said, *self._surely(strong), *self._uncomputed(), CAUTION])

    @property
    def _hardly(self) -> float:
        return _HARDLY * max((abs(_value(one)) for one in self.computed), default=0.0)

    def _told(self, one: Tried) -> str:
        reach = one.effect
        assert reach is not None
        spans = f" ({_signed(reach.low)} to {_signed(reach.high)})" if self.draws > 1 else ""
        called = f"{one.place.number} {one.place.kind}, {one.place.moves}"
        return f"{called}: {_signed(reach.value)}{spans}"

    def _surely(self, strong: Sequence[Tried]) -> list[str]:
        right, pairs = self.in_order()
        told = [f"Of {pairs} pairs that differ, {right} stand as in the list."] if pairs else []
        if strong and self.draws > 1:
            often = max(self.computed, key=lambda one: one.first)
            told.append(
                f"First in {percent(often.first)} of {self.draws} draws: {often.place.moves}."
            )
        return told

    def _uncomputed(self) -> list[str]:
        lacking = [f"{x.place.number} {x.place.kind}" for x in self.tried if x.effect is None]
        return [f"No number for {listed(lacking)}."] if lacking else []

    def to_frame(self) -> Any:
        """Return a pandas ``DataFrame``: a row for each place, 12 first."""
        import pandas as pd

        rows = [
            {
                "number": one.place.number,
                "kind": one.place.kind,
                "does": one.place.does,
                "moves": one.place.moves,
                "effect": np.nan if one.effect is None else one.effect.value,
                "low": np.nan if one.effect is None else one.effect.low,
                "high": np.nan if one.effect is None else one.effect.high,
                "first": one.first,
            }
            for one in self.tried
        ]
        return pd.DataFrame(rows).set_index("number")

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        heads = ("Place", "Kind", "What is done", "Changes the result by", "Nine draws of ten")
        rows = [
            (str(one.place.number), one.place.kind, one.place.does, *_cells(one.effect))
            for one in self.tried
        ]
        title = f"{self.title}: {percent(self.share)} of effort at each place"
        told = self.describe()
        return {"text/plain": told, "text/html": html(title, heads, rows, told)}


def same_effort(
    model: StockFlow,
    places: Sequence[Place],
    of: str | None = None,
    at: At = None,
    share: float = 0.2,
    inputs: Mapping[str, Any] | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> Places:
    """Return what moving each place by the same share does to a result.

    Parameters
    ----------
    places
        What can be moved; see :class:`Place`. Each constant named is set to ``share``.
    of, at
        The result, as in ``StockFlow.sensitivity``.
    share
        The effort, between 0 and 1.
    inputs
        What is uncertain: name → distribution, as ``StockFlow.ensemble`` takes it. The first draw
        is always the model as it is.
    draws, seed
        How many worlds are drawn, and which.

    Raises
    ------
    DataError
        When the share is no part of one, the draws are too few, or some run comes to no number.
    ModelError
        When a place's constant is not 0 in the model, so that nothing would be compared with it.
    UnknownNameError
        When the model has no such constant or variable.
    """
    _check(model, places, share, draws if inputs else _FEWEST_DRAWS)
    result, moved = outcome(model, of, at), [place for place in places if place.moves]
    count = draws if inputs else 1
    table = _table(model, moved, share, inputs or {}, count, seed)
    results = _results(model, table, result, seed).reshape(count, 1 + len(moved))
    change = results[:, 1:] - results[:, :1]
    first = change.argmax(axis=1)
    found = {
        place: Tried(place, _estimate(change[:, i]), float(np.mean(first == i)))
        for i, place in enumerate(moved)
    }
    ordered = sorted(places, key=lambda place: -place.number)
    tried = tuple(found.get(place, Tried(place, None)) for place in ordered)
    return Places(model.name, result, float(share), tried, float(results[0, 0]), count)


def _check(model: StockFlow, places: Sequence[Place], share: float, draws: int) -> None:
    if not isinstance(share, (int, float)) or not 0 < share < 1:
        raise DataError(f"share={shown(share)}: the effort is a part, between 0 and 1, as in 0.2")
    if not isinstance(draws, int) or draws < _FEWEST_DRAWS:
        raise DataError(
            f"draws={shown(draws)}: an interval needs {_FEWEST_DRAWS} draws at the very least"
        )
    for place in places:
        if place.moves and _own(model, place.moves) != 0:
            raise ModelError(
                f"place {place.number}: '{brief(place.moves)}' is not 0 in model "
                f"'{brief(model.name)}'; a place is a constant that waits at 0"
            )


def _table(
    model: StockFlow,
    moved: Sequence[Place],
    share: float,
    inputs: Mapping[str, Any],
    draws: int,
    seed: int,
) -> dict[str, Any]:
    """Return the inputs of all runs; in each draw the model as it is, then place by place."""
    each = 1 + len(moved)
    ranges = {model[name].name: spread(name, said) for name, said in inputs.items()}
    random = drawn(ranges, draws - 1, seed) if ranges else {}
    table: dict[str, Any] = {
        name: np.repeat(np.concatenate(([_own(model, name)], column)), each)
        for name, column in random.items()
    }
    for place, one in enumerate(moved):
        column = np.zeros((draws, each))
        column[:, 1 + place] = share
        table[model[one.moves].name] = column.ravel()
    return table


def _results(model: StockFlow, table: Mapping[str, Any], result: Outcome, seed: int) -> Any:
    """Return the result of every run, ``(runs,)``."""
    runs = len(next(iter(table.values())))
    results = np.empty(runs)

    def take(where: slice, chunk: many_runs.Chunk) -> None:
        count = where.stop - where.start
        results[where] = result.of(np.broadcast_to(chunk[result.key], (len(result.time), count)))

    many_runs.compute(batch(model, table, [result.key], seed), take)
    return finite(results, dict(table), result.said)


def _own(model: StockFlow, name: str) -> float:
    """Return the value of a constant.

    Raises
    ------
    ModelError
        When it is none.
    """
    part = model[name]
    if isinstance(part, Constant):
        return part.value
    raise ModelError(
        f"'{brief(part.name)}' of model '{brief(model.name)}' is no constant; places, and what is "
        "uncertain beside them, are constants"
    )


def _estimate(values: Any) -> Estimate:
    low, high = np.quantile(values, [0.05, 0.95])
    return Estimate(float(values[0]), float(low), float(high))


def _value(one: Tried) -> float:
    return 0.0 if one.effect is None else one.effect.value


def _signed(value: float) -> str:
    told = number(value)
    return f"+{told}" if value > 0 and told != "0" else told


def _cells(effect: Estimate | None) -> tuple[str, str]:
    if effect is None:
        return "not computed", "—"
    return _signed(effect.value), f"{_signed(effect.low)} to {_signed(effect.high)}"
