"""The gradebook against real submissions: honest ones, broken ones, hostile ones."""

import csv
import json
import os
import tempfile
import time
from functools import cache
from pathlib import Path

import pytest

from cstools.__main__ import main
from cstools.errors import DataError, FileError
from cstools.learning import fenced, grade_journal, gradebook, load_set
from cstools.learning.fenced import Fences, Limits, fences, run_fenced
from cstools.learning.grade_table import MOST_QUESTIONS, as_csv, no_formula
from cstools.learning.gradebook import collect
from cstools.learning.scratch import scratch_folder

SET_UP = 'from cstools.learning import load_set\nexercises = load_set("01-bathtub")'
RIGHT = {
    "after four minutes": "'200 litres'",
    "fullest": "'b'",
    "sketch": "[(0, 100), (4, 200), (8, 100), (12, 200), (16, 100)]",
    "units": "'c'",
    "my bath": "'a secret worry'",
}
FOUR, FULLEST = "after four minutes", "fullest"

linux = pytest.mark.usefixtures("a_fence_for_files")


@pytest.fixture
def a_fence_for_files():
    if not fences().files:
        pytest.skip("this system has no fence for files")


@pytest.fixture
def namespaces():
    return fences().namespaces or pytest.skip("this system has no namespaces to use")


def check(question, answer=None):
    return f'exercises["{question}"].check({RIGHT[question] if answer is None else answer})'


def notebook(path, *cells):
    path.parent.mkdir(parents=True, exist_ok=True)
    code = [
        {"cell_type": "code", "metadata": {}, "source": s, "outputs": [], "execution_count": None}
        for s in cells
    ]
    content = {"cells": code, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(content), encoding="utf-8")


# The course is the same for every test: here it is read once, and by each fenced process anew.
read_once = cache(load_set)


def receipt(path, answers):
    """Hand in from the forms, which needs no process that runs cells."""
    said = {"cstools receipt": 1, "set": "01-bathtub", "answers": answers}
    path.write_text(json.dumps(said), encoding="utf-8")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(gradebook, "load_set", read_once)
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    (tmp_path / "submissions").mkdir()
    return tmp_path / "submissions"


def grade(folder, seconds=60, memory=2048, said=None):
    """Grade a folder and return the table that was written, as rows of cells by their heads."""
    out = folder.parent / "grades.csv"
    told = [] if said is None else said
    collect(folder, out, Limits(seconds, memory), say=told.append)
    with out.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def one(folder, *cells, seconds=60, memory=2048):
    """Grade one notebook; return how it ran, and its outcomes by the number of the question."""
    notebook(folder / "ana" / "01-bathtub.ipynb", SET_UP, *cells)
    [row] = grade(folder, seconds, memory)
    return row["how it ran"], [row[f"question {number}"] for number in (1, 2)]


# --- honest -----------------------------------------------------------------------------------


def test_what_is_answered_is_judged_question_by_question(folder):
    notebook(folder / "ben" / "01-bathtub.ipynb", SET_UP, *(check(name) for name in RIGHT))
    notebook(folder / "Ana" / "x.ipynb", SET_UP, check(FOUR, 75), check(FULLEST, "..."))
    notebook(
        folder / "chi.ipynb",
        'from cstools.learning import load_set\npond = load_set("30-shared-pond")',
        'pond["best catch"].check("125 tonnes per year")',
    )
    rows = grade(folder)
    assert [row["learner"] for row in rows] == ["Ana", "ben", "chi"]
    assert [row["exercises"] for row in rows] == ["01-bathtub", "01-bathtub", "30-shared-pond"]
    assert [row["correct"] for row in rows] == ["0", "5", "1"]
    assert [row["incorrect"] for row in rows] == ["1", "0", "0"]
    assert [row["questions"] for row in rows] == ["5", "5", "5"]
    assert {row["how it ran"] for row in rows} == {"ran to the end"}
    assert rows[0]["version"] == load_set("01-bathtub").version


