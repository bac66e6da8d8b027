"""A causal loop diagram whose links are lit: as dark and as wide as each is strong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from cstools.plotting.diagrams import drawing_svg
from cstools.plotting.drawing import draw
from cstools.plotting.drawing_parts import Drawing, LoopMark, SignedEdge
from cstools.whole_files import write_whole

if TYPE_CHECKING:
    from cstools.plotting.picture import Picture

Ends = tuple[str, str]

# A link is drawn in one of so many widths; the faintest is still a line.
_LEVELS = 10
_THIN, _WIDE = 0.9, 6.0
_FAINT = 0.3
_CAPTION = "font:14px/1.45 system-ui,sans-serif;margin:.4em 0 0;max-width:44em"
_HEADING = "font:600 13px/1.4 system-ui,sans-serif;margin:0 0 .2em"
# A loop's share has this much room below its mark, whatever it is.
_ROOM = "100%"


@dataclass(frozen=True)
class Light:
    """How strong everything on a map is at one moment.

    Attributes
    ----------
    heading : str
        Which moment.
    links : mapping
        (cause, effect) by keys → from 0 to 1.
    loops : mapping
        Name of a loop → its share, as it is written.
    said : str
        What the map shows at this moment.
    """

    heading: str
    links: Mapping[Ends, float]
    loops: Mapping[str, str]
    said: str = ""


@dataclass(frozen=True, repr=False)
class LitDiagram:
    """One map, or the same map at several moments, with the sentence that says what it shows."""

    drawing: Drawing
    lights: tuple[Light, ...]
    sentence: str

    def svg(self, moment: int = 0) -> str:
        """Return the map at one of its moments as inline SVG."""
        light = self.lights[moment]
        picture = drawing_svg(self._shared(light), self._said(light))
        for edge in {wire.edge for wire in self.drawing.wires}:
            here = (
                f'<g data-from="{escape(edge.cause, quote=True)}" '
                f'data-to="{escape(edge.effect, quote=True)}" '
            )
            strength = light.links.get((edge.cause, edge.effect), 0.0)
            picture = picture.replace(here, f"{here}{_lit(strength)} ")
        return picture.replace("</style>", f"{_WIDTHS}</style>", 1)

    def plot(self, moment: int = 0) -> Picture:
        """Return the map at one of its moments drawn for print, with its sentence."""
        from cstools.plotting.diagram_print import Ink, Part, drawing_figure
        from cstools.plotting.picture import Picture

        light = self.lights[moment]
        inks: dict[Part, Ink] = {}
        for wire in self.drawing.wires:
            level, dark = glow(light.links.get(wire.edge[:2], 0.0))
            inks[wire] = Ink(dark, _width(level))
        return Picture(drawing_figure(self._shared(light), inks), self._said(light))

    def save(self, path: str | Path, moment: int = 0) -> Path:
        """Write the map at one of its moments as ``.svg``, ``.png`` or ``.pdf``.

        The ``.svg`` is that of a cell, which takes its ink from the page; the others are for paper.

        Raises
        ------
        FileError
            For any other ending, or a place that cannot be written to.
        """
        path = Path(path)
        if path.suffix.lower() != ".svg":
            return self.plot(moment).save(path)
        return write_whole(path, self.svg(moment) + "\n")

    def _said(self, light: Light) -> str:
        return f"{light.heading}. {self.sentence}" if light.heading else self.sentence

    def _shared(self, light: Light) -> Drawing:
        """Return the drawing with the share of each loop below its mark."""
        marks = tuple(
            replace(mark, loop=mark.loop._replace(title=light.loops.get(mark.loop.name, "")))
            if mark.loop.title
            else mark
            for mark in self.drawing.marks
        )
        return replace(self.drawing, marks=marks)

    def __repr__(self) -> str:
        return self.sentence

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        maps = "".join(
            f'<div style="flex:1 1 26em;min-width:0;overflow-x:auto">'
            f'<p style="{_HEADING}">{escape(light.heading)}</p>{self.svg(moment)}</div>'
            for moment, light in enumerate(self.lights)
        )
        html = (
            f'<figure style="margin:0;max-width:100%"><div style="display:flex;flex-wrap:wrap;'
            f'gap:1.2em">{maps}</div><figcaption style="{_CAPTION}">{escape(self.sentence)}'
            f"</figcaption></figure>"
        )
        return {"text/plain": self.sentence, "text/html": html}


def lit_diagram(
    labels: Mapping[str, str],
    edges: Sequence[SignedEdge],
    loops: Sequence[LoopMark],
    lights: Sequence[Light],
    sentence: str,
    pins: Mapping[str, complex] | None = None,
) -> LitDiagram:
    """Return a map at some moments; its words stand in the same place at each of them.

    ``pins`` are places, by key, where words stand as they do in the map's own picture.
    """
    # Below the mark of a link to itself stands the word.
    roomy = [loop._replace(title=_ROOM if len(loop.words) > 1 else "") for loop in loops]
    return LitDiagram(draw(labels, edges, roomy, pins), tuple(lights), sentence)


def glow(strength: float) -> tuple[int, float]:
    """Return how a link of some strength is drawn: the number of its width, and its opacity."""
    share = min(max(strength, 0.0), 1.0)
    return round(share * _LEVELS), round(_FAINT + (1 - _FAINT) * min(1.0, 1.6 * share), 2)


def _lit(strength: float) -> str:
    width, dark = glow(strength)
    return f'class="cs-lit-{width}" opacity="{dark:.2f}"'


def _width(level: int) -> float:
    return round(_THIN + (_WIDE - _THIN) * level / _LEVELS, 2)


def looks() -> list[tuple[float, float]]:
    """Return how a link of each level is drawn, the faintest first: its width and its opacity."""
    levels = range(_LEVELS + 1)
    return [(_width(level), glow(level / _LEVELS)[1]) for level in levels]


_WIDTHS = "".join(
    f".cs-lit-{level} .cs-arc{{stroke-width:{width:.2f}}}"
    for level, (width, _) in enumerate(looks())
)
