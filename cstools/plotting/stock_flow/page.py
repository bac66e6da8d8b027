"""A finished stock-flow drawing as inline SVG for a page, light or dark."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from cstools.plotting.colours import BALANCING, BALANCING_ON_DARK, INK
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

# Letters below this share of their full size are hard to read: the page scrolls instead.
_SMALLEST = 0.62
_STYLE = f"""
.cs-stock-flow{{--cs-link:{BALANCING};\
color:var(--jp-content-font-color1,var(--vscode-editor-foreground,{INK}));\
font-family:var(--jp-content-font-family,system-ui),"DejaVu Sans",sans-serif}}
[data-jp-theme-light="false"] .cs-stock-flow,.vscode-dark .cs-stock-flow{{\
--cs-link:{BALANCING_ON_DARK}}}
.cs-stock-flow text{{fill:currentColor;text-anchor:middle}}
.cs-stock-flow .cs-line{{fill:none;stroke:currentColor;stroke-width:1.5;stroke-linejoin:round}}
.cs-stock-flow .cs-solid{{fill:currentColor;stroke:none}}
.cs-stock-flow .cs-box{{fill:currentColor;fill-opacity:.06;stroke:currentColor;stroke-width:2}}
.cs-stock-flow .cs-link{{color:var(--cs-link)}}
.cs-stock-flow .cs-link .cs-line{{stroke-width:1.3}}
.cs-stock-flow .cs-first .cs-line{{stroke-dasharray:2 4}}
""".strip()


def drawing_svg(drawing: Drawing, description: str = "") -> str:
    """Return a drawing as inline SVG that a screen reader can name by ``description``.

    Each part is a group with ``data-variable`` and ``data-kind``, each link one with
    ``data-from`` and ``data-to``, so that a page can light them. The paper is transparent and the
    ink is the page's own text colour.
    """
    x, y = drawing.corner.real, drawing.corner.imag
    wide, high = drawing.size.real, drawing.size.imag
    name = escape(description, quote=True)
    body = [
        *(_link(link, wire) for link, wire in drawing.wires),
        *(_pipe(pipe) for pipe in drawing.pipes),
        *(_stock(stock) for stock in drawing.stocks),
        *(_factor(factor) for factor in drawing.factors),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="cs-stock-flow" role="img" '
        f'aria-label="{name}" viewBox="{x:g} {y:g} {wide:g} {high:g}" width="{wide:g}" '
        f'height="{high:g}" style="width:100%;max-width:{wide:g}px;'
        f'min-width:{_SMALLEST * wide:.0f}px;height:auto" font-size="{LETTER:g}">'
        f"<style>{_STYLE}</style>" + "".join(body) + "</svg>"
    )


def _stock(stock: DrawnStock) -> str:
    corner, size = stock.at - stock.half, 2 * stock.half
    behind = _line(outlines.stack(stock)) if stock.stock.many else ""
    return _group(
        stock.stock.key,
        "stock",
        f'{behind}<rect class="cs-box" x="{corner.real:.1f}" y="{corner.imag:.1f}" '
        f'width="{size.real:.1f}" height="{size.imag:.1f}" rx="2"/>'
        + _letters(stock.lines, stock.at, LETTER, LINE, 'font-weight="600"'),
    )


def _pipe(pipe: DrawnPipe) -> str:
    left, right = outlines.walls(pipe)
    body = _line(left) + _line(right) + _solid(outlines.head(pipe)) + _solid(outlines.valve(pipe))
    body += "".join(_cloud(at) for at in pipe.clouds)
    body += _letters(pipe.lines, pipe.name_at, SMALL_LETTER, SMALL_LINE)
    return _group(pipe.flow.key, "flow", body)


def _cloud(at: complex) -> str:
    points, radius = outlines.cloud(at)
    bumps = "".join(
        f"A{radius:.1f} {radius:.1f} 0 0 1 {_point(point)}" for point in (*points[1:], points[0])
    )
    return f'<path class="cs-line cs-cloud" d="M{_point(points[0])}{bumps}Z"/>'


def _factor(factor: DrawnFactor) -> str:
    kind = factor.factor.kind
    if kind == "constant":
        words = _letters(factor.lines, factor.at, SMALL_LETTER, SMALL_LINE, 'font-style="italic"')
    elif kind == "lookup":
        words = _letters(factor.lines, factor.at + GLYPH / 2, LETTER, LINE)
        words += "".join(_line(line) for line in outlines.curve(factor))
    elif kind == "ghost":
        words = _letters(factor.lines, factor.at, SMALL_LETTER, SMALL_LINE, 'opacity=".7"')
    else:
        words = _letters(factor.lines, factor.at, LETTER, LINE)
    return _group(factor.factor.key, kind, words)


def _link(link: Influence, wire: Wire) -> str:
    radius = wire.radius
    body = (
        f'<path class="cs-line" d="M{_point(wire.start)}A{radius:.1f} {radius:.1f} 0 '
        f'{wire.large:d} {wire.clockwise:d} {_point(wire.stop)}"/>'
        + "".join(_line(stroke) for stroke in wire.delay)
        + _solid(wire.head)
        + (_sign(link.sign, wire.sign_at) if link.sign else "")
    )
    return (
        f'<g class="cs-link{" cs-first" * link.first}" '
        f'data-from="{escape(link.cause, quote=True)}" '
        f'data-to="{escape(link.effect, quote=True)}">{body}</g>'
    )


def _sign(sign: str, at: complex) -> str:
    x, y, r = at.real, at.imag, SIGN_RADIUS
    if sign == "?":
        return f'<text x="{x:.1f}" y="{y + 5:.1f}" font-weight="700">?</text>'
    if sign == "+":
        return (
            f'<path fill="none" stroke="currentColor" stroke-width="1.8" '
            f'd="M{x - 4.5:.1f} {y:.1f}h9M{x:.1f} {y - 4.5:.1f}v9"/>'
        )
    # A disc with the bar cut out of it: a minus alone is easily lost beside an arc.
    return (
        f'<path class="cs-solid" fill-rule="evenodd" d="M{x - r:.1f} {y:.1f}'
        f"a{r:g} {r:g} 0 1 1 {2 * r:g} 0a{r:g} {r:g} 0 1 1 {-2 * r:g} 0Z"
        f'M{x - 4:.1f} {y - 1:.1f}h8v2h-8Z"/>'
    )


def _group(key: str, kind: str, body: str) -> str:
    return f'<g data-variable="{escape(key, quote=True)}" data-kind="{kind}">{body}</g>'


def _letters(
    lines: Sequence[str], at: complex, letter: float, line: float, manner: str = ""
) -> str:
    top = at.imag - line * (len(lines) - 1) / 2 + 0.35 * letter
    spans = "".join(
        f'<tspan x="{at.real:.1f}" y="{top + line * i:.1f}">{escape(words)}</tspan>'
        for i, words in enumerate(lines)
    )
    return f'<text font-size="{letter:g}" {manner}>{spans}</text>'


def _line(points: Sequence[complex]) -> str:
    return f'<path class="cs-line" d="M{"L".join(map(_point, points))}"/>'


def _solid(points: Sequence[complex]) -> str:
    return f'<path class="cs-solid" d="M{"L".join(map(_point, points))}Z"/>'


def _point(point: complex) -> str:
    return f"{point.real:.1f} {point.imag:.1f}"
