"""Two SQLite files behave as one store: one transaction writes both, or neither.

SQLite commits attached files together only with a rollback journal; with a write-ahead log each
file is whole but the two could part ways when the power fails (so SQLite's page on ATTACH). So
the journal is the rollback journal, and foreign keys are on.
"""

from __future__ import annotations

import sqlite3
from importlib import resources
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import NullPool

from cstools.errors import FileError

NAMES = ("people", "runs")


def connected(folder: Path, *, with_people: bool) -> Engine:
    """Return the engine of ``runs.sqlite`` with ``people.sqlite`` attached as ``people``.

    Raises
    ------
    FileError
        When a file is no planner's file, or another program holds it.
    """
    for name in NAMES if with_people else NAMES[1:]:
        _brought_up_to_date(folder / f"{name}.sqlite", name)
    engine = _engine(folder / "runs.sqlite")
    if with_people:
        people = str(folder / "people.sqlite")

        @event.listens_for(engine, "connect")
        def attach(connection: sqlite3.Connection, _record: Any) -> None:
            connection.execute("ATTACH DATABASE ? AS people", (people,))

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
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _brought_up_to_date(path: Path, name: str) -> None:
    """Bring one file to the newest version of its tables, in one transaction."""
    entry = resources.files("cstools.cohorts").joinpath("migrations", name)
    with resources.as_file(entry) as steps:
        config = Config()
        config.set_main_option("script_location", str(steps).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        script = ScriptDirectory.from_config(config)
        engine = _engine(path)
        try:
            with engine.begin() as connection:
                _upgrade(config, script, connection)
        except OperationalError as error:
            raise FileError(
                f"'{path.name}' in {path.parent} cannot be used now ({error.orig}); close other "
                "programs and notebooks that have it open, and try again"
            ) from None
        except DatabaseError as error:
            raise FileError(
                f"'{path.name}' in {path.parent} is no file of a planner ({error.orig}); "
                "open another folder, or move that file away"
            ) from None
        finally:
            engine.dispose()


def _upgrade(config: Config, script: ScriptDirectory, connection: Connection) -> None:
    def steps(revision: Any, _context: Any) -> Any:
        return script._upgrade_revs("head", revision)

    with EnvironmentContext(config, script, fn=steps) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
