"""What a map shows, in words: the sentence under the picture and the one a screen reader says."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from cstools.causal_loops.loops import Loops
from cstools.causal_loops.parts import Link
from cstools.languages import name_spoken, spoken

_LOOPS_TOLD, _LINKS_TOLD = 6, 40


def sentence(name: str, variables: Sequence[str], links: Sequence[Link], loops: Loops) -> str:
    """Return how many variables, links and loops a map has, and how its first loops go."""
    title = spoken("Causal loop diagram")
    if name:
        title = spoken("Causal loop diagram “{name}”", name=name_spoken(name))
    if not variables:
        return spoken("{title}: empty.", title=title)
    return " ".join([f"{title}: {_counted(variables, links, loops)}.", *_told(loops)])


def links_sentence(links: Sequence[Link]) -> str:
    """Return the links one by one, for someone who cannot see the arrows."""
    told = [
        spoken("{link} delayed", link=link) if link.delayed else str(link)
        for link in islice(links, _LINKS_TOLD)
    ]
    if len(links) > len(told):
        told.append(spoken("and {count} more", count=len(links) - len(told)))
    return spoken("Links: {links}.", links=", ".join(told)) if told else ""


def _counted(variables: Sequence[str], links: Sequence[Link], loops: Loops) -> str:
    delayed = sum(link.delayed for link in links)
    unknown = sum(link.polarity == "?" for link in links)
    remarks = [spoken("{count} delayed", count=delayed)] * bool(delayed)
    remarks += [spoken("{count} of unknown sign", count=unknown)] * bool(unknown)
    beside = f" ({', '.join(remarks)})" if remarks else ""
    closed = _loops(len(loops))
    if not loops.complete:
        closed = spoken("more than {loops}", loops=closed)
    return f"{_variables(len(variables))}, {_links(len(links))}{beside}, {closed}"


def _told(loops: Loops) -> list[str]:
    told = [f"{loop}." for loop in islice(loops, _LOOPS_TOLD)]
    more = len(loops) - len(told)
    if more == 1:
        told.append(spoken("1 longer loop is not told here."))
    elif more > 1:
        told.append(spoken("{count} longer loops are not told here.", count=f"{more:,}"))
    return told


def _variables(count: int) -> str:
    if count == 1:
        return spoken("1 variable")
    return spoken("{count} variables", count=f"{count:,}") if count else spoken("no variables")


def _links(count: int) -> str:
    if count == 1:
        return spoken("1 link")
    return spoken("{count} links", count=f"{count:,}") if count else spoken("no links")


def _loops(count: int) -> str:
    if count == 1:
        return spoken("1 loop")
    return spoken("{count} loops", count=f"{count:,}") if count else spoken("no loops")
