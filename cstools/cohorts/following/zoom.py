"""Zoom's participant reports, read whole or not at all: who was on a call, and when.

Three layouts are known: a row for each time that somebody joined; the same under two rows about
the meeting; and a row for each person with the minutes added up and no times. 1. The head is
found. 2. Each cell is read, and what is wrong is written down. 3. The rows of one person (one
e-mail, or one name without an e-mail) become spans of time that do not overlap.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Literal

from cstools.cohorts.applying.columns import folded, tidy
from cstools.cohorts.basics.spans import Span, united
from cstools.cohorts.basics.spreadsheet import read_rows
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.basics.wall_clock import DateOrder, WallClock, dates_of, order_of
from cstools.cohorts.basics.zones import of_a_place
from cstools.errors import DataError

Layout = Literal["times", "times under a meeting", "minutes added up"]
Row = tuple[int, tuple[str, ...]]
Person = tuple[str, str]  # e-mail and name as written, without blanks around them
People = Mapping[Person, tuple[Span, ...]]
Fault = tuple[int, str, str]
_HEADS = {
    "name": {"name original name", "user name", "name", "participant", "participant name"},
    "email": {"user email", "email", "e mail", "email address"},
    "join": {"join time"},
    "leave": {"leave time"},
    "minutes": {"duration minutes", "total duration minutes", "duration"},
}
_TITLES = {
    "name": "Name (Original Name)",
    "email": "User Email",
    "join": "Join Time",
    "leave": "Leave Time",
    "minutes": "Duration (Minutes)",
}
_MEETING = {"start time", "end time"}
_FIRST_ROWS = 12  # the head stands among them, or it is no report
_MOST = 3
_NO_TIME = "this is no date with an hour; write it as 06/14/2026 09:01:33 AM"


@dataclass(frozen=True)
class ZoomReport:
    """One participant report, all of it checked. It prints counts and hours, never a name.

    ``people`` has, for each e-mail (or each name without one), the spans of being there in UTC
    seconds, in order and without overlap; where the report has no times, its one span is from 0
    to the minutes that it adds up. Its keys are private texts and are shown nowhere.

    ``digest`` is the hash of the file's bytes. ``meeting`` is when the meeting went, by the rows
    about it or from the first join to the last leave; ``None`` where the report does not say.
    """

    file: str
    digest: str
    layout: Layout
    zone: str
    people: Mapping[Person, tuple[Span, ...]] = field(repr=False)
    rows: int
    meeting: Span | None = None

    def _table(self) -> Table:
        again = sum(len(spans) > 1 for spans in self.people.values())
        rows = (
            ("layout", self.layout),
            ("rows", self.rows),
            ("people and devices", len(self.people)),
            ("without an e-mail", sum(not email for email, _ in self.people)),
            ("joined again after a gap", again if self.layout != "minutes added up" else "–"),
            ("clock of the report", self.zone or "not needed"),
        )
        return table(f"Zoom report {self.file}", ("what", "how many"), rows)

    def __repr__(self) -> str:
        return repr(self._table())

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return self._table()._repr_mimebundle_()


def read_zoom_report(
    path: str | Path,
    zone: str = "",
    date_order: DateOrder | None = None,
    near: Sequence[Span] = (),
) -> ZoomReport:
    """Return a participant report from a CSV or XLSX file as Zoom writes it.

    Parameters
    ----------
    path
        The file as it was downloaded; it is never changed.
    zone
        The time zone of the Zoom account that wrote it, as ``America/New_York``. The file does
        not name it, and another one moves everybody by hours.
    date_order
        ``month first`` or ``day first``, where neither the dates nor ``near`` tell.
    near
        Spans of UTC seconds in which a meeting may lie: of two readings of a date, the one that
        lies near one of them is meant.

    Raises
    ------
    FileError
        When the file is not there, is empty or cannot be read.
    DataError
        When it is no participant report, the zone is missing, or a cell is wrong: at most three
        faults, with row and column. No row is taken then. No name is quoted.
    """
    place = Path(path)
    rows = read_rows(place)
    number, columns = _head(rows, place.name)
    above, below = rows[:number], rows[number + 1 :]
    if not below:
        raise DataError(f"{place.name}: there is a head and no row under it; download it again")
    timed = "join" in columns
    about = _meeting_cells(above)
    known = _zone(zone, place.name) if timed or (about and zone) else ""
    faults: list[Fault] = []
    read, order = None, None
    if known:
        cells = [*about, *_cells(below, columns, ("join", "leave"))]
        order = order_of(dates_of(cells), date_order, known, near)
        if order is None:
            raise DataError(
                f"{place.name}: its dates can be read in two orders; say "
                "date_order='month first' or date_order='day first'"
            )
        read = WallClock(known, order)
    people = (
        _with_times(below, columns, read, faults)
        if read is not None and timed
        else _added(below, columns, faults)
    )
    if faults:
        raise _refused(place.name, faults)
    layout: Layout = "times under a meeting" if about else "times"
    return ZoomReport(
        place.name,
        digest_of(place),
        layout if timed else "minutes added up",
        known,
        people,
        len(below),
        _went(about, people if timed else {}, read, place.name),
    )


def digest_of(file: Path) -> str:
    """Return the hash of a file's bytes: the same report is known again by it."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _zone(name: str, file: str) -> str:
    if not name:
        raise DataError(
            f"{file}: Zoom writes no time zone into a report; say zone='America/New_York', the "
            "one that is set in the account which made it"
        )
    return of_a_place(name)


