"""Behaviour over time: curves with units, one panel for each unit, and a sketch laid over them."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from cstools.errors import ModelError, did_you_mean
from cstools.languages import spoken, unit_spoken
from cstools.plotting import line_ends, style
from cstools.plotting.fan import fan as fan
from cstools.plotting.panels import Series as Series
from cstools.plotting.panels import entitle, finish, legend, named, page_legend
from cstools.plotting.panels import sentence as sentence
from cstools.plotting.picture import Picture

# How many letters stand in a line beside and above a panel.
_AXIS, _HEADING = 26, 34
_PANELS = ("units", "each")


def plot(
    time: np.ndarray,
    curves: Sequence[Series],
    time_units: str = "",
    title: str = "",
    sketch: Sequence[tuple[float, float]] = (),
    panels: str = "units",
) -> Picture:
    """Return the picture of some series over time.

    Lines carry their names at their ends; a legend takes over where those would collide.

    Parameters
    ----------
    time : array (times,)
    curves
        What is drawn.
    sketch
        Points ``(time, value)`` that somebody expected, laid over the first panel.
    panels
        ``"units"``: curves that share a unit share a panel. ``"each"``: small multiples, a panel
        for each variable. Each panel has its own scale: what looks alike need not be as large.

    Raises
    ------
    ModelError
        When ``panels`` is another word.
    """
    sheets = _sheets(curves, panels)
    small = panels == "each" and len(sheets) > 1
    page, axes = _grid(len(sheets)) if small else _page(len(sheets))
    for panel, sheet in zip(axes, sheets, strict=True):
        _draw_all(panel, time, sheet, curves)
    if sketch:
        _draw_sketch(axes[0], sketch)
    for panel, sheet in zip(axes, sheets, strict=True):
        _say_units(panel, sheet, small)
        finish(panel, time)
    _say_time(axes, time_units or "time", _columns_of(len(sheets)) if small else 1)
    names = [_ends(panel, sheet) for panel, sheet in zip(axes, sheets, strict=True)]
    if small and len(names[0]) > 1 and all(own == names[0] for own in names):
        page_legend(page, axes[0].lines, names[0], title)  # the same runs in every panel
    else:
        entitle(page, title)
        _name_lines(page, axes, names, small)
    return Picture(page, sentence(time, curves, time_units))


def _sheets(curves: Sequence[Series], panels: str) -> list[list[Series]]:
    """Return the curves of each panel, in order."""
    if panels not in _PANELS:
        hint = did_you_mean(panels, _PANELS)
        raise ModelError(f"panels is 'units' or 'each', not '{panels}'{hint}")
    by = [c.units if panels == "units" else c.group or c.label for c in curves]
    return [
        [curve for curve, own in zip(curves, by, strict=True) if own == sheet]
        for sheet in dict.fromkeys(by)
    ]


def _page(count: int) -> tuple[Figure, list[Axes]]:
    if count == 1:
        page, axes = style.figure()
        return page, [axes]
    page = Figure(figsize=(7.0, 1.2 + 2.1 * count), facecolor=style.PAPER, layout="constrained")
    return page, [style.dress(panel) for panel in page.subplots(count, 1, sharex=True)]


def _columns_of(count: int) -> int:
    """Return in how many columns small multiples stand."""
    return 1 if count <= 2 else 2 if count <= 8 else 3


def _grid(count: int) -> tuple[Figure, list[Axes]]:
    columns = _columns_of(count)
    rows = -(-count // columns)
    page = Figure(figsize=(7.0, 0.8 + 1.75 * rows), facecolor=style.PAPER, layout="constrained")
    return page, [style.dress(page.add_subplot(rows, columns, n + 1)) for n in range(count)]


def _draw_all(
    panel: Axes, time: np.ndarray, sheet: Sequence[Series], curves: Sequence[Series]
) -> None:
    """Draw the curves of a panel, each with a look of its own."""
    variables = list(dict.fromkeys(curve.group or curve.label for curve in sheet))
    runs = dict.fromkeys(variables, -1)
    for curve in sheet:
        variable = curve.group or curve.label
        runs[variable] += 1
        # By itself, a curve looks as its place has it. One variable in several runs: each run has
        # its colour and dashes. Several variables: the colour says which, the dashes in which run.
        place = next(n for n, other in enumerate(curves) if other is curve)
        look = style.series(runs[variable] if curve.group and len(variables) == 1 else place)
        if len(variables) > 1 and any(other.group for other in sheet):
            which = variables.index(variable)
            color = style.PALETTE[which % len(style.PALETTE)]
            dashes = style.DASHES[(runs[variable] if curve.group else which) % len(style.DASHES)]
            look = style.SeriesStyle(color, dashes)
        panel.plot(
            time, curve.values, label=curve.label, color=look.color, linestyle=look.linestyle, lw=2
        )


def _draw_sketch(panel: Axes, points: Sequence[tuple[float, float]]) -> None:
    times, values = zip(*points, strict=True)
    panel.plot(
        times,
        values,
        label=spoken("your sketch"),
        color=style.QUIET,
        linestyle=(0, (2, 2)),
        marker="o",
        markersize=5,
        lw=1.4,
    )


def _say_units(panel: Axes, sheet: Sequence[Series], small: bool) -> None:
    """Write the unit beside the axis; with the name of the variable where there is but one."""
    name, unit = sheet[0].group or sheet[0].label, sheet[0].units
    whole = named(name, unit)
    if small:
        panel.set_title(fill(whole, _HEADING), loc="left", fontsize=10, color=style.INK)
        panel.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))
        panel.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
        return
    alone = len(panel.lines) == 1 or len({c.group or c.label for c in sheet}) == 1
    panel.set_ylabel(fill(whole if alone else unit_spoken(unit), _AXIS), color=style.QUIET)


def _say_time(axes: Sequence[Axes], unit: str, columns: int) -> None:
    """Write the unit of time below the panels of the last row."""
    for panel in axes[(len(axes) - 1) // columns * columns :]:
        panel.set_xlabel(unit_spoken(unit), color=style.QUIET)


def _ends(panel: Axes, sheet: Sequence[Series]) -> list[str]:
    """Return the names of the lines of a panel, a sketch included: short where that is enough."""
    alone = len({curve.group or curve.label for curve in sheet}) == 1
    own = [curve.end if alone and curve.end else curve.label for curve in sheet]
    return own + [str(line.get_label()) for line in panel.lines[len(own) :]]


def _name_lines(
    page: Figure, axes: Sequence[Axes], names: Sequence[Sequence[str]], small: bool
) -> None:
    """Name the lines of every panel that has several: at their ends, or else in a legend."""
    crowded = [
        (panel, own)
        for panel, own in zip(axes, names, strict=True)
        if len(own) > 1 and (small or not line_ends.write(page, panel, panel.lines, own))
    ]
    for panel, own in crowded:  # when all is written: a legend makes the page taller
        legend(page, panel, panel.lines, own)
