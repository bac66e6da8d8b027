"""From which day and until which somebody has a seat, so that nobody owes what was before or after.

The days come from what people decide: a seat that came free, somebody who withdrew, seats that
were given anew in the course of the year. A day that is wrong is overruled by one of one's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from cstools.cohorts.basics.before import last_decisions
from cstools.cohorts.basics.dated import holds
from cstools.cohorts.basics.overruling import (
    Overruling,
    of_step,
    taken_back,
    with_costs,
    with_overruling,
)
from cstools.cohorts.basics.people import Participant
from cstools.cohorts.selection.decisions import Decision

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

STEP, COUNTS_FROM = "joining", "counts from"
ITS_COST = ("what was before that day is not asked of them", ())
DAYS = ("seat from", "seat until")
FROM_THE_LIST = "from waiting place"  # so does a reason begin to tell of a seat that came free


@dataclass(frozen=True)
class Seat:
    """Somebody's seat, from a day and up to a day; ``None`` is from the beginning, to the end."""

    code: str
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether somebody has it on a day."""
        return holds(self.valid_from, self.valid_to, day)


def seats_of(cohort: Cohort) -> dict[str, Seat]:
    """Return the seats by code, those that somebody left with them, in order of code.

    While nobody has one, everybody enrolled is taken to have one, from the beginning. While seats
    are open again, whoever had one the last time is taken to have it still.
    """
    decisions = last_decisions(cohort)
    if not any(d.outcome == "accepted" for d in decisions):
        return {person.code: Seat(person.code) for person in cohort.people}
    own = days_of_ones_own(cohort.overruled)
    found = (
        Seat(d.code, own[d.code][0] if d.code in own else d.valid_from, d.valid_to)
        for d in decisions
        if d.had_seat
    )
    return {seat.code: seat for seat in sorted(found, key=lambda seat: seat.code)}


def seated_on(cohort: Cohort, day: date) -> tuple[str, ...]:
    """Return the codes of those who have a seat on a day, in order."""
    return tuple(code for code, seat in seats_of(cohort).items() if seat.holds_on(day))


def days_of_ones_own(overruled: Iterable[Overruling]) -> dict[str, tuple[date, int]]:
    """Return by code the day that a person gave, with the number of that decision."""
    return {
        code: (date.fromisoformat(held.things[0]), number)
        for number, held in enumerate(overruled, start=1)
        if held.step == STEP and not held.taken_back
        for code in held.people
    }


def counted_from(
    overruled: tuple[Overruling, ...], new: Overruling, people: tuple[Participant, ...]
) -> tuple[Overruling, ...]:
    """Return the overrulings with one more day; the day that it corrects is out of force."""
    for number, held in enumerate(overruled, start=1):
        same_person = held.step == STEP and held.people == new.people and not held.taken_back
        if same_person and held.things != new.things:
            overruled = taken_back(overruled, number, new.by, new.why, people)
    known = with_overruling(overruled, new, people)
    return with_costs(known, STEP, [ITS_COST] * len(of_step(known, STEP)))


def dated(
    decisions: tuple[Decision, ...], earlier: tuple[Decision, ...], on: date | None
) -> tuple[Decision, ...]:
    """Return seats that were given anew, with the days of those who had one or have one now.

    ``on`` is the day from which they hold; the first seats of all, and those that are given
    before the year, hold from the beginning and have none.
    """
    before = {held.code: held for held in earlier if held.had_seat}
    since = on if earlier else None
    return tuple(_dated(decided, before.get(decided.code), since) for decided in decisions)


def _dated(decided: Decision, before: Decision | None, on: date | None) -> Decision:
    if decided.outcome == "accepted":
        return replace(decided, valid_from=before.valid_from if before else on)
    if before is None:
        return decided
    return replace(decided, valid_from=before.valid_from, valid_to=before.valid_to or on)


def in_the_year(on: date | None, first: date | None) -> date | None:
    """Return a day, unless it lies before the year: what begins then begins with the year."""
    return None if on and first and on <= first else on


def undated_seats(decisions: Iterable[Decision], overruled: tuple[Overruling, ...]) -> list[str]:
    """Return the codes of those who came in when a seat came free, nobody says on which day."""
    own = days_of_ones_own(overruled)
    return [
        d.code
        for d in decisions
        if d.outcome == "accepted"
        and FROM_THE_LIST in d.reason
        and not (d.valid_from or d.code in own)
    ]


def spoken_days(
    decisions: Iterable[Decision], overruled: tuple[Overruling, ...]
) -> Mapping[str, tuple[str, str]]:
    """Return by code from when and until when a seat is had, in words; none where all have all."""
    own = days_of_ones_own(overruled)
    told = {}
    for decided in decisions:
        since = f"{decided.valid_from}" if decided.valid_from else ""
        if decided.code in own and decided.had_seat:
            since = "{} (overruling {})".format(*own[decided.code])
        told[decided.code] = (since, f"{decided.valid_to}" if decided.valid_to else "")
    return told if any(any(days) for days in told.values()) else {}
