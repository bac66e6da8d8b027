"""The names that a notebook shows: of its models, their variables and units, in their order.

Code goes by these names in every language. What is shown for them, under a curve, beside a slider,
on a map, stands in the notebook's catalogue with the context ``name`` or ``unit``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from cstools.languages import NAME, UNIT

#: The methods whose first words name a part of a model, or a model.
_NAMING = ("stock", "flow", "auxiliary", "constant", "lookup", "copy")
_UNITS = ("units", "time_units")
_FACETS = ("self", "others", "world")
_PLACES = {"stock": 2, "constant": 2}  # where units stand that are not called so


def names_in(source: str) -> Iterator[tuple[str, str]]:
    """Yield ``(context, words)`` for each name and unit that the code of a cell brings in.

    Those of a model of the course, ``facets.self.creative_tension()``, are asked of the model.
    """
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        if model := _model(node):
            yield from names_of(model)
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        sketched = isinstance(node.func, ast.Name) and node.func.id == "sketch"
        if method in _NAMING or sketched:
            yield from _named(node, method)


def names_of(model: Any) -> Iterator[tuple[str, str]]:
    """Yield the names and units of a model, and what stands under its sliders."""
    yield NAME, model.name
    yield UNIT, model.time_units
    for part in model.scalars.values():
        yield NAME, part.name
        yield UNIT, part.units
        if getattr(part, "between", None):
            yield NAME, part.doc


def _model(node: ast.Call) -> Any:
    """Return the model that a call makes, ``facets.self.burnout()``; nothing for another call."""
    way = ast.unparse(node.func).split(".")
    if len(way) != 3 or way[0] != "facets" or way[1] not in _FACETS:
        return None
    made = getattr(import_module(f"cstools.facets.{way[1]}"), way[2])()
    return made if hasattr(made, "scalars") else None


def _named(node: ast.Call, method: str) -> Iterator[tuple[str, str]]:
    words = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
    if words and isinstance(words[0], str):
        yield NAME, words[0]
    place = _PLACES.get(method)
    if place and len(node.args) > place:
        yield from _text(UNIT, node.args[place])
    for keyword in node.keywords:
        if keyword.arg in _UNITS:
            yield from _text(UNIT, keyword.value)


def _text(context: str, node: ast.expr) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield context, node.value
