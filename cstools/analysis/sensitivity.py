"""Sensitivity: which inputs move a result, alone and together, and how wide the results lie."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cstools.analysis import sobol
from cstools.analysis.outcomes import At, Outcome, finite, outcome
from cstools.analysis.tables import html, listed, percent
from cstools.engine import many_runs
from cstools.errors import DataError
from cstools.on_demand import numpy as np
from cstools.plotting import bars, over_time
from cstools.plotting.picture import Picture
from cstools.plotting.words import amount, number
from cstools.stock_flow.ensemble import batch, spreads, target_of
from cstools.stock_flow.progress import Report, reporter
from cstools.stock_flow.running import given, parameter
from cstools.stock_flow.spreads import Spread

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

RUNS = 4096
_FEWEST_POINTS = 16
# Bands of curves are kept at no more times than a picture shows.
_TIMES = 241
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
# Below this share of the variation an input is said to hardly matter.
_HARDLY = 0.02
# An interval this wide on either side calls for a word of doubt.
_DOUBTFUL = 0.05


@dataclass(frozen=True, repr=False, eq=False)
class Sensitivity:
    """What moves a result of a model, and how far the results lie apart.

    Attributes
    ----------
    title : str
        The model's name.
    outcome : Outcome
        The number that each run comes to.
    spreads : mapping
        Name of each input → its distribution.
    first, total : mapping
        Name of each input → its share of the variance, alone, and with what it does together with
        others, as :class:`cstools.analysis.sobol.Share`.
    bars : tuple of Bar
        Each input alone at its low and at its high end, the farthest reaching first.
    middle : float
        The result of the model as it is.
    results : array (runs,)
        The result of each run whose inputs are all drawn independently.
    time, curves : array (times,), array (quantiles, times)
        The quantiles of :data:`QUANTILES` over these runs.
    runs : int
        How many runs the shares needed.
    """

    title: str
    time_units: str
    outcome: Outcome
    spreads: Mapping[str, Spread]
    first: Mapping[str, sobol.Share]
    total: Mapping[str, sobol.Share]
    bars: tuple[bars.Bar, ...]
    middle: float
    results: np.ndarray
    time: np.ndarray
    curves: np.ndarray
    runs: int

    def tornado(self) -> Picture:
        """Return the picture of each input alone, at its low and at its high end.

        Notes
        -----
        Every other input stays as the model has it. What two inputs do only together does not
        show here; compare :meth:`shares`.
        """
        title = f"{self.title}: what each input does by itself"
        return bars.tornado(self.bars, self.middle, self._axis, title, self._bars_told())

    def shares(self) -> Picture:
        """Return the picture of each input's share of the variation, with its interval."""
        title = f"{self.title}: what moves {self.outcome.said}"
        told = " ".join(self._shares_told())
        first, total = ([_mark(of[n]) for n in self._ranked] for of in (self.first, self.total))
        return bars.shares(self._ranked, first, total, title, told)

    def fan(self) -> Picture:
        """Return the picture of the bands in which half, and nine in ten, of the runs lie.

        Notes
        -----
        A band is no path: no single run need go along its edge, nor along its middle.
        """
        bands = dict(zip(QUANTILES, self.curves, strict=True))
        curve = over_time.Series(self.outcome.name, self.curves[2], self.outcome.units)
        return over_time.fan(self.time, bands, curve, self.time_units, self.title)

    def describe(self) -> str:
        """Return in sentences what the result is, what moves it, and how sure that is."""
        return " ".join([self._range_told(), *self._shares_told()])

    def to_frame(self) -> Any:
        """Return a pandas ``DataFrame``: a row for each input, its shares and its reach."""
        import pandas as pd

        reach = {bar.label: bar for bar in self.bars}
        rows = {
            name: {
                "low": reach[name].low,
                "high": reach[name].high,
                "at low": reach[name].at_low,
                "at high": reach[name].at_high,
                "alone": self.first[name].value,
                "together": self.total[name].value,
            }
            for name in self._ranked
        }
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("input")

    @cached_property
    def _ranked(self) -> list[str]:
        return sorted(self.total, key=lambda name: -self.total[name].value)

    @property
    def _axis(self) -> str:
        units = self.outcome.units
        return f"{self.outcome.said} ({units})" if units else self.outcome.said

    @property
    def _steady(self) -> bool:
        """Whether the result is the same in every run, but for rounding."""
        largest = float(np.abs(self.results).max())
        return float(np.ptp(self.results)) <= 1e-9 * largest

    def _range_told(self) -> str:
        values = np.quantile(self.results, [0.05, 0.5, 0.95])
        # Next to nothing beside the rest is said as nothing, not as 3 × 10⁻¹⁰.
        least = 1e-6 * float(np.abs(self.results).max())
        low, middle, high = np.where(np.abs(values) < least, 0.0, values)
        said, units = _capital(self.outcome.said), self.outcome.units
        if self._steady:
            return f"{said} is {amount(middle, units)} in every run."
        return (
            f"{said} lies between {number(low)} and {amount(high, units)} in nine runs of ten, "
            f"half of them above {number(middle)}."
        )

    def _shares_told(self) -> list[str]:
        if self._steady:
            names = listed([f"'{name}'" for name in self.spreads])
            return [f"Nothing moves it: not {names}, within the ranges given."]
        moving = [name for name in self._ranked if self.total[name].value >= _HARDLY]
        told = [self._share_told(name, place) for place, name in enumerate(moving[:3])]
        rest = [f"'{name}'" for name in self._ranked if name not in moving]
        if rest:
            told.append(f"{_capital(listed(rest))} hardly matter{'s' if len(rest) == 1 else ''}.")
        return [*told, *self._doubts()]

    def _share_told(self, name: str, place: int) -> str:
        alone, together = self.first[name].value, self.total[name].value
        what = f"'{name}' moves it most" if place == 0 else f"'{name}' comes next"
        what = what if place < 2 else f"then '{name}'"
        told = f"{_capital(what)}: {percent(alone)} of its variation comes from that alone"
        if together - max(alone, 0.0) > _HARDLY:
            told += f", {percent(together)} with what it does together with others"
        return f"{told}."

    def _doubts(self) -> list[str]:
        widest = max(share.spread for share in (*self.first.values(), *self.total.values()))
        if widest <= _DOUBTFUL:
            return []
        return [
            f"These shares are good to about {number(round(100 * widest))} points of a hundred "
            f"only; runs={4 * self.runs} would say more."
        ]

    def _bars_told(self) -> str:
        units = self.outcome.units
        begin = f"As it is, {self.outcome.said} is {amount(self.middle, units)}."
        told = [
            f"'{bar.label}' from {number(bar.low)} to {amount(bar.high, bar.units)} takes it from "
            f"{number(bar.at_low)} to {amount(bar.at_high, units)}"
            for bar in self.bars[:3]
            if bar.reach > 1e-9 * abs(self.middle)
        ]
        if not told:
            return f"{begin} No input by itself moves it."
        return f"{begin} By itself, {'; '.join(told)}."

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        heads = (
            "Input",
            "Range",
            "Alone",
            "With others",
            f"{_capital(self.outcome.said)}, input low to high",
        )
        reach = {bar.label: bar for bar in self.bars}
        rows = [
            (
                name,
                self.spreads[name].said,
                _interval(self.first[name]),
                _interval(self.total[name]),
                f"{number(reach[name].at_low)} to {number(reach[name].at_high)}",
            )
            for name in self._ranked
        ]
        title = f"{self.title}: shares of the variation, from {self.runs:,} runs"
        told = self.describe()
        return {"text/plain": told, "text/html": html(title, heads, rows, told)}


