"""The structure of a map: links in and out, the loops through each part, what goes without it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import attrgetter

from cstools.causal_loops.loops import LoopChoice, Loops
from cstools.causal_loops.parts import Link, Loop
from cstools.errors import ModelError, unknown_name
from cstools.names import key
from cstools.plotting.tables import html, listed

KINDS = ("transmitter", "receiver", "ordinary", "alone")
Through = Callable[[Sequence[Link]], bool]
_NAMES_TOLD, _LOOPS_TOLD = 4, 12
_CAUSE, _ENDS = attrgetter("cause"), attrgetter("cause", "effect")


@dataclass(frozen=True)
class Place:
    """Where a variable stands on a map: its links in and out, and how many loops go through it.

    A link from a variable to itself counts on both sides, and so do parallel links, each.
    """

    name: str
    incoming: int
    outgoing: int
    loops: int

    @property
    def kind(self) -> str:
        """The role it plays: ``"transmitter"``, ``"receiver"``, ``"ordinary"`` or ``"alone"``.

        A transmitter has links out only: what moves it is not on the map. A receiver has links
        in only: what it brings about is not on the map. An ordinary one has both.
        """
        if self.incoming and self.outgoing:
            return "ordinary"
        return "transmitter" if self.outgoing else "receiver" if self.incoming else "alone"


@dataclass(frozen=True, repr=False, eq=False)
class Structure:
    """The places of all variables, and the loops through each variable and link.

    Counts of loops are those of the loops that were found; ``note`` says when some may be
    missing. How it can mislead: many links or loops make a variable well connected, not
    influential.
    """

    places: tuple[Place, ...]
    links: tuple[Link, ...]
    loops: Loops
    where: str = field(default="this map")

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, name: str) -> Place:
        """Return the place of a variable, in whatever spelling."""
        for place in self.places:
            if key(place.name) == key(name):
                return place
        raise unknown_name(name, [place.name for place in self.places], self.where)

    @property
    def note(self) -> str:
        """What is missing from the counts of loops, or an empty string."""
        return self.loops.note

    def loops_through(self, cause: str, effect: str = "") -> LoopChoice:
        """Return the loops through a variable, or through a link if two variables are named.

        Raises
        ------
        UnknownNameError
            When a variable is not on the map.
        ModelError
            When there is no such link.
        """
        names = [place.name for place in self.places]
        _, goes_through = _part(cause, effect, names, self.links, self.where)
        return LoopChoice(self.loops, _places(self.loops, goes_through))

    def __repr__(self) -> str:
        if not self.places:
            return "The map is empty."
        size = f"{_many(len(self.places), 'variable')} and {_many(len(self.links), 'link')}"
        told = [f"{size}: {listed([*filter(None, map(self._of_kind, KINDS))])}."]
        told += filter(None, [self._most("links"), self._most("loops"), self.note])
        return " ".join(told)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        heads = ("Variable", "Kind", "Links in", "Links out", "Loops through it")
        rows = [
            (place.name, place.kind, f"{place.incoming}", f"{place.outgoing}", f"{place.loops:,}")
            for place in self.places
        ]
        return {"text/plain": repr(self), "text/html": html("Structure", heads, rows, self.note)}

    def _of_kind(self, kind: str) -> str:
        names = [place.name for place in self.places if place.kind == kind]
        if not names or kind == "ordinary":
            return f"{len(names):,} ordinary" if names else ""
        shown = names[:_NAMES_TOLD]
        shown += [f"{len(names) - len(shown):,} more"] if len(names) > len(shown) else []
        counted = f"{len(names):,} alone" if kind == "alone" else _many(len(names), kind)
        return f"{counted} ({listed(shown)})"

    def _most(self, what: str) -> str:
        """Return the sentence about the variables with the most links, or in the most loops."""
        counts = {
            place.name: place.loops if what == "loops" else place.incoming + place.outgoing
            for place in self.places
        }
        most = max(counts.values())
        names = [name for name, count in counts.items() if count == most]
        if not most or len(names) > _NAMES_TOLD:
            return ""
        of = f" of {len(self.loops):,}" if what == "loops" else ""
        return f"Most {what}: {listed(names)}, with {most:,}{of}."


@dataclass(frozen=True, repr=False, eq=False)
class Removal:
    """What becomes of the loops when a variable or a link is taken off the map.

    ``vanishing`` are the loops that go through it, ``staying`` the others; ``note`` says when
    there may be more loops than were found.
    """

    what: str
    vanishing: LoopChoice
    staying: LoopChoice
    note: str = ""

    def __repr__(self) -> str:
        more = len(self.vanishing) - _LOOPS_TOLD
        lines = [self._sentence(), *map(str, islice(self.vanishing, _LOOPS_TOLD))]
        lines += [f"… and {more:,} more"] if more > 0 else []
        return "\n".join([*lines, *filter(None, [self.note])])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        shown = self.vanishing[:_LOOPS_TOLD]
        if not shown:
            return {"text/plain": repr(self)}
        rows = [(_called(loop), _way_round(loop)) for loop in shown]
        more = len(self.vanishing) - len(shown)
        note = " ".join(filter(None, [f"… and {more:,} more." if more else "", self.note]))
        table = html(self._sentence(), ("Loop", "Way round"), rows, note)
        return {"text/plain": repr(self), "text/html": table}

    def _sentence(self) -> str:
        gone, all_ = len(self.vanishing), len(self.vanishing) + len(self.staying)
        if not all_:
            return f"Without {self.what} no loop vanishes: there is none."
        if not gone:
            return f"Without {self.what} every loop stays: none goes through it."
        vanish = "vanishes" if gone == 1 else "vanish"
        left = "no loop is left" if gone == all_ else f"{_many(len(self.staying), 'loop')} left"
        return f"Without {self.what}, {gone:,} of {_many(all_, 'loop')} {vanish}; {left}."


def structure(
    variables: Sequence[str], links: Sequence[Link], loops: Loops, where: str = "this map"
) -> Structure:
    """Return the structure of a map of these variables, links and loops."""
    incoming = Counter(key(link.effect) for link in links)
    outgoing = Counter(key(link.cause) for link in links)
    through: Counter[str] = Counter()
    for name, count in Counter(map(_CAUSE, chain.from_iterable(loops.ways))).items():
        through[key(name)] += count
    places = tuple(
        Place(name, incoming[key(name)], outgoing[key(name)], through[key(name)])
        for name in variables
    )
    return Structure(places, tuple(links), loops, where)


def removal(
    variables: Sequence[str],
    links: Sequence[Link],
    loops: Loops,
    cause: str,
    effect: str = "",
    where: str = "this map",
) -> Removal:
    """Return which loops vanish without a variable, or without the links between two.

    Raises
    ------
    UnknownNameError
        When a variable is not on the map.
    ModelError
        When there is no such link.
    """
    what, goes_through = _part(cause, effect, variables, links, where)
    gone = _places(loops, goes_through)
    through = set(gone)
    left = [place for place in range(len(loops)) if place not in through]
    return Removal(what, LoopChoice(loops, gone), LoopChoice(loops, left), loops.note)


def _places(loops: Loops, goes_through: Through) -> list[int]:
    """Return the places of the loops that go through something; no loop is made for it."""
    return [place for place, way in enumerate(loops.ways) if goes_through(way)]


def _part(
    cause: str, effect: str, variables: Sequence[str], links: Sequence[Link], where: str
) -> tuple[str, Through]:
    """Return what a variable or link is called, and whether a loop goes through it."""
    spelled = {key(name): name for name in variables}
    alone = isinstance(effect, str) and not effect
    for name in (cause,) if alone else (cause, effect):
        if key(name) not in spelled:
            raise unknown_name(name, variables, where)
    one, pair = key(cause), (key(cause), key(effect))
    if alone:
        names = {link.cause for link in links if key(link.cause) == one}
        return f"'{spelled[one]}'", lambda way: not names.isdisjoint(map(_CAUSE, way))
    told = f"'{spelled[one]}' → '{spelled[pair[1]]}'"
    ends = {_ENDS(link) for link in links if (key(link.cause), key(link.effect)) == pair}
    if not ends:
        raise ModelError(f"{where}: there is no link {told}")
    return f"the link {told}", lambda way: not ends.isdisjoint(map(_ENDS, way))


def _called(loop: Loop) -> str:
    return f"{loop.name} “{loop.title}”" if loop.title else loop.name


def _way_round(loop: Loop) -> str:
    return " → ".join((*loop.variables, loop.variables[0]))


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'s' * (count != 1)}"
