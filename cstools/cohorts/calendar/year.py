"""The year of a cohort: its calls, workshops and deadlines on the wall clock where they are set.

The local wall clock and the zone id are the truth; UTC is worked out from them with the packaged
zone database, and so is everybody's own time.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import takewhile

from cstools.cohorts.basics.zones import canonical
from cstools.cohorts.calendar.events import (
    Event as Event,  # the year's own word, found here as well
)
from cstools.cohorts.calendar.events import Kind, in_order
from cstools.cohorts.calendar.events import revised as revised
from cstools.cohorts.calendar.milestones import milestones, open_milestones
from cstools.cohorts.calendar.sessions import as_decided, open_guests
from cstools.cohorts.programmes.facts import Call
from cstools.cohorts.programmes.programme import Programme
from cstools.errors import DataError

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DECIDED_BY = {
    "rhythm": "every",
    "day": "day",
    "start": "start",
    "zone": "zone",
    "minutes": "minutes",
}
"""What a call needs in order to be set, and the key that states it."""
PLACEHOLDERS = {
    "rhythm": "every month",
    "start": time(9),
    "zone": "America/New_York",
    "minutes": 60,
}
"""What a call is drawn with until the faculty decide; every event that uses one says so."""
_RULE = re.compile(r"^(?:(?P<ordinal>\w+)\s+)?(?P<weekday>\w+?)s?$", re.IGNORECASE)
_NAMESPACE = uuid.UUID("5f0c2c52-7d0e-5c39-9f0b-6a1f3a1c7d11")


def year_events(programme: Programme, cohort: str) -> tuple[Event, ...]:
    """Return everything of a programme's year that has a day, in order of time.

    Single calls are as the coordinator's ``[[sessions]]`` decide; a call that falls into a
    workshop is left out, unless that is where it was moved.

    Raises
    ------
    DataError
        When a session names no call of the year, or an hour does not exist on its day.
    """
    events = [*_edges(programme, cohort), *_workshops(programme, cohort)]
    busy = [(e.day, e.last_day) for e in events if e.kind == "workshop"]
    planned = [
        (mark, event)
        for call in programme.facts.calls
        for mark, event in _calls(programme, cohort, call)
    ]
    decided = as_decided(planned, programme.facts.sessions)
    for (_, plan), event in zip(planned, decided, strict=True):
        moved = event.starts != plan.starts
        if moved or not any(first <= event.day <= last for first, last in busy):
            events.append(event)
    for name, day, note, proposed in milestones(programme):
        event = _whole_day(programme, cohort, "milestone", name, day, note, proposed)
        events.append(_apart(event, programme, cohort, {e.uid for e in events}))
    return in_order(events)


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
    missing += open_milestones(programme)
    events = year_events(programme, "")
    missing += open_guests(programme.facts, events)
    missing += _meeting_twice([event for event in events if event.timed and not event.cancelled])
    return tuple(missing)


def _meeting_twice(events: list[Event]) -> list[str]:
    """Return a sentence for each two things that are drawn at one time, with their first day."""
    ordered = sorted(events, key=lambda event: (event.utc, event.name))
    found: dict[tuple[str, str], list[date]] = {}
    for place, event in enumerate(ordered):
        for other in _beginning_before(event.finish, ordered[place + 1 :]):
            pair = min(event.name, other.name), max(event.name, other.name)
            found.setdefault(pair, []).append(event.day)
    return [
        f"'{one}' and '{two}' are drawn at the same time on {days_in_words(days)}; state the day "
        "or the hour of one of them."
        for (one, two), days in sorted(found.items())
    ]


def _beginning_before(moment: datetime, ordered: list[Event]) -> Iterator[Event]:
    return takewhile(lambda event: event.utc < moment, ordered)


def days_in_words(days: list[date]) -> str:
    """Return one day, or how many there are and the first."""
    first = f"{days[0].day} {days[0]:%B %Y}"
    return first if len(days) == 1 else f"{len(days)} days, first {first}"


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
            yield _whole_day(programme, cohort, kind, name, day)


def _whole_day(
    programme: Programme,
    cohort: str,
    kind: Kind,
    name: str,
    day: date,
    note: str = "",
    proposed: tuple[str, ...] = (),
) -> Event:
    return Event(_uid(programme, cohort, name), kind, name, day, note=note, proposed=proposed)


def _apart(event: Event, programme: Programme, cohort: str, taken: set[str]) -> Event:
    """Return an event with an identity of its own, also where several are called the same."""
    number = 1
    while event.uid in taken:
        number += 1
        event = replace(event, uid=_uid(programme, cohort, f"{event.name}/{number}"))
    return event


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


def _calls(programme: Programme, cohort: str, call: Call) -> Iterator[tuple[str, Event]]:
    first, last = programme.first_day, programme.last_day
    if not first or not last:
        return
    start: time = call.start or PLACEHOLDERS["start"]  # type: ignore[assignment]
    minutes: int = call.minutes or PLACEHOLDERS["minutes"]  # type: ignore[assignment]
    zone = canonical(call.zone or str(PLACEHOLDERS["zone"]))
    note = f"'{call.zone_wording}' in the programme's own words" if call.zone_wording else ""
    try:
        days = call_days(call.every, _drawn_with(call, "day"), first, last)
    except DataError as error:
        raise DataError(f"'{call.name}': {error}") from None
    for mark, day in days:
        wall = datetime.combine(day, start)
        uid = _uid(programme, cohort, f"{call.name}/{mark}")
        yield mark, Event(uid, "call", call.name, wall, minutes, zone, note, _proposed(call))


def _proposed(call: Call) -> tuple[str, ...]:
    return tuple(name for name, key in _DECIDED_BY.items() if getattr(call, key) is None)


def _drawn_with(call: Call, name: str) -> str:
    """Return what a call is drawn with: what is stated, or the placeholder."""
    stated = getattr(call, _DECIDED_BY[name])
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