def test_models_and_maps_are_judged_as_what_they_are(folder, tmp_path, monkeypatch):
    mine = tmp_path / "exercises" / "99-mine"
    mine.mkdir(parents=True)
    mine.joinpath("source.toml").write_text(MINE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    notebook(
        folder / "ana.ipynb",
        'from cstools.learning import load_set\nfrom cstools import *\nmine = load_set("99-mine")',
        'pond = mine["quota"].given\npond.constant("quota", 110)\nmine["quota"].check(pond)',
        'mine["map"].check(CausalLoopDiagram("fish -> young: +\\nyoung -> fish: +"))',
    )
    [row] = grade(folder)
    assert (row["question 1"], row["question 2"]) == ("correct", "correct")


MINE = """title = "Mine"
minutes = 5
introduction = "A set of one's own."
references = ["Schaefer1954"]

[[question]]
name = "quota"
title = "A quota"
kind = "model"
ask = "Choose."
given = "facets.world.pond_with_quota"
model = "quota = 120"
hints = ["One.", "Two."]
solution = "125 at most."
[[question.expect]]
of = "fish"
stays = [450, 1000]
says = "Are there fish?"
[[question.misconception]]
name = "more"
answers = ["quota = 150"]
says = "Look."

[[question]]
name = "map"
title = "A map"
kind = "loops"
ask = "Draw."
map = "fish -> young: +\\nyoung -> fish: +"
hints = ["One.", "Two."]
solution = "It grows."
[[question.misconception]]
name = "minus"
answers = ["fish -> young: -"]
says = "Look."
"""


def test_a_notebook_in_another_language_is_judged_too(folder):
    spanish = 'from cstools.learning import load_set\nmine = load_set("10-creative-tension", "es")'
    notebook(folder / "ana.ipynb", spanish, "mine[1].check(mine[1].kind.solution)")
    notebook(folder / "ben.ipynb", spanish)
    rows = grade(folder)
    assert [row["exercises"] for row in rows] == ["10-creative-tension"] * 2
    assert [row["question 1"] for row in rows] == ["correct", "not attempted"]


def test_a_set_that_is_broken_stops_no_other(folder, tmp_path, monkeypatch):
    (tmp_path / "exercises" / "98-broken").mkdir(parents=True)
    (tmp_path / "exercises" / "98-broken" / "source.toml").write_text("title = ")
    monkeypatch.chdir(tmp_path)
    notebook(folder / "ana.ipynb", SET_UP, check(FOUR))
    said = []
    [row] = grade(folder, said=said)
    assert row["correct"] == "1"
    assert said[0] == (
        "Left out, as it cannot be read: source.toml: this is not TOML: Invalid value "
        "(at end of document)"
    )


def test_the_last_answer_counts_and_a_blank_one_does_not(folder):
    how, outcomes = one(
        folder, check(FOUR), check(FULLEST, "'a'"), check(FULLEST), check(FOUR, "...")
    )
    assert (how, outcomes) == ("ran to the end", ["correct", "correct"])


def test_a_cell_that_fails_is_told_and_the_others_run(folder):
    how, outcomes = one(folder, "1 / 0", "answer = (", check(FULLEST))
    assert how == "ran to the end; cell 2 failed (ZeroDivisionError) and 1 more"
    assert outcomes == ["not attempted", "correct"]


def test_no_word_of_a_reflection_leaves_the_notebook(folder):
    notebook(folder / "ana.ipynb", SET_UP, check("my bath"))
    said = []
    [row] = grade(folder, said=said)
    assert row["question 5"] == "correct"
    assert "secret" not in "\n".join([*said, *map(str, row.values())])


def test_what_is_stored_in_a_notebook_counts_for_nothing(folder):
    path = folder / "ana.ipynb"
    notebook(path, SET_UP, check(FULLEST, "'a'"))
    content = json.loads(path.read_text())
    content["cells"][1]["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": "Correct."}
    ]
    path.write_text(json.dumps(content))
    [row] = grade(folder)
    assert row["question 2"] == "incorrect"


def test_of_a_receipt_only_the_answers_count(folder):
    exercises = load_set("01-bathtub")
    exercises["fullest"].check("a")
    exercises["units"].check("c")
    forged = exercises.progress.receipt.replace('"incorrect"', '"correct"')
    (folder / "ana.progress.json").write_text(forged, encoding="utf-8")
    [row] = grade(folder)
    assert row["how it ran"] == "a receipt; its answers judged anew"
    assert [row[f"question {n}"] for n in (1, 2, 4)] == ["not attempted", "incorrect", "correct"]


