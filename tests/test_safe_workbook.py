"""A workbook is refused before it can fill the memory, and a broken one is called broken."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools.errors import FileError
from cstools.safe_workbook import check_workbook


def book(*cells):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        rows = "".join(f'<c r="{cell}"/>' for cell in cells)
        parts.writestr("xl/worksheets/sheet1.xml", f"<sheetData>{rows}</sheetData>")
    return made.getvalue()


def test_a_sheet_of_a_million_rows_is_read_and_one_with_all_columns_is_not():
    check_workbook(book("A1", "P1048576"))
    with pytest.raises(FileError) as caught:
        check_workbook(book("A1", "AB1048576"))
    assert str(caught.value) == (
        "a sheet in it has 1,048,576 rows and 28 columns, most of them empty; delete the rows and "
        "columns around the table and save it again"
    )


def test_the_farthest_row_and_the_farthest_column_count_together():
    with pytest.raises(FileError):
        check_workbook(book("A1048576", "XFD1"))


@given(st.floats(0, 1), st.integers(0, 255))
def test_a_broken_archive_is_whole_or_called_broken(where, byte):
    raw = bytearray(book("A1"))
    raw[int(where * (len(raw) - 1))] = byte
    with contextlib.suppress(zipfile.BadZipFile, FileError):
        check_workbook(bytes(raw))


def test_an_archive_of_a_later_kind_is_called_broken():
    raw = bytearray(book("A1"))
    raw[raw.index(b"PK\x01\x02") + 6] = 64  # the version that is needed to unpack it
    with pytest.raises(zipfile.BadZipFile):
        check_workbook(bytes(raw))
