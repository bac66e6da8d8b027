"""What is known of a cohort's year: who was on which call, and what else was noted.

Nothing here is judged; what somebody still owes is worked out from it, see ``owed``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from cstools.cohorts.basics.people import Private
from cstools.cohorts.basics.spans import Span
from cstools.cohorts.following.presences import Presences
from cstools.errors import DataError, shown

State = Literal["proposed", "reviewed", "finalised"]
STATES: tuple[State, ...] = ("proposed", "reviewed", "finalised")
NOBODY = "nobody"
MOST_COUNTED = 9999  # people of a team, or days


@dataclass(frozen=True)
class Meeting:
    """One report as it was taken: for which call (its event's uid), from which file (its hash)."""

    call: str
    digest: str
    presences: Presences
    went: Span | None = None


@dataclass(frozen=True)
class Guest:
    """Somebody in a report whom no e-mail of an enrolled person matches.

    ``call`` is empty where an e-mail makes the guest the same in every call; a bare name is a
    guest of one call only, since two calls may each have an "iPhone". ``answer`` is what the
    coordinator said: a code, ``nobody``, or nothing yet.
    """

    id: str
    name: Private
    email: Private
    call: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Stay:
    """The days on which a person was at a workshop."""

    who: str
    workshop: str
    days: tuple[date, ...]


@dataclass(frozen=True)
class CheckIn:
    """One check-in of buddies (their codes) or of a team (its name)."""

    who: tuple[str, ...]
    day: date


@dataclass(frozen=True)
class Practice:
    """How many of how many days a person practised, by the person's own count; never what.

    ``day`` is when it was told. A later count takes the place of an earlier one.
    """

    who: str
    day: date
    done: int
    days: int


@dataclass(frozen=True)
class ProjectStep:
    """A project became proposed, reviewed or finalised; ``by`` is the role that approved it."""

    who: str
    state: State
    day: date
    by: str = ""


@dataclass(frozen=True)
class HandedIn:
    """A portfolio was handed in; the hash says later whether it is still the same file."""

    who: str
    day: date
    digest: str


Entry = Stay | CheckIn | Practice | ProjectStep | HandedIn


@dataclass(frozen=True)
class Counting:
    """What the coordinator decided where the documents are silent; empty is *not stated*.

    Parameters
    ----------
    share
        From which share of a call's time somebody was there, as ``0.75``.
    team
        How many of a team must be there for the team to be there: a number, or ``everybody``.
    check_ins
        After how many days at the latest the next check-in is due.
    """

    share: str = ""
    team: str = ""
    check_ins: str = ""


@dataclass(frozen=True)
class Followed:
    """Everything noted in the course of one cohort's year."""

    meetings: tuple[Meeting, ...] = ()
    guests: tuple[Guest, ...] = ()
    entries: tuple[Entry, ...] = ()
    counting: Counting = Counting()

    @property
    def portfolios(self) -> dict[str, date]:
        """By person or team the last day on which a portfolio was noted as handed in."""
        noted = (entry for entry in self.entries if isinstance(entry, HandedIn))
        return {entry.who: entry.day for entry in sorted(noted, key=lambda each: each.day)}

    def with_entries(self, new: Iterable[Entry]) -> Followed:
        """Return this with entries noted; the same ones again change nothing.

        A newer note of the same thing takes the place of the older: a person's days at a
        workshop, a practice count of a day, a project's state, a portfolio of a day.
        """
        held = {_mark(entry): entry for entry in self.entries}
        held.update({_mark(entry): entry for entry in new})
        entries = tuple(held[mark] for mark in sorted(held))
        return self if entries == self.entries else replace(self, entries=entries)


def _mark(entry: Entry) -> tuple[str, ...]:
    """Return what two notes of the same thing have in common; they are kept in this order."""
    kind = type(entry).__name__
    if isinstance(entry, Stay):
        return kind, entry.who, entry.workshop
    if isinstance(entry, CheckIn):
        return (kind, entry.day.isoformat(), *entry.who)
    if isinstance(entry, ProjectStep):
        return kind, entry.who, str(STATES.index(entry.state))
    return kind, entry.who, entry.day.isoformat()


def as_counting(
    share: float | str | None, team: int | str | None, check_ins: int | str | None, held: Counting
) -> Counting:
    """Return the rules with those that are given in place of those held.

    Raises
    ------
    DataError
        When one of them cannot be a rule.
    """
    known = held
    if share is not None:
        known = replace(known, share=_share(share))
    if team is not None:
        known = replace(known, team=_number(team, "team", "2, or 'everybody'", {"everybody"}))
    if check_ins is not None:
        known = replace(known, check_ins=_number(check_ins, "check_ins", "14, in days"))
    return known


def _share(given: float | str) -> str:
    try:
        value = -1.0 if isinstance(given, bool) else float(given)
    except (TypeError, ValueError, OverflowError):
        value = -1
    if not 0 < value <= 1:
        raise DataError(
            f"share={shown(given)} is no share of a call; write a number above 0 and at most 1, "
            "as 0.75"
        )
    return f"{value:g}"


def _number(given: int | str, name: str, example: str, words: Iterable[str] = ()) -> str:
    text = given.strip() if isinstance(given, str) else ""
    if isinstance(given, int) and not isinstance(given, bool) and 0 < given <= MOST_COUNTED:
        text = str(given)
    if text in words or (text.isdecimal() and len(text) < 6 and 0 < int(text) <= MOST_COUNTED):
        return text
    raise DataError(f"{name}={shown(given)} cannot be counted with; write {name}={example}")