# --- what cannot be run ------------------------------------------------------------------------


def test_what_cannot_be_run_is_told_with_why(folder):
    (folder / "a.ipynb").write_text("{}")
    (folder / "b.ipynb").write_bytes(b"\xff\x00")
    (folder / "c.json").write_text('{"answers": 1}')
    (folder / "d.ipynb").symlink_to(__file__)
    (folder / "e.ipynb").write_text('{"nbformat": 4, "cells": ' + "[" * 100_000)
    notebook(folder / "f.ipynb", "x = 1")
    (folder / ".hidden.ipynb").write_text("{}")
    rows = grade(folder)
    assert [row["how it ran"] for row in rows] == [
        "could not run: 'a.ipynb' is not a notebook",
        "could not run: 'b.ipynb' is not a notebook",
        "could not run: 'c.json' is not a receipt, or a part of it is missing. Look for a file "
        "that ends in .progress.json. Nothing was loaded, and nothing is lost.",
        "could not run: it is a link to another file; ask for the file itself",
        "could not run: 'e.ipynb' is not a notebook",
        "ran to the end; no exercises of this course are in it",
    ]
    assert {row["correct"] for row in rows} == {None}


def test_what_is_neither_notebook_nor_receipt_has_a_row_that_says_so(folder):
    notebook(folder / "UP.IPYNB", SET_UP, check(FOUR))
    for name in ("saved.ipynb.txt", "x.html", "z.zip", "Thumbs.db", ".DS_Store"):
        (folder / name).write_bytes(b"x")
    for _ in range(2):  # the second time with a table in the folder, which is no submission
        collect(folder, folder / "grades.csv", say=lambda _: None)
        with (folder / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        other = "not a notebook and no receipt: ask for the .ipynb"
        assert [(row["file"], row["how it ran"]) for row in rows] == [
            ("saved.ipynb.txt", other),
            ("UP.IPYNB", "ran to the end"),
            ("x.html", other),
            ("z.zip", other),
        ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_plain_file_is_not_waited_for(folder):
    notebook(folder / "ana.ipynb", SET_UP, check(FOUR))
    os.mkfifo(folder / "ben.ipynb")
    rows = grade(folder)
    assert [row["how it ran"] for row in rows] == [
        "ran to the end",
        "could not run: it is no file that can be read; ask for the .ipynb",
    ]


@linux
def test_a_name_that_is_no_text_is_written_as_numbers(folder):
    notebook(Path(os.fsdecode(os.fsencode(folder) + b"/\xff.ipynb")), SET_UP, check(FOUR))
    said = []
    [row] = grade(folder, said=said)
    assert (row["learner"], row["file"], row["correct"]) == ("\\xff", "\\xff.ipynb", "1")
    "\n".join(said).encode()  # a terminal can show it


def test_a_notebook_without_answers_may_have_been_answered_in_the_forms(folder):
    how, outcomes = one(folder, check(FOUR, "..."))
    assert how == (
        "ran to the end; no answers in its code; if it was answered in the forms, ask for the "
        ".progress.json file"
    )
    assert outcomes == ["not attempted", "not attempted"]


def test_whatever_goes_wrong_with_one_is_its_row_and_the_next_is_graded(folder, monkeypatch):
    real = gradebook.read_notebook

    def stumbling(copy):
        if b"stumble" in copy.read_bytes():
            raise ZeroDivisionError
        return real(copy)

    monkeypatch.setattr(gradebook, "read_notebook", stumbling)
    notebook(folder / "ana.ipynb", "stumble")
    notebook(folder / "ben.ipynb", SET_UP, check(FOUR))
    rows = grade(folder)
    assert [row["how it ran"] for row in rows] == [
        "could not run: the gradebook itself stumbled over it (ZeroDivisionError)",
        "ran to the end",
    ]


@linux
def test_a_receipt_that_is_no_file_is_not_read_without_end():
    told = load_set("01-bathtub").resume("/dev/zero").told
    assert told == ("'zero' cannot be opened: it is no text.",)
    [told] = load_set("01-bathtub").resume("x" * 5000).told
    assert told == f"'{'x' * 59}…' cannot be opened: File name too long."


def test_a_file_that_is_far_too_large_is_not_read(folder, monkeypatch):
    monkeypatch.setattr(gradebook, "_LARGEST", 10)
    notebook(folder / "a.ipynb", SET_UP)
    [row] = grade(folder)
    assert row["how it ran"] == (
        "could not run: it is larger than 20 MB; clear its results and save it again"
    )


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("none", "there is no folder 'none'; say where the submissions are"),
        (".", "'.' holds no notebook (.ipynb) and no receipt (.json); nothing to grade"),
    ],
)
def test_a_folder_without_submissions_is_told(folder, monkeypatch, where, words):
    monkeypatch.chdir(folder)
    with pytest.raises(FileError) as error:
        collect(Path(where), folder / "grades.csv", say=lambda _: None)
    assert str(error.value) == words


