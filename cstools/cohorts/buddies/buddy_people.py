"""Participants as pairing knows people: site, languages, role, and the year's free hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from cstools.cohorts.basics.hours import FreeTime, reference_mondays, week_bits
from cstools.cohorts.basics.people import Participant
from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.basics.zones import zone
from cstools.cohorts.buddies.buddies import Buddy
from cstools.errors import DataError

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort


def as_buddies(cohort: Cohort, people: Iterable[Participant]) -> list[Buddy]:
    """Return people as pairing knows them.

    Raises
    ------
    DataError
        When the programme states no dates: which hours two people share depends on when their
        clocks change.
    """
    mondays = mondays_of(cohort)
    return [
        as_buddy(
            person.code,
            person.site,
            person.application.languages,
            person.time_zone,
            person.application.free,
            mondays,
            role_of(person),
        )
        for person in people
    ]


def mondays_of(cohort: Cohort) -> tuple[date, ...]:
    """Return the reference weeks of a programme's year by their Mondays."""
    first, last = cohort.programme.first_day, cohort.programme.last_day
    if not first or not last:
        raise DataError(
            f"'{cohort.programme.id}' states no dates, and which hours people share depends on "
            "when their clocks change; state starts and ends under [dates] in an overlay"
        )
    return reference_mondays(first, last)


def as_buddy(
    code: str,
    site: str,
    languages: Iterable[str],
    time_zone: str,
    free: tuple[FreeTime, ...],
    mondays: Sequence[date],
    role: str = "",
) -> Buddy:
    """Return somebody as pairing knows people.

    A week in which the clock stands as in an earlier one is not worked out again.
    """
    weeks: dict[object, int] = {}
    bits = []
    for monday in mondays:
        before, after = (_offset(monday, days, time_zone) for days in (-2, 9))
        alike: object = before if before == after else monday
        if alike not in weeks:
            weeks[alike] = week_bits(free, time_zone, monday)
        bits.append(weeks[alike])
    clock = int(_offset(mondays[0], 0, time_zone).total_seconds() // 60)
    return Buddy(code, folded(site), frozenset(languages), tuple(bits), role, clock)


@lru_cache(maxsize=2**14)  # thousands of people have some dozens of clocks
def _offset(monday: date, days: int, time_zone: str) -> timedelta:
    moment = datetime.combine(monday + timedelta(days), time(), tzinfo=UTC)
    return moment.astimezone(zone(time_zone)).utcoffset() or timedelta()


def role_of(person: Participant) -> str:
    """Return somebody's role: as it was written, or what the form's other answers tell of it."""
    if written := folded(person.application.role):
        return written
    if person.application.student:
        return "student"
    return "executive champion" if person.application.champion else "practitioner"
