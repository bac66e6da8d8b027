"""A cohort on one day, with what many standings need worked out once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from cstools.cohorts.buddies.standing import ever_paired, paired
from cstools.cohorts.calendar.year import Event
from cstools.cohorts.following.attendance import (
    Attended,
    There,
    attended,
    planned_times,
    settled_calls,
)
from cstools.cohorts.following.following import CheckIn, Stay
from cstools.cohorts.following.held import too_short
from cstools.cohorts.selection.seat_days import Seat, seats_of
from cstools.cohorts.teams.days import members_on

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort
    from cstools.cohorts.review.values import Attempt


@dataclass(frozen=True)
class Scene:
    """A cohort seen when a day has ended."""

    cohort: Cohort
    on: date

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Everybody with a seat on the day; everybody enrolled before seats are given out."""
        return tuple(code for code, seat in self.seats.items() if seat.holds_on(self.on))

    @cached_property
    def seats(self) -> dict[str, Seat]:
        """The seats, by code, with the days from which and until which they are had."""
        return seats_of(self.cohort)

    def since(self, who: str) -> date | None:
        """Return the day on which somebody came in after the year had begun, if so it was."""
        day = self.seats[who].valid_from if who in self.seats else None
        first = self.cohort.programme.first_day
        return day if day and not (first and day <= first) else None

    def asked_on(self, who: str, day: date) -> bool:
        """Say whether something of a day is asked: of a team always, of a person with the seat."""
        return who not in self.seats or self.seats[who].holds_on(day)

    def first_day(self, who: str) -> date | None:
        """Return from when something is asked of somebody: the year's first day, or a later one."""
        return self.since(who) or self.cohort.programme.first_day or None

    @cached_property
    def calls(self) -> tuple[Event, ...]:
        """The calls whose time is decided."""
        return settled_calls(self.cohort)

    def calls_of(self, names: tuple[str, ...]) -> tuple[list[Event], list[Event]]:
        """Return the calls of these series: those over when the day ended, and those to come."""
        if names not in self._series:
            mine = [event for event in self.calls if event.name in names]
            past = [event for event in mine if event.day <= self.on]
            self._series[names] = past, mine[len(past) :]
        return self._series[names]

    @cached_property
    def _series(self) -> dict[tuple[str, ...], tuple[list[Event], list[Event]]]:
        return {}

    @cached_property
    def counts(self) -> dict[tuple[str, str], There]:
        """What each past call counts as, by call and code."""
        return {(a.call, a.code): a.counts for a in self._attended}

    @cached_property
    def _attended(self) -> tuple[Attended, ...]:
        return attended(self.cohort, self.on)

    def several_devices(self, who: str, event: Event) -> bool:
        """Say whether it is several devices that leave a call open, of a person or in a team."""
        codes = (who,) if who in self.seats else self.members(who, event.day)
        return any((event.uid, code) in self._several_devices for code in codes)

    @cached_property
    def _several_devices(self) -> frozenset[tuple[str, str]]:
        unsure = (a for a in self._attended if a.counts == "open" and a.most > a.seconds)
        return frozenset((a.call, a.code) for a in unsure)

    @cached_property
    def short_calls(self) -> frozenset[str]:
        """The calls whose meetings met too little of their time to tell who was there."""
        known = self.cohort.followed
        return frozenset(
            too_short(planned_times(self.cohort), known.meetings, known.counting.share)
        )

    @cached_property
    def noted(self) -> dict[tuple[type, str], list[object]]:
        """What was noted until the day, by kind and person or team, in order of time."""
        found: dict[tuple[type, str], list[object]] = defaultdict(list)
        for entry in self.cohort.followed.entries:
            if isinstance(entry, Stay):
                found[Stay, entry.who].append(entry)
            elif entry.day <= self.on:
                for who in entry.who if isinstance(entry, CheckIn) else (entry.who,):
                    found[type(entry), who].append(entry)
        return found

    def has_buddy(self, who: str) -> bool:
        """Say whether somebody has a buddy on the day.

        Where nobody is paired here, check-ins that are noted tell of buddies found elsewhere.
        """
        if self.paired:
            return any(self._had_seat(buddy, self.on) for buddy in self.paired.get(who, ()))
        return any(isinstance(entry, CheckIn) for entry in self.cohort.followed.entries)

    def counts_for(self, who: str, met: CheckIn) -> bool:
        """Say whether a check-in is one of a team, or of a person with a buddy."""
        if who not in self.seats or not self._ever_paired:
            return True
        return any((who, other) in self._ever_paired for other in met.who)

    @cached_property
    def paired(self) -> dict[str, tuple[str, ...]]:
        """Everybody's buddies, with a seat or without; nobody's where none are paired."""
        return paired(self.cohort)

    @cached_property
    def _ever_paired(self) -> set[tuple[str, str]]:
        return ever_paired(self.cohort)

    def attempts_of(self, who: str) -> list[Attempt]:
        """Return what a person or a team handed in for review until the day, in order of time."""
        mine = (
            attempt
            for attempt in self.cohort.review.attempts
            if attempt.day <= self.on and (who in attempt.members or who == attempt.of)
        )
        return sorted(mine, key=lambda attempt: (attempt.day, attempt.number))

    def members(self, team: str, day: date) -> tuple[str, ...]:
        """Return who was in a team on a day, of those who had a seat then."""
        key = (team, day)
        if key not in self._members:
            found = members_on(self.cohort, team, day)
            self._members[key] = tuple(c for c in found if self._had_seat(c, day))
        return self._members[key]

    def _had_seat(self, code: str, day: date) -> bool:
        return code in self.seats and self.seats[code].holds_on(day)

    @cached_property
    def _members(self) -> dict[tuple[str, date], tuple[str, ...]]:
        return {}
