"""The dates and hours that a program writes on its own clock, read fast and in one order."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from cstools.cohorts.basics.spans import Span
from cstools.cohorts.basics.zones import at, zone
from cstools.errors import DataError

DateOrder = Literal["month first", "day first"]
ORDERS: tuple[DateOrder, ...] = ("month first", "day first")
_CELL = re.compile(
    r"\s*(.*?\d)[ T,]+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([AaPp])?\.?[Mm]?\.?\s*$"
)
_NUMBERS = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})$")
_WORDS = re.compile(r"([A-Za-z]{3})[a-z]* (\d{1,2}),? (\d{4})$")
_SECONDS = {f"{second:02}": second for second in range(60)}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
Day = tuple[int, int, int]


def dates_of(cells: Iterable[str]) -> frozenset[str]:
    """Return the different dates in cells of dates with hours, as they are written.

    Of cells that begin alike one is looked at: a million of them have few dates.
    """
    by_start = {cell[:10]: cell for cell in cells}
    found = (_CELL.match(cell) for cell in by_start.values())
    return frozenset(match[1] for match in found if match)


def order_of(
    dates: Collection[str], given: DateOrder | None, zone_name: str, near: Sequence[Span]
) -> DateOrder | None:
    """Return the order in which dates are meant, or ``None`` where two are possible.

    1. What was said holds. 2. An order in which some date is no day of the calendar is out.
    3. Of two, the one whose days are all days of the spans ``near``, or else within a day of
    them. Where both orders give the same days, either does.
    """
    if given is not None:
        return given
    either = None if any(map(_in_two_ways, dates)) else ORDERS[0]
    return order_told(dates, zone_name, near) or either


def order_told(dates: Collection[str], zone_name: str, near: Sequence[Span]) -> DateOrder | None:
    """Return the order that dates tell by themselves; ``None`` where they tell none, or any."""
    known = [text for text in dates if any(_day(text, order) for order in ORDERS)]
    able = [order for order in ORDERS if all(_day(text, order) for text in known)]
    if len(able) == 1:
        return able[0]
    if not any(map(_in_two_ways, known)):
        return None
    days = _days_of(near, zone_name)
    for around in (0, 1):
        close = [o for o in able if all(_near(_day(text, o), days, around) for text in known)]
        if close:
            return close[0] if len(close) == 1 else None
    return None


def _in_two_ways(text: str) -> bool:
    return _day(text, "month first") != _day(text, "day first")


def unsettled(
    dates: Collection[str], zone_name: str, near: Sequence[Span]
) -> tuple[str, list[date], list[date]] | None:
    """Return a date of which no reading is near a span: its two days, and the nearest of ``near``.

    ``None`` where there is no such date, or nothing to be near to.
    """
    days = _days_of(near, zone_name)
    for text in sorted(filter(_in_two_ways, dates)) if days else ():
        read = [day for day in (_day(text, order) for order in ORDERS) if day]
        if len(read) > 1 and not any(_near(day, days, 1) for day in read):
            both = sorted(date(*day) for day in read)
            return text, both, sorted(set().union(*(_around(days, day) for day in both)))
    return None


def _around(days: Collection[date], day: date) -> set[date]:
    """Return the last of ``days`` before a day that is none of them, and the first after it."""
    before, after = ([d for d in days if d < day], [d for d in days if d > day])
    return {max(before, default=day), min(after, default=day)} - {day}


def _days_of(near: Sequence[Span], zone_name: str) -> frozenset[date]:
    clock = zone(zone_name)
    return frozenset(datetime.fromtimestamp(moment, clock).date() for s in near for moment in s)


def _near(day: Day | None, days: Collection[date], around: int) -> bool:
    return day is not None and any(
        date(*day) + timedelta(k) in days for k in range(-around, around + 1)
    )


def _day(text: str, order: DateOrder) -> Day | None:
    """Return year, month and day of a written date, or ``None`` where there is no such day."""
    if words := _WORDS.match(text):
        name = words[1].lower()
        month = _MONTHS.index(name) + 1 if name in _MONTHS else 0
        return _real((int(words[3]), month, int(words[2])))
    found = _NUMBERS.match(text)
    if not found:
        return None
    one, two, three = (int(found[k]) for k in (1, 2, 3))
    if len(found[1]) == 4:
        return _real((one, two, three))
    year = three if len(found[3]) == 4 else 2000 + three
    return _real((year, one, two) if order == "month first" else (year, two, one))


def _real(day: Day) -> Day | None:
    try:
        datetime(*day)
    except ValueError:
        return None
    return day if day[0] > 1969 else None


class WallClock(dict[str, int | None]):
    """Cells of a clock's date and hour as seconds since 1970 in UTC; ``None`` for what is no time.

    A cell is read when it is first asked for, and each hour is worked out once, so that a million
    rows take seconds. An hour that the clocks repeat in autumn means its first passing.
    """

    def __init__(self, zone_name: str, order: DateOrder) -> None:
        super().__init__()
        self._zone, self._order = zone_name, order
        self._hours: dict[tuple[str, int], int | None] = {}
        self._minutes: dict[tuple[str, str], int | None] = {}

    def __missing__(self, cell: str) -> int | None:
        minute, _, rest = cell.rpartition(":")
        second = _SECONDS.get(rest[:2])
        if second is None or ":" not in minute:
            moment = self._read(cell)
        else:  # of all who join in one minute, one is read
            start = self._minute(minute, rest[2:])
            moment = None if start is None else start + second
        self[cell] = moment
        return moment

    def _minute(self, minute: str, half: str) -> int | None:
        key = (minute, half)
        if key not in self._minutes:
            self._minutes[key] = self._read(f"{minute}:00{half}")
        return self._minutes[key]

    def _read(self, cell: str) -> int | None:
        found = _CELL.match(cell)
        if not found:
            return None
        date_text, hour_text, minute, second, half = found.groups()
        hour = int(hour_text)
        if half:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if half in "Pp" else 0)
        start = self._hour(date_text, hour)
        if start is None or int(minute) > 59 or int(second or 0) > 59:
            return None
        return start + 60 * int(minute) + int(second or 0)

    def _hour(self, date_text: str, hour: int) -> int | None:
        key = (date_text, hour)
        if key not in self._hours:
            day = _day(date_text, self._order)
            self._hours[key] = _moment(day, hour, self._zone) if day and hour < 24 else None
        return self._hours[key]


def _moment(day: Day, hour: int, zone_name: str) -> int | None:
    try:
        return int(at(datetime(*day, hour), zone_name).timestamp())
    except DataError:  # the clocks skip this hour
        return None
