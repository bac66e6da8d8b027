"""One thing in the year, and how a published one is followed when it changes or goes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from cstools.cohorts.basics.zones import at, zone
from cstools.errors import DataError

Kind = Literal["call", "workshop", "milestone", "deadline", "year"]


@dataclass(frozen=True)
class Event:
    """One thing in the year.

    ``starts`` is the wall clock of ``zone``; a ``date`` without a zone is a whole day everywhere.
    ``proposed`` names what no document and no coordinator has decided yet.

    ``instant`` is the same moment in UTC as it was worked out with the zone database ``tzdata``,
    and ``seen`` is what the clocks of the participants' zones showed with it. They are kept with
    a published event, so that a new edition of the database can be held against them; the wall
    clock stays the truth. Another edition alone does not make another event, another moment does.
    """

    uid: str
    kind: Kind
    name: str
    starts: datetime | date
    minutes: int = 0
    zone: str = ""
    note: str = ""
    proposed: tuple[str, ...] = ()
    sequence: int = 0
    cancelled: bool = False
    theme: str = ""
    speaker: str = ""
    prework: str = ""
    instant: str = ""
    seen: str = field(default="", compare=False, repr=False)
    tzdata: str = field(default="", compare=False, repr=False)

    @property
    def timed(self) -> bool:
        """Say whether it has an hour."""
        return isinstance(self.starts, datetime)

    @property
    def label(self) -> str:
        """What it is called where there is room for its theme."""
        return f"{self.name}: {self.theme}" if self.theme else self.name

    @property
    def day(self) -> date:
        """The day on which it begins, where it is set."""
        return self.starts.date() if isinstance(self.starts, datetime) else self.starts

    @property
    def moment(self) -> datetime:
        """The moment at which it begins; only what has an hour has one."""
        if not isinstance(self.starts, datetime):
            raise DataError(f"'{self.name}' is a whole day and has no hour")
        return at(self.starts, self.zone)

    @property
    def utc(self) -> datetime:
        """The moment at which it begins, in UTC."""
        return self.moment.astimezone(UTC)

    @property
    def finish(self) -> datetime:
        """The moment at which it ends, on the clock of its zone.

        A call lasts its minutes. A workshop ends at its hour of the wall clock, also where the
        clocks change while it lasts.
        """
        if self.kind == "call":
            return (self.utc + timedelta(minutes=self.minutes)).astimezone(zone(self.zone))
        wall = self.moment.replace(tzinfo=None) + timedelta(minutes=self.minutes)
        return at(wall, self.zone)

    @property
    def last_day(self) -> date:
        """The day on which it ends, where it is set."""
        return self.finish.date() if self.timed else self.day


def in_order(events: list[Event]) -> tuple[Event, ...]:
    """Return events in order of day, kind and name; two of one name by their lasting identity."""
    return tuple(sorted(events, key=lambda e: (e.day, e.kind, e.name, e.uid)))


def revised(events: tuple[Event, ...], published: tuple[Event, ...]) -> tuple[Event, ...]:
    """Return events numbered after what was published before: changed ones get the next sequence.

    What was published and is gone comes back as cancelled, so that people's calendars drop it.
    """
    before = {event.uid: event for event in published}
    now = [_after(event, before.get(event.uid)) for event in events]
    gone = set(before) - {event.uid for event in events}
    return in_order([*now, *(_cancelled(before[uid]) for uid in gone)])


def _after(event: Event, before: Event | None) -> Event:
    if before is None:
        return event
    known = before if before.instant else replace(before, instant=event.instant)
    same = replace(event, sequence=before.sequence) == known
    return replace(event, sequence=before.sequence + (0 if same else 1))


def _cancelled(event: Event) -> Event:
    if event.cancelled:
        return event
    return replace(event, cancelled=True, sequence=event.sequence + 1)
