"""Spreadsheets come in and go out as text: ``02139`` and ``NA`` stay what they are.

Reading turns no text into a number, a date or a gap. Writing turns no text into a formula: XLSX
cells are written as text, and a CSV cell that a spreadsheet would take for a formula gets an
apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import python_calamine
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from cstools.cohorts.basics.files import not_there, place_of
from cstools.errors import FileError
from cstools.safe_workbook import check_workbook
from cstools.spreadsheet_text import guarded

Row = tuple[str, ...]
_TEXT = (".csv", ".tsv", ".txt")
_FIRST_LINES, _BEGINNING = 10, 100_000
_NO_DATE = datetime(2000, 1, 1)
_DELIMITERS = (",", ";", "\t")
_TOLD_DELIMITER = re.compile(r"^\"?sep=([,;\t])\"?$")  # a line that Excel writes and understands


def read_rows(
    path: str | Path, encoding: str | None = None, *, or_else: str = ""
) -> tuple[tuple[int, Row], ...]:
    """Return the rows of a CSV or XLSX file with their numbers, blank rows left out.

    Rows are numbered as the spreadsheet program numbers them: the head is row 1.

    Parameters
    ----------
    encoding
        How the letters of a CSV file are written, where it is not UTF-8.
    or_else
        What else may be done about a file in another encoding, for the message.

    Raises
    ------
    FileError
        When the file is not there, is empty, is of another kind or cannot be read.
    """
    path = place_of(path)
    if not path.is_file():
        raise not_there(f"'{path.name}'", path)
    if path.stat().st_size == 0:
        raise FileError(f"'{path.name}' is empty; download the answers again")
    kind = path.suffix.lower()
    if kind not in (*_TEXT, ".xlsx"):
        raise FileError(
            f"'{path.name}' is neither CSV nor XLSX; download the answers as one of them"
        )
    rows = _xlsx_rows(path) if kind == ".xlsx" else _csv_rows(path, _text(path, encoding, or_else))
    numbered: Iterable[tuple[int, Row]] = enumerate(rows, start=1)
    if not all(map(str.strip, map("".join, rows))):  # a million rows are mostly filled
        numbered = filter(lambda row: "".join(row[1]).strip(), numbered)
    numbered = tuple(numbered)
    if not numbered:
        raise FileError(f"'{path.name}' has no filled row; download the answers again")
    return numbered


def text_of(path: Path) -> tuple[str, str]:
    """Return the text of a CSV file and what parts its cells; no text where it cannot be read.

    Why it cannot :func:`read_rows` tells.
    """
    if not path.is_file() or path.suffix.lower() not in _TEXT:
        return "", _DELIMITERS[0]
    try:
        text = _text(path, None, "")
    except FileError:
        return "", _DELIMITERS[0]
    return text, _parted(text)[0]


def _parted(text: str) -> tuple[str, bool]:
    """Return what parts the cells of a text, and whether its first line says so."""
    first = text[:_BEGINNING].splitlines()[:_FIRST_LINES] or [""]
    told = _TOLD_DELIMITER.match(first[0])
    return (told[1], True) if told else (_delimiter(first), False)


def _csv_rows(path: Path, text: str) -> list[Row]:
    delimiter, told = _parted(text)
    try:
        reader = csv.reader(io.StringIO(text, ""), delimiter=delimiter, strict=True)
        rows = list(map(tuple, reader))
        return [(), *rows[1:]] if told else rows
    except csv.Error as error:
        raise FileError(
            f"'{path.name}' is not a whole CSV file ({error}); download it again"
        ) from None


def _delimiter(lines: Sequence[str]) -> str:
    """Return what parts the cells of the first line that has several; titles above it have none."""
    for line in lines:
        likely = max(_DELIMITERS, key=line.count)
        if line.count(likely) > 1:
            return likely
    return max(_DELIMITERS, key=lines[0].count)


def _text(path: Path, encoding: str | None, or_else: str) -> str:
    raw = path.read_bytes()
    utf16 = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    named = "utf-16" if utf16 else encoding or "utf-8-sig"
    try:
        text = raw.decode(named)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        told = "UTF-8" if named == "utf-8-sig" else named
        raise FileError(
            f"'{path.name}' is not {told} text (line {line}); save it as 'CSV UTF-8', or as XLSX"
            f"{or_else}"
        ) from None
    if "\x00" in text:
        raise FileError(f"'{path.name}' is no text file; save it as 'CSV UTF-8', or as XLSX")
    return text


def _xlsx_rows(path: Path) -> list[Row]:
    try:
        check_workbook(path.read_bytes())
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        sheet = book.get_sheet_by_index(0)
        rows = [_as_texts(row) for row in sheet.to_python(skip_empty_area=False)]
    except FileError as error:
        raise FileError(f"'{path.name}' cannot be read: {error}") from None
    except (zipfile.BadZipFile, python_calamine.CalamineError, OSError, ValueError):
        raise FileError(
            f"'{path.name}' is no XLSX file; open it and save it as XLSX again"
        ) from None
    return rows


def _as_texts(row: Sequence[object]) -> Row:
    """Return a row as texts; an empty one quickly, for a sheet can have a million of them."""
    return () if row.count("") == len(row) else tuple(_as_text(cell) for cell in row)


def _as_text(cell: object) -> str:
    """Return an XLSX cell as the text that stands in the sheet, without a ``.0`` at its end."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def write_rows(path: str | Path, rows: Iterable[Sequence[str]]) -> Path:
    """Write rows of text to a CSV or XLSX file, whole or not at all, and return its path.

    Raises
    ------
    FileError
        When the name says another kind of file, or it cannot be written there.
    """
    path = place_of(path)
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise FileError(
            f"'{path.name}' is neither CSV nor XLSX; write a name such as '{path.stem}.xlsx'"
        )
    folder = path.resolve().parent
    if not folder.is_dir():
        raise FileError(
            f"'{path.name}' cannot be written: there is no folder '{folder.name}'; make it first"
        )
    part = path.with_name(f".{path.name}.part")
    try:
        if path.suffix.lower() == ".xlsx":
            _write_xlsx(part, rows)
        else:
            _write_csv(part, rows)
        part.replace(path)
    except (OSError, FileCreateError) as error:
        told = f"'{path.name}' cannot be written in the folder '{folder.name}'"
        raise FileError(f"{told} ({error}); is it open in another program?") from None
    finally:
        part.unlink(missing_ok=True)
    return path


def _write_xlsx(path: Path, rows: Iterable[Sequence[str]]) -> None:
    options = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": _NO_DATE})  # the same rows are the same file, byte by byte
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                wrong = sheet.write_string(number, place, cell, bold if number == 0 else None)
                if wrong:
                    told = f"row {number + 1}, column {place + 1} is more than a sheet can hold"
                    raise FileError(f"{told}, of rows or of letters in a cell; write a CSV file")
        sheet.freeze_panes(1, 0)
        sheet.autofit()


def _write_csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([guarded(cell) for cell in row] for row in rows)
