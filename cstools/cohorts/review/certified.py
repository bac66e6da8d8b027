"""Who is certified: whom a certified portfolio judged, but for those who had left by then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from cstools.cohorts.review.values import CERTIFIED, Attempt, standing
from cstools.cohorts.selection.seat_days import seats_of
from cstools.cohorts.teams.days import seated_members_on

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort


def certified(cohort: Cohort) -> dict[str, tuple[Attempt, date]]:
    """Return by code the attempt by which somebody was certified, and the day of the decision.

    A team is certified with those who were in it on the day of its portfolio, also where a day of
    theirs was corrected since, and had not left the programme by the decision, or by the
    programme's last day where that came first. Whoever was given a certificate stays certified.
    """
    left = set(left_before(cohort))
    found: dict[str, tuple[Attempt, date]] = {}
    for attempt, day in _decided(cohort):
        for code in _members(cohort, attempt):
            if code not in left:
                found.setdefault(code, (attempt, day))
    return found


def left_before(cohort: Cohort) -> tuple[str, ...]:
    """Return who left the programme before the own team was certified, in order of code."""
    issued = {held.code for held in cohort.review.certificates}
    stayed, left = set(issued), set()
    for attempt, day in _decided(cohort):
        members = set(_members(cohort, attempt))
        gone = members & _gone_by(cohort, day)
        alone = attempt.members == (attempt.of,)  # the decision is about nobody else
        left |= set() if alone else gone
        stayed |= members if alone else members - gone
    return tuple(sorted(left - stayed))


def _members(cohort: Cohort, attempt: Attempt) -> tuple[str, ...]:
    """Return whom an attempt judges: as it was handed in, and who is known since to have been in.

    Days of leaving and coming in are corrected after a portfolio was handed in, too.
    """
    known = seated_members_on(cohort, attempt.of, attempt.day)
    return tuple(dict.fromkeys((*attempt.members, *known)))


def _decided(cohort: Cohort) -> Iterator[tuple[Attempt, date]]:
    """Give every certified attempt with the day on which it was decided."""
    for attempt in cohort.review.attempts:
        found = standing(attempt, cohort.review.signatures)
        if found.outcome == CERTIFIED and found.day:
            yield attempt, found.day


def _gone_by(cohort: Cohort, day: date) -> set[str]:
    """Return who had no seat any more on a day; nobody leaves after the programme's last one."""
    last, seats = cohort.programme.last_day, seats_of(cohort)
    until = min(day, last) if isinstance(last, date) else day
    there = {code for code, seat in seats.items() if not seat.valid_to or until < seat.valid_to}
    return {person.code for person in cohort.people} - there
