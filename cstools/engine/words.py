"""The words that generated Python and NumPy code uses beyond its language's own.

Both columns of a word compute the same thing in the same order, so that a run alone and a run
among many agree. JavaScript's column is in :mod:`cstools.engine.javascript`.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, reduce
from operator import add, mul
from typing import Any

from cstools.engine import vectors
from cstools.on_demand import numpy as np

_MASK = 0xFFFFFFFF
_GOLDEN = 0x9E3779B9
_ALMOST_ZERO = 1e-6  # Vensim's ZIDZ and XIDZ take a smaller divisor for zero


# --- one run ------------------------------------------------------------------------------------


def interpolate(
    x: float, xs: Sequence[float], ys: Sequence[float], mode: str = "interpolate"
) -> float:
    """Return the value of a lookup: straight lines between its points, its ends beyond them.

    The other modes are those of :class:`cstools.engine.program.Table`.
    """
    if x != x:
        return x
    if mode != "interpolate":
        return _looked_up(x, xs, ys, mode)
    if x <= xs[0]:
        return ys[0]
    if x >= xs[-1]:
        return ys[-1]
    low = bisect_right(xs, x) - 1
    slope = (ys[low + 1] - ys[low]) / (xs[low + 1] - xs[low])
    return slope * (x - xs[low]) + ys[low]


def _looked_up(x: float, xs: Sequence[float], ys: Sequence[float], mode: str) -> float:
    last = len(xs) - 1
    if mode == "step":
        return ys[max(bisect_right(xs, x) - 1, 0)]
    if mode == "forward":
        return ys[min(bisect_left(xs, x), last)]
    low = min(max(bisect_right(xs, x) - 1, 0), last - 1)
    slope = (ys[low + 1] - ys[low]) / (xs[low + 1] - xs[low])
    return slope * (x - xs[low]) + ys[low]


def total(*values: float) -> float:
    """Return the sum, added up from the left."""
    return reduce(add, values)


def product(*values: float) -> float:
    """Return the product."""
    return reduce(mul, values)


def mean(*values: float) -> float:
    """Return the mean."""
    return total(*values) / len(values)


def stddev(*values: float) -> float:
    """Return the standard deviation, dividing by how many there are."""
    middle = mean(*values)
    return math.sqrt(mean(*((value - middle) * (value - middle) for value in values)))


def choose(position: float, *values: float) -> float:
    """Return the value at a position counted from 1; 0 where there is none."""
    return values[int(position) - 1] if 1 <= position < len(values) + 1 else 0.0


def ramp(time: float, slope: float, start: float, end: float = math.inf) -> float:
    """Return 0 before ``start``, then ``slope`` per unit of time, level from ``end`` on."""
    return slope * max(min(time, end) - start, 0.0)


def pulse(time: float, dt: float, amount: float, first: float, every: float = 0.0) -> float:
    """Return ``amount / dt`` in the step of the first time and every so often after it."""
    turn = max(math.floor((time - first) / every + 0.5), 0) if every > 0 else 0
    return amount / dt if abs(time - first - turn * every) < dt / 2 else 0.0


def during(time: float, dt: float, start: float, length: float) -> float:
    """Return 1 from ``start`` on for ``length``, at least one step, else 0."""
    middle = time + dt / 2
    return 1.0 if start < middle < start + max(length, dt) else 0.0


def train(time: float, dt: float, start: float, length: float, every: float, end: float) -> float:
    """Return 1 for ``length`` at ``start`` and every so often until ``end``, else 0.

    Without an interval above 0 it happens once.
    """
    middle = time + dt / 2
    into = (middle - start) % every if every > 0 else middle - start
    return 1.0 if start < middle < end and into < max(length, dt) else 0.0


def safediv(a: float, b: float, other: float = 0.0) -> float:
    """Return a quotient, or something else where the divisor is 0."""
    return other if b == 0 else a / b


def xidz(a: float, b: float, other: float = 0.0) -> float:
    """Return a quotient, or something else where the divisor is almost 0."""
    return other if abs(b) < _ALMOST_ZERO else a / b


def quantum(value: float, unit: float) -> float:
    """Return the multiple of a unit next to a value, towards 0."""
    return unit * math.trunc(value / unit) if unit > 0 else value


def mod(value: float, divisor: float) -> float:
    """Return what is left after dividing, with the sign of the divisor."""
    left = math.fmod(value, divisor)
    return left + divisor if left != 0 and (left < 0) != (divisor < 0) else left


def logarithm(value: float, base: float = 10.0) -> float:
    """Return the logarithm to a base."""
    return math.log(value) / math.log(base)


def _mixed(x: int) -> int:
    """Return 32 well-shuffled bits [Wellons2018]_."""
    x = ((x ^ (x >> 16)) * 0x7FEB352D) & _MASK
    x = ((x ^ (x >> 15)) * 0x846CA68B) & _MASK
    return x ^ (x >> 16)


def noise(seed: int, stream: float, step: int) -> float:
    """Return the number from 0 up to 1 that a stream draws at a step: always the same one."""
    place = _mixed(int(seed) ^ _mixed((int(stream) * _GOLDEN & _MASK) ^ _mixed(step)))
    high, low = _mixed((place + _GOLDEN) & _MASK), _mixed((place + 2 * _GOLDEN) & _MASK)
    return ((high >> 5) * 67108864 + (low >> 6)) / 9007199254740992


def poisson_from(mean: float, share: float) -> float:
    """Return the count below which ``share`` of a Poisson distribution lies."""
    chance = math.exp(-mean)
    if not chance > 0:
        return math.nan
    count, reached = 0, chance
    while share > reached and chance > 0:
        count += 1
        chance *= mean / count
        reached += chance
    return float(count)


PYTHON: dict[str, Any] = {
    "power": math.pow,
    **{name: getattr(math, name) for name in ("exp", "log", "log10", "sqrt", "trunc", "pi")},
    **{name: getattr(math, name) for name in ("floor", "sinh", "cosh", "tanh")},
    **{name: getattr(math, name) for name in ("sin", "cos", "tan", "asin", "acos", "atan", "fmod")},
    **{
        word.__name__: word
        for word in (interpolate, ramp, pulse, during, train, safediv, xidz, quantum)
    },
    **{word.__name__: word for word in (logarithm, mod, noise, poisson_from)},
    **{word.__name__: word for word in (total, product, mean, stddev, choose)},
}


# --- many runs at once: every value may be an array (runs,) ---------------------------------------


def _interpolated(x: Any, xs: Any, ys: Any, mode: str = "interpolate") -> Any:
    if mode == "interpolate":
        return np.interp(x, xs, ys)
    xs, ys, last = np.asarray(xs), np.asarray(ys), len(xs) - 1
    if mode == "step":
        found = ys[np.maximum(np.searchsorted(xs, x, "right") - 1, 0)]
    elif mode == "forward":
        found = ys[np.minimum(np.searchsorted(xs, x, "left"), last)]
    else:
        low = np.clip(np.searchsorted(xs, x, "right") - 1, 0, last - 1)
        slope = (ys[low + 1] - ys[low]) / (xs[low + 1] - xs[low])
        found = slope * (x - xs[low]) + ys[low]
    return np.where(np.isnan(x), x, found)


def _least(*values: Any) -> Any:
    return reduce(np.minimum, values)


def _greatest(*values: Any) -> Any:
    return reduce(np.maximum, values)


def _totals(*values: Any) -> Any:
    return reduce(np.add, values)


def _products(*values: Any) -> Any:
    return reduce(np.multiply, values)


def _means(*values: Any) -> Any:
    return _totals(*values) / len(values)


def _stddevs(*values: Any) -> Any:
    middle = _means(*values)
    return np.sqrt(_means(*((value - middle) * (value - middle) for value in values)))


def _choices(position: Any, *values: Any) -> Any:
    place = np.trunc(position)
    inside = (place >= 1) & (place <= len(values))
    index = np.where(inside, place, 1).astype(int) - 1
    *shown, index = np.broadcast_arrays(*values, index)
    return np.where(inside, np.take_along_axis(np.array(shown), index[None], axis=0)[0], 0.0)


def _ramps(time: float, slope: Any, start: Any, end: Any = math.inf) -> Any:
    return slope * np.maximum(np.minimum(time, end) - start, 0.0)


def _pulses(time: float, dt: float, amount: Any, first: Any, every: Any = 0.0) -> Any:
    steady = np.where(np.greater(every, 0), every, 1.0)
    turn = np.where(np.greater(every, 0), np.floor((time - first) / steady + 0.5), 0.0)
    away = np.abs(time - first - np.maximum(turn, 0) * every)
    return np.where(away < dt / 2, amount / dt, 0.0)


def _durings(time: float, dt: float, start: Any, length: Any) -> Any:
    middle = time + dt / 2
    inside = np.less(start, middle) & np.less(middle, start + np.maximum(length, dt))
    return np.where(inside, 1.0, 0.0)


def _trains(time: float, dt: float, start: Any, length: Any, every: Any, end: Any) -> Any:
    middle = time + dt / 2
    again = np.where(np.greater(every, 0), every, np.inf)
    into = np.where(np.isinf(again), middle - start, np.mod(middle - start, again))
    on = into < np.maximum(length, dt)
    return np.where(np.less(start, middle) & np.less(middle, end) & on, 1.0, 0.0)


def _safedivs(a: Any, b: Any, other: Any = 0.0) -> Any:
    return np.where(np.equal(b, 0), other, np.divide(a, b))


def _xidzs(a: Any, b: Any, other: Any = 0.0) -> Any:
    return np.where(np.abs(b) < _ALMOST_ZERO, other, np.divide(a, b))


def _quanta(value: Any, unit: Any) -> Any:
    return np.where(np.greater(unit, 0), unit * np.trunc(np.divide(value, unit)), value)


def _mods(value: Any, divisor: Any) -> Any:
    left = np.fmod(value, divisor)
    other = np.not_equal(left, 0) & (np.less(left, 0) != np.less(divisor, 0))
    return np.where(other, left + divisor, left)


def _logarithms(value: Any, base: Any = 10.0) -> Any:
    return np.log(value) / np.log(base)


def _all_mixed(x: Any) -> Any:
    x = (x ^ (x >> 16)) * np.uint64(0x7FEB352D) & _MASK
    x = (x ^ (x >> 15)) * np.uint64(0x846CA68B) & _MASK
    return x ^ (x >> 16)


def _noises(seed: Any, stream: float, step: int) -> Any:
    here = _mixed((int(stream) * _GOLDEN & _MASK) ^ _mixed(step))
    place = _all_mixed(np.asarray(seed, dtype=np.uint64) ^ np.uint64(here))
    high = _all_mixed((place + np.uint64(_GOLDEN)) & _MASK)
    low = _all_mixed((place + np.uint64(2 * _GOLDEN)) & _MASK)
    return ((high >> 5) * np.uint64(67108864) + (low >> 6)) / 9007199254740992


def _poissons(mean: Any, share: Any) -> Any:
    pairs = np.broadcast(mean, share)
    counts = [poisson_from(float(m), float(s)) for m, s in pairs]
    return np.array(counts).reshape(pairs.shape)


def recalled(past: Sequence[Any], wait: Any, step: int, first: Any) -> Any:
    """Return what a pipeline lets out at a step: its first value until it has filled."""
    if np.size(wait) == 1 or np.ptp(wait) == 0:
        steps = int(np.ravel(wait)[0])
        return past[step - steps] if step >= steps else first
    behind = step - np.asarray(wait, dtype=int)
    rows = np.array(np.broadcast_arrays(*past, first, behind)[:-1])
    return rows[np.where(behind >= 0, behind, len(rows) - 1), np.arange(len(behind))]


def waits(duration: float, dt: float) -> int:
    """Return how many steps something takes to come through a pipeline; at least one."""
    return max(1, math.floor(duration / dt + 0.5)) if math.isfinite(duration) else 1


def _all_waits(duration: Any, dt: float) -> Any:
    steps = np.nan_to_num(np.floor(np.asarray(duration) / dt + 0.5), nan=1.0)
    return np.maximum(steps, 1).astype(int)


def _recalled_one(past: Sequence[float], wait: int, step: int, first: float) -> float:
    return past[step - wait] if step >= wait else first


PYTHON |= {"recalled": _recalled_one, "waits": waits, **vectors.PYTHON}


@cache
def numpy_words() -> dict[str, Any]:
    """Return the words for many runs at once; numpy is there from the first time they are asked."""
    return {
        "least": _least,
        "greatest": _greatest,
        "total": _totals,
        "product": _products,
        "mean": _means,
        "stddev": _stddevs,
        "choose": _choices,
        "power": np.power,
        "array": np.array,  # a table is one from the start, not again at every step
        "interp": _interpolated,
        "ramp": _ramps,
        "pulse": _pulses,
        "during": _durings,
        "train": _trains,
        "safediv": _safedivs,
        "xidz": _xidzs,
        "quantum": _quanta,
        "logarithm": _logarithms,
        "mod": _mods,
        "noise": _noises,
        "poisson_from": _poissons,
        "recalled": recalled,
        "waits": _all_waits,
        **vectors.numpy_words(),
        **{name: getattr(np, name) for name in ("exp", "log", "log10", "sqrt", "trunc", "pi")},
        **{name: getattr(np, name) for name in ("floor", "sinh", "cosh", "tanh")},
        **{name: getattr(np, name) for name in ("sin", "cos", "tan", "arcsin", "arccos", "arctan")},
        **{name: getattr(np, name) for name in ("absolute", "divide", "maximum", "fmod", "where")},
        **{name: getattr(np, name) for name in ("logical_and", "logical_or", "logical_not")},
    }
