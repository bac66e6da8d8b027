"""How good a picture is, measured on what is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cstools.plotting.arcs import Points, Truths
from cstools.plotting.drawing_parts import Wire
from cstools.plotting.stock_flow.board import met
from cstools.plotting.stock_flow.parts import CLOUD, PIPE, VALVE, Drawing
from cstools.plotting.stock_flow.pipes import as_boxes, meetings

_FINE, _COARSE = 161, 8


@dataclass(frozen=True)
class Faults:
    """What is wrong with a picture, counted.

    Attributes
    ----------
    boxes_overlapping : int
        Pairs of stocks, names, valves and clouds that cover each other.
    links_through_boxes : int
        Links that run through one that they do not join.
    pipes_through_boxes : int
        Pipes that run through a stock that they do not join, or through a name or a cloud.
    pipes_crossing : int
        Pairs of pipes that cross.
    links_crossing, links_over_pipes : int
        Pairs of links that cross, and of a link and a pipe: often unavoidable.
    """

    boxes_overlapping: int
    links_through_boxes: int
    pipes_through_boxes: int
    pipes_crossing: int
    links_crossing: int
    links_over_pipes: int

    @property
    def grave(self) -> int:
        """How many faults there are that make a picture hard to read."""
        return self.boxes_overlapping + self.links_through_boxes + self.pipes_through_boxes


def faults(drawing: Drawing) -> Faults:
    """Return the faults of a drawing, each counted on the drawn lines and boxes."""
    curves = [course(wire)[::_COARSE] for _, wire in drawing.wires]
    return Faults(
        *_grave(drawing),
        sum(
            bool(meetings(one.path, other.path)[0])
            for i, one in enumerate(drawing.pipes)
            for other in drawing.pipes[:i]
        ),
        sum(_meet(a, b) for i, a in enumerate(curves) for b in curves[:i]),
        sum(_meet(a, np.array(pipe.path)) for a in curves for pipe in drawing.pipes),
    )


def grave(drawing: Drawing) -> int:
    """Return how many of the faults a drawing has that make it hard to read."""
    return sum(_grave(drawing))


def runs_through(drawing: Drawing) -> list[int]:
    """Return the numbers of the links that run through a box that they do not join."""
    owners, at, half = _boxes(drawing)
    if not drawing.wires:
        return []
    found = met(np.array([course(wire) for _, wire in drawing.wires]), at, half)
    hits = found.deep.max(axis=1, initial=-1.0) > 0
    return [
        int(link)
        for link, box in zip(found.arc[hits], found.box[hits], strict=True)
        if owners[box] not in drawing.wires[link][0][:2]
    ]


def _grave(drawing: Drawing) -> tuple[int, int, int]:
    owners, at, half = _boxes(drawing)
    through = len(runs_through(drawing))
    return _covering(at, half), through, _pipes_through(drawing, owners, at, half)


def course(wire: Wire) -> Points:
    """Return points along a link, from its start to the tip of its head."""
    first, last = (float(np.angle(end - wire.centre)) for end in (wire.start, wire.head[0]))
    turn = (last - first) % (2 * np.pi) if wire.clockwise else -((first - last) % (2 * np.pi))
    steps = np.linspace(0, 1, _FINE)
    return np.asarray(wire.centre + wire.radius * np.exp(1j * (first + turn * steps)))


def _boxes(drawing: Drawing) -> tuple[list[str], Points, Points]:
    found = list(_each_box(drawing))
    owners = [owner for owner, _, _ in found]
    at, half = (np.array([box[i] for box in found], dtype=complex) for i in (1, 2))
    return owners, at, half


def _each_box(drawing: Drawing) -> Iterator[tuple[str, complex, complex]]:
    """Yield whose each box is, its middle, half its size; a name or a cloud is nobody's end."""
    for stock in drawing.stocks:
        yield stock.stock.key, stock.at, stock.half
    for factor in drawing.factors:
        yield factor.factor.key, factor.at, factor.half
    for pipe in drawing.pipes:
        yield pipe.flow.key, pipe.valve, VALVE - 2 * (1 + 1j)
        yield f"{pipe.flow.key} name", pipe.name_at, pipe.name_half
        for cloud in pipe.clouds:
            yield f"{pipe.flow.key} cloud", cloud, CLOUD - 2 * (1 + 1j)


def _covering(at: Points, half: Points) -> int:
    first, second = np.triu_indices(len(at), k=1)
    apart, reach = at[first] - at[second], half[first] + half[second]
    return int(((np.abs(apart.real) < reach.real) & (np.abs(apart.imag) < reach.imag)).sum())


def _pipes_through(drawing: Drawing, owners: list[str], at: Points, half: Points) -> int:
    count = 0
    for pipe in drawing.pipes:
        own = {pipe.flow.key, f"{pipe.flow.key} cloud", pipe.flow.out_of, pipe.flow.into}
        others = [i for i, owner in enumerate(owners) if owner not in own]
        middle, reach = as_boxes(pipe.path, PIPE)
        apart, room = middle[:, None] - at[others], reach[:, None] + half[others]
        hit = (np.abs(apart.real) < room.real) & (np.abs(apart.imag) < room.imag)
        count += int(hit.any(axis=0).sum())
    return count


def _meet(one: Points, other: Points) -> bool:
    """Say whether two courses cross, away from where they begin or end together."""
    a, b = one[:-1, None], one[1:, None]
    c, d = other[None, :-1], other[None, 1:]
    return bool((_splits(a, b, c, d) & _splits(c, d, a, b)).any())


def _splits(a: Points, b: Points, c: Points, d: Points) -> Truths:
    """Say whether the line through ``a`` and ``b`` has ``c`` and ``d`` on its two sides."""
    along = np.conj(b - a)
    # A point on the line itself counts to one side, so that no crossing is lost there.
    return np.asarray(((along * (c - a)).imag > 0) != ((along * (d - a)).imag > 0))