def _head(rows: Sequence[Row], file: str) -> tuple[int, dict[str, int]]:
    """Return the place of the head among the rows, and where its columns stand."""
    for place, (_, row) in enumerate(rows[:_FIRST_ROWS]):
        found = _columns(row)
        if "name" in found and "email" in found and ({"join", "leave"} <= set(found)):
            return place, found
        if "name" in found and "email" in found and "minutes" in found and "join" not in found:
            return place, found
    best = max((_columns(row) for _, row in rows[:_FIRST_ROWS]), key=len)
    missing = [_TITLES[name] for name in ("name", "email", "join", "leave") if name not in best]
    raise DataError(
        f"{file}: this is no participant report of Zoom; it has no column "
        f"{' and no column '.join(repr(name) for name in missing)}. In Zoom choose Reports, "
        "Usage, the number of participants, Export"
    )


def _columns(row: Sequence[str]) -> dict[str, int]:
    words = [folded(cell) for cell in row]
    if _MEETING & set(words) and "join time" not in words:
        return {}  # the row of heads about the meeting, which has an e-mail and a duration too
    found: dict[str, int] = {}
    for name, spellings in _HEADS.items():
        places = [k for k, word in enumerate(words) if word in spellings]
        if places:
            found[name] = places[0]
    return found


def _meeting_cells(above: Sequence[Row]) -> list[str]:
    """Return when the meeting began and ended, as written above the head, or nothing."""
    for (_, head), (_, values) in pairwise(above):
        words = [folded(cell) for cell in head]
        if set(words) >= _MEETING and len(values) >= len(_filled(head)):
            return [values[words.index("start time")], values[words.index("end time")]]
    return []


def _filled(row: Sequence[str]) -> list[str]:
    return [cell for cell in row if cell.strip()]


def _cells(rows: Iterable[Row], columns: dict[str, int], names: Sequence[str]) -> Iterable[str]:
    places = [columns[name] for name in names if name in columns]
    return (row[place] for _, row in rows for place in places if place < len(row))


def _with_times(
    rows: Iterable[Row],
    columns: dict[str, int],
    read: WallClock,
    faults: list[Fault],
) -> People:
    """Return everybody's spans; a row that cannot be read is written down and left out."""
    name, email, join, leave = (columns[k] for k in ("name", "email", "join", "leave"))
    found: dict[Person, list[Span]] = {}
    for number, row in rows:
        try:
            start, stop, who = read[row[join]], read[row[leave]], (row[email], row[name])
        except IndexError:
            faults.append((number, "whole row", "cells are missing; download the report again"))
            continue
        if start is None or stop is None:
            faults.append((number, _TITLES["join" if start is None else "leave"], _NO_TIME))
        elif stop < start:
            faults.append((number, _TITLES["leave"], "lies before the time of joining; correct it"))
        elif who in found:
            found[who].append((start, stop))
        else:
            found[who] = [(start, stop)]
    return {
        who: united(spans) if len(spans) > 1 else (spans[0],)
        for who, spans in _by_person(found).items()
    }


def _by_person(found: dict[tuple[str, str], list[Span]]) -> dict[tuple[str, str], list[Span]]:
    """Return rows by e-mail, or by name where there is none; a changed name is one person."""
    people: dict[str, tuple[str, str]] = {}
    spans: dict[tuple[str, str], list[Span]] = {}
    for who in sorted(found):
        email, name = who[0].strip(), who[1]
        mark = email.casefold() or f" {folded(tidy(name))}"
        known = people.get(mark)
        if known is None:
            known = people[mark] = (email, name.strip())
            spans[known] = found[who]
        else:
            spans[known].extend(found[who])
    return spans


def _added(rows: Iterable[Row], columns: dict[str, int], faults: list[Fault]) -> People:
    name, email, minutes = (columns[k] for k in ("name", "email", "minutes"))
    found: dict[tuple[str, str], list[Span]] = {}
    for number, row in rows:
        cell = tidy(row[minutes]) if max(name, email, minutes) < len(row) else ""
        if not cell.isdecimal() or len(cell) > 6:
            told = "this is no whole number of minutes; download the report again"
            faults.append((number, _TITLES["minutes"], told))
            continue
        found.setdefault((row[email], row[name]), []).append((0, int(cell)))
    return {who: ((0, sum(stop for _, stop in held)),) for who, held in _by_person(found).items()}


def _went(
    about: Sequence[str],
    people: People,
    read: WallClock | None,
    file: str,
) -> Span | None:
    spans = [span for held in people.values() for span in (held[0], held[-1])]
    if spans:
        return min(start for start, _ in spans), max(stop for _, stop in spans)
    if not about or read is None:
        return None
    start, stop = read[about[0]], read[about[1]]
    if start is None or stop is None or stop < start:
        raise DataError(f"{file}: the meeting's start and end cannot be read; {_NO_TIME}")
    return start, stop


def _refused(file: str, faults: Sequence[Fault]) -> DataError:
    count = "1 thing is" if len(faults) == 1 else f"{len(faults)} things are"
    lines = [f"{file}: {count} wrong, and no row was taken"]
    lines += [f"- row {row}, {column}: {what}" for row, column, what in faults[:_MOST]]
    if len(faults) > _MOST:
        lines.append(f"... and {len(faults) - _MOST} more")
    return DataError("\n".join(lines))
