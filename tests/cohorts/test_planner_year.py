"""Notebooks 51 to 54 are one year: each goes on where the one before ended, and none needs code."""

import ast
import json
import re
import shutil

import pytest

from cstools.cohorts import open_planner
from cstools.cohorts.decided.diary import read_diary
from cstools.errors import DataError

from .conftest import ROOT

FOLDER = ROOT / "notebooks" / "5-planner"
BOOKS = {path.name[:2]: path for path in sorted(FOLDER.glob("5[1-4]-*.ipynb"))}
KEPT = shutil.ignore_patterns("*.ipynb", ".*", *(FOLDER / ".gitignore").read_text().split())
A_FILE = re.compile(r"\w\.(csv|toml|html|xlsx)$|/")
A_CODE, A_DAY = re.compile(r"[PGMFC]-[A-Z0-9]"), re.compile(r"\d{4}-\d\d-\d\d")
RESULTS = ("letters.xlsx", "reminders.xlsx", "guests.xlsx", "certificates")
SHAPE = "C-AAAA-BBBB-CCCC-DDDD"  # shows what an unknown id is answered with, for whatever year


def code_of(book):
    """Return the code cells of a notebook."""
    cells = json.loads(book.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def run(book, **instead):
    """Run a notebook's cells and show what each ends with; return what its names hold then.

    ``instead`` takes the place of values of the first box. What was shown stands under ``shown``.
    """
    names = {"shown": []}
    for number, source in enumerate(code_of(book)):
        tree = ast.parse(source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, book.name, "exec"), names)
        if last is not None:
            shown = eval(compile(ast.Expression(last.value), book.name, "eval"), names)
            names["shown"].append(repr(shown))
        if number == 0:
            assert instead.keys() <= names.keys()
            names.update(instead)
    return names


def copied(to):
    """Return a fresh copy of the planner's folder, in which notebooks are run."""
    shutil.copytree(FOLDER, to / "5-planner", ignore=KEPT)
    return to / "5-planner"


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """The four notebooks, one after the other, with a reason for names; and their folder."""
    place = copied(tmp_path_factory.mktemp("year"))
    (place / "words.toml").write_text('issuer = "Example Learning Centre"', encoding="utf-8")
    why = {"names_for": "made-up people"}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        groups = run(BOOKS["52"])
        seats, year = (run(BOOKS[number], **why) for number in ("51", "53"))
        review = run(BOOKS["54"], words="words.toml", **why)
    return place, seats, groups, year, review


def test_each_notebook_goes_on_where_the_one_before_ended(ran):
    place, seats, groups, year, review = ran

    def kept(book):
        return open_planner(place / book["folder"]).load(book["cohort_name"])

    diary = place / groups["our_diary"]
    assert kept(seats).decide(diary, until=groups["paired_on"]) == groups["june"]
    assert kept(groups) == groups["autumn"] == year["begun"]
    assert kept(year) == year["year"] == review["year"]
    august = kept(review)
    assert august == review["august"]
    assert august.diary == tuple(entry.mark for entry in read_diary(diary))
    decided = [held.why for held in groups["autumn"].overruled]
    assert [held.why for held in august.overruled][: len(decided)] == decided


def test_who_left_on_a_day_is_no_question_of_an_earlier_day(ran):
    _, _, groups, *_ = ran
    told = groups["autumn"].teams.flags(groups["mentors_given"])
    assert [flag for flag in told if "without a seat" in flag] == []


def test_with_a_reason_the_files_with_names_are_written(ran):
    files = {path.relative_to(ran[0]).as_posix() for path in ran[0].rglob("*") if path.is_file()}
    assert {"seats-2026/letters.xlsx", "year-2026/reminders.xlsx", "year-2026/guests.xlsx"} <= files
    papers = [ran[0] / name for name in files if name.startswith("review-2026/certificates/")]
    assert len(papers) == 21
    assert all(paper.read_bytes().startswith(b"%PDF") for paper in papers)
    assert all(b"Example Learning Centre" in paper.read_bytes() for paper in papers)


def test_before_it_is_kept_each_notebook_says_for_whom_something_is_another(ran):
    for book in ran[1:]:
        told = [text for text in book["shown"] if "beside what is kept" in text]
        assert told
        assert all("\nNobody has another seat" in text for text in told)


