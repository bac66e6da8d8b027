"""A finished drawing of a causal loop diagram on a matplotlib figure, for print and PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch, Polygon
from matplotlib.path import Path

from cstools.plotting.colours import BALANCING, INK, PAPER, QUIET, REINFORCING
from cstools.plotting.drawing_parts import (
    LETTER,
    LINE,
    MARK_RADIUS,
    TITLE_LETTER,
    Drawing,
    Mark,
    Wire,
    Word,
)
from cstools.plotting.layout_score import SIGN_RADIUS
from cstools.plotting.style import SANS

_PIXELS, _POINTS = 96, 72  # in an inch
_COLOURS = {"R": REINFORCING, "B": BALANCING, "?": QUIET}
_LINE_WIDTH = 1.6  # pixels


@dataclass(frozen=True)
class Ink:
    """How something is printed.

    Attributes
    ----------
    strength : float
        From 0, the colour of the paper, to 1, the full colour.
    width : float
        Of a link's line, in pixels.
    """

    strength: float = 1.0
    width: float = _LINE_WIDTH

    def of(self, colour: str) -> str:
        """Return a colour as it is in this ink, without any transparency."""
        mixed = (1 - self.strength * (1 - part) for part in to_rgb(colour))
        red, green, blue = mixed
        return to_hex((red, green, blue))


_FULL = Ink()
Part = Word | Wire | Mark


def drawing_figure(drawing: Drawing, inks: Mapping[Part, Ink] | None = None) -> Figure:
    """Return a figure of the drawing's own size: letters are 11 points high at full size.

    ``inks`` are those of words, wires and marks that are not printed in full; what is faint lies
    under what is not.
    """
    inks = inks or {}
    size = drawing.size
    page = Figure(figsize=(size.real / _PIXELS, size.imag / _PIXELS), facecolor=PAPER)
    axes = page.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(drawing.corner.real, drawing.corner.real + size.real)
    axes.set_ylim(drawing.corner.imag + size.imag, drawing.corner.imag)
    parts: list[Part] = [*drawing.wires, *drawing.marks, *drawing.words]
    for part in sorted(parts, key=lambda part: inks.get(part, _FULL).strength):
        _draw(axes, part, inks.get(part, _FULL))
    return page


def _draw(axes: Axes, part: Part, ink: Ink) -> None:
    if isinstance(part, Wire):
        _draw_wire(axes, part, ink)
    elif isinstance(part, Mark):
        _draw_mark(axes, part, ink)
    else:
        _draw_word(axes, part, ink)


def _draw_word(axes: Axes, word: Word, ink: Ink) -> None:
    top = word.at.imag - LINE * (len(word.lines) - 1) / 2 + 0.35 * LETTER
    for i, line in enumerate(word.lines):
        _letters(axes, complex(word.at.real, top + LINE * i), line, LETTER, ink.of(INK))


def _draw_wire(axes: Axes, wire: Wire, ink: Ink) -> None:
    dark, line = ink.of(INK), ink.of(QUIET)
    thick = ink.width * _POINTS / _PIXELS
    _line(axes, _arc(wire.centre, wire.radius, wire.start, wire.stop, wire.clockwise), line, thick)
    for ends in wire.delay:
        _line(axes, _path(ends), line, thick)
    _shape(axes, wire.head, dark)
    x, y = wire.sign_at.real, wire.sign_at.imag
    if wire.edge.sign == "?":
        _letters(axes, wire.sign_at + 5j, "?", LETTER, dark, weight="bold")
    elif wire.edge.sign == "+":
        _line(axes, _path((wire.sign_at - 5, wire.sign_at + 5)), dark, 1.5)
        _line(axes, _path((wire.sign_at - 5j, wire.sign_at + 5j)), dark, 1.5)
    else:
        axes.add_patch(Circle((x, y), SIGN_RADIUS, facecolor=dark, edgecolor="none"))
        _line(axes, _path((wire.sign_at - 4, wire.sign_at + 4)), PAPER, 1.5)


def _draw_mark(axes: Axes, mark: Mark, ink: Ink) -> None:
    colour = ink.of(_COLOURS[mark.loop.polarity])
    if mark.ringed:
        first, last, head = mark.ring()
        _line(axes, _arc(mark.at, MARK_RADIUS, first, last, mark.clockwise), colour, 1.35)
        _shape(axes, head, colour)
    _letters(axes, mark.at + 4.5j, mark.loop.name, mark.letter, colour, weight="bold")
    if mark.loop.title:
        below = mark.at + 1j * (MARK_RADIUS + TITLE_LETTER + 2)
        _letters(axes, below, mark.loop.title, TITLE_LETTER, colour, style="italic")


def _letters(
    axes: Axes,
    at: complex,
    text: str,
    size: float,
    colour: str,
    weight: str = "normal",
    style: str = "normal",
) -> None:
    axes.text(
        at.real,
        at.imag,
        text.replace("$", r"\$"),  # a price in a name is not mathematics
        fontsize=size * _POINTS / _PIXELS,
        color=colour,
        family=SANS,
        weight=weight,
        style=style,
        ha="center",
        va="baseline",
    )


def _line(axes: Axes, path: Path, colour: str, width: float) -> None:
    axes.add_patch(PathPatch(path, facecolor="none", edgecolor=colour, linewidth=width))


def _shape(axes: Axes, corners: Sequence[complex], colour: str) -> None:
    axes.add_patch(Polygon(_pairs(corners), closed=True, facecolor=colour, edgecolor="none"))


def _path(points: Sequence[complex]) -> Path:
    return Path(_pairs(points))


def _pairs(points: Sequence[complex]) -> list[tuple[float, float]]:
    return [(point.real, point.imag) for point in points]


def _arc(centre: complex, radius: float, start: complex, stop: complex, clockwise: bool) -> Path:
    # y points down on the page and on these axes alike, so growing angles turn clockwise.
    ends = (start, stop) if clockwise else (stop, start)
    first, last = (float(np.degrees(np.angle(end - centre))) for end in ends)
    unit = Path.arc(first, last)
    middle = np.array([centre.real, centre.imag])
    return Path(middle + radius * np.asarray(unit.vertices), unit.codes)
