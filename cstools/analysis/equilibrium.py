"""Equilibrium: the states in which a model rests, and whether a push sends it away from there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from cstools.analysis.rest import Field, Resting, resting
from cstools.analysis.tables import html, listed
from cstools.engine import single
from cstools.engine.integrate import method_named
from cstools.engine.rates import Rates, draws_lots, rates_of, watches_the_clock
from cstools.errors import DataError, ModelError
from cstools.on_demand import numpy as np
from cstools.plotting.words import amount, moment, number, span
from cstools.stock_flow.parts import Stock
from cstools.stock_flow.running import checked, given, times
from cstools.stock_flow.spreads import shares_of

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

# A stock smaller than this share of how far it moves is empty.
_EMPTY = 1e-7
# The search takes slopes in every direction at once; with more states it would take for ever.
_MOST_STATES = 300
# A sentence names no more stocks than this.
_MOST_TOLD = 8
# A state this many times its usual size flies off, and says nothing of where to search.
_WILD = 1e4


@dataclass(frozen=True, repr=False, eq=False)
class Equilibrium:
    """A state in which all net flows vanish.

    Attributes
    ----------
    values : mapping
        Name of each stock → its value.
    stability : str
        ``"stable"``: after any small push it comes back. ``"unstable"``: some push sends it away.
        ``"neutral"``: to a first view it does neither.
    period : float or None
        How long a swing takes on the way back or away; ``None`` if it does not swing.
    isolated : bool
        Whether it stands alone; else there is a whole line of them, and where a run comes to rest
        depends on where it began.
    eigenvalues : array of complex
        Of the slopes of the net flows: growth, and turning, of small pushes, per unit of time.
    """

    values: Mapping[str, float]
    stability: str
    period: float | None
    isolated: bool
    eigenvalues: np.ndarray
    units: Mapping[str, str]
    time_units: str

    def describe(self) -> str:
        """Return where it is and what a push does, without the full stop."""
        each = [f"{n} {amount(v, self.units[n])}" for n, v in self.values.items()]
        place = listed(each if len(each) <= _MOST_TOLD else _first_of(each))
        told = f"{place}: {self.stability}; {self._push()}"
        if self.isolated:
            return told
        return f"{told}. It is one of many such states; where a run ends depends on where it begins"

    def _push(self) -> str:
        swing = "" if self.period is None else span(self.period, self.time_units)
        if self.stability == "stable":
            return f"it swings back, a swing in {swing}" if swing else "a small push dies away"
        if self.stability == "unstable":
            return f"it swings away, a swing in {swing}" if swing else "a small push grows"
        return f"it keeps swinging, a swing in {swing}" if swing else "a small push stays"

    def __getitem__(self, name: str) -> float:
        return self.values[name]

    def __repr__(self) -> str:
        return f"Rest at {self.describe()}."


@dataclass(frozen=True, repr=False, eq=False)
class Equilibria(Sequence[Equilibrium]):
    """The resting states that were found, nearest to the end of the run first; it may be none.

    Attributes
    ----------
    title : str
        The model's name.
    starts : int
        From how many states they were sought.
    at : str
        For a model that watches the clock, the moment that is meant; else empty.
    """

    title: str
    found: tuple[Equilibrium, ...]
    starts: int
    at: str = ""

    @overload
    def __getitem__(self, place: int) -> Equilibrium: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Equilibrium]: ...
    def __getitem__(self, place: int | slice) -> Equilibrium | Sequence[Equilibrium]:
        return self.found[place]

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Equilibrium]:
        return iter(self.found)

    def describe(self) -> str:
        """Return in sentences where the model rests, and what becomes of a push."""
        begin = f"With everything as at {self.at}, " if self.at else ""
        if not self.found:
            told = f"no state was found in which '{self.title}' rests, from {self.starts} starts"
            told = begin + told if begin else f"N{told[1:]}"
            return f"{told}. That is no proof that there is none."
        begin = f"{begin}'{self.title}'"
        if len(self.found) == 1:
            return f"{begin} rests at {self.found[0].describe()}."
        told = " ".join(f"({n}) {one.describe()}." for n, one in enumerate(self.found, start=1))
        return f"{begin} rests in {len(self.found)} states that were found. {told}"

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        told = self.describe()
        names = list(self.found[0].values) if self.found else []
        rows = [
            [str(n), *(amount(one.values[name], one.units[name]) for name in names),
             one.stability, one._push()]
            for n, one in enumerate(self.found, start=1)
        ]  # fmt: skip
        table = html(self.title, ["State", *names, "Kind", "After a push"], rows, told)
        return {"text/plain": told, "text/html": table}


def _first_of(each: list[str]) -> list[str]:
    """Return the first of many, and how many more there are."""
    return [*each[: _MOST_TOLD - 1], f"{len(each) - _MOST_TOLD + 1} more"]


def equilibrium(
    model: StockFlow, values: Mapping[str, float], starts: int = 20, seed: int = 0
) -> Equilibria:
    """Return the states in which all net flows vanish; see ``StockFlow.equilibrium``."""
    if starts < 4:
        raise DataError(f"starts={number(starts)}: the search begins at four states or more")
    _check(model)
    program, method = model.program(), method_named(model.method)
    parameters = given(model, checked(model, values))
    rates = _rates(model, parameters)
    columns = single.run_once(program, model.clock, parameters, method)
    path = np.array([columns[state] for state in rates.states]).reshape(len(rates.states), -1)
    path = path[:, : _held(path)]
    if not path.size:
        raise ModelError(f"model '{model.name}' is no number from its start; see .run().trouble")
    begins = _starts(path, int(starts), seed)
    field = Field(rates, path[:, 0], _sizes(path), _starts(path, 2 * len(path) + 20, seed + 1))
    found = [one for one in resting(field, begins) if _possible(model, rates.states, one, field)]
    end = path[:, -1]
    found.sort(key=lambda one: float(np.linalg.norm((one.place - end) / field.sizes)))
    told = tuple(_told(model, rates.states, one, field.sizes) for one in found)
    last = moment(times(model.clock)[-1], model.time_units)
    at = last if watches_the_clock(program) else ""
    return Equilibria(model.name, told, begins.shape[1], at)


def _check(model: StockFlow) -> None:
    """Refuse a model in which there is nothing to search, or no way to."""
    program = model.program()
    if draws_lots(program):
        raise ModelError(
            f"model '{model.name}' draws random numbers, and so never rests; replace them by "
            "their means in a .copy()"
        )
    if not any(isinstance(part, Stock) for part in model.scalars.values()):
        raise ModelError(
            f"model '{model.name}' has no stock: nothing in it gathers or drains, so there is "
            "nothing that could come to rest"
        )
    if len(program.states) > _MOST_STATES:
        raise ModelError(
            f"model '{model.name}' has {len(program.states):,} states, those that delays and "
            f"smooths hold for themselves included; equilibrium() searches in {_MOST_STATES} at "
            "most. Run it for longer instead, and see where it settles"
        )


def _rates(model: StockFlow, parameters: Mapping[str, float]) -> Rates:
    at = float(times(model.clock)[-1])
    try:
        return rates_of(model.program(), model.clock, parameters, at)
    except ModelError as error:
        raise ModelError(
            f"model '{model.name}' carries values from step to step outside its stocks, in a "
            f"circle of delay(…) or previous(…): {error}"
        ) from error


def _held(path: np.ndarray) -> int:
    """Return for how many rows a run holds, before it breaks or flies off."""
    size = np.where(np.isfinite(path), np.abs(path), np.inf)
    usual = np.maximum(size[:, :1], np.median(size, axis=1, keepdims=True))
    wild = np.isinf(size) | (size > _WILD * np.where(usual > 0, usual, np.inf))
    broken = np.flatnonzero(wild.any(axis=0))
    return int(broken[0]) if len(broken) else path.shape[1]


def _sizes(path: np.ndarray) -> np.ndarray:
    """Return how far each state moves; of one that does not, how large it is; at least 1e-9."""
    moved, large = np.ptp(path, axis=1), np.abs(path).max(axis=1)
    size = np.maximum(moved, 1e-3 * large)
    return np.where(size > 0, size, 1.0)


def _starts(path: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Return states to search from, ``(states, starts)``: the run's end, its beginning, others.

    The third is where all is empty that never falls below zero: many models rest there.
    The others lie within twice what the run passes through; what never falls below zero starts at
    zero or above.
    """
    low, high = path.min(axis=1), path.max(axis=1)
    reach = np.maximum(high - low, 0.5 * np.abs(path).max(axis=1))
    floor = np.where(low >= 0, np.maximum(low - reach, 0.0), low - reach)
    shares = shares_of(len(path), max(1, count - 3), "latin hypercube", seed)
    empty = np.where(low >= 0, 0.0, path[:, -1])[:, np.newaxis]
    ceiling = (high + reach)[:, np.newaxis]
    drawn = floor[:, np.newaxis] + shares * (ceiling - floor[:, np.newaxis])
    return np.concatenate([path[:, [-1, 0]], empty, drawn], axis=1)


def _possible(model: StockFlow, states: tuple[str, ...], one: Resting, field: Field) -> bool:
    """Say whether no stock that cannot be negative is."""
    for state, value, size in zip(states, one.place, field.sizes, strict=True):
        part = model.scalars.get(state)
        if isinstance(part, Stock) and part.non_negative and value < -_EMPTY * size:
            return False
    return True


def _told(
    model: StockFlow, states: tuple[str, ...], one: Resting, sizes: np.ndarray
) -> Equilibrium:
    values: dict[str, float] = {}
    units: dict[str, str] = {}
    for state, value, size in zip(states, one.place, sizes, strict=True):
        part = model.scalars.get(state)
        if isinstance(part, Stock):
            values[part.name] = 0.0 if abs(value) <= _EMPTY * size else float(value)
            units[part.name] = part.units
    return Equilibrium(
        values, one.stability, one.period, one.isolated, one.eigenvalues, units, model.time_units
    )
