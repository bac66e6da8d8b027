"""A map handed to the drawing: its words, links and the loops that are marked, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from cstools.causal_loops.loops import Loops
from cstools.causal_loops.parts import Link, Loop
from cstools.languages import name_spoken
from cstools.names import key
from cstools.plotting.diagrams import LoopMark, SignedEdge, draw
from cstools.plotting.drawing_parts import Drawing

_MOST_MARKS = 12
_CAPTION = "font:14px/1.45 system-ui,sans-serif;margin:.4em 0 0;max-width:44em"


def drawing_of(
    variables: Sequence[str],
    links: Sequence[Link],
    loops: Loops,
    places: Mapping[str, tuple[float, float]] | None = None,
) -> Drawing:
    """Return where everything goes on the page; some of the loops get a mark.

    ``places`` are those of the variables that are pinned, by name.
    """
    return drawn(variables, links, marked(loops), places)


def drawn(
    variables: Sequence[str],
    links: Sequence[Link],
    loops: Sequence[Loop],
    places: Mapping[str, tuple[float, float]] | None = None,
) -> Drawing:
    """Return where everything goes on the page when just these loops get a mark."""
    return draw(
        {key(name): name_spoken(name) for name in variables},
        [
            SignedEdge(key(link.cause), key(link.effect), link.polarity, link.delayed)
            for link in links
        ],
        [
            LoopMark(loop.name, loop.polarity, tuple(map(key, loop.variables)), loop.title)
            for loop in loops
        ],
        pins_at(places or {}),
    )


def pins_at(places: Mapping[str, tuple[float, float]]) -> dict[str, complex]:
    """Return places by name as a drawing takes them: by key, as ``x + y·1j``.

    A map that is read from a file of Vensim, Kumu, LOOPY, or another that keeps places, is pinned
    to them: its own pictures have every variable where the author put it. For another picture of
    the same map, such as :func:`cstools.plotting.lit_diagram.lit_diagram`, hand it
    ``pins_at(map_.positions)``; to be arranged anew, draw it without.
    """
    return {key(name): complex(x, y) for name, (x, y) in places.items()}


def framed(svg: str, caption: str) -> str:
    """Return the picture with its caption; on a narrow page it shrinks, and then scrolls."""
    return (
        f'<figure style="margin:0;max-width:100%"><div style="overflow-x:auto">{svg}</div>'
        f'<figcaption style="{_CAPTION}">{escape(caption)}</figcaption></figure>'
    )


def unpictured(told: str) -> dict[str, str]:
    """Return what a cell shows of a map that is too large for a picture: its sentence."""
    return {"text/plain": told, "text/html": f'<p style="{_CAPTION}">{escape(told)}</p>'}


def marked(loops: Loops) -> list[Loop]:
    """Return the loops that get a mark: those with a title, and each that adds a new link.

    Shorter loops come first, so the marks stand for the simplest loops that together use every
    link that is in a loop at all. A map with many loops would disappear under all their marks.
    """
    chosen: list[Loop] = []
    covered: set[Link] = set()
    for loop in loops:
        if loop.title or (len(chosen) < _MOST_MARKS and not covered.issuperset(loop.links)):
            chosen.append(loop)
            covered.update(loop.links)
    return chosen
