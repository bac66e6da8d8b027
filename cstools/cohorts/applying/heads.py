"""Which head of a form is which column; what cannot be told is asked, with the likeliest head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cstools.cohorts.applying.columns import BY_FIELD, COLUMNS, Column
from cstools.cohorts.applying.mapping import Mapping as FormMapping
from cstools.cohorts.applying.report import Finding
from cstools.cohorts.basics.spelling import folded, tidy
from cstools.errors import did_you_mean
from cstools.names import key

_SMALL_WORDS = frozenset("a an and are any do for have how if in is my of on or our the to".split())
_SMALL_WORDS |= frozenset("under way we what when where which with you your".split())


def places_of(head: tuple[str, ...], rules: FormMapping) -> dict[str, int]:
    """Return the place of each column that the file has, by field."""
    by_key = {key(tidy(name)): place for place, name in reversed(list(enumerate(head)))}
    places: dict[str, int] = {}
    for column in COLUMNS:
        named = rules.columns.get(column.field)
        spellings = (named,) if named else column.spellings
        found = [by_key[key(name)] for name in spellings if key(name) in by_key]
        if found:
            places[column.field] = found[0]
    return places


def about_heads(
    head: tuple[str, ...], places: Mapping[str, int], rules: FormMapping
) -> Iterator[Finding]:
    """Say which columns are missing, which heads were renamed and which are not understood."""
    free = [tidy(name) for place, name in enumerate(head) if place not in places.values()]
    free = [name for name in free if name]
    likely = _likely([c for c in COLUMNS if c.field not in places], free)
    yield from _missing(free, places, rules, likely)
    meant = {name: field for field, name in likely.items()}
    field_at = {place: field for field, place in places.items()}
    for place, name in enumerate(head):
        field = field_at.get(place, "")
        if field in rules.columns:
            told = f"read as '{BY_FIELD[field].title}', as the mapping file says"
            yield Finding(0, tidy(name), "repaired", told)
        elif not field and tidy(name):
            yield from _not_read(tidy(name), meant.get(tidy(name), ""))


def _missing(
    free: list[str], places: Mapping[str, int], rules: FormMapping, likely: Mapping[str, str]
) -> Iterator[Finding]:
    """Give each column that is needed, or named in the mapping file, and is not in the file."""
    for column in COLUMNS:
        if column.field in places:
            continue
        if named := rules.columns.get(column.field):
            told = f"the mapping file calls this column '{named}', and the file has no such head"
            yield Finding(0, column.title, "wrong", told + _or_rather(named, free))
        elif column.needed:
            near = likely.get(column.field) or (free[0] if len(free) == 1 else "")
            way = f"is it '{near}'? Write" if near else "add it, or write"
            line = f'{column.field} = "{near or "its head"}" under [columns] in a mapping file'
            yield Finding(0, column.title, "wrong", f"the column is missing; {way} {line}")


def _or_rather(named: str, free: list[str]) -> str:
    return did_you_mean(named, free) or "; write it as it stands in row 1"


def _not_read(name: str, field: str) -> Iterator[Finding]:
    """Ask about a head that is not understood; one that is needed has been asked about already."""
    told = "no such column is known; its cells are not read"
    if not field:
        yield Finding(0, name, "look", told)
    elif not BY_FIELD[field].needed:
        line = f'{field} = "{name}" under [columns] in a mapping file'
        told += f"; if it is '{BY_FIELD[field].title}', write {line}"
        yield Finding(0, name, "look", told)


def _likely(columns: list[Column], free: list[str]) -> dict[str, str]:
    """Return the likeliest head for each column, the surest first and no head twice."""
    shared = [
        (-_alike(column, name), place, number, column.field, name)
        for number, column in enumerate(columns)
        for place, name in enumerate(free)
    ]
    found: dict[str, str] = {}
    for less, _, _, field, name in sorted(shared):
        if less and field not in found and name not in found.values():
            found[field] = name
    return found


def _alike(column: Column, name: str) -> int:
    """Return how many words of a column's spellings a head has; ``Nachname`` has ``name``."""
    mine = {word for spelling in column.spellings for word in _words(spelling)}
    theirs = _words(name)
    inside = {word for word in mine if len(word) > 3 and any(word in other for other in theirs)}
    return len((mine & theirs) | inside)


def _words(text: str) -> set[str]:
    plain = re.sub(r"(?i)e-mail", "email", text)
    return set(folded(plain).split()) - _SMALL_WORDS
