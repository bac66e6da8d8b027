"""A model drawn: stocks, pipes, names and links, and the sentences that say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cstools.equations.functions import FUNCTIONS
from cstools.equations.tree import Apply, Indexed, Name, Tree, walk
from cstools.errors import ModelError, unknown_name
from cstools.languages import name_spoken
from cstools.names import key, label
from cstools.plotting.stock_flow.parts import (
    Drawing,
    Factor,
    FlowPipe,
    Influence,
    StockBox,
    Structure,
)
from cstools.stock_flow.diagram_told import links_sentence, sentence
from cstools.stock_flow.parts import AnyPart, Constant, Flow, Stock

if TYPE_CHECKING:
    from cstools.plotting.picture import Picture
    from cstools.stock_flow.model import StockFlow

_CAPTION = "font:14px/1.45 system-ui,sans-serif;margin:.4em 0 0;max-width:44em"


@dataclass(frozen=True, repr=False)
class Diagram:
    """A stock-flow diagram: a cell shows it, a screen reader hears its sentences.

    Attributes
    ----------
    structure : Structure
        What is shown, without places.
    drawing : Drawing
        Where everything stands on the page.
    sentence : str
        What flows from where to where, and what links there are.
    """

    structure: Structure
    drawing: Drawing
    sentence: str

    def svg(self) -> str:
        """Return the picture as SVG, in the page's own ink, for light pages and dark ones."""
        from cstools.plotting.stock_flow.page import drawing_svg

        told = f"{self.sentence} {links_sentence(self.structure)}".strip()
        return drawing_svg(self.drawing, told)

    def plot(self) -> Picture:
        """Return the picture for print; ``plot().figure`` is a matplotlib figure."""
        from cstools.plotting.picture import Picture
        from cstools.plotting.stock_flow.print import drawing_figure

        return Picture(drawing_figure(self.drawing), self.sentence)

    def save(self, path: str | Path) -> Path:
        """Write the picture as ``.png``, ``.svg`` or ``.pdf``, told by the ending of the path.

        Raises
        ------
        FileError
            For any other ending, or a place that cannot be written to.
        """
        return self.plot().save(path)

    def positions(self) -> dict[str, tuple[float, float]]:
        """Return where everything stands: key → middle of a box or a name, or a flow's valve.

        Given back as ``positions=``, perhaps with a few places changed, they hold the picture
        still while the model grows.
        """
        drawn = self.drawing
        places = {box.stock.key: box.at for box in drawn.stocks}
        places |= {pipe.flow.key: pipe.valve for pipe in drawn.pipes}
        places |= {name.factor.key: name.at for name in drawn.factors if not name.factor.of}
        return {part: (place.real, place.imag) for part, place in places.items()}

    def __repr__(self) -> str:
        return self.sentence

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        # Inline SVG in HTML: JupyterLab shows image/svg+xml as an <img> without a name.
        html = (
            f'<figure style="margin:0;max-width:100%"><div style="overflow-x:auto">{self.svg()}'
            f'</div><figcaption style="{_CAPTION}">{escape(self.sentence)}</figcaption></figure>'
        )
        return {"text/plain": self.sentence, "text/html": html}


def diagram(
    model: StockFlow,
    constants: bool = True,
    positions: Mapping[str, tuple[float, float]] | None = None,
    signs: bool = False,
) -> Diagram:
    """Return a model's stock-flow diagram.

    See :meth:`cstools.stock_flow.model.StockFlow.diagram`.
    """
    from cstools.plotting.stock_flow.drawing import draw

    structure = structure_of(model, constants, signs)
    places = _places(positions or {}, structure, model)
    return Diagram(structure, draw(structure, places), sentence(model.name, structure))


def structure_of(model: StockFlow, constants: bool = True, signs: bool = False) -> Structure:
    """Return what a model's diagram shows: each array once, whatever its elements.

    ``signs`` asks for the sign of each link, which takes a run of the model. A flow that joins no
    stock is shown as an auxiliary.
    """
    shown = _by_base(part for part in model.parts.values() if _is_shown(part, constants))
    links = [link for link in _influences(model.parts.values()) if {*link[:2]} <= {*shown}]
    if signs:
        links = _signed(links, model)
    stocks = {k for k, (part, _) in shown.items() if isinstance(part, Stock)}
    pipes = [_pipe(k, p, m, stocks) for k, (p, m) in shown.items() if isinstance(p, Flow)]
    flows = {pipe.key: pipe for pipe in pipes if pipe.out_of or pipe.into}
    return Structure(
        tuple(StockBox(k, _words(p), m) for k, (p, m) in shown.items() if k in stocks),
        tuple(flows.values()),
        tuple(
            Factor(k, _words(p), "auxiliary" if isinstance(p, Flow) else p.kind, m)
            for k, (p, m) in shown.items()
            if k not in stocks and k not in flows
        ),
        tuple(links),
    )


