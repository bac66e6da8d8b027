"""Participants as pairing knows people: site, languages, role, and the year's free hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from cstools.cohorts.basics.hours import (
    Clock,
    FreeTime,
    clock_of_week,
    reference_mondays,
    week_bits,
)
from cstools.cohorts.basics.people import Participant
from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.buddies.buddies import Buddy
from cstools.errors import DataError

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort


def as_buddies(
    cohort: Cohort, people: Sequence[Participant], mondays: Sequence[date] = ()
) -> list[Buddy]:
    """Return people as pairing knows them, with their free hours in the weeks that tell them apart.

    ``mondays`` are those weeks where others are to meet them as well.

    Raises
    ------
    DataError
        When the programme states no dates: which hours two people share depends on when their
        clocks change.
    """
    weeks = mondays or mondays_of(cohort, [person.time_zone for person in people])
    return [
        as_buddy(
            person.code,
            person.site,
            person.application.languages,
            person.time_zone,
            person.application.free,
            weeks,
            role_of(person),
        )
        for person in people
    ]


def mondays_of(cohort: Cohort, zones: Iterable[str]) -> tuple[date, ...]:
    """Return the weeks of a programme's year that differ in some zones, by their Mondays."""
    first, last = cohort.programme.first_day, cohort.programme.last_day
    if not first or not last:
        raise DataError(
            f"'{cohort.programme.id}' states no dates, and which hours people share depends on "
            "when their clocks change; state starts and ends under [dates] in an overlay"
        )
    return reference_mondays(first, last, zones)


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
    weeks: dict[Clock, int] = {}
    bits = []
    for monday in mondays:
        alike = clock_of_week(time_zone, monday)
        if alike not in weeks:
            weeks[alike] = week_bits(free, time_zone, monday)
        bits.append(weeks[alike])
    clock = int(clock_of_week(time_zone, mondays[0])[1].total_seconds() // 60)
    return Buddy(code, folded(site), frozenset(languages), tuple(bits), role, clock)


def role_of(person: Participant) -> str:
    """Return somebody's role: as it was written, or what the form's other answers tell of it."""
    if written := folded(person.application.role):
        return written
    if person.application.student:
        return "student"
    return "executive champion" if person.application.champion else "practitioner"
