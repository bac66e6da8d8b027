"""What one table holds of a run and what it should hold: only what differs is touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, insert, select, update

from cstools.cohorts.store.bulk import put_many

Key = tuple[str, str]
Marks = tuple[Any, ...]
Rows = Mapping[Marks, Mapping[str, Any]]
_MANY = 2000  # rows from which on a table is filled in bulk


@dataclass(frozen=True)
class Difference:
    """The rows of one table that come, change and go, by their marks (the key within a run).

    ``before`` holds what the changed rows said, in the order of :func:`values_of`.
    """

    place: Table
    new: dict[Marks, tuple[Any, ...]]
    other: dict[Marks, tuple[Any, ...]]
    gone: tuple[Marks, ...]
    before: dict[Marks, tuple[Any, ...]]

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many rows are added, changed and removed."""
        return len(self.new), len(self.other), len(self.gone)


def mine(place: Table, key: Key) -> tuple[Any, Any]:
    """Return the conditions that pick one run's rows of a table."""
    return place.c.org_id == key[0], place.c.run_id == key[1]


def marks_of(place: Table) -> list[str]:
    """Return the names of the columns that mark a row within its run."""
    return [c.name for c in place.primary_key if c.name not in ("org_id", "run_id")]


def values_of(place: Table) -> list[str]:
    """Return the names of the columns that say something about what the marks mark."""
    return [c.name for c in place.columns if not c.primary_key]


def held(connection: Connection, place: Table, key: Key) -> dict[Marks, tuple[Any, ...]]:
    """Return the rows that a table holds of a run: the values by their marks."""
    marks = marks_of(place)
    columns = [place.c[name] for name in (*marks, *values_of(place))]
    rows = connection.execute(select(*columns).where(*mine(place, key)))
    count = len(marks)
    return {tuple(row[:count]): tuple(row[count:]) for row in rows}


def compare(connection: Connection, place: Table, key: Key, wanted: Rows) -> Difference:
    """Return what it takes to bring a table's rows of a run to what is wanted."""
    there = held(connection, place, key)
    names = values_of(place)
    new: dict[Marks, tuple[Any, ...]] = {}
    other: dict[Marks, tuple[Any, ...]] = {}
    for marks, values in wanted.items():
        told = tuple([values.get(name) for name in names])
        if marks not in there:
            new[marks] = told
        elif there[marks] != told:
            other[marks] = told
    gone = tuple(marks for marks in there if marks not in wanted)
    return Difference(place, new, other, gone, {marks: there[marks] for marks in other})


def bring(connection: Connection, key: Key, differences: Iterable[Difference]) -> None:
    """Make the changes: first what goes, the last table first, then what comes and changes."""
    known = list(differences)
    for difference in reversed(known):
        remove(connection, key, difference)
    for difference in known:
        put(connection, key, difference)


def remove(connection: Connection, key: Key, difference: Difference) -> None:
    """Take the rows out that are no longer wanted."""
    place = difference.place
    if difference.gone:
        rows = [_bound(place, marks) for marks in difference.gone]
        connection.execute(delete(place).where(_marked(place, key)), rows)


def put(connection: Connection, key: Key, difference: Difference) -> None:
    """Write the rows that are new or changed."""
    place, names = difference.place, values_of(difference.place)
    if difference.other:
        change = update(place).where(_marked(place, key))
        change = change.values({name: bindparam(f"to_{name}") for name in names})
        told = [f"to_{name}" for name in names]
        connection.execute(
            change,
            [
                _bound(place, marks) | dict(zip(told, values, strict=True))
                for marks, values in difference.other.items()
            ],
        )
    columns = ["org_id", "run_id", *marks_of(place), *names]
    # in the order of the key: a tree that grows at its end only is written once
    rows = ((*key, *marks, *difference.new[marks]) for marks in sorted(difference.new))
    if len(difference.new) >= _MANY:
        put_many(connection, place, columns, rows)
    elif difference.new:
        connection.execute(insert(place), [dict(zip(columns, r, strict=True)) for r in rows])


def _marked(place: Table, key: Key) -> Any:
    return and_(*mine(place, key), *(place.c[n] == bindparam(f"mark_{n}") for n in marks_of(place)))


def _bound(place: Table, marks: Marks) -> dict[str, Any]:
    return {f"mark_{name}": mark for name, mark in zip(marks_of(place), marks, strict=True)}
