"""A note taken back: a slip of the hand goes, and the list of what people decided says why.

What is noted (a champion, a check-in, a report of a call …) is gone then; that it was there, what
it said, who took it back and for what reason stays in the list of overrulings, under :data:`NOTES`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cstools.cohorts.basics.asked import as_texts
from cstools.cohorts.basics.overruling import (
    NOTES,
    Overruling,
    of_step,
    with_overruling,
    with_overrulings,
)
from cstools.cohorts.basics.people import Participant
from cstools.errors import CstoolsError, DataError

NOTHING_ELSE = "changes nothing else"
Told = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A note that was taken back: its wish, the people and the things that stand in the list."""


@dataclass(frozen=True)
class Note:
    """One note as the list tells of it.

    Parameters
    ----------
    kind
        What it is, in a word: ``champion``.
    people
        The codes of those whom it is about.
    key
        What tells it from other notes of this kind about the same people, as text.
    content
        What else it said, as text.
    cost
        What goes with it, in a sentence without codes.
    """

    kind: str
    people: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    cost: str = NOTHING_ELSE

    @property
    def told(self) -> Told:
        """What marks it in the list."""
        return f"take back {self.kind}", self.people, (*self.key, *self.content)


@dataclass(frozen=True)
class Found:
    """Notes that are there, what was asked for first, and the cohort's fields without them."""

    notes: tuple[Note, ...]
    without: Mapping[str, Any]


@dataclass(frozen=True)
class Gone:
    """A note that is not there; ``error`` says so where it was not taken back before either."""

    note: Note
    error: CstoolsError


def about_of(
    about: Iterable[object], kind: str, example: str, least: int, most: int
) -> tuple[str, ...]:
    """Return what a kind of note is told by, as text.

    Raises
    ------
    DataError
        When there is less or more of it, or it is no text.
    """
    given = tuple(about)
    if not least <= len(given) <= most:
        raise DataError(
            f"take back {kind}: it is told by {example}, and {len(given) or 'nothing'} "
            f"{'is' if len(given) < 2 else 'are'} given"
        )
    return as_texts(given, f"take back {kind}", example)


def on_a_day(kind: str, day: date | None) -> date:
    """Return the day of a note; without one it cannot be told from others.

    Raises
    ------
    DataError
        When no day is given.
    """
    if day is None:
        raise DataError(f"take back {kind}: say of which day it is, as day='2026-10-05'")
    return day


def without_day(kind: str, day: date | None) -> None:
    """Refuse a day where none marks the note.

    Raises
    ------
    DataError
        When a day is given.
    """
    if day is not None:
        raise DataError(f"take back {kind}: it is told without a day; leave it out")


def with_taken_back(
    overruled: tuple[Overruling, ...],
    found: Found | Gone,
    by: str,
    why: str,
    people: Iterable[Participant],
) -> tuple[Overruling, ...]:
    """Return the overrulings with notes taken back; what was before may say a new reason.

    Raises
    ------
    CstoolsError
        When there never was such a note, or the role or the reason is missing or names a person.
    """
    if isinstance(found, Gone):
        return _said_anew(overruled, found, by, why, people)
    new = [_said(note, by, why) for note in found.notes]
    return (*overruled, *with_overrulings((), new, people))


def taken_back_notes(overruled: Iterable[Overruling]) -> frozenset[Told]:
    """Return what was taken back, by decisions that are in force."""
    return frozenset((held.wish, held.people, held.things) for held in of_step(overruled, NOTES))


def _said(note: Note, by: str, why: str) -> Overruling:
    wish, people, things = note.told
    return Overruling(NOTES, wish, people, by, why, things, note.cost)


def _said_anew(
    overruled: tuple[Overruling, ...],
    gone: Gone,
    by: str,
    why: str,
    people: Iterable[Participant],
) -> tuple[Overruling, ...]:
    wish, about, key = gone.note.told
    for held in reversed(of_step(overruled, NOTES)):
        if (held.wish, held.people, held.things[: len(key)]) == (wish, about, key):
            return with_overruling(overruled, replace(held, by=by, why=why), people)
    raise gone.error
