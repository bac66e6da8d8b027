"""A coordinator's own sheet of notes: one row for each thing noted, read whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cstools.cohorts.applying.own_sheet import Line, day_in, taken
from cstools.cohorts.basics.files import place_of
from cstools.cohorts.basics.spelling import folded, tidy
from cstools.cohorts.following.following import Entry
from cstools.cohorts.following.noting import check_in, handed_in, practised, project_step, stay
from cstools.cohorts.following.taken_back import still_noted
from cstools.cohorts.teams.days import team_names
from cstools.errors import DataError, did_you_mean

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

HEAD = ("day", "who", "what", "value", "approved by")
_NEEDED = HEAD[:4]
Cells = dict[str, str]


def read_notes(cohort: Cohort, path: str | Path) -> Cohort:
    """Return the cohort with every row of a sheet noted, in order of their days.

    The columns are ``day``, ``who`` (a code, two codes with a comma, or a team), ``what``
    (check-in, practice, project, portfolio or workshop), ``value`` (``12 of 21 days``;
    ``reviewed``; the portfolio's file; the workshop, and where not all days, its days after a
    colon: ``Module 1: 2020-06-28, 2020-06-29``) and, for projects, ``approved by`` (a role).
    What was taken back stays so, also while its row stands in the sheet.

    Raises
    ------
    FileError
        When the file cannot be read.
    DataError
        When a row is wrong: at most three are told, and none is taken.
    """
    folder = place_of(path).parent

    def noted(so_far: Cohort, line: Line) -> Cohort:
        entries = still_noted(cohort, _entries(so_far, line.cells, line.day, folder))
        return so_far.with_followed(so_far.followed.with_entries(entries))

    return taken(cohort, path, HEAD, _NEEDED, noted)


def _entries(cohort: Cohort, cells: Cells, day: date, folder: Path) -> Iterator[Entry]:
    kind = folded(cells["what"])
    if kind not in _READERS:
        hint = did_you_mean(cells["what"], _READERS) or f"; there is {', '.join(_READERS)}"
        raise DataError(f"'{cells['what']}' is nothing that can be noted{hint}")
    if kind != "check in" and "," in cells["who"] and cells["who"] not in team_names(cohort, day):
        raise DataError(f"{kind}: name one in a row; write a row for each of these people")
    yield _READERS[kind](cohort, cells, day, folder)


def _check_in(cohort: Cohort, cells: Cells, day: date, folder: Path) -> Entry:
    whole = cells["who"]
    names = [whole] if whole in team_names(cohort, day) else whole.split(",")
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
    told = [day_in(tidy(text)) for text in days.split(",") if tidy(text) not in ("", "none")]
    return stay(cohort, cells["who"], tidy(name), told)


_READERS: dict[str, Callable[[Any, Cells, date, Path], Entry]] = {
    "check in": _check_in,
    "practice": _practice,
    "project": _project,
    "portfolio": _portfolio,
    "workshop": _workshop,
}
