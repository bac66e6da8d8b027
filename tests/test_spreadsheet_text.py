"""What strangers typed is text in every spreadsheet program, wherever its reader sees cells end."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools.spreadsheet_text import begins_formula, guarded

STARTS = "=+-@＝＋－＠"
TEXTS = st.text(st.sampled_from(STARTS + "\t\r\n ;,'\"a1\u200b\u00a0"), max_size=12)


def cells_as_read(text, delimiter):
    """Return every cell as a program sees it that parts rows by a delimiter of its own."""
    return [cell for row in csv.reader(io.StringIO(text, ""), delimiter=delimiter) for cell in row]


def as_csv(*cells):
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\u200b", "\t", "\r", "\n"])
def test_what_begins_a_formula_gets_an_apostrophe(before, start):
    assert guarded(f"{before}{start}1+1") in (f"'{before}{start}1+1", f"'{before}'{start}1+1")


@pytest.mark.parametrize(
    "text",
    ["", "Åse", "02139", "NA", "a-b", "ada@example.org", "Mon 9-11; Tue 10-12", "'=1+1", "はい"],
)
def test_other_text_stays_as_it_is(text):
    assert guarded(text) == text
    assert not begins_formula(text)


def test_a_formula_behind_a_semicolon_waits_for_a_reader_who_parts_cells_there():
    row = as_csv("P-1", guarded("a;=1+1;b"))
    assert cells_as_read(row, ";") == ["P-1,a", "'=1+1", "b"]


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_no_reader_finds_a_formula_in_guarded_cells(texts):
    written = as_csv("code", *map(guarded, texts))
    for delimiter in ",;\t":
        assert [c for c in cells_as_read(written, delimiter) if c.startswith(tuple(STARTS))] == []


@given(TEXTS)
def test_to_guard_twice_is_to_guard_once(text):
    assert guarded(guarded(text)) == guarded(text)
