"""Very many rows into one table, by the shortest way that each database has."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection, Table, insert

Row = tuple[Any, ...]
_AT_ONCE = 100_000  # rows in the memory of the way out
_IN_ONE_STATEMENT = 100
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def put_many(
    connection: Connection,
    place: Table,
    columns: Sequence[str],
    rows: Iterable[Row],
    before: Row = (),
) -> None:
    """Add rows given as tuples in the order of ``columns``, inside the open transaction.

    ``before`` has the values of the first columns, where all these rows have the same.
    """
    names = ", ".join(f'"{name}"' for name in columns)
    target = place.name if place.schema is None else f"{place.schema}.{place.name}"
    remaining = iter(rows)
    while part := list(islice(remaining, _AT_ONCE)):
        if connection.dialect.name == "sqlite":
            _into_sqlite(connection, f"INSERT INTO {target} ({names})", part, before)
        elif connection.dialect.driver == "pg8000":
            cursor = connection.connection.cursor()
            lines = io.BytesIO("".join(_line((*before, *row)) for row in part).encode())
            cursor.execute(f"COPY {target} ({names}) FROM STDIN", stream=lines)  # type: ignore[call-arg]
            cursor.close()
        else:
            whole = ((*before, *row) for row in part)
            connection.execute(insert(place), [dict(zip(columns, r, strict=True)) for r in whole])


def _into_sqlite(connection: Connection, beginning: str, rows: list[Row], before: Row) -> None:
    """Write a hundred rows with each statement: half the work of one row with each."""
    width = len(rows[0])
    spaces = f"({', '.join('?' * width)})"
    told = ["?"] * len(before) + [f"column{number}" for number in range(1, width + 1)]
    whole = len(rows) - len(rows) % _IN_ONE_STATEMENT
    for many, count in ((rows[:whole], _IN_ONE_STATEMENT), (rows[whole:], len(rows) - whole)):
        if many:
            values = ", ".join([spaces] * count)
            statement = f"{beginning} SELECT {', '.join(told)} FROM (VALUES {values})"
            each = (many[start : start + count] for start in range(0, len(many), count))
            connection.exec_driver_sql(
                statement, [(*before, *chain.from_iterable(some)) for some in each]
            )


def _line(row: Row) -> str:
    """Return a row in the text form of PostgreSQL's COPY."""
    return "\t".join(map(_cell, row)) + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return "\\N"
    return value.translate(_ESCAPES) if isinstance(value, str) else str(value)
