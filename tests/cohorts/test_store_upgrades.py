"""A store outlives its program: an older one is carried on, a newer one is left alone."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from cstools.cohorts import open_planner
from cstools.errors import FileError

OLD = Path(__file__).parent / "old_store"


def written(path, statements):
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(statements)


def rows(path):
    """Return what every table of a file holds, but for the line that says its version."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: connection.execute(f"SELECT * FROM {name}").fetchall()
            for (name,) in names.fetchall()
            if name != "alembic_version"
        }


@pytest.fixture
def old(tmp_path):
    """A folder as the first version of the planner left it, statement by statement."""
    folder = tmp_path / "cohorts.db"
    folder.mkdir()
    for name in ("people", "runs"):
        written(folder / f"{name}.sqlite", (OLD / f"{name}.sql").read_text(encoding="utf-8"))
    return folder


def test_an_old_store_is_carried_on_with_nothing_lost(old):
    before = {name: rows(old / f"{name}.sqlite") for name in ("people", "runs")}
    planner = open_planner(old)
    after = {name: rows(old / f"{name}.sqlite") for name in ("people", "runs")}
    for name, tables in before.items():
        assert {table: after[name][table] for table in tables} == tables
        assert any(table not in tables for table in after[name])
    assert planner.log().notes == ("The chain is whole.",)


def test_a_cohort_from_an_old_store_can_be_read_and_saved_on(old):
    planner = open_planner(old)
    cohort = planner.load("Class of 2026-2027")
    assert len(cohort.people) == 6
    assert "Lutavi Synthetic-01" in {person.application.name._text for person in cohort.people}
    assert [d.outcome for d in cohort.decisions].count("accepted") == 3
    assert len(cohort.buddies) == 3
    planner.save(cohort)  # a programme's facts may be told in more words than they were then
    assert not planner.save(cohort)
    assert planner.load("Class of 2026-2027") == cohort


def test_a_share_from_an_old_store_can_be_read(old):
    (old / "people.sqlite").unlink()
    assert len(open_planner(old).load("Class of 2026-2027").people) == 6


def test_an_upgrade_that_half_happened_is_finished(old, tmp_path):
    """Each file is upgraded in a transaction of its own: one may be ahead when the power fails."""
    other = tmp_path / "other"
    open_planner(other)
    open_planner(old)
    (old / "runs.sqlite").unlink()
    written(old / "runs.sqlite", (OLD / "runs.sql").read_text(encoding="utf-8"))
    planner = open_planner(old)
    assert rows(old / "runs.sqlite").keys() == rows(other / "runs.sqlite").keys()
    assert len(planner.load("Class of 2026-2027").people) == 6


@pytest.mark.parametrize("name", ["people", "runs"])
def test_a_store_from_a_newer_version_is_refused_and_left_alone(tmp_path, name):
    folder = tmp_path / "cohorts.db"
    open_planner(folder)
    path = folder / f"{name}.sqlite"
    written(path, "UPDATE alembic_version SET version_num = 'x999'")
    before = path.read_bytes()
    with pytest.raises(FileError) as caught:
        open_planner(folder)
    assert str(caught.value) == (
        f"'{name}.sqlite' in {folder} was written by a newer version of cstools (its tables are "
        "'x999'); install that version here: pip install --upgrade 'cstools[planner]'"
    )
    assert path.read_bytes() == before


def test_a_server_from_a_newer_version_is_refused(new_database):
    address = new_database()
    planner = open_planner(address)
    with planner.place.writing("x") as connection:
        connection.execute(text("UPDATE people.alembic_version SET version_num = 'x999'"))
    with pytest.raises(FileError) as caught:
        open_planner(address)
    assert str(caught.value) == (
        f"the planner '{planner.place.title}' was written by a newer version of cstools (its "
        "tables are 'x999'); install that version here: pip install --upgrade 'cstools[planner]'"
    )