def test_a_sheet_of_notes_with_a_fault_keeps_nobody_from_the_names_of_the_guests(
    tmp_path, monkeypatch
):
    copy = copied(tmp_path)
    monkeypatch.chdir(copy)
    (copy / "notes.csv").write_text("day,who,what,value\n2026-07-30,P-M,check-in,\n")
    with pytest.raises(DataError, match="1 row is wrong"):
        run(BOOKS["53"], notes="notes.csv", names_for="who was it")
    assert (copy / "year-2026" / "guests.xlsx").is_file()
    assert not (copy / "year-2026" / "reminders.xlsx").exists()


def test_that_names_were_written_stands_in_the_log_of_each_planner(ran):
    place, seats, _, year, review = ran
    for book, files in ((seats, 1), (year, 2), (review, 1)):
        log = open_planner(place / book["folder"]).log()
        told = [row for row in log.rows if row[2] == "reveal"]
        assert len(told) == files
        assert all("made-up people" in row[3] for row in told)
        assert log.notes == ("The chain is whole.",)


def test_a_year_that_has_only_begun_runs_through_to_the_end_of_every_notebook(
    ran, tmp_path, monkeypatch
):
    """Marks of guests and panels are first shown by a notebook; until then nobody can answer."""
    copy = copied(tmp_path)
    monkeypatch.chdir(copy)
    diary = (copy / "decided-2026.toml").read_text(encoding="utf-8")
    may = diary.partition("on = 2026-06")[0].rpartition("[[decided]]")[0]
    (copy / "begun.toml").write_text(may, encoding="utf-8")
    # Notebook 50 kept seats of another lot than the diary's, and notebook 51 says so.
    open_planner("class-of-2026").save(ran[1]["enrolled"].select(seed=2027))
    shown = run(BOOKS["51"], our_diary="begun.toml")["shown"]
    (told,) = (text for text in shown if "'class-of-2026'" in text)
    assert "changes against what is kept in" in told
    june = run(BOOKS["52"], our_diary="begun.toml")
    assert june["autumn"].buddies == ()
    year = run(BOOKS["53"], our_diary="begun.toml", notes="", somebody="P-SSUISS")
    assert year["year"].followed.meetings
    told = {"our_diary": "begun.toml", "reports": "", "notes": "", "review": "", "portfolio": ""}
    assert run(BOOKS["54"], **told)["august"].review.certificates == ()


@pytest.mark.parametrize("book", BOOKS.values(), ids=lambda path: path.stem)
def test_what_a_coordinator_changes_stands_in_the_first_box(book):
    box, *others = code_of(book)
    assert all(isinstance(step, ast.Assign) for step in ast.parse(box).body)
    texts = [
        node.value
        for source in others
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    texts = [text for text in texts if text != SHAPE]
    assert [text for text in texts if A_CODE.search(text) or A_DAY.search(text)] == []
    assert [text for text in texts if A_FILE.search(text) and text not in RESULTS] == []
    for name in re.findall(r'"([\w./-]+\.(?:csv|toml|html))"', box):
        assert (FOLDER / name).is_file(), name


@pytest.mark.parametrize("book", BOOKS.values(), ids=lambda path: path.stem)
def test_no_cell_has_code_that_has_to_be_read_twice(book):
    for source in code_of(book):
        tree = ast.parse(source)
        loops = (ast.For, ast.While, ast.FunctionDef, ast.comprehension, ast.Lambda)
        assert not any(isinstance(node, loops) for node in ast.walk(tree)), source
        named = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom | ast.Import)]
        known = [getattr(node, "module", "").split(".")[0] for node in named]
        assert set(known) <= {"cstools", "pathlib"}, source


def test_the_diary_and_the_sheets_name_nobody():
    """They lie beside the forms, and are handed on with the notebooks."""
    files = ("decided-2026.toml", "our-run-2026.toml", "noted-2026/notes.csv")
    for name in (*files, "handed-in-2027/review.csv"):
        text = (FOLDER / name).read_text(encoding="utf-8")
        assert "Synthetic" not in text
        assert "@" not in text
