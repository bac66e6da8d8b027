"""The steps of the selection on a whole cohort: seats given out, and somebody who withdraws."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from cstools.cohorts.basics.before import (
    before_opening,
    before_seats,
    buddies_that_stand,
    last_decisions,
    seated_people,
)
from cstools.cohorts.basics.overruling import Overruling, with_overruling
from cstools.cohorts.selection.decisions import Draw
from cstools.cohorts.selection.seat_days import dated, refuse_to_leave, refuse_to_lose
from cstools.cohorts.selection.seating import Hall, filled, gone, priced, seated, seats_to_give
from cstools.cohorts.selection.wishes import decided, in_force, withdrawal
from cstools.errors import DataError

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort


def selected(
    cohort: Cohort, seats: int | None, draw: Draw, new: Iterable[Overruling], on: date | None
) -> Cohort:
    """Return the cohort with seats given out anew, some more rulings respected.

    Where the same people have seats, they keep their buddies.

    Raises
    ------
    DataError
        When somebody would lose a seat in the course of the year, and no day is given.
    """
    limit = seats_to_give(cohort.programme, cohort.name, cohort.people, seats)
    overruled = decided(cohort.overruled, new, cohort.people)
    hall = Hall(cohort.programme, cohort.people, limit, draw, overruled)
    given = seated(hall)
    inside = {decided.code for decided in given if decided.outcome == "accepted"}
    lost = {person.code for person in seated_people(cohort)} - inside
    refuse_to_lose(cohort, lost, on)
    earlier = before_opening(cohort).decisions
    decisions = dated(given, earlier, on, cohort.programme.first_day or None)
    buddies = buddies_that_stand(cohort, decisions)
    return replace(
        cohort,
        seats=limit,
        draw=draw,
        overruled=priced(hall, decisions),
        decisions=decisions,
        buddies=buddies,
        before=before_seats(cohort, decisions, buddies),
    )


def withdrawn(cohort: Cohort, code: str, by: str, why: str, on: date | None) -> Cohort:
    """Return the cohort without somebody; whoever waits behind moves up, and nobody else.

    While seats are open again, the person is gone from the last decisions, which hold on.

    Raises
    ------
    DataError
        When the seat begins later, or is left in the course of the year, and no day is given.
    """
    new = with_overruling(cohort.overruled, withdrawal(code, by, why), cohort.people)
    number = in_force(new).withdrawn[code]
    refuse_to_leave(cohort, code, on)
    left = gone(last_decisions(cohort), code, number, on)
    if not cohort.decisions:
        return replace(cohort, overruled=new, before=replace(cohort.before, decisions=left))
    return replace(cohort, overruled=new, decisions=left)


def filled_up(cohort: Cohort, on: date | None) -> Cohort:
    """Return the cohort with free seats offered; who comes in, comes in on that day.

    Raises
    ------
    DataError
        When no seats were given yet.
    """
    if not cohort.decisions:
        raise DataError(f"'{cohort.name}' has decided nothing yet; select() comes before fill()")
    return replace(cohort, decisions=filled(cohort.hall, cohort.decisions, on))
