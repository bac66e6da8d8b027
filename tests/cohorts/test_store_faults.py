"""Power, disks, other people: whatever breaks, nothing is half there, and it is said in words."""

import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from cstools.cohorts import open_planner
from cstools.errors import DataError, FileError

ROOT = Path(__file__).resolve().parents[2]
OLD = Path(__file__).parent / "old_store"
SEED = 2026


@pytest.fixture(scope="module")
def states(paired):
    """Three states of one cohort; the rows that tell them apart are in both files."""
    fewer = paired.programme.plan(paired.name, secret="a phrase")
    fewer = fewer.enrol(person.application for person in paired.people[:20]).select(10)
    return (paired, fewer, paired.select(12, seed=3))


@pytest.fixture(scope="module")
def sources(states, tmp_path_factory):
    """The states by themselves, each in a planner where another process finds it."""
    folder = tmp_path_factory.mktemp("states")
    for number, state in enumerate(states):
        open_planner(folder / str(number)).save(state)
    return [(str(folder / str(number)), state.name) for number, state in enumerate(states)]


@pytest.fixture
def planner(tmp_path, states):
    planner = open_planner(tmp_path / "cohorts.db")
    planner.publish(states[0])
    return planner


class Nursery:
    """Starts processes that work on a store, and kills them."""

    def __init__(self, process, folder):
        self.process, self.folder, self.count = process, folder, 0

    def start(self, task, folder, **order):
        self.count += 1
        told = self.folder / f"told{self.count}"
        order |= {"task": task, "folder": str(folder), "told": str(told)}
        number = int(self._answer(order))
        while not (told.exists() and told.read_text().startswith("ready\n")):
            time.sleep(0.001)
        return number, told

    def kill(self, started):
        """Kill a process, whatever it is doing, and return the lines that it had told by then."""
        number, told = started
        os.kill(number, signal.SIGKILL)
        assert self._answer({"wait": number}) == "gone\n"
        return told.read_text().splitlines()

    def _answer(self, order):
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline()


@pytest.fixture(scope="module")
def nursery(tmp_path_factory):
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.cohorts.killed"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield Nursery(process, tmp_path_factory.mktemp("told"))
    process.stdin.close()
    process.wait()
    process.stdout.close()


def typical(nursery, task, folder, lines, **order):
    """Return how long a process takes until it has told so many lines."""
    begin = time.perf_counter()
    started = nursery.start(task, folder, **order)
    begin = time.perf_counter()
    while len(started[1].read_text().splitlines()) < lines:
        time.sleep(0.001)
    spent = time.perf_counter() - begin
    nursery.kill(started)
    return spent


def looked_over(folder):
    """Assert that both files and the log are whole, and return the planner."""
    planner = open_planner(folder)
    for name in ("people", "runs"):
        with closing(sqlite3.connect(folder / f"{name}.sqlite")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert planner.log().notes == ("The chain is whole.",)
    return planner


def test_a_process_killed_while_it_saves_leaves_one_whole_state_behind(
    planner, states, sources, nursery
):
    """Kills at random moments of saves that follow each other without a pause."""
    draw, kept = random.Random(SEED), states[0]
    longest = typical(nursery, "save", planner.folder, 4, cohorts=sources)
    kept = looked_over(planner.folder).load(kept.name)
    for _ in range(30):
        started = nursery.start("save", planner.folder, cohorts=sources)
        time.sleep(draw.uniform(0, longest))
        told = nursery.kill(started)
        finished = [int(line.split()[1]) for line in told if line.startswith("saved ")]
        done = states[finished[-1]] if finished else kept
        # the next save may just have been finished, and not yet told
        following = states[(finished[-1] + 1) % len(states)] if finished else states[0]
        kept = looked_over(planner.folder).load(kept.name)
        assert kept in (done, following)


def test_a_process_killed_while_it_upgrades_leaves_an_old_or_a_new_store(tmp_path, nursery):
    def old(name):
        folder = tmp_path / name
        folder.mkdir()
        for half in ("people", "runs"):
            with closing(sqlite3.connect(folder / f"{half}.sqlite")) as connection:
                connection.executescript((OLD / f"{half}.sql").read_text(encoding="utf-8"))
        return folder

    draw = random.Random(SEED)
    longest = typical(nursery, "open", old("whole"), 2)
    for number in range(20):
        folder = old(str(number))
        started = nursery.start("open", folder)
        time.sleep(draw.uniform(0, longest))
        nursery.kill(started)
        assert len(looked_over(folder).load("Class of 2026-2027").people) == 6


def test_a_process_killed_while_it_makes_a_planner_leaves_a_folder_that_opens(tmp_path, nursery):
    draw = random.Random(SEED)
    longest = typical(nursery, "open", tmp_path / "whole", 2)
    for number in range(10):
        started = nursery.start("open", tmp_path / str(number))
        time.sleep(draw.uniform(0, longest))
        nursery.kill(started)
        assert len(looked_over(tmp_path / str(number))._table()) == 0


def test_a_disk_that_is_full_is_told_and_changes_nothing(planner, states):
    with closing(sqlite3.connect(planner.folder / "runs.sqlite")) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]

    def no_room(connection, _record):
        connection.execute(f"PRAGMA main.max_page_count = {pages}")

    event.listen(planner.place.engine, "connect", no_room)
    with pytest.raises(FileError) as caught:
        planner.save(replace(states[0], name="Another class"))
    assert str(caught.value) == (
        "the planner 'cohorts.db' cannot be used now (database or disk is full); nothing was "
        "written: make room on the disk, and try again"
    )
    assert looked_over(planner.folder).load(states[0].name) == states[0]


