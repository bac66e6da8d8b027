"""Two maps laid on each other: everything that either says, and a ``?`` where they disagree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cstools.causal_loops.compare import opposed
from cstools.causal_loops.formats.said import MapSaid
from cstools.causal_loops.notation import LoopTitle, tidy_reason
from cstools.causal_loops.parts import Link, Variable, shown
from cstools.names import key


def merge(one: MapSaid, other: MapSaid, name: str = "") -> MapSaid:
    """Return the map that has every variable, link, title and place of either.

    What the first map says of a spelling, a lens, a title or a place stands; the second fills
    in what the first leaves open. For a link from one variable to another:

    - signs that agree stay, and an open sign gives way to a known one;
    - opposite signs become one link with ``?``, whose source names both maps and their signs;
    - it is delayed if either says so, and keeps the reasons and sources of both.
    """
    variables = {key(variable.name): variable for variable in one.variables}
    for variable in other.variables:
        known = variables.setdefault(key(variable.name), variable)
        variables[key(variable.name)] = replace(known, lens=known.lens or variable.lens)
    links = _links(one.links, other.links, _called(one.name, other.name))
    titles = {_round(title): title for title in (*other.titles, *one.titles)}
    places = {key(name): (name, place) for name, place in other.places.items()}
    places |= {key(name): (name, place) for name, place in one.places.items()}
    return MapSaid(
        tuple(variables.values()),
        tuple(_spelt(link, variables) for link in links),
        tuple(titles.values()),
        dict(places.values()),
        name or " and ".join(filter(None, dict.fromkeys((one.name, other.name)))),
    )


def _called(one: str, other: str) -> tuple[str, str]:
    if one and other and one != other:
        return one, other
    return "the first map", "the second map"


def _links(one: Sequence[Link], other: Sequence[Link], names: tuple[str, str]) -> list[Link]:
    between: dict[tuple[str, str], tuple[list[Link], list[Link]]] = {}
    for place, links in enumerate((one, other)):
        for link in links:
            pair = key(link.cause), key(link.effect)
            between.setdefault(pair, ([], []))[place].append(link)
    return [link for sides in between.values() for link in _merged(*sides, names)]


def _merged(ours: list[Link], theirs: list[Link], names: tuple[str, str]) -> Iterable[Link]:
    if opposed(_signs(ours), _signs(theirs)):
        return [_at_odds(ours, theirs, names)]
    every = [*ours, *theirs]
    signs = [sign for sign in dict.fromkeys(link.polarity for link in every) if sign != "?"]
    # What is said of a link whose sign is open is said of the one whose sign is known.
    first, *rest = signs or ["?"]
    alike = [_one_of([link for link in every if link.polarity in (first, "?")], first)]
    return alike + [_one_of([link for link in every if link.polarity == s], s) for s in rest]


def _at_odds(ours: list[Link], theirs: list[Link], names: tuple[str, str]) -> Link:
    said = [f"{name} says {_told(side)}" for name, side in zip(names, (ours, theirs), strict=True)]
    link = _one_of([*ours, *theirs], "?")
    reason, source = tidy_reason(link.reason, "; ".join(said))
    return replace(link, reason=reason, source=source)


def _told(links: Sequence[Link]) -> str:
    told = []
    for link in links:
        source = f" ({link.source})" if link.source else ""
        told.append(f"{shown(link.polarity)}{source}")
    return " and ".join(told)


def _one_of(links: Sequence[Link], sign: str) -> Link:
    """Return one link with this sign, and with the delay, reasons and sources of all of them."""
    reason = "; ".join(dict.fromkeys(link.reason for link in links if link.reason))
    source = "; ".join(dict.fromkeys(link.source for link in links if link.source))
    delayed = any(link.delayed for link in links)
    return Link(links[0].cause, links[0].effect, sign, delayed, *tidy_reason(reason, source))


def _signs(links: Iterable[Link]) -> frozenset[str]:
    return frozenset(link.polarity for link in links)


def _round(title: LoopTitle) -> tuple[str, ...]:
    """Return what two titles of one loop share: its variables, from the first in the alphabet."""
    keys = [key(name) for name in title.variables]
    first = keys.index(min(keys))
    return tuple(keys[first:] + keys[:first])


def _spelt(link: Link, variables: dict[str, Variable]) -> Link:
    cause, effect = variables[key(link.cause)], variables[key(link.effect)]
    return replace(link, cause=cause.name, effect=effect.name)
