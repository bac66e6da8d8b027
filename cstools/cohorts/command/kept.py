"""What a planner keeps: its cohorts, its log, a copy without names, and one name for a reason."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from cstools.cohorts.command.task import Task, option, out, word
from cstools.errors import FileError

if TYPE_CHECKING:
    from cstools.cohorts.command.desk import Desk


def _list(desk: Desk) -> int:
    return desk.show(desk.planner)


def _history(desk: Desk) -> int:
    from cstools.cohorts.store import audit

    desk.show(desk.planner.log())
    with desk.planner.place.reading() as connection:
        broken = audit.broken_at(connection, with_people=desk.planner.place.with_people)
    return 0 if broken is None else 1


def _changes(desk: Desk) -> int:
    earlier = desk.planner_at(desk.given.earlier).load(desk.cohort.name)
    return desk.show(desk.cohort.changes_since(earlier))


def _share(desk: Desk) -> int:
    folder = Path(desk.given.folder)
    source = desk.planner.folder / "runs.sqlite"
    if folder.exists() and any(folder.iterdir()):
        raise FileError(f"the folder '{folder}' is not empty; name a new one")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / ".runs.sqlite.part"
        with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(part)) as copy:
            held.backup(copy)
        part.replace(folder / "runs.sqlite")
    except (OSError, sqlite3.Error) as error:
        raise FileError(f"the copy in '{folder}' cannot be written: {error}") from None
    desk.show(desk.planner_at(str(folder)))
    named = list(_names_left(desk))
    told = "people's names stand in it" if named else "it holds no name and no e-mail"
    desk.say(f"wrote {folder / 'runs.sqlite'}; {told}")
    for line in named:
        desk.say(line)
    return 1 if named else 0


def _names_left(desk: Desk) -> Iterator[str]:
    """Give a line for each whose answers name somebody: in the site, in the team."""
    from cstools.cohorts.basics.naming import with_names_in

    for name in desk.names_in(desk.planner):
        for code, fields in with_names_in(desk.planner.load(name).people).items():
            yield (
                f"'{name}': the {' and the '.join(fields)} of {code}, with somebody's name or "
                "address; look at it before you pass the copy on"
            )


def _reveal(desk: Desk) -> int:
    from cstools.cohorts.basics.spreadsheet import write_rows

    given = desk.given
    rows = [("code", "name and e-mail")]
    for code in given.codes:
        rows.append((code, desk.planner.reveal(desk.cohort.name, code, given.names_for)))
    desk.wrote(write_rows(Path(given.out), rows), given.names_for)
    desk.say("The log keeps who was looked up and why; 'cstools plan history' shows it.")
    return 0


TASKS = (
    Task("list", "the cohorts of the planner, and how far each is", "list", _list, "planner"),
    Task(
        "history",
        "every change and who was looked up; whether the log is whole",
        "history",
        _history,
        "planner",
    ),
    Task(
        "changes",
        "who has another seat, buddy, team, mentor or panel than in a copy from before",
        "changes last-week/planner",
        _changes,
        "cohort",
        (word("earlier", metavar="PLACE", help="an earlier copy of this planner"),),
    ),
    Task(
        "share",
        "copy the planner without names",
        "share for-research",
        _share,
        "planner",
        (word("folder", metavar="FOLDER", help="a new folder"),),
        about="The copy has every cohort by random ids. It can be read, not added to.",
    ),
    Task(
        "reveal",
        "write the names behind some codes to a file, for a reason",
        'reveal P-37HVJR --out whom-to-call.csv --names-for "not heard from for a month"',
        _reveal,
        "cohort",
        (
            word("codes", nargs="+", metavar="CODE"),
            out("an XLSX or CSV file"),
            option("--names-for", required=True, metavar="REASON", help="why; the log keeps it"),
        ),
    ),
)
