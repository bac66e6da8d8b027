"""The year as an ICS file: one event for each call, on its own wall clock, none repeating."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import icalendar

from cstools.cohorts.vtimezone import vtimezone
from cstools.cohorts.year import Event
from cstools.cohorts.zones import VERSION


def ics_text(title: str, events: Sequence[Event], issued: datetime | None = None) -> str:
    """Return the text of an ICS file with lines as RFC 5545 wants them.

    Parameters
    ----------
    issued
        The DTSTAMP of every event. Without one it is midnight UTC of the first event's day, so
        that the same calendar is the same file on every day it is written.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//cstools//cohort planner, tzdata {VERSION}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    for zone in sorted({event.zone for event in events if event.timed}):
        days = [event.day for event in events if event.zone == zone]
        calendar.add_component(vtimezone(zone, min(days), max(days)))
    first = min((event.day for event in events), default=date(1970, 1, 1))
    stamp = issued or datetime.combine(first, time(), tzinfo=UTC)
    for event in events:
        calendar.add_component(_vevent(event, stamp))
    return str(calendar.to_ical().decode("utf-8"))


def _vevent(event: Event, stamp: datetime) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", event.uid)
    made.add("dtstamp", stamp)
    made.add("sequence", event.sequence)
    made.add("summary", f"{event.name} (proposed)" if event.proposed else event.name)
    made.add("status", _status(event))
    if event.timed:
        moment = event.moment
        made.add("dtstart", moment)
        # The clocks may change while a workshop lasts: its end is a wall-clock time as well.
        made.add("dtend", moment + timedelta(minutes=event.minutes))
    else:
        made.add("dtstart", event.day)
        made.add("dtend", event.day + timedelta(1))
        made.add("transp", "TRANSPARENT")
    if note := _note(event):
        made.add("description", note)
    return made


def _status(event: Event) -> str:
    if event.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if event.proposed else "CONFIRMED"


def _note(event: Event) -> str:
    if not event.proposed:
        return event.note
    open_parts = ", ".join(event.proposed)
    return f"Not decided yet: {open_parts}. {event.note}".strip()
