"""Where a planner's tables are: two files in a folder, or a database on a server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from cstools.cohorts.store.faults import advice, is_damage, told
from cstools.errors import FileError

_ASK = "ask whoever keeps the server for the right to its schema 'people'"


@dataclass(frozen=True)
class Place:
    """A store that is open: its name in messages, and the engine behind it.

    ``with_people`` says whether the names are here; ``folder`` is ``None`` on a server.
    """

    title: str
    engine: Engine
    with_people: bool
    folder: Path | None = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Begin a transaction that sees one state of the store, and writes nothing."""
        with self._begun(self.engine.execution_options(reads_only=True)) as connection:
            yield connection

    @contextmanager
    def writing(self, subject: str) -> Iterator[Connection]:
        """Begin a transaction that is written whole or not at all.

        Nobody else writes meanwhile: in SQLite nothing at all, on a server nothing about the same
        ``subject``.
        """
        with self._begun(self.engine) as connection:
            alone(connection, subject)
            yield connection

    def no_names(self) -> str:
        """Return the sentence for whoever asks for a name where there is none."""
        if self.folder is not None:
            return "names are kept in people.sqlite, and it is not in this folder"
        return f"'{self.title}' shows you no names; {_ASK}"

    def no_save(self) -> str:
        """Return the sentence for whoever saves where there are no names."""
        if self.folder is not None:
            return (
                f"'{self.title}' holds no people.sqlite, so nothing can be saved in it; put that "
                "file back and open the planner again, or open another folder"
            )
        return f"'{self.title}' shows you no names, so nothing can be saved in it; {_ASK}"

    @contextmanager
    def _begun(self, engine: Engine) -> Iterator[Connection]:
        self._look_for_files()
        try:
            with engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise FileError(self._refusal(told(error), lost=error.connection_invalidated)) from None

    def _look_for_files(self) -> None:
        if self.folder is None:
            return
        for name in ("people", "runs")[not self.with_people :]:
            if not (self.folder / f"{name}.sqlite").exists():
                raise FileError(
                    f"'{name}.sqlite' is no longer in the folder '{self.title}'; put it "
                    "back and open the planner again"
                )

    def _refusal(self, message: str, *, lost: bool) -> str:
        if lost:  # whether the last word of a save had come to the server, nobody here knows
            return (
                f"the planner '{self.title}' lost its server ({message}); what was being saved is "
                "there whole or not at all: see that the server runs, open the planner again, and "
                "look"
            )
        if is_damage(message):
            return (
                f"the planner '{self.title}' is damaged ({message}); nothing was written: put back "
                "your last copy of both files, people.sqlite and runs.sqlite, from the same day"
            )
        return (
            f"the planner '{self.title}' cannot be used now ({message}); nothing was written: "
            f"{advice(message)}"
        )


def alone(connection: Connection, subject: str) -> None:
    """Wait on a server until nobody else writes about this subject; it ends with the transaction.

    In SQLite a transaction that writes is alone from its beginning.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:subject, 0))"),
            {"subject": f"cstools planner: {subject}"},
        )
