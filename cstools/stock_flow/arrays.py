"""What an array is: its dimensions, the elements they have, and how one stands for another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

from cstools.errors import ModelError, UnknownNameError, brief, did_you_mean
from cstools.names import key, with_subscripts
from cstools.stock_flow.parts import AnyPart, Dimension

# Of a dimension's key: the element that an equation is being written for.
Binding = Mapping[str, str]


# With each of them a part of its own, this is what a computer still holds.
MOST_VALUES = 100_000


@dataclass(frozen=True)
class Space:
    """Everything that a subscript can mean in a model.

    Attributes
    ----------
    dimensions : mapping
        Key → :class:`Dimension`.
    shapes : mapping
        Key of an array, without subscripts → the keys of its dimensions.
    elements : mapping
        Key of an element → its name, and the dimension that has it first.
    """

    dimensions: Mapping[str, Dimension]
    shapes: Mapping[str, tuple[str, ...]]
    elements: Mapping[str, tuple[str, Dimension]]

    @staticmethod
    def of(parts: Iterable[AnyPart], dimensions: Mapping[str, Dimension]) -> Space:
        """Return what subscripts can mean, from a model's parts and dimensions."""
        elements: dict[str, tuple[str, Dimension]] = {}
        for dimension in dimensions.values():
            for name in dimension.elements:
                elements.setdefault(key(name), (name, dimension))
        space = Space(dimensions, {}, elements)
        arrays: dict[str, list[AnyPart]] = {}
        for part in parts:
            if part.subscripts:
                arrays.setdefault(key(part.base), []).append(part)
        shapes = {k: space._shape(found) for k, found in arrays.items()}
        return Space(dimensions, shapes, elements)

    def name_of(self, element: str) -> str:
        """Return an element's name as it was spelled."""
        return self.elements[element][0] if element in self.elements else element

    def cells(self, part: AnyPart) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield each single value of a part: its name, and the elements of the part's dimensions.

        A part without subscripts is one value, with its own name.
        """
        if not part.subscripts:
            yield part.name, {}
            return
        sides = [self._choices(part, subscript) for subscript in part.subscripts]
        if prod(map(len, sides)) > MOST_VALUES:
            raise ModelError(
                f"{part.where} has more than {MOST_VALUES:,} single values; a dimension of that "
                "many elements is more than a model can hold"
            )
        for chosen in product(*sides):
            names = [self.name_of(element) for _, element in chosen]
            binding = {dimension: element for dimension, element in chosen if dimension}
            if len(binding) < sum(bool(dimension) for dimension, _ in chosen):
                binding = _told_apart(chosen)
            yield with_subscripts(part.base, names), binding

    def element_for(self, dimension: str, binding: Binding) -> str | None:
        """Return the element that a dimension has where others are bound; ``None`` if unsaid.

        A dimension that is bound itself is its own element. Else a mapping tells, and else a bound
        element that the dimension has as well.
        """
        if dimension in binding:
            return binding[dimension]
        wanted = self.dimensions[dimension]
        for bound, element in binding.items():
            for mapped in self._mapped(self.dimensions[bound], element, wanted):
                return mapped
        return next((element for element in binding.values() if element in wanted.places), None)

    def _mapped(self, bound: Dimension, element: str, wanted: Dimension) -> Iterator[str]:
        if wanted.key in bound.maps and element in bound.places:
            yield from map(key, bound.maps[wanted.key][bound.places[element]][:1])
        for mine, theirs in zip(wanted.keys, wanted.maps.get(bound.key, ()), strict=False):
            if element in map(key, theirs):
                yield mine

    def _choices(self, part: AnyPart, subscript: str) -> list[tuple[str, str]]:
        """Return (dimension, element) pairs that a subscript on the left side runs through."""
        word = key(subscript)
        if word in self.dimensions:
            return [(word, element) for element in self.dimensions[word].keys]
        if word not in self.elements:
            raise self.unknown(part, subscript)
        return [("", word)]

    def unknown(self, part: AnyPart, subscript: str) -> UnknownNameError:
        """Return the error for a subscript that is neither a dimension nor an element."""
        known = [d.name for d in self.dimensions.values()]
        known += [name for name, _ in self.elements.values()]
        advice = "; say what it ranges over with .dimension(name, elements)"
        return UnknownNameError(
            f"{part.where}: there is no dimension or element called '{brief(subscript)}'"
            + (did_you_mean(subscript, known) or advice)
        )

    def _shape(self, parts: list[AnyPart]) -> tuple[str, ...]:
        """Return the dimensions of an array, from all the parts that say a piece of it."""
        first = parts[0]
        for part in parts:
            if len(part.subscripts) != len(first.subscripts):
                raise ModelError(
                    f"{part.where} and {first.where} have different numbers of subscripts; "
                    "an array has the same number everywhere"
                )
        return tuple(
            self._covering(parts, [part.subscripts[place] for part in parts])
            for place in range(len(first.subscripts))
        )

    def _covering(self, parts: list[AnyPart], said: list[str]) -> str:
        """Return the smallest dimension that has every element said in one place."""
        needed = {
            element
            for part, subscript in zip(parts, said, strict=True)
            for _, element in self._choices(part, subscript)
        }
        fitting = [d for d in self.dimensions.values() if needed <= d.places.keys()]
        if not fitting:
            raise ModelError(
                f"{parts[0].where}: no dimension has all the elements that its parts name; "
                "say one with .dimension(name, elements)"
            )
        words = {*map(key, said)}
        named = [d for d in fitting if d.key in words]
        return min(named or fitting, key=lambda d: len(d.elements)).key


def _told_apart(chosen: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the elements of the dimensions that stand once; of two, none is meant for sure."""
    dimensions = [dimension for dimension, _ in chosen if dimension]
    return {d: element for d, element in chosen if d and dimensions.count(d) == 1}
