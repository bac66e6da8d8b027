"""What a stock-flow diagram shows, in words: what flows from where to where, and the links."""

from __future__ import annotations

from collections.abc import Iterator

from cstools.languages import name_spoken, spoken
from cstools.plotting.stock_flow.parts import FlowPipe, Structure
from cstools.plotting.words import verb

_FLOWS_TOLD, _LINKS_TOLD = 8, 40


def sentence(name: str, structure: Structure) -> str:
    """Return what flows from where to where in a model, for someone who cannot see it."""
    title = spoken("Stock-flow diagram")
    if name:
        title = spoken("Stock-flow diagram “{name}”", name=name_spoken(name))
    if not (structure.stocks or structure.flows or structure.factors):
        return spoken("{title}: empty.", title=title)
    kinds = [factor.kind for factor in structure.factors]
    factors = {kind: kinds.count(kind) for kind in ("auxiliary", "lookup", "constant")}
    counts = [
        _many("stock", len(structure.stocks)),
        _many("flow", len(structure.flows)),
        *(_many(kind, count) for kind, count in factors.items() if count),
        _many("link", len(structure.influences)),
    ]
    told = list(_flows_told(structure))
    if (more := len(told) - _FLOWS_TOLD) > 0:
        told = [*told[:_FLOWS_TOLD], _more_flows(more)]
    return f"{title}: {', '.join(counts)}. {' '.join(told)}".strip()


def links_sentence(structure: Structure) -> str:
    """Return the links one by one, for someone who cannot see the arrows."""
    words = structure.words()
    told = [
        f"{words[link.cause]} → {words[link.effect]}"
        + f" ({link.sign.replace('-', '−')})" * bool(link.sign)
        + f" {spoken('delayed')}" * link.delayed
        + f" {spoken('at the start')}" * link.first
        for link in structure.influences[:_LINKS_TOLD]
    ]
    if len(structure.influences) > len(told):
        told.append(spoken("and {count} more", count=len(structure.influences) - len(told)))
    return spoken("Links: {links}.", links=", ".join(told)) if told else ""


def _flows_told(structure: Structure) -> Iterator[str]:
    words = {stock.key: stock.words for stock in structure.stocks}
    for flow in structure.flows:
        told = _flow_told(flow, words.get(flow.out_of or ""), words.get(flow.into or ""))
        if told:
            yield told[:1].upper() + told[1:]
    moved = {end for flow in structure.flows for end in (flow.out_of, flow.into)}
    for stock in structure.stocks:
        if stock.key not in moved:
            yield spoken("Nothing changes {stock}.", stock=stock.words)


def _flow_told(flow: FlowPipe, source: str | None, target: str | None) -> str:
    words = {"flow": flow.words, "source": source, "target": target}
    if source and flow.out_of == flow.into:
        return spoken("{flow} {flows} within {source}.", flows=_flows(flow.words), **words)
    if source and target:
        return spoken(
            "{source} {flows} through {flow} into {target}.", flows=_flows(source), **words
        )
    if source:
        drains = verb(source, "drain")
        drains = {"drains": spoken("drains"), "drain": spoken("drain")}[drains]
        return spoken("{source} {drains} through {flow}.", drains=drains, **words)
    if target:
        return spoken(
            "{flow} {flows} into {target} from outside.", flows=_flows(flow.words), **words
        )
    return ""


def _flows(label: str) -> str:
    return {"flows": spoken("flows"), "flow": spoken("flow")}[verb(label, "flow")]


def _many(kind: str, count: int) -> str:
    """Say how many there are of a kind of part."""
    none, one, some = {
        "stock": (spoken("no stocks"), spoken("1 stock"), spoken("{count} stocks")),
        "flow": (spoken("no flows"), spoken("1 flow"), spoken("{count} flows")),
        "auxiliary": ("", spoken("1 auxiliary"), spoken("{count} auxiliaries")),
        "lookup": ("", spoken("1 lookup"), spoken("{count} lookups")),
        "constant": ("", spoken("1 constant"), spoken("{count} constants")),
        "link": (spoken("no links"), spoken("1 link"), spoken("{count} links")),
    }[kind]
    return (none, one)[count] if count < 2 else some.format(count=f"{count:,}")


def _more_flows(count: int) -> str:
    if count == 1:
        return spoken("And 1 more flow.")
    return spoken("And {count} more flows.", count=f"{count:,}")
