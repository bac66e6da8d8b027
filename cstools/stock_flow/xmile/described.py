"""The variables of a model, described element by element for an XMILE file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from cstools.equations.printing import plain_number
from cstools.equations.tree import Name, Tree, total
from cstools.names import key
from cstools.stock_flow import lowering
from cstools.stock_flow.parts import Constant, Flow, Lookup, Stock
from cstools.stock_flow.xmile.arrays import Arrays, Group
from cstools.stock_flow.xmile.elements import added
from cstools.stock_flow.xmile.folding import Fold, folded
from cstools.stock_flow.xmile.variables import FULL_NAME
from cstools.stock_flow.xmile.wording import Said, Wording, spelled

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

_TYPES = {"extrapolate": "extrapolate", "step": "discrete", "forward": "forward"}


def described(model: StockFlow, verbatim: bool) -> ET.Element:
    """Return the ``<variables>`` of a model.

    Notes
    -----
    What XMILE cannot say of arrays is written in what it can: a flow that joins stocks otherwise
    than element by element becomes an auxiliary, and its stocks get flows that add it up.
    """
    writer = _Writer(model, verbatim)
    writer.write()
    return writer.variables


class _Writer:
    def __init__(self, model: StockFlow, verbatim: bool) -> None:
        self.variables = ET.Element("variables")
        self.arrays = Arrays(model)
        self.wording = Wording(model, self.arrays, verbatim)
        self.flows = [g for g in self.arrays.groups if isinstance(g.first, Flow)]
        self.ends = {
            end: {key(g.base): self.arrays.joins(g, end) for g in self.flows}
            for end in ("into", "out_of")
        }
        self.uneven = {k for side in self.ends.values() for k, base in side.items() if base == ""}
        self.tags = self._tags()
        mixed = any(_kept(g) not in (0, len(g.parts)) for g in self.arrays.groups)
        # Then nothing is left to hold back: the flows are written with it built in.
        self.written_out = bool(self.uneven) or mixed
        if self.written_out:
            self.wording.held = lowering.held_back(model.scalars)
        self.folds = dict(self._folds()) if verbatim else {}

    def _tags(self) -> dict[str, list[tuple[str, str]]]:
        """Return the tags of each stock, by its key: which flow is an inflow, which an outflow."""
        found: dict[str, list[tuple[str, str]]] = {}
        for flow in map(key, (group.base for group in self.flows)):
            for end, tag in (("into", "inflow"), ("out_of", "outflow")):
                if flow not in self.uneven and (stock := self.ends[end][flow]):
                    found.setdefault(stock, []).append((tag, flow))
        return found

    def _folds(self) -> Iterator[tuple[str, Fold]]:
        """Yield the lookups that stand inside a variable, by its key."""
        groups = {key(group.base): group for group in self.arrays.groups}
        for name, fold in folded(self.arrays).items():
            held = any(cell in self.wording.held for _, cell in groups[name].cells())
            if not held and self.arrays.whole(fold.argument, groups[name]) is not None:
                yield name, fold

    def write(self) -> None:
        inside = {key(fold.table.base) for fold in self.folds.values()}
        for group in self.arrays.groups:
            if not isinstance(group.first, Lookup):
                self.variable(group)
            elif key(group.base) not in inside:
                self.lookups(group)
        if self.uneven:
            self.sums()
        for name, (lookup, mode) in self.wording.made.items():
            self.graph(name, lookup, mode)

    # --- variables --------------------------------------------------------------------------------

    def variable(self, group: Group) -> None:
        first, base = group.first, key(group.base)
        tag = {Stock: "stock", Flow: "flow"}.get(type(first), "aux")
        tag = "aux" if base in self.uneven else tag
        element = self.named(tag, group.base if group.dimensions else first.name)
        if first.doc:
            added(element, "doc", first.doc)
        _range(element, group)
        if base in self.folds:
            self.folded(element, group, self.folds[base])
        else:
            self.equations(element, group)
        if tag == "stock":
            self.joined(element, base)
        if not self.written_out and isinstance(first, (Stock, Flow)) and first.non_negative:
            added(element, "non_negative")
        if first.units:
            added(element, "units", first.units)
        if isinstance(first, (Stock, Constant)) and first.between:
            low, high = map(plain_number, first.between)
            ET.SubElement(element, "range", {"min": low, "max": high})

    def named(self, tag: str, name: str) -> ET.Element:
        """Add a variable under the name that it has in the file, and its own if they differ."""
        written = self.wording.spelling[key(name)] if "." in name else name
        element = ET.SubElement(self.variables, tag, {"name": written})
        if written in self.wording.full:
            element.set(FULL_NAME, self.wording.full[written])
        return element

    def joined(self, element: ET.Element, stock: str) -> None:
        """Write the flows of a stock, in the order in which they are served."""
        for tag, flow in self.tags.get(stock, ()):
            added(element, tag, spelled(self.wording.spelling[flow]))

    def equations(self, element: ET.Element, group: Group) -> None:
        """Write the equation of a variable, or one for each of its elements."""
        if group.is_whole and (said := self.wording.whole(group)) is not None:
            _equation(element, said)
            return
        for elements, cell in group.cells():
            if (part := self.arrays.scalars.get(cell)) is not None:
                _equation(_place(element, elements), self.wording.single(part))

    # --- lookups ----------------------------------------------------------------------------------

    def lookups(self, group: Group) -> None:
        """Write a lookup; of an array of them, each under a name of its own."""
        for _, cell in group.cells():
            lookup = self.arrays.scalars.get(cell)
            if isinstance(lookup, Lookup):
                self.graph(self.wording.table(cell), lookup, lookup.mode)

    def graph(self, name: str, lookup: Lookup, mode: str) -> None:
        element = self.named("gf", name)
        if lookup.doc:
            added(element, "doc", lookup.doc)
        _points(element, lookup, mode)
        if lookup.units:
            added(element, "units", lookup.units)

    def folded(self, element: ET.Element, group: Group, fold: Fold) -> None:
        """Write the argument of a lookup as the equation, and the lookup inside."""
        name = "" if key(fold.table.base) == key(f"{group.base} lookup") else fold.table.base
        for elements, cell in fold.table.cells():
            lookup = self.arrays.scalars[cell]
            assert isinstance(lookup, Lookup)
            graph = ET.SubElement(_place(element, elements), "gf", {"name": name} if name else {})
            _points(graph, lookup, lookup.mode)
        tree = self.arrays.whole(fold.argument, group)
        assert tree is not None
        _equation(element, self.wording.said(group.first, fold.text, tree, fold.argument))

    # --- flows that XMILE cannot tell element by element ------------------------------------------

    def sums(self) -> None:
        """Write one flow into each stock, and one out of it, for the flows that are auxiliaries."""
        elements = {key(element.get("name", "")): element for element in self.variables}
        for end, word in (("into", "inflow"), ("out_of", "outflow")):
            terms = self.terms(end)
            for stock in (g for g in self.arrays.groups if isinstance(g.first, Stock)):
                if not any(cell in terms for _, cell in stock.cells()):
                    continue
                flow = self.named("flow", self.wording.named(f"{word} of {stock.base}"))
                _range(flow, stock)
                for place, cell in stock.cells():
                    tree = total(tuple(terms.get(cell, ())))
                    _equation(_place(flow, place), self.wording.text(tree))
                written = key(self.wording.spelling[key(stock.base)])
                added(elements[written], word, spelled(flow.get("name", "")))

    def terms(self, end: str) -> dict[str, list[Tree]]:
        """Return the flows that are written as auxiliaries, by the single stock at one end."""
        found: dict[str, list[Tree]] = {}
        for flow in self.arrays.scalars.values():
            alone = isinstance(flow, Flow) and key(flow.base) in self.uneven
            if alone and (stock := getattr(flow, end)):
                found.setdefault(key(stock), []).append(self.arrays.element(Name(flow.key)))
        return found


def _range(element: ET.Element, group: Group) -> None:
    """Write what a variable ranges over."""
    if group.dimensions:
        inside = added(element, "dimensions")
        for dimension in group.dimensions:
            ET.SubElement(inside, "dim", {"name": dimension.name})


def _place(element: ET.Element, elements: tuple[str, ...]) -> ET.Element:
    """Return where something of one element is written; of a single value, its variable."""
    if not elements:
        return element
    # PySD 3.14 takes a space after the comma for a part of the name.
    return ET.SubElement(element, "element", {"subscript": ",".join(elements)})


def _equation(element: ET.Element, said: Said) -> None:
    text, first = said if isinstance(said, tuple) else (said, "")
    added(element, "eqn", text)
    if first:
        added(element, "init_eqn", first)


def _points(element: ET.Element, lookup: Lookup, mode: str) -> None:
    if mode in _TYPES:
        element.set("type", _TYPES[mode])
    added(element, "xpts", ",".join(plain_number(x) for x, _ in lookup.points))
    added(element, "ypts", ",".join(plain_number(y) for _, y in lookup.points))


def _kept(group: Group) -> int:
    """Return how many parts of a group may not fall below zero."""
    return sum(isinstance(p, (Stock, Flow)) and p.non_negative for p in group.parts)
