"""An earlier state of a cohort: saving it would take out what was decided or noted since.

Told by number, since a note that is corrected stands in the place of another. What the steps
themselves take away (seats and buddies that are given anew) is not looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection, Table

from cstools.cohorts.basics.long_table import LongTable
from cstools.cohorts.store.differences import (
    Difference,
    Key,
    Rows,
    held,
    parts_held,
    values_of,
)
from cstools.errors import DataError

# What only grows in the course of a year, and what one row of it is called.
_GROWS = {
    "overrulings": "decision{} of people",
    "diary": "decision{} of people",
    "attendance": "call{} with a report",
    "followed": "note{} of the year",
    "counting": "rule{} of counting",
    "teams": "team{}",
    "mentors": "mentor{}",
    "earlier_pairs": "earlier pair{} of buddies",
    "tuition": "fund{} for scholarships",
}
_TERMS = {
    "faculty": "member{} of the faculty",
    "conflict": "conflict{} of interest",
    "consent": "answer{} about helping the next run",
}
# What is taken back one by one: only where all of several go at once it is an earlier state.
_SINGLY = {"scholarships": "scholarship{}"}


def refuse_an_earlier_state(
    connection: Connection, key: Key, name: str, found: Iterable[Difference]
) -> None:
    """Refuse to save over a later state of the cohort: what was decided or noted since would go.

    Raises
    ------
    DataError
        When there are fewer decisions, calls with a report, notes, teams, mentors, faculty,
        conflicts or consents than are kept, or none of several scholarships.
    """
    lost = sum((_lost(connection, key, difference) for difference in found), Counter[str]())
    if lost:
        told = [f"{count} {word.format('s' * (count > 1))}" for word, count in lost.items()]
        *most, last = told
        raise DataError(
            f"'{name}' is kept here as it stood later in the year; saving it as it is now would "
            f"take out {' and '.join(filter(None, [', '.join(most), last]))}. Nothing was saved: "
            "load it and go on from there, or keep this one in another folder; with "
            "going_back=True it is saved all the same"
        )


def _lost(connection: Connection, key: Key, difference: Difference) -> Counter[str]:
    """Return how many fewer of each kind there would be in one table."""
    place = difference.place
    looked_at = place.name in _GROWS | _SINGLY or place.name == "review_terms"
    if not looked_at or not (difference.gone or difference.other):
        return Counter()
    now = _counted(place, difference.wanted)
    fewer = _counted(place, _kept(connection, key, place)) - now
    singly = place.name in _SINGLY and (now.total() or fewer.total() < 2)
    return Counter() if singly else fewer


def _kept(connection: Connection, key: Key, place: Table) -> Rows:
    names = tuple(values_of(place))
    if place.name == "attendance":  # a million rows, of which only the calls are counted
        return LongTable(names, dict.fromkeys(parts_held(connection, place, key), ()))
    rows = held(connection, place, key)
    return {marks: dict(zip(names, values, strict=True)) for marks, values in rows.items()}


def _counted(place: Table, rows: Rows) -> Counter[str]:
    """Return how many of each kind these rows hold, by what one of them is called."""
    if isinstance(rows, LongTable):
        return Counter({_GROWS[place.name]: len({call for call, _ in rows.parts})})
    if place.name == "review_terms":
        kinds = (row["kind"] for row in rows.values())
        return Counter(_TERMS[kind] for kind in kinds if kind in _TERMS)
    if place.name == "tuition":
        rows = {marks: row for marks, row in rows.items() if '"fund": null' not in row["terms"]}
    return Counter({(_GROWS | _SINGLY)[place.name]: len(rows)})
