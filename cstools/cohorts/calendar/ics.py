"""The year as an ICS file: one event for each call, on its own wall clock, none repeating."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

import icalendar

from cstools.cohorts.basics.zones import VERSION
from cstools.cohorts.calendar.events import Event
from cstools.cohorts.calendar.vtimezone import vtimezone

Method = Literal["PUBLISH", "CANCEL"]


def ics_text(
    title: str,
    events: Sequence[Event],
    issued: datetime | None = None,
    *,
    utc: bool = False,
    method: Method = "PUBLISH",
) -> str:
    """Return the text of an ICS file with lines as RFC 5545 wants them.

    Parameters
    ----------
    issued
        The DTSTAMP of every event. Without one it is midnight UTC of the first event's day, so
        that the same calendar is the same file on every day it is written.
    utc
        Write moments in UTC and no zones, for programs that read a zone's name and look it up in
        a database of their own that is older than ours (for such a one, British Columbia's clocks
        still change in November 2026). It can mislead: such a file does not follow a later change
        of a zone's rules.
    method
        ``CANCEL`` makes programs that ignore a cancelled event of a published file drop it.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//cstools//cohort planner, tzdata {VERSION}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("x-wr-calname", title)
    for zone in () if utc else sorted({event.zone for event in events if event.timed}):
        own = [event for event in events if event.zone == zone]
        first_day, last_day = min(e.day for e in own), max(e.last_day for e in own)
        calendar.add_component(vtimezone(zone, first_day, last_day))
    first = min((event.day for event in events), default=date(1970, 1, 1))
    stamp = issued or datetime.combine(first, time(), tzinfo=UTC)
    for event in events:
        calendar.add_component(_vevent(event, stamp, utc=utc))
    return str(calendar.to_ical().decode("utf-8"))


def _vevent(event: Event, stamp: datetime, *, utc: bool) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", event.uid)
    made.add("dtstamp", stamp)
    made.add("sequence", event.sequence)
    made.add("summary", f"{event.label} (proposed)" if event.proposed else event.label)
    made.add("status", _status(event))
    if event.timed:
        made.add("dtstart", event.utc if utc else event.moment)
        made.add("dtend", event.finish.astimezone(UTC) if utc else event.finish)
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
    """Return what is decided about an event in lines, and what is not."""
    open_parts = ", ".join(event.proposed)
    lines = (
        f"Guest speaker: {event.speaker}" if event.speaker else "",
        f"Pre-work: {event.prework}" if event.prework else "",
        f"Not decided yet: {open_parts}." if open_parts else "",
        event.note,
    )
    return "\n".join(line for line in lines if line)
