"""Free hours of a week, and which of them people in different zones share all year.

A week is 672 quarters of an hour of UTC, kept as the bits of one whole number: what two people
share is one ``&``. Quarters, because Kathmandu stands 5:45 ahead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache, reduce
from operator import and_

from cstools.cohorts.basics.zones import at, offset, zone
from cstools.errors import DataError, brief, shown

Clock = tuple[timedelta, ...]
QUARTERS = 7 * 24 * 4
WHOLE_WEEK = (1 << QUARTERS) - 1
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SPAN = re.compile(
    r"^(?P<first>[A-Za-z]{3})[a-z]*\s*(?:-\s*(?P<last>[A-Za-z]{3})[a-z]*)?\s+"
    r"(?P<from>\d{1,2})(?::(?P<from_minute>\d\d))?\s*-\s*(?P<to>\d{1,2})(?::(?P<to_minute>\d\d))?$"
)


@dataclass(frozen=True, order=True)
class FreeTime:
    """A free span on a day of the week, in the person's own wall clock.

    ``day`` counts from Monday = 0; ``start`` and ``stop`` are minutes after midnight, and a span
    that runs past midnight has a ``stop`` above 1,440.
    """

    day: int
    start: int
    stop: int

    def __str__(self) -> str:
        return f"{DAYS[self.day]} {_clock(self.start)}-{_clock(self.stop % 1440 or 1440)}"


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02d}" if minute else str(hour)


def parse_free_hours(text: str) -> tuple[FreeTime, ...]:
    """Return the spans of a text such as ``Mon 16-18; Tue-Thu 9:30-11``.

    Raises
    ------
    DataError
        When a piece cannot be read; it is quoted.
    """
    if not isinstance(text, str):
        raise DataError(f"{shown(text)} is no free time; write it as 'Mon 16-18; Wed 9:30-11'")
    pieces = [piece.strip() for piece in re.split(r"[;\n]", re.sub("[–—]", "-", text))]
    return tuple(sorted(span for piece in pieces if piece for span in _spans(piece)))


def _spans(piece: str) -> list[FreeTime]:
    found = _SPAN.match(piece)
    first = _day(found["first"]) if found else None
    last = _day(found["last"] or found["first"]) if found else None
    if found is None or first is None or last is None:
        raise DataError(f"'{brief(piece)}' is no free time; write it as 'Mon 16-18; Wed 9:30-11'")
    start = int(found["from"]) * 60 + int(found["from_minute"] or 0)
    stop = int(found["to"]) * 60 + int(found["to_minute"] or 0)
    if max(start, stop) > 1440 or start == stop:
        raise DataError(f"'{brief(piece)}' has an hour that no day has; hours go from 0 to 24")
    stop += 1440 if stop < start else 0
    return [FreeTime((first + k) % 7, start, stop) for k in range((last - first) % 7 + 1)]


def _day(word: str) -> int | None:
    short = word[:3].capitalize()
    return DAYS.index(short) if short in DAYS else None


def week_bits(free: Iterable[FreeTime], zone: str, monday: date) -> int:
    """Return the quarters of the UTC week from ``monday`` that are free, as bits.

    Only a whole quarter is free: of 10:50–11:50 those from 11:00 to 11:45. What a free span covers
    past either end of that week comes round at its other end.
    """
    start_of_week = datetime.combine(monday, time(), tzinfo=UTC)
    bits = 0
    for span in free:
        midnight = datetime.combine(monday + timedelta(span.day), time())
        start = _minute(midnight + timedelta(minutes=span.start), zone, start_of_week)
        stop = start + span.stop - span.start
        for quarter in range(-(-start // 15), stop // 15):
            bits |= 1 << (quarter % QUARTERS)
    return bits


def _minute(wall: datetime, zone: str, start_of_week: datetime) -> int:
    """Return the minute of the week at a wall-clock time."""
    try:
        moment = at(wall, zone)
    except DataError:  # the clocks skip this hour on this one day; the hour after it is meant
        moment = at(wall + timedelta(hours=1), zone)
    return (moment - start_of_week) // timedelta(minutes=1)


def common_quarters(weeks: Sequence[Sequence[int]]) -> int:
    """Return how many quarters people share in the leanest of the weeks, in runs of an hour.

    ``weeks`` is ``(people, weeks)``. Only quarters that belong to a whole shared hour count, so 0
    means: in at least one of the weeks there is no common free hour.
    """
    return min(_in_whole_hours(starts).bit_count() for starts in _common_starts(weeks))


def share_an_hour(weeks: Sequence[Sequence[int]]) -> bool:
    """Say whether people share a whole free hour in every one of the weeks: ``(people, weeks)``."""
    return all(_common_starts(weeks))


def _common_starts(weeks: Sequence[Sequence[int]]) -> Iterator[int]:
    """Give, for each week that differs from the others, where a common free hour can begin.

    An hour is free for all that begins where an hour is free for each, so each person's own hours
    are worked out once and not anew in every group; most weeks of a year are alike.
    """
    for same_week in set(zip(*weeks, strict=True)):
        yield reduce(and_, map(_hour_starts, same_week))


@lru_cache(maxsize=2**16)
def _hour_starts(bits: int) -> int:
    return bits and bits & _turned(bits, 1) & _turned(bits, 2) & _turned(bits, 3)


def _in_whole_hours(starts: int) -> int:
    return starts | _turned(starts, -1) | _turned(starts, -2) | _turned(starts, -3)


def _turned(bits: int, by: int) -> int:
    """Return the week turned earlier by a number of quarters; Sunday night meets Monday."""
    by %= QUARTERS
    return ((bits >> by) | (bits << (QUARTERS - by))) & WHOLE_WEEK


def reference_mondays(first: date, last: date, zones: Iterable[str]) -> tuple[date, ...]:
    """Return the Mondays of the weeks of a year in which the clocks of some zones differ.

    A week in which every clock stands as in an earlier one is left out, since whoever shares an
    hour in that one shares it again: winter, summer, the weeks in which some clocks have changed
    and others have not, and those in which one changes are left.
    """
    names = sorted(set(zones))
    monday = first - timedelta(first.weekday())
    found: dict[tuple[Clock, ...], date] = {}
    while monday <= last or not found:
        found.setdefault(tuple(clock_of_week(name, monday) for name in names), monday)
        monday += timedelta(7)
    return tuple(found.values())


@lru_cache(maxsize=2**14)  # thousands of people have some dozens of clocks
def clock_of_week(name: str, monday: date) -> Clock:
    """Return how far a zone's clock stands ahead of UTC, day by day of a week, at noon in UTC.

    From the Sunday before to the Monday after: wherever a week's own day begins or ends, that is
    between them.
    """
    noon = datetime.combine(monday, time(12), tzinfo=UTC)
    return tuple(offset((noon + timedelta(days)).astimezone(zone(name))) for days in range(-1, 8))
