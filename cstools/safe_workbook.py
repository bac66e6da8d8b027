"""A workbook is looked at before it is read: a small file can ask for more memory than there is.

An XLSX file is an archive. It can unpack to any size, and a reader makes room for every cell from
the first to the farthest: one forgotten blank in the last row of the last column is 17 thousand
million cells, and the program that reads them ends without a word.
"""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator

from cstools.errors import FileError

LARGEST = 100 * 10**6  # bytes of an unpacked workbook
MOST_CELLS = 20 * 10**6
_CELL = re.compile(rb"""\sr=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_NOT_WHOLE = (
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    zlib.error,
)


def check_workbook(content: bytes) -> None:
    """Look whether a workbook can be read without filling the computer's memory.

    Raises
    ------
    zipfile.BadZipFile
        When it is no archive, or not a whole one.
    FileError
        When it is larger than any table of people or links; the message has no name of a file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST:
                raise FileError(f"it has more than {LARGEST // 10**6} MB when unpacked")
            for text in _sheets(parts):
                _check_sheet(text)
    except FileError:
        raise
    except _NOT_WHOLE as error:
        raise zipfile.BadZipFile(str(error)) from None


def _sheets(parts: zipfile.ZipFile) -> Iterator[bytes]:
    for part in parts.infolist():
        if "worksheets/" in part.filename and part.filename.endswith(".xml"):
            with parts.open(part) as file:
                yield file.read(LARGEST + 1)  # a part can be longer than it says


def _check_sheet(text: bytes) -> None:
    rows, columns = 0, 0
    for found in _CELL.finditer(text):
        rows, columns = max(rows, int(found[2])), max(columns, _number(found[1]))
    if rows * columns > MOST_CELLS:
        raise FileError(
            f"a sheet in it has {rows:,} rows and {columns:,} columns, most of them empty; delete "
            "the rows and columns around the table and save it again"
        )


def _number(letters: bytes) -> int:
    """Return the number of a column: 1 for A, 28 for AB."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
