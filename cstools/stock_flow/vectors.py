"""Functions whose result is an array, written out for one element; see :mod:`.element`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from cstools.equations.tree import Apply, Indexed, Name, Number, Tree

if TYPE_CHECKING:
    from cstools.stock_flow.element import Element

_NOT_AVAILABLE = Number(-(2.0**109))  # what Vensim has where there is no value


def _array(at: Element, tree: Tree, call: Apply, dimensions: int = 1) -> Indexed:
    """Return an argument that is an array with its subscripts."""
    if isinstance(tree, Name) and tree.key in at.space.shapes:
        tree = Indexed(tree.key, tuple(map(Name, at.space.shapes[tree.key])), tree.at)
    if not isinstance(tree, Indexed) or len(tree.subscripts) < dimensions:
        word = call.function.replace("_", " ")
        raise at.error(f"{word} takes an array with its dimensions: population[Region]", call)
    return tree


def _dimension(at: Element, tree: Indexed, place: int, call: Apply) -> str:
    """Return the key of the dimension in one of an array's subscripts."""
    subscript = tree.subscripts[place]
    word = subscript.key.removesuffix("!") if isinstance(subscript, Name) else ""
    if word not in at.space.dimensions:
        raise at.error(
            f"'{tree.key}' needs a dimension as its subscript number "
            f"{place % len(tree.subscripts) + 1} here",
            call,
        )
    return word


def _position(at: Element, dimension: str, call: Apply) -> Number:
    """Return the position, from 1, that the element at hand has in a dimension."""
    found = at.position(dimension)
    if found is None:
        name = at.space.dimensions[dimension].name
        raise at.error(
            f"it is not said which element of '{name}' is meant; give '{at.part.name}' that "
            "dimension, or one that maps to it",
            call,
        )
    return Number(float(found))


def _along(at: Element, tree: Indexed, *places: int) -> list[Tree]:
    """Return an array's elements along some of its dimensions, the last one fastest."""
    subscripts = list(tree.subscripts)
    for place in places:
        subscript = subscripts[place]
        assert isinstance(subscript, Name)
        subscripts[place] = Name(f"{subscript.key.removesuffix('!')}!", subscript.at)
    return at.values(replace(tree, subscripts=tuple(subscripts)))


def _sorting(word: str) -> Callable[[Element, Apply], Tree]:
    def rule(at: Element, call: Apply) -> Tree:
        array = _array(at, call.arguments[0], call)
        position = _position(at, _dimension(at, array, -1, call), call)
        direction = at.tree(call.arguments[1])
        return Apply(word, (position, direction, *_along(at, array, -1)), call.at)

    return rule


def _reorder(at: Element, call: Apply) -> Tree:
    array = _array(at, call.arguments[0], call)
    _dimension(at, array, -1, call)
    place = Apply("+", (at.tree(call.arguments[1]), Number(1.0)))
    return Apply("choose", (place, *_along(at, array, -1)), call.at)


def _elm_map(at: Element, call: Apply) -> Tree:
    """Return the element some places behind the one that is named; outside, Vensim's ``:NA:``."""
    array = _array(at, call.arguments[0], call)
    shape = at.space.shapes.get(array.key, ())
    here = at.tree(array)
    stars = tuple(Name("*") for _ in shape)
    everything = at.values(replace(array, subscripts=stars))
    if here not in everything:
        raise at.error("vector elm map begins from one element of an array", call)
    place = Apply("+", (at.tree(call.arguments[1]), Number(float(everything.index(here) + 1))))
    inside = Apply(
        "and",
        (
            Apply(">=", (place, Number(1.0))),
            Apply("<", (place, Number(float(len(everything) + 1)))),
        ),
    )
    return Apply("if", (inside, Apply("choose", (place, *everything)), _NOT_AVAILABLE), call.at)


def _select(at: Element, call: Apply) -> Tree:
    """Return what the chosen elements come to, or the value for none."""
    which, array, missing, what, on_error = call.arguments
    if on_error != Number(0.0):
        raise at.error(
            "vector select ends with a 0 here: it stops no run; look at its value instead", call
        )
    pairs = [p.arguments for p in at.values(Apply("+", (which, array))) if isinstance(p, Apply)]
    chosen, values = zip(*pairs, strict=True)
    return Apply("vector_selected", (at.tree(what), at.tree(missing), *chosen, *values), call.at)


def _inverse(at: Element, call: Apply) -> Tree:
    matrix = _array(at, call.arguments[0], call, 2)
    row, column = (_dimension(at, matrix, place, call) for place in (-2, -1))
    values = _along(at, matrix, -2, -1)
    size = call.arguments[1]
    if len(values) != len(at.space.dimensions[row].keys) ** 2 or (
        isinstance(size, Number) and size.value**2 != len(values)
    ):
        raise at.error("invert matrix takes a square matrix, and how many rows it has", call)
    places = _position(at, row, call), _position(at, column, call)
    return Apply("inverse_at", (*places, *values), call.at)


def _allocate(at: Element, call: Apply) -> Tree:
    """Return one element of ``ALLOCATE AVAILABLE``: its priorities are kind, middle and width."""
    requests = _array(at, call.arguments[0], call)
    profile = _array(at, call.arguments[1], call, 2)
    taker = _dimension(at, requests, -1, call)
    shape = at.space.shapes[profile.key]
    columns = at.space.dimensions[shape[-1]].keys
    kind = profile.subscripts[-1]
    first = columns.index(kind.key) if isinstance(kind, Name) and kind.key in columns else None
    if first is None or len(columns) < first + 3:
        raise at.error(
            "allocate available takes priorities with four columns, and the name of the first: "
            "priorities[taker, ptype]",
            call,
        )
    numbers = _along(at, requests, -1)
    for column in columns[first : first + 3]:
        subscripts = (*profile.subscripts[:-1], Name(column))
        numbers += _along(at, replace(profile, subscripts=subscripts), -2)
    available = at.tree(call.arguments[2])
    return Apply("allocated_at", (_position(at, taker, call), available, *numbers), call.at)


def _by_priority(at: Element, call: Apply) -> Tree:
    requests, priorities = (_array(at, tree, call) for tree in call.arguments[:2])
    taker = _dimension(at, requests, -1, call)
    _dimension(at, priorities, -1, call)
    width, available = (at.tree(tree) for tree in call.arguments[3:])
    numbers = (*_along(at, requests, -1), *_along(at, priorities, -1))
    return Apply(
        "prioritised_at", (_position(at, taker, call), width, available, *numbers), call.at
    )


def _ranked(at: Element, call: Apply) -> Tree:
    """Return XMILE's rank: the position, from 1, of the element that comes so far in order."""
    array, place = call.arguments
    values = at.values(array)
    return Apply("+", (Apply("order_at", (at.tree(place), Number(1.0), *values)), Number(1.0)))


RULES: dict[str, Callable[[Element, Apply], Tree]] = {
    "rank": _ranked,
    "vector_sort_order": _sorting("order_at"),
    "vector_rank": _sorting("rank_at"),
    "vector_reorder": _reorder,
    "vector_elm_map": _elm_map,
    "vector_select": _select,
    "invert_matrix": _inverse,
    "allocate_available": _allocate,
    "allocate_by_priority": _by_priority,
}
