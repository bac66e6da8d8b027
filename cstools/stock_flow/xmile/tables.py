"""The graphs of a file as lookups: those that stand alone, and those inside a variable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from cstools.equations.text import parse, spelled
from cstools.equations.tree import Apply, Name, walk
from cstools.errors import CstoolsError
from cstools.names import key, label
from cstools.stock_flow.model import StockFlow
from cstools.stock_flow.xmile import graphs
from cstools.stock_flow.xmile.elements import child, children, plain, text_of
from cstools.stock_flow.xmile.pieces import Piece
from cstools.stock_flow.xmile.variables import Variable


class Tables:
    """Finds names for the graphs of a file, and adds them as lookups.

    A graph without an equation is a lookup. A graph beside one gets a name of its own, by which
    its variable calls it, and others too: ``price lookup`` for the graph in ``price``.

    Attributes
    ----------
    names : dict
        Key of a variable → the name of the graph in it.
    shared : frozenset of str
        Keys of the arrays with one graph for all elements.
    """

    def __init__(self, known: Mapping[str, Variable]) -> None:
        self.known = known
        self.names: dict[str, str] = {}
        self._taken = set(known)
        with_graph = [v for v in known.values() if _has_graph(v) and _equations(v)]
        only = self._only_called([v for v in with_graph if None not in map(plain, _equations(v))])
        for variable in with_graph:
            if variable.key not in only:
                self.names[variable.key] = self._name(variable)
        self.alone = only
        self.shared = frozenset(
            v.key for v in with_graph if child(v.element, "gf") is not None and v.dimensions
        )

    def is_table(self, variable: Variable, said: list[Piece]) -> bool:
        """Say whether a variable is a lookup and nothing else."""
        if variable.key in self.alone or variable.kind == "gf":
            return True
        return any(p.graph is not None for p in said) and not any(p.equation for p in said)

    def call(self, variable: Variable, piece: Piece, text: str) -> str:
        """Return an equation that goes through the graph of its piece."""
        assert piece.graph is not None
        if not graphs.has_points(piece.graph):  # <gf name="another"/>
            return f"{spelled(label(piece.graph.get('name', '')).replace(' ', '_'))}({text})"
        table = spelled(self.names[variable.key].replace(" ", "_"))
        own = child(variable.element, "gf")
        if piece.graph is own:
            return f"{table}({text})"
        return f"{piece.named(table)}({text})"

    def add(self, model: StockFlow, variable: Variable, said: list[Piece], **about: Any) -> None:
        """Add a variable that is a lookup."""
        self._add(model, variable.name, variable, said, **about)

    def add_of(self, model: StockFlow, variable: Variable, said: list[Piece]) -> None:
        """Add the graphs inside a variable."""
        if variable.key in self.names:
            self._add(model, self.names[variable.key], variable, said)

    def _add(
        self, model: StockFlow, name: str, variable: Variable, said: list[Piece], **about: Any
    ) -> None:
        own, added = child(variable.element, "gf"), set()
        for piece in said:
            if piece.graph is None or not graphs.has_points(piece.graph):
                continue
            whole = name if piece.graph is own or variable.kind == "gf" else piece.named(name)
            if whole not in added:
                found = graphs.points(piece.graph, variable.where)
                mode = graphs.mode(piece.graph, variable.where)
                model.lookup(whole, found, mode=mode, **about)
                added.add(whole)

    def _name(self, variable: Variable) -> str:
        """Return a name that no variable has, for the graph in one."""
        inside = [variable.element, *children(variable.element, "element")]
        found = [graph for element in inside for graph in children(element, "gf")]
        said = next((label(g.get("name", "")) for g in found if graphs.has_points(g)), "")
        wanted = variable.scope.full(said) if said else f"{variable.name} lookup"
        name = next(name for name in _numbered(wanted) if key(name) not in self._taken)
        self._taken.add(key(name))
        return name

    def _only_called(self, candidates: list[Variable]) -> set[str]:
        """Return the keys of the candidates that others use as lookups and never as values.

        A converter writes a lookup that stands alone as a graph with the equation 0.
        """
        if not candidates:
            return set()
        called: set[str] = set()
        valued: set[str] = set()
        for variable in self.known.values():
            for word, as_lookup in _mentions(variable):
                (called if as_lookup else valued).add(variable.scope.names.get(word, word))
        return {v.key for v in candidates if v.key in called - valued}


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name} {number}" for number in count(2))


def _has_graph(variable: Variable) -> bool:
    if variable.kind == "gf" or variable.given:
        return False
    inside = [variable.element, *children(variable.element, "element")]
    return any(child(element, "gf") is not None for element in inside)


def _equations(variable: Variable) -> list[str]:
    inside = [variable.element, *children(variable.element, "element")]
    said = [text_of(equation) for element in inside for equation in children(element, "eqn")]
    return [text for text in said if text]


def _mentions(variable: Variable) -> Iterator[tuple[str, bool]]:
    """Yield the names in a variable's equations, and whether each is called as a lookup."""
    for text in _equations(variable):
        try:
            nodes = list(walk(parse(text)))
        except CstoolsError:
            continue  # told where the equation is read
        graphs_called = [
            node.arguments[0]
            for node in nodes
            if isinstance(node, Apply) and node.function.startswith("lookup") and node.arguments
        ]
        for node in nodes:
            if isinstance(node, Apply):
                yield node.function, True
            elif isinstance(node, Name):
                yield node.key, any(node is called for called in graphs_called)
