"""How many stages a ``DELAY N`` or a ``SMOOTH N`` has: known before a run, fewer if it is short.

Vensim takes the number of stages once, at the start, whatever it is computed from. A ``DELAY N``
whose stages would each be shorter than a time step gets as many as fit; ``DELAY3`` keeps its three.
"""

from __future__ import annotations

from cstools.equations.tree import Apply, Number, Tree, replace
from cstools.errors import FileError
from cstools.stock_flow.vensim.clock import Start
from cstools.stock_flow.vensim.draft import Draft, Drafts

_ROUNDING = 1e-9  # so that three stages of half a step fit into one and a half


def settle(drafts: Drafts, start: Start, dt: float) -> None:
    """Give every chain among some parts its number of stages."""
    for draft in drafts.all:
        draft.tree = replace(draft.tree, lambda node, d=draft: _settled(node, d, start, dt))  # type: ignore[misc]


def _settled(node: Tree, draft: Draft, start: Start, dt: float) -> Tree:
    if not isinstance(node, Apply):
        return node
    if node.function in ("delay_n", "smoothn"):
        value, time, order, first_value = node.arguments
        stages = _stages(order, draft, start)
        if node.function == "delay_n":
            stages = _that_fit(stages, time, draft, start, dt)
        return Apply(node.function, (value, time, Number(float(stages)), first_value))
    return node


def _stages(order: Tree, draft: Draft, start: Start) -> int:
    found = {int(n) for n in start.numbers(order, draft.name, draft.subscripts)}
    if len(found) != 1:
        raise FileError(
            f"'{draft.name}': the number of stages differs between elements, which cannot be run "
            "here; write an equation for each of them"
        )
    return found.pop()


def _that_fit(stages: int, time: Tree, draft: Draft, start: Start, dt: float) -> int:
    """Return how many stages fit into a delay's time at the start, at least one."""
    if stages == 1:
        return stages
    shortest = min(start.numbers(time, draft.name, draft.subscripts))
    return max(1, min(stages, int(shortest / dt * (1 + _ROUNDING))))
