"""A cohort's year as a calendar, with where its people live."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cstools.cohorts.basics.before import people_with_seats
from cstools.cohorts.calendar.moved import worked_out
from cstools.cohorts.calendar.year import undecided, year_events
from cstools.cohorts.calendar.year_calendar import Calendar

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort


def calendar_of(cohort: Cohort) -> Calendar:
    """Return the year's calendar; people with a seat count, everybody enrolled before seats."""
    shown = people_with_seats(cohort)
    zones = Counter(person.time_zone for person in shown)
    homes = Counter((person.application.country, person.time_zone) for person in shown)
    return Calendar(
        f"{cohort.name} calendar",
        worked_out(year_events(cohort.programme, cohort.name), sorted(zones)),
        undecided(cohort.programme),
        tuple(sorted(zones.items())),
        tuple(sorted((*home, count) for home, count in homes.items())),
    )
