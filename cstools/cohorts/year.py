"""The year of a cohort: its calls, workshops and deadlines on the wall clock where they are set.

The local wall clock and the zone id are the truth; UTC is worked out from them with the packaged
zone database, and so is everybody's own time.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from cstools.cohorts.facts import Call
from cstools.cohorts.programme import Programme
from cstools.cohorts.zones import at, canonical
from cstools.errors import DataError

Kind = Literal["call", "workshop", "deadline", "year"]
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PLACEHOLDERS = {"start": time(9), "zone": "America/New_York", "minutes": 60}
"""What a call is drawn with until the faculty decide; every event that uses one says so."""
_RULE = re.compile(r"^(?:(?P<ordinal>\w+)\s+)?(?P<weekday>\w+?)s?$", re.IGNORECASE)
_NAMESPACE = uuid.UUID("5f0c2c52-7d0e-5c39-9f0b-6a1f3a1c7d11")


@dataclass(frozen=True)
class Event:
    """One thing in the year.

    ``starts`` is the wall clock of ``zone``; a ``date`` without a zone is a whole day everywhere.
    ``proposed`` names what no document and no coordinator has decided yet.
    """

    uid: str
    kind: Kind
    name: str
    starts: datetime | date
    minutes: int = 0
    zone: str = ""
    note: str = ""
    proposed: tuple[str, ...] = ()
    sequence: int = 0
    cancelled: bool = False

    @property
    def timed(self) -> bool:
        """Say whether it has an hour."""
        return isinstance(self.starts, datetime)

    @property
    def day(self) -> date:
        """The day on which it begins, where it is set."""
        return self.starts.date() if isinstance(self.starts, datetime) else self.starts

    @property
    def moment(self) -> datetime:
        """The moment at which it begins; only what has an hour has one."""
        if not isinstance(self.starts, datetime):
            raise DataError(f"'{self.name}' is a whole day and has no hour")
        return at(self.starts, self.zone)

    @property
    def utc(self) -> datetime:
        """The moment at which it begins, in UTC."""
        return self.moment.astimezone(UTC)


def year_events(programme: Programme, cohort: str) -> tuple[Event, ...]:
    """Return everything of a programme's year that has a day, in order of time."""
    events = [*_edges(programme, cohort), *_workshops(programme, cohort)]
    busy = [(e.day, _last_day(e)) for e in events if e.kind == "workshop"]
    for call in programme.facts.calls:
        calls = _calls(programme, cohort, call)
        events += [e for e in calls if not any(first <= e.day <= last for first, last in busy)]
    return tuple(sorted(events, key=lambda e: (e.day, e.kind, e.name)))


def undecided(programme: Programme) -> tuple[str, ...]:
    """Return what the year still needs, one sentence for each thing that is not stated."""
    missing = (
        [] if programme.first_day else ["When the year begins is not stated; no call has a day."]
    )
    if programme.first_day and not programme.last_day:
        missing.append("When the year ends is not stated; no call has a day.")
    for workshop in programme.facts.workshops:
        if workshop.starts is None:
            missing.append(f"When '{workshop.name}' meets is not stated.")
    if programme.facts.in_person.meetings and not programme.facts.workshops:
        missing.append("The days of the meeting in person are not stated.")
    for call in programme.facts.calls:
        if names := _proposed(call):
            drawn = ", ".join(f"{name} {_drawn_with(call, name)}" for name in names)
            missing.append(f"'{call.name}': not stated, and drawn as a proposal: {drawn}.")
    return tuple(missing)


def _edges(programme: Programme, cohort: str) -> Iterator[Event]:
    dates, deadlines = programme.facts.dates, programme.facts.deadlines
    days: tuple[tuple[Kind, str, date | None], ...] = (
        ("deadline", "Early bird ends", deadlines.early_bird),
        ("deadline", "Applications close", deadlines.application),
        ("year", "The year begins", dates.starts),
        ("year", "The year ends", dates.ends),
    )
    for kind, name, day in days:
        if day is not None:
            yield Event(_uid(programme, cohort, name), kind, name, day)


def _workshops(programme: Programme, cohort: str) -> Iterator[Event]:
    for workshop in programme.facts.workshops:
        name = f"{workshop.name}: {workshop.theme}" if workshop.theme else workshop.name
        uid, place = _uid(programme, cohort, workshop.name), workshop.place or ""
        if workshop.starts is None:
            continue
        if workshop.zone is None:
            yield Event(uid, "workshop", name, workshop.starts.date(), note=place)
        else:
            minutes = round((workshop.hours or 0) * 60)
            zone = canonical(workshop.zone)
            yield Event(uid, "workshop", name, workshop.starts, minutes, zone, place)


