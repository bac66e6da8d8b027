"""An array in a file: one equation for all of it, one for each element, or a list of numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from xml.etree import ElementTree as ET

from cstools.errors import FileError, did_you_mean
from cstools.names import key, label, with_subscripts
from cstools.stock_flow.xmile.elements import child, children, number, plain, tag_of, text_of
from cstools.stock_flow.xmile.variables import Variable, again

# An array of more elements than this is a slip, or made to exhaust whoever reads it.
_MOST = 100_000


@dataclass(frozen=True)
class Piece:
    """What a file says of a variable, or of some elements of it.

    Attributes
    ----------
    subscripts : tuple of str
        The dimensions it covers, or the element it is; empty for a single value.
    equation : str
        As it is written, or in this package's words; empty when there is none.
    graph : Element or None
        The graphical function that the equation goes through.
    """

    subscripts: tuple[str, ...]
    equation: str
    graph: ET.Element | None = None

    def named(self, base: str) -> str:
        """Return a name with what is covered: ``population[Region]``."""
        return with_subscripts(base, self.subscripts) if self.subscripts else base


def dimensions(root: ET.Element) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the dimensions of a file: key → name and elements."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for dimension in children(child(root, "dimensions"), "dim"):
        name = label(dimension.get("name", ""))
        elements = tuple(label(e.get("name", "")) for e in children(dimension, "elem"))
        found[key(name)] = (name, elements or _numbered(name, dimension.get("size", "")))
    return found | _repeated(root, found)


def _repeated(
    root: ET.Element, known: Mapping[str, tuple[str, tuple[str, ...]]]
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the dimensions that some array has a second time, under names of their own."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for said in (e for e in root.iter() if tag_of(e) == "dimensions"):
        names = [label(dim.get("name", "")) for dim in children(said, "dim")]
        for place, name in enumerate(names):
            other = again(names, place)
            if key(other) != key(name) and key(name) in known and key(other) not in known:
                found[key(other)] = (other, known[key(name)][1])
    return found


def pieces(variable: Variable, known: Mapping[str, tuple[str, tuple[str, ...]]]) -> list[Piece]:
    """Return what a file says of a variable: the general first, single elements after it."""
    element, graph = variable.element, child(variable.element, "gf")
    graph = element if variable.kind == "gf" else graph
    sides = [_side(variable, dimension, known) for dimension in variable.dimensions]
    if math.prod(map(len, sides)) > _MOST:
        raise FileError(f"{variable.where} has more than {_MOST:,} elements")
    if variable.given:
        return [Piece(variable.dimensions, variable.given)]
    said = [text for e in children(element, "eqn") if (text := text_of(e))]
    general = said[0] if len(said) == 1 else ""
    shape = [] if _is_plain(sides, known) else [Piece(variable.dimensions, "0")]
    if sides and (listed := _listed(said, sides, variable, graph)):
        return [*shape, *listed]
    if len(said) > 1:
        raise FileError(f"{variable.where} has {len(said)} equations; one of them would be lost")
    single = [
        _element(found, variable, sides, general, graph) for found in children(element, "element")
    ]
    for piece in single:
        if not piece.equation and piece.graph is None:
            raise FileError(f"{variable.kind} '{piece.named(variable.name)}' has no equation")
    covered = {tuple(map(key, piece.subscripts)) for piece in single}
    if sides and len(covered) == math.prod(map(len, sides)):
        return [*shape, *single]
    if single and not general and graph is None:
        return single
    return [Piece(variable.dimensions, general, graph), *single]


def _is_plain(
    sides: list[tuple[str, ...]], known: Mapping[str, tuple[str, tuple[str, ...]]]
) -> bool:
    """Say whether the elements of an array tell its dimensions; two may have the same elements."""
    alike = [{*map(key, elements)} for _, elements in known.values()]
    return all(alike.count({*map(key, side)}) == 1 for side in sides)


def _numbered(name: str, size: str) -> tuple[str, ...]:
    count = number(size, f"the size of dimension '{name}'") if size else 0
    if not 1 <= count <= _MOST:
        raise FileError(
            f"dimension '{name}' has {size or 'no'} elements; name them, or say a size from 1 to "
            f"{_MOST:,}"
        )
    return tuple(str(position) for position in range(1, int(count) + 1))


def _side(
    variable: Variable, dimension: str, known: Mapping[str, tuple[str, tuple[str, ...]]]
) -> tuple[str, ...]:
    if key(dimension) not in known:
        names = [name for name, _ in known.values()]
        raise FileError(
            f"{variable.where}: the file has no dimension called '{dimension}'"
            + did_you_mean(dimension, names)
        )
    return known[key(dimension)][1]


def _listed(
    said: list[str],
    sides: list[tuple[str, ...]],
    variable: Variable,
    graph: ET.Element | None,
) -> list[Piece]:
    """Return one piece for each element where a file lists them, the last dimension fastest.

    Vensim's own XMILE has an equation for each, or numbers between commas and semicolons.
    """
    values = said
    if len(said) == 1:
        cells = [cell.strip() for cell in said[0].replace(";", ",").split(",")]
        values = [cell for cell in cells if cell]
        if any(plain(cell) is None for cell in values):
            return []
    if len(values) < 2:
        return []
    places = list(product(*sides))
    if len(values) != len(places):
        raise FileError(f"{variable.where} has {len(values)} values for {len(places)} elements")
    return [Piece(place, value, graph) for place, value in zip(places, values, strict=True)]


def _element(
    element: ET.Element,
    variable: Variable,
    sides: list[tuple[str, ...]],
    general: str,
    graph: ET.Element | None,
) -> Piece:
    """Return the piece of one ``<element>``; what it leaves unsaid, its variable says."""
    words = element.get("subscript", "").split(",")
    if len(words) != len(sides):
        raise FileError(
            f"{variable.where}: the element '{element.get('subscript', '')}' has {len(words)} "
            f"subscripts, and the array {len(sides)}"
        )
    place = tuple(_elements(words, sides, variable))
    own = child(element, "gf")
    return Piece(
        place, text_of(child(element, "eqn")) or general, own if own is not None else graph
    )


def _elements(words: list[str], sides: list[tuple[str, ...]], variable: Variable) -> Iterator[str]:
    """Yield the elements that subscripts mean: by name, or else by position from 1."""
    for word, side, dimension in zip(words, sides, variable.dimensions, strict=True):
        names = {key(name): name for name in side}
        position = word.strip()
        if key(position) in names:
            yield names[key(position)]
        elif position.isdecimal() and 1 <= int(position) <= len(side):
            yield side[int(position) - 1]
        else:
            raise FileError(
                f"{variable.where}: '{dimension}' has no element called '{position}'"
                + did_you_mean(position, side)
            )
