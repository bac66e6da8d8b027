"""A table in print, and the words that go into it: what a cell shows of an analysis or a map."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_CELL = "text-align:left;vertical-align:top;padding:.25em .8em .25em 0"
_NOTE = "font:14px/1.45 system-ui,sans-serif;margin:.4em 0 0;max-width:44em"


def html(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], note: str = "") -> str:
    """Return a table as HTML, with the name of each row as its head and a note below."""
    head = "".join(f'<th scope="col" style="{_CELL}">{escape(word)}</th>' for word in heads)
    body = "".join(_row(row) for row in rows)
    below = f'<p style="{_NOTE}">{escape(note)}</p>' if note else ""
    table = (
        f'<table style="border-collapse:collapse"><caption style="text-align:left">{escape(title)}'
        f"</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
    # On a narrow page a wide table scrolls, and the page does not.
    return f'<div style="overflow-x:auto">{table}</div>{below}'


def _row(cells: Sequence[str]) -> str:
    first, *others = cells
    named = f'<th scope="row" style="{_CELL};font-weight:normal">{escape(first)}</th>'
    return (
        f"<tr>{named}" + "".join(f'<td style="{_CELL}">{escape(c)}</td>' for c in others) + "</tr>"
    )


def listed(names: Sequence[str]) -> str:
    """Return ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def percent(share: float) -> str:
    """Return a share as one says it: ``61%``; an estimate below nothing is nothing."""
    return f"{max(0.0, min(1.0, share)) * 100:.0f}%"
