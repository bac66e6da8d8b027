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
    connection: Connection, place: Table, columns: Sequence[str], rows: Iterable[Row]
) -> None:
    """Add rows given as tuples in the order of ``columns``, inside the open transaction."""
    names = ", ".join(f'"{name}"' for name in columns)
    target = place.name if place.schema is None else f"{place.schema}.{place.name}"
    remaining = iter(rows)
    while part := list(islice(remaining, _AT_ONCE)):
        if connection.dialect.name == "sqlite":
            _into_sqlite(connection, f"INSERT INTO {target} ({names}) VALUES ", part)
        elif connection.dialect.driver == "pg8000":
            cursor = connection.connection.cursor()
            lines = io.BytesIO("".join(map(_line, part)).encode())
            cursor.execute(f"COPY {target} ({names}) FROM STDIN", stream=lines)  # type: ignore[call-arg]
            cursor.close()
        else:
            connection.execute(insert(place), [dict(zip(columns, r, strict=True)) for r in part])


def _into_sqlite(connection: Connection, beginning: str, rows: list[Row]) -> None:
    """Write a hundred rows with each statement: half the work of one row with each."""
    spaces = f"({', '.join('?' * len(rows[0]))})"
    for start in range(0, len(rows), _IN_ONE_STATEMENT):
        some = rows[start : start + _IN_ONE_STATEMENT]
        statement = beginning + ", ".join([spaces] * len(some))
        connection.exec_driver_sql(statement, tuple(chain.from_iterable(some)))


def _line(row: Row) -> str:
    """Return a row in the text form of PostgreSQL's COPY."""
    return "\t".join(map(_cell, row)) + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return "\\N"
    return value.translate(_ESCAPES) if isinstance(value, str) else str(value)
