"""No text that we write becomes a formula in somebody's spreadsheet program.

A CSV file has no kinds of cells: a program that opens it takes ``=1+1`` for something to work out,
and a formula can fetch pages and start programs. Names and answers are typed by strangers, so
every CSV file of text goes through :func:`guarded`. In an XLSX file a cell is written as text
instead, and stays as it is.
"""

from __future__ import annotations

import re

#: By which a formula begins; the wide forms are what a Japanese keyboard types.
_STARTS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_BLANK = r"[\s\u200b\ufeff]"
_BEGINS = re.compile(rf"[\t\r\n]|{_BLANK}*[{_STARTS}]")
# Where commas are decimal marks, programs part cells at semicolons, whatever quotes stand around
# them; a line that ends within a cell begins a new row there. So the rule holds after them too.
_WITHIN = re.compile(rf"([;\t\r\n](?:{_BLANK}|\")*)(?=[{_STARTS}])")


def begins_formula(cell: str) -> bool:
    """Say whether a spreadsheet program might take a cell of a CSV file for a formula."""
    return bool(_BEGINS.match(cell))


def guarded(cell: str) -> str:
    """Return a cell for a CSV file that no spreadsheet program takes for a formula.

    An apostrophe goes before what would begin one, as a person types it to say *text*; it is seen
    in programs that read CSV. A cell without such a beginning stays as it is.
    """
    inside = _WITHIN.sub(r"\1'", cell)
    return f"'{inside}" if begins_formula(cell) else inside
