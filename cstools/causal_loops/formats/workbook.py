"""A map in a workbook (XLSX): Kumu's sheets of elements and of connections, or one table.

Kumu knows a sheet by its first row: ``Label`` first for elements, ``From`` and ``To`` for
connections; two empty rows begin a new part of a sheet, a bar in a cell of ``To`` stands between
several elements, and a sheet with ``(ignore)`` in its name is passed over
(``docs.kumu.io/guides/import/import``). Kumu's workbooks have no loops, so that ours keep the names
of loops in such a sheet.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from cstools.causal_loops.formats import kumu, matrix, tables
from cstools.causal_loops.formats.said import MapSaid, number_as_text
from cstools.causal_loops.notation import LoopTitle
from cstools.errors import FileError, MissingPartError, brief
from cstools.safe_workbook import check_workbook

_LONGEST_CELL = 32_767  # letters; a workbook's own limit
_LOOPS, _IGNORED = "Loops (ignore)", "(ignore)"
_ELEMENTS = ("Label", "Lens", "X", "Y")
_CONNECTIONS = ("From", "To", "Type", "Direction", "Delayed", "Description", "Source")

_Rows = list[list[str]]
_Part = tuple[str, _Rows, int]


def read(content: bytes) -> MapSaid:
    """Return the map in the bytes of a workbook.

    Raises
    ------
    FileError
        When it is no workbook, too large when unpacked, or a row makes no sense.
    MissingPartError
        When ``python-calamine``, which opens workbooks, is not installed.
    """
    sheets = _sheets(content)
    parts = [part for name, rows in sheets.items() for part in _parts(name, rows)]
    if not any(_is_connections(rows) for _, rows, _ in parts):
        first = next((rows for rows in sheets.values() if rows), [])
        text = tables.table(first)
        if not tables.recognises(text) and matrix.recognises(text):
            return matrix.said_by(first)
        return tables.said_by(first)
    elements = [row for part in parts if _is_elements(part[1]) for row in _rows(part, "element")]
    labels = {row.get("label", "") for _, row in elements}
    connections = [
        single
        for part in parts
        if _is_connections(part[1])
        for row in _rows(part, "connection")
        for single in tables.singly(row, labels)
    ]
    loops = [row for part in parts if part[0] == "loops" for row in _rows(part, "loop")]
    said = kumu.said_by(elements, connections, loops)
    return replace(said, titles=(*said.titles, *_titles(sheets.get(_LOOPS.lower(), []))))


def _parts(sheet: str, rows: _Rows) -> Iterator[_Part]:
    """Yield the parts of a sheet that has not to be ignored: its name, rows and first row."""
    if _IGNORED in sheet:
        return
    begin = 0
    for number in range(2, len(rows)):
        blank = not any(map(str.strip, [*rows[number - 1], *rows[number - 2]]))
        if blank and (_is_elements(rows[number:]) or _is_connections(rows[number:])):
            yield sheet, rows[begin:number], begin
            begin = number
    yield sheet, rows[begin:], begin


def _head(rows: _Rows) -> list[str]:
    return [cell.strip().lower() for cell in (rows[0] if rows else ())]


def _is_elements(rows: _Rows) -> bool:
    return "label" in _head(rows) and not _is_connections(rows)


def _is_connections(rows: _Rows) -> bool:
    return {"from", "to"} <= {*_head(rows)}


def _rows(part: _Part, one: str) -> Iterator[tuple[str, dict[str, Any]]]:
    _, rows, begin = part
    head = _head(rows)
    for number, row in enumerate(rows[1:], start=begin + 2):
        filled = {name: cell for name, cell in zip(head, row, strict=False) if cell.strip()}
        if filled:
            yield f"{one} in row {number}", filled


def _titles(rows: _Rows) -> Iterator[LoopTitle]:
    for number, row in enumerate(rows[1:], start=2):
        variables = tuple(cell for cell in row[1:] if cell.strip())
        if variables:
            yield LoopTitle(row[0], variables, f"loop in row {number}")


def _sheets(content: bytes) -> dict[str, _Rows]:
    try:
        import python_calamine
    except ImportError:
        raise MissingPartError(
            "to read a workbook, python-calamine is needed, and it is not installed; "
            "save the sheet as CSV and read that, or: pip install 'cstools[planner]'"
        ) from None
    try:
        check_workbook(content)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
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
    return number_as_text(cell) if isinstance(cell, float) else str(cell)


# --- writing ------------------------------------------------------------------------------------


def write(said: MapSaid) -> bytes:
    """Return a workbook that Kumu imports; lens and places are fields of your own there.

    Every cell is text, so that no name becomes a formula.

    Raises
    ------
    FileError
        When a cell would have more letters than a workbook can hold.
    MissingPartError
        When ``xlsxwriter``, which writes workbooks, is not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise MissingPartError(
            "to write a workbook, xlsxwriter is needed, and it is not installed; "
            "write the map as .csv or .json, or: pip install 'cstools[planner]'"
        ) from None
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, rows in _written(said).items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell:
                        sheet.write_string(number, column, _checked(cell))
    return content.getvalue()


def _written(said: MapSaid) -> dict[str, list[Sequence[str]]]:
    elements = [
        (v.name, v.lens, *(repr(c) for c in said.places.get(v.name, ()))) for v in said.variables
    ]
    connections = [
        (
            link.cause,
            link.effect,
            link.polarity,
            "directed",
            "yes" if link.delayed else "",
            link.reason,
            link.source,
        )
        for link in said.links
    ]
    sheets: dict[str, list[Sequence[str]]] = {
        "Elements": [_ELEMENTS, *elements],
        "Connections": [_CONNECTIONS, *connections],
        _LOOPS: [("Loop", "Variables"), *((x.title, *x.variables) for x in said.titles)],
    }
    return sheets if said.titles else {k: rows for k, rows in sheets.items() if k != _LOOPS}


def _checked(cell: str) -> str:
    if len(cell) > _LONGEST_CELL:
        raise FileError(
            f"no cell of a workbook holds '{brief(cell)}', which has more than {_LONGEST_CELL:,} "
            "letters; write the map as .csv or .json"
        )
    return cell
