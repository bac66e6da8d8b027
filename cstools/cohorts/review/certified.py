"""Who is certified: whom a certified portfolio judged, but for those who had left by then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from cstools.cohorts.review.values import CERTIFIED, Attempt, standing
from cstools.cohorts.selection.seat_days import Seat, seats_of
from cstools.cohorts.teams.days import seated_members_on

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort


def certified(cohort: Cohort) -> dict[str, tuple[Attempt, date]]:
    """Return by code the attempt by which somebody was certified, and the day of the decision.

    A team is certified with those who were in it on the day of its portfolio, as it was handed in
    or as days corrected since add them, and had not left the programme by the decision, or by the
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
    stayed, left, seats = set(issued), set(), seats_of(cohort)
    for attempt, day in _decided(cohort):
        members = set(_members(cohort, attempt))
        gone = set() if _alone(attempt) else members & _gone_by(cohort, seats, day)
        left |= gone
        stayed |= members - gone
    return tuple(sorted(left - stayed))


def _alone(attempt: Attempt) -> bool:
    """Say whether an attempt is one person's, and its decision about nobody else."""
    return attempt.members == (attempt.of,)


def _members(cohort: Cohort, attempt: Attempt) -> tuple[str, ...]:
    """Return whom an attempt judges: as it was handed in, and who is known since to have been in.

    Days of leaving and coming in are corrected after a portfolio was handed in, too. They only add:
    whoever handed in with the team stays judged with it.
    """
    if _alone(attempt):
        return attempt.members
    known = seated_members_on(cohort, attempt.of, attempt.day)
    return tuple(dict.fromkeys((*attempt.members, *known)))


def _decided(cohort: Cohort) -> Iterator[tuple[Attempt, date]]:
    """Give every certified attempt with the day on which it was decided."""
    for attempt in cohort.review.attempts:
        found = standing(attempt, cohort.review.signatures)
        if found.outcome == CERTIFIED and found.day:
            yield attempt, found.day


def _gone_by(cohort: Cohort, seats: Mapping[str, Seat], day: date) -> set[str]:
    """Return who had no seat any more on a day; nobody leaves after the programme's last one."""
    last = cohort.programme.last_day
    until = min(day, last) if isinstance(last, date) else day
    there = {code for code, seat in seats.items() if not seat.valid_to or until < seat.valid_to}
    return {person.code for person in cohort.people} - there
