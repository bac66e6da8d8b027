"""Stores as the first version of the planner left them, made again from their own statements."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib import resources
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, make_url
from sqlalchemy.pool import NullPool

STATEMENTS = Path(__file__).parent / "old_store"
COHORT = "Class of 2026-2027"
PEOPLE = 6
FIRST = {"people": ("people", "p001"), "runs": ("public", "r001")}


def old_folder(folder: Path) -> Path:
    """Fill a folder with the two files, statement by statement."""
    folder.mkdir(parents=True)
    for name in FIRST:
        old_file(folder, name)
    return folder


def old_file(folder: Path, name: str) -> None:
    """Make one of the two files."""
    with closing(sqlite3.connect(folder / f"{name}.sqlite")) as connection:
        connection.executescript((STATEMENTS / f"{name}.sql").read_text(encoding="utf-8"))


def old_server(address: str) -> str:
    """Fill an empty database with the first version's tables and the rows of those files."""
    url = make_url(address).set(drivername="postgresql+pg8000")
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA people")
        for name, (schema, version) in FIRST.items():
            connection.exec_driver_sql(f"SET LOCAL search_path TO {schema}")
            _first_tables(connection, name, version)
            for statement in _rows(name):
                connection.exec_driver_sql(statement)
    return address


def _first_tables(connection: Connection, name: str, version: str) -> None:
    config = Config()
    folder = resources.files("cstools.cohorts.store").joinpath("migrations", name)
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    with EnvironmentContext(
        config, script, fn=lambda found, _context: script._upgrade_revs(version, found)
    ) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()


def _rows(name: str) -> list[str]:
    """Return the statements that fill the tables; parents first, as a server wants them."""
    lines = (STATEMENTS / f"{name}.sql").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("INSERT") and "alembic_version" not in line]
    order = ("runs", "participants")
    return sorted(rows, key=lambda row: [f'INTO "{table}"' not in row for table in order])
