"""Graphs that belong inside a variable: the one that alone calls a lookup holds it in its file.

So does the field draw them, and other programs know them only there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cstools.equations.text import parse
from cstools.equations.tree import Apply, Indexed, Name, Tree
from cstools.errors import CstoolsError
from cstools.names import key
from cstools.stock_flow.lowering import equation_of
from cstools.stock_flow.parts import Auxiliary, Flow, Lookup
from cstools.stock_flow.xmile.arrays import Arrays, Group


@dataclass(frozen=True)
class Fold:
    """A lookup and the variable that holds it.

    Attributes
    ----------
    table : Group
        The lookup, or an array of them.
    argument : Tree
        What it is called with.
    text : str
        The same as written, empty where it is not to be found in the equation.
    """

    table: Group
    argument: Tree
    text: str


def folded(arrays: Arrays) -> dict[str, Fold]:
    """Return, for each variable whose equation is nothing but a lookup of its own, that lookup."""
    tables = {
        key(group.base): group
        for group in arrays.groups
        if all(isinstance(p, Lookup) and not p.units and not p.doc for p in group.parts)
    }
    uses = Counter(
        word
        for group in arrays.groups
        for part in group.parts
        if (tree := getattr(part, "tree", None)) is not None
        for word in mentioned(tree)
        if word in tables
    )
    found: dict[str, Fold] = {}
    for group in arrays.groups:
        if isinstance(group.first, (Flow, Auxiliary)) and group.is_whole:
            call = _called(group.first.tree, group)
            if call and uses[call[0]] == 1 and call[0] in tables:
                table = tables[call[0]]
                if table.dimensions in ((), group.dimensions):
                    text = _inside(equation_of(group.first), call[1])
                    found[key(group.base)] = Fold(table, call[1], text)
    return found


def _called(tree: Tree | None, group: Group) -> tuple[str, Tree] | None:
    """Return the lookup that an equation is, and what it is called with."""
    if not isinstance(tree, Apply) or not tree.arguments:
        return None
    if len(tree.arguments) == 1:
        return tree.function, tree.arguments[0]
    graph = tree.arguments[0]
    if tree.function == "lookup" and isinstance(graph, Indexed):
        own = [Name(dimension.key) for dimension in group.dimensions]
        if list(graph.subscripts) == own:
            return graph.key, tree.arguments[1]
    return None


def _inside(text: str, argument: Tree) -> str:
    """Return what stands between the parentheses of a call, if it is the argument indeed."""
    for start in (place for place, sign in enumerate(text) if sign == "("):
        inside = text.strip()[start + 1 : -1]
        try:
            if parse(inside) == argument:
                return inside
        except CstoolsError:
            continue
    return ""


def mentioned(tree: Tree) -> Iterator[str]:
    """Yield the keys of all that a tree names or calls."""
    if isinstance(tree, Name):
        yield tree.key
    elif isinstance(tree, (Apply, Indexed)):
        inside = tree.arguments if isinstance(tree, Apply) else tree.subscripts
        yield tree.function if isinstance(tree, Apply) else tree.key
        for branch in inside:
            yield from mentioned(branch)
