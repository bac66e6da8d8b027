"""A causal loop diagram whose links are lit: as dark and as wide as each is strong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from cstools.errors import FileError
from cstools.plotting.diagrams import drawing_svg
from cstools.plotting.drawing import draw
from cstools.plotting.drawing_parts import Drawing, LoopMark, SignedEdge
from cstools.whole_files import write_whole

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
        said = f"{light.heading}. {self.sentence}" if light.heading else self.sentence
        marks = tuple(
            replace(mark, loop=mark.loop._replace(title=light.loops.get(mark.loop.name, "")))
            if mark.loop.title
            else mark
            for mark in self.drawing.marks
        )
        picture = drawing_svg(replace(self.drawing, marks=marks), said)
        for edge in {wire.edge for wire in self.drawing.wires}:
            here = (
                f'<g data-from="{escape(edge.cause, quote=True)}" '
                f'data-to="{escape(edge.effect, quote=True)}" '
            )
            strength = light.links.get((edge.cause, edge.effect), 0.0)
            picture = picture.replace(here, f"{here}{_lit(strength)} ")
        return picture.replace("</style>", f"{_WIDTHS}</style>", 1)

    def save(self, path: str | Path, moment: int = 0) -> Path:
        """Write the map at one of its moments as ``.svg``."""
        path = Path(path)
        if path.suffix.lower() != ".svg":
            raise FileError(f"'{path.name}': a lit map is saved as .svg")
        return write_whole(path, self.svg(moment) + "\n")

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
) -> LitDiagram:
    """Return a map at some moments; its words stand in the same place at each of them."""
    # Below the mark of a link to itself stands the word.
    roomy = [loop._replace(title=_ROOM if len(loop.words) > 1 else "") for loop in loops]
    return LitDiagram(draw(labels, edges, roomy), tuple(lights), sentence)


def glow(strength: float) -> tuple[int, float]:
    """Return how a link of some strength is drawn: the number of its width, and its opacity."""
    share = min(max(strength, 0.0), 1.0)
    return round(share * _LEVELS), round(_FAINT + (1 - _FAINT) * min(1.0, 1.6 * share), 2)


def _lit(strength: float) -> str:
    width, dark = glow(strength)
    return f'class="cs-lit-{width}" opacity="{dark:.2f}"'


_WIDTHS = "".join(
    f".cs-lit-{level} .cs-arc{{stroke-width:{_THIN + (_WIDE - _THIN) * level / _LEVELS:.2f}}}"
    for level in range(_LEVELS + 1)
)
