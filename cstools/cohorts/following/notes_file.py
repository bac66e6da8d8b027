"""A coordinator's own sheet of notes: one row for each thing noted, read whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cstools.cohorts.applying.columns import folded, readings, tidy
from cstools.cohorts.basics.spreadsheet import read_rows
from cstools.cohorts.following.following import Entry
from cstools.cohorts.following.noting import check_in, handed_in, practised, project_step, stay
from cstools.errors import CstoolsError, DataError, did_you_mean

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

HEAD = ("day", "who", "what", "value", "approved by")
_NEEDED = HEAD[:4]
_MOST = 3
Cells = dict[str, str]


def read_notes(cohort: Cohort, path: str | Path) -> Cohort:
    """Return the cohort with every row of a sheet noted, in order of their days.

    The columns are ``day``, ``who`` (a code, two codes with a comma, or a team), ``what``
    (check-in, practice, project, portfolio or workshop), ``value`` (``12 of 21 days``;
    ``reviewed``; the portfolio's file; the workshop, and where not all days, its days after a
    colon: ``Module 1: 2020-06-28, 2020-06-29``) and, for projects, ``approved by`` (a role).

    Raises
    ------
    FileError
        When the file cannot be read.
    DataError
        When a row is wrong: at most three are told, and none is taken.
    """
    file = Path(path)
    (_, head), *rows = read_rows(file)
    places = _places(head, file.name)
    noted: list[tuple[date, int, Cells]] = []
    faults: list[str] = []
    for number, row in rows:
        cells = {name: tidy(row[k]) if k < len(row) else "" for name, k in places.items()}
        try:
            noted.append((_day(cells["day"]), number, cells))
        except DataError as error:
            faults.append(f"- row {number}, day: {error}")
    for day, number, cells in sorted(noted, key=lambda each: each[:2]):
        try:
            entries = tuple(_entries(cohort, cells, day, file.parent))
            cohort = cohort.with_followed(cohort.followed.with_entries(entries))
        except CstoolsError as error:
            faults.append(f"- row {number}: {error}")
    if faults:
        count = "1 row is" if len(faults) == 1 else f"{len(faults)} rows are"
        more = [f"... and {len(faults) - _MOST} more"] if len(faults) > _MOST else []
        told = [f"{file.name}: {count} wrong, and no row was taken", *faults[:_MOST], *more]
        raise DataError("\n".join(told))
    return cohort


def _places(head: tuple[str, ...], file: str) -> dict[str, int]:
    words = [folded(cell) for cell in head]
    for name in _NEEDED:
        if name not in words:
            raise DataError(
                f"{file}: there is no column '{name}'; the columns are {', '.join(HEAD)}"
            )
    return {name: words.index(name) for name in HEAD if name in words}


def _day(cell: str) -> date:
    days = {moment.date() for moment in readings(cell).values()}
    if len(days) > 1:
        raise DataError(f"'{cell}' can be read in two orders; write it as 2026-04-03")
    return days.pop()


def _entries(cohort: Cohort, cells: Cells, day: date, folder: Path) -> Iterator[Entry]:
    kind = folded(cells["what"])
    if kind not in _READERS:
        hint = did_you_mean(cells["what"], _READERS) or f"; there is {', '.join(_READERS)}"
        raise DataError(f"'{cells['what']}' is nothing that can be noted{hint}")
    yield _READERS[kind](cohort, cells, day, folder)


def _check_in(cohort: Cohort, cells: Cells, day: date, folder: Path) -> Entry:
    whole = cells["who"]
    names = [whole] if any(p.team == whole for p in cohort.people) else whole.split(",")
    return check_in(cohort, [tidy(name) for name in names], day)


def _practice(cohort: Cohort, cells: Cells, day: date, folder: Path) -> Entry:
    return practised(cohort, cells["who"], cells["value"], day)


def _project(cohort: Cohort, cells: Cells, day: date, folder: Path) -> Entry:
    state = cells["value"].casefold()
    return project_step(cohort, cells["who"], state, day, cells.get("approved by", ""))


def _portfolio(cohort: Cohort, cells: Cells, day: date, folder: Path) -> Entry:
    return handed_in(cohort, cells["who"], _file(cells["value"], folder), day)


def _file(value: str, folder: Path) -> str | Path:
    return value if len(value) == 64 and "." not in value else folder / value


def _workshop(cohort: Cohort, cells: Cells, day: date, folder: Path) -> Entry:
    names = [workshop.name for workshop in cohort.programme.facts.workshops]
    if cells["value"] in names or ":" not in cells["value"]:
        return stay(cohort, cells["who"], cells["value"])
    name, _, days = cells["value"].rpartition(":")
    told = [_day(tidy(text)) for text in days.split(",") if tidy(text) not in ("", "none")]
    return stay(cohort, cells["who"], tidy(name), told)


_READERS: dict[str, Callable[[Any, Cells, date, Path], Entry]] = {
    "check in": _check_in,
    "practice": _practice,
    "project": _project,
    "portfolio": _portfolio,
    "workshop": _workshop,
}
