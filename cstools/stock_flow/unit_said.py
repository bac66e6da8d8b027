"""What the parts of a model say their units are, before anything is held against anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cstools.equations.unit_text import UnitsError, factors, parse, spelling
from cstools.equations.units import Units
from cstools.names import key
from cstools.stock_flow.arrays import Space
from cstools.stock_flow.lowering import equation_of
from cstools.stock_flow.parts import AnyPart

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow


@dataclass(frozen=True)
class Said:
    """What a model says of its units.

    Attributes
    ----------
    units : mapping
        Key of each single value → its units, or ``None``.
    time : Units or None
        What its time is measured in.
    unreadable : mapping
        Key → why its units cannot be read; ``""`` is the key of the time.
    spelling : mapping
        Key of a unit → how it is spelled above and below the line.
    groups : mapping
        Key of each single value → the name of the part as it was said.
    """

    units: Mapping[str, Units | None]
    time: Units | None
    unreadable: Mapping[str, UnitsError]
    spelling: Mapping[str, tuple[str, str]]
    groups: Mapping[str, str]


def said_in(model: StockFlow, same_as: Mapping[str, str]) -> Said:
    """Return what a model says of its units.

    Raises
    ------
    UnitsError
        When a meaning in ``same_as`` cannot be read.
    """
    for word, meaning in same_as.items():
        factors(meaning, f"same_as, '{word}'")
    parts = model.scalars
    texts = {"": model.time_units, **dict(_texts(parts))}
    read: dict[str, Units | None] = {}
    unreadable: dict[str, UnitsError] = {}
    for text in dict.fromkeys(texts.values()):
        try:
            read[text] = parse(text, same_as)
        except UnitsError as error:
            unreadable[text] = error
    return Said(
        {k: read.get(texts[k]) for k in parts},
        read.get(model.time_units),
        {k: unreadable[text] for k, text in texts.items() if text in unreadable},
        spelling(texts.values(), same_as),
        _groups(model),
    )


def _texts(parts: Mapping[str, AnyPart]) -> Iterator[tuple[str, str]]:
    """Yield the text of each part's units; an element may leave it to its array."""
    arrays: dict[str, str] = {}
    for part in parts.values():
        if part.units and part.subscripts:
            arrays.setdefault(key(part.base), part.units)
    for k, part in parts.items():
        yield k, part.units or arrays.get(key(part.base), "")


def _groups(model: StockFlow) -> dict[str, str]:
    """Return for each single value the name of the part as it was said.

    Elements that were said one by one, in the same words, count as one part: their array.
    """
    said: dict[str, AnyPart] = {}
    space = Space.of(model.parts.values(), model.dimensions)
    for part in model.parts.values():
        said |= {key(name): part for name, _ in space.cells(part)}  # the later one holds
    words = {part.key: _words(part) for part in said.values()}
    alike: dict[tuple[str, ...], set[str]] = {}
    for part in said.values():
        alike.setdefault(words[part.key], set()).add(part.name)
    return {k: p.name if len(alike[words[p.key]]) == 1 else p.base for k, p in said.items()}


def _words(part: AnyPart) -> tuple[str, ...]:
    return key(part.base), part.kind, part.units, equation_of(part)
