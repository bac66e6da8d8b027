"""Which notes a save takes back on purpose, told from the rows alone.

A note that is in the store and not in what is saved was taken back, or is missing in an earlier
state. Taken back it was where the list of decisions says so in a line that the store has not yet.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Table

from cstools.cohorts.basics.overruling import NOTES
from cstools.cohorts.basics.taking_back import Note
from cstools.cohorts.following.rows import TEAM, entry_of
from cstools.cohorts.following.taken_back import note_of, report_note
from cstools.cohorts.review.rows import OTHER
from cstools.cohorts.store.differences import Difference, Marks, values_of

Token = tuple[str, frozenset[str]]
"""The kind of a note, and what marks it as it stands in rows: people by random id, all as text."""


def taken_back(found: Iterable[Difference]) -> frozenset[Token]:
    """Return the notes whose taking back comes new with a save."""
    lists = [difference for difference in found if difference.place.name == "overrulings"]
    return frozenset().union(*map(_come, lists)) - frozenset().union(*map(_went, lists))


def notes_in(name: str, marks: Marks, row: Mapping[str, Any]) -> tuple[Token, ...]:
    """Return the notes that a row tells of; none where its table has none that are taken back."""
    if name == "followed":
        who = json.loads(row["who"])
        note = note_of(entry_of(row, tuple(who)), lambda mark: not mark.startswith(TEAM))
        return (_token(note, {mark: mark.removeprefix(TEAM) for mark in who}),)
    if name == "teams":
        champions = (who for _, who in json.loads(row["champions"]))
        return tuple(("champion", frozenset((marks[0], who))) for who in champions)
    if name == "mentors":
        return (("mentor", frozenset(marks)),)
    if name == "attendance":
        return (_token(report_note("", *marks[:2]), {}),)
    return _terms(row) if name == "review_terms" else ()


def _terms(row: Mapping[str, Any]) -> tuple[Token, ...]:
    content = json.loads(row["content"])
    if row["kind"] == "faculty":
        return (("faculty", frozenset((content["id"],))),)
    if row["kind"] == "conflict":
        (about,) = json.loads(row["who"])
        marks = frozenset((content["faculty"], about.removeprefix(OTHER)))
        return (("conflict", marks),)
    return ()


def _come(difference: Difference) -> frozenset[Token]:
    """Return the notes that lines of the list take back which are new, or were other lines."""
    return _told(difference.place, (*difference.new.values(), *difference.other.values()))


def _went(difference: Difference) -> frozenset[Token]:
    """Return the notes that such lines took back before, as they stand in the store."""
    return _told(difference.place, difference.before.values())


def _told(place: Table, rows: Iterable[tuple[Any, ...]]) -> frozenset[Token]:
    told = (dict(zip(values_of(place), row, strict=True)) for row in rows)
    return frozenset(_of_line(line) for line in told if line["step"] == NOTES)


def _of_line(line: Mapping[str, Any]) -> Token:
    kind = line["wish"].removeprefix("take back ")
    things = json.loads(line["things"])
    if kind == "report":
        things = things[-2:]  # a call that is moved has another name
    return kind, frozenset((*json.loads(line["people"]), *things))


def _token(note: Note, spoken: Mapping[str, str]) -> Token:
    _, people, things = note.told
    marks = things[-2:] if note.kind == "report" else things
    return note.kind, frozenset(spoken.get(mark, mark) for mark in (*people, *marks))
