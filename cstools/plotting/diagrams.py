"""Causal loop diagrams from plain values, as inline SVG for a page.

The picture follows the conventions of the field: words without boxes, links as arcs, the sign at
the head, ‖ where there is a delay, R and B with an arrow that turns the way of the loop.
The same drawing goes on paper through :mod:`cstools.plotting.diagram_print`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from cstools.plotting.colours import (
    BALANCING,
    BALANCING_ON_DARK,
    INK,
    REINFORCING,
    REINFORCING_ON_DARK,
)
from cstools.plotting.drawing import draw
from cstools.plotting.drawing_parts import (
    LETTER,
    LINE,
    MARK_RADIUS,
    TITLE_LETTER,
    Drawing,
    LoopMark,
    Mark,
    SignedEdge,
    Wire,
    Word,
)
from cstools.plotting.layout_score import SIGN_RADIUS

__all__ = ["LoopMark", "SignedEdge", "diagram_svg", "draw", "drawing_svg"]

# Letters below this share of their full size are hard to read: the page scrolls instead.
_SMALLEST = 0.62
_KIND = {"R": "reinforcing", "B": "balancing", "?": "unknown"}
_STYLE = f"""
.cs-diagram{{--cs-r:{REINFORCING};--cs-b:{BALANCING};\
color:var(--jp-content-font-color1,var(--vscode-editor-foreground,{INK}));\
font-family:var(--jp-content-font-family,system-ui),"DejaVu Sans",sans-serif}}
[data-jp-theme-light="false"] .cs-diagram,.vscode-dark .cs-diagram{{\
--cs-r:{REINFORCING_ON_DARK};--cs-b:{BALANCING_ON_DARK}}}
.cs-diagram text{{fill:currentColor;text-anchor:middle}}
.cs-diagram .cs-arc{{fill:none;stroke:currentColor;stroke-width:1.6;stroke-opacity:.78}}
.cs-diagram .cs-reinforcing{{color:var(--cs-r)}}
.cs-diagram .cs-balancing{{color:var(--cs-b)}}
""".strip()


def diagram_svg(
    labels: Mapping[str, str],
    edges: Sequence[SignedEdge],
    loops: Sequence[LoopMark] = (),
    description: str = "",
    pins: Mapping[str, complex] | None = None,
) -> str:
    """Return a causal loop diagram as inline SVG that a screen reader can name.

    Parameters
    ----------
    labels
        The words to show, by key, in the order of the map.
    edges
        Links ``(cause, effect, sign, delayed)`` between keys.
    loops
        Loops to mark ``(name, polarity, keys in order, title)``.
    description
        What the diagram shows, in words.
    pins
        Where words stand, by key, as ``x + y·1j``; the others are arranged around them.

    Notes
    -----
    Each word is a group with ``data-variable``, each link one with ``data-from`` and ``data-to``,
    each mark one with ``data-loop``, so that a page can light them. The paper is transparent and
    the ink is the page's own text colour; the reader of a page may have it light or dark.
    """
    return drawing_svg(draw(labels, edges, loops, pins), description)


def drawing_svg(drawing: Drawing, description: str = "") -> str:
    """Return a finished drawing as inline SVG."""
    x, y = drawing.corner.real, drawing.corner.imag
    wide, high = drawing.size.real, drawing.size.imag
    name = escape(description, quote=True)
    body = [
        *(_wire(wire) for wire in drawing.wires),
        *(_mark(mark) for mark in drawing.marks),
        *(_word(word) for word in drawing.words),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="cs-diagram" role="img" '
        f'aria-label="{name}" viewBox="{x:g} {y:g} {wide:g} {high:g}" width="{wide:g}" '
        f'height="{high:g}" style="width:100%;max-width:{wide:g}px;'
        f'min-width:{_SMALLEST * wide:.0f}px;height:auto" font-size="{LETTER:g}">'
        f"<style>{_STYLE}</style>" + "".join(body) + "</svg>"
    )


def _word(word: Word) -> str:
    x, y = word.at.real, word.at.imag
    top = y - LINE * (len(word.lines) - 1) / 2 + 0.35 * LETTER
    lines = "".join(
        f'<tspan x="{x:.1f}" y="{top + LINE * i:.1f}">{escape(line)}</tspan>'
        for i, line in enumerate(word.lines)
    )
    return f'<g data-variable="{escape(word.key, quote=True)}"><text>{lines}</text></g>'


def _wire(wire: Wire) -> str:
    edge = wire.edge
    strokes = "".join(f"M{_point(a)}L{_point(b)}" for a, b in wire.delay)
    delay = f'<path class="cs-arc cs-delay" d="{strokes}"/>' if strokes else ""
    return (
        f'<g data-from="{escape(edge.cause, quote=True)}" '
        f'data-to="{escape(edge.effect, quote=True)}" data-sign="{edge.sign}">'
        f'<path class="cs-arc" d="M{_point(wire.start)}A{wire.radius:.1f} {wire.radius:.1f} 0 '
        f'{wire.large:d} {wire.clockwise:d} {_point(wire.stop)}"/>{delay}'
        f'<path fill="currentColor" d="M{"L".join(map(_point, wire.head))}Z"/>{_sign(wire)}</g>'
    )


def _sign(wire: Wire) -> str:
    x, y = wire.sign_at.real, wire.sign_at.imag
    if wire.edge.sign == "?":
        return f'<text x="{x:.1f}" y="{y + 5:.1f}" font-weight="700">?</text>'
    if wire.edge.sign == "+":
        return (
            f'<path class="cs-sign" fill="none" stroke="currentColor" stroke-width="2" '
            f'd="M{x - 5:.1f} {y:.1f}h10M{x:.1f} {y - 5:.1f}v10"/>'
        )
    # A disc with the bar cut out of it: a minus alone is easily lost beside an arc.
    r = SIGN_RADIUS
    return (
        f'<path class="cs-sign" fill="currentColor" fill-rule="evenodd" d="M{x - r:.1f} {y:.1f}'
        f"a{r:g} {r:g} 0 1 1 {2 * r:g} 0a{r:g} {r:g} 0 1 1 {-2 * r:g} 0Z"
        f'M{x - 4:.1f} {y - 1:.1f}h8v2h-8Z"/>'
    )


def _mark(mark: Mark) -> str:
    loop, x, y = mark.loop, mark.at.real, mark.at.imag
    ring = ""
    if mark.ringed:
        first, last, head = mark.ring()
        ring = (
            f'<path fill="none" stroke="currentColor" stroke-width="1.8" d="M{_point(first)}'
            f'A{MARK_RADIUS:g} {MARK_RADIUS:g} 0 1 {mark.clockwise:d} {_point(last)}"/>'
            f'<path fill="currentColor" d="M{"L".join(map(_point, head))}Z"/>'
        )
    title = ""
    if loop.title:
        below = y + MARK_RADIUS + TITLE_LETTER + 2
        title = (
            f'<text x="{x:.1f}" y="{below:.1f}" font-size="{TITLE_LETTER:g}" '
            f'font-style="italic">{escape(loop.title)}</text>'
        )
    return (
        f'<g class="cs-{_KIND[loop.polarity]}" data-loop="{escape(loop.name, quote=True)}">{ring}'
        f'<text x="{x:.1f}" y="{y + 4.5:.1f}" font-size="{mark.letter:g}" font-weight="700">'
        f"{escape(loop.name)}</text>{title}</g>"
    )


def _point(point: complex) -> str:
    return f"{point.real:.1f} {point.imag:.1f}"
