"""The archetypes found in a map: which variables play which role, and which loops they close."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from html import escape
from itertools import groupby, islice
from typing import overload

from cstools.archetypes.archetype import Archetype
from cstools.archetypes.catalogue import ARCHETYPES
from cstools.archetypes.matching import Place, Search
from cstools.archetypes.routes import Routes
from cstools.causal_loops.checked import as_place, as_seconds
from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.loops import Loops, clock, find_loops, steps
from cstools.causal_loops.parts import Link, Loop
from cstools.errors import unknown_name
from cstools.names import key
from cstools.plotting.tables import html

Known = Callable[[], Mapping[frozenset[Link], Loop]]
_ENOUGH_FOR_ONE_PLACE = 100_000  # steps; fewer than twenty variables, at most two ways out of most
_MOST = 10_000


@dataclass(frozen=True, repr=False)
class Occurrence:
    """One place in a map where an archetype lies.

    Attributes
    ----------
    archetype : Archetype
        What was found: its story, behaviour and places to intervene.
    roles : tuple of (str, str)
        Role and variable, in the order of the archetype's map.
    links : tuple of Link
        The links of the map that make it, each once.
    stretch : int
        How many links it has beyond those of the archetype's own map. The fewer, the plainer.

    Notes
    -----
    It can mislead: the same signs are there, which is not to say that the story is. Whether the
    loops are strong enough for the behaviour, no map says.
    """

    archetype: Archetype
    roles: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]
    stretch: int
    known: Known = field(compare=False)

    @property
    def loops(self) -> tuple[Loop, ...]:
        """The loops that its links close, named as on the whole map where that names them.

        A loop that is too long to be named there is called by its kind alone: R or B.
        """
        variables = tuple(key(name) for name in self._variables())
        own = find_loops(variables, self.links, {}, steps(_ENOUGH_FOR_ONE_PLACE))
        known = self.known()
        return tuple(
            known.get(frozenset(loop.links), replace(loop, name=loop.polarity)) for loop in own
        )

    def diagram(self) -> CausalLoopDiagram:
        """Return the part of the map that it is made of, as a map of its own.

        Its loops are counted anew; one that has another name on the whole map says so.
        """
        part = CausalLoopDiagram(name=self.archetype.name)
        for link in self.links:
            ends = link.cause, link.effect
            part.link(*ends, link.polarity, link.delayed, link.reason, link.source)
        names = {frozenset(loop.links): loop.name for loop in self.loops}
        for loop in part.loops():
            name = names[frozenset(loop.links)]
            if name not in (loop.name, loop.polarity):
                part.name_loop(loop.variables, f"{name} on the whole map")
        return part

    def describe(self) -> str:
        """Return who plays which role, how the loops go, and where people intervene."""
        cast = "; ".join(f"{role}: {name}" for role, name in self.roles)
        loops = " ".join(f"{loop}." for loop in self.loops)
        told = f"{self.archetype.name} ({cast}). {loops}"
        return f"{told}\nOver time: {self.archetype.behaviour}\n{self._places()}"

    def _places(self) -> str:
        return "Where to intervene: " + " ".join(self.archetype.intervene)

    def _variables(self) -> list[str]:
        return list(dict.fromkeys(end for link in self.links for end in (link.cause, link.effect)))

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        cast = "".join(
            f"<tr><td>{escape(role)}</td><td><b>{escape(name)}</b></td></tr>"
            for role, name in self.roles
        )
        table = f"<table><tr><th>role</th><th>here</th></tr>{cast}</table>"
        drawn = self.diagram()._repr_mimebundle_()["text/html"]
        head = f"<h4>{escape(self.archetype.name)}</h4>"
        over_time = f"<p><b>Over time.</b> {escape(self.archetype.behaviour)}</p>"
        items = "".join(f"<li>{escape(place)}</li>" for place in self.archetype.intervene)
        places = f"<p><b>Where to intervene</b></p><ol>{items}</ol>"
        page = f"{head}{table}{drawn}{over_time}{places}"
        return {"text/plain": repr(self), "text/html": page}


class Found(Sequence[Occurrence]):
    """Where archetypes lie in a map: the least stretched first; it cannot be changed.

    ``complete`` says whether these are all, and ``note`` what is missing; it is empty when
    nothing is. ``found[0]`` is one place, ``found["escalation"]`` are those of one archetype.
    """

    def __init__(self, places: Sequence[Occurrence], complete: bool = True, note: str = "") -> None:
        self._places = tuple(places)
        self.complete = complete
        self.note = note

    def __len__(self) -> int:
        """Return how many places there are."""
        return len(self._places)

    @overload
    def __getitem__(self, which: int) -> Occurrence: ...
    @overload
    def __getitem__(self, which: slice | str) -> tuple[Occurrence, ...]: ...
    def __getitem__(self, which: int | slice | str) -> Occurrence | tuple[Occurrence, ...]:
        """Return a place by its number, or all those of an archetype by its name."""
        if isinstance(which, slice):
            return self._places[which]
        if not isinstance(which, str):
            return self._places[as_place(which, len(self), "archetype")]
        asked = archetype_named(which)
        return tuple(place for place in self._places if place.archetype is asked)

    def describe(self) -> str:
        """Return one line for each archetype that was found: how often, and its plainest place."""
        lines = [
            f"{place.archetype.name}, {_times(count)}: " + _cast(place)
            for place, count in self._summary()
        ]
        nothing = "No archetype was found; that says nothing against the map."
        return "\n".join([*(lines or [nothing]), *filter(None, [self.note])])

    def _summary(self) -> Iterator[tuple[Occurrence, int]]:
        """Yield the plainest place of each archetype and how many places that one has."""
        order = [archetype.name for archetype in ARCHETYPES]
        by_name = sorted(self._places, key=lambda place: order.index(place.archetype.name))
        for _, group in groupby(by_name, key=lambda place: place.archetype.name):
            places = list(group)
            yield places[0], len(places)

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        heads = ("Archetype", "The plainest place", "Where to intervene")
        rows = [
            (
                f"{place.archetype.name}, {_times(count)}",
                _cast(place),
                place.archetype.intervene[0],
            )
            for place, count in self._summary()
        ]
        page = html("", heads, rows, self.note) if rows else escape(self.describe())
        return {"text/plain": repr(self), "text/html": page}


def archetype_named(name: str) -> Archetype:
    """Return the archetype of that name, in any spelling.

    Raises
    ------
    UnknownNameError
        When there is none; the message offers the nearest.
    """
    for archetype in ARCHETYPES:
        if key(archetype.name) == key(name):
            return archetype
    raise unknown_name(name, [archetype.name for archetype in ARCHETYPES], "the archetypes")


def find_archetypes(
    variables: Sequence[str],
    links: Sequence[Link],
    named_loops: Callable[[], Loops],
    seconds: float = 2.0,
) -> Found:
    """Return the archetypes in a map, on routes of one to three links for each link of theirs.

    ``named_loops`` gives the loops that have a name on the map; it is asked when somebody looks
    at the loops of a place.

    Raises
    ------
    ModelError
        When ``seconds`` is no time.
    """
    seconds = as_seconds(seconds)
    stop, sooner = clock(seconds), clock(seconds / 2)
    named = {archetype.name: archetype for archetype in ARCHETYPES}
    patterns = {name: archetype.pattern for name, archetype in named.items()}
    search = Search(patterns, Routes(variables, links, sooner), stop)
    known = _known_loops(named_loops)
    places: list[Occurrence] = []
    for name, place in islice(search, _MOST + 1):
        places.append(_occurrence(named[name], place, variables, known))
    full = len(places) > _MOST
    complete = search.complete and not full
    note = "" if complete else _note(search.reached, full, seconds)
    return Found(places[:_MOST], complete, note)


def _occurrence(
    archetype: Archetype, place: Place, variables: Sequence[str], known: Known
) -> Occurrence:
    roles = zip(archetype.roles, (variables[number] for number in place.roles), strict=True)
    links = dict.fromkeys(link for route in place.routes for link in route.links)
    return Occurrence(archetype, tuple(roles), tuple(links), place.stretch, known)


def _known_loops(named_loops: Callable[[], Loops]) -> Known:
    """Return a function that gives the loops which the map names, asked for once."""

    @cache
    def known() -> Mapping[frozenset[Link], Loop]:
        return {frozenset(loop.links): loop for loop in named_loops()}

    return known


def _cast(place: Occurrence) -> str:
    return "; ".join(f"{role} = {name}" for role, name in place.roles)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def _note(reached: int, full: bool, seconds: float) -> str:
    why = f"the search stopped at {_MOST:,} places" if full else "the time for the search ran out"
    if reached < 0:
        have = "not even the plainest are all here"
    else:
        links = f"up to {reached} added link{'s' * (reached != 1)}" if reached else "no added link"
        have = f"every place with {links} is here, more stretched ones may be missing"
    more = "" if full else f"; more time: archetypes(seconds={seconds * 10:g})"
    return f"These are not all: {why}; {have}{more}."
