"""The calendar of a cohort, shown on anybody's clock and written for their calendar program."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

from cstools.cohorts.ics import ics_text
from cstools.cohorts.pictures import Picture, meeting_picture, timeline_picture
from cstools.cohorts.tables import Table, table
from cstools.cohorts.year import Event, revised
from cstools.cohorts.zones import VERSION, canonical, zone
from cstools.errors import FileError


@dataclass(frozen=True)
class Calendar:
    """The events of a cohort's year, and what is still to be decided about them.

    ``people`` holds how many participants live in each zone. ``tzdata`` is the edition of the
    zone database that every shown time was worked out with: with another one, some may move.
    """

    title: str
    events: tuple[Event, ...]
    undecided: tuple[str, ...] = ()
    people: tuple[tuple[str, int], ...] = ()
    tzdata: str = VERSION

    @property
    def calls(self) -> tuple[Event, ...]:
        """The calls, in order of time, cancelled ones left out."""
        return tuple(e for e in self.events if e.kind == "call" and not e.cancelled)

    def in_zone(self, time_zone: str) -> Table:
        """Return every event on the clock of a zone, with its date there.

        Raises
        ------
        DataError
            When there is no such zone; the nearest is named.
        """
        name = canonical(time_zone)
        rows = [(*when(event, name), event.name, _state(event)) for event in self.events]
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
        return timeline_picture(self.title, self.events)

    def who_meets_when(self) -> Picture:
        """Return a picture of the local hour of each call in each zone; night hours are marked."""
        return meeting_picture(f"{self.title}: local hour of each call", self.calls, self.people)

    def after(self, published: Calendar) -> Calendar:
        """Return this calendar numbered after one that people already have.

        A changed event keeps its identity and gets the next sequence number; one that is gone is
        cancelled. Calendar programs then move and drop the entries they hold.
        """
        return replace(self, events=revised(self.events, published.events))

    def ics(self, issued: datetime | None = None) -> str:
        """Return the calendar as the text of an ICS file."""
        return ics_text(self.title, self.events, issued)

    def write(self, path: str | Path) -> Path:
        """Write the ICS file, whole or not at all, and return its path."""
        place = Path(path)
        part = place.with_name(f".{place.name}.part")
        try:
            part.write_bytes(self.ics().encode("utf-8"))
            part.replace(place)
        except OSError as error:
            where = f"'{place.name}' cannot be written in {place.parent}"
            raise FileError(f"{where}: {error.strerror}") from None
        finally:
            part.unlink(missing_ok=True)
        return place

    def _notes(self) -> tuple[str, ...]:
        return (*self.undecided, f"Worked out with the zone database {self.tzdata}.")

    def _table(self) -> Table:
        rows = [(*_as_set(event), event.name, _state(event)) for event in self.events]
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
    end = (event.utc + timedelta(minutes=event.minutes)).astimezone(zone(time_zone))
    return (f"{there:%a %d %b %Y}", f"{there:%H:%M}–{_end(there, end)}")


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
    shift = {0: "", 1: " next day", -1: " day before"}[(there.date() - call.day).days]
    return f"{there:%H:%M}{shift}"