def sensitivity(
    model: StockFlow,
    inputs: Any = None,
    of: str | None = None,
    at: At = None,
    runs: int = RUNS,
    seed: int = 0,
    executor: Executor | None = None,
    progress: bool | Report | None = None,
    engine: str = "cstools",
) -> Sensitivity:
    """Return what moves a result of a model; see ``StockFlow.sensitivity``."""
    ranges, result, target = spreads(model, inputs), outcome(model, of, at), target_of(engine)
    points = _points(runs, len(ranges))
    values = sobol.tables(list(ranges.values()), points, seed)
    table = dict(zip(ranges, values, strict=True))
    count = values.shape[1]
    gathered = _Gathered.of(result, count, 2 * points)
    report, done = reporter(progress), 0

    def take(where: slice, chunk: many_runs.Chunk) -> None:
        nonlocal done
        gathered.take(where, chunk)
        done += where.stop - where.start
        if report is not None:
            report(done, count)

    # The same chance in every run, where the model draws any: else it would pass for interaction.
    many = batch(model, table, [result.key], np.full(count, seed))
    ask = None if report is None else lambda: False  # shown, the runs come in more chunks
    many_runs.compute(many, take, executor, stopped=ask, target=target)
    results = finite(gathered.results, table, result.said)
    shares: tuple[list[sobol.Share], list[sobol.Share]]
    shares = sobol.indices(results, len(ranges), seed)
    first, total = (dict(zip(ranges, each, strict=True)) for each in shares)
    each_alone, middle = _one_at_a_time(model, ranges, result, seed)
    time, curves = gathered.bands()
    return Sensitivity(
        model.name, model.time_units, result, ranges, first, total, each_alone, middle,
        results[: 2 * points], time, curves, count,
    )  # fmt: skip


