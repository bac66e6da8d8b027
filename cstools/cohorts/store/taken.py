"""Which files a run was read from: what they held is known by a hash, their names are not kept."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from cstools.cohorts.store.differences import Difference, Key, held
from cstools.cohorts.store.tables_of_rooms import imports
from cstools.errors import FileError


def digest(path: str | Path | None) -> str:
    """Return the SHA-256 of a file's bytes, or an empty text where there is no file.

    Raises
    ------
    FileError
        When the file cannot be read.
    """
    if path is None:
        return ""
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError as error:
        raise FileError(f"'{Path(path).name}' cannot be read: {error.strerror}") from None


def taken(
    connection: Connection, key: Key, path: str | Path, mapping: str | Path | None
) -> Difference:
    """Return the line that a file makes in a run; the same file and mapping again make none."""
    marks = (digest(path), digest(mapping))
    known = held(connection, imports, key)
    now = (datetime.now(UTC).isoformat(timespec="seconds"),)
    return Difference(imports, {} if marks in known else {marks: now}, {}, (), {})
