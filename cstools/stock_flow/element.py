"""One element of an equation over arrays, while it is written out; see :mod:`.flatten`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count, product
from math import prod

from cstools.equations.functions import CLOCK, FUNCTIONS
from cstools.equations.text import show
from cstools.equations.tree import Apply, Indexed, Name, Number, Tree
from cstools.errors import EquationError, ModelError
from cstools.names import key, with_subscripts
from cstools.stock_flow import vectors
from cstools.stock_flow.arrays import Binding, Space
from cstools.stock_flow.parts import AnyPart, Dimension, Stock

Parts = Mapping[str, AnyPart]
# The functions that take an array as a whole, by every word that means them.
_AGGREGATES = {
    "sum": "sum", "prod": "prod", "product": "prod", "mean": "mean", "stddev": "stddev",
    "min": "min", "max": "max", "vmin": "min", "vmax": "max",
}  # fmt: skip
_LOOKING = {
    "lookup": "", "lookup_extrapolate": " extrapolate", "lookup_step": " step",
    "lookup_backward": " step", "lookup_forward": " forward",
}  # fmt: skip
# What a computer still turns into code within some seconds.
MOST_TERMS = 300_000


@dataclass
class Terms:
    """How many terms the sums and choices of a model may still be written out to."""

    left: int = MOST_TERMS

    def take(self, count: int, part: AnyPart) -> None:
        """Take some for a part; when there are no more, say so."""
        self.need(count, part)
        self.left -= count

    def need(self, count: int, part: AnyPart) -> None:
        """Say so when there are no more as many as a part needs."""
        if count > self.left:
            raise ModelError(
                f"{part.where}: written out for every element, the equations of this model hold "
                f"more than {MOST_TERMS:,} terms; give a sum that stands inside another one a name "
                "of its own, as an auxiliary"
            )


@dataclass(frozen=True)
class Element:
    """One element of an equation, while it is written out.

    Attributes
    ----------
    part : AnyPart
        The part as said.
    binding : mapping
        Dimension → the element on the left side.
    space : Space
    parts : mapping
        All the parts of the model as said.
    terms : Terms
        How many more the model may hold.
    all_of : mapping
        While a sum is written out: (dimension, how many times before) → the element at hand.
    whole : bool
        Whether a bare array stands for all its elements here.
    """

    part: AnyPart
    binding: Binding
    space: Space
    parts: Parts
    terms: Terms
    all_of: Mapping[tuple[str, int], str] = field(default_factory=dict)
    whole: bool = False

    def tree(self, tree: Tree) -> Tree:
        """Return a tree without arrays."""
        if isinstance(tree, Indexed):
            return self.indexed(tree)
        if isinstance(tree, Name):
            return self.name(tree)
        if isinstance(tree, Apply):
            return self.call(tree)
        return tree

    def call(self, tree: Apply) -> Tree:
        """Return a call without arrays: of a lookup, over an array, or of each argument."""
        if tree.function in self.parts or tree.function in self.space.shapes:
            return Apply(self.lookup(tree.function, tree), self.trees(tree.arguments), tree.at)
        if tree.function in _AGGREGATES and self.is_aggregate(tree):
            return self.aggregate(tree)
        if tree.function in ("size", "elmcount") and len(tree.arguments) == 1:
            return Number(float(self.size(tree.arguments[0], tree)))
        if tree.function in _LOOKING and len(tree.arguments) == 2:
            return self.looked_up(tree)
        if tree.function in VECTORS and len(tree.arguments) == FUNCTIONS[tree.function].fewest:
            return VECTORS[tree.function](self, tree)
        return Apply(tree.function, self.trees(tree.arguments), tree.at)

    def trees(self, trees: tuple[Tree, ...]) -> tuple[Tree, ...]:
        """Return some trees without arrays."""
        return tuple(map(self.tree, trees))

    # --- names --------------------------------------------------------------------------------

    def name(self, node: Name) -> Tree:
        """Return a bare name: of a single value, an array's element, or a position."""
        if node.key in self.space.shapes:
            shape = self.space.shapes[node.key]
            stars = tuple(Name("*" if self.whole else d, node.at) for d in shape)
            return self.indexed(Indexed(node.key, stars, node.at))
        if node.key in self.parts or node.key in CLOCK.values():
            return node
        position = self.position(node.key)
        return node if position is None else Number(float(position))

    def position(self, word: str) -> int | None:
        """Return the position from 1 that a dimension or an element means as a number."""
        if word in self.space.dimensions:
            element = self.space.element_for(word, self.binding)
            places = self.space.dimensions[word].places
            return places[element] + 1 if element in places else None
        if word in self.space.elements:
            return self.space.elements[word][1].places[word] + 1
        return None

    def indexed(self, node: Indexed) -> Tree:
        """Return the element that an array's name and subscripts mean, or the choice among some."""
        if node.key not in self.space.shapes:
            what = "is no array" if node.key in self.parts else "is not in this model as an array"
            raise self.error(f"'{node.key.replace('_', ' ')}' {what}; it takes no subscripts", node)
        shape = self.space.shapes[node.key]
        if len(shape) != len(node.subscripts):
            plural = "" if len(shape) == 1 else "s"
            raise self.error(
                f"'{node.key}' has {len(shape)} dimension{plural}, not {len(node.subscripts)}", node
            )
        ordinals = _ordinals(node, shape)
        places = [
            self.subscript(subscript, dimension, ordinal, node)
            for subscript, dimension, ordinal in zip(node.subscripts, shape, ordinals, strict=True)
        ]
        return self.chosen(node, shape, places, ())

    def chosen(
        self,
        node: Indexed,
        shape: tuple[str, ...],
        places: list[str | Tree],
        known: tuple[str, ...],
    ) -> Tree:
        """Return the element at some places; a place that is computed becomes a choice."""
        if len(known) == len(places):
            return Name(key(with_subscripts(node.key, known)), node.at)
        place = places[len(known)]
        if isinstance(place, str):
            return self.chosen(node, shape, places, (*known, place))
        keys = self.space.dimensions[shape[len(known)]].keys
        self.terms.take(len(keys), self.part)
        options = [self.chosen(node, shape, places, (*known, element)) for element in keys]
        return Apply("choose", (place, *options), node.at)

    def subscript(self, subscript: Tree, dimension: str, ordinal: int, node: Indexed) -> str | Tree:
        """Return the key of the element that a subscript means, or the tree of a position."""
        keys = self.space.dimensions[dimension].places
        if isinstance(subscript, Number):
            return self.numbered(subscript, self.space.dimensions[dimension], node)
        if not isinstance(subscript, Name):
            return replace(self, whole=False).tree(subscript)
        word = subscript.key.removesuffix("!")
        if subscript.key.endswith("!") or word == "*":
            return self.one_of_all(dimension if word == "*" else word, ordinal, node)
        if word in self.space.dimensions and word not in keys:
            return self.bound(word, node)
        plain = word.rpartition(".")[2]  # XMILE's dimension.element
        if word in keys or plain in keys:
            return word if word in keys else plain
        if word in self.space.elements and word not in self.parts:
            raise self.error(
                f"'{self.space.name_of(word)}' is no element of "
                f"'{self.space.dimensions[dimension].name}', over which '{node.key}' ranges",
                node,
            )
        return self.tree(subscript)

    def numbered(self, number: Number, dimension: Dimension, node: Indexed) -> str:
        """Return the element that is called by a number, or that stands at that place."""
        word, keys = f"{number.value:.15g}", dimension.keys
        if word in dimension.places:
            return word
        position = int(number.value)
        if not 1 <= position == number.value <= len(keys):
            raise self.error(f"'{node.key}' has no element {word}; there are {len(keys)}", node)
        return keys[position - 1]

    def one_of_all(self, word: str, ordinal: int, node: Indexed) -> str:
        """Return the element at hand while all of a dimension are written out."""
        if (word, ordinal) in self.all_of:
            return self.all_of[word, ordinal]
        raise self.error(
            f"all of '{node.key}' stand here, where one value is wanted; put sum(…), mean(…), "
            "min(…) or max(…) around it, or name one element",
            node,
        )

    def bound(self, word: str, node: Indexed) -> str:
        """Return the element that a dimension has in this equation."""
        element = self.space.element_for(word, self.binding)
        if element is not None:
            return element
        name = self.space.dimensions[word].name
        if [*map(key, self.part.subscripts)].count(word) > 1:
            raise self.error(
                f"'{name}' stands twice in '{self.part.name}', so it is not said which is meant; "
                f"say a second dimension with the same elements, such as 'other {name}'",
                node,
            )
        raise self.error(
            f"it is not said which element of '{name}' is meant; give '{self.part.name}' that "
            f"dimension, name one element, or sum over all: sum({node.key}[*])",
            node,
        )

    # --- functions over arrays ----------------------------------------------------------------

    def is_aggregate(self, tree: Apply) -> bool:
        """Say whether a function is taken over an array: the least of two values is not."""
        several = tree.function in ("min", "max") and len(tree.arguments) > 1
        return not several or any(map(_has_stars, tree.arguments))

    def aggregate(self, tree: Apply) -> Tree:
        """Return a function over an array as one of single values."""
        name = _AGGREGATES[tree.function]
        values = [value for argument in tree.arguments for value in self.values(argument)]
        if len(values) == 1 and name in ("sum", "prod", "mean", "min", "max"):
            return values[0]
        return Apply(name, tuple(values), tree.at)

    def values(self, tree: Tree) -> list[Tree]:
        """Return a tree once for each element that its ``*`` run through, the last one fastest."""
        inside = replace(self, whole=True)
        axes = dict.fromkeys(inside.axes(tree))
        sides = [self.space.dimensions[dimension].keys for dimension, _ in axes]
        count = prod(map(len, sides))
        self.terms.need(count * max(1, self.written(tree)), self.part)  # before the first is made
        self.terms.take(count, self.part)
        return [
            replace(inside, all_of={**self.all_of, **dict(zip(axes, chosen, strict=True))}).tree(
                tree
            )
            for chosen in product(*sides)
        ]

    def written(self, tree: Tree) -> int:
        """Return how many terms the sums within a tree are written out to."""
        if not isinstance(tree, Apply):
            return 0
        inside = sum(map(self.written, tree.arguments))
        if tree.function not in _AGGREGATES or not self.is_aggregate(tree):
            return inside
        whole = replace(self, whole=True)
        axes = {axis for argument in tree.arguments for axis in whole.axes(argument)}
        return prod(len(self.space.dimensions[d].keys) for d, _ in axes) * max(1, inside)

    def axes(self, tree: Tree) -> Iterator[tuple[str, int]]:
        """Yield what the ``*`` of a tree run through, each as dimension and how many before it."""
        if isinstance(tree, Name) and self.whole and tree.key in self.space.shapes:
            shape = self.space.shapes[tree.key]
            tree = Indexed(tree.key, tuple(Name("*") for _ in shape), tree.at)
        if isinstance(tree, Indexed) and tree.key in self.space.shapes:
            shape = self.space.shapes[tree.key]
            for subscript, dimension, ordinal in zip(
                tree.subscripts, shape, _ordinals(tree, shape), strict=False
            ):
                if isinstance(subscript, Name) and subscript.key == "*":
                    yield dimension, ordinal
                elif isinstance(subscript, Name) and subscript.key.endswith("!"):
                    yield self.known_dimension(subscript.key[:-1], tree), ordinal
        if isinstance(tree, Apply) and not self.is_inner(tree):
            for argument in tree.arguments:
                yield from self.axes(argument)

    def is_inner(self, tree: Apply) -> bool:
        """Say whether a function writes out its own ``*``."""
        return tree.function in VECTORS or (
            tree.function in _AGGREGATES and tree.function not in ("min", "max")
        )

    def known_dimension(self, word: str, node: Indexed) -> str:
        """Return a dimension's key, or say that there is none."""
        if word not in self.space.dimensions:
            raise self.error(f"there is no dimension called '{word}'", node)
        return word

    def size(self, tree: Tree, node: Apply) -> int:
        """Return how many elements a dimension or an array has."""
        if isinstance(tree, Name) and tree.key in self.space.dimensions:
            return len(self.space.dimensions[tree.key].keys)
        if isinstance(tree, (Name, Indexed)):
            return len(self.values(tree))
        raise self.error("size(…) takes a dimension or an array", node)

    # --- lookups ------------------------------------------------------------------------------

    def lookup(self, word: str, node: Apply) -> str:
        """Return the key of a lookup; of an array of lookups, the one at hand."""
        if word not in self.space.shapes:
            return word
        found = replace(self, whole=False).name(Name(word, node.at))
        assert isinstance(found, Name)
        return found.key

    def looked_up(self, tree: Apply) -> Tree:
        """Return ``lookup(graph, x)`` as ``graph(x)``, in the mode that the function says."""
        graph, at = tree.arguments
        found = self.tree(graph) if isinstance(graph, Indexed) else graph
        if not isinstance(found, Name):
            raise self.error(f"{tree.function}(…) takes the name of a lookup first", tree)
        word = self.lookup(found.key, tree) + _LOOKING[tree.function]
        return Apply(word, (self.tree(at),), tree.at)

    def error(self, problem: str, node: Indexed | Apply | Name) -> EquationError:
        """Return the error for a place in the equation, which it shows."""
        part = self.part
        text = part.initial if isinstance(part, Stock) else getattr(part, "equation", "")
        return show(part.where, problem, text, node.at)


def _ordinals(node: Indexed, shape: tuple[str, ...]) -> list[int]:
    """Return, for each subscript, how many before it run through all of the same dimension."""
    seen: dict[str, count[int]] = {}
    result = []
    for subscript, dimension in zip(node.subscripts, shape, strict=False):
        word = subscript.key if isinstance(subscript, Name) else ""
        axis = word.removesuffix("!") if word.endswith("!") else dimension
        runs = word == "*" or word.endswith("!")
        result.append(next(seen.setdefault(axis, count())) if runs else 0)
    return result


def _has_stars(tree: Tree) -> bool:
    if isinstance(tree, Indexed):
        return any(
            isinstance(s, Name) and (s.key == "*" or s.key.endswith("!")) for s in tree.subscripts
        )
    return isinstance(tree, Apply) and any(map(_has_stars, tree.arguments))


# Functions whose result is an array: each rule returns the value of the element at hand.
VECTORS: dict[str, Callable[[Element, Apply], Tree]] = vectors.RULES
