"""Which arrays of a model an XMILE file can hold as they were said, and which element by element.

XMILE knows one equation for a whole array, in which dimensions stand for themselves, and one for
each element, in which they do not. It knows no mapping between dimensions, and no dimension that
is a part of another; an equation that needs one is written out for each element.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from cstools.equations.tree import Apply, Indexed, Name, Number, Tree
from cstools.names import key, split_subscripts, with_subscripts
from cstools.stock_flow.parts import AnyPart, Dimension, Flow

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

_OVER = ("sum", "mean", "prod", "product", "min", "max", "stddev", "size")


@dataclass(frozen=True)
class Group:
    """The parts that are one variable of a file: a part alone, or the pieces of an array.

    Attributes
    ----------
    base : str
        The name without subscripts, as spelled.
    parts : tuple of AnyPart
        As said.
    dimensions : tuple of Dimension
        What it ranges over; empty for a single value.
    """

    base: str
    parts: tuple[AnyPart, ...]
    dimensions: tuple[Dimension, ...] = ()

    @property
    def first(self) -> AnyPart:
        """The part that speaks for all: its units, its documentation."""
        return self.parts[0]

    @cached_property
    def is_whole(self) -> bool:
        """Whether one part says all of it, with its dimensions for subscripts."""
        said = tuple(map(key, self.first.subscripts))
        return len(self.parts) == 1 and said == tuple(d.key for d in self.dimensions)

    def cells(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield each element as its names, and the key of the single value."""
        for elements in product(*(d.elements for d in self.dimensions)):
            name = with_subscripts(self.base, elements) if elements else self.base
            yield elements, key(name)


class Arrays:
    """Everything that the writer asks of a model's arrays.

    Attributes
    ----------
    groups : list of Group
        In the order in which the parts were said.
    """

    def __init__(self, model: StockFlow) -> None:
        self.scalars: Mapping[str, AnyPart] = model.scalars
        self.shapes = model.arrays()
        self.dimensions = model.dimensions
        self.groups = list(self._groups(model))
        self._places = {
            key(element): (dimension, place)
            for dimension in reversed(list(self.dimensions.values()))
            for place, element in enumerate(dimension.elements, start=1)
        }

    def _groups(self, model: StockFlow) -> Iterator[Group]:
        found: dict[str, list[AnyPart]] = {}
        for part in model.parts.values():
            found.setdefault(key(part.base), []).append(part)
        for base, parts in found.items():
            yield Group(parts[0].base, tuple(parts), self.shapes.get(base, ()))

    # --- equations ------------------------------------------------------------------------------

    def whole(self, tree: Tree, group: Group) -> Tree | None:
        """Return an equation of a whole array as XMILE has it, or ``None`` where it has not."""
        try:
            return self._whole(tree, {d.key for d in group.dimensions}, inside=False)
        except _NotWholeError:
            return None

    def _whole(self, tree: Tree, bound: set[str], inside: bool) -> Tree:
        if isinstance(tree, Indexed):
            return self._whole_array(tree, bound, inside)
        if isinstance(tree, Name):
            ranges = {d.key for d in self.shapes.get(tree.key, ())}
            if ranges and not inside and not ranges <= bound:
                raise _NotWholeError
            if tree.key in self.dimensions and tree.key not in bound:
                raise _NotWholeError
            if tree.key in self._places and tree.key not in self.scalars:
                return Number(float(self._places[tree.key][1]))
            return tree
        if not isinstance(tree, Apply):
            return tree
        if tree.function.startswith("lookup") or tree.function in self.shapes:
            raise _NotWholeError  # a call of a lookup in a mode of its own, or of an array of them
        over = inside or tree.function == "rank"
        over = over or (tree.function in _OVER and len(tree.arguments) == 1)
        arguments = tuple(self._whole(a, bound, over) for a in tree.arguments)
        return Apply(tree.function, arguments, tree.at)

    def _whole_array(self, tree: Indexed, bound: set[str], inside: bool) -> Tree:
        shape = self.shapes.get(tree.key, ())
        if len(shape) != len(tree.subscripts):
            raise _NotWholeError
        pairs = zip(tree.subscripts, shape, strict=True)
        subscripts = tuple(self._whole_subscript(s, d, bound, inside) for s, d in pairs)
        return Indexed(tree.key, subscripts, tree.at)

    def _whole_subscript(
        self, subscript: Tree, dimension: Dimension, bound: set[str], inside: bool
    ) -> Tree:
        if not isinstance(subscript, Name):
            return self._whole(subscript, bound, inside)
        word = subscript.key
        if word in ("*", f"{dimension.key}!"):
            return Name("*")
        if word == dimension.key and word in bound:
            return subscript
        if word in dimension.keys:
            return _element(word)
        if word in self.scalars:
            return subscript
        raise _NotWholeError

    def element(self, tree: Tree) -> Tree:
        """Return an equation of a single value with the elements of arrays as XMILE has them."""
        if isinstance(tree, Name):
            base, elements = split_subscripts(tree.key)
            if not elements:
                return tree
            return Indexed(base, tuple(_element(key(e)) for e in elements), tree.at)
        if isinstance(tree, Apply):
            return Apply(tree.function, tuple(map(self.element, tree.arguments)), tree.at)
        return tree

    # --- flows ------------------------------------------------------------------------------------

    def joins(self, flow: Group, end: str) -> str | None:
        """Return the base of the one stock that a flow joins at an end, element by element.

        ``None`` stands for no stock at all; an empty text for what XMILE cannot say: an array of
        flows that goes to several stocks, or a single flow into an element.
        """
        found: set[str] = set()
        count = 0
        for elements, cell in flow.cells():
            part = self.scalars.get(cell)
            stock = getattr(part, end) if isinstance(part, Flow) else None
            count += stock is not None
            if stock is not None:
                base, own = split_subscripts(stock)
                found.add(key(base) if _same(own, elements) else "")
        if not found:
            return None
        base = found.pop()
        size = len(list(flow.cells()))
        alike = not base or [d.key for d in self.shapes.get(base, ())] == [
            d.key for d in flow.dimensions
        ]
        return base if not found and count == size and alike else ""


class _NotWholeError(Exception):
    """An equation that XMILE cannot say for a whole array."""


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return tuple(map(key, one)) == tuple(map(key, other))


def _element(word: str) -> Tree:
    return Number(float(word)) if word.isdecimal() else Name(word)
