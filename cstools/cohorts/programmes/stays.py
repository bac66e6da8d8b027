"""Days at a workshop, counted in nights, weekdays or days of the calendar, as is declared."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from cstools.cohorts.programmes.facts import ProgrammeFacts, Workshop
from cstools.errors import DataError


def days_of(workshop: Workshop) -> tuple[date, ...]:
    """Return the days that a workshop touches, the first and the last included.

    Raises
    ------
    DataError
        When its days are not stated.
    """
    if workshop.starts is None or workshop.ends is None:
        raise DataError(
            f"when '{workshop.name}' meets is not stated; state starts and ends under "
            "[[workshops]] in an overlay"
        )
    first = workshop.starts.date()
    return tuple(first + timedelta(k) for k in range((workshop.ends.date() - first).days + 1))


def whole(workshop: Workshop, days: Collection[date]) -> bool:
    """Say whether somebody with these days was there from the first day to the last."""
    return set(days_of(workshop)) <= set(days)


def count_days(days: Collection[date], counting: str) -> int:
    """Return how many days these are, counted in ``nights``, ``weekdays`` or ``calendar days``.

    A night counts when both the day before it and the day after it do.
    """
    if counting == "nights":
        return sum(day + timedelta(1) in days for day in days)
    if counting == "weekdays":
        return sum(day.weekday() < 5 for day in days)
    return len(days)


def counted(workshop: Workshop, days: Collection[date], facts: ProgrammeFacts) -> str:
    """Return how much of a workshop somebody was there for, in the declared way of counting.

    Where none is declared, days of the calendar are told, and that it was not stated.
    """
    declared = facts.in_person.days_counting
    way = declared or "calendar days"
    of = f"{count_days(days, way)} of {count_days(days_of(workshop), way)} {way}"
    return of if declared else f"{of} (how days are counted is not stated)"
