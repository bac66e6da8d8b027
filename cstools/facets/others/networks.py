"""Who hears whom: small networks of people, each with a place in a picture.

The networks come from networkx; where each person stands is worked out here for the named ones, so
that a picture tells the shape: a ring is round, and a village has its lanes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, cos, pi, sin, sqrt
from typing import Any

from cstools.errors import ModelError, shown, unknown_name
from cstools.names import key

MOST_PEOPLE = 2000
_LANE = 6  # people in a lane of the village
_SEED = 7  # of the places of a network that has no shape of its own

Places = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Network:
    """People, whom each of them hears, and where each stands in a picture.

    Attributes
    ----------
    name : str
        What it is called: ``"ring"``.
    hears : tuple of tuple of int
        For each person, whom they hear beside themselves; people are counted from 0.
    places : tuple of (float, float)
        For each person, how far to the right and how far up.
    """

    name: str
    hears: tuple[tuple[int, ...], ...]
    places: Places

    @property
    def people(self) -> int:
        """How many people there are."""
        return len(self.hears)

    @property
    def everybody(self) -> bool:
        """Whether each hears all the others; such links are told and not drawn."""
        return self.people > 2 and all(len(heard) == self.people - 1 for heard in self.hears)

    @property
    def links(self) -> list[tuple[int, int, bool]]:
        """Who hears whom, each pair once: the two, and whether each hears the other."""
        heard = [set(others) for others in self.hears]
        pairs = [(i, j) for i, others in enumerate(self.hears) for j in others]
        return [(i, j, i in heard[j]) for i, j in pairs if i < j or i not in heard[j]]


def network(kind: object, people: int | None = None) -> Network:
    """Return a network by its name, or one made from a networkx graph.

    Parameters
    ----------
    kind
        ``"row"``, ``"ring"``, ``"star"``, ``"village"``, ``"bridge"``, ``"two camps"``,
        ``"karate club"``, ``"everybody"``; or a graph of networkx. In a directed graph, a link from
        one person to another says that the first hears the second.
    people
        How many there are; each kind has a number of its own. Villages have whole lanes of six,
        two groups an even number.

    Raises
    ------
    UnknownNameError
        When no network is called so.
    ModelError
        When there are too few people, or more than 2,000, or it is no network.

    Notes
    -----
    The karate club is a real one, of 34 people, watched for two years [Zachary1977]_; all others
    are shapes.
    """
    if hasattr(kind, "adjacency"):
        return from_graph(kind)
    if not isinstance(kind, str):
        raise ModelError(f"a network is a name or a networkx graph, not {shown(kind)}")
    made = {key(name): (name, make) for name, make in _KINDS.items()}
    if key(kind) not in made:
        raise unknown_name(kind, _KINDS, "the networks")
    name, make = made[key(kind)]
    return make(name, _counted(people, name))


def from_graph(graph: Any, name: str = "network", places: Places = ()) -> Network:
    """Return a networkx graph as a network; without places it is laid out by springs.

    Raises
    ------
    ModelError
        When the graph has nobody in it, or too many.
    """
    import networkx as nx

    order = {node: position for position, node in enumerate(graph)}
    _counted(len(order), name)
    hears = tuple(
        tuple(sorted(order[other] for other in graph[node] if other != node)) for node in order
    )
    if not places:
        laid = nx.spring_layout(graph, seed=_SEED)
        places = _squared([(float(laid[node][0]), float(laid[node][1])) for node in order])
    return Network(name, hears, places)


def _squared(places: Sequence[tuple[float, float]]) -> Places:
    """Return places as wide as high: springs give nearness, and no measure of either."""
    columns = []
    for values in zip(*places, strict=True):
        low, high = min(values), max(values)
        columns.append([(value - low) / (high - low or 1.0) for value in values])
    across, up = columns
    return tuple(zip(across, up, strict=True))


def _counted(people: int | None, name: str) -> int:
    """Return how many people there are, 0 where nobody said."""
    if people is None:
        return 0
    if isinstance(people, bool) or not isinstance(people, int) or not 2 <= people <= MOST_PEOPLE:
        raise ModelError(f"{name}: people is a whole number from 2 to 2,000, not {shown(people)}")
    return people


def _row(name: str, people: int) -> Network:
    import networkx as nx

    people = people or 3
    return from_graph(nx.path_graph(people), name, tuple((float(i), 0.0) for i in range(people)))


def _ring(name: str, people: int) -> Network:
    import networkx as nx

    people = people or 12
    return from_graph(nx.cycle_graph(people), name, _around(people))


def _star(name: str, people: int) -> Network:
    """Person 1 stands in the middle: hears all, and is heard by all."""
    import networkx as nx

    people = people or 12
    return from_graph(nx.star_graph(people - 1), name, ((0.0, 0.0), *_around(people - 1)))


def _village(name: str, people: int) -> Network:
    """Lanes in which everybody hears everybody, and one person of each hears the next lane."""
    import networkx as nx

    lanes = _whole(people or 4 * _LANE, _LANE, name, 2)
    return from_graph(nx.connected_caveman_graph(lanes, _LANE), name, _lanes(lanes))


def _bridge(name: str, people: int) -> Network:
    """Two groups of which one person each hears one of the other."""
    import networkx as nx

    each = _whole(people or 12, 2, name, 3)
    return from_graph(nx.barbell_graph(each, 0), name, _two_groups(each))


def _two_camps(name: str, people: int) -> Network:
    import networkx as nx

    each = _whole(people or 12, 2, name, 2)
    apart = nx.disjoint_union(nx.complete_graph(each), nx.complete_graph(each))
    return from_graph(apart, name, _two_groups(each))


def _karate_club(name: str, people: int) -> Network:
    import networkx as nx

    if people not in (0, 34):
        raise ModelError(f"{name}: it had 34 people; leave people= out")
    return from_graph(nx.karate_club_graph(), name)


def _everybody(name: str, people: int) -> Network:
    import networkx as nx

    people = people or 100
    wide = ceil(sqrt(people))
    places = tuple((float(i % wide), -float(i // wide)) for i in range(people))
    return from_graph(nx.complete_graph(people), name, places)


_KINDS: dict[str, Callable[[str, int], Network]] = {
    "row": _row,
    "ring": _ring,
    "star": _star,
    "village": _village,
    "bridge": _bridge,
    "two camps": _two_camps,
    "karate club": _karate_club,
    "everybody": _everybody,
}
NAMES: Sequence[str] = tuple(_KINDS)


def _whole(people: int, group: int, name: str, fewest: int) -> int:
    """Return how often ``group`` goes into ``people``; it must go into it without a rest."""
    if people % group or people // group < fewest:
        raise ModelError(
            f"{name}: people is {fewest * group} or another multiple of {group}, not {people}"
        )
    return people // group


def _around(people: int) -> Places:
    """Return places on a circle, the first at the top, then clockwise."""
    turns = [2 * pi * position / people for position in range(people)]
    return tuple((sin(turn), cos(turn)) for turn in turns)


def _lanes(lanes: int) -> Places:
    """Return lanes on a large circle; the first and the last of each look to their neighbours."""
    middles = [(0.75 * lanes * x, 0.75 * lanes * y) for x, y in _around(lanes)]
    sides = (-3, -1, 1, 5, 7, 3)  # of a lane, in twelfths of a turn, for its six people
    return tuple(
        (x + sin(2 * pi * (lane / lanes + side / 12)), y + cos(2 * pi * (lane / lanes + side / 12)))
        for lane, (x, y) in enumerate(middles)
        for side in sides
    )


def _two_groups(each: int) -> Places:
    """Return two circles of places; the last of the first looks at the first of the second."""
    turns = [2 * pi * position / each for position in range(each)]
    left = [(-1.8 + cos(turn + turns[1]), sin(turn + turns[1])) for turn in turns]
    right = [(1.8 - cos(turn), sin(turn)) for turn in turns]
    return (*left, *right)
