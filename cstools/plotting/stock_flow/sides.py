"""By which side of a stock each flow comes and goes, and how large that makes the box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from cstools.plotting.arcs import Points
from cstools.plotting.stock_flow.pipes import (
    OUTWARD,
    Path,
    every_way,
    hits,
    length,
    meetings,
    route,
)

_USUAL_HALF = 52 + 28j
_ROOM_ROUND_A_PORT = 16.0
_PITCH = 52.0  # between two pipes side by side
_NEIGHBOUR = 1.5  # what it costs to leave where another stock stands
# Where flows from and to the outside world belong: in on the left, out on the right.
_INTO_COST = {"L": 0.0, "T": 1.3, "B": 1.5, "R": 2.6}
_OUT_COST = {"R": 0.0, "B": 1.3, "T": 1.5, "L": 2.6}


@dataclass(frozen=True)
class Ends:
    """A flow's two ends by the numbers of the stocks; ``None`` is the outside world."""

    out_of: int | None
    into: int | None

    @property
    def inside(self) -> bool:
        """Whether it joins two different stocks."""
        return self.out_of is not None and self.into is not None and self.out_of != self.into

    @property
    def stock(self) -> int:
        """The one stock of a flow from or to the outside world."""
        return self.out_of if self.out_of is not None else self.into or 0


@dataclass
class Sides:
    """The sides by which each flow leaves and enters, and how many flows use each side."""

    leaving: dict[int, str] = field(default_factory=dict)
    entering: dict[int, str] = field(default_factory=dict)
    joined: dict[tuple[int, str], int] = field(default_factory=dict)  # flows to other stocks
    open: dict[tuple[int, str], int] = field(default_factory=dict)  # flows to the outside world
    arches: list[tuple[int, int, str]] = field(default_factory=list)  # out and back by one side


def sides_of(ends: Sequence[Ends], at: Points, towards: dict[int, complex]) -> Sides:
    """Return the sides for all flows, the shortest and plainest flows between stocks first.

    ``at`` are the stocks' middles, before their final sizes are known; ``towards`` says for some
    flows from or to the outside world where the valve must be.
    """
    sides = Sides()
    half = np.full(len(at), _USUAL_HALF)
    paths: list[Path] = []
    inner = [flow for flow, end in enumerate(ends) if end.inside]
    for flow in sorted(inner, key=lambda flow: _apart(ends[flow], at)):
        leaving, entering, path = _best_way(ends[flow], at, half, paths, sides)
        sides.leaving[flow], sides.entering[flow] = leaving, entering
        for place in ((_number(ends[flow].out_of), leaving), (_number(ends[flow].into), entering)):
            sides.joined[place] = sides.joined.get(place, 0) + 1
        if leaving == entering:
            sides.arches.append((_number(ends[flow].out_of), _number(ends[flow].into), leaving))
        paths.append(path)
    for flow, end in enumerate(ends):
        if not end.inside:
            _open_side(flow, end, at, sides, towards.get(flow))
    return sides


def _number(stock: int | None) -> int:
    return -1 if stock is None else stock


def _apart(end: Ends, at: Points) -> float:
    way = at[_number(end.into)] - at[_number(end.out_of)]
    return float(round(abs(way.real) + abs(way.imag) + 40.0 * (way.real < 0), 3))


def _best_way(
    end: Ends, at: Points, half: Points, paths: Sequence[Path], sides: Sides
) -> tuple[str, str, Path]:
    first, last = _number(end.out_of), _number(end.into)
    best: tuple[float, str, str, Path] = (np.inf, "R", "L", (at[first], at[last]))
    for leaving, entering in every_way():
        start, stop = _port(at[first], half[first], leaving), _port(at[last], half[last], entering)
        path = route(start, leaving, stop, entering, far=50.0)
        if path is None:
            continue
        cost = way_cost(path, at, half, (first, last), paths)
        cost += 0.5 * sides.joined.get((first, leaving), 0) * (len(path) > 2)
        cost += 0.5 * sides.joined.get((last, entering), 0) * (len(path) > 2)
        cost += 0.2 * (leaving == "L") + 0.1 * (leaving == "T")
        if cost < best[0] - 1e-6:
            best = cost, leaving, entering, path
    return best[1:]


def way_cost(
    path: Path, at: Points, half: Points, own: tuple[int, int], paths: Sequence[Path]
) -> float:
    """Return what speaks against a way: its length, its corners, what it runs into."""
    others = np.array([i for i in range(len(at)) if i not in own], dtype=int)
    cost = length(path) / 160 + 0.9 * (len(path) - 2)
    cost += 40.0 * hits(path, at[others], half[others])
    # Its own boxes are met at its ends only.
    inner = path[1:-1]
    if len(inner) > 1:
        cost += 40.0 * hits(inner, at[list(own)], half[list(own)] - 8 * (1 + 1j))
    for other in paths:
        crossed, close = meetings(path, other)
        cost += 4.0 * crossed + (2.0 * close if len(path) > 2 or len(other) > 2 else 0.4 * close)
    return cost


def _port(at: complex, half: complex, side: str) -> complex:
    out = OUTWARD[side]
    return at + out.real * half.real + 1j * out.imag * half.imag


def _open_side(flow: int, end: Ends, at: Points, sides: Sides, towards: complex | None) -> None:
    """Choose the side of a flow from or to the outside world, or from a stock to itself."""
    stock = end.stock
    if end.out_of is not None and end.into is not None:
        sides.leaving[flow], sides.entering[flow] = "T", "R"
        for side in "TR":
            sides.joined[stock, side] = sides.joined.get((stock, side), 0) + 1
        return
    custom = _INTO_COST if end.out_of is None else _OUT_COST
    costs = {
        side: _side_cost(side, stock, custom[side], at, sides)
        if towards is None
        else -((towards - at[stock]) * OUTWARD[side].conjugate()).real
        for side in OUTWARD
    }
    side = min(costs, key=lambda side: costs[side])
    (sides.entering if end.out_of is None else sides.leaving)[flow] = side
    sides.open[stock, side] = sides.open.get((stock, side), 0) + 1


