"""What a person says to a map, checked at the moment it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from numbers import Integral, Real
from typing import Any, TypeGuard

from cstools.errors import ModelError, PlaceError, shown

_FOR_EVER = 1e9


def is_number(value: object) -> TypeGuard[float]:
    """Say whether a value is a number, which ``True`` is not."""
    return isinstance(value, Real) and not isinstance(value, bool)


def as_seconds(seconds: object) -> float:
    """Return a time for a search: 0 or more, also without end.

    Raises
    ------
    ModelError
        When it is no such number.
    """
    if is_number(seconds) and seconds >= 0:
        return float(min(seconds, _FOR_EVER))  # a whole number may be too large for a float
    raise ModelError(f"seconds is how long to search, a number such as 2, not {shown(seconds)}")


def as_whole(value: object, what: str, least: int, most: int) -> int:
    """Return a whole number between two others, or raise a lesson that names ``what``."""
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    if not whole or not least <= value <= most:  # type: ignore[operator]
        raise ModelError(f"{what} is a whole number from {least:,} to {most:,}, not {shown(value)}")
    return int(value)  # type: ignore[call-overload,no-any-return]


def as_switch(value: object, what: str) -> bool:
    """Return ``True`` or ``False``, or raise a lesson: a text like "no" would count as true."""
    switch = type(value).__name__ in ("bool", "bool_")  # Python's, and NumPy's own
    if switch or (is_number(value) and value in (0, 1)):
        return bool(value)
    raise ModelError(f"{what} is True or False, not {shown(value)}")


def as_words(text: object, what: str) -> str:
    """Return a text, or raise a lesson that names ``what``."""
    if not isinstance(text, str):
        raise ModelError(f"{what} is a text in quotation marks, not {shown(text)}")
    return text


def as_names(names: object, what: str) -> list[str]:
    """Return a list of names, or raise a lesson that names ``what``."""
    if isinstance(names, str | bytes | Mapping) or not isinstance(names, Iterable):
        raise ModelError(f"{what} are a list of names, ['one', 'another']; this is {shown(names)}")
    try:
        return [as_words(name, "each name") for name in names]
    except TypeError:  # a NumPy array of no dimension
        raise ModelError(f"{what} are a list of names; this is {shown(names)}") from None


def by_link(said: object, what: str) -> Iterator[tuple[str, str, Any]]:
    """Yield what is said of links, ``{("a", "b"): …}``, as cause, effect and what is said.

    Raises
    ------
    ModelError
        When it is no mapping, or does not name a link by its two ends.
    """
    example = "{('stress', 'sleep'): …}"
    if said is None:
        return
    if not isinstance(said, Mapping):
        raise ModelError(f"{what} are said link by link, {example}; this is {shown(said)}")
    for pair, value in said.items():
        if not (isinstance(pair, tuple) and len(pair) == 2):
            raise ModelError(f"{what} are said link by link, {example}; {shown(pair)} is no link")
        yield *pair, value


def as_place(place: object, count: int, thing: str) -> int:
    """Return a place among ``count`` things, counted from 0, or from the end if below 0.

    Raises
    ------
    PlaceError
        When nothing stands there.
    ModelError
        When it is no whole number.
    """
    if isinstance(place, bool) or not isinstance(place, Integral):
        asked = f"a {thing} is asked for by its place, 0 for the first"
        raise ModelError(f"{asked}, not {shown(place)}")
    if not -count <= int(place) < count:
        among = f"among {count:,}, counted from 0" if count else "here: there is none"
        raise PlaceError(f"there is no {thing} {shown(place)} {among}")
    return int(place) % count
