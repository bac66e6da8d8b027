"""The calendar of a cohort, shown on anybody's clock and written for their calendar program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path

from cstools.cohorts.basics.asked import as_texts
from cstools.cohorts.basics.drawing import Picture
from cstools.cohorts.basics.files import place_of
from cstools.cohorts.basics.silence import NOT_STATED
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.basics.zones import VERSION, canonical, zone
from cstools.cohorts.calendar.burden import weigh
from cstools.cohorts.calendar.call_hours import CallHours
from cstools.cohorts.calendar.events import Event, revised
from cstools.cohorts.calendar.ics import ics_text
from cstools.cohorts.calendar.moved import Moved, moved, moved_lines
from cstools.cohorts.calendar.pictures import meeting_picture, timeline_picture
from cstools.cohorts.calendar.public_holidays import Home, holiday_table
from cstools.cohorts.calendar.sessions import guest_slot
from cstools.errors import DataError, FileError, unknown_name

# Clocks stand up to 26 hours apart, so that a date may differ by two days.
_SHIFTS = {0: "", 1: " next day", -1: " day before", 2: " two days later", -2: " two days before"}


@dataclass(frozen=True)
class Calendar:
    """The events of a cohort's year, and what is still to be decided about them.

    ``people`` holds how many participants live in each zone, ``homes`` the same by country and
    zone. ``tzdata`` is the edition of the
    zone database that every shown time was worked out with: with another one, some may move, and
    ``moved`` holds what did since the calendar was published.
    """

    title: str
    events: tuple[Event, ...]
    undecided: tuple[str, ...] = ()
    people: tuple[tuple[str, int], ...] = ()
    homes: tuple[Home, ...] = ()
    tzdata: str = VERSION
    moved: tuple[Moved, ...] = field(default=(), compare=False)

    @property
    def calls(self) -> tuple[Event, ...]:
        """The calls, in order of time, cancelled ones left out."""
        return tuple(e for e in self.events if e.kind == "call" and not e.cancelled)

    def in_zone(self, time_zone: str) -> Table:
        """Return every event on the clock of a zone, with its date there, in the order there.

        Raises
        ------
        DataError
            When there is no such zone; the nearest is named.
        """
        name = canonical(time_zone)
        there = sorted(self.events, key=lambda event: _begins(event, name))
        rows = [(*when(event, name), event.label, _state(event)) for event in there]
        title = f"{self.title}, on the clock of {name}"
        return table(title, ("date", "hour", "what", "state"), rows, self._notes())

    def in_each_zone(self) -> Table:
        """Return, for each zone of the participants, the hours at which its people meet.

        A fixed hour on one wall clock is not one hour elsewhere: where the clocks change on
        other days, a zone has two hours or more in a year, and each is shown with its dates.
        """
        order = {name: (_ahead(self.calls, name), name) for name, _ in self.people}
        zones = sorted(self.people, key=lambda pair: order[pair[0]])
        rows = [(name, count, _hours_of_year(self.calls, name)) for name, count in zones]
        title = f"{self.title}: when each zone meets"
        return table(title, ("zone", "people", "hours of the calls there"), rows, self._notes())

    def timeline(self) -> Picture:
        """Return the year as a picture: deadlines, workshops and calls on one line of months."""
        return timeline_picture(self.title, self.events, self._table())

    def who_meets_when(self) -> Picture:
        """Return a picture of the local hour of each call in each zone; night hours are marked."""
        return meeting_picture(f"{self.title}: local hour of each call", self.calls, self.people)

    def holidays(self) -> Table:
        """Return the calls and workshops that meet a public holiday of somebody's country.

        They are warnings, nothing is moved. Holidays of a state, a faith or a school are not in.
        """
        title = f"{self.title}: public holidays where people live"
        return holiday_table(title, self.events, self.homes)

    def call_hours(self, series: str = "", faculty: Sequence[str] = ()) -> CallHours:
        """Return what the hour of the calls costs each zone: fixed, rotating, in two sittings.

        Parameters
        ----------
        series
            The name of one series of calls, where there are several.
        faculty
            The zone of each of the faculty who holds the calls; in two sittings they hold both.

        Raises
        ------
        UnknownNameError, DataError
            When there is no such series, no call, nobody, or more than one clock.
        """
        names = {call.name for call in self.calls}
        zones = as_texts(faculty, "a zone of the faculty", "America/New_York")
        if series and (not isinstance(series, str) or series not in names):
            raise unknown_name(series, names, f"the calls of '{self.title}'")
        calls = [call for call in self.calls if series in ("", call.name)]
        order = sorted(self.people, key=lambda pair: (_ahead(self.calls, pair[0]), pair[0]))
        title = f"{self.title}: what the hour of the calls costs"
        return CallHours(title, weigh(calls, order, zones))

    def after(self, published: Calendar) -> Calendar:
        """Return this calendar numbered after one that people already have.

        A changed event keeps its identity and gets the next sequence number; one that is gone is
        cancelled. Calendar programs then move and drop the entries they hold.
        """
        elsewhere = moved(self.events, published.events)
        return replace(self, events=revised(self.events, published.events), moved=elsewhere)

    def moved_table(self) -> Table:
        """Return what stands at another hour because the zone database changed; nothing else."""
        columns = ("set for", "what", "on the clock of", "published as", "is now")
        editions = sorted({m.editions for m in self.moved})
        notes = [f"The database was {old} and is {new}." for old, new in editions]
        if not self.moved:
            notes = [f"Nothing moved; worked out with the zone database {self.tzdata}."]
        return table(f"{self.title}: what moved", columns, moved_lines(self.moved), notes)

    def guest_slots(self) -> Table:
        """Return each call with its theme, guest speaker and pre-work, as far as decided."""
        rows = [
            (*_as_set(call)[:2], call.name, *(w or NOT_STATED for w in guest_slot(call).values()))
            for call in self.calls
        ]
        columns = ("date", "hour", "call", "theme", "guest speaker", "pre-work")
        notes = ("A coordinator writes them under [[sessions]] in the programme's overlay file.",)
        return table(f"{self.title}: what each call is about", columns, rows, notes)

    def ics(self, issued: datetime | None = None, *, utc: bool = False) -> str:
        """Return the calendar as the text of an ICS file.

        With ``utc`` its hours are in UTC: for programs that cannot read zones, or that look them
        up in an older zone database of their own. Such a file does not follow a later change of a
        zone's rules: write it again when the database changes.
        """
        return ics_text(self.title, self.events, issued, utc=utc)

    def cancellations(self, issued: datetime | None = None) -> str:
        """Return the cancelled events alone as the text of an ICS file with METHOD:CANCEL.

        Some programs leave an entry standing that a published file calls cancelled; this file
        makes them drop it.

        Raises
        ------
        DataError
            When nothing is cancelled.
        """
        gone = [event for event in self.events if event.cancelled]
        if not gone:
            raise DataError(f"'{self.title}' has nothing cancelled; there is no such file to write")
        return ics_text(self.title, gone, issued, method="CANCEL")

    def write(self, path: str | Path, *, utc: bool = False) -> Path:
        """Write the ICS file, whole or not at all, and return its path; ``utc`` as in :meth:`ics`.

        Raises
        ------
        FileError
            When it cannot be written there.
        """
        place = place_of(path)
        if place.is_dir():
            raise FileError(f"'{path}' is a folder; write the file's name as well, as 'year.ics'")
        part = place.with_name(f".{place.name}.part")
        try:
            part.write_bytes(self.ics(utc=utc).encode("utf-8"))
            part.replace(place)
        except OSError as error:
            where = f"'{place.name}' cannot be written in {place.parent}"
            raise FileError(f"{where}: {error.strerror}") from None
        finally:
            part.unlink(missing_ok=True)
        return place

    def _notes(self) -> tuple[str, ...]:
        told = [*self.undecided]
        if self.moved:
            told.append(
                f"{len({(m.event, m.wall) for m in self.moved})} events moved on some clock since "
                "the zone database changed."
            )
        return (*told, f"Worked out with the zone database {self.tzdata}.")

    def _table(self) -> Table:
        rows = [(*_as_set(event), event.label, _state(event)) for event in self.events]
        columns = ("date", "hour", "clock of", "what", "state")
        return table(self.title, columns, rows, self._notes())

    def __repr__(self) -> str:
        return repr(self._table())

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return self._table()._repr_mimebundle_()


def when(event: Event, time_zone: str) -> tuple[str, str]:
    """Return date and hour on a zone's clock; a whole day is the same day everywhere."""
    if not event.timed:
        return (f"{event.day:%a %d %b %Y}", "whole day")
    there = event.moment.astimezone(zone(time_zone))
    end = event.finish.astimezone(zone(time_zone))
    return (f"{there:%a %d %b %Y}", f"{there:%H:%M}–{_end(there, end)}")


