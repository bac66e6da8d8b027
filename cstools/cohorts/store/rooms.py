"""Which parts of a cohort are kept in which tables: one list, read when saving and when loading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from cstools.cohorts.decided import rows as decided_rows
from cstools.cohorts.following import rows as following_rows
from cstools.cohorts.review import rows as review_rows
from cstools.cohorts.selection import rows as selection_rows
from cstools.cohorts.store import before_rows, overruling_rows, rows
from cstools.cohorts.store import tables_of_rooms as of_rooms
from cstools.cohorts.store import tables_of_store as of_store
from cstools.cohorts.store.rows import Tables
from cstools.cohorts.teams import rows as groups_rows
from cstools.cohorts.tuition import rows as tuition_rows


@dataclass(frozen=True)
class Room:
    """One field of a cohort, its tables, and the two functions between value and rows.

    ``to_rows(value, id_of)`` gives rows by table and marks; ``from_rows(tables, code_of)`` gives
    the value again. Of the tables in ``lasting`` no row ever goes: what was signed stays signed.
    """

    field: str
    tables: tuple[Table, ...]
    to_rows: Callable[[Any, Mapping[str, str]], Tables]
    from_rows: Callable[[Tables, Mapping[str, str]], Any]
    lasting: frozenset[str] = frozenset()


ROOMS: tuple[Room, ...] = (
    Room(
        "decisions",
        (of_store.decisions, of_rooms.seat_days),
        rows.decisions_to_rows,
        rows.decisions_from_rows,
    ),
    Room("buddies", (of_store.buddies,), rows.buddies_to_rows, rows.buddies_from_rows),
    Room("draw", (of_rooms.draws,), selection_rows.draw_to_rows, selection_rows.draw_from_rows),
    Room(
        "overruled",
        (of_rooms.overrulings, of_rooms.overruling_reasons),
        overruling_rows.overruled_to_rows,
        overruling_rows.overruled_from_rows,
    ),
    Room(
        "before",
        (
            of_rooms.decisions_before,
            of_rooms.seat_days_before,
            of_rooms.buddies_before,
            of_rooms.opened,
        ),
        before_rows.before_to_rows,
        before_rows.before_from_rows,
    ),
    Room(
        "diary",
        (of_rooms.diary,),
        decided_rows.diary_to_rows,
        decided_rows.diary_from_rows,
    ),
    Room(
        "followed",
        (
            of_rooms.attendance,
            of_rooms.attendance_guests,
            of_rooms.guests,
            of_rooms.followed,
            of_rooms.counting,
        ),
        following_rows.followed_to_rows,
        following_rows.followed_from_rows,
    ),
    Room(
        "groups",
        (
            of_rooms.sites,
            of_rooms.teams,
            of_rooms.memberships,
            of_rooms.mentors,
            of_rooms.mentorings,
            of_rooms.earlier_pairs,
        ),
        groups_rows.groups_to_rows,
        groups_rows.groups_from_rows,
    ),
    Room(
        "review",
        (
            of_rooms.review_terms,
            of_rooms.attempts,
            of_rooms.signatures,
            of_rooms.certificates,
            of_rooms.certificate_names,
        ),
        review_rows.review_to_rows,
        review_rows.review_from_rows,
        lasting=frozenset({"attempts", "signatures", "certificates", "certificate_names"}),
    ),
    Room(
        "tuition",
        (of_rooms.tuition, of_rooms.scholarships),
        tuition_rows.tuition_to_rows,
        tuition_rows.tuition_from_rows,
    ),
)
