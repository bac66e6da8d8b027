"""Every loop of a map, shortest first, within a budget that holds.

The search goes length by length, and within a length in the order of the names. A search that
runs out of time has therefore found the first part of the whole list, and a longer search adds
loops at its end: it never renames one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice, product
from operator import attrgetter, eq
from time import perf_counter
from typing import overload

from cstools.causal_loops.checked import as_place, as_seconds
from cstools.causal_loops.circuits import STEPS_BETWEEN_LOOKS
from cstools.causal_loops.circuits import Circuits as Circuits
from cstools.causal_loops.circuits import Stop as Stop
from cstools.causal_loops.parts import Link, Loop, polarity_of
from cstools.errors import UnknownNameError, brief, unknown_name
from cstools.names import key

_CAUSE, _SIGN = attrgetter("cause"), attrgetter("polarity")
_LISTED = 12


class Loops(Sequence[Loop]):
    """The loops of a map: shortest first, then by their names; it cannot be changed.

    ``complete`` says whether it is all of them (of the length asked for), and ``note`` says in a
    sentence what is missing and why; it is empty when nothing is. A loop is found by its place or
    by its name: ``loops[0]``, ``loops["R1"]``, ``loops["burnout trap"]``.
    """

    def __init__(
        self,
        found: Sequence[tuple[Link, ...]],
        order: Mapping[str, int],
        titles: Mapping[tuple[str, ...], str],
        complete: bool = True,
        note: str = "",
    ) -> None:
        self._found = tuple(found)
        self._order = order
        self._titles = titles
        self.complete = complete
        self.note = note

    def __len__(self) -> int:
        """Return how many loops were found."""
        return len(self._found)

    @overload
    def __getitem__(self, place: int | str) -> Loop: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Loop, ...]: ...
    def __getitem__(self, place: int | str | slice) -> Loop | tuple[Loop, ...]:
        """Return a loop by place or name, or the loops of a slice."""
        if isinstance(place, slice):
            return tuple(self._loop(i) for i in range(*place.indices(len(self))))
        if isinstance(place, str):
            return self._called(place)
        return self._loop(as_place(place, len(self), "loop"))

    def __repr__(self) -> str:
        """List the loops, one a line, twelve at most."""
        return "\n".join(filter(None, [_listed(self) if self or not self.note else "", self.note]))

    @property
    def ways(self) -> Sequence[tuple[Link, ...]]:
        """The links of each loop, in order: quicker than the loops themselves where they do.

        Each way begins with the variable that is first in the alphabet.
        """
        return self._found

    @cached_property
    def _kinds(self) -> tuple[str, ...]:
        return tuple(polarity_of(map(_SIGN, links)) for links in self._found)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        counts = {"R": 0, "B": 0, "?": 0}
        names = []
        for kind in self._kinds:
            counts[kind] += 1
            names.append(f"{kind}{counts[kind]}")
        return tuple(names)

    @cached_property
    def _place_of(self) -> Callable[[str], int]:
        return _Places(self._order).__getitem__

    def _loop(self, i: int) -> Loop:
        links = self._found[i]
        variables = tuple(map(_CAUSE, links))
        title = self._titles.get(tuple(map(key, variables)), "") if self._titles else ""
        places = [*map(self._place_of, variables)]
        first = places.index(min(places))
        if first:
            links = links[first:] + links[:first]
            variables = variables[first:] + variables[:first]
        return Loop(self._names[i], self._kinds[i], variables, links, title)

    def _called(self, name: str) -> Loop:
        if not self._found:
            raise UnknownNameError(f"no loop was found on this map; none is called '{brief(name)}'")
        for i, own in enumerate(self._names):
            if key(own) == key(name):
                return self._loop(i)
        for keys, title in self._titles.items():
            if key(title) == key(name):
                for i, links in enumerate(self._found):
                    if tuple(key(link.cause) for link in links) == keys:
                        return self._loop(i)
        raise unknown_name(name, [*self._titles.values(), *self._names[:200]], "the loops")


class LoopChoice(Sequence[Loop]):
    """Some loops of a map in an order of their own; each is made when somebody looks at it.

    ``places`` are their places in ``loops``. It equals any list of the same loops.
    """

    def __init__(self, loops: Loops, places: Sequence[int]) -> None:
        self._loops = loops
        self._chosen = places

    def __len__(self) -> int:
        """Return how many loops were chosen."""
        return len(self._chosen)

    @overload
    def __getitem__(self, place: int) -> Loop: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Loop, ...]: ...
    def __getitem__(self, place: int | slice) -> Loop | tuple[Loop, ...]:
        """Return a loop by its place in this order, or the loops of a slice."""
        if isinstance(place, slice):
            return tuple(self._loops[i] for i in self._chosen[place])
        return self._loops[self._chosen[as_place(place, len(self), "loop")]]

    def __eq__(self, other: object) -> bool:
        """Say whether another list has the same loops in the same order."""
        if not isinstance(other, Sequence) or len(self) != len(other):
            return False
        return all(map(eq, self, other))

    def __hash__(self) -> int:
        """Return a number that equal choices share."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """List the loops, one a line, twelve at most."""
        return _listed(self)


class _Places(dict[str, int]):
    """The place on the map of a variable in any spelling, looked up once for each spelling."""

    def __init__(self, order: Mapping[str, int]) -> None:
        self._order = order

    def __missing__(self, name: str) -> int:
        place = self[name] = self._order[key(name)]
        return place


def find_loops(
    variables: Sequence[str],
    links: Sequence[Link],
    titles: Mapping[tuple[str, ...], str],
    stop: Stop,
    longest: int | None = None,
    most: int | None = None,
) -> Loops:
    """Return the loops that these links close, in their stable order.

    ``variables`` are keys in the order of the map, ``titles`` the names that authors gave, by
    the keys of the loop from the one that is first in the alphabet. Parallel links make loops
    of their own.
    """
    ranked = sorted(variables)
    rank = {variable: number for number, variable in enumerate(ranked)}
    between: dict[tuple[int, int], list[Link]] = {}
    for link in sorted(links, key=lambda link: "+-?".index(link.polarity)):
        between.setdefault((rank[key(link.cause)], rank[key(link.effect)]), []).append(link)
    successors: list[list[int]] = [[] for _ in ranked]
    for cause, effect in between:
        successors[cause].append(effect)
    circuits = Circuits(successors, longest, stop)
    ways = _with_links(circuits, between, stop)
    # One more than the most, to see whether there is one more.
    found = list(ways if most is None else islice(ways, most + 1))
    full = most is not None and len(found) > most
    if full:
        found.pop()
    complete = circuits.complete and not full
    order = {variable: place for place, variable in enumerate(variables)}
    note = "" if complete else _note(circuits.reached, len(found), full)
    return Loops(found, order, titles, complete, note)


def clock(seconds: float) -> Stop:
    """Return the question, to be asked now and then, whether the time is over.

    Raises
    ------
    ModelError
        When ``seconds`` is no time.
    """
    end = perf_counter() + as_seconds(seconds)
    return lambda: perf_counter() >= end


def steps(most: int) -> Stop:
    """Return a budget in steps of search: the same map always gives the same loops."""
    looks = 0

    def over() -> bool:
        nonlocal looks
        looks += 1
        return looks * STEPS_BETWEEN_LOOKS >= most

    return over


def _with_links(
    circuits: Circuits, between: Mapping[tuple[int, int], Sequence[Link]], stop: Stop
) -> Iterator[tuple[Link, ...]]:
    """Return the links along each circuit: once for each choice among parallel links."""
    if any(len(links) > 1 for links in between.values()):
        return _with_parallels(circuits, between, stop)
    link = {pair: links[0] for pair, links in between.items()}.__getitem__
    return (tuple(map(link, _pairs(path))) for path in circuits)


def _with_parallels(
    circuits: Circuits, between: Mapping[tuple[int, int], Sequence[Link]], stop: Stop
) -> Iterator[tuple[Link, ...]]:
    for path in circuits:
        sides = [between[pair] for pair in _pairs(path)]
        for number, links in enumerate(product(*sides), start=1):
            if number % STEPS_BETWEEN_LOOKS == 0 and stop():
                return  # the circuits are not at their end then, and say so
            yield links


def _pairs(path: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    return zip(path, (*path[1:], path[0]), strict=True)


def _listed(loops: Sequence[Loop]) -> str:
    lines = [str(loop) for loop in islice(loops, _LISTED)]
    if len(loops) > len(lines):
        lines.append(f"… and {len(loops) - len(lines):,} more")
    return "\n".join(lines) or "no loops"


def _note(reached: int, found: int, full: bool) -> str:
    why = f"the search stopped at {found:,} loops" if full else "the time for the search ran out"
    if reached == 0:
        return f"These are not all the loops: {why}."
    have = f"every loop of up to {reached} link{'s' * (reached > 1)} is here"
    more = "" if full else "; more time: loops(seconds=20)"
    return f"These are not all the loops: {why}; {have}, longer ones may be missing{more}."
