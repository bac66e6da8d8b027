"""What a key of a diary may hold: words, codes, a number, a day, yes or no."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cstools.errors import DataError, shown


@dataclass(frozen=True)
class Kind:
    """How a value is read (``None`` where it cannot be), and what to write in its place."""

    read: Callable[[Any], Any]
    write: str


def _text(value: Any) -> str | None:
    return value.strip() if isinstance(value, str) and value.strip() else None


def _texts(value: Any) -> tuple[str, ...] | None:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list):
        return None
    found = tuple(text for text in map(_text, given) if text is not None)
    return found if found and len(found) == len(given) else None


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _yes(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def read_day(value: Any) -> date | None:
    """Return a day of TOML or in quotes; nothing where it is none, or has an hour."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None


def _amount(value: Any) -> str | int | None:
    return _number(value) if isinstance(value, int) else _text(value)


def _word(value: Any) -> str | None:
    number = _number(value)
    return _text(value) if number is None else str(number)


def _share(value: Any) -> str | float | None:
    return value if isinstance(value, float) else _amount(value)


TEXT = Kind(_text, "words in quotes")
TEXTS = Kind(_texts, 'words in quotes, several in brackets, as ["…", "…"]')
NUMBER = Kind(_number, "a whole number without quotes")
YES = Kind(_yes, "true or false, without quotes")
DAY = Kind(read_day, "a day, as 2026-05-19")
AMOUNT = Kind(_amount, 'a sum in quotes with its cents, as "2500.00", or a whole number')
WORD = Kind(_word, "words in quotes, or a whole number")
SHARE = Kind(_share, "a share, as 0.75")

KINDS: dict[str, Kind] = {
    **dict.fromkeys(("people", "order", "sites", "guest", "about", "languages", "mentors"), TEXTS),
    **dict.fromkeys(("seats", "seed", "number", "most", "programme", "outside"), NUMBER),
    **dict.fromkeys(("teams_whole", "own_site", "there"), YES),
    **dict.fromkeys(("day", "week"), DAY),
    **dict.fromkeys(("amount", "percent"), AMOUNT),
    **dict.fromkeys(("team", "check_ins"), WORD),
    "share": SHARE,
}


def as_told(key: str, value: Any) -> Any:
    """Return what a key tells, as the doors take it.

    Raises
    ------
    DataError
        When it is of another kind; the message says what to write.
    """
    kind = KINDS.get(key, TEXT)
    read = kind.read(value)
    if read is None:
        raise DataError(f"{key} = {shown(value)}: write {kind.write}")
    return read
