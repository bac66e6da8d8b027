"""The parts of a skeleton, from the links of a map and the variables picked as stocks and flows.

1. A stock gets an inflow for what acts on it by ``+``, an outflow for what acts on it by ``-``.
2. A variable that was said to be a flow is the pipe itself, out of the stock it lowers and into
   the one it raises.
3. Anything else is an auxiliary, or a number where nothing on the map acts on it.

Each equation is a question, :func:`cstools.stock_flow.unfilled.question`, with what the signs say
beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cstools.causal_loops.parts import Link
from cstools.errors import ModelError, brief
from cstools.names import key
from cstools.plotting.tables import listed
from cstools.stock_flow.parts import Auxiliary, Flow, Stock
from cstools.stock_flow.unfilled import question

_LINE = "the map"
_SIGNS = {"+": "rises with", "-": "falls with", "?": "moves, the map does not say which way, with"}
NOTHING = "Nothing on the map acts on it: a number, or an equation over time."


@dataclass(frozen=True)
class Draft:
    """A part with an open equation, and the links that act on it, signed as it feels them."""

    part: Stock | Flow | Auxiliary
    links: tuple[Link, ...] = ()


def drafts(
    variables: Sequence[str], links: Sequence[Link], stocks: Sequence[str], flows: Sequence[str]
) -> tuple[Draft, ...]:
    """Return the parts of a skeleton: stocks first, then flows, then the rest.

    Raises
    ------
    ModelError
        When a flow acts on no stock, or on several in the same way.
    """
    text, tree = question(())
    found = [Draft(Stock(name, "", "Its first value.", _LINE, text, tree)) for name in stocks]
    held = {*map(key, stocks)}
    onto: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        onto[key(link.effect)].append(link)
    found += [_said_flow(name, links, onto[key(name)], held) for name in flows]
    taken, pipes = {*map(key, variables)}, {*map(key, flows)}
    for stock in stocks:
        acting = [link for link in onto[key(stock)] if key(link.cause) not in pipes]
        found += _new_flows(stock, acting, taken)
    rest = [name for name in variables if key(name) not in held | pipes]
    return (*found, *(_auxiliary(name, onto[key(name)]) for name in rest))


def ends(part: Stock | Flow | Auxiliary) -> dict[str, str]:
    """Return the keys of the stocks that a flow changes, each with its sign."""
    if not isinstance(part, Flow):
        return {}
    return {key(end): sign for end, sign in ((part.out_of, "-"), (part.into, "+")) if end}


def _auxiliary(name: str, links: Sequence[Link]) -> Draft:
    text, tree = question(_causes(links))
    return Draft(Auxiliary(name, "", _suggestion(links), _LINE, text, tree), tuple(links))


def _said_flow(name: str, links: Sequence[Link], acting: Sequence[Link], stocks: set[str]) -> Draft:
    out = [x for x in links if key(x.cause) == key(name) and key(x.effect) in stocks]
    drains = [x.effect for x in out if x.polarity == "-"]
    fills = [x.effect for x in out if x.polarity != "-"]
    if not out or len(drains) > 1 or len(fills) > 1:
        why = "would fill or drain several stocks" if out else "acts on no stock"
        raise ModelError(
            f"'{brief(name)}' cannot be a flow: it {why}; a flow is + for the one stock it fills, "
            "- for the one it drains, or both"
        )
    drain, fill = next(iter(drains), None), next(iter(fills), None)
    return _flow(name, acting, drain, fill)


def _new_flows(stock: str, onto: Sequence[Link], taken: set[str]) -> list[Draft]:
    """Return an inflow for what raises a stock, an outflow for what lowers it."""
    raising = [link for link in onto if link.polarity != "-"]
    # More of what drains a stock is more of the outflow.
    lowering = [replace(link, polarity="+") for link in onto if link.polarity == "-"]
    found = []
    if raising:
        found.append(_flow(_free(f"{stock} inflow", taken), raising, None, stock))
    if lowering:
        found.append(_flow(_free(f"{stock} outflow", taken), lowering, stock, None))
    return found


def _flow(name: str, acting: Sequence[Link], out_of: str | None, into: str | None) -> Draft:
    text, tree = question(_causes(acting))
    part = Flow(name, "", _suggestion(acting), _LINE, text, tree, out_of, into)
    return Draft(part, tuple(acting))


def _free(name: str, taken: set[str]) -> str:
    while key(name) in taken:
        name = f"new {name}"
    return name


def _causes(links: Sequence[Link]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link.cause for link in links))


def _suggestion(links: Sequence[Link]) -> str:
    """Return what the signs say of an equation."""
    told = []
    for sign, words in _SIGNS.items():
        causes = [_cause(link) for link in links if link.polarity == sign]
        if causes:
            told.append(f"{words} {listed(causes)}")
    said = "; ".join(told)
    return f"{said[:1].upper()}{said[1:]}." if said else NOTHING


def _cause(link: Link) -> str:
    return f"{link.cause} (late: smooth1({link.cause}, how long))" if link.delayed else link.cause
