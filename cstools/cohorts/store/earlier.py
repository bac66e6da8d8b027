"""An earlier state of a cohort: saving it would take out what was decided or noted since.

Told by the notes themselves: each that is kept must be in what is saved, or have been taken back.
A cohort that was made from the very state that is kept may lack anything: what it lacks, its steps
took away. What steps work out (seats, buddies, panels, who accompanies whom) is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Table

from cstools.cohorts.basics.long_table import LongTable
from cstools.cohorts.cohort import Cohort
from cstools.cohorts.following.which_call import call_name
from cstools.cohorts.store import audit
from cstools.cohorts.store.differences import (
    Difference,
    Key,
    Rows,
    held,
    parts_held,
    values_of,
)
from cstools.cohorts.store.keeping import known_codes
from cstools.cohorts.store.notes import Note, Say, has_notes, missing, notes_of, saying
from cstools.cohorts.store.tables_of_rooms import seat_days
from cstools.cohorts.store.taken_back import Token, taken_back
from cstools.errors import DataError


def refuse_an_earlier_state(
    connection: Connection, key: Key, cohort: Cohort, found: Iterable[Difference]
) -> None:
    """Refuse to save over a state with notes that this one lacks, and has not taken back.

    Raises
    ------
    DataError
        When there are such notes: how many of each kind, and one of them.
    """
    changed = tuple(found)
    if audit.last_change(connection, *key).hash == cohort.kept_at:
        return
    looked_at = [d for d in changed if has_notes(d.place.name) and (d.gone or d.other)]
    if not looked_at:
        return
    gone, say = taken_back(changed), _saying(connection, key, cohort)
    lost = [note for each in looked_at for note in _lost(connection, key, each, gone, say)]
    if lost:
        *most, last = _counted(lost)
        raise DataError(
            f"'{cohort.name}' is kept here with what this one lacks; saving it as it is now would "
            f"take out {' and '.join(filter(None, [', '.join(most), last]))}. Nothing was saved: "
            "load it and go on from there, or keep this one in another folder; with "
            "going_back=True it is saved all the same"
        )


def _lost(
    connection: Connection, key: Key, difference: Difference, gone: frozenset[Token], say: Say
) -> list[Note]:
    """Return the notes of one table that would go unseen."""
    place, wanted = difference.place, _told(difference.place, difference.wanted)
    stay = {marks[0] for marks in wanted if marks}
    there = notes_of(place.name, _kept(connection, key, place), say, stay)
    told = _days_of_seats(connection, key) if place.name == "memberships" else ()
    kept = (note for note in there if gone.isdisjoint(note.taken_back) and note.mark not in told)
    return missing(kept, notes_of(place.name, wanted, say, stay))


def _days_of_seats(connection: Connection, key: Key) -> set[tuple[str, str]]:
    """Return on which days people came in or left: teams follow, and decisions tell of those."""
    rows = held(connection, seat_days, key).items()
    return {(person, day) for (person,), days in rows for day in days}


def _kept(connection: Connection, key: Key, place: Table) -> Rows:
    if place.name == "attendance":  # a million rows, of which only the reports are counted
        return {part: {} for part in parts_held(connection, place, key)}
    names, rows = values_of(place), held(connection, place, key)
    return {marks: dict(zip(names, values, strict=True)) for marks, values in rows.items()}


def _told(place: Table, wanted: Rows) -> Rows:
    return {part: {} for part in wanted.parts} if isinstance(wanted, LongTable) else wanted


def _saying(connection: Connection, key: Key, cohort: Cohort) -> Say:
    calls = {event.uid: call_name(event) for event in cohort.calendar().calls}
    return saying(known_codes(connection, key), calls)


def _counted(notes: Iterable[Note]) -> list[str]:
    """Return how many notes of each kind there are, in words, with one as an example."""
    kinds: dict[str, list[Note]] = {}
    for note in notes:
        kinds.setdefault(note.kind, []).append(note)
    return [
        f"{len(same)} {kind.format('s' * (len(same) > 1))} "
        f"({'as ' * (len(same) > 1)}{min(note.example for note in same)})"
        for kind, same in kinds.items()
    ]
