"""A planner keeps cohorts: names in one file, everything else in another, written together.

Leaving ``people.sqlite`` out gives the share without names: the same cohorts, by random id.
"""

from __future__ import annotations

import uuid
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, select

from cstools.cohorts.basics.people import Reason
from cstools.cohorts.basics.progress import Progress
from cstools.cohorts.basics.tables import Table as Shown
from cstools.cohorts.basics.tables import table
from cstools.cohorts.calendar.year_calendar import Calendar
from cstools.cohorts.cohort import Cohort
from cstools.cohorts.cohort_changes import changes_from_kept
from cstools.cohorts.store import audit
from cstools.cohorts.store.audit import Change
from cstools.cohorts.store.database import files_in
from cstools.cohorts.store.differences import Key, bring, compare, mine
from cstools.cohorts.store.keeping import differences, known_codes, read_cohort
from cstools.cohorts.store.log import log_table
from cstools.cohorts.store.place import Place
from cstools.cohorts.store.preview import Preview, told_before
from cstools.cohorts.store.published import numbered
from cstools.cohorts.store.refusing import as_cohort, refusal, refuse
from cstools.cohorts.store.revealing import names_nobody, note
from cstools.cohorts.store.rows import event_text
from cstools.cohorts.store.saved import Saved
from cstools.cohorts.store.seen import Seen
from cstools.cohorts.store.server import database_at, is_address
from cstools.cohorts.store.summaries import summaries
from cstools.cohorts.store.tables_of_store import events, people, runs
from cstools.cohorts.store.taken import taken
from cstools.errors import DataError, FileError, unknown_name

HOME_ORGANISATION = "home"


def open_planner(path: str | Path, *, organisation: str = HOME_ORGANISATION) -> Planner:
    """Return the planner that a folder or a server holds; a new place becomes a new planner.

    Parameters
    ----------
    path
        A folder, whatever its name (``cohorts.db`` is as good as any). In it are two SQLite files:
        ``people.sqlite`` with names, e-mails and postal codes, and ``runs.sqlite`` with everything
        else by random id. A folder with only ``runs.sqlite`` is a share without names: it can be
        read, not added to. Or the address of a PostgreSQL database, as
        ``postgresql://coordinator@server.example/planner``: the names stand in its schema
        ``people``, and whoever may not use that reads without names.
    organisation
        Whose cohorts these are, where several organisations share a planner.

    Raises
    ------
    FileError
        When the path is a file, cannot be made, or holds something else; when people are kept
        there and the file with everything else about them is gone; when a file is damaged, or a
        newer version of this package wrote it; when a server does not answer.
    MissingPartError
        When the driver that speaks to a server is not installed.
    """
    place = database_at(str(path)) if is_address(path) else files_in(Path(path))
    return Planner(place, organisation)