def test_a_disk_that_takes_no_more_bytes_changes_nothing(planner, states):
    """The system refuses every byte beyond the size that the files have."""
    most = (planner.folder / "runs.sqlite").stat().st_size
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        with pytest.raises(FileError) as caught:
            planner.save(replace(states[0], name="Another class"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert str(caught.value) in (
        "the planner 'cohorts.db' cannot be used now (disk I/O error); nothing was written: see "
        "that the disk is whole and has room, and try again",
        "the planner 'cohorts.db' cannot be used now (database or disk is full); nothing was "
        "written: make room on the disk, and try again",
    )
    again = looked_over(planner.folder)
    assert [row[0] for row in again._table().rows] == [states[0].name]
    assert again.load(states[0].name) == states[0]


@contextmanager
def without_rights():
    """Be a user without rights for a while; root may write whatever the files say."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def read_only(states):
    """A planner that may be read and not written, where everybody may look."""
    folder = Path(tempfile.mkdtemp(prefix="cstools-read-only-"))
    open_planner(folder / "cohorts.db").publish(states[0])
    for path in (folder / "cohorts.db").iterdir():
        path.chmod(0o444)
    (folder / "cohorts.db").chmod(0o555)
    folder.chmod(0o755)
    yield folder / "cohorts.db"
    (folder / "cohorts.db").chmod(0o755)
    shutil.rmtree(folder)


def test_a_planner_that_may_only_be_read_is_read(read_only, states):
    with without_rights():
        planner = open_planner(read_only)
        assert planner.load(states[0].name) == states[0]
        assert len(planner._table()) == 1
        assert planner.preview(states[1])


def test_a_planner_that_may_only_be_read_says_so_when_it_is_to_be_written(read_only, states):
    with without_rights():
        planner = open_planner(read_only)
        with pytest.raises(FileError) as caught:
            planner.save(states[1])
    assert str(caught.value) == (
        "the planner 'cohorts.db' cannot be used now (attempt to write a readonly database); "
        "nothing was written: you may read it here, not write; copy the folder to where you may "
        "write"
    )
    assert looked_over(read_only).load(states[0].name) == states[0]


def test_a_folder_that_may_not_be_written_becomes_no_planner(read_only):
    with without_rights(), pytest.raises(FileError) as caught:
        open_planner(read_only / "new")
    assert str(caught.value) == (
        f"the folder '{read_only / 'new'}' cannot be made: Permission denied"
    )


def test_a_file_that_may_not_be_read_is_told(read_only):
    (read_only / "people.sqlite").chmod(0o000)
    with without_rights(), pytest.raises(FileError) as caught:
        open_planner(read_only)
    assert str(caught.value) == (
        f"'people.sqlite' in {read_only} cannot be used now (unable to open database file); see "
        "that you may read and write in that folder, and try again"
    )


def test_two_notebooks_that_save_at_once_both_land(planner, states, sources, nursery, tmp_path):
    """Two processes save two cohorts over and over; neither loses a row of the other."""
    named = [replace(state, name=f"Class {number}") for number, state in enumerate(states[:2])]
    for cohort in named:
        open_planner(tmp_path / cohort.name).save(cohort)
    both = [
        nursery.start("save", planner.folder, cohorts=[(str(tmp_path / c.name), c.name)])
        for c in named
    ]
    while not all("saved" in told.read_text() for _, told in both):
        time.sleep(0.01)
    for started in both:
        nursery.kill(started)
    whole = looked_over(planner.folder)
    assert [whole.load(cohort.name) for cohort in named] == named
    assert whole.load(states[0].name) == states[0]


def test_the_second_of_two_notebooks_is_told_to_load_again(planner, states):
    one, other = open_planner(planner.folder), open_planner(planner.folder)
    one.load(states[0].name)
    other.load(states[0].name)
    one.save(states[1])
    with pytest.raises(DataError, match="was saved by another notebook at"):
        other.save(states[2])
    assert looked_over(planner.folder).load(states[0].name) == states[1]


@pytest.mark.parametrize("name", ["people", "runs"])
def test_a_file_cut_short_is_told_and_left_alone(planner, name):
    path = planner.folder / f"{name}.sqlite"
    path.write_bytes(path.read_bytes()[:-5000])
    before = path.read_bytes()
    with pytest.raises(FileError) as caught:
        open_planner(planner.folder)
    assert str(caught.value).startswith(f"'{name}.sqlite' in {planner.folder} is damaged (")
    assert str(caught.value).endswith(
        "), and was left as it is; put back your last copy of both files, people.sqlite and "
        "runs.sqlite, from the same day"
    )
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["people", "runs"])
def test_a_file_with_overwritten_parts_is_told_or_whole(planner, states, name):
    """A thousand bytes of noise anywhere: a sentence, or the cohort as it was; never less."""
    path = planner.folder / f"{name}.sqlite"
    whole = path.read_bytes()
    draw = random.Random(SEED)
    for _ in range(25):
        at = draw.randrange(len(whole) - 1000)
        path.write_bytes(whole[:at] + draw.randbytes(1000) + whole[at + 1000 :])
        noise = path.read_bytes()
        told = ""
        try:
            cohort = open_planner(planner.folder).load(states[0].name)
        except FileError as error:
            told = str(error)
        if told:
            assert "damaged" in told or "no file of a planner" in told
        else:
            assert [p.code for p in cohort.people] == [p.code for p in states[0].people]
        assert path.read_bytes() == noise
    path.write_bytes(whole)
    assert looked_over(planner.folder).load(states[0].name) == states[0]
