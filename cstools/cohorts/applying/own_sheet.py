"""A coordinator's own sheet: a row for each thing that happened on a day, taken whole or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from cstools.cohorts.applying.columns import readings
from cstools.cohorts.basics.files import place_of
from cstools.cohorts.basics.naming import unquoted
from cstools.cohorts.basics.spelling import folded, tidy
from cstools.cohorts.basics.spreadsheet import read_rows
from cstools.errors import CstoolsError, DataError

Value = TypeVar("Value")
_MOST = 3


@dataclass(frozen=True)
class Line:
    """One row: its number in the sheet, its day, and its cells by the name of their column."""

    number: int
    day: date
    cells: dict[str, str]


def taken(
    value: Value,
    path: str | Path,
    columns: Sequence[str],
    needed: Sequence[str],
    take: Callable[[Value, Line], Value],
) -> Value:
    """Return a value after every row of a sheet was taken, in order of their days.

    Parameters
    ----------
    value
        What the first row is given to.
    path
        A CSV or XLSX file with a column ``day``.
    columns, needed
        The columns that are read, and those that must be there.
    take
        Takes one row.

    Raises
    ------
    FileError
        When the file cannot be read.
    DataError
        When a row is wrong: at most three are told, by number, and none is taken.
    """
    file = place_of(path)
    lines, faults = _lines(file, columns, needed)
    for line in lines:
        try:
            value = take(value, line)
        except CstoolsError as error:
            faults.append(f"- row {line.number}: {unquoted(str(error), line.cells.values())}")
    if faults:
        count = "1 row is" if len(faults) == 1 else f"{len(faults)} rows are"
        more = [f"... and {len(faults) - _MOST} more"] if len(faults) > _MOST else []
        told = [f"{file.name}: {count} wrong, and no row was taken", *faults[:_MOST], *more]
        raise DataError("\n".join(told))
    return value


def day_in(cell: str) -> date:
    """Return the day that a cell means.

    Raises
    ------
    DataError
        When it is none, or could be two.
    """
    days = {moment.date() for moment in readings(cell).values()}
    if len(days) > 1:
        raise DataError(f"'{cell}' can be read in two orders; write it as 2026-04-03")
    return days.pop()


def _lines(
    file: Path, columns: Sequence[str], needed: Sequence[str]
) -> tuple[list[Line], list[str]]:
    """Return the rows in order of their days, and what is wrong with the days of others."""
    (_, head), *rows = read_rows(file)
    places = _places(head, columns, needed, file.name)
    lines: list[Line] = []
    faults: list[str] = []
    for number, row in rows:
        cells = {name: tidy(row[k]) if k < len(row) else "" for name, k in places.items()}
        try:
            lines.append(Line(number, day_in(cells["day"]), cells))
        except DataError as error:
            faults.append(f"- row {number}, day: {unquoted(str(error), cells.values())}")
    return sorted(lines, key=lambda line: (line.day, line.number)), faults


def _places(
    head: tuple[str, ...], columns: Sequence[str], needed: Sequence[str], file: str
) -> dict[str, int]:
    words = [folded(cell) for cell in head]
    for name in needed:
        if name not in words:
            raise DataError(
                f"{file}: there is no column '{name}'; the columns are {', '.join(columns)}"
            )
    return {name: words.index(name) for name in columns if name in words}
