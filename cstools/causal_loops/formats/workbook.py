"""A map in a workbook (XLSX): Kumu's sheets Elements, Connections and Loops, or one table."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from cstools.causal_loops.formats import kumu, matrix, tables
from cstools.causal_loops.formats.said import MapSaid
from cstools.errors import FileError, MissingPartError

_LARGEST = 100_000_000  # bytes when unpacked; a bomb of zeros is small until it is opened
_SHEETS = ("elements", "connections", "loops")


def read(path: Path) -> MapSaid:
    """Return the map in a workbook.

    Raises
    ------
    FileError
        When it is no workbook, too large when unpacked, or a row makes no sense.
    MissingPartError
        When ``python-calamine``, which opens workbooks, is not installed.
    """
    sheets = _sheets(path)
    if "connections" in sheets:
        return kumu.said_by(*(list(_rows(sheets.get(name, []), name[:-1])) for name in _SHEETS))
    first = next((rows for rows in sheets.values() if rows), [])
    text = tables.table(first)
    if not tables.recognises(text) and matrix.recognises(text):
        return matrix.said_by(first)
    return tables.said_by(first)


def _rows(rows: Sequence[Sequence[str]], one: str) -> Iterator[tuple[str, dict[str, Any]]]:
    head = [cell.strip().lower() for cell in (rows[0] if rows else ())]
    for number, row in enumerate(rows[1:], start=2):
        filled = {name: cell for name, cell in zip(head, row, strict=False) if cell.strip()}
        if filled:
            yield f"{one} in row {number}", filled


def _sheets(path: Path) -> dict[str, list[list[str]]]:
    try:
        import python_calamine
    except ImportError:
        raise MissingPartError(
            "to read a workbook, python-calamine is needed, and it is not installed; "
            "save the sheet as CSV and read that, or: pip install 'cstools[planner]'"
        ) from None
    try:
        with zipfile.ZipFile(path) as parts:
            size = sum(part.file_size for part in parts.infolist())
        if size > _LARGEST:
            raise FileError(f"it has more than {_LARGEST // 10**6} MB when unpacked")
        book = python_calamine.CalamineWorkbook.from_path(path)
        return {
            name.strip().lower(): [
                [_text(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()
            ]
            for name in book.sheet_names
        }
    except (zipfile.BadZipFile, python_calamine.CalamineError, OSError, ValueError) as error:
        if isinstance(error, FileError):
            raise
        raise FileError("it is no workbook, or not a whole one; save it again as XLSX") from None


def _text(cell: Any) -> str:
    return f"{cell:g}" if isinstance(cell, float) else str(cell)
