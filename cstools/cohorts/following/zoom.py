"""Zoom's participant reports, read whole or not at all: who was on a call, and when.

Three layouts are known: a row for each time that somebody joined; the same under two rows about
the meeting; and a row for each person with the minutes added up and no times. 1. The head is
found. 2. Each cell is read, and what is wrong is written down. 3. The rows of one person (one
e-mail, or one name without an e-mail) become spans of time that do not overlap.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import gt
from pathlib import Path
from typing import Literal, TypeGuard

from cstools.cohorts.basics.spans import Span
from cstools.cohorts.basics.spelling import tidy
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.basics.wall_clock import (
    DateOrder,
    WallClock,
    dates_of,
    order_of,
    order_told,
    unsettled,
)
from cstools.cohorts.basics.zones import of_a_place
from cstools.cohorts.following.zoom_people import Mails, Written, of_several, spans_of, written
from cstools.cohorts.following.zoom_sheet import TITLES, Sheet, meeting_cells, sheet_of
from cstools.errors import DataError

Layout = Literal["times", "times under a meeting", "minutes added up"]
Fault = tuple[int, str, str]
_Told = tuple[Written, Mapping[str, str], Mapping[str, int], Span | None]
_MOST = 3
MOVED = "write its new day under [[sessions]] in the programme's overlay file"
_SAY_ORDER = "say date_order='month first' or date_order='day first'"
_NO_TIME = "this is no date with an hour; write it as 06/14/2026 09:01:33 AM"


@dataclass(frozen=True)
class ZoomReport:
    """One participant report, all of it checked. It prints counts and hours, never a name.

    ``spans`` has, for each e-mail (or each name without one, after a blank), the spans of being
    there in UTC seconds, in order and without overlap, as text. Where the report has no times
    the text is empty, and ``minutes`` has what it adds up. ``written`` has the rows' e-mails and
    names. All three hold private texts and are shown nowhere.

    ``digest`` is the hash of the file's bytes. ``meeting`` is when the meeting went, by the rows
    about it or from the first join to the last leave; ``None`` where the report does not say.
    """

    file: str
    digest: str
    layout: Layout
    zone: str
    spans: Mapping[str, str] = field(repr=False)
    minutes: Mapping[str, int] = field(repr=False)
    written: Written = field(repr=False)
    rows: int
    meeting: Span | None = None

    def _table(self) -> Table:
        again = sum(";" in spans for spans in self.spans.values())
        rows = (
            ("layout", self.layout),
            ("rows", self.rows),
            ("people and devices", len(self.spans)),
            ("without an e-mail", sum(mark.startswith(" ") for mark in self.spans)),
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
    mails: Mails | None = None,
    beside: Sequence[Path] = (),
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
    mails
        The e-mails that stand in other reports, so that they are not looked at again.
    beside
        Reports of the same account: the order in which they write dates is this one's too, where
        it tells none itself.

    Raises
    ------
    FileError
        When the file is not there, is empty or cannot be read.
    DataError
        When it is no participant report, the zone is missing, or a cell is wrong: at most three
        faults, with row and column. No row is taken then. No name is quoted.
    """
    place = Path(path)
    sheet, mails = sheet_of(place), Mails() if mails is None else mails
    timed = "join" in sheet.columns
    about = meeting_cells(sheet.above)
    known = _zone(zone, place.name) if timed or (about and zone) else ""
    clock = _Clock(known, near, beside)
    read = clock.of(sheet, date_order) if known else None
    who, spans, minutes, went = (
        _with_times(sheet, read, mails) if read is not None and timed else _added(sheet, mails)
    )
    layout: Layout = "times under a meeting" if about else "times"
    return ZoomReport(
        place.name,
        digest_of(place),
        layout if timed else "minutes added up",
        known,
        spans,
        minutes,
        who,
        len(who.marks),
        went or _went(about, read, place.name),
    )


