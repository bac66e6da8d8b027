"""From which day and until which somebody has a seat, so that nobody owes what was before or after.

The days come from what people decide: a seat that came free, somebody who withdrew, seats that
were given anew in the course of the year. A day that is wrong is overruled by one of one's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
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
from cstools.cohorts.basics.ways import by_diary
from cstools.cohorts.selection.decisions import Decision
from cstools.errors import DataError

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

STEP, COUNTS_FROM = "joining", "counts from"
ITS_COST = ("what was before that day is not asked of them", ())
DAYS = ("seat from", "seat until")
FROM_THE_LIST = "from waiting place"  # so does a reason begin to tell of a seat that came free
_MOST = 6  # people whom a refusal names


@dataclass(frozen=True)
class Seat:
    """Somebody's seat, from a day and up to a day; ``None`` is from the beginning, to the end.

    ``lost_on`` is the day on which somebody lost it who has it again from ``valid_from`` on.
    """

    code: str
    valid_from: date | None = None
    valid_to: date | None = None
    lost_on: date | None = None

    @property
    def stretches(self) -> tuple[tuple[date | None, date | None], ...]:
        """From when to when somebody had the seat, or has it: one stretch, or two."""
        last = (self.valid_from, self.valid_to)
        return ((None, self.lost_on), last) if self.lost_on else (last,)

    def holds_on(self, day: date) -> bool:
        """Say whether somebody has it on a day."""
        return any(holds(first, end, day) for first, end in self.stretches)


def seats_of(cohort: Cohort) -> dict[str, Seat]:
    """Return the seats by code, those that somebody left with them, in order of code.

    As long as no seats were decided at all, everybody enrolled is taken to have one, from the
    beginning. While seats are open again, whoever had one the last time is taken to have it still.
    """
    decisions = last_decisions(cohort)
    if not decisions:
        return {person.code: Seat(person.code) for person in cohort.people}
    own = days_of_ones_own(cohort.overruled)
    found = (_seat(d, own[d.code][0] if d.code in own else None) for d in decisions if d.had_seat)
    return {seat.code: seat for seat in sorted(found, key=lambda seat: seat.code)}


def _seat(decided: Decision, own: date | None) -> Seat:
    lost = None if own else decided.lost_on
    return Seat(decided.code, own or decided.valid_from, decided.valid_to, lost)


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
    decisions: tuple[Decision, ...],
    earlier: tuple[Decision, ...],
    on: date | None,
    first: date | None,
) -> tuple[Decision, ...]:
    """Return seats that were given anew, with the days of those who had one or have one now.

    ``on`` is the day from which they hold; the first seats of all hold from the beginning, and so
    do those that are given before the ``first`` day of the year.
    """
    before = {held.code: held for held in earlier}
    if not before:
        return decisions
    return tuple(_dated(decided, before.get(decided.code), on, first) for decided in decisions)


def _dated(
    decided: Decision, before: Decision | None, on: date | None, first: date | None
) -> Decision:
    if decided.outcome == "accepted":
        return came_in(decided, before, on, first)
    if before is None or not before.had_seat:
        return decided
    until = _in_the_year(on, first) if before.outcome == "accepted" else before.valid_to
    since, until, lost = before.ended(until)
    return replace(decided, valid_from=since, valid_to=until, lost_on=lost)


def came_in(
    decided: Decision, before: Decision | None, on: date | None, first: date | None = None
) -> Decision:
    """Return a seat that is given when others have theirs, with its days.

    Whoever has it already keeps them; so does whoever had withdrawn, for that was taken back then.
    Whoever lost it has it again from the day in ``on``, and had it up to the day of the loss.
    """
    since = _in_the_year(on, first)
    if before and before.outcome == "accepted":
        return _as_before(decided, before, undated=before.undated)
    if before and before.outcome == "withdrawn" and before.had_seat:
        return _as_before(decided, before)
    lost = before.valid_to if before and since else None
    if before and lost and since and since <= lost:  # there was no day without it
        return _as_before(decided, before)
    if before and lost and before.lost_on:  # a third time: the first stretch is kept
        lost = before.lost_on
    return replace(decided, valid_from=since, lost_on=lost, undated=on is None)


def _as_before(decided: Decision, before: Decision, *, undated: bool = False) -> Decision:
    since, lost = before.valid_from, before.lost_on
    return replace(decided, valid_from=since, lost_on=lost, undated=undated)


def _in_the_year(on: date | None, first: date | None) -> date | None:
    """Return a day, unless it lies before the year: what begins then begins with the year."""
    return None if on and first and on <= first else on


def refuse_to_end(cohort: Cohort, codes: Iterable[str], on: date | None) -> None:
    """Refuse to end seats on a day before they began.

    Raises
    ------
    DataError
        When somebody's seat begins after the day.
    """
    seats = seats_of(cohort)
    for code in codes:
        since = seats[code].valid_from if code in seats else None
        if on and since and on < since:
            raise DataError(
                f"{code} has the seat from {since} on, and it cannot end before, on {on}; write a "
                f"later day, or first correct from when on it counts {by_diary('counts from')}"
            )


def refuse_to_lose(cohort: Cohort, codes: Collection[str], on: date | None) -> None:
    """Refuse to take seats away in the course of the year when nobody says on which day.

    Without a day a seat counts as never given, and what is known of somebody's calls and notes
    would be out of every table.

    Raises
    ------
    DataError
        When somebody loses a seat, no day is given, and something is known of the year.
    """
    refuse_to_end(cohort, codes, on)
    if codes and on is None and _year_is_known(cohort):
        some = ", ".join(sorted(codes)[:_MOST]) + " and others" * (len(codes) > _MOST)
        raise DataError(
            f"{some} would lose the seat in the course of the year, and on which day is not said; "
            'say it, as select(…, on="2026-12-20"), or let withdraw() and fill() move nobody else'
        )


def refuse_to_leave(cohort: Cohort, code: str, on: date | None) -> None:
    """Refuse to end somebody's seat before it began, or in the year when no day is said.

    Raises
    ------
    DataError
        When the seat begins after the day, or no day is given and something is known of the year.
    """
    refuse_to_end(cohort, [code], on)
    if on is None and code in _inside(cohort) and _year_is_known(cohort):
        since = seats_of(cohort)[code].valid_from or "the year's first day"
        raise DataError(
            f"{code} has a seat, and something is known of the year already; say from which day "
            f'on the seat is free, as withdraw(…, on="2026-12-20"), or {since}, if they were never '
            "there"
        )


def _inside(cohort: Cohort) -> set[str]:
    return {held.code for held in last_decisions(cohort) if held.outcome == "accepted"}


def _year_is_known(cohort: Cohort) -> bool:
    """Say whether something is known already of a day after the year's first one."""
    first = cohort.programme.first_day or date.min
    days = [d for held in last_decisions(cohort) for d in (held.valid_from, held.valid_to)]
    days += [getattr(entry, "day", date.max) for entry in cohort.followed.entries]
    known = any(day > first for day in days if day)
    return known or bool(cohort.followed.meetings or cohort.review.attempts)


def undated_seats(decisions: Iterable[Decision], overruled: tuple[Overruling, ...]) -> list[str]:
    """Return the codes of those who came in after others, nobody says on which day."""
    own = days_of_ones_own(overruled)
    return [
        d.code
        for d in decisions
        if d.outcome == "accepted"
        and (d.undated or FROM_THE_LIST in d.reason)  # older stores have the reason alone
        and not (d.valid_from or d.code in own)
    ]


def spoken_days(
    decisions: Iterable[Decision], overruled: tuple[Overruling, ...]
) -> Mapping[str, tuple[str, str]]:
    """Return by code from when and until when a seat is had, in words; none where all have all."""
    own = days_of_ones_own(overruled)
    told = {}
    for decided in decisions:
        since, until = (f"{day}" if day else "" for day in (decided.valid_from, decided.valid_to))
        if decided.lost_on:
            since = f"{since} (and until {decided.lost_on})"
        if decided.code in own and decided.had_seat:
            since = "{} (overruling {})".format(*own[decided.code])
        told[decided.code] = (since, until)
    return told if any(any(days) for days in told.values()) else {}