def _points(runs: int, inputs: int) -> int:
    """Return how many points the tables have, a power of two, within a number of runs."""
    most = int(runs) // (inputs + 2)
    if most < _FEWEST_POINTS:
        raise DataError(
            f"runs={number(runs)} are too few for {inputs} input{'s' if inputs > 1 else ''}; take "
            f"runs={_FEWEST_POINTS * (inputs + 2)} at the very least, and better {RUNS}"
        )
    return 1 << (most.bit_length() - 1)


@dataclass(frozen=True, eq=False)
class _Gathered:
    """What is kept of the runs: one number each, and of some also their curves."""

    outcome: Outcome
    results: np.ndarray
    rows: np.ndarray
    curves: np.ndarray

    @staticmethod
    def of(result: Outcome, runs: int, with_curves: int) -> _Gathered:
        rows = np.unique(np.linspace(0, len(result.time) - 1, _TIMES).astype(int))
        return _Gathered(result, np.empty(runs), rows, np.empty((len(rows), with_curves)))

    def take(self, where: slice, chunk: many_runs.Chunk) -> None:
        values = np.broadcast_to(
            chunk[self.outcome.key], (len(self.outcome.time), where.stop - where.start)
        )
        self.results[where] = self.outcome.of(values)
        kept = self.curves[:, where]  # a slice beyond the runs with curves is empty
        kept[:] = values[self.rows, : kept.shape[1]]

    def bands(self) -> tuple[np.ndarray, np.ndarray]:
        """Return times and the quantiles there, ``(quantiles, times)``."""
        return self.outcome.time[self.rows], np.quantile(self.curves, QUANTILES, axis=1)


def _one_at_a_time(
    model: StockFlow, ranges: Mapping[str, Spread], result: Outcome, seed: int
) -> tuple[tuple[bars.Bar, ...], float]:
    """Return what each input does by itself, and the result of the model as it is."""
    own = given(model, {})
    as_it_is = {name: own[parameter(model.single_values(name)[0])] for name in ranges}
    runs = 1 + 2 * len(ranges)
    table = {name: np.full(runs, value) for name, value in as_it_is.items()}
    for place, (name, one) in enumerate(ranges.items()):
        table[name][1 + 2 * place : 3 + 2 * place] = one.ends()
    many = batch(model, table, [result.key], np.full(runs, seed))
    gathered = _Gathered.of(result, runs, 0)
    many_runs.compute(many, gathered.take)
    results = finite(gathered.results, table, result.said)
    found = []
    for (name, one), (low, high) in zip(ranges.items(), results[1:].reshape(-1, 2), strict=True):
        units = model.single_values(name)[0].units
        found.append(bars.Bar(name, *one.ends(), float(low), float(high), units))
    return tuple(sorted(found, key=lambda bar: -bar.reach)), float(results[0])


def _mark(share: sobol.Share) -> bars.Estimate:
    return bars.Estimate(share.value, share.low, share.high)


def _interval(share: sobol.Share) -> str:
    return f"{percent(share.value)} ({percent(share.low)} to {percent(share.high)})"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
