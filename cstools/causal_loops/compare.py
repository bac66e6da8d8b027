"""Two maps side by side: what they share, what only one has, where they say the opposite.

The element distance is that of Schaffernicht and Groesser [SchaffernichtGroesser2011]_. Their
idea of a distance of loops, and of a distance of maps by their loops, is kept; how both are
counted here is this package's own and simple, so that a class can do it by hand. Values of
``loop_distance`` and ``model_distance`` are therefore not to be set beside published ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from cstools.causal_loops.loops import Loops
from cstools.causal_loops.naming import plain
from cstools.causal_loops.parts import Link, Loop, shown
from cstools.names import key
from cstools.plotting.tables import html, listed

Pair = tuple[str, str]
Signs = dict[Pair, frozenset[str]]
_WEIGHTS = {"+": 1, "-": -1}
_LOOPS_COMPARED, _TOLD = 300, 6


@dataclass(frozen=True)
class Sides:
    """One side of a comparison: a map with its name, as values."""

    name: str
    variables: tuple[str, ...]
    links: tuple[Link, ...]
    loops: Loops


@dataclass(frozen=True, repr=False)
class Conflict:
    """A link that one map has with one sign and the other with the opposite."""

    cause: str
    effect: str
    here: str
    there: str

    def __repr__(self) -> str:
        return f"{self.cause} → {self.effect} ({shown(self.here)} here, {shown(self.there)} there)"


@dataclass(frozen=True, repr=False)
class LoopPair:
    """A loop of one map, and the loop of the other that is nearest to it, if any shares a link.

    ``distance`` is 0 for the same loop and 1 when no loop of the other map shares a link.
    """

    loop: Loop
    nearest: Loop | None
    distance: float

    def __repr__(self) -> str:
        beside = f"nearest is {self.nearest}" if self.nearest else "no loop shares a link"
        return f"{self.loop}; {beside}, at a distance of {self.distance:.2f}"


@dataclass(frozen=True, repr=False, eq=False)
class Comparison:
    """What two maps share and where they differ; “here” is the first, “there” the other.

    ``alike`` are pairs of names, one of each map, that look like one name in two spellings: they
    were counted as two variables. Delays, reasons and lenses play no part in the distances;
    ``delays`` are the links that are delayed on one map only.
    """

    here: Sides
    there: Sides
    variables_shared: tuple[str, ...]
    variables_here: tuple[str, ...]
    variables_there: tuple[str, ...]
    links_shared: tuple[Link, ...]
    links_here: tuple[Link, ...]
    links_there: tuple[Link, ...]
    conflicts: tuple[Conflict, ...]
    delays: tuple[Link, ...]
    alike: tuple[tuple[str, str], ...]
    element_distance: float
    loops_here: tuple[LoopPair, ...]
    loops_there: tuple[LoopPair, ...]

    @property
    def model_distance(self) -> float:
        """The mean distance of each loop of either map to the nearest one of the other.

        0 when the maps have the same loops (or none has any), 1 when no loops share a link. Only
        the 300 shortest loops of a map count.
        """
        pairs = (*self.loops_here, *self.loops_there)
        return fsum(pair.distance for pair in pairs) / len(pairs) if pairs else 0.0

    def __repr__(self) -> str:
        told = [
            f"Compared with {self._other}: {_many(len(self.variables_shared), 'variable')} and "
            f"{_many(len(self.links_shared), 'link')} in common."
        ]
        told += [
            f"{head}{':' * head[-1].isalpha()} {listed(_some(what))}."
            for head, what in self._differences()
            if what
        ]
        told.append(self._distances())
        return "\n".join(told)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        in_common = [
            ("Variables in common", list(self.variables_shared)),
            ("Links in common", list(map(str, self.links_shared))),
        ]
        rows = [
            (head, f"{len(what):,}", ", ".join(_some(what)))
            for head, what in in_common + self._differences()
            if what
        ]
        title = f"Compared with {self._other}"
        table = html(title, ("What", "How many", "Which"), rows, self._distances())
        return {"text/plain": repr(self), "text/html": table}

    @property
    def _other(self) -> str:
        return f"“{self.there.name}”" if self.there.name else "the other map"

    def _differences(self) -> list[tuple[str, list[str]]]:
        twins = [f"'{here}' here and '{there}' there" for here, there in self.alike]
        return [
            ("Variables only here", list(self.variables_here)),
            ("Variables only there", list(self.variables_there)),
            ("One name in two spellings?", twins),
            ("Links only here", list(map(str, self.links_here))),
            ("Links only there", list(map(str, self.links_there))),
            ("Opposite signs", list(map(str, self.conflicts))),
            ("Delayed on one map only", [f"{link.cause} → {link.effect}" for link in self.delays]),
        ]

    def _distances(self) -> str:
        some = any(
            len(side.loops) > _LOOPS_COMPARED or not side.loops.complete
            for side in (self.here, self.there)
        )
        among = f" (only the {_LOOPS_COMPARED} shortest loops of a map)" if some else ""
        delays = " Delays do not count in them." if self.delays else ""
        return (
            f"Distance by links {self.element_distance:.2f}, by loops {self.model_distance:.2f}"
            f"{among}; 0 is no difference.{delays}"
        )


def compare(here: Sides, there: Sides) -> Comparison:
    """Return what two maps share and where they differ."""
    ours, theirs = _signs(here.links), _signs(there.links)
    names = _names(here.variables), _names(there.variables)
    only_here = tuple(name for k, name in names[0].items() if k not in names[1])
    only_there = tuple(name for k, name in names[1].items() if k not in names[0])
    conflicts = [pair for pair in ours if pair in theirs and opposed(ours[pair], theirs[pair])]
    at_odds = set(conflicts)
    return Comparison(
        here,
        there,
        tuple(name for k, name in names[0].items() if k in names[1]),
        only_here,
        only_there,
        tuple(link for link in here.links if link.polarity in theirs.get(_ends(link), ())),
        _only(here.links, theirs, at_odds),
        _only(there.links, ours, at_odds),
        tuple(
            Conflict(names[0][cause], names[0][effect], *_one_each(ours, theirs, (cause, effect)))
            for cause, effect in conflicts
        ),
        _delayed_once(here.links, there.links),
        tuple((a, b) for a in only_here for b in only_there if plain(a) == plain(b)),
        element_distance(ours, theirs, set(names[0]), set(names[1])),
        *_loop_pairs(here.loops, there.loops),
    )


def opposed(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Say whether two maps know the sign of a link, and know no sign in common."""
    known = ours - {"?"}, theirs - {"?"}
    return bool(known[0] and known[1]) and not known[0] & known[1]


