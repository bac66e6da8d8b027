"""A call of a Vensim macro, written out as ordinary parts.

``output = SHARE(a, b)``, of a macro with a stock ``held``, gives the model a stock
``output.held``; what the macro returns stands in the equation where it was called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstools.equations.tree import Apply, Tree
from cstools.names import key
from cstools.stock_flow.vensim.draft import Draft
from cstools.stock_flow.vensim.text import Section

if TYPE_CHECKING:
    from cstools.stock_flow.vensim.expressions import Expressions


def inlined(macro: Section, arguments: tuple[Tree, ...], reader: Expressions) -> Tree:
    """Add the parts of a macro for one call of it, and return what it comes to.

    1. Every name of the macro means a part of its own, named after the part that calls.
    2. An argument that is a name or a number stands for itself; another one becomes a part, so
       that what it draws or remembers happens once.
    3. The macro's equations are read with these names.
    """
    _check(macro, arguments, reader)
    parts = {said.key: _part(said.name, reader) for said in macro.said}
    names = {name: part.reference() for name, part in parts.items()}
    for name, argument in zip(macro.inputs, arguments, strict=True):
        if isinstance(argument, Apply):
            part = reader.pieces.drafts.add(_part(name, reader))
            part.tree = argument
            argument = part.reference()
        names[key(name)] = argument
    with reader.pieces.inside(macro.name):
        for said in macro.said:
            reader.pieces.add(said, parts[said.key], names)
    return names[key(macro.name)]


def _check(macro: Section, arguments: tuple[Tree, ...], reader: Expressions) -> None:
    wanted, given = len(macro.inputs), len(arguments)
    if wanted != given:
        plural = "" if wanted == 1 else "s"
        raise reader.error(
            f"the macro {macro.name} takes {wanted} argument{plural}, and here it has {given}"
        )
    if macro.outputs:
        raise reader.error(
            f"the macro {macro.name} gives several results, which cannot be run here yet"
        )
    if any(said.subscripts for said in macro.said):
        raise reader.error(f"the macro {macro.name} has arrays, which cannot be run here yet")
    if macro.name in reader.pieces.active:
        raise reader.error(f"the macro {macro.name} calls itself, and would never end")
    if key(macro.name) not in {said.key for said in macro.said}:
        raise reader.error(f"the macro {macro.name} has no equation for its own result")


def _part(name: str, reader: Expressions) -> Draft:
    """Return a part for one of a macro's names: it ranges over what the calling part does."""
    owner = reader.owner
    over = tuple(word for word in owner.subscripts if reader.pieces.ranges.is_range(word))
    return Draft("auxiliary", reader.pieces.drafts.free_name(f"{owner.base}.{name}"), over)
