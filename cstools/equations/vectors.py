"""The rows of the functions whose result is an array, Vensim's above all.

An equation calls the whole function (``vector rank(revenue[company], 1)``); flattening makes of it
one call for each element, with a word of its own (``rank_at``), which takes the position of the
element and all the numbers that it depends on. See :mod:`cstools.engine.vectors`.
"""

from __future__ import annotations

from cstools.equations.aggregates import MANY
from cstools.equations.function import Function


def _whole(name: str, arguments: int, doc: str) -> Function:
    return Function(name, arguments, arguments, "", "", "", "?", doc)


def _at(name: str, fewest: int, doc: str, units: str) -> Function:
    form = f"{name}({{all}})"
    return Function(name, fewest, MANY, form, form, form, "?", doc, units=units)


ROWS = (
    _whole("vector_sort_order", 2, "which elements, from 0, stand in order: (array, 1 or -1)"),
    _whole("rank", 2, "which element, from 1, comes so far in rising order: rank(array, place)"),
    _whole("vector_rank", 2, "the rank, from 1, of each element: (array, 1 or -1)"),
    _whole("vector_reorder", 2, "an array in another order: (array, which ones, from 0)"),
    _whole("vector_elm_map", 2, "the element so far behind another: (array[element], how far)"),
    _whole(
        "vector_select",
        5,
        "a sum, product, least, most or mean of chosen elements: "
        "(which, array, value if none, what, 0)",
    ),
    _whole("invert_matrix", 2, "the inverse of a matrix: (matrix[row, column], size)"),
    _whole(
        "allocate_available",
        3,
        "what each gets of what there is: (requests, priorities[taker, ptype], available)",
    ),
    _whole(
        "allocate_by_priority",
        5,
        "what each gets of what there is: (requests, priorities, how many, width, available)",
    ),
    _at(
        "vector_selected",
        4,
        "vector_select for numbers: (what, value if none, which are chosen, values)",
        "any, a, any: a",
    ),
    _at(
        "order_at",
        3,
        "one element of vector_sort_order: (position, direction, all values)",
        "any, any, a: any",
    ),
    _at(
        "rank_at",
        3,
        "one element of vector_rank: (position, direction, all values)",
        "any, any, a: any",
    ),
    _at(
        "inverse_at",
        3,
        "one element of invert_matrix: (row, column, all values)",
        "any, any, a: 1/a",
    ),
    _at(
        "allocated_at",
        6,
        "one element of allocate_available: (position, available, requests, kinds, middles, …)",
        "any, a, any: a",
    ),
    _at(
        "prioritised_at",
        5,
        "one element of allocate_by_priority: (position, width, available, requests, priorities)",
        "any, any, a, any: a",
    ),
)