def element_distance(ours: Signs, theirs: Signs, here: set[str], there: set[str]) -> float:
    """Return the element distance of two maps, Σ|a − b| over how large it could become.

    With v variables on either map and v_c on both, the sum goes over all ordered pairs of two
    variables, a and b are 1 for a link with +, −1 for one with − and 0 for none, and it is
    divided by 4·v_c(v_c − 1) + 2(v(v − 1) − v_c(v_c − 1)) [SchaffernichtGroesser2011]_. It is
    symmetric, and 0 for maps with the same signed links.

    Delays are not in the formula: two maps that differ only in them are at 0, and
    ``Comparison.delays`` names the links. Where it is silent otherwise: an open sign, or both
    signs at once, is at a distance of 1 from +, from − and from no link, and of 0 from itself.
    Links from a variable to itself do not count. Maps of fewer than two variables are at a
    distance of 0.

    How it can mislead: signs weigh 1, so that opposite signs differ by 2 where the divisor has
    4: two maps that contradict each other in every link are at 0.5 and not at 1. Large maps are
    near each other merely because they have few of all possible links.
    """
    pairs = {pair for pair in (*ours, *theirs) if pair[0] != pair[1]}
    total = sum(_difference(ours.get(pair), theirs.get(pair)) for pair in pairs)
    either, both = _ordered_pairs(len(here | there)), _ordered_pairs(len(here & there))
    largest = 4 * both + 2 * (either - both)
    return total / largest if largest else 0.0


