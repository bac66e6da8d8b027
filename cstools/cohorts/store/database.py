"""Two SQLite files behave as one store: one transaction writes both, or neither.

SQLite commits attached files together only with a rollback journal; with a write-ahead log each
file is whole but the two could part ways when the power fails (so SQLite's page on ATTACH). So
the journal is the rollback journal, and foreign keys are on.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from cstools.cohorts.store.faults import advice, is_damage, told
from cstools.cohorts.store.migrating import bring_up_to_date, is_newest
from cstools.cohorts.store.place import Place
from cstools.errors import FileError

NAMES = ("people", "runs")


def files_in(folder: Path) -> Place:
    """Return the store in a folder; a new folder becomes a new, empty store.

    Raises
    ------
    FileError
        When the path is a file, cannot be made, or holds something else; when people are kept
        there and the file with everything else about them is gone.
    """
    if folder.is_file():
        raise FileError(f"'{folder.name}' is a file; a planner is a folder: choose another name")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"the folder '{folder}' cannot be made: {error.strerror}") from None
    _whole(folder)
    nameless = (folder / "runs.sqlite").exists() and not (folder / "people.sqlite").exists()
    for name in NAMES[nameless:]:
        _brought_up_to_date(folder / f"{name}.sqlite", name)
    return Place(folder.name, _both(folder, with_people=not nameless), not nameless, folder)


def _whole(folder: Path) -> None:
    """Refuse names whose cohorts are gone: a new, empty file beside them would hide the loss."""
    people_file = folder / "people.sqlite"
    if (folder / "runs.sqlite").exists() or not people_file.exists():
        return
    try:
        with closing(sqlite3.connect(people_file)) as connection:
            kept = connection.execute("SELECT count(*) FROM people").fetchone()[0]
    except sqlite3.DatabaseError:  # not made yet, or no planner's file: told where it is opened
        return
    if kept:
        raise FileError(
            f"the folder '{folder.name}' holds people.sqlite with {kept} people, and no "
            "runs.sqlite with their cohorts; put that file back, or open another folder"
        )


def _both(folder: Path, *, with_people: bool) -> Engine:
    """Return the engine of ``runs.sqlite`` with ``people.sqlite`` attached as ``people``."""
    engine = _engine(folder / "runs.sqlite")
    if with_people:
        people = str(folder / "people.sqlite")

        @event.listens_for(engine, "connect")
        def attach(connection: sqlite3.Connection, _record: Any) -> None:
            connection.execute("ATTACH DATABASE ? AS people", (people,))
            # what is taken out of this file is gone from the disk as well, not only from the list
            connection.execute("PRAGMA people.secure_delete = ON")

    return engine


def _engine(path: Path) -> Engine:
    """Return an engine whose transactions begin when they are said to, DDL included."""
    engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get("reads_only", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _brought_up_to_date(path: Path, name: str) -> None:
    """Check one file, and bring it to the newest version of its tables in one transaction."""
    engine = _engine(path)
    try:
        if path.exists() and _checked(engine, path, name):
            return
        with engine.begin() as connection:
            bring_up_to_date(connection, name)
    except DatabaseError as error:
        raise FileError(_refusal(path, told(error))) from None
    finally:
        engine.dispose()


def _checked(engine: Engine, path: Path, name: str) -> bool:
    """Return whether a whole file has the newest tables; a damaged one is refused, untouched."""
    with engine.execution_options(reads_only=True).begin() as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        if found != "ok":
            raise FileError(_damaged(path, " ".join(str(found).split())))
        return is_newest(connection, name, f"'{path.name}' in {path.parent}")


def _refusal(path: Path, message: str) -> str:
    place = f"'{path.name}' in {path.parent}"
    if "not a database" in message or "encrypted" in message:
        return (
            f"{place} is no file of a planner ({message}); open another folder, or move that "
            "file away"
        )
    if is_damage(message):
        return _damaged(path, message)
    return f"{place} cannot be used now ({message}); {advice(message)}"


def _damaged(path: Path, message: str) -> str:
    return (
        f"'{path.name}' in {path.parent} is damaged ({message}), and was left as it is; put back "
        "your last copy of both files, people.sqlite and runs.sqlite, from the same day"
    )
