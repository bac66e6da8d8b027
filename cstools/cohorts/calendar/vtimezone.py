"""A zone as calendar programs read it: VTIMEZONE with a yearly rule for each change of the clocks.

1. Find the changes of the clocks around the years of the calendar. 2. Gather those that repeat:
same offsets, same month, same weekday of the month, same hour, every year. 3. What repeats
becomes an RRULE; where a zone's changes follow no such rule, each is listed by its own date.
Rules rather than lists of dates, because Outlook is reported to misread the lists (unverified).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from cstools.cohorts.basics.zones import offset, zone

DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Change:
    """One change of a zone's clocks; ``wall`` is what the clocks showed when it came."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str


def changes(zone_id: str, first: date, last: date) -> list[Change]:
    """Return the changes of a zone's clocks between two days, to the minute."""
    start = datetime(first.year, first.month, first.day, tzinfo=UTC)
    days = range((last - first).days)
    edges = [(start + timedelta(k), start + timedelta(k + 1)) for k in days]
    return [
        _change(zone_id, *edge)
        for edge in edges
        if _ahead(zone_id, edge[0]) != _ahead(zone_id, edge[1])
    ]


def _ahead(zone_id: str, moment: datetime) -> timedelta:
    return offset(moment.astimezone(zone(zone_id)))


def _change(zone_id: str, low: datetime, high: datetime) -> Change:
    """Halve the day until the minute of the change is found."""
    before, after = _ahead(zone_id, low), _ahead(zone_id, high)
    while high - low > timedelta(minutes=1):
        middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
        low, high = (middle, high) if _ahead(zone_id, middle) == before else (low, middle)
    name = high.astimezone(zone(zone_id)).tzname() or zone_id
    return Change((high + before).replace(tzinfo=None), before, after, name)


def vtimezone(zone_id: str, first: date, last: date) -> Timezone:
    """Return the VTIMEZONE of a zone that is true from ``first`` to ``last``."""
    start, stop = date(first.year - 1, 1, 1), date(last.year + 2, 1, 1)
    found = changes(zone_id, start, stop)
    result = Timezone()
    result.add("tzid", zone_id)
    for part in _parts(zone_id, found, start):
        result.add_component(part)
    return result


def _parts(
    zone_id: str, found: Sequence[Change], start: date
) -> Iterator[TimezoneStandard | TimezoneDaylight]:
    groups: dict[tuple[timedelta, timedelta], list[Change]] = {}
    for change in found:
        groups.setdefault((change.before, change.after), []).append(change)
    rules = [_yearly(group) for group in groups.values()]
    if found and all(rules):
        for group, rule in zip(groups.values(), rules, strict=True):
            yield _part(group[0], rule)
        return
    noon = datetime(start.year, 1, 1, 12, tzinfo=UTC).astimezone(zone(zone_id))
    ahead = offset(noon)
    yield _part(Change(datetime(1970, 1, 1), ahead, ahead, noon.tzname() or zone_id), None)
    for change in found:
        yield _part(change, None)


def _part(change: Change, rule: dict[str, object] | None) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if change.after > change.before else TimezoneStandard()
    part.add("dtstart", change.wall)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("tzname", change.name)
    if rule:
        part.add("rrule", rule)
    return part


def _yearly(group: Sequence[Change]) -> dict[str, object] | None:
    """Return the yearly rule that gives exactly these changes, or ``None`` where there is none."""
    walls = [change.wall for change in group]
    years = [wall.year for wall in walls]
    steady = len({(w.month, w.weekday(), w.hour, w.minute) for w in walls}) == 1
    if len(walls) < 3 or not steady or years != list(range(years[0], years[0] + len(years))):
        return None
    places = (
        {(w.day + 6) // 7 for w in walls},
        {-1 if (w + timedelta(7)).month != w.month else 0 for w in walls},
    )
    place = next((only for p in places if len(p) == 1 and (only := next(iter(p)))), 0)
    code = f"{place}{DAY_CODES[walls[0].weekday()]}"
    return {"freq": "yearly", "bymonth": walls[0].month, "byday": code} if place else None
