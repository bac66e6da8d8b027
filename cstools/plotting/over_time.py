"""Behaviour over time: curves with units, one panel for each unit, and a sketch laid over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import Formatter

from cstools.plotting import describe, style
from cstools.plotting.picture import Picture

# How many letters stand in a line across the page, at the size each of them has.
_TITLE, _LEGEND, _AXIS = 62, 72, 26


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
        page.suptitle(
            fill(title, _TITLE), x=0.01, ha="left", fontsize=12, color=style.INK, fontweight="bold"
        )
    for panel, unit in zip(panels, units, strict=True):
        for position, curve in enumerate(curves):
            if curve.units == unit:
                _draw(panel, time, curve, position)
    if sketch:
        _draw_sketch(panels[0], sketch)
    for panel, unit in zip(panels, units, strict=True):
        panel.set_ylabel(_axis_label(panel, unit), color=style.QUIET)
        _finish(panel, page)
    _show_all(panels[-1], time)
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


def _axis_label(panel: Axes, unit: str) -> str:
    """Return the unit, with the name of the curve where there is but one."""
    if len(panel.lines) > 1:
        return fill(unit, _AXIS)
    name = str(panel.lines[0].get_label())
    said_already = not unit or unit.casefold() == name.casefold()
    return fill(name if said_already else f"{name} ({unit})", _AXIS)


def _show_all(panel: Axes, time: np.ndarray) -> None:
    """Show the whole time, even where a curve stops before its end."""
    if len(time) > 1:
        edge = 0.01 * (time[-1] - time[0])
        panel.set_xlim(time[0] - edge, time[-1] + edge)


def _finish(panel: Axes, page: Figure) -> None:
    """Give a panel a legend if it has several curves, and a floor at zero where that is near."""
    panel.yaxis.set_major_formatter(_Said())
    low, high = panel.get_ylim()
    if low > 0 and low < 0.35 * high:
        panel.set_ylim(bottom=0)
    names = [str(line.get_label()) for line in panel.lines]
    if len(names) == 1:
        return
    columns = _columns(names)
    panel.legend(
        panel.lines, [fill(name, _LEGEND) for name in names],
        loc="lower left", bbox_to_anchor=(0, 1.0), ncols=columns, frameon=False,
        fontsize=9.5, borderaxespad=0.2, labelcolor=style.INK, handlelength=2.6,
    )  # fmt: skip
    lines = -(-sum(-(-len(name) // _LEGEND) for name in names) // columns)
    page.set_figheight(page.get_figheight() + 0.2 * lines)


def _columns(names: Sequence[str]) -> int:
    """Return in how many columns a legend fits on the page."""
    # Two runs of two variables stand as a square: each run a column.
    most = 2 if len(names) == 4 else 3
    line_and_gap = 7  # letters' worth
    return max(1, min(most, _LEGEND // (max(map(len, names)) + line_and_gap)))


class _Said(Formatter):
    """Writes the numbers beside an axis as the sentence says them: 20 million, not 2 and 1e7."""

    def __call__(self, value: float, position: int | None = None) -> str:
        return describe.number(value).replace("-", "−")

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return the texts at all ticks, with more digits where three do not tell them apart."""
        largest = max((abs(value) for value in values), default=0.0)
        clean = [0.0 if abs(value) < 1e-9 * largest else float(value) for value in values]
        said = [self(value) for value in clean]
        if 0.01 <= largest < 1000 or len(set(said)) < len(said):
            digits = max(len(f"{value:.10g}".partition(".")[2]) for value in clean)
            said = [f"{value:,.{digits}f}".replace("-", "−") for value in clean]
        return said
