"""A planner keeps cohorts: names in one file, everything else in another, written together.

Leaving ``people.sqlite`` out gives the share without names: the same cohorts, by random id.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import OperationalError

from cstools.cohorts import audit
from cstools.cohorts.cohort import Cohort
from cstools.cohorts.database import connected
from cstools.cohorts.keeping import Rows, bring, mine, read_cohort, write_cohort
from cstools.cohorts.rows import event_from_text, event_text
from cstools.cohorts.tables import Table as Shown
from cstools.cohorts.tables import table
from cstools.cohorts.tables_of_store import events, people, runs
from cstools.cohorts.year_calendar import Calendar
from cstools.errors import DataError, FileError, unknown_name

HOME_ORGANISATION = "home"


def open_planner(path: str | Path, *, organisation: str = HOME_ORGANISATION) -> Planner:
    """Return the planner that a folder holds; a new folder becomes a new, empty planner.

    Parameters
    ----------
    path
        A folder, whatever its name (``cohorts.db`` is as good as any). In it are two SQLite files:
        ``people.sqlite`` with names, e-mails and postal codes, and ``runs.sqlite`` with everything
        else by random id. A folder with only ``runs.sqlite`` is a share without names: it can be
        read, not added to.
    organisation
        Whose cohorts these are, where several organisations share a planner.

    Raises
    ------
    FileError
        When the path is a file, cannot be made, or holds something else; when people are kept
        there and the file with everything else about them is gone.
    """
    folder = Path(path)
    if folder.is_file():
        raise FileError(f"'{folder.name}' is a file; a planner is a folder: choose another name")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"the folder '{folder}' cannot be made: {error.strerror}") from None
    _whole(folder)
    nameless = (folder / "runs.sqlite").exists() and not (folder / "people.sqlite").exists()
    return Planner(folder, organisation, not nameless, connected(folder, with_people=not nameless))


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


@dataclass(frozen=True)
class Saved:
    """What a save changed; all zeros mean that everything was there already."""

    cohort: str
    added: int = 0
    changed: int = 0
    removed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def __repr__(self) -> str:
        if not self:
            return f"'{self.cohort}' was already saved like this; nothing changed"
        counts = f"{self.added} rows added, {self.changed} changed, {self.removed} removed"
        return f"'{self.cohort}' saved: {counts}"


@dataclass(frozen=True)
class Planner:
    """A folder of cohorts. Each save is one transaction over both files and one line of the log."""

    folder: Path
    organisation: str
    with_people: bool
    _engine: Engine = field(repr=False, compare=False)

    def save(self, cohort: Cohort) -> Saved:
        """Write a cohort, whole or not at all; what is already there stays as it is.

        Raises
        ------
        DataError
            When this planner has no names: rows without a person behind them cannot be added.
        """
        if not self.with_people:
            raise DataError(
                f"'{self.folder.name}' holds no people.sqlite, so nothing can be saved in it; put "
                "that file back and open the planner again, or open another folder"
            )
        with self._begun() as connection:
            run_id = self._run_id(connection, cohort.name) or str(uuid.uuid4())
            key = (self.organisation, run_id)
            saved = Saved(cohort.name, *write_cohort(connection, key, cohort))
            if saved:
                audit.append(connection, *key, "save", repr(saved))
        return saved

    def load(self, name: str) -> Cohort:
        """Return a saved cohort by its name, equal to the one that was saved.

        Without ``people.sqlite`` its people have codes made from their random ids, and no name.

        Raises
        ------
        UnknownNameError
            When there is no such cohort; the nearest name is given.
        """
        with self._begun() as connection:
            run_id = self._run_id(connection, name)
            if run_id is None:
                raise unknown_name(name, self._names(connection), f"planner '{self.folder.name}'")
            return read_cohort(
                connection, (self.organisation, run_id), with_people=self.with_people
            )

    def publish(self, cohort: Cohort) -> Calendar:
        """Return the cohort's calendar numbered after the one published before, and keep it.

        Changed events get the next sequence number, so that calendar programs move what they
        hold; the same calendar again changes nothing.
        """
        self.save(cohort)
        with self._begun() as connection:
            key = (self.organisation, str(self._run_id(connection, cohort.name)))
            rows = connection.execute(select(events.c.content).where(*mine(events, key)))
            before = tuple(event_from_text(row.content) for row in rows)
            calendar = cohort.calendar()
            numbered = calendar.after(Calendar(calendar.title, before))
            wanted: Rows = {
                (event.uid,): {"content": event_text(event)} for event in numbered.events
            }
            counts = bring(connection, events, key, ("uid",), wanted)
            if any(counts):
                audit.append(connection, *key, "publish", f"{len(numbered.events)} events")
        return numbered

    def reveal(self, name: str, code: str, reason: str) -> str:
        """Return the name and e-mail behind a code; the log keeps who was looked up and why.

        Raises
        ------
        UnknownNameError
            When nobody in that cohort has the code.
        DataError
            When no reason is given, or the names are not here.
        """
        if not self.with_people:
            raise DataError("names are kept in people.sqlite, and it is not in this folder")
        cohort = self.load(name)
        by_code = {person.code: person.application for person in cohort.people}
        if code not in by_code:
            raise unknown_name(code, by_code, f"'{name}'")
        found = by_code[code]
        with self._begun() as connection:
            key = (self.organisation, str(self._run_id(connection, name)))
            who = select(people.c.person_id).where(*mine(people, key), people.c.code == code)
            person_id = connection.execute(who).scalar_one()

            def log(told: str) -> None:
                audit.append(connection, *key, "reveal", f"person {person_id}: {told}")

            return f"{found.name.reveal(reason, log)} <{found.email._text}>"

    def log(self) -> Shown:
        """Return the audit log; a note says whether its chain of hashes is whole."""
        with self._begun() as connection:
            rows = [
                (str(line["position"]), str(line["at"]), str(line["action"]), str(line["detail"]))
                for line in audit.lines(connection)
            ]
            broken = audit.broken_at(connection)
        note = "The chain is whole." if broken is None else f"The chain is broken at line {broken}."
        return table(
            f"Log of '{self.folder.name}'", ("line", "when (UTC)", "what", "detail"), rows, [note]
        )

    @contextmanager
    def _begun(self) -> Iterator[Connection]:
        """Begin a transaction over the files; what SQLite cannot do is told in words."""
        for name in ("people", "runs")[not self.with_people :]:
            if not (self.folder / f"{name}.sqlite").exists():
                raise FileError(
                    f"'{name}.sqlite' is no longer in the folder '{self.folder.name}'; put it "
                    "back and open the planner again"
                )
        try:
            with self._engine.begin() as connection:
                yield connection
        except OperationalError as error:
            told = f"the planner '{self.folder.name}' cannot be used now ({error.orig})"
            raise FileError(
                f"{told}; nothing was written: close other programs and notebooks that have it "
                "open, and try again"
            ) from None

    def _run_id(self, connection: Connection, name: str) -> str | None:
        mine = (runs.c.org_id == self.organisation, runs.c.name == name)
        found = connection.execute(select(runs.c.run_id).where(*mine)).scalar_one_or_none()
        return None if found is None else str(found)

    def _names(self, connection: Connection) -> list[str]:
        mine = runs.c.org_id == self.organisation
        return list(
            connection.execute(select(runs.c.name).where(mine).order_by(runs.c.name)).scalars()
        )

    def _table(self) -> Shown:
        with self._begun() as connection:
            rows = connection.execute(
                select(runs.c.name, runs.c.programme).where(runs.c.org_id == self.organisation)
            ).all()
        kept = "with names" if self.with_people else "without names"
        cells = sorted((row.name, row.programme) for row in rows)
        return table(f"Planner '{self.folder.name}', {kept}", ("cohort", "programme"), cells)

    def __repr__(self) -> str:
        return repr(self._table())

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return self._table()._repr_mimebundle_()
