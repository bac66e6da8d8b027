"""Arrays become single values: each equation is written out for every element.

1. A part such as ``population[Region]`` becomes one part for each element, ``population[North]``
   and so on. Where two parts say the same element, the one said later holds.
2. On the right side a dimension becomes the element that is bound, ``*`` and ``Region!`` are
   written out by the function around them, and a computed position becomes a choice.
3. A bare name of an array stands for the element at hand, and inside ``sum`` and its like for all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cstools.errors import ModelError
from cstools.names import key, split_subscripts, with_subscripts
from cstools.stock_flow.arrays import MOST_VALUES, Space
from cstools.stock_flow.element import Element, Terms
from cstools.stock_flow.parts import AnyPart, Auxiliary, Dimension, Flow, Stock

Parts = Mapping[str, AnyPart]


def flatten(parts: Parts, dimensions: Mapping[str, Dimension]) -> dict[str, AnyPart]:
    """Return the single values of a model, by key; a part without subscripts stays as it is.

    Raises
    ------
    ModelError, UnknownNameError, EquationError
        When a subscript means nothing, or an array stands where one value is wanted.
    """
    space = Space.of(parts.values(), dimensions)
    for part in parts.values():
        if not part.subscripts and part.key in space.shapes:
            raise ModelError(
                f"'{part.name}' is a single value and an array; give one of them another name"
            )
    flat: dict[str, AnyPart] = {}
    terms = Terms()
    for part in parts.values():
        for name, binding in space.cells(part):
            flat[key(name)] = _cell(part, name, Element(part, binding, space, parts, terms))
        if len(flat) > MOST_VALUES:
            raise ModelError(
                f"with {part.where} this model has more than {MOST_VALUES:,} single values; that "
                "is more than a model can hold"
            )
    return flat


def _cell(part: AnyPart, name: str, element: Element) -> AnyPart:
    """Return one element of a part."""
    tree = getattr(part, "tree", None)
    changes: dict[str, object] = {} if name == part.name else {"name": name}
    if isinstance(part, (Stock, Flow, Auxiliary)) and tree is not None:
        written = element.tree(tree)
        changes |= {} if written == tree else {"tree": written}
    if isinstance(part, Flow) and element.space.shapes:
        ends = {"out_of": part.out_of, "into": part.into}
        changes |= {k: _end(part, end, element) for k, end in ends.items() if end}
    return replace(part, **changes) if changes else part  # type: ignore[arg-type]


def _end(flow: Flow, end: str, element: Element) -> str:
    """Return the name of the stock at an end of a flow, with the elements at hand."""
    binding, space = element.binding, element.space
    base, said = split_subscripts(end)
    if key(base) not in space.shapes:
        return end
    words = [*map(key, said)] or list(space.shapes[key(base)])
    found = [space.element_for(w, binding) if w in space.dimensions else w for w in words]
    missing = [word for word, cell in zip(words, found, strict=True) if cell is None]
    if missing:
        name = space.dimensions[missing[0]].name
        raise ModelError(
            f"{flow.where}: it is not said which element of '{name}' it means by '{end}'; "
            f"give the flow the dimension, or name one element"
        )
    return with_subscripts(base, [space.name_of(e) for e in found if e is not None])