@dataclass(frozen=True)
class Planner:
    """A place with cohorts. Each save is one transaction over all of it, and one line of the log.

    What it gives out and writes it knows again by the line of the log, so that another notebook's
    later save is not overwritten unseen.
    """

    place: Place
    organisation: str
    _seen: Seen = field(default_factory=Seen, repr=False, compare=False)

    @property
    def folder(self) -> Path:
        """The folder with the two files.

        Raises
        ------
        DataError
            When the planner is on a server.
        """
        if self.place.folder is None:
            raise DataError(f"the planner '{self.place.title}' is on a server, in no folder")
        return self.place.folder

    def save(
        self,
        cohort: Cohort,
        *,
        read_from: str | Path | None = None,
        mapping: str | Path | None = None,
        going_back: bool = False,
        progress: Progress | None = None,
    ) -> Saved:
        """Write a cohort, whole or not at all; what is already there stays as it is.

        With ``read_from`` (and ``mapping``) the hash of the file that the cohort was read from is
        kept as well, so that later it can be told which answers were taken, and when.
        ``progress`` hears how many rows are written, and of how many.

        Raises
        ------
        DataError
            When this planner has no names: rows without a person behind them cannot be added.
            When another notebook has saved the cohort since this one, or what it was made from,
            was loaded or saved. When an earlier state would take out what people decided or noted
            since, unless ``going_back`` says that it shall.
        FileError
            When the place cannot be written now; then nothing was.
        """
        with self._writing(cohort.name) as connection:
            told = (read_from, mapping, going_back, progress)
            saved, last = self._save(connection, cohort, *told)
        self._seen.kept(cohort, last)
        return saved

    def preview(self, cohort: Cohort) -> Preview:
        """Return what :meth:`save` would add, change and remove, and of whom; nothing is written.

        Where saving would be refused as an earlier state, or since another notebook has saved,
        it says so.

        Raises
        ------
        DataError
            When the names are not here, without which nothing is saved.
        """
        self._names_are_here()
        with self.place.reading() as connection:
            key = (self.organisation, self._run_id(connection, cohort.name) or str(uuid.uuid4()))
            found, id_of = differences(connection, key, cohort)
            code_of = known_codes(connection, key) | {i: code for code, i in id_of.items()}
            preview = told_before(cohort.name, found, code_of)
            told = refusal(self._seen, connection, key, cohort, found)
            return replace(preview, refused=told)

    def changes(self, cohort: Cohort, *only: str) -> Shown:
        """Return for whom :meth:`save` makes something another than what is kept; nothing is saved.

        ``only`` names kinds (``seat``, ``buddies``, ``team``, ``mentor``, ``panel``); without any,
        all are looked at. What is not kept yet is nobody's.
        """
        kept = self.load(cohort.name) if self._keeps(as_cohort(cohort).name) else None
        return changes_from_kept(cohort, kept, self.place.title, only)

    def load(self, name: str) -> Cohort:
        """Return a saved cohort by its name, equal to the one that was saved.

        Without ``people.sqlite`` its people have codes made from their random ids, and no name.

        Raises
        ------
        UnknownNameError
            When there is no such cohort; the nearest name is given.
        FileError
            When what is kept of it can no longer be read.
        """
        with self.place.reading() as connection:
            key = self._key(connection, name)
            try:
                cohort = read_cohort(connection, key, with_people=self.place.with_people)
            except (ValueError, KeyError, TypeError) as error:
                raise FileError(
                    f"'{name}' in the planner '{self.place.title}' cannot be read: what is kept "
                    f"of it was changed or damaged ({type(error).__name__}); put back your last "
                    "copy of the planner"
                ) from error
            last = audit.last_change(connection, *key)
        self._seen.loaded(name, last)
        return replace(cohort, kept_at=last.hash)

    def publish(self, cohort: Cohort) -> Calendar:
        """Return the cohort's calendar numbered after the one published before, and keep it.

        Changed events get the next sequence number, so that calendar programs move what they
        hold; the same calendar again changes nothing. The cohort is saved with it.
        """
        with self._writing(cohort.name) as connection:
            _, last = self._save(connection, cohort)
            key = self._key(connection, cohort.name)
            calendar = numbered(connection, key, cohort)
            wanted = {(event.uid,): {"content": event_text(event)} for event in calendar.events}
            difference = compare(connection, events, key, wanted)
            if any(difference.counts):
                bring(connection, key, [difference])
                last = self._told(connection, key, "publish", f"{len(calendar.events)} events")
        self._seen.kept(cohort, last)
        return calendar

    def calendar_of(self, cohort: Cohort) -> Calendar:
        """Return the calendar as :meth:`publish` would number it; nothing is written."""
        with self.place.reading() as connection:
            run_id = self._run_id(connection, cohort.name)
            if run_id is None:
                return cohort.calendar()
            return numbered(connection, (self.organisation, run_id), cohort)

    def reveal(self, name: str, code: str, reason: str) -> str:
        """Return the name and e-mail behind a code; the log keeps who was looked up and why.

        Raises
        ------
        UnknownNameError
            When nobody in that cohort has the code.
        DataError
            When no reason is given, the reason names somebody, or the names are not here.
        """
        if not self.place.with_people:
            raise DataError(self.place.no_names())
        cohort = self.load(name)
        by_code = {person.code: person.application for person in cohort.people}
        if code not in by_code:
            raise unknown_name(code, by_code, f"'{name}'")
        found = by_code[code]
        with self._writing(name) as connection:
            key = self._key(connection, name)
            who = select(people.c.person_id).where(*mine(people, key), people.c.code == code)
            person_id = connection.execute(who).scalar_one()

            def log(told: str) -> None:
                names_nobody(connection, key, told)
                note(connection, key, f"person {person_id}: ", told)

            return f"{found.name.reveal(reason, log)} <{found.email._text}>"

    def reason(self, of: str | Cohort, why: str) -> Reason | Literal[""]:
        """Return why a cohort's names are needed, for every ``names_for=``; each use is logged.

        ``cohort.write("roster.xlsx", names_for=planner.reason(cohort.name, "letters"))`` adds a
        line to the audit log of this planner before the names are written. Where the line cannot
        be added no names are written. An empty text is no reason, and stays empty: no names are
        asked for. A cohort may stand in place of its name: where none is kept, it is kept first.

        Raises
        ------
        UnknownNameError
            When there is no such cohort.
        DataError
            When no reason is given, the reason names somebody, or the names are not here.
        """
        if why == "":
            return ""
        if not self.place.with_people:
            raise DataError(self.place.no_names())
        if not isinstance(why, str) or not why.strip():
            raise DataError("reason: say why the names are needed, as 'letters of admission'")
        name = of.name if isinstance(of, Cohort) else of
        if isinstance(of, Cohort) and not self._keeps(name):
            self.save(of)
        with self.place.reading() as connection:
            key = self._key(connection, name)
            names_nobody(connection, key, why)

        def log(told: str) -> None:
            with self._writing(name) as connection:
                note(connection, key, "", told)

        return Reason(why, log)

    def log(self) -> Shown:
        """Return the audit log; a note says whether its chain of hashes is whole.

        Why names were shown is told where the names are, and a second note says so where such a
        reason is no longer the one that was given. Lines of other organisations are counted.
        """
        with self.place.reading() as connection:
            return log_table(connection, self.place, self.organisation)

    def _keeps(self, name: str) -> bool:
        with self.place.reading() as connection:
            return self._run_id(connection, name) is not None

    def _writing(self, name: str) -> AbstractContextManager[Connection]:
        self._names_are_here()
        return self.place.writing(f"{self.organisation}/{name}")

    def _names_are_here(self) -> None:
        if not self.place.with_people:
            raise DataError(self.place.no_save())

    def _save(
        self,
        connection: Connection,
        cohort: Cohort,
        read_from: str | Path | None = None,
        mapping: str | Path | None = None,
        going_back: bool = False,
        progress: Progress | None = None,
    ) -> tuple[Saved, Change]:
        """Write a cohort in an open transaction; return what changed, and the last line."""
        key = (self.organisation, self._run_id(connection, cohort.name) or str(uuid.uuid4()))
        found, _ = differences(connection, key, cohort)
        if read_from is not None:
            found.append(taken(connection, key, read_from, mapping))
        counts = (sum(column) for column in zip(*(d.counts for d in found), strict=True))
        saved = Saved(cohort.name, *counts)
        if not saved:
            return saved, audit.last_change(connection, *key)
        refuse(self._seen, connection, key, cohort, found, going_back=going_back)
        bring(connection, key, found, progress)
        return saved, self._told(connection, key, "save", repr(saved))

    def _told(self, connection: Connection, key: Key, action: str, detail: str) -> Change:
        """Add a line to the log that tells of a change made here."""
        audit.append(connection, *key, action, detail)
        last = audit.last_change(connection, *key)
        self._seen.wrote(last)
        return last

    def _key(self, connection: Connection, name: str) -> tuple[str, str]:
        run_id = self._run_id(connection, name)
        if run_id is None:
            raise unknown_name(name, self._names(connection), f"planner '{self.place.title}'")
        return self.organisation, run_id

    def _run_id(self, connection: Connection, name: str) -> str | None:
        mine = (runs.c.org_id == self.organisation, runs.c.name == name)
        found = connection.execute(select(runs.c.run_id).where(*mine)).scalar_one_or_none()
        return None if found is None else str(found)

    def _names(self, connection: Connection) -> list[str]:
        mine = runs.c.org_id == self.organisation
        return sorted(connection.execute(select(runs.c.name).where(mine)).scalars())

    def _table(self) -> Shown:
        with self.place.reading() as connection:
            found = summaries(connection, self.organisation)
        kept = "with names" if self.place.with_people else "without names"
        cells = [(s.name, s.programme, s.enrolled, s.accepted, s.with_buddies) for s in found]
        columns = ("cohort", "programme", "enrolled", "have a seat", "have a buddy")
        return table(f"Planner '{self.place.title}', {kept}", columns, cells)

    def __repr__(self) -> str:
        return repr(self._table())

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return self._table()._repr_mimebundle_()
