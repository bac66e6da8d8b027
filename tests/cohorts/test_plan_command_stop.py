"""Long work at the terminal: it says how far it is, it can be stopped, and it fits the window."""

import fcntl
import io
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from cstools.__main__ import main
from cstools.cohorts import open_planner
from cstools.cohorts.command import progress
from cstools.cohorts.command.progress import Progress
from cstools.cohorts.command.shown import lines_of
from cstools.cohorts.following import follow
from cstools.cohorts.made_up.synthetic_zoom import synthetic_visits, write_zoom_report
from cstools.cohorts.store import differences

SAVED = "stopped after 'Class of 2026-2027' was saved; nothing is half there\n"
SAVING = (
    "stopped while 'Class of 2026-2027' was being saved; nothing of it was, the planner is as it "
    "was\n"
)
NOTHING = "stopped; nothing was saved, and the planner is as it was\n"


@pytest.fixture
def planner(tmp_path, paired):
    place = tmp_path / "planner"
    open_planner(place).save(paired)
    return str(place)


def test_ctrl_c_at_any_moment_says_truly_whether_something_was_saved(planner):
    words = ["select", "25", "--seed", "{k}"]
    script = str(Path(__file__).with_name("stopped.py"))
    done = subprocess.run(
        [sys.executable, script, planner, "12", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    attempts = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(attempts) == 12
    before = 1
    for found in attempts:
        assert found["whole"], found
        assert found["code"] in (0, 130), found
        if found["code"] == 0 or found["said"] == SAVED:
            assert found["kept"] == found["seed"], found
        elif found["said"]:
            assert found["said"] in (SAVING, NOTHING), found
            assert found["kept"] == before, found
        else:  # stopped behind the last step, with nothing left to say
            assert found["kept"] in (before, found["seed"]), found
        before = found["kept"]
    assert any(found["said"] for found in attempts)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def until_it_speaks(stream, words=""):
    while not stream.getvalue() or words not in stream.getvalue():
        time.sleep(0.01)


def test_on_a_terminal_one_line_comes_and_goes(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    with Progress("pairing buddies") as told:
        told(1200, 4000)
        until_it_speaks(screen, "\r\x1b[Kpairing buddies: 1,200 of 4,000, ")
    assert screen.getvalue().endswith("\r\x1b[K")
    assert "\n" not in screen.getvalue()


def test_what_is_done_at_once_says_nothing(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with Progress("reading"):
        pass
    assert screen.getvalue() == ""


def test_reports_are_counted_beside_the_answer_not_in_it(
    planner, paired, tmp_path, monkeypatch, capsys
):
    ours = tmp_path / "ours.toml"
    ours.write_text(
        '[[calls]]\nname = "monthly call"\nday = "second Tuesday"\nstart = 09:00:00\n'
        'zone = "America/New_York"\nminutes = 120\n',
        encoding="utf-8",
    )
    assert main(["plan", "overlay", str(ours), "--planner", planner]) == 0
    cohort = open_planner(planner).load(paired.name)
    folder = tmp_path / "zoom"
    folder.mkdir()
    for call in cohort.calendar().calls[:2]:
        visits = synthetic_visits(cohort.accepted, call.starts, call.minutes)
        write_zoom_report(folder / f"{call.day}.csv", visits)
    capsys.readouterr()
    pipe = io.StringIO()
    reads = follow.read_zoom_report

    def slowly(*given, **named):
        until_it_speaks(pipe)
        return reads(*given, **named)

    monkeypatch.setattr(sys, "stderr", pipe)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setattr(follow, "read_zoom_report", slowly)
    words = ["attend", str(folder), "--zone", "America/New_York", "--planner", planner]
    assert main(["plan", *words, "--verbose"]) == 0
    assert "reading the reports: 2 of 2, done\n" in pipe.getvalue()
    assert "\x1b" not in pipe.getvalue()
    shown = capsys.readouterr().out
    assert "calls with a report" in shown
    assert "reading" not in shown


def test_rows_that_are_saved_are_counted(planner, paired, monkeypatch, capsys):
    pipe, puts = io.StringIO(), differences.put

    def slowly(*given):
        until_it_speaks(pipe, "saving")
        puts(*given)

    monkeypatch.setattr(sys, "stderr", pipe)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setattr(differences, "put", slowly)
    assert main(["plan", "select", "20", "--planner", planner, "--verbose"]) == 0
    counted = re.search(r"saving '[^']+': (\d+) of (\d+), done\n", pipe.getvalue())
    assert counted
    assert counted[1] == counted[2]


def on_a_screen(columns, *words):
    """Return what a command writes on a terminal of so many columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))
    environment = {name: text for name, text in os.environ.items() if name != "COLUMNS"}
    with subprocess.Popen(
        [sys.executable, "-m", "cstools", "plan", *words],
        stdout=theirs,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env=environment,
        cwd=Path(__file__).parents[2],
    ) as process:
        os.close(theirs)
        parts = []
        while part := read_some(ours):
            parts.append(part)
        os.close(ours)
    assert process.returncode == 0
    return b"".join(parts).decode().replace("\r\n", "\n")


def read_some(terminal):
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other side is closed
        return b""


def test_forty_columns_are_enough(planner, capsys):
    narrow = on_a_screen(40, "seats", "--planner", planner)
    assert max(map(len, narrow.splitlines())) <= 40
    main(["plan", "seats", "--planner", planner])
    wide = capsys.readouterr().out
    words = set(narrow.replace("-", " ").replace(":", " ").split())
    assert set(wide.replace("-", " ").replace(":", " ").split()) - words == set()


@pytest.mark.parametrize("width", [30, 40, 60, 80, 100, 140, None])
def test_a_table_loses_no_word_and_keeps_to_its_width(paired, width):
    calendar = paired.calendar()
    for shown in (
        paired.decisions_table(),
        paired.buddies_table(),
        paired.eligibility(),
        calendar.in_each_zone(),
        calendar.in_zone("Asia/Tokyo"),
    ):
        lines = lines_of(shown, width)
        cells = [cell for row in (shown.columns, *shown.rows) for cell in row]
        words = {word for text in (shown.title, *cells, *shown.notes) for word in text.split()}
        told = {word.rstrip(":") for line in lines for word in line.split()}
        told |= {word for line in lines for word in line.split()}
        assert words - told == set()
        if width is None:
            assert lines == repr(shown).splitlines()
        else:
            assert max(map(len, lines)) <= width
