"""A table as a terminal can show it: narrower columns first, and one under the other at last.

Where nothing says how wide it is (a pipe, a file), a table has the lines that it has in a
notebook.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cstools.cohorts.basics.tables import Table

_LEAST = 12  # letters; a column of sentences gets no narrower


def terminal_width() -> int | None:
    """Return how many letters a line of the terminal has, ``None`` where it is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def tables_of(thing: object) -> list[Table]:
    """Return the tables that a value shows itself with; none, where it shows itself as text."""
    from cstools.cohorts.basics.tables import Table

    if isinstance(thing, Table):
        return [thing]
    if several := getattr(thing, "_shown", None):
        return list(several())
    one = getattr(thing, "_table", None) or getattr(thing, "table", None)
    return [one()] if callable(one) else []


def lines_of(table: Table, width: int | None) -> list[str]:
    """Return the lines of a table, none longer than ``width`` if its longest word is not."""
    whole = repr(table).splitlines()
    if width is None or max(map(len, whole)) <= width:
        return whole
    notes = [line for note in table.notes for line in wrapped(note, width)]
    return [*wrapped(table.title, width), *_body(table, width), *notes]


def _body(table: Table, width: int) -> list[str]:
    lines = [table.columns, *table.rows]
    widths = _narrowed(lines, width)
    if widths is None:
        return [line for row in table.rows for line in _record(table.columns, row, width)]
    head, *rows = [_side_by_side(line, widths) for line in lines]
    rule = "  " + "  ".join("-" * each for each in widths)
    return [*head, rule, *(line for row in rows for line in row)]


def _narrowed(lines: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """Return widths that fit, taken from the widest column first; ``None`` where none do."""
    columns = list(zip(*lines, strict=True))
    widths = [max(map(len, cells)) for cells in columns]
    least = [
        min(own, max(_LEAST if own > _LEAST else own, _longest_word(cells)))
        for own, cells in zip(widths, columns, strict=True)
    ]
    room = width - 2 * len(widths)
    if sum(least) > room:
        return None
    while sum(widths) > room:
        widest = max(range(len(widths)), key=lambda k: (widths[k] - least[k], widths[k]))
        widths[widest] -= 1
    return widths


def _longest_word(cells: Sequence[str]) -> int:
    return max((len(word) for cell in cells for word in cell.split()), default=0)


def _side_by_side(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    parts = [wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    rows = zip_longest(*parts, fillvalue="")
    padded = (zip(row, widths, strict=True) for row in rows)
    return ["  " + "  ".join(text.ljust(width) for text, width in row).rstrip() for row in padded]


def _record(heads: Sequence[str], row: Sequence[str], width: int) -> list[str]:
    """Return one row as a block: its first cell, and the others under it with their heads."""
    first, *others = row
    told = [f"{head}: {cell}" for head, cell in zip(heads[1:], others, strict=True) if cell]
    parts = [line for text in told for line in wrapped(text, width, "    ", "      ")]
    return [*wrapped(f"{heads[0]}: {first}", width, "  ", "    "), *parts]


def wrapped(text: str, width: int, first: str = "", others: str = "") -> list[str]:
    """Return the lines of a text, broken at blanks alone: a code or an address stays whole."""
    return wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]
