"""The rows of a CSV text in which each line is a row, cut without a reader of CSV.

A million lines are cut in a second; the reader takes five. Where a line may not be a row (a cell
of it has two lines) nothing is answered here, and the file is to be read by ``spreadsheet``.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from itertools import repeat


def rows_of_lines(text: str, delimiter: str, count: int = -1) -> list[list[str]] | None:
    """Return the cells of each line, or ``None`` where a line may not be a row.

    With a ``count`` of cells, what follows so many in a line may be one cell more.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.removesuffix(end).split(end)
    if text.count("\r") + text.count("\n") != text.count(end) * len(end):
        return None
    if max(map(len, lines)) > csv.field_size_limit():
        return None
    rows = list(map(str.split, lines, repeat(delimiter), repeat(count)))
    if '"' in text:
        quoted = [place for place, line in enumerate(lines) if '"' in line]
        read = _read([lines[place] for place in quoted], delimiter)
        if len(read) < len(quoted):
            return None
        for place, row in zip(quoted, read, strict=True):
            rows[place] = row
    return rows


def _read(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    """Return the rows that a reader of CSV finds, or none where the last one has no end."""
    try:
        return list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return []
