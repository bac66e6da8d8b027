"""The equations of a model as an XMILE file has them: letter for letter, or in XMILE's words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count
from typing import TYPE_CHECKING

from cstools.equations.printing import plain_number, to_xmile
from cstools.equations.text import is_portable
from cstools.equations.tree import Apply, Tree, replace, written_size
from cstools.errors import FileError
from cstools.names import key, label
from cstools.stock_flow import lowering
from cstools.stock_flow.parts import AnyPart, Auxiliary, Constant, Flow, Lookup, Stock
from cstools.stock_flow.xmile import portable
from cstools.stock_flow.xmile.arrays import Arrays, Group
from cstools.stock_flow.xmile.folding import mentioned

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

# XMILE minds no case, but PySD 3.14 reads IF in capitals only.
_SMALL = re.compile(r"\b(?!IF\b|THEN\b|ELSE\b)(?i:if|then|else)\b")

Said = str | tuple[str, str]  # an equation; or one, and another to begin from


def spelled(name: str) -> str:
    """Return a name as XMILE files spell it: one line, spaces as underscores.

    So are points, which stand between a module and its variable in XMILE.
    """
    return label(name).replace(" ", "_").replace(".", "_")


class Wording:
    """Puts the equations of a model into XMILE's words.

    Attributes
    ----------
    arrays : Arrays
    spelling : dict
        Key → the name under which something stands in the file.
    full : dict
        A name in the file → the name in the model, where the two differ.
    held : mapping
        Key of a flow → its equation with what holds it back built in, where it is written so.
    made : dict
        A name in the file → the lookup, and the mode, that some call asks for.
    """

    def __init__(self, model: StockFlow, arrays: Arrays, verbatim: bool) -> None:
        self.arrays, self.verbatim = arrays, verbatim
        self.spelling = model.spelling
        self.held: Mapping[str, Tree] = {}
        self.full: dict[str, str] = {}
        self.made: dict[str, tuple[Lookup, str]] = {}
        self._tables: dict[str, str] = {}
        for group in (g for g in arrays.groups if "." in g.base):
            written = self.named(group.base.replace(".", "_"))
            self.spelling[key(group.base)], self.full[written] = written, group.base

    def whole(self, group: Group) -> Said | None:
        """Return the equation of all of a variable; ``None`` where XMILE needs one for each."""
        part = group.first
        if isinstance(part, Constant):
            return plain_number(part.value)
        if any(cell in self.held for _, cell in group.cells()):
            return None
        assert isinstance(part, (Stock, Flow, Auxiliary))
        assert part.tree is not None
        tree = self.arrays.whole(part.tree, group)
        if tree is None:
            return None
        return self.said(part, lowering.equation_of(part), tree, part.tree)

    def said(self, part: AnyPart, text: str, tree: Tree, own: Tree) -> Said:
        """Return an equation letter for letter, where its text is XMILE, or in XMILE's words."""
        renamed = {*map(key, self.full.values())} & {*mentioned(tree)}
        twofold = isinstance(tree, Apply) and tree.function == "active_initial"
        as_said = tree == own and not (renamed or twofold) and portable.is_portable(tree)
        if self.verbatim and text and as_said and is_portable(text) and not _SMALL.search(text):
            return text
        return self.text(_in_words_of_xmile(part, tree))

    def single(self, part: AnyPart) -> Said:
        """Return the equation of a single value."""
        if isinstance(part, Constant):
            return plain_number(part.value)
        tree = self.held.get(part.key) or lowering.resolved(part, self.arrays.scalars)
        called = replace(_in_words_of_xmile(part, tree), self._table_called)
        return self.text(self.arrays.element(called))

    def text(self, tree: Tree) -> Said:
        """Return a tree as text; with another one to begin from, both."""
        if isinstance(tree, Apply) and tree.function == "active_initial":
            value, first = tree.arguments
            return to_xmile(value, self.spelling), to_xmile(first, self.spelling)
        return to_xmile(tree, self.spelling)

    # --- names ------------------------------------------------------------------------------------

    def table(self, cell: str) -> str:
        """Return the name of a single lookup in the file; those of an array stand by themselves."""
        part = self.arrays.scalars[cell]
        if not part.subscripts:
            return part.name
        if cell not in self._tables:
            self._tables[cell] = self.named(" ".join([part.base, *part.subscripts]))
        return self._tables[cell]

    def named(self, wanted: str) -> str:
        """Return a name that nothing in the file has yet, and keep it."""
        numbered = (f"{wanted} {number}" if number > 1 else wanted for number in count(1))
        name = next(n for n in numbered if key(n) not in self.spelling)
        self.spelling[key(name)] = name
        return name

    def _table_called(self, node: Tree) -> Tree:
        """Return a call of a lookup by the name that the lookup has in the file."""
        if not isinstance(node, Apply):
            return node
        cell, _, mode = node.function.partition(" ")
        lookup = self.arrays.scalars.get(cell)
        if not isinstance(lookup, Lookup):
            return node
        name = self.table(cell)
        if mode:
            kept = (n for n, made in self.made.items() if made == (lookup, mode))
            name = next(kept, "") or self.named(f"{name} {mode}")
            self.made[name] = (lookup, mode)
        return Apply(key(name), node.arguments, node.at)


# A function that XMILE lacks says its argument twice or more: one inside another grows fast.
_MOST_NODES = 20_000


def _in_words_of_xmile(part: AnyPart, tree: Tree) -> Tree:
    """Return a tree in functions that XMILE has, or say that it would be too long to read."""
    written = portable.portable(tree)
    if written_size(written)[0] > _MOST_NODES:
        raise FileError(
            f"{part.where}: in the functions that XMILE has, this equation would be too long to "
            "read; give the inner part a name of its own, as an auxiliary"
        )
    return written
