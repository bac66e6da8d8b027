"""The audit log: each line carries the hash of the one before, so a changed line shows.

It can mislead: a chain shows that a line was altered or taken out, not that the whole file was
exchanged for another one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select

from cstools.cohorts.store.place import alone
from cstools.cohorts.store.tables_of_store import audit

START = "0" * 64


def append(connection: Connection, org: str, run: str, action: str, detail: str) -> int:
    """Add one line to the log inside the transaction that does what it tells; return its number.

    On a server two writers at once would both follow the same line: the second one waits.
    """
    alone(connection, "log")
    last = connection.execute(
        select(audit.c.position, audit.c.hash).order_by(audit.c.position.desc()).limit(1)
    ).first()
    previous = last.hash if last else START
    position = (last.position if last else 0) + 1
    line = {
        "position": position,
        "org_id": org,
        "run_id": run,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "action": action,
        "detail": detail,
        "previous": previous,
    }
    connection.execute(insert(audit).values(**line, hash=_hash(line)))
    return position


def _hash(line: dict[str, object]) -> str:
    text = json.dumps(line, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def lines(connection: Connection) -> Iterator[dict[str, object]]:
    """Give the lines of the log in their order."""
    for row in connection.execute(select(audit).order_by(audit.c.position)):
        yield dict(row._mapping)


def broken_at(connection: Connection) -> int | None:
    """Return the first line that does not follow from the one before, or ``None``."""
    previous, expected = START, 1
    for line in lines(connection):
        told = line.pop("hash")
        if line["previous"] != previous or told != _hash(line) or line["position"] != expected:
            return expected
        previous, expected = str(told), expected + 1
    return None


def last_change(connection: Connection, org: str, run: str) -> tuple[int, str]:
    """Return the position and the time of the last line that tells of a change of a run."""
    found = connection.execute(
        select(audit.c.position, audit.c.at)
        .where(audit.c.org_id == org, audit.c.run_id == run, audit.c.action != "reveal")
        .order_by(audit.c.position.desc())
        .limit(1)
    ).first()
    return (int(found.position), str(found.at)) if found else (0, "")


def count(connection: Connection) -> int:
    """Return how many lines the log has."""
    return int(connection.execute(select(func.count()).select_from(audit)).scalar_one())
