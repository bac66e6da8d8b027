"""What people write into a door of the planner, read or refused in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from cstools.cohorts.basics.naming import named_in
from cstools.cohorts.basics.people import Participant
from cstools.errors import DataError, UnknownNameError, shown, unknown_name

LONGEST = 300  # letters of a name, a role or a site
LONGEST_SEED = 10**100
MOST = 10**6  # teams or panels
_NEVER_KEPT = re.compile(r"[\ud800-\udfff\0]")  # no file and no database takes these


def as_day(given: date | str) -> date:
    """Return a day from a date or from text as ``2026-11-30``.

    Raises
    ------
    DataError
        When it is no day.
    """
    if isinstance(given, date):
        return given.date() if isinstance(given, datetime) else given
    try:
        return date.fromisoformat(given.strip())
    except (AttributeError, TypeError, ValueError):
        raise DataError(f"{shown(given)} is no day; write it as '2026-11-30'") from None


def as_day_or_none(given: date | str | None) -> date | None:
    """Return a day as :func:`as_day` does; nothing where none is given."""
    return None if given is None else as_day(given)


def in_words(given: object) -> str:
    """Return a text without blanks at its ends; what is none, or cannot be kept, is empty."""
    return given.strip() if isinstance(given, str) and not _NEVER_KEPT.search(given) else ""


def as_text(given: object, what: str, example: str) -> str:
    """Return a text without blanks at its ends; ``what`` it is, and an ``example`` of it.

    Raises
    ------
    DataError
        When it is no text, an empty one, or one that is longer than a line.
    """
    if isinstance(given, str) and given.strip() and given.isprintable() and len(given) < LONGEST:
        return given.strip()
    raise DataError(f"{what} is {shown(given)}; write it as text, as '{example}'")


def as_texts(given: object, what: str, example: str) -> tuple[str, ...]:
    """Return one text or several, each without blanks at its ends.

    Raises
    ------
    DataError
        As :func:`as_text`.
    """
    several = isinstance(given, Iterable) and not isinstance(given, str | bytes)
    texts = tuple(given) if several else (given,)  # type: ignore[arg-type]
    return tuple(as_text(each, what, example) for each in texts)


def as_most(given: object, what: str) -> int | None:
    """Return how many at most: a whole number from 0, or ``None`` for no limit.

    Raises
    ------
    DataError
        When it is something else.
    """
    whole = isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= MOST
    if given is not None and not whole:
        raise DataError(f"{what} takes at most {shown(given)}; write a whole number from 0, as 6")
    return given  # type: ignore[return-value]


def as_seed(given: object) -> int:
    """Return the whole number that the lot begins from.

    Raises
    ------
    DataError
        When it is no whole number, or longer than any needs to be.
    """
    if isinstance(given, int) and not isinstance(given, bool) and abs(given) <= LONGEST_SEED:
        return given
    raise DataError(f"seed={shown(given)} is no seed; write a whole number, as seed=2026")


def as_choice(given: object, name: str) -> bool:
    """Return a yes or no.

    Raises
    ------
    DataError
        When it is neither ``True`` nor ``False``.
    """
    if isinstance(given, bool):
        return given
    raise DataError(f"{name}={shown(given)} is neither yes nor no; write {name}=True or False")


def as_mapping_of(given: object, what: str, example: str) -> Mapping[str, Any]:
    """Return answers by code; ``what`` they are, and an ``example`` of them.

    Raises
    ------
    DataError
        When they are no dictionary whose keys are text.
    """
    if isinstance(given, Mapping) and all(isinstance(key, str) for key in given):
        return given
    raise DataError(f"{what} are {shown(given)}; write them by code, as {example}")


def person_of(code: object, people: Iterable[Participant], where: str) -> Participant:
    """Return who has a code.

    Raises
    ------
    UnknownNameError
        When nobody has it; where a name or an e-mail stands in its place, the code is told.
    """
    known = {person.code: person for person in people}
    if not isinstance(code, str):
        raise unknown_name(code, sorted(known), where)  # type: ignore[arg-type]
    if code in known:
        return known[code]
    if named := named_in(f" {code}", known.values()) or named_in(f"to {code}", known.values()):
        raise UnknownNameError(f"{where}: people go by their codes; write {named} for the name")
    raise unknown_name(code, sorted(known), where)
