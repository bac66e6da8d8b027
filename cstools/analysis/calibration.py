"""Calibration: the values under which a model comes nearest to data, and how sure they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cstools.analysis.distance import Far, reporting
from cstools.analysis.observations import Observed, observed
from cstools.analysis.search import Certainty, Found, certainty, search
from cstools.analysis.tables import html, listed, percent
from cstools.errors import DataError, ModelError
from cstools.on_demand import numpy as np
from cstools.plotting import over_time, style
from cstools.plotting.picture import Picture
from cstools.plotting.words import amount, number
from cstools.stock_flow.ensemble import spreads, target_of
from cstools.stock_flow.progress import Report, reporter
from cstools.stock_flow.run import Run
from cstools.stock_flow.running import times

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

# Beyond this, two inputs are said to make up for each other.
_CLOSELY = 0.95
# Nearer than this share of its range, an input stands at the end of it.
_AT_END = 1e-4
# Misses smaller than this share of the data's spread are rounding.
_EXACT = 1e-6
_MARKS = ("o", "s", "^", "D", "v", "P", "X")


@dataclass(frozen=True, repr=False, eq=False)
class Calibration:
    """The best values that were found, how well they fit, and how sure they are.

    Attributes
    ----------
    values : mapping
        Name of each input → its best value.
    intervals : mapping
        Name → (low, high), in which the true value lies in 95 of 100 such data sets; infinite
        where the data do not tell it.
    ranges : mapping
        Name → (low, high) within which it was sought.
    run : Run
        The model's run with these values.
    data : tuple of Observed
        What was observed.
    residuals : mapping
        Name of a variable → what was observed less what the run has, ``(observations,)``.
    tied : tuple of tuples of str
        Inputs that the data cannot tell apart; a single one has no influence on them.
    correlations : array (inputs, inputs)
        Of the estimates; near 1 or −1, one input makes up for the other.

    Notes
    -----
    The intervals take the model for right, its misses for chance, each by itself, and the valley
    around the best values for a plain bowl. Where one of these fails, they are too narrow.
    """

    title: str
    values: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]
    ranges: Mapping[str, tuple[float, float]]
    units: Mapping[str, str]
    run: Run
    data: tuple[Observed, ...]
    residuals: Mapping[str, np.ndarray]
    tied: tuple[tuple[str, ...], ...]
    correlations: np.ndarray

    @property
    def at_ends(self) -> tuple[str, ...]:
        """The inputs that stand at an end of their range: outside, a better value may lie."""
        return tuple(
            name
            for name, (low, high) in self.ranges.items()
            if min(self.values[name] - low, high - self.values[name]) <= _AT_END * (high - low)
        )

    def error(self, name: str) -> float:
        """Return how far the run is from the data of a variable: the root mean square."""
        return float(np.sqrt(np.mean(self.residuals[name] ** 2)))

    def explained(self, name: str) -> float:
        """Return what share of the variance of a variable's data the run accounts for; at most 1.

        Below 0, their plain mean would fit better than the run does.
        """
        values = next(one.values for one in self.data if one.name == name)
        spread = float(np.var(values))
        missed = float(np.mean(self.residuals[name] ** 2))
        return 1 - missed / spread if spread else float(missed == 0)

    def plot(self) -> Picture:
        """Return the picture of the run as lines, and of the data as marks."""
        curves = [over_time.Series(o.name, self.run[o.name], o.units) for o in self.data]
        title = f"{self.title}: the model as lines, the data as marks"
        picture = over_time.plot(self.run.time, curves, self.run.time_units, title)
        units = list(dict.fromkeys(one.units for one in self.data))
        for place, one in enumerate(self.data):
            _draw_marks(picture.figure.axes[units.index(one.units)], one, place)
        picture.figure.set_layout_engine("constrained")  # laid out again, with the marks
        return Picture(picture.figure, self.describe())

    def describe(self) -> str:
        """Return in sentences the best values, how well they fit, and what to doubt."""
        best = listed([self._value_told(name) for name in self.values])
        some = listed([f"{len(one.values)} observations of {one.name}" for one in self.data])
        told = [f"With {best}, '{self.title}' comes nearest to {some}."]
        return " ".join([*told, *map(self._fit_told, self.data), *self._doubts()])

    def to_frame(self) -> Any:
        """Return a pandas ``DataFrame``: a row for each input, its value, interval and range."""
        import pandas as pd

        rows = {
            name: {
                "value": value,
                "low": self.intervals[name][0],
                "high": self.intervals[name][1],
                "range from": self.ranges[name][0],
                "range to": self.ranges[name][1],
            }
            for name, value in self.values.items()
        }
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("input")

    def _value_told(self, name: str) -> str:
        value = amount(self.values[name], self.units[name])
        low, high = self.intervals[name]
        if not np.isfinite(low) or number(low) == number(high):
            return f"{name} {value}"
        return f"{name} {value} ({number(low)} to {number(high)})"

    def _fit_told(self, one: Observed) -> str:
        missed = self.error(one.name)
        if missed <= _EXACT * one.scale:
            return f"It meets {one.name} exactly."
        told = f"It misses {one.name} by {amount(missed, one.units)} (root mean square)"
        share = percent(self.explained(one.name))
        share = "more than 99%" if share == "100%" else share
        return f"{told}, and explains {share} of its variation."

    def _doubts(self) -> list[str]:
        told = [self._tie_told(group) for group in self.tied]
        names = list(self.values)
        for i, one in enumerate(names):
            for j in range(i + 1, len(names)):
                if abs(self.correlations[i, j]) > _CLOSELY:
                    told.append(
                        f"'{one}' and '{names[j]}' largely make up for each other: take neither "
                        "interval without the other."
                    )
        told += [self._wide_told(name) for name in names if self._wide(name)]
        for name in self.at_ends:
            told.append(
                f"'{name}' stands at the end of its range, {number(self.values[name])}: a wider "
                "range may fit better, and its interval means little."
            )
        return told

    def _tie_told(self, group: tuple[str, ...]) -> str:
        if len(group) == 1:
            return (
                f"These data say nothing about '{group[0]}': any value in its range fits as well."
            )
        names = listed([f"'{name}'" for name in group])
        return (
            f"These data cannot tell {names} apart: other values of them, together, fit as well. "
            "Set one of them from elsewhere, or observe more."
        )

    def _wide(self, name: str) -> bool:
        """Say whether an interval is wider than the range that was searched."""
        low, high = self.intervals[name]
        begin, end = self.ranges[name]
        return bool(np.isfinite(low)) and high - low > end - begin

    def _wide_told(self, name: str) -> str:
        return f"'{name}' is hardly determined: its interval is wider than its range."

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        rows = [
            (name, amount(value, self.units[name]), self._interval(name), self._range(name))
            for name, value in self.values.items()
        ]
        heads = ("Input", "Best value", "95% interval", "Sought from … to")
        told = self.describe()
        return {"text/plain": told, "text/html": html(self.title, heads, rows, told)}

    def _interval(self, name: str) -> str:
        low, high = self.intervals[name]
        return f"{number(low)} to {number(high)}" if np.isfinite(low) else "not determined"

    def _range(self, name: str) -> str:
        low, high = self.ranges[name]
        return f"{number(low)} … {number(high)}"


def calibrate(
    model: StockFlow,
    data: Any,
    inputs: Any = None,
    seed: int = 0,
    weights: Mapping[str, float] | None = None,
    generations: int = 200,
    progress: bool | Report | None = None,
    engine: str = "cstools",
) -> Calibration:
    """Return the values under which a model comes nearest to data; see ``StockFlow.calibrate``."""
    sought = spreads(model, inputs)
    seen = observed(model, data)
    count = sum(len(one.values) for one in seen)
    if count <= len(sought):
        raise DataError(
            f"{count} observations cannot determine {len(sought)} inputs; give more data, or let "
            "fewer inputs move"
        )
    checked = _checked(model, seen, weights or {})
    far = Far(model, sought, seen, checked, seed, target_of(engine))
    counted = reporting(far, reporter(progress), generations)
    found = search(counted, len(sought), generations, seed, far.as_it_is())
    if not np.isfinite(found.misses).all():
        raise DataError(
            "no values within these ranges give a run that stays a number at all observed times; "
            "narrow the ranges, and look at a run's .trouble"
        )
    return _result(model, far, found, certainty(found), seed)


def _checked(
    model: StockFlow, seen: tuple[Observed, ...], weights: Mapping[str, float]
) -> dict[str, float]:
    """Return the weight of each variable that was observed."""
    said = {model.single_values(name)[0].name: float(weight) for name, weight in weights.items()}
    for name, weight in said.items():
        if name not in {one.name for one in seen} or not weight > 0:
            raise ModelError(
                f"weights: '{name}' {number(weight)} is no weight above 0 of a variable in the data"
            )
    return {one.name: said.get(one.name, 1.0) for one in seen}


def _result(model: StockFlow, far: Far, found: Found, sure: Certainty, seed: int) -> Calibration:
    from scipy.stats import t as student

    names = list(far.sought)
    values = {name: float(v[0]) for name, v in far.inputs(found.place[:, np.newaxis]).items()}
    reach = student.ppf(0.975, len(found.misses) - len(names))
    intervals = {}
    for name, deviation in zip(names, sure.deviations, strict=True):
        low, high = far.ranges()[name]
        half = float(reach * deviation * (high - low))
        intervals[name] = (values[name] - half, values[name] + half)
    single = {part.name: values[n] for n in names for part in model.single_values(n)}
    run = model.run(single, seed=seed)
    saved = times(model.clock)
    residuals = {
        one.name: one.values - one.in_runs(saved, run[one.name][:, np.newaxis])[:, 0]
        for one in far.seen
    }
    units = {name: model.single_values(name)[0].units for name in names}
    tied = tuple(tuple(names[i] for i in group) for group in sure.tied)
    return Calibration(
        model.name, values, intervals, far.ranges(), units, run, far.seen, residuals, tied,
        sure.correlations,
    )  # fmt: skip


def _draw_marks(panel: Any, one: Observed, place: int) -> None:
    low, high = panel.get_ylim()
    reach = 0.04 * float(np.ptp([*one.values, low, high]))
    panel.plot(
        one.time, one.values, _MARKS[place % len(_MARKS)], color=style.series(place).color,
        markersize=4.5, markerfacecolor="white", label="_data",
    )  # fmt: skip
    panel.set_ylim(min(low, one.values.min() - reach), max(high, one.values.max() + reach))
