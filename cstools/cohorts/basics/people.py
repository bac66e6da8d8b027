"""People appear by a code; a name or an address is seen only when somebody asks for it aloud."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from cstools.cohorts.basics.hours import FreeTime
from cstools.errors import DataError

LOG = logging.getLogger("cstools.cohorts.reveal")
_SHORTEST = 6


class Reason(str):
    """Why names are needed, with a log of its own; it goes wherever a reason is asked for.

    A planner gives one whose log is its own audit log: :meth:`Planner.reason`.
    """

    log: Callable[[str], None]

    def __new__(cls, why: str, log: Callable[[str], None]) -> Reason:
        """Return the text with a log that each use of it is written to."""
        made = super().__new__(cls, why)
        made.log = log
        return made


def _log_of(reason: str) -> Callable[[str], None]:
    return reason.log if isinstance(reason, Reason) else LOG.warning


@dataclass(frozen=True, repr=False)
class Private:
    """A text about a person that prints as dots.

    It can mislead: this keeps a name out of printed output and saved notebooks, not out of the
    computer's memory.
    """

    _text: str

    def __repr__(self) -> str:
        return "•••"

    __str__ = __repr__

    def __format__(self, form: str) -> str:
        return format(repr(self), form)

    def __bool__(self) -> bool:
        return bool(self._text)

    def reveal(self, reason: str, log: Callable[[str], None] | None = None) -> str:
        """Return the text itself; that it was asked for, and why, is logged.

        Raises
        ------
        DataError
            When no reason is given, or none that fits into a line of a log.
        """
        if not isinstance(reason, str) or not reason.strip() or not reason.isprintable():
            raise DataError("reveal: say why the name is needed, as reveal('letters of admission')")
        (log or _log_of(reason))(f"a private text was revealed: {reason}")
        return self._text


NOTHING = Private("")
PRIVATE = ("name", "email", "postcode", "access_needs")  # kept apart from all other answers


@dataclass(frozen=True)
class Application:
    """What one person wrote in the form, cleaned and checked; nothing here is guessed.

    ``row`` is the row of the spreadsheet, counted as the spreadsheet does; it is no answer, so two
    applications that differ in it alone are equal. Two with one e-mail are one person. ``role``,
    ``district`` and ``access_needs`` (a ramp, large print, a diet) are empty where the form does
    not ask for them. ``unasked`` has the fields that the file had no column for; it is no answer
    either.
    """

    name: Private
    email: Private
    postcode: Private
    submitted: datetime | None
    country: str
    time_zone: str
    languages: tuple[str, ...]
    site: str
    team: str
    champion: bool
    alumni: bool | None
    local_work: bool | None
    student: bool | None
    free: tuple[FreeTime, ...]
    role: str = ""
    district: str = ""
    access_needs: Private = NOTHING
    row: int = field(default=0, compare=False)
    unasked: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def answers(self) -> Application:
        """The same without the private texts, on which nothing is decided."""
        return replace(self, name=NOTHING, email=NOTHING, postcode=NOTHING, access_needs=NOTHING)


@dataclass(frozen=True)
class Participant:
    """A person in a cohort: a code, and the application behind it."""

    code: str
    application: Application

    @property
    def site(self) -> str:
        """Where the person works."""
        return self.application.site

    @property
    def team(self) -> str:
        """The team that the person applied with, or an empty text."""
        return self.application.team

    @property
    def time_zone(self) -> str:
        """The zone id of the person's own clock."""
        return self.application.time_zone

    def __repr__(self) -> str:
        return f"{self.code} ({self.site}, {self.time_zone})"


def reveal_all(
    texts: Iterable[Private], reason: str, log: Callable[[str], None] | None = None
) -> list[str]:
    """Return many private texts for one reason, logged once.

    Raises
    ------
    DataError
        When no reason is given.
    """
    known = list(texts)
    Private("").reveal(reason, _counting(log or _log_of(reason), len(known)))
    return [text._text for text in known]


def _counting(log: Callable[[str], None], texts: int) -> Callable[[str], None]:
    return lambda told: log(f"{told} ({texts} texts)")


def natural_key(email: Private) -> str:
    """Return what makes two applications one person: the e-mail without regard to capitals."""
    return email._text.strip().casefold()


def codes(emails: Iterable[Private], secret: str) -> dict[str, str]:
    """Return a code for each person's natural key, the same for the same secret on every day.

    A code is the start of a keyed hash (HMAC-SHA256) of the e-mail. Where two people's starts
    meet, both get longer codes, and nobody else does, so that a code names one person. (Among
    4,000 people two starts meet in one cohort of 130; among 20,000 in one of six.)
    """
    left = {natural_key(email): _digest(natural_key(email), secret) for email in emails}
    found: dict[str, str] = {}
    for length in count(_SHORTEST, 2):
        if not left:
            return found
        many = Counter(digest[:length] for digest in left.values())
        alone = [key for key, digest in left.items() if many[digest[:length]] == 1]
        found |= {key: f"P-{left.pop(key)[:length]}" for key in alone}
    raise AssertionError("two hashes of 256 bits are one")


def _digest(text: str, secret: str) -> str:
    raw = hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()
    return base64.b32encode(raw).decode().rstrip("=")


def lot(seed: int, *words: str, bits: int = 32) -> int:
    """Return a whole number drawn for these words, the same for the same seed."""
    text = "\x1f".join([str(seed), *words])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> (64 - bits)