def loop_distance(one: Loop, other: Loop) -> float:
    """Return how far two loops are apart: the mean difference of their links, from 0 to 1.

    Over the links that either has: 0 for a link that both have with one sign, 1 for a link that
    one lacks or that has the opposite sign, ½ where one sign is open.
    """
    return _distance(_signed(one), _signed(other))


def _signs(links: Sequence[Link]) -> Signs:
    signs: dict[Pair, set[str]] = {}
    for link in links:
        signs.setdefault(_ends(link), set()).add(link.polarity)
    return {pair: frozenset(found) for pair, found in signs.items()}


def _names(variables: Sequence[str]) -> dict[str, str]:
    return {key(name): name for name in variables}


def _only(links: Sequence[Link], others: Signs, at_odds: set[Pair]) -> tuple[Link, ...]:
    return tuple(
        link
        for link in links
        if _ends(link) not in at_odds and link.polarity not in others.get(_ends(link), ())
    )


def _one_each(ours: Signs, theirs: Signs, pair: Pair) -> tuple[str, str]:
    return next(iter(ours[pair] - {"?"})), next(iter(theirs[pair] - {"?"}))


def _delayed_once(ours: Sequence[Link], theirs: Sequence[Link]) -> tuple[Link, ...]:
    delayed = {(_ends(link), link.polarity): link.delayed for link in theirs}
    return tuple(
        link
        for link in ours
        if delayed.get((_ends(link), link.polarity), link.delayed) != link.delayed
    )


def _difference(a: frozenset[str] | None, b: frozenset[str] | None) -> int:
    if a == b:
        return 0
    weights = [_weight(signs) for signs in (a, b)]
    if weights[0] is None or weights[1] is None:
        return 0 if weights[0] is weights[1] else 1
    return abs(weights[0] - weights[1])


def _weight(signs: frozenset[str] | None) -> int | None:
    """Return 1, −1, 0 for no link, or ``None`` for a sign that cannot be said."""
    if signs is None:
        return 0
    return _WEIGHTS.get(next(iter(signs))) if len(signs) == 1 else None


def _ordered_pairs(count: int) -> int:
    return count * (count - 1)


def _loop_pairs(here: Loops, there: Loops) -> tuple[tuple[LoopPair, ...], tuple[LoopPair, ...]]:
    ours, theirs = here[:_LOOPS_COMPARED], there[:_LOOPS_COMPARED]
    signed = [_signed(loop) for loop in ours], [_signed(loop) for loop in theirs]
    table = [[_distance(one, other) for other in signed[1]] for one in signed[0]]
    columns = list(zip(*table, strict=True)) if table else [()] * len(theirs)
    return (
        tuple(_nearest(loop, theirs, row) for loop, row in zip(ours, table, strict=True)),
        tuple(_nearest(loop, ours, row) for loop, row in zip(theirs, columns, strict=True)),
    )


def _nearest(loop: Loop, others: Sequence[Loop], distances: Sequence[float]) -> LoopPair:
    distance = min(distances, default=1.0)
    nearest = others[list(distances).index(distance)] if distance < 1 else None
    return LoopPair(loop, nearest, distance)


def _signed(loop: Loop) -> dict[Pair, str]:
    return {_ends(link): link.polarity for link in loop.links}


def _distance(one: Mapping[Pair, str], other: Mapping[Pair, str]) -> float:
    shared = one.keys() & other.keys()
    if not shared:
        return 1.0
    every = len(one) + len(other) - len(shared)
    differing = sum(
        0 if one[pair] == other[pair] else 0.5 if "?" in (one[pair], other[pair]) else 1
        for pair in shared
    )
    return (every - len(shared) + differing) / every


def _ends(link: Link) -> Pair:
    return key(link.cause), key(link.effect)


def _some(what: Sequence[str]) -> list[str]:
    more = len(what) - _TOLD
    return [*what[:_TOLD], f"{more:,} more"] if more > 0 else list(what)


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'s' * (count != 1)}" if count else f"no {thing}"
