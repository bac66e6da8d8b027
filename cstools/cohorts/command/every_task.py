"""Every task of ``cstools plan``, in the order of a coordinator's year."""

from __future__ import annotations

from types import MappingProxyType

from cstools.cohorts.command import (
    applying,
    before,
    buddies,
    calendars,
    certificates,
    groups,
    kept,
    money,
    review,
    seats,
    year,
)

GROUPS = MappingProxyType(
    {
        "before there is a cohort": before.TASKS,
        "applications": applying.TASKS,
        "seats": seats.TASKS,
        "money": money.TASKS,
        "who works together": (*buddies.TASKS, *groups.TASKS),
        "the calendar": calendars.TASKS,
        "the year": year.TASKS,
        "review and certificates": (*review.TASKS, *certificates.TASKS, review.HELPERS),
        "what is kept": kept.TASKS,
    }
)
