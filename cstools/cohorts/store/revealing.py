"""That names were shown is a line of the audit log; why stands with the names, under a seal.

A reason may say more than is for everybody, so the log, which is shared without names, holds only
its seal: a hash of the reason and of a random text. With the names at hand the seal tells whether
the reason is still the one that was given.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, insert, select

from cstools.cohorts.basics.naming import whose_name_in
from cstools.cohorts.basics.people import Private
from cstools.cohorts.store import audit
from cstools.cohorts.store.differences import Key, mine
from cstools.cohorts.store.tables_of_store import people, reveal_reasons
from cstools.errors import DataError

_SEALED = "why is kept with the names, sealed "


def note(connection: Connection, key: Key, who: str, told: str) -> None:
    """Add the line that names were shown, inside the open transaction, and keep the reason."""
    salt = secrets.token_hex(16)
    position = audit.append(connection, *key, audit.REVEAL, f"{who}{_SEALED}{_seal(told, salt)}")
    row = {"org_id": key[0], "run_id": key[1], "position": position, "why": told, "salt": salt}
    connection.execute(insert(reveal_reasons), [row])


def _seal(told: str, salt: str) -> str:
    return hashlib.sha256(f"{salt} {told}".encode()).hexdigest()


def names_nobody(connection: Connection, key: Key, reason: str) -> None:
    """Refuse a reason that holds somebody's name: the log is printed, and notebooks are saved.

    Raises
    ------
    DataError
        When somebody of that run is named in it.
    """
    rows = connection.execute(select(people.c.name, people.c.email).where(*mine(people, key)))
    if whose_name_in(reason, (("somebody", Private(name), Private(mail)) for name, mail in rows)):
        raise DataError(
            "reveal: the reason is printed with the log; write it without anybody's name and e-mail"
        )


def with_reasons(
    connection: Connection, organisation: str, lines: Iterable[dict[str, object]]
) -> Iterator[dict[str, object]]:
    """Give the lines of the log with an organisation's own reasons in place of their seals."""
    mine = select(reveal_reasons).where(reveal_reasons.c.org_id == organisation)
    told = {row.position: row.why for row in connection.execute(mine)}
    for line in lines:
        beginning, sealed, _ = str(line["detail"]).partition(_SEALED)
        if sealed and line["position"] in told:
            yield line | {"detail": f"{beginning}{told[line['position']]}"}
        else:
            yield line


def changed_reasons(connection: Connection) -> list[int]:
    """Return the lines of the log whose reason is not the one that was sealed, or is gone."""
    everything = select(reveal_reasons)
    kept = {row.position: _seal(row.why, row.salt) for row in connection.execute(everything)}
    sealed = {
        int(str(line["position"])): str(line["detail"]).partition(_SEALED)[2]
        for line in audit.lines(connection)
        if _SEALED in str(line["detail"])
    }
    return sorted(position for position, seal in sealed.items() if kept.get(position) != seal)
