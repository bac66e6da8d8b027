"""What an equation is once it is read: numbers, names, and functions applied to them.

Operators are functions like any other (``a + b`` is ``Apply("+", (a, b))``), so that one table,
:mod:`cstools.equations.functions`, says everything there is to say about each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from operator import is_not


@dataclass(frozen=True)
class Number:
    """A number as written in the equation."""

    value: float


@dataclass(frozen=True)
class Name:
    """A variable, by its key; ``at`` is where in the text it stands."""

    key: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Apply:
    """A function or operator, by its row in the table or a lookup's key, and its arguments."""

    function: str
    arguments: tuple[Tree, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Indexed:
    """An element or a slice of an array: its key, and one subscript for each dimension.

    A subscript is the :class:`Name` of a dimension or an element, ``Name("*")`` for all along a
    dimension, ``Name("region!")`` for all of a named one, a :class:`Number`, or a computed
    position. A flattened tree has none of these.
    """

    key: str
    subscripts: tuple[Tree, ...]
    at: int = field(default=0, compare=False)


Tree = Number | Name | Apply | Indexed


def walk(tree: Tree) -> Iterator[Tree]:
    """Yield every node of a tree, each before its arguments."""
    pending = [tree]
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, Apply):
            pending.extend(reversed(node.arguments))


def depths(tree: Tree) -> Iterator[tuple[Tree, int]]:
    """Yield every node of a tree and how deep it stands, from 1, each before its arguments."""
    pending = [(tree, 1)]
    while pending:
        node, depth = pending.pop()
        yield node, depth
        if isinstance(node, Apply):
            pending.extend((argument, depth + 1) for argument in reversed(node.arguments))


def names(tree: Tree) -> tuple[str, ...]:
    """Return the keys of the variables in a tree, in order of appearance, each once."""
    return tuple(dict.fromkeys(node.key for node in walk(tree) if isinstance(node, Name)))


def replace(tree: Tree, change: Callable[[Tree], Tree]) -> Tree:
    """Return the tree with ``change`` applied to every node, arguments first."""
    if isinstance(tree, Apply):
        arguments = tuple(map(replace, tree.arguments, repeat(change)))
        if any(map(is_not, arguments, tree.arguments)):
            tree = Apply(tree.function, arguments, tree.at)
    return change(tree)


def written_size(tree: Tree) -> tuple[int, int]:
    """Return how many nodes a tree has when it is written, and how deep they stand.

    A tree that holds the same part in several places holds it once in memory, and writes it out
    each time: what is small here can be larger there than any computer.
    """
    found: dict[int, tuple[int, int]] = {}
    pending = [tree]
    while pending:
        node = pending[-1]
        arguments = node.arguments if isinstance(node, Apply) else ()
        waiting = [argument for argument in arguments if id(argument) not in found]
        if waiting:
            pending.extend(waiting)
            continue
        inside = [found[id(argument)] for argument in arguments]
        size = 1 + sum(count for count, _ in inside)
        found[id(node)] = size, 1 + max((depth for _, depth in inside), default=0)
        pending.pop()
    return found[id(tree)]


def substitute(tree: Tree, values: Mapping[str, Tree]) -> Tree:
    """Return the tree with some names replaced by trees."""
    return replace(tree, lambda n: values.get(n.key, n) if isinstance(n, Name) else n)


_MOST_IN_A_CHAIN = 50


def total(terms: Sequence[Tree]) -> Tree:
    """Return the sum of some trees; of none, zero."""
    if not terms:
        return Number(0.0)
    if len(terms) > _MOST_IN_A_CHAIN:
        return Apply("sum", tuple(terms))  # adds from the left as well, and is not a thousand deep
    result = terms[0]
    for term in terms[1:]:
        negative = isinstance(term, Apply) and term.function == "neg"
        result = (
            Apply("-", (result, term.arguments[0]))
            if negative and isinstance(term, Apply)
            else Apply("+", (result, term))
        )
    return result
