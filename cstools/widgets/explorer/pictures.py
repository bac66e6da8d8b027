"""The two pictures beside the curves: stocks and flows, and loops; or why one is not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from cstools.causal_loops.picture import drawn
from cstools.causal_loops.telling import links_sentence
from cstools.errors import CstoolsError
from cstools.on_demand import numpy as np
from cstools.plotting.diagrams import drawing_svg

if TYPE_CHECKING:
    from cstools.causal_loops.diagram import CausalLoopDiagram
    from cstools.causal_loops.parts import Loop
    from cstools.stock_flow.model import StockFlow

# More than this is neither drawn while somebody waits, nor read beside a plot.
MOST_WORDS = 40
_MOST_MARKS, _MOST_LOOPS = 12, 300
# A loop's share stands under its mark; this much room is kept for it.
_ROOM = "100%"


def map_of(model: StockFlow) -> CausalLoopDiagram:
    """Return the map of a model, of one as well whose run stops being a number."""
    with np.errstate(all="ignore"):
        return model.causal_loops()


def loops_of(map_: CausalLoopDiagram) -> list[Loop]:
    """Return the loops of a map that have a name in the explorer, shortest first."""
    return list(islice(map_.loops(seconds=0.5), _MOST_LOOPS))


def pictures(model: StockFlow, loops: bool = True) -> dict[str, Any]:
    """Return both pictures of a model as SVG, with the sentence of each; or that of stocks alone.

    Returns
    -------
    dict
        ``loops`` and ``stocks``: ``{"svg", "said"}``, the SVG empty where ``said`` tells why;
        ``ways``: the variables of each loop, by its name.
    """
    if not loops:
        return {"loops": {"svg": "", "said": ""}, "stocks": _stocks(model), "ways": {}}
    map_ = map_of(model)
    found = loops_of(map_)
    return {
        "loops": _loops(map_, found),
        "stocks": _stocks(model),
        "ways": {loop.name: list(loop.variables) for loop in found[:60]},
    }


def _loops(map_: CausalLoopDiagram, found: Sequence[Loop]) -> dict[str, str]:
    if not map_.links:
        return {"svg": "", "said": "Nothing in this model acts on anything else; there is no map."}
    links, said = list(map_.links), map_.describe()
    names = list(map_.variables)
    if len(names) > MOST_WORDS:
        inside = {link for loop in found for link in loop.links}
        links = [link for link in links if link in inside]
        names = list(dict.fromkeys(end for link in links for end in (link.cause, link.effect)))
        said = f"Only what is in a loop is shown. {said}"
    if not 0 < len(names) <= MOST_WORDS:
        return {"svg": "", "said": _too_many(len(map_.variables), "model.causal_loops()")}
    marks = [replace(loop, title=_ROOM) if len(loop) > 1 else loop for loop in found[:_MOST_MARKS]]
    told = f"{said} {links_sentence(tuple(links))}".strip()
    return {"svg": drawing_svg(drawn(names, links, marks), told), "said": said}


def _stocks(model: StockFlow) -> dict[str, str]:
    shown = [part for part in model.parts.values() if part.kind != "constant"]
    if len(shown) > MOST_WORDS:
        return {"svg": "", "said": _too_many(len(shown), "model.diagram()")}
    try:
        diagram = model.diagram(constants=len(model.parts) <= MOST_WORDS)
    except CstoolsError as error:
        return {"svg": "", "said": f"{error}."}
    return {"svg": diagram.svg(), "said": diagram.sentence}


def _too_many(count: int, door: str) -> str:
    return f"{count:,} variables are too many to draw beside the curves; {door} draws them."
