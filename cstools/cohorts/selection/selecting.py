"""The steps of the selection on a whole cohort: seats given out, and somebody who withdraws."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from cstools.cohorts.basics.before import before_seats
from cstools.cohorts.basics.overruling import Overruling, with_overruling, with_overrulings
from cstools.cohorts.selection.decisions import Draw
from cstools.cohorts.selection.seating import Hall, gone, priced, seated, seats_to_give
from cstools.cohorts.selection.wishes import in_force, withdrawal

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort


def selected(cohort: Cohort, seats: int | None, draw: Draw, new: Iterable[Overruling]) -> Cohort:
    """Return the cohort with seats given out anew, some more rulings respected."""
    limit = seats_to_give(cohort.programme, cohort.name, cohort.people, seats)
    overruled = with_overrulings(cohort.overruled, new, cohort.people)
    hall = Hall(cohort.programme, cohort.people, limit, draw, overruled)
    decisions = seated(hall)
    return replace(
        cohort,
        seats=limit,
        draw=draw,
        overruled=priced(hall, decisions),
        decisions=decisions,
        buddies=(),
        before=before_seats(cohort, decisions),
    )


def withdrawn(cohort: Cohort, code: str, by: str, why: str) -> Cohort:
    """Return the cohort without somebody; whoever waits behind moves up, and nobody else."""
    new = with_overruling(cohort.overruled, withdrawal(code, by, why), cohort.people)
    number = in_force(new).withdrawn[code]
    decisions = gone(cohort.decisions, code, number) if cohort.decisions else ()
    return replace(cohort, overruled=new, decisions=decisions)