def _pipe(name: str, flow: Flow, many: bool, stocks: set[str]) -> FlowPipe:
    """Return a flow between the stocks that are there; an end may not have been said yet."""
    ends = (_base(end) for end in (flow.out_of, flow.into))
    out_of, into = (end if end in stocks else None for end in ends)
    return FlowPipe(name, _words(flow), out_of, into, many)


def _words(part: AnyPart) -> str:
    """Return what is shown for the name of a part."""
    return name_spoken(label(part.base))


def _is_shown(part: AnyPart, constants: bool) -> bool:
    return constants or not isinstance(part, Constant)


def _by_base(parts: Iterable[AnyPart]) -> dict[str, tuple[AnyPart, bool]]:
    """Return the first part of each name without subscripts, and whether it is an array."""
    found: dict[str, tuple[AnyPart, bool]] = {}
    for part in parts:
        found.setdefault(key(part.base), (part, bool(part.subscripts)))
    return found


def _base(name: str | None) -> str | None:
    return None if name is None else key(name.partition("[")[0])


def _influences(parts: Iterable[AnyPart]) -> list[Influence]:
    """Return the links that the equations say, each once; a first value's only if no other."""
    found: dict[tuple[str, str], Influence] = {}
    parts = list(parts)
    for first in (False, True):
        for part in parts:
            tree = getattr(part, "tree", None)
            if tree is None or isinstance(part, Stock) is not first:
                continue
            effect = key(part.base)
            late = _late(tree)
            for cause in _named(tree):
                if cause != effect:
                    link = Influence(cause, effect, "", cause in late, first)
                    found.setdefault((cause, effect), link)
    return list(found.values())


def _named(tree: Tree) -> list[str]:
    """Return the keys, without subscripts, of everything an equation names, each once."""
    found: dict[str, None] = {}
    for node in walk(tree):
        if isinstance(node, Apply):
            if node.function not in FUNCTIONS:
                found[key(node.function)] = None
        elif isinstance(node, (Name, Indexed)):
            found[_base(node.key) or ""] = None
        if isinstance(node, Indexed):
            for subscript in node.subscripts:
                found |= dict.fromkeys(_named(subscript))
    return list(found)


def _late(tree: Tree) -> set[str]:
    """Return the causes that work through a delay or a smooth, and in no other way."""
    through: set[str] = set()
    at_once: set[str] = set()
    pending = [(tree, False)]
    while pending:
        node, late = pending.pop()
        if isinstance(node, Apply):
            late = late or node.function.startswith(("delay", "smooth"))
            pending += [(argument, late) for argument in node.arguments]
        elif isinstance(node, (Name, Indexed)):
            (through if late else at_once).add(_base(node.key) or "")
    return through - at_once


def _signed(links: Iterable[Influence], model: StockFlow) -> list[Influence]:
    from cstools.stock_flow.links import signed_links

    signs: dict[tuple[str, str], set[str]] = {}
    for link in signed_links(model):
        ends = (_base(link.cause) or "", _base(link.effect) or "")
        signs.setdefault(ends, set()).add(link.sign)
    return [
        link._replace(sign=found.pop() if len(found) == 1 else "?")
        if (found := set(signs.get(link[:2], ()))) and not link.first
        else link
        for link in links
    ]


def _places(
    positions: Mapping[str, tuple[float, float]], structure: Structure, model: StockFlow
) -> dict[str, complex]:
    spelling = structure.words()
    places = {}
    for name, place in positions.items():
        if key(name) not in spelling:
            raise unknown_name(name, spelling.values(), f"the diagram of '{model.name}'")
        places[key(name)] = _place(name, place)
    return places


def _place(name: str, place: Any) -> complex:
    try:
        x, y = map(float, place)
    except (TypeError, ValueError):
        x = y = float("nan")
    if not abs(x + y) < 1e6:
        raise ModelError(
            f"the place of '{name}' is {place!r}; it takes two numbers in pixels, "
            "from the left and from the top: (120, 80)"
        )
    return complex(x, y)
