"""Flows that may not run backwards, or take a stock below zero, with that built in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cstools.equations.tree import Apply, Name, Number, Tree, names, total
from cstools.errors import ModelError
from cstools.names import key
from cstools.stock_flow.parts import Flow, Stock

_ZERO = Number(0.0)
# The equation of each of them names all those before it.
_MOST_FLOWS = 300


def held_back(
    stocks: Iterable[Stock], flows: Iterable[Flow], trees: Mapping[str, Tree]
) -> dict[str, Tree]:
    """Return the equations of the flows that are held back, by key.

    1. A non-negative flow is never below zero.
    2. What a non-negative stock holds, per step, is what a flow that enters it may take out again
       by running backwards.
    3. An outflow takes at most that, and what flows in. Of several, the one named first is served
       first, as XMILE has it.

    Parameters
    ----------
    trees
        The equations of all flows and auxiliaries, by key.

    Notes
    -----
    What flows in may flow out in the same step. Where that would make flows need each other, as
    in a ring of stocks, it waits for the next step: then a stock that is empty passes nothing on
    in the step in which something reaches it, and a shorter ``dt`` tells how much that matters.
    """
    flows = list(flows)
    held = {f.key: Apply("max", (trees[f.key], _ZERO)) for f in flows if f.non_negative}
    into, out_of = _by_stock(flows, "into"), _by_stock(flows, "out_of")
    needs = _Needs(trees)
    for stock in (s for s in stocks if s.non_negative):
        inflows: list[Flow] = into.get(stock.key, [])
        outflows: list[Flow] = out_of.get(stock.key, [])
        if len(inflows) + len(outflows) > _MOST_FLOWS:
            raise ModelError(
                f"{stock.where} is non-negative and has more than {_MOST_FLOWS} flows, each of "
                "which waits for the others; gather some of them into one"
            )
        # What is there, for a flow that runs backwards, and with what comes in, for an outflow.
        there: list[Tree] = [Apply("/", (Name(stock.key), Name("dt")))]
        available = list(there)
        for flow in (f for f in inflows if f.non_negative):
            if needs.allow([other.key for other in outflows], flow.key):
                available.append(Name(flow.key))
        for flow in needs.in_order([f for f in inflows if not f.non_negative], outflows):
            wanted, own = held.get(flow.key, trees[flow.key]), Name(flow.key)
            if flow in outflows:
                held[flow.key] = Apply("min", (wanted, Apply("max", (total(available), _ZERO))))
                available.append(Apply("neg", (own,)))
                there.append(Apply("neg", (own,)))
            else:
                most = Apply("min", (Apply("neg", (total(there),)), _ZERO))
                held[flow.key] = Apply("max", (wanted, most))
                available.append(own)
                there.append(Apply("min", (own, _ZERO)))
    return dict(held)


def _by_stock(flows: list[Flow], end: str) -> dict[str, list[Flow]]:
    found: dict[str, list[Flow]] = {}
    for flow in flows:
        if stock := getattr(flow, end):
            found.setdefault(key(stock), []).append(flow)
    return found


class _Needs:
    """What each equation needs in the same instant, as flows come to need one another."""

    def __init__(self, trees: Mapping[str, Tree]) -> None:
        self.trees = trees
        self.added: dict[str, set[str]] = {}

    def allow(self, flows: list[str], inflow: str) -> bool:
        """Let some flows need an inflow, unless it needs one of them already."""
        if self._reaches(inflow, {*flows}):
            return False
        for flow in flows:
            self.added.setdefault(flow, set()).add(inflow)
        return True

    def in_order(self, backwards: list[Flow], outflows: list[Flow]) -> list[Flow]:
        """Return the flows that take from a stock, each after those that it needs.

        Flows that may run backwards come first, else they keep their order. From then on each
        needs those before it.
        """
        waiting = [*backwards, *(flow for flow in outflows if flow not in backwards)]
        result: list[Flow] = []
        while waiting:
            keys = {flow.key for flow in waiting}
            free = (f for f in waiting if not backwards or not self._needs_one(f.key, keys))
            found = next(free, waiting[0])
            waiting.remove(found)
            for later in waiting:
                self.added.setdefault(later.key, set()).add(found.key)
            result.append(found)
        return result

    def _needs_one(self, flow: str, others: set[str]) -> bool:
        tree = self.trees.get(flow)
        direct = {*(names(tree) if tree is not None else ()), *self.added.get(flow, ())}
        return any(self._reaches(name, others - {flow}) for name in direct)

    def _reaches(self, first: str, wanted: set[str]) -> bool:
        pending, seen = [first], {first}
        while pending:
            name = pending.pop()
            if name in wanted:
                return True
            tree = self.trees.get(name)
            following = {*(names(tree) if tree is not None else ()), *self.added.get(name, ())}
            pending.extend(following - seen)
            seen |= following
        return False
