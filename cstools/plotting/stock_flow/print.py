"""A finished stock-flow drawing on a matplotlib figure, for print and PDF."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch, PathPatch, Polygon
from matplotlib.path import Path

from cstools.plotting.colours import BALANCING, INK, PAPER, QUIET
from cstools.plotting.drawing_parts import Wire
from cstools.plotting.layout_score import SIGN_RADIUS
from cstools.plotting.stock_flow import outlines
from cstools.plotting.stock_flow.parts import (
    GLYPH,
    LETTER,
    LINE,
    SMALL_LETTER,
    SMALL_LINE,
    Drawing,
    DrawnFactor,
    DrawnPipe,
    DrawnStock,
    Influence,
)
from cstools.plotting.style import SANS

_PIXELS, _POINTS = 96, 72  # in an inch
_STROKE = _POINTS / _PIXELS


def drawing_figure(drawing: Drawing) -> Figure:
    """Return a figure of the drawing's own size: letters are 10.5 points high at full size."""
    size = drawing.size
    page = Figure(figsize=(size.real / _PIXELS, size.imag / _PIXELS), facecolor=PAPER)
    axes = page.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(drawing.corner.real, drawing.corner.real + size.real)
    axes.set_ylim(drawing.corner.imag + size.imag, drawing.corner.imag)
    for link, wire in drawing.wires:
        _draw_link(axes, link, wire)
    for pipe in drawing.pipes:
        _draw_pipe(axes, pipe)
    for stock in drawing.stocks:
        _draw_stock(axes, stock)
    for factor in drawing.factors:
        _draw_factor(axes, factor)
    return page


def _draw_stock(axes: Axes, stock: DrawnStock) -> None:
    corner, size = stock.at - stock.half, 2 * stock.half
    if stock.stock.many:
        _line(axes, outlines.stack(stock), INK, 1.5)
    axes.add_patch(
        FancyBboxPatch(
            (corner.real + 2, corner.imag + 2),
            size.real - 4,
            size.imag - 4,
            boxstyle="round,pad=2,rounding_size=2",
            facecolor=to_rgba(INK, 0.06),
            edgecolor=INK,
            linewidth=2 * _STROKE,
        )
    )
    _letters(axes, stock.lines, stock.at, LETTER, LINE, weight="bold")


def _draw_pipe(axes: Axes, pipe: DrawnPipe) -> None:
    for wall in outlines.walls(pipe):
        _line(axes, wall, INK, 1.5)
    _shape(axes, outlines.head(pipe), INK)
    _shape(axes, outlines.valve(pipe), INK)
    for at in pipe.clouds:
        _draw_cloud(axes, at)
    _letters(axes, pipe.lines, pipe.name_at, SMALL_LETTER, SMALL_LINE)


def _draw_cloud(axes: Axes, at: complex) -> None:
    points, radius = outlines.cloud(at)
    for start, stop in zip(points, (*points[1:], points[0]), strict=True):
        chord = stop - start
        # The middle of the circle lies to the right of the way: the bump swells to the left.
        foot = np.sqrt(max(radius**2 - abs(chord) ** 2 / 4, 0.0))
        centre = (start + stop) / 2 + 1j * chord / abs(chord) * foot
        _arc(axes, centre, radius, start, stop, True, INK, 1.5, "solid")


def _draw_factor(axes: Axes, factor: DrawnFactor) -> None:
    if factor.factor.kind == "constant":
        _letters(axes, factor.lines, factor.at, SMALL_LETTER, SMALL_LINE, style="italic")
    elif factor.factor.kind == "lookup":
        _letters(axes, factor.lines, factor.at + GLYPH / 2, LETTER, LINE)
        for line in outlines.curve(factor):
            _line(axes, line, INK, 1.5)
    elif factor.factor.kind == "ghost":
        _letters(axes, factor.lines, factor.at, SMALL_LETTER, SMALL_LINE, QUIET)
    else:
        _letters(axes, factor.lines, factor.at, LETTER, LINE)


def _draw_link(axes: Axes, link: Influence, wire: Wire) -> None:
    dashes = (0, (2, 3)) if link.first else "solid"
    ends = wire.start, wire.stop
    _arc(axes, wire.centre, wire.radius, *ends, wire.clockwise, BALANCING, 1.3, dashes)
    for stroke in wire.delay:
        _line(axes, stroke, BALANCING, 1.3)
    _shape(axes, wire.head, BALANCING)
    if link.sign:
        _sign(axes, link.sign, wire.sign_at)


def _sign(axes: Axes, sign: str, at: complex) -> None:
    if sign == "?":
        _letters(axes, ("?",), at, LETTER, LINE, BALANCING, weight="bold")
    elif sign == "+":
        _line(axes, (at - 4.5, at + 4.5), BALANCING, 1.8)
        _line(axes, (at - 4.5j, at + 4.5j), BALANCING, 1.8)
    else:
        axes.add_patch(
            Circle((at.real, at.imag), SIGN_RADIUS, facecolor=BALANCING, edgecolor="none")
        )
        _line(axes, (at - 4, at + 4), PAPER, 1.8)


def _letters(
    axes: Axes,
    lines: Sequence[str],
    at: complex,
    letter: float,
    line: float,
    colour: str = INK,
    weight: str = "normal",
    style: str = "normal",
) -> None:
    top = at.imag - line * (len(lines) - 1) / 2 + 0.35 * letter
    for i, words in enumerate(lines):
        axes.text(
            at.real,
            top + line * i,
            words.replace("$", r"\$"),  # a price in a name is not mathematics
            fontsize=letter * _STROKE,
            color=colour,
            family=SANS,
            weight=weight,
            style=style,
            ha="center",
            va="baseline",
        )


def _line(axes: Axes, points: Sequence[complex], colour: str, width: float) -> None:
    _stroke(axes, Path(_pairs(points)), colour, width, "solid")


def _stroke(axes: Axes, path: Path, colour: str, width: float, dashes: object) -> None:
    axes.add_patch(
        PathPatch(
            path,
            facecolor="none",
            edgecolor=colour,
            linewidth=width * _STROKE,
            linestyle=dashes,
            joinstyle="round",
        )
    )


def _shape(axes: Axes, corners: Sequence[complex], colour: str) -> None:
    axes.add_patch(Polygon(_pairs(corners), closed=True, facecolor=colour, edgecolor="none"))


def _pairs(points: Sequence[complex]) -> list[tuple[float, float]]:
    return [(point.real, point.imag) for point in points]


def _arc(
    axes: Axes,
    centre: complex,
    radius: float,
    start: complex,
    stop: complex,
    clockwise: bool,
    colour: str,
    width: float,
    dashes: object,
) -> None:
    # y points down on the page and on these axes alike, so growing angles turn clockwise.
    ends = (start, stop) if clockwise else (stop, start)
    first, last = (float(np.degrees(np.angle(end - centre))) for end in ends)
    unit = Path.arc(first, last)
    middle = np.array([centre.real, centre.imag])
    vertices = middle + radius * np.asarray(unit.vertices)
    _stroke(axes, Path(vertices, unit.codes), colour, width, dashes)
