"""A prediction before anything runs: a few points over time, drawn, keyed or typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cstools.errors import DataError
from cstools.plotting.describe import amount, moment
from cstools.widgets.assets import live_parts


def sketch(
    name: str,
    start: float = 0.0,
    stop: float = 10.0,
    low: float = 0.0,
    high: float = 100.0,
    units: str = "",
    time_units: str = "",
    points: Sequence[Sequence[float]] = (),
    count: int | None = None,
) -> Any:
    """Return a grid on which somebody draws what they expect of one variable over time.

    Nothing is stored: the points are in the page and in the kernel's memory, and gone with them.

    Parameters
    ----------
    name
        What the sketch is about; where a model has a variable of that name, the explorer lays
        the sketch over its curve.
    start, stop, low, high
        What the grid covers, in ``time_units`` and ``units``.
    points
        Points ``(time, value)`` to begin with; their times become those of the grid.
    count
        How many points there are to draw when none are given, spread evenly; if not said,
        about seven, at round moments.

    Returns
    -------
    widget
        Its ``points`` are a list of ``[time, value]``: what has been drawn so far.

    Raises
    ------
    DataError
        When the grid has no width or height, or a point lies outside it.
    """
    _check_grid(name, start, stop, low, high)
    count = _round_count(stop - start) if count is None else count
    if count < 2:
        raise DataError(f"sketch of '{name}': a curve needs at least 2 points, not {count}")
    given = sorted((float(time), float(value)) for time, value in points)
    _check_points(name, given, (start, stop), (low, high))
    page = {
        "label": name,
        "units": units,
        "timeUnits": time_units,
        "start": start,
        "stop": stop,
        "low": low,
        "high": high,
        "times": [time for time, _ in given] or _spread(start, stop, count),
    }

    def words(drawn: Sequence[Sequence[float]]) -> str:
        told = [f"{amount(v, units)} at {moment(t, time_units)}" for t, v in drawn]
        return f"Sketch of {name}: {', '.join(told) or 'no points drawn yet'}"

    live = live_parts()
    if live is not None:
        return live.LiveSketch(page, given, words)
    from cstools.widgets.plain import PlainSketch

    return PlainSketch(page, given, words)


def _spread(start: float, stop: float, count: int) -> list[float]:
    gap = (stop - start) / (count - 1)
    return [float(f"{start + i * gap:.6g}") for i in range(count)]


def _round_count(span: float) -> int:
    """Return how many points, near seven, stand at the moments that are easiest to read."""

    def figures(count: int) -> int:
        return len(f"{span / (count - 1):.6e}".split("e")[0].rstrip("0"))

    return min((7, 6, 8, 9, 5), key=figures)


def _check_grid(name: str, start: float, stop: float, low: float, high: float) -> None:
    if not start < stop or not low < high:
        raise DataError(
            f"sketch of '{name}': start must be before stop and low below high; "
            f"this has time {start:g} to {stop:g} and values {low:g} to {high:g}"
        )


def _check_points(
    name: str,
    points: Sequence[Sequence[float]],
    times: tuple[float, float],
    values: tuple[float, float],
) -> None:
    for time, value in points:
        if not (times[0] <= time <= times[1] and values[0] <= value <= values[1]):
            raise DataError(
                f"sketch of '{name}': the point ({time:g}, {value:g}) lies outside the grid, "
                f"which goes from time {times[0]:g} to {times[1]:g} "
                f"and from {values[0]:g} to {values[1]:g}"
            )
