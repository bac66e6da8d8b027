"""Names and e-mails are in the form, in ``people.sqlite`` and where somebody asked: no more."""

import csv
import io
import json
import logging
import zipfile

import pytest

from cstools.cohorts import Programme, check_applications, open_planner, read_applications
from cstools.cohorts.applying.columns import COLUMNS
from cstools.cohorts.basics.people import Private, codes
from cstools.cohorts.basics.spreadsheet import write_rows
from cstools.cohorts.made_up.synthetic_cohorts import synthetic_cohort
from cstools.cohorts.selection.roster import buddy_rows
from cstools.errors import CstoolsError

from .conftest import ROOT

FOLDER = ROOT / "notebooks" / "5-planner"
MADE = synthetic_cohort(40)
NAME, EMAIL = (k for k, column in enumerate(COLUMNS) if column.field in ("name", "email"))


def private_texts(rows):
    """Return every name, surname and e-mail of rows of a form, in small letters."""
    names = {row[NAME].strip() for row in rows}
    texts = names | {row[EMAIL].strip() for row in rows} | {name.split()[-1] for name in names}
    return {text.casefold() for text in texts}


KNOWN = frozenset(private_texts(MADE.rows[1:]))


def named_in(text, known=KNOWN):
    plain = text.casefold()
    return sorted(private for private in known if private in plain)


def content_of(path):
    """Return all text of a file, a workbook unpacked."""
    if path.suffix != ".xlsx":
        return path.read_bytes().decode("utf-8", "replace")
    with zipfile.ZipFile(path) as parts:
        return "".join(parts.read(name).decode("utf-8") for name in parts.namelist())


@pytest.fixture(scope="module")
def form(tmp_path_factory):
    return MADE.write(tmp_path_factory.mktemp("form") / "form.csv")


def planned(form):
    programme = Programme.load("master-practitioners-2026")
    cohort = programme.plan("Class of 2026-2027", secret="a phrase").enrol(read_applications(form))
    return cohort.select(25, seed=3).pair_buddies(seed=2026)


def test_no_file_but_people_sqlite_names_anybody(form, tmp_path):
    cohort = planned(form)
    planner = open_planner(tmp_path / "planner")
    planner.save(cohort)
    planner.publish(cohort)
    cohort.write(tmp_path / "roster.xlsx")
    cohort.write(tmp_path / "roster.csv")
    cohort.write_letters(tmp_path / "letters.xlsx")
    write_rows(tmp_path / "buddies.csv", buddy_rows(cohort))
    cohort.calendar().write(tmp_path / "calendar.ics")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    named = {path.name for path in files if named_in(content_of(path))}
    assert {path.name for path in files} >= {"runs.sqlite", "roster.xlsx", "calendar.ics"}
    assert {name.removesuffix("-wal").removesuffix("-shm") for name in named} == {"people.sqlite"}


def test_where_two_codes_would_meet_only_those_two_are_longer():
    many = [Private(f"person{number}@example.org") for number in range(60_000)]
    by_start = {}
    for email, code in codes(many, "a phrase").items():
        by_start.setdefault(code[:8], []).append((email, code))
    met = next(pair for pair in by_start.values() if len(pair) == 2)
    few = [Private(email) for email, _ in met] + many[:20]
    given = codes(few, "a phrase")
    assert [len(given[email]) for email, _ in met] == [len("P-") + 8] * 2
    assert {len(given[email._text]) for email in few[2:]} == {len("P-") + 6}
    assert codes(many[:20], "a phrase") == {email._text: given[email._text] for email in many[:20]}


def test_planning_logs_nothing_about_anybody(form, tmp_path, caplog):
    with caplog.at_level(logging.DEBUG):
        cohort = planned(form)
        open_planner(tmp_path / "planner").save(cohort)
        cohort.write(tmp_path / "roster.xlsx")
    assert named_in(caplog.text) == []


def test_a_file_with_names_says_in_the_log_that_there_is_one_and_no_name(form, tmp_path, caplog):
    path = planned(form).write(tmp_path / "roster.xlsx", names_for="the welcome letters")
    assert named_in(content_of(path))
    assert caplog.messages == ["a private text was revealed: the welcome letters (120 texts)"]
    assert named_in(caplog.text) == []


