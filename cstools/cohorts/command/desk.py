"""The desk at which a task is done: what was asked, the planner, the cohort, and what is shown."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cstools.cohorts.command.progress import Progress
from cstools.cohorts.command.shown import lines_of, tables_of, terminal_width, wrapped
from cstools.cohorts.command.words import in_commands, table_in_commands
from cstools.errors import DataError, FileError

if TYPE_CHECKING:
    from cstools.cohorts.basics.drawing import Picture
    from cstools.cohorts.basics.tables import Table
    from cstools.cohorts.cohort import Cohort
    from cstools.cohorts.store.planner import Planner
    from cstools.cohorts.store.preview import Preview

Done = TypeVar("Done")
USUAL = "planner"
_NO_PLANNER = (
    "which planner? write --planner and its folder or address, or set CSTOOLS_PLANNER, or go to "
    "the folder that 'planner' is in; 'cstools plan new' makes one"
)
NOTHING_SAVED = "stopped; nothing was saved, and the planner is as it was"
_MOST = 12  # codes after which a note stops and counts the others


class Desk:
    """One task at work.

    ``given`` holds the options as they were typed. Whatever is printed goes through :meth:`say`
    and :meth:`show`, which speak of commands where a notebook speaks of methods.
    """

    def __init__(self, given: Namespace) -> None:
        self.given = given
        self._saving: tuple[str, int] | None = None
        self._saved = False
        self.progress: Progress | None = None
        self._below = ""  # an empty line, once a table stands above

    # --- the planner and the cohort ---

    @cached_property
    def planner(self) -> Planner:
        """The planner that the task is about; one that is not there is not made."""
        return self.planner_at(self.place())

    def place(self) -> str:
        """Return where the planner is: as typed, as the environment says, or here.

        Raises
        ------
        FileError
            When nothing says it.
        """
        told = getattr(self.given, "planner", "") or os.environ.get("CSTOOLS_PLANNER", "")
        if told or Path(USUAL).is_dir():
            return told or USUAL
        raise FileError(_NO_PLANNER)

    def planner_at(self, place: str, *, new: bool = False) -> Planner:
        """Return the planner at a place; a folder without one becomes one only if it may.

        Raises
        ------
        FileError
            When there is none, or it cannot be opened.
        """
        from cstools.cohorts import open_planner
        from cstools.cohorts.store.server import is_address

        files = (Path(place) / name for name in ("runs.sqlite", "people.sqlite"))
        if not (new or is_address(place) or any(file.exists() for file in files)):
            raise FileError(
                f"there is no planner in '{place}'; look where it is, or begin one with "
                f"'cstools plan new --planner {place}'"
            )
        organisation = getattr(self.given, "organisation", "")
        return (
            open_planner(place, organisation=organisation) if organisation else open_planner(place)
        )

    @cached_property
    def cohort(self) -> Cohort:
        """The cohort that the task is about, as it is kept."""
        name = getattr(self.given, "cohort", "") or self._only_one()
        with self.working(f"reading '{name}'"):
            return self.planner.load(name)

    def names_in(self, planner: Planner) -> list[str]:
        """Return the names of the cohorts that a planner keeps."""
        from cstools.cohorts.store.summaries import summaries

        with planner.place.reading() as connection:
            return [each.name for each in summaries(connection, planner.organisation)]

    def _only_one(self) -> str:
        names, where = self.names_in(self.planner), self.planner.place.title
        if len(names) == 1:
            return names[0]
        if not names:
            raise DataError(f"the planner '{where}' keeps no cohort; 'cstools plan new' begins one")
        listed = ", ".join(f"'{name}'" for name in names[:_MOST])
        more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
        raise DataError(
            f"the planner '{where}' keeps {listed}{more}; say which with --cohort and its name"
        )

    @property
    def seed(self) -> int:
        """The seed that was typed, or the one that the seats were last drawn with."""
        typed: int | None = self.given.seed
        return self.cohort.draw.seed if typed is None else typed

    def reason(self) -> str:
        """Return why names are needed, as typed after ``--names-for``; its use is kept in the log.

        Raises
        ------
        DataError
            When the reason names somebody, or the names are not here.
        """
        return self.planner.reason(self.cohort.name, self.given.names_for)

    def day(self, typed: str | None = None) -> date:
        """Return the day that was typed after ``--on``, or today.

        Raises
        ------
        DataError
            When it is no day.
        """
        text = typed if typed is not None else self.given.on
        if text is None:
            return date.today()
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            raise DataError(f"'{text}' is no day; write it as 2026-10-05") from None

    # --- doing one step ---

    def step(
        self,
        change: Callable[[Cohort], Cohort],
        shows: Callable[[Cohort], object] | None = None,
        *,
        read_from: str | None = None,
        mapping: str | None = None,
        doing: str = "working",
    ) -> int:
        """Do one step on the cohort, save it, show it, and say what changed."""
        held = self.cohort
        with self.working(doing) as self.progress:
            cohort = change(held)
        shown = () if shows is None else (shows(cohort),)
        done = self.keep(cohort, read_from, mapping, *shown)
        if held.decisions and not cohort.decisions:
            self.say("The seats are open again; 'cstools plan select' gives them anew.")
        return done

    def keep(
        self,
        cohort: Cohort,
        read_from: str | None = None,
        mapping: str | None = None,
        *shown: object,
    ) -> int:
        """Save a cohort, show what there is to show, and say what changed or, dry, what would.

        It is saved first: whoever reads the output may have had enough of it and close the pipe.
        """
        self._write_tables(*shown)
        with self.working(f"comparing '{cohort.name}' with what is kept"):
            preview = self.planner.preview(cohort)
        if self.dry:
            self._print(*shown)
            self._print_changes(preview)
            self.say("Nothing was saved, since --dry-run was asked for.")
            return 0
        with self.working(f"saving '{cohort.name}'") as progress:
            saved = self.saving(
                cohort.name,
                lambda: self.planner.save(
                    cohort, read_from=read_from, mapping=mapping, progress=progress
                ),
            )
        self._print(*shown)
        self._print_changes(preview)
        self.say(repr(saved))
        return 0

    def _print_changes(self, preview: Preview) -> None:
        if preview:
            self._print(changes(preview, dry=self.dry))

    @property
    def dry(self) -> bool:
        """Whether nothing is to be saved."""
        return bool(getattr(self.given, "dry_run", False))

    def saving(self, name: str, save: Callable[[], Done]) -> Done:
        """Save, and remember what was there before, for whoever stops it in the middle."""
        self._saving = (name, self._lines_of_log())
        done = save()
        self._saved = True
        return done

    def told_when_stopped(self) -> str:
        """Return whether anything was saved before Ctrl+C, in a sentence."""
        if self._saving is None:
            return NOTHING_SAVED
        name, before = self._saving
        if self._saved or self._lines_of_log() > before:
            return f"stopped after '{name}' was saved; nothing is half there"
        return (
            f"stopped while '{name}' was being saved; nothing of it was, the planner is as it was"
        )

    def _lines_of_log(self) -> int:
        from cstools.cohorts.store import audit

        with self.planner.place.reading() as connection:
            return audit.count(connection)

    # --- showing ---

    def working(self, what: str) -> Progress:
        """Return what says how far long work is, to be held open while it is done."""
        return Progress(what, verbose=bool(getattr(self.given, "verbose", False)))

    def show(self, *things: object) -> int:
        """Print what the task is about, as wide as the terminal; return 0."""
        self._write_tables(*things)
        self._print(*things)
        return 0

    def say(self, text: str) -> None:
        """Print a sentence."""
        lines, width = in_commands(text).splitlines(), terminal_width()
        if width is not None:
            lines = [part for line in lines for part in wrapped(line, width)]
        print(self._below + "\n".join(lines), flush=True)
        self._below = ""

    def wrote(self, path: Path, names_for: str = "") -> int:
        """Say that a file was written, and whether it is a private one; return 0."""
        self.say(f"wrote {path}")
        if names_for:
            self.say(f"{path.name} holds names and e-mails; keep it as private as the applications")
        return 0

    def draw(self, picture: Picture) -> int:
        """Write a picture where ``--out`` says, or print what it shows in words; return 0."""
        if not self.given.out or not picture.svg:
            return self.show(picture.description, *([picture.table] if picture.table else []))
        place = Path(self.given.out)
        self.write_bytes(place, picture.svg.encode())
        return self.wrote(place)

    def write_bytes(self, place: Path, content: bytes) -> None:
        """Write a file, whole or not at all.

        Raises
        ------
        FileError
            When it cannot be written there.
        """
        part = place.with_name(f".{place.name}.part")
        try:
            part.write_bytes(content)
            part.replace(place)
        except OSError as error:
            raise FileError(f"'{place}' cannot be written: {error.strerror}") from None
        finally:
            part.unlink(missing_ok=True)

    def _print(self, *things: object) -> None:
        width = terminal_width()
        for thing in things:
            tables = tables_of(thing)
            if not tables:
                self.say(thing if isinstance(thing, str) else repr(thing))
            for table in map(table_in_commands, tables):
                print(self._below + "\n".join(lines_of(table, width)), flush=True)
                self._below = "\n"

    def _write_tables(self, *things: object) -> None:
        from cstools.cohorts.basics.spreadsheet import write_rows

        to = getattr(self.given, "table", "")
        if not (to and things):
            return
        tables = [table for thing in things for table in tables_of(thing)]
        if not tables:
            raise DataError("--table: this task shows no table")
        below: list[tuple[str, ...]] = [()]  # a row that parts it from the table above
        rows = [row for table in tables for row in (*below, table.columns, *table.rows)]
        write_rows(Path(to), rows[1:])


def changes(preview: Preview, *, dry: bool) -> Table:
    """Return what a step changes in what is kept, and for whom, by code."""
    from cstools.cohorts.basics.tables import table

    kinds: dict[str, list[str]] = {}
    for code, told in sorted(preview.people, key=lambda line: (line[1], line[0])):
        kinds.setdefault(told[0].upper() + told[1:], []).append(code)
    notes = [*preview.in_all(), *(f"{kind}: {_some(codes)}." for kind, codes in kinds.items())]
    title = f"{'Would change' if dry else 'Changed'} in '{preview.cohort}'"
    return table(title, ("kept of it", "added", "changed", "removed"), preview.cells(), notes)


def _some(codes: list[str]) -> str:
    more = f" and {len(codes) - _MOST} more" if len(codes) > _MOST else ""
    return ", ".join(codes[:_MOST]) + more
