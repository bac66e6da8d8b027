"""What a person says about a model, checked at the moment it is said."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise

from cstools.engine.program import Clock
from cstools.equations.printing import plain_number
from cstools.errors import ModelError
from cstools.plotting.describe import number
from cstools.stock_flow.parts import Range


def as_number(value: object, where: str) -> float:
    """Return a value as a finite number, or say that it is none."""
    try:
        result = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        result = float("nan")
    if not math.isfinite(result):
        raise ModelError(
            f"{where}: {value!r} is not a number; write the number alone, and its unit as units="
        )
    return result


def as_text(value: float | str, where: str) -> str:
    """Return an equation as text; a number is one as well."""
    if isinstance(value, str):
        return value
    return plain_number(as_number(value, where))


def as_range(between: Range | None, where: str) -> Range | None:
    """Return the range of a slider, low end first."""
    if between is None:
        return None
    if len(tuple(between)) != 2:
        raise ModelError(f"{where}: between= takes two numbers, (low, high)")
    low, high = (as_number(end, where) for end in between)
    if not low < high:
        raise ModelError(f"{where}: between=({number(low)}, {number(high)}) must rise; low first")
    return low, high


def as_points(points: Iterable[tuple[float, float]], where: str) -> tuple[tuple[float, float], ...]:
    """Return the points of a lookup, by rising x."""
    pairs = tuple((as_number(x, where), as_number(y, where)) for x, y in points)
    if len(pairs) < 2:
        raise ModelError(f"{where}: needs at least two points (x, y)")
    if any(one[0] >= two[0] for one, two in pairwise(pairs)):
        raise ModelError(f"{where}: the x of each point must be larger than the one before")
    return pairs


def fitting(saveper: float | None, dt: float) -> float | None:
    """Return how often a file wants a row kept, or ``None``, every step, where that is no multiple.

    A row at each step holds all that the file asks for, as nearly as its steps come to it.
    """
    if saveper is None or not saveper > 0 or not dt > 0:
        return saveper
    steps = round(saveper / dt)
    return saveper if steps and abs(steps * dt - saveper) <= 1e-6 * saveper else None


def as_clock(name: str, start: float, stop: float, dt: float, saveper: float | None) -> Clock:
    """Return the clock of a model: it runs forward, in whole steps."""
    where = f"model '{name}'"
    start, stop, dt = (as_number(value, where) for value in (start, stop, dt))
    if not stop > start:
        raise ModelError(f"{where}: stop={number(stop)} must come after start={number(start)}")
    if not 0 < dt <= stop - start:
        raise ModelError(
            f"{where}: dt={number(dt)} must be above 0 and no longer than the run, "
            f"{number(stop - start)}"
        )
    every = 1 if saveper is None else round(as_number(saveper, where) / dt)
    if every >= 1 and fitting(saveper, dt) != saveper:
        raise ModelError(
            f"{where}: saveper={number(saveper or 0)} is no whole number of steps of "
            f"dt={number(dt)}"
        )
    if every < 1:
        raise ModelError(f"{where}: saveper={number(saveper or 0)} is shorter than dt={number(dt)}")
    return Clock(start, stop, dt, every)
