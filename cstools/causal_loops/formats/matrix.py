"""An adjacency matrix: causes in the rows, effects in the columns, a sign in each cell.

How it can mislead: others, among them the press prediction of this package, have the causes in the
columns. A corner that says so, as ``effect / cause``, is believed; without a corner the rows act.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cstools.causal_loops.formats.said import MapSaid, Reading, sign_in
from cstools.causal_loops.formats.tables import (
    Row,
    rows_of,
    table,
    with_apostrophe,
    without_apostrophe,
)
from cstools.errors import FileError, brief
from cstools.names import key

_EFFECTS_IN_ROWS = re.compile(r"\s*(effects?|to|targets?)\b.*\b(causes?|from|sources?)\s*", re.I)
_CORNER = "cause / effect"
_NUMBER = re.compile(r"[+\-−]?\d*\.?\d+")


def recognises(text: str) -> bool:
    """Say whether a table names the same variables in its first row and its first column."""
    rows = _rows(text)
    return bool(rows) and [*map(key, rows[0][1:])] == [key(row[0]) for row in rows[1:]]


def read(text: str) -> MapSaid:
    """Return the map in a square table with names; see :func:`said_by`."""
    return said_by(_rows(text))


def said_by(rows: Sequence[Row]) -> MapSaid:
    """Return the map in the rows of a matrix.

    A cell is empty or ``0`` where there is no link, and else a sign, a number of that sign or
    ``?``, perhaps with the word ``delayed``; two links stand with ``&`` between them. Without
    names, the variables are numbered.

    Raises
    ------
    FileError
        When the matrix is not square, or a cell is no sign; its row and column are named.
    """
    reading = Reading()
    names, cells, turned = _parted(rows)
    for number, name in enumerate(names, start=1):
        reading.variable(name, f"name {number}")
    for cause, row in zip(names, cells, strict=True):
        for effect, cell in zip(names, row, strict=True):
            if not cell.strip("\t 0"):
                continue
            ends = (effect, cause) if turned else (cause, effect)
            where = f"row '{brief(cause, 40)}', column '{brief(effect, 40)}'"
            for part in cell.split("&"):
                words = part.split()
                delayed = len(words) > 1 and words[-1].lower() == "delayed"
                sign = " ".join(words[:-1] if delayed else words)
                if sign and not _is_nothing(sign):
                    reading.link(*ends, sign_in(sign, where), where, delayed)
    return reading.said()


def _is_nothing(sign: str) -> bool:
    return _NUMBER.fullmatch(sign) is not None and not sign.strip("+-−0.")


def _parted(rows: Sequence[Row]) -> tuple[list[str], list[list[str]], bool]:
    """Return the names, the cells, and whether the effects are in the rows."""
    if all(_NUMBER.fullmatch(cell.strip()) for row in rows for cell in row):
        names, turned = [f"variable {i}" for i in range(1, len(rows) + 1)], False
        cells = [list(row) for row in rows]
    else:
        names = [without_apostrophe(cell) for cell in rows[0][1:]]
        firsts = [without_apostrophe(row[0]) for row in rows[1:]]
        turned = _EFFECTS_IN_ROWS.fullmatch(rows[0][0]) is not None
        cells = [list(row[1:]) for row in rows[1:]]
        if [*map(key, firsts)] != [*map(key, names)]:
            raise FileError(
                "a matrix has the same variables in its first row and its first column, in the "
                "same order; here they differ"
            )
    for number, row in enumerate(cells, start=1):
        if len(row) != len(names):
            raise FileError(
                f"a matrix has as many columns as rows; its row {number} has {len(row)} values, "
                f"and there are {len(names)} variables"
            )
    if len({*map(key, names)}) < len(names):
        raise FileError("a matrix names each variable once; here a name stands twice")
    return names, cells, turned


def _rows(text: str) -> list[list[str]]:
    words = [line.split() for line in text.splitlines() if line.strip()]
    if all(_NUMBER.fullmatch(word) for row in words for word in row):
        return words
    return rows_of(text)


def write(said: MapSaid) -> str:
    """Return the matrix with the causes in the rows."""
    names = [variable.name for variable in said.variables]
    cells: dict[tuple[str, str], list[str]] = {}
    for link in said.links:
        words = [link.polarity, "delayed"] if link.delayed else [link.polarity]
        cells.setdefault((link.cause, link.effect), []).append(" ".join(words))
    rows = [
        [with_apostrophe(cause), *(" & ".join(cells.get((cause, name), ())) for name in names)]
        for cause in names
    ]
    return table([[_CORNER, *map(with_apostrophe, names)], *rows])