# --- hostile ----------------------------------------------------------------------------------

FORGE = """
from cstools.learning import checks, exercises as e, question
from cstools.learning.kinds import choice, number
right = lambda *a, **k: checks.feedback(checks.Outcome.CORRECT, "")
number.Number.judge = choice.Choice.judge = right
number.Number.value = choice.Choice.right = property(lambda self: 75)
print("Correct.")
"""
FORGE_REPORT = """
import json, os
line = {"set": "01-bathtub", "question": "fullest", "outcome": "correct", "done": True}
for number in range(3, 30):
    try:
        os.write(number, json.dumps(line).encode() + b"\\n")
    except OSError:
        pass
"""


FORGE_SOURCE = """
from pathlib import Path
source = Path("exercises/01-bathtub/source.toml")
text = source.read_text().replace("value = 200", "value = 75").replace("[75]", "[200]")
source.write_text(text.replace('answer = "b"', 'answer = "a"').replace('["a", "c"]', '["b"]'))
exercises = load_set(source)
"""


@pytest.mark.parametrize(
    "forge", [FORGE, FORGE_REPORT, FORGE_SOURCE], ids=["checker", "report", "source"]
)
def test_a_notebook_that_changes_the_checker_changes_no_grade(folder, forge):
    _, outcomes = one(folder, forge, check(FOUR, 75), check(FULLEST, "'a'"))
    assert outcomes == ["incorrect", "incorrect"]


def test_an_answer_that_is_an_object_with_a_will_of_its_own_is_an_unreadable_answer(folder):
    answer = "type('Five', (float,), {'__eq__': lambda s, o: True, '__float__': lambda s: 7.0})(5)"
    _, outcomes = one(folder, check(FOUR, answer), check(FULLEST, "exercises"))
    assert outcomes == ["incorrect", "incorrect"]


def test_a_notebook_that_loops_for_ever_and_hears_no_signal_is_stopped(folder):
    started = time.monotonic()
    deaf = """import signal
for number in (2, 15):
    signal.signal(number, signal.SIG_IGN)
while True:
    try:
        while True:
            pass
    except BaseException:
        pass"""
    how, outcomes = one(folder, check(FOUR), deaf, check(FULLEST), seconds=4)
    assert how == "stopped in cell 3: it ran longer than 4 seconds"
    assert outcomes == ["correct", "not attempted"]
    # Four seconds, trying out the fences, starting two processes; and far less than for ever.
    assert time.monotonic() - started < 60


def test_a_notebook_that_ends_itself_is_told(folder):
    how, outcomes = one(folder, check(FOUR), "import os; os._exit(0)", check(FULLEST))
    assert how == "it ended by itself in cell 3, before its last cell"
    assert outcomes == ["correct", "not attempted"]
    how, _ = one(folder, "import os; os._exit(0)")
    assert how == "it ended by itself in cell 2, its last"
    how, outcomes = one(folder, "raise SystemExit", "input()", check(FULLEST))
    assert how == "ran to the end; cell 2 failed (SystemExit) and 1 more"
    assert outcomes == ["not attempted", "correct"]


SAY = """
import json, os
def say(line):
    for number in range(3, 30):
        try:
            os.write(number, line.encode() + b"\\n")
        except OSError:
            pass
"""


