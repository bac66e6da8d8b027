"""What a new edition of the zone database moves, held against what was published before.

The wall clock of the faculty's zone stays; the moment in UTC may not, and elsewhere the clocks may
show another hour although the moment is the same. Both are kept with each published event, so no
old database is needed to tell what moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cstools.cohorts.basics import zones
from cstools.cohorts.calendar.events import Event


@dataclass(frozen=True)
class Moved:
    """One event that stands at another hour on one clock since the database changed."""

    event: str
    wall: datetime
    zone: str
    clock: str
    before: datetime
    now: datetime
    editions: tuple[str, str]


def worked_out(events: Iterable[Event], time_zones: Sequence[str]) -> tuple[Event, ...]:
    """Return the events with their moments, and what the participants' clocks then show."""
    return tuple(_with_moment(event, time_zones) if event.timed else event for event in events)


def _with_moment(event: Event, time_zones: Sequence[str]) -> Event:
    moment = event.utc
    there = [(name, moment.astimezone(zones.zone(name))) for name in time_zones]
    seen = " ".join(f"{name}={when:%Y-%m-%dT%H:%M}" for name, when in there)
    return replace(event, instant=f"{moment:%Y-%m-%dT%H:%MZ}", seen=seen, tzdata=zones.VERSION)


def moved(events: Iterable[Event], published: Iterable[Event]) -> tuple[Moved, ...]:
    """Return what stands elsewhere only because the zone database is another one.

    An event that the coordinator moved, or cancelled, is not among them.
    """
    before = {event.uid: event for event in published}
    found: list[Moved] = []
    for event in events:
        old = before.get(event.uid)
        if old and old.tzdata and old.tzdata != event.tzdata and not event.cancelled:
            found += _of_one(event, old)
    return tuple(found)


def _of_one(event: Event, old: Event) -> Iterator[Moved]:
    if (event.starts, event.zone) != (old.starts, old.zone):
        return
    if not isinstance(event.starts, datetime):
        return
    clocks = [("UTC", old.instant.rstrip("Z"), event.instant.rstrip("Z"))]
    now = _clocks(event)
    clocks += [(name, hour, now[name]) for name, hour in _clocks(old).items() if name in now]
    for clock, was, is_now in clocks:
        if was != is_now:
            hours = datetime.fromisoformat(was), datetime.fromisoformat(is_now)
            editions = (old.tzdata, event.tzdata)
            yield Moved(event.name, event.starts, event.zone, clock, *hours, editions)


def _clocks(event: Event) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in event.seen.split())
    return {name: hour for name, _, hour in pairs}


def moved_lines(found: Iterable[Moved]) -> list[tuple[str, ...]]:
    """Return the cells of a table of what moved, in the order of the year."""
    ordered = sorted(found, key=lambda m: (m.wall, m.event, m.clock != "UTC", m.clock))
    return [
        (f"{m.wall:%d %b %Y, %H:%M} {m.zone}", m.event, m.clock, _hour(m.before), _hour(m.now))
        for m in ordered
    ]


def _hour(wall: datetime) -> str:
    return f"{wall:%a %d %b %Y, %H:%M}"