def _begins(event: Event, time_zone: str) -> tuple[date, int]:
    """Return when an event begins on a zone's clock; a whole day before the hours of that day."""
    if not event.timed:
        return (event.day, -1)
    there = event.moment.astimezone(zone(time_zone))
    return (there.date(), 60 * there.hour + there.minute)


def _end(start: datetime, end: datetime) -> str:
    """Return the hour of an end, with its date where that is another day."""
    return f"{end:%H:%M}" if start.date() == end.date() else f"{end:%a %d %b %H:%M}"


def _as_set(event: Event) -> tuple[str, str, str]:
    date, hour = when(event, event.zone) if event.timed else when(event, "UTC")
    return (date, hour, event.zone or "every clock")


def _state(event: Event) -> str:
    if event.cancelled:
        return "cancelled"
    return "proposed" if event.proposed else "set"


def _ahead(calls: tuple[Event, ...], time_zone: str) -> timedelta:
    if not calls:
        return timedelta()
    return calls[0].moment.astimezone(zone(time_zone)).utcoffset() or timedelta()


def _hours_of_year(calls: tuple[Event, ...], time_zone: str) -> str:
    """Return the distinct local hours, each with the months in which it holds."""
    hours = [_local_hour(call, time_zone) for call in calls]
    if len(set(hours)) == 1:
        return hours[0]
    runs: dict[str, list[str]] = {}
    for hour, run in groupby(zip(hours, calls, strict=True), key=lambda pair: pair[0]):
        days = [call.day for _, call in run]
        first, last = f"{days[0]:%b %y}", f"{days[-1]:%b %y}"
        runs.setdefault(hour, []).append(first if first == last else f"{first}–{last}")
    return " · ".join(f"{hour} ({', '.join(spans)})" for hour, spans in runs.items())


def _local_hour(call: Event, time_zone: str) -> str:
    there = call.moment.astimezone(zone(time_zone))
    return f"{there:%H:%M}{_SHIFTS[(there.date() - call.day).days]}"
