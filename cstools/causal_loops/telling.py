"""What a map shows, in words: the sentence under the picture and the one a screen reader says."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from cstools.causal_loops.loops import Loops
from cstools.causal_loops.parts import Link

_LOOPS_TOLD, _LINKS_TOLD = 6, 40


def sentence(name: str, variables: Sequence[str], links: Sequence[Link], loops: Loops) -> str:
    """Return how many variables, links and loops a map has, and how its first loops go."""
    title = f"Causal loop diagram “{name}”" if name else "Causal loop diagram"
    if not variables:
        return f"{title}: empty."
    return " ".join([f"{title}: {_counted(variables, links, loops)}.", *_told(loops)])


def links_sentence(links: Sequence[Link]) -> str:
    """Return the links one by one, for someone who cannot see the arrows."""
    told = [f"{link}{' delayed' * link.delayed}" for link in islice(links, _LINKS_TOLD)]
    if len(links) > len(told):
        told.append(f"and {len(links) - len(told)} more")
    return f"Links: {', '.join(told)}." if told else ""


def _counted(variables: Sequence[str], links: Sequence[Link], loops: Loops) -> str:
    delayed = sum(link.delayed for link in links)
    unknown = sum(link.polarity == "?" for link in links)
    remarks = [f"{delayed} delayed"] * bool(delayed) + [f"{unknown} of unknown sign"] * bool(
        unknown
    )
    beside = f" ({', '.join(remarks)})" if remarks else ""
    at_least = "" if loops.complete else "more than "
    return (
        f"{_many(len(variables), 'variable')}, {_many(len(links), 'link')}{beside}, "
        f"{at_least}{_many(len(loops), 'loop')}"
    )


def _told(loops: Loops) -> list[str]:
    told = [f"{loop}." for loop in islice(loops, _LOOPS_TOLD)]
    more = len(loops) - len(told)
    if more > 0:
        verb = "are" if more > 1 else "is"
        told.append(f"{more:,} longer loop{'s' * (more > 1)} {verb} not told here.")
    return told


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'s' * (count != 1)}" if count else f"no {thing}s"