def test_only_cells_that_it_has_are_counted(folder):
    lie = 'say(\'{"cell": \' + "9" * 4000 + \', "failed": "x"}\'); say(\'{"cell": -1}\')'
    how, _ = one(folder, SAY, lie, "import os; os._exit(0)", check(FULLEST))
    assert how == "it ended by itself in cell 4, before its last cell"


def test_a_notebook_is_not_done_before_its_last_cell(folder):
    lie = "say('{\"done\": true}'); os._exit(0)"
    how, outcomes = one(folder, check(FOUR), SAY, lie, check(FULLEST))
    assert how == "it ended by itself in cell 4, before its last cell"
    assert outcomes == ["correct", "not attempted"]


@linux
@pytest.mark.parametrize("work", ["import time; time.sleep(3)", ""], ids=["seen", "too quick"])
def test_folders_without_end_stop_no_other_and_none_is_left(folder, work):
    deep = "import os\nfor i in range(1900): os.mkdir('d'); os.chdir('d')\n" + work
    notebook(folder / "ana.ipynb", SET_UP, check(FOUR), deep)
    notebook(folder / "ben.ipynb", SET_UP, check(FOUR))
    rows = grade(folder)
    stopped = "stopped in cell 3: it made too many files, or folders too deep"
    assert rows[0]["how it ran"] in ([stopped] if work else [stopped, "ran to the end"])
    assert [row["correct"] for row in rows] == ["1", "1"]
    assert not list((folder.parent / "scratch").iterdir())


@linux
def test_files_without_number_are_stopped_and_none_is_left(folder):
    many = "import itertools\nfor i in itertools.count(): open(str(i), 'w').close()"
    how, _ = one(folder, many)
    assert how == "stopped in cell 2: it made too many files, or folders too deep"
    assert not list((folder.parent / "scratch").iterdir())


@linux
def test_a_scratch_folder_goes_with_links_and_closed_folders_and_nothing_else(folder):
    (folder / "mine").write_text("kept")
    with scratch_folder() as scratch:
        closed = scratch / "a" / "closed"
        closed.mkdir(parents=True)
        (closed / "x").write_text("x")
        (scratch / "a" / "away").symlink_to(folder, target_is_directory=True)
        closed.chmod(0)
        closed.parent.chmod(0)
    assert not scratch.exists()
    assert (folder / "mine").read_text() == "kept"


def test_output_without_end_goes_nowhere(folder):
    flood = "import os\nwhile True: os.write(1, b'x' * 65536); os.write(2, b'x' * 65536)"
    how, outcomes = one(folder, check(FOUR), flood, seconds=4)
    assert how == "stopped in cell 3: it ran longer than 4 seconds"
    assert outcomes[0] == "correct"


def test_answers_without_end_are_stopped(folder):
    how, _ = one(folder, "while True: exercises['fullest'].check('b' * 40000)")
    assert how == "stopped in cell 2: it gave answers without end"


@linux
def test_memory_without_end_is_stopped(folder):
    hoard = "hoard = []\nwhile True: hoard.append(bytearray(10_000_000))"
    how, outcomes = one(folder, hoard, check(FULLEST), memory=1000)
    assert how == "ran to the end; cell 2 failed (MemoryError)"
    assert outcomes[1] == "correct"


@linux
def test_files_without_end_are_stopped(folder):
    fill = (
        "import itertools\nfor i in itertools.count(): open(str(i), 'wb').write(b'x' * 20_000_000)"
    )
    how, _ = one(folder, fill)
    assert how == "stopped in cell 2: it wrote more than 200 MB"


@linux
def test_processes_without_end_are_stopped_and_none_is_left(folder):
    bomb = "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"
    how, _ = one(folder, bomb, seconds=20)
    assert how == "stopped in cell 2: it started too many processes"
    assert not lingering(folder)


def lingering(folder):
    """Return the processes of this folder's that are still there, after a moment for the system."""
    mine = str(folder.parent / "scratch").encode()
    for _ in range(50):
        found = [
            entry.name
            for entry in Path("/proc").iterdir()
            if entry.name.isdecimal() and mine in command_of(entry)
        ]
        if not found:
            return []
        time.sleep(0.1)
    return found


