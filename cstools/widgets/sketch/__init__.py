"""A prediction before anything runs: a few points over time, drawn, keyed or typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cstools.errors import DataError
from cstools.languages import name_spoken, unit_spoken
from cstools.widgets.assets import live_side


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
    begins: float | None = None,
    title: str = "",
) -> Any:
    """Return a grid on which somebody draws what they expect of one variable over time.

    What is drawn is in the page and in the kernel's memory, and gone with them. A notebook that is
    saved holds none of it, unless the learner says so: with ``keep()``, or the page's Download.

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
    begins
        The value at ``start``, where everybody knows it ("the bath holds 100 litres"): it is shown
        as given, and the hand draws on from there.
    title
        What stands above the grid where nothing is expected but something is decided, as a path
        that a model is to follow: "Draw a path".

    Returns
    -------
    widget
        Its ``points`` are a list of ``[time, value]``: what has been drawn so far; its
        ``compare(run)`` says in a sentence how they compare with what a model does.

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
    if begins is not None:
        given = [(float(start), float(begins)), *(point for point in given if point[0] != start)]
    check_points(name, given, (start, stop), (low, high))
    page = {
        "label": name,
        "units": units,
        "timeUnits": time_units,
        "start": start,
        "stop": stop,
        "low": low,
        "high": high,
        "times": [time for time, _ in given] if points else _spread(start, stop, count),
        "begins": None if begins is None else float(begins),
    }
    said = {"label": name_spoken(name), "units": unit_spoken(units)}
    said["timeUnits"] = unit_spoken(time_units)
    if any(page[part] != words for part, words in said.items()):
        page["said"] = said  # what is shown in another language; the rest goes by the names
    if title:
        page["title"] = title

    live = live_side("sketch")
    if live is not None:
        return live.LiveSketch(page, given)
    from cstools.widgets.plain import PlainSketch

    return PlainSketch(page, given)


def moments_to_draw(start: float, stop: float) -> list[float]:
    """Return about seven moments from ``start`` to ``stop`` that are easy to read."""
    return _spread(start, stop, _round_count(stop - start))


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


def check_points(
    name: str,
    points: Sequence[Sequence[float]],
    times: tuple[float, float],
    values: tuple[float, float],
) -> None:
    """Raise a DataError for a point outside the grid."""
    for time, value in points:
        if not (times[0] <= time <= times[1] and values[0] <= value <= values[1]):
            raise DataError(
                f"sketch of '{name}': the point ({time:g}, {value:g}) lies outside the grid, "
                f"which goes from time {times[0]:g} to {times[1]:g} "
                f"and from {values[0]:g} to {values[1]:g}"
            )


def points_on(grid: Mapping[str, Any], points: Any) -> list[list[float]]:
    """Return points that were set in code, in the order of time, each at a moment of the grid.

    Raises
    ------
    DataError
        When they are no points, or one lies outside the grid or between its moments.
    """
    name = grid["label"]
    try:
        given = sorted([float(time), float(value)] for time, value in points)
    except (TypeError, ValueError):
        raise DataError(
            f"sketch of '{name}': points are pairs of a time and a value: [(0, 10), (5, 40)]"
        ) from None
    check_points(name, given, (grid["start"], grid["stop"]), (grid["low"], grid["high"]))
    for time, _ in given:
        if time not in grid["times"]:
            moments = ", ".join(f"{moment:g}" for moment in grid["times"])
            raise DataError(
                f"sketch of '{name}': time {time:g} lies between the moments of this grid, which "
                f"are {moments}; for others, begin a new sketch with points="
            )
    return given
