"""Behaviour over time: curves with units, one panel for each unit, and a sketch laid over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cstools.plotting import describe, style
from cstools.plotting.picture import Picture


@dataclass(frozen=True)
class Series:
    """One curve: what it is called, its values ``(times,)`` and their units."""

    label: str
    values: np.ndarray
    units: str = ""


def plot(
    time: np.ndarray,
    curves: Sequence[Series],
    time_units: str = "",
    title: str = "",
    sketch: Sequence[tuple[float, float]] = (),
) -> Picture:
    """Return the picture of some series over time.

    Parameters
    ----------
    time : array (times,)
    curves
        What is drawn; curves that share a unit share a panel.
    sketch
        Points ``(time, value)`` that somebody expected, laid over the first panel.
    """
    units = list(dict.fromkeys(curve.units for curve in curves))
    page, panels = _page(len(units))
    if title:
        # A title of the page, not of the axes: it stays clear of the legend, however many rows.
        page.suptitle(title, x=0.01, ha="left", fontsize=12, color=style.INK, fontweight="bold")
    for panel, unit in zip(panels, units, strict=True):
        for position, curve in enumerate(curves):
            if curve.units == unit:
                _draw(panel, time, curve, position)
        panel.set_ylabel(_axis_label(curves, unit), color=style.QUIET)
    if sketch:
        _draw_sketch(panels[0], sketch)
    for panel in panels:
        _finish(panel, named=bool(title))
    panels[-1].set_xlabel(time_units or "time", color=style.QUIET)
    return Picture(page, sentence(time, curves, time_units))


def sentence(time: np.ndarray, curves: Sequence[Series], time_units: str = "") -> str:
    """Return what the curves show, a sentence for each."""
    return describe.together(
        [describe.series(c.label, time, c.values, time_units, c.units) for c in curves]
    )


def _page(count: int) -> tuple[Figure, list[Axes]]:
    if count == 1:
        page, axes = style.figure()
        return page, [axes]
    page = Figure(figsize=(7.0, 1.2 + 2.1 * count), facecolor=style.PAPER, layout="constrained")
    panels = list(page.subplots(count, 1, sharex=True))
    for panel in panels:
        style.dress(panel)
    return page, panels


def _draw(panel: Axes, time: np.ndarray, curve: Series, position: int) -> None:
    look = style.series(position)
    panel.plot(
        time, curve.values, label=curve.label, color=look.color, linestyle=look.linestyle, lw=2
    )


def _draw_sketch(panel: Axes, points: Sequence[tuple[float, float]]) -> None:
    times, values = zip(*points, strict=True)
    panel.plot(
        times,
        values,
        label="your sketch",
        color=style.QUIET,
        linestyle=(0, (2, 2)),
        marker="o",
        markersize=5,
        lw=1.4,
    )


def _axis_label(curves: Sequence[Series], unit: str) -> str:
    alone = [curve.label for curve in curves if curve.units == unit]
    return unit or (alone[0] if len(alone) == 1 else "")


def _finish(panel: Axes, named: bool) -> None:
    """Give a panel its legend, where a title does not say it all, and a floor at zero nearby."""
    low, high = panel.get_ylim()
    if low > 0 and low < 0.35 * high:
        panel.set_ylim(bottom=0)
    panel.margins(x=0.01)
    if len(panel.lines) > 1 or not named:
        # Two runs of two variables stand as a square: each run a column.
        columns = 2 if len(panel.lines) == 4 else 3
        panel.legend(
            loc="lower left", bbox_to_anchor=(0, 1.0), ncols=columns, frameon=False,
            fontsize=9.5, borderaxespad=0.2, labelcolor=style.INK, handlelength=2.6,
        )  # fmt: skip