def command_of(entry):
    try:
        return (entry / "cmdline").read_bytes()
    except OSError:
        return b""


@linux
def test_what_is_not_its_own_can_be_neither_read_nor_deleted(folder):
    notebook(folder / "ben" / "01-bathtub.ipynb", SET_UP, check(FOUR))
    out = folder.parent / "grades.csv"
    out.write_text("old grades")
    (folder.parent / "notes.txt").write_text("mine")
    reach = f"""
import os, shutil
from pathlib import Path
shutil.rmtree({str(folder)!r}, ignore_errors=True)
mode = lambda p: p.chmod(0)
for work in (lambda p: p.read_text(), lambda p: p.unlink(), lambda p: p.write_text("mine"),
             lambda p: os.truncate(p, 0), mode, lambda p: p.rename("stolen"),
             lambda p: os.link(p, "link")):
    for path in ({str(folder / "ben" / "01-bathtub.ipynb")!r}, {str(out)!r},
                 {str(folder.parent / "notes.txt")!r}, {gradebook.__file__!r}, "/etc/passwd"):
        try:
            work(Path(path))
        except OSError:
            pass
        else:
            if "cstools" not in path and work is not mode:  # the course itself may be read
                exercises["fullest"].check("b")
"""
    assert "root" in Path("/etc/passwd").read_text()  # which we may, and a submission may not
    before = {path: path.read_bytes() for path in folder.parent.rglob("*") if path.is_file()}
    course = Path(gradebook.__file__).read_bytes()
    notebook(folder / "ana" / "01-bathtub.ipynb", SET_UP, reach)
    rows = grade(folder)
    assert [row["learner"] for row in rows] == ["ana", "ben"]
    assert rows[1]["question 1"] == "correct"
    assert rows[0]["question 2"] == "not attempted"  # nothing that it tried could be done
    # chmod is no right that Landlock knows; whoever owns a file can put it back.
    after = {path: path.read_bytes() for path in before if path != out}
    assert after == {path: content for path, content in before.items() if path != out}
    assert Path(gradebook.__file__).read_bytes() == course


@linux
def test_your_variables_are_not_handed_on(folder, monkeypatch):
    monkeypatch.setenv("MY_TOKEN", "t0ken")
    peep = f"import os\nexercises[{FOUR!r}].check(200 if 'MY_TOKEN' not in os.environ else 75)"
    _, outcomes = one(folder, peep)
    assert outcomes[0] == "correct"


@pytest.mark.usefixtures("namespaces")
def test_there_is_no_network(folder):
    call = """
import socket
try:
    socket.create_server(("127.0.0.1", 0)); socket.create_connection(("127.0.0.1", 80), 2)
except OSError:
    exercises["fullest"].check("b")
"""
    _, outcomes = one(folder, call)
    assert outcomes[1] == "correct"


def test_an_answer_that_takes_for_ever_to_judge_is_told(folder, monkeypatch):
    """An hour of judging is simulated: the fence of the judge is closed after a moment."""
    monkeypatch.setattr(gradebook, "_JUDGING", Limits(seconds=0.01))
    how, outcomes = one(folder, check(FOUR))
    assert how == "ran to the end; an answer took too long to judge"
    assert outcomes == ["not judged", "not attempted"]


LEAVE = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(600)
    os._exit(0)
