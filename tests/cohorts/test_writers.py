"""Every file that the planner writes for a spreadsheet holds what people typed, and no formula."""

import ast
import csv
import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import cstools
from cstools import CausalLoopDiagram
from cstools.cohorts import Programme, read_applications
from cstools.cohorts.basics.spreadsheet import read_rows, write_rows
from cstools.cohorts.basics.tables import table
from cstools.cohorts.selection.roster import buddy_rows
from cstools.errors import DataError, FileError
from cstools.learning.grade_table import Row, as_csv

STARTS = tuple("=+-@＝＋－＠\t\r\n")
EVIL = (
    '=HYPERLINK("https://example.org/"&A1)',
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "  =1+1",
    "＝1+1",
    "a;=1+1;b",
)
HOUSE = Path(cstools.__file__).parent
#: Where rows become a file. Whoever adds a place guards its cells, and adds it to this test.
WRITERS = {
    "cohorts/basics/spreadsheet.py",  # roster, letters, buddies, guests, reminders
    "learning/grade_table.py",  # the gradebook
    "causal_loops/formats/tables.py",  # a map as CSV
    "causal_loops/formats/workbook.py",  # a map as XLSX
}
MARKS = ("csv.writer", "DictWriter", "Workbook", ".to_csv", ".to_excel")
MADE_UP_FORMS = {  # what strangers send us, with their formulas in it
    "cohorts/made_up/synthetic.py",
    "cohorts/made_up/synthetic_cohorts.py",
    "cohorts/made_up/synthetic_zoom.py",
}
HEAD = (
    "Full name,Email Address,Time zone,Languages,Site,Introductory workshop taken,Free hours,Team"
)


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    """People whose names, sites and teams would all be formulas."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD.split(","))
    for k, evil in enumerate(EVIL):
        mail, free = f"person{k}@example.org", "Mon-Fri 8-20"
        writer.writerow(
            [f"{evil} {k}", mail, "Europe/Copenhagen", "Danish", f"{evil} {k}", "Yes", free, evil]
        )
    path = tmp_path_factory.mktemp("evil") / "form.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    planned = Programme.load("master-practitioners-2026").plan("=1+1", secret="a phrase")
    cohort = planned.enrol(read_applications(path)).select(5, teams_whole=False)
    return cohort.pair_buddies(seed=1)


@pytest.fixture(scope="module")
def written(cohort, tmp_path_factory):
    """Every sheet that the planner writes of them, as CSV and as XLSX."""
    folder = tmp_path_factory.mktemp("written")
    reason = "a test of what is written"
    return [
        path
        for kind in ("csv", "xlsx")
        for path in (
            cohort.write(folder / f"roster.{kind}", reason),
            cohort.write_letters(folder / f"letters.{kind}", reason),
            write_rows(folder / f"buddies.{kind}", buddy_rows(cohort)),
        )
    ]


def cells_of(text, delimiter):
    return [cell for row in csv.reader(io.StringIO(text, ""), delimiter=delimiter) for cell in row]


def formulas_in(text):
    """Return what a program takes for a formula, wherever it sees cells end."""
    return [c for delimiter in ",;\t" for c in cells_of(text, delimiter) if c.startswith(STARTS)]


def test_no_csv_file_of_the_planner_holds_a_formula(written):
    files = [path for path in written if path.suffix == ".csv"]
    assert len(files) == 3
    for path in files:
        assert formulas_in(path.read_text(encoding="utf-8-sig")) == []
    assert "'+1+1" in files[0].read_text(encoding="utf-8-sig")


def test_an_xlsx_file_holds_what_people_typed(written):
    roster = next(path for path in written if path.name == "roster.xlsx")
    names = {row[-2] for _, row in read_rows(roster)}
    assert {f"{evil} {k}".strip() for k, evil in enumerate(EVIL)} <= names
    assert b"<f>" not in roster.read_bytes()


def test_no_gradebook_holds_a_formula():
    rows = [Row(evil, evil, evil, evil, evil, ("passed",)) for evil in EVIL]
    assert formulas_in(as_csv(rows).removeprefix("\ufeff")) == []


def test_no_map_written_as_a_table_holds_a_formula(tmp_path):
    diagram = CausalLoopDiagram().link("=1+1", "@sum 2", "+", reason="-2+3")
    text = diagram.write(tmp_path / "map.csv").read_text(encoding="utf-8")
    cells = [cell for cell in cells_of(text, ",") if cell not in ("+", "-")]  # the signs of links
    assert [cell for cell in cells if cell.startswith(STARTS)] == []


def test_every_place_that_writes_rows_is_known_to_this_test():
    found = set()
    for file in HOUSE.rglob("*.py"):
        text = file.read_text("utf-8")
        for node in ast.walk(ast.parse(text)) if any(word in text for word in MARKS) else ():
            name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if name.endswith(MARKS):
                found.add(file.relative_to(HOUSE).as_posix())
    assert found - {"cohorts/basics/spreadsheet.py", *MADE_UP_FORMS} <= WRITERS
    assert found >= WRITERS


def test_tables_on_the_screen_show_a_name_as_text():
    evil = '<img src=x onerror="alert(1)">'
    html = table(evil, [evil], [[evil], ["P-1"]], [evil])._repr_mimebundle_()["text/html"]
    assert "<img" not in html
    assert html.count("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;") == 4


def test_a_cell_that_no_sheet_holds_is_told(tmp_path):
    with pytest.raises(FileError) as caught:
        write_rows(tmp_path / "long.xlsx", [["head"], ["a" * 40_000]])
    assert str(caught.value) == (
        "row 2, column 1 is more than a sheet can hold, of rows or of letters in a cell; write a "
        "CSV file"
    )
    assert list(tmp_path.iterdir()) == []


# --- letters --------------------------------------------------------------------------------------


def test_letters_are_written_by_code_and_with_names_only_for_a_logged_reason(
    paired, tmp_path, caplog
):
    names = {person.application.name._text for person in paired.people}
    rows = [row for _, row in read_rows(paired.write_letters(tmp_path / "letters.xlsx"))]
    assert rows[0] == ("code", "outcome", "letter")
    assert len(rows) == len(paired.people) + 1
    assert not [name for name in names if name in str(rows)]
    assert caplog.messages == []
    path = paired.write_letters(tmp_path / "named.xlsx", names_for="the letters of May")
    assert names == {row[3] for _, row in read_rows(path)[1:]}
    assert caplog.messages == ["a private text was revealed: the letters of May (80 texts)"]


def test_before_anything_is_decided_there_are_no_letters(enrolled, tmp_path):
    with pytest.raises(DataError, match=r"has decided nothing yet; select\(\) comes before"):
        enrolled.write_letters(tmp_path / "letters.csv")


# --- another program ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def opened(written, tmp_path_factory):
    """What LibreOffice finds in the files, as CSV text by name; each value as it is shown there."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        told = "LibreOffice is not installed here (on Debian or Ubuntu: libreoffice-calc)"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(f"{told}; in CI nothing is skipped")
        pytest.skip(told)
    out, own = tmp_path_factory.mktemp("opened"), tmp_path_factory.mktemp("profile")
    books = [path for path in written if path.suffix == ".xlsx"]
    texts = [path for path in written if path.suffix == ".csv"]
    in_utf_8 = "44,34,76"  # commas, quotation marks, UTF-8
    for files, *kind in (
        (books, "--convert-to", f"csv:Text - txt - csv (StarCalc):{in_utf_8}"),
        (texts, f"--infilter=CSV:{in_utf_8}", "--convert-to", "xlsx"),
    ):
        into = ["--headless", *kind, "--outdir", str(out)]
        subprocess.run(
            [program, f"-env:UserInstallation={own.as_uri()}", *into, *map(str, files)],
            check=True,
            capture_output=True,
            timeout=120,
        )
    return out


def test_libreoffice_shows_the_names_of_an_xlsx_file_as_they_were_typed(opened, written):
    for path in (path for path in written if path.suffix == ".xlsx"):
        shown = (opened / f"{path.stem}.csv").read_text(encoding="utf-8")
        expected = [cell for _, row in read_rows(path) for cell in row]
        assert cells_of(shown, ",") == expected


def test_libreoffice_finds_no_formula_in_a_csv_file(opened, written):
    for path in (path for path in written if path.suffix == ".csv"):
        book = opened / f"{path.stem}.xlsx"
        expected = cells_of(path.read_text(encoding="utf-8-sig"), ",")
        assert [cell for _, row in read_rows(book) for cell in row] == expected
