"""Whatever a file holds, reading it ends with people or with a sentence, and no half is taken."""

import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cstools.cohorts import check_applications, read_applications
from cstools.cohorts.applying.applications import Applications
from cstools.cohorts.applying.columns import COLUMNS
from cstools.cohorts.made_up.synthetic import synthetic_applications
from cstools.cohorts.made_up.synthetic_cohorts import synthetic_cohort
from cstools.errors import CstoolsError
from cstools.safe_workbook import LARGEST

KINDS = st.sampled_from(["form.csv", "form.tsv", "form.txt", "form.xlsx"])
MAPPINGS = st.fixed_dictionaries(
    {},
    optional={
        "date_order": st.sampled_from(["day first", "month first"]),
        "duplicates": st.sampled_from(["keep the last", "keep the first"]),
        "dates_as_numbers": st.sampled_from(["since 1900", "since 1904"]),
        "head_row": st.integers(1, 5),
        "encoding": st.sampled_from(["Windows-1252", "Windows-1250", "Mac Roman", "Shift JIS"]),
    },
)
FILES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
MADE = synthetic_cohort(7)
TITLES = st.sampled_from([column.title for column in COLUMNS])
ANSWERS = st.sampled_from(
    [cell for row in synthetic_applications(5) for cell in row]
    + ["", "=1+1", "46098.5", "99999", "3/4/2026", "1/1/0001", "٣/٤/2026", "²", "Mon 9-9", "²³-5"]
)
CELLS = ANSWERS | st.text(max_size=8)


def read(tmp_path, name, content, mapping=None):
    """Return what comes of a file: applications, or a sentence without a traceback."""
    path = tmp_path / name
    path.write_bytes(content)
    try:
        return read_applications(path, mapping)
    except CstoolsError:
        return None


def damaged(content, changes):
    """Return bytes with some of them changed, put in or left out."""
    raw = bytearray(content)
    for where, byte, way in changes:
        place = int(where * (len(raw) - 1))
        if way == "cut":
            del raw[place:]
        elif way == "put in":
            raw.insert(place, byte)
        elif raw:
            raw[place] = byte
        if len(raw) < 2:
            break
    return bytes(raw)


CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1), st.integers(0, 255), st.sampled_from(["change", "put in", "cut", "change"])
    ),
    min_size=1,
    max_size=8,
)


@FILES
@given(name=KINDS, content=st.binary(max_size=300), mapping=MAPPINGS)
def test_any_bytes_give_a_sentence(tmp_path, name, content, mapping):
    assert read(tmp_path, name, content, mapping) is None


@FILES
@given(
    head=st.lists(TITLES | st.text(max_size=6), max_size=16),
    rows=st.lists(st.lists(CELLS, max_size=16), max_size=4),
    delimiter=st.sampled_from(",;\t"),
    mapping=MAPPINGS,
)
def test_any_cells_give_people_or_a_sentence(tmp_path, head, rows, delimiter, mapping):
    text = "\n".join(delimiter.join(row) for row in [head, *rows])
    found = read(tmp_path, "form.csv", text.encode("utf-8", "replace"), mapping)
    assert found is None or isinstance(found, Applications)


@FILES
@given(place=st.integers(0, len(COLUMNS) - 1), cell=CELLS, mapping=MAPPINGS)
def test_any_answer_in_a_good_form_gives_everybody_or_nobody(tmp_path, place, cell, mapping):
    path = MADE.write(tmp_path / "good.csv")
    _, row, *_ = path.read_text(encoding="utf-8").splitlines()
    answers = [*MADE.rows[1]]
    answers[place] = cell
    quoted = ",".join('"' + c.replace('"', '""') + '"' for c in answers)
    content = path.read_text(encoding="utf-8").replace(row, quoted).encode("utf-8", "replace")
    found = read(tmp_path, "form.csv", content, mapping)
    assert found is None or len(found) in (len(MADE), len(MADE) - 1)  # one address twice is one


@FILES
@given(changes=CHANGES, mapping=MAPPINGS)
def test_a_damaged_text_gives_people_or_a_sentence(tmp_path, changes, mapping):
    content = MADE.write(tmp_path / "good.csv").read_bytes()
    found = read(tmp_path, "form.csv", damaged(content, changes), mapping)
    assert found is None or len(found) <= len(MADE) + len(changes)


@FILES
@given(changes=CHANGES, inside=st.booleans())
def test_a_damaged_workbook_gives_people_or_a_sentence(tmp_path, changes, inside):
    content = MADE.write(tmp_path / "good.xlsx").read_bytes()
    content = _damaged_inside(content, changes) if inside else damaged(content, changes)
    found = read(tmp_path, "form.xlsx", content, {"date_order": "month first"})
    assert found is None or isinstance(found, Applications)


def _damaged_inside(content, changes):
    """Return a workbook whose first sheet and texts are damaged, in an archive that is whole."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.namelist():
            raw = old.read(part)
            hit = part.endswith(("sheet1.xml", "sharedStrings.xml"))
            new.writestr(part, damaged(raw, changes) if hit else raw)
    return made.getvalue()


@pytest.mark.parametrize("name", ["form.csv", "form.xlsx"])
def test_a_check_says_what_reading_says(tmp_path, name):
    path = MADE.write(tmp_path / name)
    assert check_applications(path, {"date_order": "month first"}).passes
    assert len(read_applications(path, {"date_order": "month first"})) == len(MADE)


@pytest.mark.parametrize("where", [(1_048_575, 16_383), (1_048_575, 30)])
def test_a_forgotten_cell_far_away_is_told_and_fills_no_memory(tmp_path, where):
    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "Full name")
        sheet.write_string(*where, " ")
    with pytest.raises(CstoolsError) as caught:
        read_applications(path)
    assert str(caught.value) == (
        f"'form.xlsx' cannot be read: a sheet in it has 1,048,576 rows and {where[1] + 1:,} "
        "columns, most of them empty; delete the rows and columns around the table and save it "
        "again"
    )


def test_a_small_file_that_unpacks_to_a_large_one_is_told(tmp_path):
    path = tmp_path / "form.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * (LARGEST + 1))
    with pytest.raises(CstoolsError) as caught:
        read_applications(path)
    assert str(caught.value) == (
        "'form.xlsx' cannot be read: it has more than 100 MB when unpacked"
    )