time.sleep(1)
"""


@linux
def test_what_leaves_its_group_ends_with_it_all_the_same(folder, namespaces):
    leaves_nothing(folder)


@linux
def test_without_namespaces_it_does_so_too(folder, monkeypatch):
    monkeypatch.setattr(gradebook, "fences", lambda: Fences(True))
    leaves_nothing(folder)


def leaves_nothing(folder):
    how, _ = one(folder, LEAVE, check(FULLEST))
    assert how == "ran to the end"
    assert not lingering(folder)
    how, _ = one(folder, LEAVE, "while True: pass", seconds=5)
    assert how == "stopped in cell 3: it ran longer than 5 seconds"
    assert not lingering(folder)


@linux
def test_without_namespaces_a_hundred_processes_are_stopped_too(folder, monkeypatch):
    monkeypatch.setattr(gradebook, "fences", lambda: Fences(True))
    many = "import os, time\nfor _ in range(100):\n    if os.fork() == 0: break\ntime.sleep(60)"
    how, _ = one(folder, many)
    assert how == "stopped in cell 2: it started too many processes"
    assert not lingering(folder)


@linux
def test_without_namespaces_no_signal_gets_out(folder, monkeypatch):
    monkeypatch.setattr(gradebook, "fences", lambda: Fences(True))
    strike = "import os, signal\nos.kill(os.getppid(), signal.SIGTERM)"
    how, outcomes = one(folder, strike, check(FULLEST))
    assert (how, outcomes[1]) == ("ran to the end; cell 2 failed (PermissionError)", "correct")


# --- where there are no fences ------------------------------------------------------------------


@pytest.fixture
def no_fence(monkeypatch):
    monkeypatch.setattr(gradebook, "fences", lambda: Fences())


def test_without_fences_it_says_so_and_puts_submissions_back(folder, no_fence):
    notebook(folder / "ben.ipynb", SET_UP, check(FOUR))
    before = (folder / "ben.ipynb").read_bytes()
    notebook(folder / "ana.ipynb", SET_UP, f"import os; os.remove({str(folder / 'ben.ipynb')!r})")
    said = []
    rows = grade(folder, said=said)
    assert said[0] == (
        "2 files to grade. This system has no fences for files: each runs on a copy, and your "
        "files are compared afterwards. Run notebooks of people you do not know on a machine that "
        "holds nothing else."
    )
    assert rows[1]["question 1"] == "correct"
    assert (folder / "ben.ipynb").read_bytes() == before


def test_without_fences_a_course_that_was_changed_stops_the_grading(folder, no_fence, monkeypatch):
    states = iter("ab")
    monkeypatch.setattr(grade_journal, "state_of_course", lambda: next(states))
    notebook(folder / "ana.ipynb", SET_UP)
    with pytest.raises(DataError) as error:
        grade(folder)
    assert str(error.value) == (
        "a submission changed the files of cstools itself; install it anew, and grade on a "
        "machine that holds nothing else"
    )


def test_without_fences_a_loop_is_stopped_too(folder, no_fence):
    how, outcomes = one(folder, check(FOUR), "while True: pass", seconds=4)
    assert (how, outcomes[0]) == ("stopped in cell 3: it ran longer than 4 seconds", "correct")


def test_what_the_fences_are_is_said():
    assert str(Fences(True, ("--pid",))) == (
        "Each runs fenced in: no network, no files but its own, and nothing that it starts "
        "outlives it."
    )
    assert str(Fences(True)) == (
        "Each runs fenced in: no files but its own; the network is not closed to it."
    )


def test_a_fence_that_does_not_hold_is_not_said_to_be_there(monkeypatch):
    """Where the system refuses Landlock, the process does not even begin, and reports nothing."""
    monkeypatch.setattr(fenced, "run_fenced", lambda *_: fenced.Report((), "itself"))
    fences.cache_clear()
    try:
        assert fences() == Fences()
    finally:
        fences.cache_clear()


# --- the table --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ana", "ana"),
        ("=1+1", "'=1+1"),
        ("+44", "'+44"),
        ("-5", "'-5"),
        ("@x", "'@x"),
        ("  =1", "'  =1"),
        ("a\tb\r\n=c", "'a b  =c"),
        ("\t=1", "' =1"),
        ("Åse", "Åse"),
    ],
)
def test_no_cell_is_a_formula(text, shown):
    assert no_formula(text) == shown


def test_a_name_cannot_break_the_table(folder):
    name = '=HYPERLINK("x"),\n2'
    notebook(folder / name / "01-bathtub.ipynb", SET_UP, check(FOUR))
    said = []
    [row] = grade(folder, said=said)
    assert row["learner"] == '\'=HYPERLINK("x"), 2'
    assert row["correct"] == "1"
    assert all("\n" not in line for line in said)


def test_an_empty_table_has_its_head():
    head = as_csv([]).splitlines()
    assert head == [
        "\ufefflearner,file,exercises,version,how it ran,not attempted,incorrect,close,correct,"
        "questions,question 1,question 2,question 3,question 4,question 5,question 6,question 7,"
        "question 8"
    ]


def test_no_set_has_more_questions_than_the_table_has_columns():
    for path in gradebook.sources_of_sets():
        assert len(load_set(path)) <= MOST_QUESTIONS


# --- long work --------------------------------------------------------------------------------


def test_stopped_work_goes_on_where_it_was(folder, monkeypatch):
    for name in "abc":
        notebook(folder / f"{name}.ipynb", SET_UP, check(FOUR))
    graded, real = [], gradebook.graded

    def stopping(name, *rest):
        if name == "c.ipynb" and "b.ipynb" in graded and graded.count("c.ipynb") == 0:
            graded.append(name)
            raise KeyboardInterrupt
        graded.append(name)
        return real(name, *rest)

    monkeypatch.setattr(gradebook, "graded", stopping)
    with pytest.raises(KeyboardInterrupt):
        grade(folder)
    assert not (folder.parent / "grades.csv").exists()
    notebook(folder / "b.ipynb", SET_UP, check(FOUR, 75))  # handed in anew meanwhile
    rows = grade(folder)
    assert [row["correct"] for row in rows] == ["1", "0", "1"]
    assert graded == ["a.ipynb", "b.ipynb", "c.ipynb", "b.ipynb", "c.ipynb"]
    assert not list(folder.parent.glob("*.journal"))


@pytest.mark.parametrize("content", ["", "[1]", '{"x": 1}', "\x00", "[" * 100_000])
def test_a_damaged_journal_is_as_none(folder, content):
    receipt(folder / "a.progress.json", {FULLEST: "b"})
    (folder.parent / "grades.csv.journal").write_text(content)
    [row] = grade(folder)
    assert row["correct"] == "1"


def test_the_same_submissions_give_the_same_table(folder):
    for name in ("b", "A"):
        notebook(folder / f"{name}.ipynb", SET_UP, check(FOUR))
    receipt(folder / "c.progress.json", {FULLEST: "b"})
    out = folder.parent / "grades.csv"
    grade(folder)
    first = out.read_bytes()
    grade(folder)
    assert out.read_bytes() == first


def test_progress_is_told(folder):
    notebook(folder / "ana.ipynb", SET_UP, check(FOUR))
    said = []
    grade(folder, said=said)
    assert said[1:] == ["1 of 1  ana.ipynb: 01-bathtub 1 of 5 correct; ran to the end"]


# --- the command ------------------------------------------------------------------------------


def test_the_command_writes_the_table_and_tells_how_it_went(folder, capsys):
    notebook(folder / "ana.ipynb", SET_UP, check(FOUR))
    out = folder.parent / "grades.csv"
    assert main(["gradebook", "collect", str(folder), "--out", str(out)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        f"{out}: 1 row, 1 of them from files that ran to their end"
    )
    (folder / "broken.ipynb").write_text("{}")
    assert main(["gradebook", "collect", str(folder), "--out", str(out), "--seconds", "60"]) == 1
    assert main(["gradebook", "collect", "nowhere", "--out", str(out)]) == 2
    assert capsys.readouterr().err == (
        "there is no folder 'nowhere'; say where the submissions are\n"
    )


@pytest.mark.parametrize("odd", [["--seconds", "0"], ["--memory", "5"], ["--seconds", "many"]])
def test_a_limit_that_is_none_is_told(odd, capsys):
    with pytest.raises(SystemExit):
        main(["gradebook", "collect", "x", "--out", "y.csv", *odd])
    assert "give a number" in capsys.readouterr().err or odd[1] == "many"


def test_a_place_that_cannot_be_written_is_told_before_any_work(folder, capsys):
    notebook(folder / "ana.ipynb", SET_UP, check(FOUR))
    out = folder / "none" / "grades.csv"
    assert main(["gradebook", "collect", str(folder), "--out", str(out)]) == 2
    assert capsys.readouterr().err == f"'{out}' cannot be written: there is no such folder\n"


def test_a_task_that_fails_reports_nothing(tmp_path):
    report = run_fenced("judge", tmp_path, Limits(seconds=20), Fences(), {"answers": "none.json"})
    assert (report.lines, report.ended) == ((), "itself")
