"""The flows of a Vensim model, found again: the file has only what each stock adds up.

A variable is a flow when stocks add or subtract it by itself, at most one each, and element by
element. What a stock adds up otherwise becomes one flow of its own, "change in" that stock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce

from cstools.equations.tree import Apply, Indexed, Name, Number, Tree
from cstools.names import key, with_subscripts
from cstools.stock_flow.vensim.draft import Draft, Drafts
from cstools.stock_flow.vensim.ranges import Ranges


@dataclass(frozen=True)
class _Use:
    """A variable that stands alone in what a stock adds up."""

    stock: Draft
    end: str
    subscripts: tuple[str, ...]


def find(drafts: Drafts, ranges: Ranges) -> None:
    """Give the flows among some parts their ends, and add a flow for what is left."""
    stocks = [draft for draft in drafts.all if draft.kind == "stock"]
    terms = {id(stock): list(_terms(stock.tree)) for stock in stocks}
    ends = _ends(stocks, terms, drafts, ranges)
    for flow in (draft for draft in drafts.all if draft.key in ends):
        flow.kind = "flow"
        for end, base in ends[flow.key].items():
            name = with_subscripts(base, flow.subscripts) if flow.subscripts else base
            setattr(flow, end, name)
    bases: dict[str, str] = {}
    for stock in stocks:
        rest = [(sign, t) for sign, t in terms[id(stock)] if getattr(t, "key", "") not in ends]
        if rest and rest != [("+", Number(0.0))]:
            if stock.key not in bases:
                bases[stock.key] = drafts.free_name(f"change in {stock.base}")
            change = Draft("flow", bases[stock.key], stock.subscripts, tree=_sum(rest))
            drafts.add(replace(change, into=stock.name))


def _ends(
    stocks: list[Draft], terms: dict[int, list[tuple[str, Tree]]], drafts: Drafts, ranges: Ranges
) -> dict[str, dict[str, str]]:
    """Return for each flow, by key, the stocks at its ends."""
    uses: dict[str, list[_Use]] = {}
    for stock in stocks:
        for sign, tree in terms[id(stock)]:
            if isinstance(tree, (Name, Indexed)):
                end = "into" if sign == "+" else "out_of"
                uses.setdefault(tree.key, []).append(_Use(stock, end, _subscripts(tree)))
    pieces: dict[str, list[Draft]] = {}
    for draft in drafts.all:
        pieces.setdefault(draft.key, []).append(draft)
    result: dict[str, dict[str, str]] = {}
    for name, found in uses.items():
        if name in pieces and _is_flow(pieces[name], found, ranges):
            result[name] = {use.end: use.stock.base for use in found}
    return result


def _is_flow(pieces: list[Draft], uses: list[_Use], ranges: Ranges) -> bool:
    """Say whether a variable is computed, and fills or drains one stock at each end, no more."""
    if any(piece.kind != "auxiliary" for piece in pieces):
        return False
    every = _elements([piece.subscripts for piece in pieces], ranges)
    for end in ("into", "out_of"):
        there = [use for use in uses if use.end == end]
        if not there:
            continue
        one_stock = len({use.stock.key for use in there}) == 1
        alike = all(use.subscripts == tuple(map(key, use.stock.subscripts)) for use in there)
        met = _elements([use.stock.subscripts for use in there], ranges)
        if not one_stock or not alike or met != every or len(met) != len({*met}):
            return False
    return True


def _elements(said: list[tuple[str, ...]], ranges: Ranges) -> list[tuple[str, ...]]:
    """Return every element that some subscripts cover, in order."""
    found: list[tuple[str, ...]] = []
    for subscripts in said:
        cells: list[tuple[str, ...]] = [()]
        for word in subscripts:
            cells = [(*cell, key(e)) for cell in cells for e in ranges.elements(word)]
        found += cells
    return sorted(found)


def _subscripts(tree: Name | Indexed) -> tuple[str, ...]:
    words = tree.subscripts if isinstance(tree, Indexed) else ()
    return tuple(getattr(word, "key", "") for word in words)


def _terms(tree: Tree, sign: str = "+") -> Iterator[tuple[str, Tree]]:
    """Yield the terms of a sum, each with its sign."""
    other = "-" if sign == "+" else "+"
    if isinstance(tree, Apply) and tree.function in ("+", "-"):
        yield from _terms(tree.arguments[0], sign)
        yield from _terms(tree.arguments[1], sign if tree.function == "+" else other)
    elif isinstance(tree, Apply) and tree.function == "neg":
        yield from _terms(tree.arguments[0], other)
    else:
        yield sign, tree


def _sum(terms: list[tuple[str, Tree]]) -> Tree:
    first, *others = [tree if sign == "+" else Apply("neg", (tree,)) for sign, tree in terms]
    return reduce(lambda left, right: Apply("+", (left, right)), others, first)
