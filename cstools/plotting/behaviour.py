"""Which of the field's modes of behaviour a series shows, and the numbers that go with it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from cstools.errors import DataError
from cstools.on_demand import numpy as np
from cstools.plotting import fits
from cstools.plotting.turns import (
    NOTICEABLE,
    Turn,
    noise_of,
    scaled_to_one,
    stands_still,
    steepest,
    turns,
)

Mode = Literal[
    "constant",
    "linear",
    "exponential growth",
    "exponential decay",
    "goal-seeking",
    "S-shaped",
    "overshoot",
    "overshoot and collapse",
    "dip and recovery",
    "oscillation",
    "no single mode",
]
Trend = Literal["", "damped", "sustained", "growing"]

_MOST_NOTICEABLE = 0.10  # however noisy, half a dozen swings must be able to stand out
_FEWEST, _FEWEST_FOR_AN_S = 5, 8


@dataclass(frozen=True)
class Behaviour:
    """What a series does, as the field calls it; what does not belong to its mode is ``None``.

    Attributes
    ----------
    mode : str
        ``"no single mode"`` where none of the others describes the whole of the series.
    direction : int
        1 for a way up, −1 for a way down; of an oscillation or a constant, 0.
    goal : float or None
        The level that it approaches: of goal-seeking and decay, the ceiling (or floor) of an S,
        where an overshoot settles, the level about which it swings. While a series is still far
        from its goal, this is where its bend points, and a guess.
    rate : float or None
        Of exponentials, per unit of time: the share by which the distance grows (positive) from
        the level that it leaves, or closes (negative) to the goal.
    doubling, halving : float or None
        In how much time the value itself doubles or halves, where it is proportional growth.
    inflection : float or None
        The moment at which an S is steepest.
    turn : Turn or None
        The first peak or low of an overshoot, a collapse or a dip.
    period, cycles : float or None
        Of an oscillation: the time from peak to peak, and how many periods its turns make.
    trend : str
        Of an oscillation: ``"damped"``, ``"sustained"`` or ``"growing"``.
    misfit : float
        The root mean square distance from the curve named, as a share of the range; 0 where
        nothing was fitted.
    """

    mode: Mode
    direction: int = 0
    goal: float | None = None
    rate: float | None = None
    doubling: float | None = None
    halving: float | None = None
    inflection: float | None = None
    turn: Turn | None = None
    period: float | None = None
    cycles: float | None = None
    trend: Trend = ""
    misfit: float = 0.0


@dataclass(frozen=True)
class _Curve:
    """A series of numbers, its shape at one size, and what it takes to be seen in it."""

    time: np.ndarray
    values: np.ndarray
    shape: np.ndarray
    noise: float
    turns: tuple[Turn, ...]

    @property
    def direction(self) -> int:
        return 1 if self.shape[-1] > self.shape[0] else -1

    @property
    def span(self) -> float:
        return float(self.time[-1] - self.time[0])

    @property
    def largest(self) -> float:
        return float(np.abs(self.values).max())

    @property
    def heights(self) -> np.ndarray:
        """The values at the turns, as shares of the largest: sums of huge ones do not exist."""
        return np.array([turn.value / self.largest for turn in self.turns])

    def value(self, share: float) -> float:
        """Return the value at a share of the range; huge ones halve before they are subtracted."""
        low, high = float(self.values.min()), float(self.values.max())
        return low + 2 * share * (high / 2 - low / 2)

    def allowing(self, misfit: float) -> float:
        """Return a misfit that leaves room for the noise as well."""
        return math.hypot(misfit, 1.1 * self.noise)

    @property
    def end(self) -> float:
        """The share of the range at which it ends: the mean of the last twentieth of the time."""
        return float(self.shape[self.time >= self.time[-1] - 0.05 * self.span].mean())

    @property
    def settled(self) -> bool:
        """Whether it hardly moves in the last tenth of the time."""
        late = self.time >= self.time[-1] - 0.1 * self.span
        if late.sum() < 2:
            return False
        slope = np.polyfit((self.time[late] - self.time[-1]) / self.span, self.shape[late], 1)[0]
        wide = float(np.ptp(self.shape[late])) > max(0.05, 8 * self.noise)
        return abs(0.1 * slope) <= 0.02 and not wide


def recognise(time: np.ndarray, values: np.ndarray) -> Behaviour:
    """Return the mode of behaviour of a series.

    Steps: (1) a series that does not move is constant; (2) its noise is estimated, and with it
    the turns that stand out; (3) without turns, a line, an exponential and an S are laid over it,
    and the simplest that fits names it; (4) with turns, what comes of the first swing names it,
    or how regular the swings are.

    Parameters
    ----------
    time, values : array (times,)
        Times rise from row to row, at any distances. Missing values (NaN) inside the series are
        passed over.

    Raises
    ------
    DataError
        When times and values are not as many, or the times do not rise.

    Notes
    -----
    How it can mislead: a mode is the name of a shape. Many structures make one shape, and a run
    that is too short shows a part of it: the first third of an S is exponential growth. Growth
    that fits an exponential within one per cent of the range is called so. Names hold for the
    whole series; what it does at first and then no more is no single mode. The modes are those
    of [Sterman2000]_, chapter 4; moving or stretching the values or the time changes none of them,
    but for decay, which is goal-seeking whose goal is nothing.
    """
    time, values = _plain(time, values)
    there = ~np.isnan(values)
    # What ends in no number, or leaves all bounds, shows no mode to its end.
    if not len(values) or not there[-1] or np.isinf(values).any():
        return Behaviour("no single mode")
    time, values = time[there], values[there]
    if stands_still(values):
        return Behaviour("constant", goal=float(values[-1]))
    if len(values) < _FEWEST:
        return Behaviour("no single mode")
    curve = _curve(time, values)
    return _with_turns(curve) if curve.turns else _one_way(curve)


def _plain(time: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    time, values = np.asarray(time, float), np.asarray(values, float)
    if time.shape != values.shape or time.ndim != 1:
        raise DataError(
            f"a series has one value for each time; here are {time.size} times and "
            f"{values.size} values"
        )
    if not (np.diff(time) > 0).all():
        raise DataError("the times of a series rise from row to row; sort the rows by time")
    return time, values


def _curve(time: np.ndarray, values: np.ndarray) -> _Curve:
    halves = values / 2 - values.min() / 2  # the whole range of huge numbers may not exist
    shape = halves / halves.max()
    noise = noise_of(time, shape)
    noticeable = min(max(NOTICEABLE, 8 * noise), _MOST_NOTICEABLE)
    return _Curve(time, values, shape, noise, tuple(turns(time, values, noticeable)))


# --- without turns ---------------------------------------------------------------------------


def _one_way(curve: _Curve) -> Behaviour:
    of = fits.sample(curve.time, curve.shape, noisy=_is_noisy(curve))
    line = fits.polynomial(of, 1)
    if line <= curve.allowing(0.005):
        return Behaviour("linear", curve.direction, misfit=line)
    bend = fits.exponential(of)
    # A stock whose inflow climbs steadily draws a parabola: ever faster, yet no exponential.
    most = min(curve.allowing(0.01), 1.05 * fits.polynomial(of, 2) + 5e-4)
    if bend.misfit <= most:
        return _exponential(curve, bend)
    if (s := _s_shape(curve, of)) is not None:
        return s
    if bend.rate < 0 and curve.settled and bend.misfit <= curve.allowing(0.03):
        goal = curve.value(curve.end)
        return Behaviour("goal-seeking", curve.direction, goal, misfit=bend.misfit)
    return Behaviour("no single mode", curve.direction)


def _exponential(curve: _Curve, bend: fits.Fit) -> Behaviour:
    rate, own = bend.rate / curve.span, _own_rate(curve, bend)
    if bend.rate > 0:
        found = Behaviour("exponential growth", curve.direction, rate=rate, misfit=bend.misfit)
        return replace(found, doubling=math.log(2) / own) if own else found
    if own and curve.shape[0] != 0:
        found = Behaviour("exponential decay", curve.direction, 0.0, own, misfit=bend.misfit)
        return replace(found, halving=math.log(2) / -own)
    # Too far from its goal, a bend is no pointer.
    goal = curve.value(bend.level) if math.exp(bend.rate) < 0.7 else None
    return Behaviour("goal-seeking", curve.direction, goal, rate, misfit=bend.misfit)


def _own_rate(curve: _Curve, bend: fits.Fit) -> float:
    """Return the rate at which the value itself grows or decays; 0 where it is not in proportion.

    In proportion is what gives a straight line of logarithms, as far as there are digits and no
    noise.
    """
    reach = float(np.ptp(scaled_to_one(curve.values)))
    sizes = scaled_to_one(curve.values) * np.sign(curve.values[np.abs(curve.values).argmax()])
    noise = curve.noise * reach
    seen = sizes > max(1e-9, 8 * noise)
    if seen.sum() < _FEWEST or sizes.min() < -6 * noise:
        return 0.0
    heights, time = np.log(sizes[seen]), curve.time[seen]
    slope, _ = np.polyfit(time - time[0], heights, 1)
    bent = heights - heights.mean() - slope * (time - time.mean())
    same_way = slope * bend.rate > 0 and abs(slope * (time[-1] - time[0])) > 0.1
    straight = float(np.abs(bent).max()) <= 0.02 + 4 * noise / float(sizes[seen].min())
    nothing = abs(curve.value(bend.level)) <= (0.02 + 3 * curve.noise) * curve.largest
    return float(slope) if same_way and straight and nothing else 0.0


def _s_shape(curve: _Curve, of: fits.Sample) -> Behaviour | None:
    """Return an S, if it is one: level at first, steep between, level again, and no leap."""
    between = (curve.shape > 0.1) & (curve.shape < 0.9)
    if len(curve.shape) < _FEWEST_FOR_AN_S or between.sum() < 3 or not _bends_twice(of):
        return None
    s = fits.s_shape(of)
    if s.misfit > curve.allowing(0.01) or not 0.05 < s.centre < 0.95:
        return None
    ceiling = curve.value(curve.end if curve.settled else s.level + s.size)
    moment = float(curve.time[0]) + s.centre * curve.span
    if not _is_noisy(curve):
        moment = steepest(curve.time, curve.shape)
    return Behaviour("S-shaped", curve.direction, ceiling, inflection=moment, misfit=s.misfit)


def _is_noisy(curve: _Curve) -> bool:
    return curve.noise > 1e-3


def _bends_twice(of: fits.Sample) -> bool:
    """Say whether a curve is much less steep at either end than somewhere between."""
    heights = np.interp(np.linspace(0, 1, 21), of.time, of.values)
    slopes = np.abs(np.diff(heights))
    return bool(max(slopes[0], slopes[-1]) < 0.6 * slopes.max())


# --- with turns ------------------------------------------------------------------------------


def _with_turns(curve: _Curve) -> Behaviour:
    found = curve.turns
    if len(found) >= 3 and (period := _period(curve)):
        return _oscillation(curve, period)
    first = found[0]
    way = 1 if first.peak else -1
    none = Behaviour("no single mode", curve.direction)
    start, top = float(curve.shape[0]), 1.0 if first.peak else 0.0
    if abs(curve.shape[curve.time == first.at][0] - top) > 1e-12 or abs(top - start) < 0.2:
        return none  # the first turn is not the one that counts
    kept = (curve.end - start) / (top - start)
    # What comes back to its furthest point has not gone past anything.
    if curve.settled and 0.25 <= kept < 1 - NOTICEABLE and _each_smaller(curve):
        return Behaviour("overshoot", way, curve.value(curve.end), turn=first)
    if len(found) == 1 and kept < 0.25:
        mode: Mode = "overshoot and collapse" if first.peak else "dip and recovery"
        return Behaviour(mode, way, turn=first)
    return none


def _each_smaller(curve: _Curve) -> bool:
    sizes = np.abs(np.diff([float(curve.values[0]) / curve.largest, *curve.heights]))
    return bool((np.diff(sizes) < 0).all())


def _oscillation(curve: _Curve, period: float) -> Behaviour:
    """Return an oscillation: its period, the level about which it swings, and its trend."""
    sizes = np.abs(np.diff(curve.heights))
    slope = np.polyfit(np.arange(len(sizes)), np.log(sizes), 1)[0]
    change = math.exp(slope * (len(sizes) - 1))
    trend: Trend = "damped" if change < 0.7 else "growing" if change > 1.4 else "sustained"
    level = float(_middles(curve.heights).mean()) * curve.largest
    cycles = len(curve.turns) / 2
    return Behaviour("oscillation", 0, level, period=period, cycles=cycles, trend=trend)


def _period(curve: _Curve) -> float:
    """Return the time from peak to peak and from valley to valley; 0 where it is uneven."""
    at = np.array([turn.at for turn in curve.turns])
    cycles, halves = at[2:] - at[:-2], np.diff(at)
    period = float(np.median(cycles))
    uneven = np.abs(cycles - period).max() > 0.3 * period
    # Of few turns, the two halves of one swing say whether it is one.
    lame = len(at) < 5 and halves.max() > 4 * halves.min()
    wild = _drifts(curve.heights) or _changes(curve.heights)
    return 0.0 if uneven or lame or wild else float(cycles.mean())


def _middles(heights: np.ndarray) -> np.ndarray:
    middles: np.ndarray = (heights[:-1] + heights[1:]) / 2
    return middles


def _drifts(heights: np.ndarray) -> bool:
    """Say whether the level about which it swings moves by more than a swing."""
    middles = _middles(heights)
    return bool(abs(middles[-1] - middles[0]) > np.abs(np.diff(heights)).mean())


def _changes(heights: np.ndarray) -> bool:
    """Say whether the swings go up and down in size, as beats do or chaos does."""
    sizes = np.log(np.abs(np.diff(heights)))
    steps, places = np.diff(sizes), np.arange(len(sizes))
    if (steps > -0.1).all() or (steps < 0.1).all():
        return False
    off = sizes - np.polyval(np.polyfit(places, sizes, 1), places)
    return bool(np.abs(off).max() > math.log(2.5))