@pytest.mark.parametrize("column", [c.field for c in COLUMNS if not c.private and c.needed])
def test_a_name_or_an_e_mail_in_any_column_is_in_no_message(tmp_path, column):
    place = next(k for k, c in enumerate(COLUMNS) if c.field == column)
    for private in (NAME, EMAIL):
        rows = [MADE.rows[0], *((*r[:place], r[private], *r[place + 1 :]) for r in MADE.rows[1:])]
        path = tmp_path / "form.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        report = check_applications(path)
        shown = repr(report) + str(report._repr_mimebundle_())
        try:
            read_applications(path)
        except CstoolsError as error:
            shown += str(error)
        assert named_in(shown) == []


@pytest.mark.parametrize("change", [str.upper, lambda name: name + "e", str.strip])
def test_a_name_in_place_of_a_site_is_asked_about_and_not_repeated(tmp_path, change):
    place = next(k for k, c in enumerate(COLUMNS) if c.field == "site")
    first = MADE.rows[1][NAME]
    rows = [list(row) for row in MADE.rows]
    rows[1][place], rows[2][place], rows[2][NAME] = first, change(first), change(first)
    path = tmp_path / "form.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    report = check_applications(path)
    assert named_in(repr(report)) == []
    assert [str(finding) for finding in report.of("look") if finding.column == "Site"] == [
        f"row {row}, Site: holds a person's name or address, and this column is shown to others; "
        "write the place"
        for row in (2, 3)
    ]


def test_a_name_within_a_team_or_a_site_is_asked_about(tmp_path):
    def place(field):
        return next(k for k, c in enumerate(COLUMNS) if c.field == field)

    rows = [list(row) for row in MADE.rows]
    name = rows[1][NAME]
    *first, last = name.split()
    rows[2][place("team")] = f"{name.upper()}'s team"
    rows[3][place("site")] = f"Hill School, ask {last}, {' '.join(first)}"
    rows[4][NAME], rows[5][place("site")] = "見本太郎", "見本太郎の学校"
    path = tmp_path / "form.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    report = check_applications(path)
    assert named_in(repr(report)) == []
    told = "holds a person's name or address, and this column is shown to others; write "
    assert [str(finding) for finding in report.of("look") if told in str(finding)] == [
        f"row 3, Team: {told}another name for the team",
        f"row 4, Site: {told}the place",
        f"row 6, Site: {told}the place",
    ]


# --- notebooks ------------------------------------------------------------------------------------


def texts_in(cell):
    """Return everything that a saved cell holds: what was typed, and each form of its outputs."""
    yield "".join(cell["source"])
    yield json.dumps(cell.get("metadata", {}), ensure_ascii=False)
    for output in cell.get("outputs", []):
        yield json.dumps(output, ensure_ascii=False)
        yield "".join(output.get("text", []))
        yield "".join(output.get("traceback", []))
        for shown in output.get("data", {}).values():
            yield "".join(shown) if isinstance(shown, list) else str(shown)


def forms():
    """Return the private texts of every form of made-up people in the planner's folder."""
    known = set()
    for path in sorted(FOLDER.glob("*.csv")):
        text = path.read_text(encoding="utf-8-sig")
        head, *rows = csv.reader(io.StringIO(text, ""))
        if "Full name" in head:
            places = head.index("Full name"), head.index("Email Address")
            names = {row[places[0]].strip().casefold() for row in rows}
            known |= names | {row[places[1]].strip().casefold() for row in rows}
            known |= {name.split()[-1] for name in names}
    return known - {"=1+1"}


@pytest.mark.parametrize("book", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_planner_notebook_saved_with_its_outputs_names_nobody(book):
    known = forms()
    assert len(known) > 80
    cells = json.loads(book.read_text(encoding="utf-8"))["cells"]
    shown = [text for cell in cells for text in texts_in(cell)]
    assert [found for text in shown for found in named_in(text, known)] == []


def test_what_the_notebook_left_in_its_folder_names_nobody_but_in_people_sqlite():
    left = [path for path in FOLDER.rglob("*") if path.is_file() and path.suffix != ".csv"]
    known = forms()
    named = {path.name for path in left if named_in(content_of(path), known)}
    assert {name.removesuffix("-wal").removesuffix("-shm") for name in named} <= {"people.sqlite"}
