"""What one table holds of a run and what it should hold: only what differs is touched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, insert, select, update

from cstools.cohorts.basics.long_table import Line, LongTable
from cstools.cohorts.basics.long_table import Marks as Marks  # a word of this room as well
from cstools.cohorts.basics.progress import Progress, adding_up
from cstools.cohorts.store.bulk import put_many

Key = tuple[str, str]
Rows = Mapping[Marks, Mapping[str, Any]]
_MANY = 2000  # rows from which on a table is filled in bulk


@dataclass(frozen=True)
class Difference:
    """The rows of one table that come, change and go, by their marks (the key within a run).

    ``before`` holds what the changed rows said, in the order of :func:`values_of`. ``long`` has
    the new rows of a long table, part by part; ``wanted`` are all the rows that shall be there.
    """

    place: Table
    new: dict[Marks, tuple[Any, ...]]
    other: dict[Marks, tuple[Any, ...]]
    gone: tuple[Marks, ...]
    before: dict[Marks, tuple[Any, ...]]
    long: dict[Marks, list[Line]] = field(default_factory=dict)
    wanted: Rows = field(default_factory=dict, repr=False)

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many rows are added, changed and removed."""
        new = len(self.new) + sum(map(len, self.long.values()))
        return new, len(self.other), len(self.gone)


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
    if isinstance(wanted, LongTable):
        return _compare_parts(connection, place, key, wanted)
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
    before = {marks: there[marks] for marks in other}
    return Difference(place, new, other, gone, before, wanted=wanted)


def parts_held(connection: Connection, place: Table, key: Key) -> list[Marks]:
    """Return the parts that a long table has of a run, each by the marks that its rows share."""
    shared = [place.c[name] for name in marks_of(place)[:-1]]
    found = connection.execute(select(*shared).where(*mine(place, key)).distinct())
    return sorted(map(tuple, found))


def part_held(connection: Connection, place: Table, key: Key, part: Marks) -> list[Line]:
    """Return one part of a long table."""
    *shared, last = (place.c[name] for name in marks_of(place))
    columns = (last, *(place.c[name] for name in values_of(place)))
    same = (column == mark for column, mark in zip(shared, part, strict=True))
    found = connection.execute(select(*columns).where(*mine(place, key), *same))
    # the driver's own rows: to make a million of them into others takes longer than to read them
    return list(map(tuple, found.cursor.fetchall()))


def _compare_parts(connection: Connection, place: Table, key: Key, wanted: LongTable) -> Difference:
    """Compare part by part: of most parts all rows are the same, or all are new."""
    found = Difference(place, {}, {}, (), {}, wanted=wanted)
    gone: list[Marks] = []
    held_parts = set(parts_held(connection, place, key))
    for part in sorted(held_parts | wanted.parts.keys()):
        told = sorted(wanted.parts.get(part, ()))
        there = sorted(part_held(connection, place, key, part)) if part in held_parts else []
        if not there:
            found.long[part] = told
        elif told != there:
            gone += _compare_lines(part, told, there, found)
    return replace(found, gone=tuple(gone))


def _compare_lines(
    part: Marks, told: list[Line], there: list[Line], found: Difference
) -> list[Marks]:
    """Put what differs in one part into what was found, and return the marks that go."""
    before = {line[0]: line[1:] for line in there}
    for mark, *values in told:
        marks, now = (*part, mark), tuple(values)
        if mark not in before:
            found.new[marks] = now
        elif before[mark] != now:
            found.other[marks], found.before[marks] = now, before[mark]
    wanted = {line[0] for line in told}
    return [(*part, mark) for mark in before if mark not in wanted]


def bring(
    connection: Connection,
    key: Key,
    differences: Iterable[Difference],
    progress: Progress | None = None,
) -> None:
    """Make the changes: first what goes, the last table first, then what comes and changes.

    ``progress`` hears how many rows are done, and of how many.
    """
    known = list(differences)
    more = adding_up(progress, sum(sum(difference.counts) for difference in known))
    for difference in reversed(known):
        remove(connection, key, difference)
        more(len(difference.gone))
    for difference in known:
        put(connection, key, difference, more)


def remove(connection: Connection, key: Key, difference: Difference) -> None:
    """Take the rows out that are no longer wanted."""
    place = difference.place
    if difference.gone:
        rows = [_bound(place, marks) for marks in difference.gone]
        connection.execute(delete(place).where(_marked(place, key)), rows)


def put(
    connection: Connection, key: Key, difference: Difference, more: Callable[[int], None]
) -> None:
    """Write the rows that are new or changed; ``more`` is told how many were."""
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
    for part, lines in difference.long.items():
        put_many(connection, place, columns, lines, before=(*key, *part))
        more(len(lines))
    # in the order of the key: a tree that grows at its end only is written once
    rows = ((*key, *marks, *difference.new[marks]) for marks in sorted(difference.new))
    if len(difference.new) >= _MANY:
        put_many(connection, place, columns, rows)
    elif difference.new:
        connection.execute(insert(place), [dict(zip(columns, r, strict=True)) for r in rows])
    more(len(difference.new) + len(difference.other))


def _marked(place: Table, key: Key) -> Any:
    return and_(*mine(place, key), *(place.c[n] == bindparam(f"mark_{n}") for n in marks_of(place)))


def _bound(place: Table, marks: Marks) -> dict[str, Any]:
    return {f"mark_{name}": mark for name, mark in zip(marks_of(place), marks, strict=True)}
