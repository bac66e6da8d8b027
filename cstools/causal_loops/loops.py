"""Every loop of a map, shortest first, within a budget that holds.

The search goes length by length, and within a length in the order of the names. A search that
runs out of time has therefore found the first part of the whole list, and a longer search adds
loops at its end: it never renames one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice, product
from time import perf_counter
from typing import overload

from cstools.causal_loops.parts import Link, Loop, polarity_of
from cstools.errors import unknown_name
from cstools.names import key

Stop = Callable[[], bool]
_STEPS_BETWEEN_LOOKS = 256


class Circuits:
    """The elementary circuits of a directed graph, as tuples of node numbers.

    Nodes are numbered from 0; each circuit begins at its smallest node. Iterating gives the
    circuits by length, and in lexicographic order within a length, until the last one, the
    longest length allowed, or until ``stop()`` says so. Afterwards ``reached`` is the length up
    to which nothing is missing and ``complete`` says whether the search came to its end.

    Steps, for each length from 1 up and from each start: look one link further backwards from
    the start, so that every node from which the way back fits in the length is known with its
    distance; walk forwards over larger nodes only; step to a node only if the way back to the
    start still fits; close the circuit at exactly that length. A start from which no walk was
    cut short has no longer circuits and is left out from then on.

    How it can mislead: the number of circuits can grow faster than exponentially with the nodes
    (a complete graph of 10 has 1,112,073), and so can the time, even with little to find. That
    is why ``stop`` is asked every few hundred steps, forwards and backwards, also when nothing
    is found; what is remembered grows with the steps.
    """

    def __init__(
        self, successors: Sequence[Sequence[int]], longest: int | None, stop: Stop
    ) -> None:
        self._next = [sorted(nodes) for nodes in successors]
        self._before: list[list[int]] = [[] for _ in successors]
        for node, following in enumerate(self._next):
            for successor in following:
                self._before[successor].append(node)
        self._longest = len(successors) if longest is None else min(longest, len(successors))
        self._stop = stop
        self._steps = 0
        self._stopped = self._cut_short = False
        self.reached = 0
        self.complete = False

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        starts = [_Start(node) for node in range(len(self._next))]
        for length in range(1, self._longest + 1):
            longer = []
            for start in starts:
                self._look_back(start, length - 1)
                yield from self._walk(start, length)
                if self._stopped:
                    return
                if self._cut_short:
                    longer.append(start)
            starts = longer
            self.reached = length
        self.reached, self.complete = self._longest, True

    def _over(self) -> bool:
        """Count a step; now and then, ask whether the search is to stop."""
        self._steps += 1
        if self._steps % _STEPS_BETWEEN_LOOKS == 0 and self._stop():
            self._stopped = True
        return self._stopped

    def _look_back(self, start: _Start, farthest: int) -> None:
        """Find the nodes from which the start is at most so many links away, over larger ones."""
        while start.edge and start.looked < farthest and not self._stopped:
            start.looked += 1
            edge, start.edge = start.edge, []
            for node in edge:
                for previous in self._before[node]:
                    if self._over():
                        return
                    if previous > start.node and previous not in start.back:
                        start.back[previous] = start.looked
                        start.edge.append(previous)

    def _walk(self, start: _Start, length: int) -> Iterator[tuple[int, ...]]:
        self._cut_short = False
        path, visited = [start.node], {start.node}
        ahead = [iter(self._next[start.node])]
        while ahead and not self._stopped:
            left = length - len(path)
            for node in ahead[-1]:
                if self._over():
                    return
                if node == start.node:
                    if left == 0:
                        yield tuple(path)
                elif node > start.node and node not in visited:
                    back = start.back.get(node)
                    if back is not None and back <= left:
                        path.append(node)
                        visited.add(node)
                        ahead.append(iter(self._next[node]))
                        break
                    # A node not met yet may be farther back, where nobody has looked so far.
                    self._cut_short |= back is not None or bool(start.edge)
            else:
                ahead.pop()
                visited.discard(path.pop())


class _Start:
    """A node where circuits begin, and what is known of the ways back to it."""

    def __init__(self, node: int) -> None:
        self.node = node
        self.back: dict[int, int] = {node: 0}
        self.looked = 0
        self.edge = [node]


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
        if not -len(self) <= place < len(self):
            raise IndexError(f"there is no loop {place} among {len(self):,}, counted from 0")
        return self._loop(place % len(self))

    def __repr__(self) -> str:
        """List the loops, one a line, twelve at most."""
        lines = [str(loop) for loop in islice(self, 12)]
        if len(self) > len(lines):
            lines.append(f"… and {len(self) - len(lines):,} more")
        if self.note:
            lines.append(self.note)
        return "\n".join(lines) or "no loops"

    @cached_property
    def _kinds(self) -> tuple[str, ...]:
        return tuple(polarity_of(link.polarity for link in links) for links in self._found)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        counts = {"R": 0, "B": 0, "?": 0}
        names = []
        for kind in self._kinds:
            counts[kind] += 1
            names.append(f"{kind}{counts[kind]}")
        return tuple(names)

    def _loop(self, i: int) -> Loop:
        links = self._found[i]
        keys = [key(link.cause) for link in links]
        first = min(range(len(keys)), key=lambda place: self._order[keys[place]])
        links = links[first:] + links[:first]
        variables = tuple(link.cause for link in links)
        title = self._titles.get(tuple(keys), "")
        return Loop(self._names[i], self._kinds[i], variables, links, title)

    def _called(self, name: str) -> Loop:
        for i, own in enumerate(self._names):
            if key(own) == key(name):
                return self._loop(i)
        for keys, title in self._titles.items():
            if key(title) == key(name):
                for i, links in enumerate(self._found):
                    if tuple(key(link.cause) for link in links) == keys:
                        return self._loop(i)
        raise unknown_name(name, [*self._titles.values(), *self._names[:200]], "the loops")


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
    found: list[tuple[Link, ...]] = []
    full = False
    for path in _with_parallels(circuits, between, stop):
        full = most is not None and len(found) >= most
        if full:
            break
        found.append(path)
    complete = circuits.complete and not full
    order = {variable: place for place, variable in enumerate(variables)}
    note = "" if complete else _note(circuits.reached, len(found), full)
    return Loops(found, order, titles, complete, note)


def clock(seconds: float) -> Stop:
    """Return the question, to be asked now and then, whether the time is over."""
    end = perf_counter() + seconds
    return lambda: perf_counter() >= end


def steps(most: int) -> Stop:
    """Return a budget in steps of search: the same map always gives the same loops."""
    looks = 0

    def over() -> bool:
        nonlocal looks
        looks += 1
        return looks * _STEPS_BETWEEN_LOOKS >= most

    return over


def _with_parallels(
    circuits: Circuits, between: Mapping[tuple[int, int], Sequence[Link]], stop: Stop
) -> Iterator[tuple[Link, ...]]:
    for path in circuits:
        sides = [between[pair] for pair in zip(path, (*path[1:], path[0]), strict=True)]
        for number, links in enumerate(product(*sides), start=1):
            if number % _STEPS_BETWEEN_LOOKS == 0 and stop():
                return  # the circuits are not at their end then, and say so
            yield links


def _note(reached: int, found: int, full: bool) -> str:
    why = f"the search stopped at {found:,} loops" if full else "the time for the search ran out"
    if reached == 0:
        return f"These are not all the loops: {why}."
    have = f"every loop of up to {reached} link{'s' * (reached > 1)} is here"
    more = "" if full else "; more time: loops(seconds=20)"
    return f"These are not all the loops: {why}; {have}, longer ones may be missing{more}."