def _side_cost(side: str, stock: int, custom: float, at: Points, sides: Sides) -> float:
    level = side in "LR"
    joined, open_ = sides.joined.get((stock, side), 0), sides.open.get((stock, side), 0)
    cost = custom + joined * 2.4 + open_ * (0.1 + 0.8 * open_ if level else 2.2)
    cost += 1.7 * sum(_spans(arch, stock, side, at) for arch in sides.arches)
    away = (at - at[stock]) * OUTWARD[side].conjugate()
    near = (away.real > 1) & (away.real < 330) & (np.abs(away.imag) < 60)
    return cost + _NEIGHBOUR * bool(near.any())


def _spans(arch: tuple[int, int, str], stock: int, side: str, at: Points) -> bool:
    """Say whether a pipe runs across a side of a stock, on its way from one stock to another."""
    one, two, over = arch
    place = at[[one, two, stock]].real if side in "TB" else at[[one, two, stock]].imag
    level = at[[one, two, stock]].imag if side in "TB" else at[[one, two, stock]].real
    return bool(
        over == side
        and min(place[:2]) - 1 <= place[2] <= max(place[:2]) + 1
        and abs(level[2] - level[:2]).min() < 60
    )


@dataclass(frozen=True)
class Ports:
    """How far from the middle of its side each flow meets a box, and the boxes' half sizes.

    ``above`` are the flows that are the uppermost of several: their names belong above the pipe.
    """

    leaving: dict[int, float]
    entering: dict[int, float]
    half: Points
    above: frozenset[int]


def ports_of(
    ends: Sequence[Ends],
    sides: Sides,
    at: Points,
    names: Points,
    flow_names: Points,
) -> Ports:
    """Return the ports of all flows and the sizes of all boxes.

    ``names`` are the half sizes of the names in the boxes; ``flow_names`` those of the flows'
    names, which need room beside each other.
    """
    users: dict[tuple[int, str], list[tuple[float, int, bool]]] = {}
    for flow, end in enumerate(ends):
        for stock, side, other, goes in (
            (end.out_of, sides.leaving.get(flow), end.into, True),
            (end.into, sides.entering.get(flow), end.out_of, False),
        ):
            if stock is not None and side is not None:
                place = at[other if other is not None else stock]
                order = place.imag if side in "LR" else place.real
                users.setdefault((stock, side), []).append((order, flow, goes))
    offsets = {
        where: _spread(sorted(found), where[1], flow_names) for where, found in users.items()
    }
    _align(ends, sides, at, offsets)
    half = _sizes(offsets, names)
    leaving, entering = {}, {}
    for flow, end in enumerate(ends):
        if end.out_of is not None:
            leaving[flow] = offsets[end.out_of, sides.leaving[flow]][flow, True]
        if end.into is not None:
            entering[flow] = offsets[end.into, sides.entering[flow]][flow, False]
    above = frozenset(
        min(found)[1] for where, found in users.items() if where[1] in "LR" and len(found) > 1
    )
    return Ports(leaving, entering, half, above)


_Offsets = dict[tuple[int, bool], float]


def _spread(users: Sequence[tuple[float, int, bool]], side: str, names: Points) -> _Offsets:
    """Return the ports of one side, evenly spread about its middle."""
    wide = [names[flow] for _, flow, _ in users]
    if side in "LR":
        # Of two, the upper one has its name above, the lower one below: none between.
        pitch = _PITCH if len(users) == 2 else max(max(2 * n.imag for n in wide) + 38, _PITCH)
    else:
        pitch = max(2 * name.real for name in wide) + 30
    first = -pitch * (len(users) - 1) / 2
    return {(flow, goes): first + pitch * i for i, (_, flow, goes) in enumerate(users)}


def _align(
    ends: Sequence[Ends], sides: Sides, at: Points, offsets: dict[tuple[int, str], _Offsets]
) -> None:
    """Bring the two ends of straight flows level with each other, where ports were spread."""
    settled: set[tuple[int, str]] = set()
    for flow, end in enumerate(ends):
        if not end.inside:
            continue
        one = (_number(end.out_of), sides.leaving[flow])
        two = (_number(end.into), sides.entering[flow])
        if OUTWARD[one[1]] != -OUTWARD[two[1]]:
            continue
        apart = at[two[0]] - at[one[0]]
        if abs(apart.imag if one[1] in "LR" else apart.real) > 1:
            continue
        keep, move = (one, two) if len(offsets[one]) >= len(offsets[two]) else (two, one)
        if move in settled:
            keep, move = move, keep
        if move not in settled:
            goes = move is two
            shift = offsets[keep][flow, goes] - offsets[move][flow, not goes]
            offsets[move] = {user: offset + shift for user, offset in offsets[move].items()}
        settled |= {keep, move}


def _sizes(offsets: dict[tuple[int, str], _Offsets], names: Points) -> Points:
    half = np.array(
        [complex(max(name.real + 13, 44), max(name.imag + 11, 24)) for name in names], dtype=complex
    )
    for (stock, side), found in offsets.items():
        reach = max(map(abs, found.values())) + _ROOM_ROUND_A_PORT
        wide, high = half[stock].real, half[stock].imag
        half[stock] = (
            complex(wide, max(high, reach)) if side in "LR" else complex(max(wide, reach), high)
        )
    return half
