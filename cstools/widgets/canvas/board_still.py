"""A board without a script: headings, lists and pictures, for GitHub, print and the portfolio.

All that is on the board stands there as text, so that the still form is its own alternative.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from cstools.widgets.canvas.board_things import picture_in
from cstools.widgets.canvas.boards import Board, Layer
from cstools.widgets.part import LivePart

_FORMS = {"sketch": "a sketch", "map": "a map", "model": "a model", "picture": "a picture"}
_FONT = "font:15px/1.5 system-ui,sans-serif"
_LAYER = "border:1px solid #8a96a3;border-top:0;padding:10px 14px"
_BLUES = ("#ffffff", "#e9f2f9", "#d6e7f3", "#c3dbec")
_PLAIN = ("#ffffff", "#f3f5f7")


def board_sentence(
    board: Board, topic: str, notes: Mapping[str, Sequence[str]], things: Sequence[Any]
) -> str:
    """Return what is on a board, counted, in one sentence."""
    name = f"{board.title} “{topic}”" if topic else board.title
    counts = {layer.title.lower(): len(notes.get(layer.key, ())) for layer in board.layers}
    total = sum(counts.values())
    told = []
    if total:
        each = ", ".join(f"{title} {count}" for title, count in counts.items() if count)
        told.append(f"{total} {'note' if total == 1 else 'notes'} ({each})")
    told += [_FORMS.get(thing["form"], "a picture") for thing in things]
    return f"{name}: {_listed(told) or 'nothing is written yet'}."


def board_html(
    board: Board,
    topic: str,
    notes: Mapping[str, Sequence[str]],
    things: Sequence[Mapping[str, Any]],
    live: Mapping[str, Any],
    told: str,
) -> str:
    """Return a board as HTML, ``told`` under it; ``live`` are sketches by their things' keys."""
    colours = _BLUES if board.kind == "iceberg" else _PLAIN
    sections = [
        _layer(board, layer, colours[at % len(colours)], notes.get(layer.key, ()), things, live)
        for at, layer in enumerate(board.layers)
    ]
    title = f"{board.title}: {topic}" if topic else board.title
    return (
        f'<section aria-label="{escape(title)}" style="{_FONT};max-width:820px;color:#1f2933;'
        f'background:#ffffff;overflow-wrap:anywhere">'
        f'<h3 dir="auto" style="margin:0;padding:8px 14px;border:1px solid #8a96a3">'
        f"{escape(title)}</h3>{''.join(sections)}"
        f'<p style="margin:6px 0 0">{escape(told)}</p>'
        f'<p style="margin:2px 0 0;font-size:13px;color:#52606d">{escape(board.source)}</p>'
        "</section>"
    )


def _layer(
    board: Board,
    layer: Layer,
    colour: str,
    notes: Sequence[str],
    things: Sequence[Mapping[str, Any]],
    live: Mapping[str, Any],
) -> str:
    texts = "".join(
        f'<li dir="auto" style="white-space:pre-wrap">{escape(text)}</li>' for text in notes
    )
    listed = f'<ul style="margin:6px 0;padding-inline-start:22px">{texts}</ul>' if notes else ""
    shown = "".join(_thing(thing, live) for thing in things if thing["layer"] == layer.key)
    return (
        f'<div style="{_LAYER};background:{colour}">'
        f'<h4 style="margin:0;font-size:15px">{_glyph(board, layer)} {escape(layer.title)}</h4>'
        f'<p style="margin:2px 0;color:#3e4a56"><em>{escape(layer.question)}</em></p>'
        f"{listed}{shown}</div>"
    )


def _thing(thing: Mapping[str, Any], live: Mapping[str, Any]) -> str:
    part = live.get(thing["key"])
    if isinstance(part, LivePart):
        return f'<div style="margin:8px 0">{part.still()}</div>'
    told = escape(str(thing.get("sentence", "")))
    picture = picture_in(thing)
    image = f'<img alt="{told}" src="{picture}" style="max-width:100%;background:#ffffff">'
    caption = f'<figcaption style="font-size:14px">{told}</figcaption>'
    return f'<figure style="margin:8px 0">{image if picture else ""}{caption}</figure>'


def _glyph(board: Board, layer: Layer) -> str:
    """Return the small picture of the board with this layer filled in."""
    paths = "".join(
        f'<path d="{one.glyph}" fill="{"#0b62a4" if one is layer else "#c9d1d9"}"/>'
        for one in board.layers
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="26" height="26" '
        f'aria-hidden="true" style="vertical-align:middle">{paths}</svg>'
    )


def _listed(told: Sequence[str]) -> str:
    """Return ``"a, b and c"``."""
    return " and ".join(filter(None, (", ".join(told[:-1]), told[-1] if told else "")))
