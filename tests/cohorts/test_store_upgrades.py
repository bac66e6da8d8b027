"""A store outlives its program: an older one is carried on, a newer one is left alone."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from cstools.cohorts import open_planner
from cstools.errors import FileError
from tests.cohorts.old import COHORT, PEOPLE, old_file, old_folder, old_server


def rows_of_file(path):
    """Return what every table of a file holds, but for the line that says its version."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: connection.execute(f"SELECT * FROM {name}").fetchall()
            for (name,) in names.fetchall()
            if name != "alembic_version"
        }


def rows_on_server(address):
    """Return the same of a database, by schema and table."""
    url = make_url(address).set(drivername="postgresql+pg8000")
    with create_engine(url, poolclass=NullPool).begin() as connection:
        names = connection.execute(
            text(
                "SELECT table_schema, table_name FROM information_schema.tables WHERE table_name "
                "<> 'alembic_version' AND table_schema IN ('public', 'people')"
            )
        )
        return {
            name: connection.execute(text(f'SELECT * FROM {name[0]}."{name[1]}"')).all()
            for name in map(tuple, names)
        }


def rows(place):
    if "://" in str(place):
        return rows_on_server(place)
    return {
        (half, table): held
        for half in ("people", "runs")
        for table, held in rows_of_file(place / f"{half}.sqlite").items()
    }


@pytest.fixture
def old_files(tmp_path):
    """A folder as the first version of the planner left it."""
    return old_folder(tmp_path / "cohorts.db")


@pytest.fixture(params=["files", "server"])
def old(request):
    """The same in a folder and on a server."""
    if request.param == "files":
        return request.getfixturevalue("old_files")
    return old_server(request.getfixturevalue("new_database")())


def in_old_columns(after, before):
    """Return rows with as many cells as they had: newer columns stand behind the older ones."""
    return [tuple(row)[: len(was)] for row, was in zip(after, before, strict=True)]


def test_an_old_store_is_carried_on_with_nothing_lost(old):
    before = rows(old)
    planner = open_planner(old)
    after = rows(old)
    assert {table: in_old_columns(after[table], before[table]) for table in before} == before
    for half in {half for half, _ in before}:
        assert any(table not in before for table in after if table[0] == half)
    assert planner.log().notes == ("The chain is whole.",)


def test_a_cohort_from_an_old_store_can_be_read_and_saved_on(old):
    planner = open_planner(old)
    cohort = planner.load(COHORT)
    assert len(cohort.people) == PEOPLE
    assert "Lutavi Synthetic-01" in {person.application.name._text for person in cohort.people}
    assert [d.outcome for d in cohort.decisions].count("accepted") == 3
    assert {(d.valid_from, d.valid_to) for d in cohort.decisions} == {(None, None)}
    assert len(cohort.buddies) == 3
    planner.save(cohort)  # a programme's facts may be told in more words than they were then
    assert not planner.save(cohort)
    assert planner.load(COHORT) == cohort


def test_a_share_from_an_old_store_can_be_read(old_files):
    (old_files / "people.sqlite").unlink()
    assert len(open_planner(old_files).load(COHORT).people) == PEOPLE


def test_an_upgrade_that_half_happened_is_finished(old_files, tmp_path):
    """Each file is upgraded in a transaction of its own: one may be ahead when the power fails."""
    other = tmp_path / "other"
    open_planner(other)
    open_planner(old_files)
    (old_files / "runs.sqlite").unlink()
    old_file(old_files, "runs")
    planner = open_planner(old_files)
    assert rows(old_files).keys() == rows(other).keys()
    assert len(planner.load(COHORT).people) == PEOPLE


@pytest.mark.parametrize("name", ["people", "runs"])
def test_a_store_from_a_newer_version_is_refused_and_left_alone(tmp_path, name):
    folder = tmp_path / "cohorts.db"
    open_planner(folder)
    path = folder / f"{name}.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("UPDATE alembic_version SET version_num = 'x999'")
    before = path.read_bytes()
    with pytest.raises(FileError) as caught:
        open_planner(folder)
    assert str(caught.value) == (
        f"'{name}.sqlite' in {folder} was written by a newer version of cstools (its tables are "
        "'x999'); install that version here: pip install --upgrade 'cstools[planner]'"
    )
    assert path.read_bytes() == before


@pytest.mark.parametrize("schema", ["people", "public"])
def test_a_server_from_a_newer_version_is_refused_and_left_alone(new_database, paired, schema):
    address = new_database()
    planner = open_planner(address)
    planner.save(paired)
    with planner.place.writing("x") as connection:
        connection.execute(text(f"UPDATE {schema}.alembic_version SET version_num = 'x999'"))
    before = rows(address)
    with pytest.raises(FileError) as caught:
        open_planner(address)
    assert str(caught.value) == (
        f"the planner '{planner.place.title}' was written by a newer version of cstools (its "
        "tables are 'x999'); install that version here: pip install --upgrade 'cstools[planner]'"
    )
    assert rows(address) == before
