"""A shortest independent loop set: few loops from which all the others can be put together.

Oliva [Oliva2004]_ looks for a set of short loops that still holds all the feedback of a map, one
that people can look at loop by loop. A loop is here the set of its links, and loops are added as
such sets are over GF(2): what both have falls out. In each strongly connected part of E links
and N variables, E − N + 1 loops are independent, and no more.

Which rule is used: a loop is kept if it is not a sum of shorter ones kept before it. Oliva's own
rule, to keep a loop if it has a link that none before it has, can stop before that number is
reached: in a complete graph of four variables the six loops of two links have all the links, and
nine loops are independent. Ties are broken by the names: among loops of equal length, the one
that comes first in ``loops()`` is tried first, so the set does not depend on the order of the
lines. Another order would give another set, of the same number and the same lengths.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from cstools.causal_loops.checked import as_place
from cstools.causal_loops.loops import Loops, Stop, find_loops
from cstools.causal_loops.parts import Link, Loop
from cstools.errors import ModelError, unknown_name
from cstools.names import key
from cstools.plotting.tables import html

Path = tuple[Link, ...]
_SHORT, _MOST_LOOPS, _SHOWN = 8, 1_000_000, 40
_MOST_WORK = 2_000_000  # links looked at, from every variable: some seconds
_FILLED_UP = (
    "This map has too many loops to look at them all in this time. The set is whole, but not "
    "surely the shortest: after the loops of few links it was filled up with short loops through "
    "each link. Their names are their own, not those of loops()."
)


@dataclass(frozen=True, repr=False)
class IndependentLoops(Sequence[Loop]):
    """The loops of an independent set, shortest first, with their names in ``loops()``.

    ``rank`` is how many loops a whole set has: E − N + 1, summed over the strongly connected
    parts. ``shortest`` says whether no set has shorter loops. Where a map has too many loops to
    look at them all, the set was filled up with short loops through each link: it is whole,
    ``note`` says how it was made, and its loops have names of their own.
    """

    found: tuple[Loop, ...]
    rank: int
    shortest: bool = True

    @property
    def note(self) -> str:
        """How the set was made, when it is not surely the shortest; or an empty string."""
        return "" if self.shortest else _FILLED_UP

    def __len__(self) -> int:
        """Return how many loops the set has."""
        return len(self.found)

    @overload
    def __getitem__(self, place: int | str) -> Loop: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Loop, ...]: ...
    def __getitem__(self, place: int | str | slice) -> Loop | tuple[Loop, ...]:
        """Return a loop by place, name or title, or the loops of a slice."""
        if isinstance(place, slice):
            return self.found[place]
        if not isinstance(place, str):
            return self.found[as_place(place, len(self), "loop")]
        for loop in self.found:
            if key(place) in (key(loop.name), key(loop.title)):
                return loop
        names = [loop.title or loop.name for loop in self.found]
        raise unknown_name(place, names, "the independent loops")

    def __repr__(self) -> str:
        lines = [self._sentence(), *map(str, self.found[:_SHOWN])]
        more = len(self) - _SHOWN
        lines += [f"… and {more:,} more"] if more > 0 else []
        return "\n".join([*lines, *filter(None, [self.note])])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        if not self.found:
            return {"text/plain": repr(self)}
        rows = [
            (f"{loop.name} {loop.title}".strip(), " → ".join((*loop.variables, loop.variables[0])))
            for loop in self.found[:_SHOWN]
        ]
        more = len(self) - len(rows)
        note = " ".join(filter(None, [f"… and {more:,} more." if more > 0 else "", self.note]))
        table = html(self._sentence(), ("Loop", "Way round"), rows, note)
        return {"text/plain": repr(self), "text/html": table}

    def _sentence(self) -> str:
        if not self.found:
            return "There is no loop on this map."
        if len(self) == 1:
            return "One loop holds all the feedback of this map:"
        return f"{len(self):,} loops, from which every other can be put together:"


def independent_loops(
    variables: Sequence[str],
    links: Sequence[Link],
    titles: Mapping[tuple[str, ...], str],
    stop: Stop,
    most: int = _MOST_LOOPS,
) -> IndependentLoops:
    """Return a shortest independent loop set, or a whole one when the time is over.

    ``variables`` are keys in the order of the map, ``titles`` as for
    :func:`cstools.causal_loops.loops.find_loops`; no more than ``most`` loops are looked at.

    Steps:

    1. Search the loops up to a length, and keep the independent ones, shortest first.
    2. Let the length grow until the rank is reached; then the set is the shortest.
    3. If the time is over before that, fill up with short loops through each link.

    Raises
    ------
    ModelError
        When the time is over and the map is too large to fill up the set.
    """
    parts = _strong_parts(variables, links)
    rank = sum(part.rank for part in parts)
    kept: list[Loop] = []
    for length in _lengths(len(variables)):
        if len(kept) == rank:
            break
        loops = find_loops(variables, links, titles, stop, length, most)
        space = _Space(links)
        kept = [loop for loop in loops if space.takes(loop.links)]
        if not loops.complete:
            break
    if len(kept) == rank:
        return IndependentLoops(tuple(kept), rank)
    if sum(len(part.members) * len(part.links) for part in parts if part.rank > 0) > _MOST_WORK:
        raise ModelError(
            f"a map of {len(variables):,} variables and {len(links):,} links is too large to fill "
            "up an independent loop set; take a part of it"
        )
    paths = [_from_first(loop.links) for loop in kept]
    paths += [path for path in _short_ones(parts) if space.takes(path)]
    order = {variable: place for place, variable in enumerate(variables)}
    return IndependentLoops(
        tuple(Loops(sorted(paths, key=_rank_of), order, titles)), rank, shortest=False
    )


class _Space:
    """The sums of the loops kept so far, as bits of a number, one bit a link."""

    def __init__(self, links: Sequence[Link]) -> None:
        self._bit = {_identity(link): 1 << place for place, link in enumerate(links)}
        self._rows: dict[int, int] = {}

    def takes(self, path: Path) -> bool:
        """Keep a loop if it is no sum of those kept; say whether it was."""
        row = sum(self._bit[_identity(link)] for link in path)
        while row:
            top = row.bit_length()
            if top not in self._rows:
                self._rows[top] = row
                return True
            row ^= self._rows[top]
        return False


@dataclass(frozen=True)
class _Part:
    """A strongly connected part: its variables, from the first in the alphabet, and its links."""

    members: tuple[str, ...]
    links: tuple[Link, ...]

    @property
    def rank(self) -> int:
        return len(self.links) - len(self.members) + 1


def _strong_parts(variables: Sequence[str], links: Sequence[Link]) -> list[_Part]:
    import networkx

    graph = networkx.DiGraph()
    graph.add_nodes_from(variables)
    graph.add_edges_from((key(link.cause), key(link.effect)) for link in links)
    home: dict[str, int] = {}
    groups = list(networkx.strongly_connected_components(graph))
    for place, members in enumerate(groups):
        home.update(dict.fromkeys(members, place))
    inside: list[list[Link]] = [[] for _ in groups]
    for link in links:
        if home[key(link.cause)] == home[key(link.effect)]:
            inside[home[key(link.cause)]].append(link)
    pairs = zip(groups, inside, strict=True)
    return [_Part(tuple(sorted(members)), tuple(within)) for members, within in pairs]


def _lengths(most: int) -> Iterator[int]:
    """Yield each length while loops are short, then ever larger ones, and the last one."""
    length = 1
    while length < most:
        yield length
        length += 1 if length < _SHORT else length // 2
    yield most


def _short_ones(parts: Sequence[_Part]) -> list[Path]:
    """Return short loops that together hold every loop of these parts, shortest first.

    Steps, for each part: the shortest loop through each link; then, for each link, the walk from
    the first variable along shortest ways to the link, through it and back, cut into its loops.
    Those walks alone hold every loop: the sum of the walks of a loop's links is the loop and
    walks to and fro between the first variable and the loop, and these are sums of walks too.
    """
    found: dict[frozenset[tuple[str, str, str]], Path] = {}
    for part in parts:
        if part.rank > 0:
            for path in _loops_of(part):
                found.setdefault(frozenset(map(_identity, path)), path)
    return sorted(found.values(), key=_rank_of)


def _loops_of(part: _Part) -> Iterator[Path]:
    links = sorted(part.links, key=_identity)
    first = part.members[0]
    there, back = _ways(first, links, _effect, _cause), _ways(first, links, _cause, _effect)
    backwards = {member: tuple(reversed(way)) for member, way in back.items()}
    ways: dict[str, dict[str, Path]] = {}
    for link in links:
        start = _effect(link)
        if start not in ways:
            ways[start] = _ways(start, links, _effect, _cause)
        yield _from_first((link, *ways[start][_cause(link)]))
        yield from _cut((*there[_cause(link)], link, *backwards[_effect(link)]))


def _ways(
    start: str, links: Sequence[Link], ahead: Callable[[Link], str], behind: Callable[[Link], str]
) -> dict[str, Path]:
    """Return a shortest way from the start to each variable, as the links in the order met."""
    leaving: dict[str, list[Link]] = {}
    for link in links:
        leaving.setdefault(behind(link), []).append(link)
    ways: dict[str, Path] = {start: ()}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for link in leaving.get(here, ()):
            if ahead(link) not in ways:
                ways[ahead(link)] = (*ways[here], link)
                waiting.append(ahead(link))
    return ways


def _cut(walk: Path) -> Iterator[Path]:
    """Yield the loops that a closed walk is made of."""
    way: list[Link] = []
    for link in walk:
        way.append(link)
        starts = [_cause(earlier) for earlier in way]
        if _effect(link) in starts:
            begin = starts.index(_effect(link))
            yield _from_first(tuple(way[begin:]))
            del way[begin:]


def _from_first(path: Path) -> Path:
    """Return a loop from its first variable in the alphabet on."""
    first = min(range(len(path)), key=lambda place: _cause(path[place]))
    return path[first:] + path[:first]


def _rank_of(path: Path) -> tuple[int, list[str], list[int]]:
    """Return what loops are sorted by: length, names, signs."""
    return len(path), list(map(_cause, path)), ["+-?".index(link.polarity) for link in path]


def _identity(link: Link) -> tuple[str, str, str]:
    return _cause(link), _effect(link), link.polarity


def _cause(link: Link) -> str:
    return key(link.cause)


def _effect(link: Link) -> str:
    return key(link.effect)
