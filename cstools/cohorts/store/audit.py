"""The audit log: each line carries the hash of the one before, so a changed line shows.

It can mislead: by itself a chain shows that a line was altered or taken out, not that its last
lines are gone or the whole file was exchanged for another one. With the names at hand that shows
too, since the file of names has its own mark of every line: beside the reason why names were shown,
or, without a reason, the beginning of the line's hash. (Lines that were written before there were
such marks have none.)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, Select, func, insert, select

from cstools.cohorts.store.place import alone
from cstools.cohorts.store.tables_of_store import audit, reveal_reasons

START = "0" * 64


class Change(NamedTuple):
    """A line that tells of a change of a run: its number, when it was written, and its hash."""

    position: int
    at: str
    hash: str


NO_CHANGE = Change(0, "", "")
REVEAL = "reveal"
_MARK = 32  # letters of a line's hash that stand with the names


def append(connection: Connection, org: str, run: str, action: str, detail: str) -> int:
    """Add one line to the log inside the transaction that does what it tells; return its number.

    On a server two writers at once would both follow the same line: the second one waits.
    """
    alone(connection, "log")
    last = connection.execute(
        select(audit.c.position, audit.c.hash).order_by(audit.c.position.desc()).limit(1)
    ).first()
    previous = last.hash if last else START
    position = max(last.position if last else 0, _last_told(connection)) + 1
    line = {
        "position": position,
        "org_id": org,
        "run_id": run,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "action": action,
        "detail": detail,
        "previous": previous,
    }
    told = _hash(line)
    connection.execute(insert(audit).values(**line, hash=told))
    if action != REVEAL:  # of those the reason is kept, with its number
        mark = {"position": position, "why": "", "salt": told[:_MARK]}
        connection.execute(insert(reveal_reasons).values(org_id=org, run_id=run, **mark))
    return position


def _last_told(connection: Connection) -> int:
    """Return the last line that has a mark with the names: one that is gone leaves a gap."""
    return connection.execute(select(func.max(reveal_reasons.c.position))).scalar_one() or 0


def _hash(line: dict[str, object]) -> str:
    text = json.dumps(line, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def lines(connection: Connection) -> Iterator[dict[str, object]]:
    """Give the lines of the log in their order."""
    for row in connection.execute(select(audit).order_by(audit.c.position)):
        yield dict(row._mapping)


def broken_at(connection: Connection, *, with_people: bool = False) -> int | None:
    """Return the first line that is not there or does not follow from the one before.

    With the names at hand a last line is missed as well, and one that is another than was written.
    """
    previous, expected = START, 1
    marks = _marks(connection) if with_people else {}
    for line in lines(connection):
        told = str(line.pop("hash"))
        if line["previous"] != previous or told != _hash(line) or line["position"] != expected:
            return expected
        if not told.startswith(marks.get(expected, "")):
            return expected
        previous, expected = told, expected + 1
    return expected if with_people and _last_told(connection) >= expected else None


def _marks(connection: Connection) -> dict[int, str]:
    """Return the beginning of each line's hash as it stands with the names, by its number."""
    kept = select(reveal_reasons.c.position, reveal_reasons.c.salt)
    found = connection.execute(kept.where(reveal_reasons.c.why == ""))
    return {row.position: row.salt for row in found}


def changes(connection: Connection, org: str, run: str, after: int = 0) -> list[Change]:
    """Return the lines after a position that tell of a change of a run, in their order."""
    asked = _changes(org, run).where(audit.c.position > after).order_by(audit.c.position)
    return [Change._make(row) for row in connection.execute(asked)]


def last_change(connection: Connection, org: str, run: str) -> Change:
    """Return the last line that tells of a change of a run; :data:`NO_CHANGE` where none does."""
    asked = _changes(org, run).order_by(audit.c.position.desc()).limit(1)
    found = connection.execute(asked).first()
    return Change._make(found) if found else NO_CHANGE


def _changes(org: str, run: str) -> Select[tuple[int, str, str]]:
    told = select(audit.c.position, audit.c.at, audit.c.hash)
    return told.where(audit.c.org_id == org, audit.c.run_id == run, audit.c.action != REVEAL)


def count(connection: Connection) -> int:
    """Return how many lines the log has."""
    return int(connection.execute(select(func.count()).select_from(audit)).scalar_one())
