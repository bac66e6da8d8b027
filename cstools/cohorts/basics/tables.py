"""One way to show a table: plain text for every screen reader, HTML for JupyterLab.

The colours are JupyterLab's own variables with a fallback, so that a table reads well on a light
and on a dark page and in a saved file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain, zip_longest
from textwrap import wrap
from typing import Any

from cstools.cohorts.basics.searchable import searchable

# The class stands thrice so that these rules win over JupyterLab's own, which align cells right.
STYLE = """<style>
.cst-card{color:var(--jp-ui-font-color1,#1f2933);font:14px/1.5 var(--jp-ui-font-family,sans-serif);
max-width:80rem;overflow-x:auto;margin:.4em 0}
.cst-card.cst-card.cst-card table{border-collapse:collapse;margin:.2em 0 .8em;font-size:inherit}
.cst-card.cst-card.cst-card caption{text-align:left;font-weight:600;font-size:1.05em;
padding:.2em 0 .5em;color:var(--jp-ui-font-color0,#1f2933);caption-side:top;white-space:nowrap}
.cst-card.cst-card.cst-card :is(th,td){text-align:left;vertical-align:top;
padding:.32em 1.6em .32em .1em;border:0;border-bottom:1px solid var(--jp-border-color2,#d9dee4);
background:none;max-width:46em;white-space:normal;font-variant-numeric:tabular-nums}
.cst-card.cst-card.cst-card thead th{color:var(--jp-ui-font-color2,#52606d);font-weight:600;
white-space:nowrap}
.cst-card.cst-card.cst-card tbody th{font-weight:600;color:inherit;min-width:6.6em}
.cst-card.cst-card.cst-card tr{background:none}
.cst-card.cst-card.cst-card td.cst-long{min-width:17em}
.cst-card.cst-card.cst-card .cst-code{white-space:nowrap}
.cst-card .cst-quiet{color:var(--jp-ui-font-color2,#52606d)}
.cst-card p{margin:.2em 0 .4em;max-width:60em}
.cst-wide{overflow-x:auto;--cst-paper:var(--jp-layout-color0,transparent);--cst-edge:#7a869a66;
background:linear-gradient(90deg,var(--cst-paper) 40%,transparent) 0 0/2.4em 100% no-repeat local,
linear-gradient(270deg,var(--cst-paper) 45%,transparent) right -1px top 0/2.4em 100%
no-repeat local,
linear-gradient(90deg,var(--cst-edge),transparent) 0 0/.9em 100% no-repeat,
linear-gradient(270deg,var(--cst-edge),transparent) 100% 0/.9em 100% no-repeat}
.cst-wide:focus-visible{outline:2px solid var(--jp-brand-color1,#0072b2);outline-offset:-2px}
@media(max-width:600px){.cst-card.cst-card.cst-card table{min-width:100%}
.cst-card.cst-card.cst-card :is(th,td){padding-right:.7em}
.cst-card.cst-card.cst-card tbody th{min-width:0}.cst-card.cst-card.cst-card td.cst-long{
min-width:0}.cst-card.cst-card.cst-card :is(caption,thead th){white-space:normal}
.cst-card.cst-card.cst-card td{overflow-wrap:anywhere}
.cst-card.cst-card.cst-card table.cst-told{display:block}
.cst-card.cst-card.cst-card .cst-told :is(caption,tbody,tr,th,td){display:block;border:0;padding:0}
.cst-card.cst-card.cst-card .cst-told tr{padding:.5em 0;
border-bottom:1px solid var(--jp-border-color2,#d9dee4)}
.cst-card.cst-card.cst-card .cst-told thead{position:absolute;width:1px;height:1px;
overflow:hidden;clip-path:inset(50%)}
.cst-card.cst-card.cst-card .cst-told td::before{content:attr(data-head) ": ";
color:var(--jp-ui-font-color2,#52606d)}
.cst-card.cst-card.cst-card .cst-told td:empty{display:none}}
</style>"""
WIDEST = (56, 40, 30, 22, 18)  # characters of a cell in plain text: the first that fits a page
PAGE = 120  # characters of a line on a usual screen; a notebook breaks a longer one anywhere
NARROW = 30  # characters, with one between columns, that a phone shows side by side
LONG = 40  # characters; a cell with more keeps a readable width and the table scrolls
# A code, a certificate's id and a day are never broken over two lines.
_CODE = re.compile(
    r"\b([A-Z](?:-[A-Z0-9]+)+|\d{4}-\d\d-\d\d|[A-Z][a-z]{2} \d\d [A-Z][a-z]{2} \d{4})(?![\w-])"
)
SILENT = ("", "not stated", "–")
_TOLD = ' class="cst-told" role="table"'
_ROLES = (' role="row"', ' role="rowheader"', ' role="cell"')


@dataclass(frozen=True)
class Table:
    """A table that prints as text and shows itself as HTML.

    Parameters
    ----------
    title
        What the table is, in a few words; a screen reader hears it first.
    columns
        The heads.
    rows
        The cells, as text, one tuple for each row; the first cell names the row.
    notes
        Sentences under the table.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def searchable(self, rows: int = 25) -> Any:
        """Return the table with a box to search in, heads to sort by, and pages of rows.

        Parameters
        ----------
        rows
            How many there are on a page at first.

        Raises
        ------
        MissingPartError
            When itables is not installed.
        """
        return searchable(self, rows)

    def __repr__(self) -> str:
        return "\n".join([self.title, *text_lines(self.columns, self.rows), *self.notes])

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": card(html_table(self))}


def table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], notes: Iterable[str] = ()
) -> Table:
    """Return a table from any cells; each becomes the text that ``str`` gives."""
    cells = tuple(tuple(str(cell) for cell in row) for row in rows)
    return Table(title, tuple(columns), cells, tuple(notes))


def text_lines(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table in plain text; a long cell goes on under itself.

    Where many columns make a line too long for a page, cells go on earlier; where that does not
    do, the last columns stand under the first ones, with the names of the rows once more.
    """
    lines = (columns, *rows)
    for widest in WIDEST:
        wrapped, widths = _in_columns(lines, widest)
        if sum(widths) + 2 * len(widths) <= PAGE:
            return _text_table(wrapped, widths)
    parts = (_in_columns(part, WIDEST[-1]) for part in _parts(lines, widths))
    return [line for part in parts for line in ("", *_text_table(*part))][1:]


def _parts(
    lines: Sequence[Sequence[str]], widths: Sequence[int]
) -> Iterator[list[tuple[str, ...]]]:
    """Return the first column with as many others as fit a page, until all have stood there."""
    place = 1
    while place < len(widths):
        last = place + 1
        while last < len(widths) and sum(widths[place : last + 1]) <= _room(widths, last - place):
            last += 1
        yield [(line[0], *line[place:last]) for line in lines]
        place = last


def _room(widths: Sequence[int], more: int) -> int:
    """Return the characters left of a page for columns beside the first and the gaps."""
    return PAGE - widths[0] - 2 * (more + 2)


def _text_table(wrapped: Sequence[Sequence[Sequence[str]]], widths: Sequence[int]) -> list[str]:
    head, *body = [_text_row(line, widths) for line in wrapped]
    rule = "  " + "  ".join("-" * width for width in widths)
    return [*head, rule, *(line for row in body for line in row)]


def _in_columns(
    lines: Iterable[Sequence[str]], widest: int
) -> tuple[list[list[list[str]]], list[int]]:
    """Return the cells of each line, cut so that none is wider, and how wide each column is."""
    wrapped = [[_wrapped(cell, widest) for cell in line] for line in lines]
    return wrapped, [max(map(len, chain(*column))) for column in zip(*wrapped, strict=True)]


def _wrapped(cell: str, widest: int) -> list[str]:
    return wrap(cell, widest, break_long_words=False, break_on_hyphens=False) or [""]


def _text_row(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    lines = zip_longest(*cells, fillvalue="")
    padded = (zip(line, widths, strict=True) for line in lines)
    return ["  " + "  ".join(text.ljust(w) for text, w in line).rstrip() for line in padded]


def html_table(shown: Table) -> str:
    """Return one table as HTML with its caption, its heads and the notes under it.

    On a phone a table too wide for it is told row by row, each cell after its head, so that the
    reason in the last column is not out of sight; roles keep it a table for a screen reader. On
    wider pages such a table stands in a box that scrolls where it must.
    """
    told = _wide(shown)
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in shown.columns)
    body = "".join(_row(shown.columns, row, told) for row in shown.rows)
    notes = "".join(f'<p class="cst-quiet">{_text(note)}</p>' for note in shown.notes)
    drawn = (
        f"<table{_TOLD if told else ''}><caption>{escape(shown.title)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )
    return f"{scrolling(drawn, shown.title) if told else drawn}{notes}"


def _wide(shown: Table) -> bool:
    """Say whether a table is wider than a phone; two columns never are, since cells go on."""
    columns = zip(shown.columns, *shown.rows, strict=True)
    together = sum(max(map(len, column)) + 1 for column in columns)
    return len(shown.columns) > 2 and together > NARROW


def scrolling(html: str, name: str) -> str:
    """Return a box that scrolls what is wider than the page, by keyboard as well.

    The keyboard must be able to reach it, and a screen reader to name it; a shade at its edge says
    that there is more.
    """
    named = f'tabindex="0" role="group" aria-label="{escape(name)}"'
    return f'<div class="cst-wide" {named}>{html}</div>'


def _row(heads: Sequence[str], row: Sequence[str], told: bool) -> str:
    role, of_first, of_cell = _ROLES if told else ("", "", "")
    first = f'<th scope="row"{of_first}>{_text(row[0])}</th>'
    pairs = zip(heads[1:], row[1:], strict=True)
    cells = (_cell(text, f'{of_cell} data-head="{escape(h)}"' * told) for h, text in pairs)
    return f"<tr{role}>{first}{''.join(cells)}</tr>"


def _cell(text: str, more: str) -> str:
    kind = "cst-quiet" if text in SILENT else "cst-long" if len(text) > LONG else ""
    more += f' class="{kind}"' if kind else ""
    return f"<td{more}>{_text(text)}</td>"


def _text(text: str) -> str:
    """Return a cell's text as HTML in which no code and no day is broken over two lines."""
    return _CODE.sub(r'<span class="cst-code">\1</span>', escape(text))


def card(*parts: str) -> str:
    """Return pieces of HTML as one card with the wing's style."""
    return f'{STYLE}<div class="cst-card">{"".join(parts)}</div>'