@dataclass(frozen=True)
class _Clock:
    """The clock that writes reports: its zone, when meetings may be, and other reports of it."""

    zone: str
    near: Sequence[Span]
    beside: Sequence[Path]

    def of(self, sheet: Sheet, given: DateOrder | None) -> WallClock:
        """Return the clock of one report, with the order in which it writes a date."""
        dates = () if given else _dates(sheet)
        order = order_of(dates, given, self.zone, self.near) or self._of_others()
        if order is None:
            raise DataError(f"{sheet.file}: {self._two_orders(dates)}{_SAY_ORDER}")
        return WallClock(self.zone, order)

    def _of_others(self) -> DateOrder | None:
        """Return the order that the other reports tell, where they tell one."""
        dates = (_dates(sheet_of(path)) for path in self.beside)
        told = {order_told(written, self.zone, self.near) for written in dates} - {None}
        return told.pop() if len(told) == 1 else None

    def _two_orders(self, dates: Collection[str]) -> str:
        found = unsettled(dates, self.zone, self.near)
        if found is None:
            return "its dates can be read in two orders; "
        text, both, nearest = found
        return (
            f"its date '{text}' is {both[0]} or {both[1]}, and no call is on either day; the "
            f"nearest: {', '.join(map(str, nearest))}. If a call was moved, {MOVED}; if the report "
            "is of something else, leave it out. Otherwise "
        )


def _dates(sheet: Sheet) -> frozenset[str]:
    about, hours = meeting_cells(sheet.above), sheet.written("join", "leave")
    return dates_of(dict.fromkeys(chain(about, hours)))


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


def _with_times(sheet: Sheet, read: WallClock, mails: Mails) -> _Told:
    """Return everybody's spans, no minutes, and the span from the first of all to the last."""
    for emails, names, *hours in sheet.cells("email", "name", "join", "leave"):
        starts, stops = (list(map(read.__getitem__, cells)) for cells in hours)
        if _all_read(starts) and _all_read(stops) and not any(map(gt, starts, stops)):
            who = written(emails, names, mails)
            return who, spans_of(who.marks, starts, stops), {}, (min(starts), max(stops))
    raise _refused(sheet.file, list(_faults_of_times(sheet, read)))


def _all_read(moments: list[int | None]) -> TypeGuard[list[int]]:
    return None not in moments


def _faults_of_times(sheet: Sheet, read: WallClock) -> Iterator[Fault]:
    """Give what is wrong in the rows, one by one."""
    join, leave = sheet.columns["join"], sheet.columns["leave"]
    least = max(sheet.columns[name] for name in ("name", "email", "join", "leave"))
    for number, row in sheet.rows:
        if len(row) <= least:
            yield number, "whole row", "cells are missing; download the report again"
            continue
        start, stop = read[row[join]], read[row[leave]]
        if start is None or stop is None:
            yield number, TITLES["join" if start is None else "leave"], _NO_TIME
        elif stop < start:
            yield number, TITLES["leave"], "lies before the time of joining; correct it"


def _added(sheet: Sheet, mails: Mails) -> _Told:
    """Return everybody without spans, with their minutes added up."""
    name, email, minutes = (sheet.columns[k] for k in ("name", "email", "minutes"))
    rows: list[tuple[str, str]] = []
    counts: list[int] = []
    faults: list[Fault] = []
    for number, row in sheet.rows:
        cell = tidy(row[minutes]) if max(name, email, minutes) < len(row) else ""
        if not cell.isdecimal() or len(cell) > 6:
            told = "this is no whole number of minutes; download the report again"
            faults.append((number, TITLES["minutes"], told))
            continue
        rows.append((row[email], row[name]))
        counts.append(int(cell))
    if faults:
        raise _refused(sheet.file, faults)
    who = written([email for email, _ in rows], [name for _, name in rows], mails)
    found = dict(zip(who.marks, counts, strict=True))
    found |= {mark: sum(held) for mark, held in of_several(who.marks, counts).items()}
    return who, dict.fromkeys(found, ""), found, None


def _went(about: Sequence[str], read: WallClock | None, file: str) -> Span | None:
    """Return when a meeting went by the rows about it."""
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
