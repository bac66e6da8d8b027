"""Vensim's subscript ranges as dimensions: their elements, their copies, what they map to."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path

from cstools.errors import FileError, did_you_mean
from cstools.names import key, label
from cstools.stock_flow.vensim import data
from cstools.stock_flow.vensim.text import Ranged

_NUMBERED = re.compile(r"\(\s*(?P<first>.*?)(?P<low>\d+)\s*-\s*(?P<last>.*?)(?P<high>\d+)\s*\)")
# Commas and colons at the outermost level; those within parentheses belong to what is there.
_COMMA = re.compile(r",(?![^()]*\))")
_MOST = 50_000  # elements; each becomes an equation, and more would take all the memory


@dataclass(frozen=True)
class Dimension:
    """A subscript range: its name, its elements, and what they stand for elsewhere.

    Attributes
    ----------
    maps : mapping
        Name of another range → for each element here, those elements there.
    """

    name: str
    elements: tuple[str, ...]
    maps: Mapping[str, tuple[tuple[str, ...], ...]]


class Ranges:
    """Every subscript range of a file, by key."""

    def __init__(self, ranged: Iterable[Ranged], folder: Path) -> None:
        self.folder = folder
        self.said = {key(one.name): one for one in ranged}
        self._elements: dict[str, tuple[str, ...]] = {}
        self.dimensions = {k: self._dimension(one) for k, one in self.said.items()}
        self.names = {key(e): e for d in self.dimensions.values() for e in d.elements}

    def is_range(self, word: str) -> bool:
        """Say whether a subscript ranges over several elements."""
        return key(word) in self.said

    def elements(self, word: str, asking: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return the elements of a range; an element is its own only one."""
        name = key(word)
        if name not in self.said:
            return (label(word),)
        if name in asking:
            raise FileError(f"the subscript range '{self.said[name].name}' is made of itself")
        if name not in self._elements:
            found = tuple(dict.fromkeys(self._listed(self.said[name], (*asking, name))))
            if len(found) > _MOST:
                raise FileError(f"the subscript range '{word}' has more than {_MOST:,} elements")
            self._elements[name] = found
        return self._elements[name]

    def check_size(self, subscripts: Iterable[str], name: str) -> None:
        """Refuse an array with more elements than a model here can hold."""
        size = math.prod(len(self.elements(word)) for word in subscripts)
        if size > _MOST:
            raise FileError(f"'{name}' has {size:,} elements, and {_MOST:,} are the most here")

    def known(self, word: str, where: str) -> str:
        """Return a subscript as it is spelled; what is neither range nor element is an error."""
        name = key(word)
        if name in self.dimensions:
            return self.dimensions[name].name
        if name in self.names:
            return self.names[name]
        names = [d.name for d in self.dimensions.values()] + [*self.names.values()]
        raise FileError(
            f"'{where}': there is no subscript range or element called '{word}'"
            + did_you_mean(word, names)
        )

    def part(self, word: str, elements: tuple[str, ...]) -> str:
        """Return the name of a range with some of another's elements; it is made where none is."""
        wanted = tuple(e for e in self.elements(word) if key(e) in elements)
        there = (d.name for d in self.dimensions.values() if d.elements == wanted)
        numbered = (f"{label(word)} part {number}" for number in count(1))
        name = next(there, "") or next(n for n in numbered if key(n) not in self.said)
        if key(name) not in self.said:
            self.said[key(name)] = Ranged(name, "", [])
            self._elements[key(name)] = wanted
            self.dimensions[key(name)] = Dimension(name, wanted, {})
        return name

    def positions(self, word: str) -> list[int]:
        """Return the numbers that Vensim takes a range's elements for when it counts with them.

        That is their place, from 1, in the largest range that has them; of two as large, in the
        one said first.
        """
        return [self._places[key(element)] for element in self.elements(word)]

    @cached_property
    def _places(self) -> dict[str, int]:
        """The place of every element in the largest range that has it."""
        places: dict[str, int] = {}
        for dimension in sorted(self.dimensions.values(), key=lambda d: -len(d.elements)):
            for place, element in enumerate(dimension.elements, start=1):
                places.setdefault(key(element), place)
        return places

    def _listed(self, one: Ranged, asking: tuple[str, ...]) -> Iterator[str]:
        if isinstance(one.definition, dict):  # GET XLS SUBSCRIPT
            yield from data.subscripts(one.definition, self.folder, one.name)
            return
        if isinstance(one.definition, str):  # a copy: one <-> other
            yield from self.elements(one.definition, asking)
            return
        right = one.text.partition(":")[2].partition("->")[0]
        yield from self._items(right, one, asking)

    def _items(self, text: str, one: Ranged, asking: tuple[str, ...]) -> Iterator[str]:
        for item in _COMMA.split(text):
            if found := _NUMBERED.fullmatch(item.strip()):
                yield from self._numbered(found, one)
            elif item.strip():
                yield from self.elements(item, asking)

    def _numbered(self, found: re.Match[str], one: Ranged) -> Iterator[str]:
        """Yield ``A1``, ``A2`` … of ``(A1-A5)``."""
        low, high = int(found["low"]), int(found["high"])
        if key(found["first"]) != key(found["last"]) or not low < high <= low + _MOST:
            raise FileError(
                f"the subscript range '{one.name}': {found[0]} is no row of numbers; it reads "
                "(A1-A9), with one name before both numbers, the smaller first"
            )
        yield from (f"{label(found['first'])}{number}" for number in range(low, high + 1))

    def _dimension(self, one: Ranged) -> Dimension:
        elements = self.elements(one.name)
        maps: dict[str, tuple[tuple[str, ...], ...]] = {}
        _, arrow, targets = one.text.partition("->")
        if arrow and isinstance(one.definition, (list, dict)):
            for target in _COMMA.split(targets):
                name, told = self._mapping(target.strip(), one)
                if len(told) == len(elements):
                    maps[name] = told
                else:
                    raise FileError(
                        f"the subscript range '{one.name}' has {len(elements)} elements and maps "
                        f"to {len(told)} of '{name}'; it needs one for each, in order"
                    )
        return Dimension(one.name, elements, maps)

    def _mapping(self, text: str, one: Ranged) -> tuple[str, tuple[tuple[str, ...], ...]]:
        """Return the range that a mapping leads to, and what each element stands for there."""
        if not text.startswith("("):
            name = label(text)
            return name, tuple((element,) for element in self.elements(name))
        name, _, items = text.strip("() ").partition(":")
        told = [
            (element,) if "-" in item else self.elements(element)
            for item in _COMMA.split(items)
            for element in (self._items(item, one, ()) if "-" in item else (item,))
        ]
        return label(name), tuple(told)
