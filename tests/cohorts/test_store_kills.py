"""Killed at any moment: the store opens, nothing is half there, and the log's chain holds.

More such kills, at moments drawn anew each time, are in ``tests/fuzz/test_kills.py``.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from cstools.cohorts import Cohort, Programme, open_planner
from cstools.cohorts.made_up.synthetic_zoom import synthetic_visits, write_zoom_report
from cstools.errors import FileError
from tests.cohorts import old
from tests.cohorts.disk import WRITES
from tests.cohorts.nursery import (
    found_whole,
    killed_again_and_again,
    looked_over,
    typical,
)
from tests.cohorts.overlays import CALLS_AT_NINE
from tests.cohorts.people import somebody

SEED = 2026


@pytest.fixture
def published(store: str, states: tuple[Cohort, ...]) -> str:
    """A store, in a folder or on a server, with the first state and its calendar."""
    open_planner(store).publish(states[0])
    return store


SAVING = {"files": 24, "server": 8}
ATTENDING = {"files": 8, "server": 4}
UPGRADING = {"files": 12, "server": 4}


def kind_of(place: str) -> str:
    return "server" if "://" in place else "files"


def test_a_process_killed_while_it_saves_leaves_one_whole_state_behind(
    published, states, sources, nursery
):
    """Kills at random moments of saves that follow each other without a pause."""
    kills, draw = SAVING[kind_of(published)], random.Random(SEED)
    killed_again_and_again(nursery, published, states, sources, kills, draw)


@pytest.fixture(scope="module")
def attended(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[Cohort, Cohort], Path]:
    """A large cohort before and after a year of calls, and the folder with the reports."""
    folder = tmp_path_factory.mktemp("attendance")
    (folder / "ours.toml").write_text(CALLS_AT_NINE, encoding="utf-8")
    programme = Programme.load("master-practitioners-2026", overlay=folder / "ours.toml")
    cohort = programme.plan("Many", secret="a phrase").enrol(map(somebody, range(220)))
    (folder / "reports").mkdir()
    for call in cohort.calendar().calls:
        visits = synthetic_visits(cohort.people, call.starts, call.minutes)
        write_zoom_report(folder / "reports" / f"{call.day}.csv", visits)
    after = cohort.following.attend(folder / "reports", "America/New_York")
    return (cohort, after), folder / "reports"


def test_a_process_killed_while_it_takes_attendance_leaves_all_of_it_or_none(
    store, attended, nursery, copied
):
    (before, after), reports = attended
    assert sum(len(meeting.presences) for meeting in after.followed.meetings) > 2000  # in bulk
    open_planner(store).publish(before)
    order, draw = {"name": before.name, "reports": str(reports)}, random.Random(SEED)
    longest, _ = typical(nursery, "attend", copied(store), 2, **order)
    for _ in range(ATTENDING[kind_of(store)]):
        place = copied(store)
        started = nursery.start("attend", place, **order)
        time.sleep(draw.uniform(0, longest))
        found_whole(place, (before, after), nursery.kill(started), 0, first=1)


@pytest.mark.parametrize("kind", ["files", "server"])
def test_a_process_killed_while_it_upgrades_leaves_an_old_or_a_new_store(
    kind, tmp_path, nursery, copied, request
):
    if kind == "files":
        before = str(old.old_folder(tmp_path / "cohorts.db"))
    else:
        before = old.old_server(request.getfixturevalue("new_database")())
    draw = random.Random(SEED)
    longest, _ = typical(nursery, "open", copied(before), 2)
    for _ in range(UPGRADING[kind]):
        place = copied(before)
        started = nursery.start("open", place)
        time.sleep(draw.uniform(0, longest))
        nursery.kill(started)
        assert len(looked_over(place).load(old.COHORT).people) == old.PEOPLE


def test_a_process_killed_while_it_makes_a_planner_leaves_a_folder_that_opens(tmp_path, nursery):
    draw = random.Random(SEED)
    longest, _ = typical(nursery, "open", tmp_path / "whole", 2)
    for number in range(8):
        started = nursery.start("open", tmp_path / str(number))
        time.sleep(draw.uniform(0, longest))
        nursery.kill(started)
        assert len(looked_over(tmp_path / str(number))._table()) == 0


def killed_at(nursery, place, sources, calls, at):
    """Let a process publish the second state and die at a call; return what it told."""
    order = {"cohorts": sources[1:2], "calls": list(calls), "at": at}
    return nursery.ended(nursery.start("save until", place, **order))


@pytest.fixture
def in_files(tmp_path, states):
    """A folder with the first state and its calendar."""
    open_planner(tmp_path / "cohorts.db").publish(states[0])
    return str(tmp_path / "cohorts.db")


def test_between_the_two_files_a_save_is_whole_as_well(in_files, states, sources, nursery, copied):
    """Both files hold the new state when the list of their journals goes, and never before.

    While both files are written, that list lies beside them. As long as it is there, both go back;
    once it is gone, both stay. Then the journals go, one after the other.
    """
    found = []
    for at in (1, 2, 3):
        folder = Path(copied(in_files))
        assert killed_at(nursery, folder, sources, ["unlink"], at) == ["ready"]
        left = [len(list(folder.glob(names))) for names in ("*-mj*", "*-journal")]
        found.append((*left, found_whole(folder, states, [], 0, first=1)))
    assert found == [(1, 2, 0), (0, 2, 1), (0, 1, 1)]


def test_a_save_that_dies_at_any_write_to_the_disk_leaves_one_whole_state(
    in_files, states, sources, nursery, copied
):
    """Twenty writes of a save, the first, the last and between, come to the disk by half."""
    calls = (*WRITES, "ftruncate")
    counted = killed_at(nursery, copied(in_files), sources, calls, 0)
    many = int(counted[-2].removeprefix("calls "))
    for part in range(20):
        folder = copied(in_files)
        at = 1 + part * (many - 1) // 19
        assert killed_at(nursery, folder, sources, calls, at) == ["ready"]
        assert found_whole(folder, states, [], 0, first=1) == 0  # the end is no write


def test_a_server_that_breaks_off_in_a_save_has_one_whole_state_when_it_is_back(
    server, states, sources, nursery
):
    place, draw, last = server.new_database(), random.Random(SEED), 0
    planner = open_planner(place)
    planner.publish(states[0])
    longest, told = typical(nursery, "save", place, 1 + len(states), cohorts=sources)
    last = found_whole(place, states, told, last)
    for _ in range(4):
        started = nursery.start("save", place, cohorts=sources)
        time.sleep(draw.uniform(0, longest))
        server.break_off()
        try:
            told = nursery.ended(started)
            with pytest.raises(FileError, match="see that the address is right and the server"):
                planner.load(states[0].name)
        finally:
            server.start()
        assert told[-2].startswith(f"refused the planner '{planner.place.title}' ")
        last = found_whole(place, states, told, last)


def test_a_server_that_breaks_off_is_told_and_nothing_else_is_printed(server, paired, capfd):
    planner = open_planner(server.new_database())
    planner.save(paired)
    on_its_way = planner.place.writing("x")
    on_its_way.__enter__().execute(text("UPDATE runs SET seats = 1"))
    server.break_off()
    try:
        with pytest.raises(FileError) as caught:
            on_its_way.__exit__(None, None, None)
    finally:
        server.start()
    assert str(caught.value) == (
        f"the planner '{planner.place.title}' lost its server (network error); what was being "
        "saved is there whole or not at all: see that the server runs, open the planner again, "
        "and look"
    )
    assert capfd.readouterr() == ("", "")
    assert planner.load(paired.name) == paired