def _last_day(event: Event) -> date:
    if not isinstance(event.starts, datetime):
        return event.starts
    return (event.starts + timedelta(minutes=event.minutes)).date()


def _calls(programme: Programme, cohort: str, call: Call) -> Iterator[Event]:
    first, last = programme.first_day, programme.last_day
    if not first or not last:
        return
    start: time = call.start or PLACEHOLDERS["start"]  # type: ignore[assignment]
    minutes: int = call.minutes or PLACEHOLDERS["minutes"]  # type: ignore[assignment]
    zone = canonical(call.zone or str(PLACEHOLDERS["zone"]))
    note = f"'{call.zone_wording}' in the programme's own words" if call.zone_wording else ""
    for mark, day in call_days(call.every, _drawn_with(call, "day"), first, last):
        wall = datetime.combine(day, start)
        uid = _uid(programme, cohort, f"{call.name}/{mark}")
        yield Event(uid, "call", call.name, wall, minutes, zone, note, _proposed(call))


def _proposed(call: Call) -> tuple[str, ...]:
    return tuple(
        name for name in ("day", "start", "zone", "minutes") if getattr(call, name) is None
    )


def _drawn_with(call: Call, name: str) -> str:
    """Return what a call is drawn with: what is stated, or the placeholder."""
    stated = getattr(call, name)
    if name == "day":
        return str(stated or ("Tuesday" if call.every == "two weeks" else "second Tuesday"))
    value = stated if stated is not None else PLACEHOLDERS[name]
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def call_days(every: str | None, rule: str, first: date, last: date) -> list[tuple[str, date]]:
    """Return the days of a series between two days, both included, each with its lasting mark.

    ``rule`` is ``second Tuesday`` for one call a month, ``Tuesday`` for one every two weeks. The
    mark (``2026-09``, or ``call 5``) stays when the rule changes, so that a moved call is still
    the same call.

    Raises
    ------
    DataError
        When the rule cannot be read.
    """
    ordinal, weekday = _read_rule(rule, monthly=every != "two weeks")
    if every == "two weeks":
        start = first + timedelta((weekday - first.weekday()) % 7)
        fortnights = range((last - start).days // 14 + 1)
        return [(f"call {k + 1}", start + timedelta(14 * k)) for k in fortnights]
    months = range((last.year - first.year) * 12 + last.month - first.month + 1)
    days = [_in_month(first.year, first.month - 1 + k, ordinal, weekday) for k in months]
    return [(f"{day:%Y-%m}", day) for day in days if first <= day <= last]


def _read_rule(rule: str, *, monthly: bool) -> tuple[int, int]:
    found = _RULE.match(rule.strip())
    weekday = found["weekday"].capitalize() if found else ""
    ordinal = (found["ordinal"] or "").lower() if found else ""
    if weekday not in WEEKDAYS or (ordinal not in ORDINALS if monthly else ordinal):
        example = "'second Tuesday' or 'last Friday'" if monthly else "'Tuesday'"
        raise DataError(f"'{rule}' names no day for a call; write it as {example}")
    return ORDINALS.get(ordinal, 1), WEEKDAYS.index(weekday)


def _in_month(year: int, months: int, ordinal: int, weekday: int) -> date:
    """Return the n-th such weekday of a month, -1 the last; months count from January = 0."""
    if ordinal == -1:
        following = _in_month(year, months + 1, 1, weekday)
        return following - timedelta(7)
    first = date(year + months // 12, months % 12 + 1, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (ordinal - 1))


def _uid(programme: Programme, cohort: str, mark: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, f"{programme.id}/{cohort}/{mark}"))


def revised(events: tuple[Event, ...], published: tuple[Event, ...]) -> tuple[Event, ...]:
    """Return events numbered after what was published before: changed ones get the next sequence.

    What was published and is gone comes back as cancelled, so that people's calendars drop it.
    """
    before = {event.uid: event for event in published}
    now = [_after(event, before.get(event.uid)) for event in events]
    gone = set(before) - {event.uid for event in events}
    dropped = [_cancelled(before[uid]) for uid in gone]
    return tuple(sorted([*now, *dropped], key=lambda e: (e.day, e.kind, e.name)))


def _after(event: Event, before: Event | None) -> Event:
    if before is None:
        return event
    same = replace(event, sequence=before.sequence, cancelled=False) == before
    return replace(event, sequence=before.sequence + (0 if same else 1))


def _cancelled(event: Event) -> Event:
    if event.cancelled:
        return event
    return replace(event, cancelled=True, sequence=event.sequence + 1)
