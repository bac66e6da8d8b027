"""Power, disks, other people: whatever breaks, nothing is half there, and it is said in words."""

import os
import random
import resource
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from cstools.cohorts import open_planner
from cstools.errors import DataError, FileError
from tests.cohorts.nursery import kept_apart, looked_over

SEED = 2026


@pytest.fixture
def planner(tmp_path, states):
    planner = open_planner(tmp_path / "cohorts.db")
    planner.publish(states[0])
    return planner


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


def test_two_notebooks_that_save_at_once_both_land(store, states, nursery, tmp_path):
    """Two processes save two cohorts over and over; neither loses a row of the other."""
    open_planner(store).publish(states[0])
    named = [replace(state, name=f"Class {number}") for number, state in enumerate(states[:2])]
    both = [
        nursery.start("save", store, cohorts=kept_apart([cohort], tmp_path / cohort.name))
        for cohort in named
    ]
    while not all("saved" in told.read_text() for _, told in both):
        time.sleep(0.01)
    for started in both:
        nursery.kill(started)
    whole = looked_over(store)
    for cohort in named:
        with whole.place.writing(f"home/{cohort.name}"):
            pass  # on a server, what a killed process had begun there ends first
    assert [whole.load(cohort.name) for cohort in named] == named
    assert whole.load(states[0].name) == states[0]


def test_the_second_of_two_notebooks_is_told_to_load_again(store, states):
    one, other = open_planner(store), open_planner(store)
    one.publish(states[0])
    one.load(states[0].name)
    other.load(states[0].name)
    one.save(states[1])
    with pytest.raises(DataError, match="was saved by another notebook at"):
        other.save(states[2])
    assert looked_over(store).load(states[0].name) == states[1]


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
