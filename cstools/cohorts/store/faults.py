"""What a database could not do, in words that say what to do next."""

from __future__ import annotations

import re

from sqlalchemy.exc import DBAPIError

# The first words that a database's own message contains decide; the last line takes the rest.
_ADVICE = (
    ("locked", "close other programs and notebooks that have it open, and try again"),
    ("lock timeout", "somebody else is saving in it; try again in a moment"),
    ("deadlock", "somebody else is saving in it; try again in a moment"),
    ("disk is full", "make room on the disk, and try again"),
    ("No space left", "make room on the server's disk, and try again"),
    ("readonly", "you may read it here, not write; copy the folder to where you may write"),
    ("read-only", "you may read it here, not write; ask its owner for the right to write"),
    ("unable to open", "see that you may read and write in that folder, and try again"),
    ("disk I/O", "see that the disk is whole and has room, and try again"),
    ("permission denied", "ask whoever keeps the server for the right to it"),
    ("authentication", "see that user and password in the address are right"),
    ("does not exist", "see that the address is right, and that the database is made"),
    ("starting up", "the server begins or repairs itself; try again in a moment"),
    ("shutting down", "ask whoever keeps the server when it is back"),
    ("too many", "too many others use the server now; try again in a moment"),
    ("no server answers", "see that the address is right and the server runs, and try again"),
    ("network", "see that the address is right and the server runs, and try again"),
    ("connection", "see that the address is right and the server runs, and try again"),
    ("", "close other programs and notebooks that have it open, and try again"),
)
_NOBODY = re.compile(r"Can't create a connection to host (\S+) and port (\d+)")  # pg8000's words
DAMAGED = ("malformed", "not a database", "encrypted")


def told(error: DBAPIError) -> str:
    """Return a database's own message, without the statement and the values behind it."""
    original = error.orig
    first = original.args[0] if original is not None and original.args else original
    if isinstance(first, dict):  # pg8000 hands over the parts of PostgreSQL's answer
        return str(first.get("M", "the server gave no reason"))
    message = " ".join(str(first).split())
    nobody = _NOBODY.match(message)
    return f"no server answers at {nobody[1]}, port {nobody[2]}" if nobody else message


def advice(message: str) -> str:
    """Return what to do about a database's message."""
    return next(words for sign, words in _ADVICE if sign in message)


def is_damage(message: str) -> bool:
    """Return whether a message says that the file itself is broken."""
    return any(sign in message for sign in DAMAGED)
