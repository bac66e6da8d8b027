"""The page while names are still being moved about on it: boxes in the way, links as arcs."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from cstools.plotting.arcs import Arcs, Points, Reals, Truths, bowed, clipped, crossings

Indices = NDArray[np.intp]

SAMPLES = 13  # points on a link, at which it is looked for in boxes
_FINE_SAMPLES = 160
_FINE = 9  # points between which the edge of a box is looked for
_ROOM = 8 + 8j  # beyond half its size, what a box keeps free of links
_DEEP = 16.0
_TINY = 1e-6
_NO_ROOM = np.zeros(1, dtype=complex)
_SWELL = 12.0  # an arc may reach so far beyond its own points
_APART = 12 + 8j  # and of other boxes
_USUAL, _SHORTEST = 120.0, 50.0

_OVERLAP, _THROUGH, _CROSSING, _OVER_PIPE, _ALONG_PIPE = 60.0, 30.0, 7.0, 3.0, 4.0
_CROWDED, _LONG, _SHORT = 10.0, 2.4, 14.0
_OFF_PAGE = 0.012  # for each pixel beyond the page that stocks and pipes take


@dataclass
class Board:
    """Nodes that links join, boxes that nothing may cover, pipes, and the links as they run.

    The boxes are those of stocks, of valves, of the flows' names, of clouds and of factors, in
    this order. Links join stocks, valves and factors; a link to a valve ends at the name of the
    flow where the name stands in its way.

    Attributes
    ----------
    at, half, gap : (boxes,)
        The middles and half sizes of all boxes, and how far links keep away from their own.
    there : (boxes,)
        Whether a box has its place already.
    cause, effect : (links,)
        The boxes that each link joins.
    bulge : (links,)
        How far each link stands off its chord, as a share of it.
    pipe_at, pipe_half, pipes : (stretches,)
        The straight parts of pipes, as boxes and as arcs that are nearly straight.
    valves, flows : int
        The number of the first valve, and how many there are.
    low, high : complex
        The corners of the page that stocks and pipes take.
    lines, points
        The links as they run now, ``(links,)``, and points on them, ``(links, points)``.
    """

    at: Points
    half: Points
    gap: Points
    there: Truths
    cause: Indices
    effect: Indices
    bulge: Reals
    pipe_at: Points
    pipe_half: Points
    pipes: Arcs
    valves: int
    flows: int
    low: complex
    high: complex
    lines: Arcs
    points: Points

    def neighbours(self, node: int, links: Indices) -> Indices:
        """Return the other ends of a node's links."""
        return np.where(self.cause[links] == node, self.effect[links], self.cause[links])

    def links_of(self, node: int) -> Indices:
        """Return the links between a node and those that have their places."""
        there = self.there.copy()
        there[node] = True
        mine = (self.cause == node) | (self.effect == node)
        return np.flatnonzero(mine & there[self.cause] & there[self.effect])

    def drawn_beside(self, links: Indices) -> Indices:
        """Return the links that have a course already, without some."""
        ready = self.there[self.cause] & self.there[self.effect]
        ready[links] = False
        return np.flatnonzero(ready)

    def put(self, node: int, at: complex, links: Indices, bulges: Reals) -> None:
        """Give a node a place and its links their bows."""
        self.at[node], self.there[node] = at, True
        self.bow(links, bulges)

    def bow(self, links: Indices, bulges: Reals) -> None:
        """Give links their bows, and draw them anew."""
        self.bulge[links] = bulges
        arcs = self.drawn(links)
        for part in fields(Arcs):
            getattr(self.lines, part.name)[links] = getattr(arcs, part.name)
        self.points[links] = arcs.samples(SAMPLES)

    def drawn(self, links: Indices, fine: int = _FINE) -> Arcs:
        """Return links as arcs, their ends found between ``fine`` points."""
        cause, effect = self.cause[links], self.effect[links]
        cause, effect = self.met_at(cause, self.at[effect]), self.met_at(effect, self.at[cause])
        return self.arcs(cause, effect, self.at[cause], self.at[effect], self.bulge[links], fine)

    def met_at(self, nodes: Indices, others: Points) -> Indices:
        """Return the boxes at which links from other places meet nodes.

        That is the node itself, but for a valve before which the flow's name stands.
        """
        valve = (nodes >= self.valves) & (nodes < self.valves + self.flows)
        name = np.where(valve, nodes + self.flows, nodes)
        way = self.at[nodes] - others
        way = way + _TINY * (1 + 1j) * ((way.real == 0) | (way.imag == 0))
        apart, room = self.at[name] - others, self.half[name] + 3 * (1 + 1j)
        # The shares of the way at which it enters and leaves the name's box, side by side.
        x, reach_x = apart.real / way.real, np.abs(room.real / way.real)
        y, reach_y = apart.imag / way.imag, np.abs(room.imag / way.imag)
        enters, leaves = np.maximum(x - reach_x, y - reach_y), np.minimum(x + reach_x, y + reach_y)
        return np.where(valve & (enters < leaves) & (leaves > 0) & (enters < 1), name, nodes)

    def arcs(
        self,
        cause: Indices,
        effect: Indices,
        start: Points,
        stop: Points,
        bulge: Reals,
        fine: int = _FINE,
    ) -> Arcs:
        """Return links as arcs, without what lies under the boxes at their ends."""
        shape = np.broadcast_shapes(cause.shape, start.shape, stop.shape, bulge.shape)
        reach = self.half + self.gap
        first, last = (np.broadcast_to(reach[end], shape) for end in (cause, effect))
        start, stop = (np.broadcast_to(end, shape) for end in (start, stop))
        whole = bowed(start, stop, np.broadcast_to(bulge, shape))
        return clipped(whole, start, stop, (first, last), fine)


def link_costs(
    board: Board,
    links: Indices,
    node: int,
    places: Points,
    bulges: Reals,
    samples: int = SAMPLES,
) -> Reals:
    """Return what is wrong with links if a node moves: ``(places, links, bulges)``.

    Each link is tried with each of the ``bulges``, for each of the ``places`` of the ``node``, and
    looked for in boxes at so many ``samples`` on it.
    """
    cause, effect = board.cause[links], board.effect[links]
    start, stop = (np.where(end == node, places[:, None], board.at[end]) for end in (cause, effect))
    first = board.met_at(np.broadcast_to(cause, start.shape), stop)
    last = board.met_at(np.broadcast_to(effect, stop.shape), start)
    start, stop = (
        np.where(end == node, place, board.at[end])[..., None]
        for end, place in ((first, start), (last, stop))
    )
    arcs = board.arcs(first[..., None], last[..., None], start, stop, bulges)
    points = arcs.samples(samples)
    cost = _form(arcs, bulges) + _THROUGH * _through(board, first, last, node, points)
    near = board.drawn_beside(links)
    others = board.lines[near]
    cost += _CROSSING * _crossed(arcs, points, others, board.points[near])
    cost += _CROWDED * _closer(arcs.last, others.last, 19.0)
    cost += _CROWDED * _closer(arcs.last, others.first, 15.0)
    ends = np.stack([board.pipes.first, board.pipes.last], axis=-1)
    cost += _OVER_PIPE * _crossed(arcs, points, board.pipes, ends)
    along = met(points, board.pipe_at, board.pipe_half)
    inside = along.deep > 0
    return np.asarray(cost + _ALONG_PIPE * along.summed(inside.mean(axis=-1)) * SAMPLES)


def _form(arcs: Arcs, bulges: Reals) -> Reals:
    """Return what is wrong with the length and the bow of arcs."""
    long = np.maximum(arcs.length / _USUAL - 1, 0)
    short = np.maximum(1 - arcs.length / _SHORTEST, 0)
    size = np.abs(bulges)
    bow = np.where(size < 0.1, 0.8, 0.0) + 10.0 * np.maximum(size - 0.22, 0) ** 2
    stands_off = np.maximum(size * np.abs(arcs.last - arcs.first) - 45, 0) / 30
    return np.asarray(_LONG * long + 0.6 * long**2 + _SHORT * short**2 + bow + stands_off)


@dataclass(frozen=True)
class Met:
    """The arcs and boxes that may touch: which, and how deep each point of the arc is in the box.

    Most arcs are far from most boxes, and those pairs are never looked at closely.
    """

    arc: Indices  # (pairs,), counted through all arcs in order
    box: Indices  # (pairs,)
    deep: Reals  # (pairs, points)
    shape: tuple[int, ...]  # of the arcs

    def summed(self, cost: Reals) -> Reals:
        """Return the sum of a cost of pairs for each arc."""
        count = int(np.prod(self.shape))
        return np.asarray(np.bincount(self.arc, cost, count).reshape(self.shape), dtype=float)


def met(points: Points, at: Points, half: Points) -> Met:
    """Return which arcs, given by points on them, meet which boxes."""
    shape = points.shape[:-1]
    flat = points.reshape(-1, points.shape[-1])
    arc, box = _near(flat, at[:, None], half) if len(at) else (np.empty(0, dtype=int),) * 2
    return Met(arc, box, _depth(flat[arc] - at[box, None], half[box, None]), shape)


def _near(points: Points, others: Points, room: Points = _NO_ROOM) -> tuple[Indices, Indices]:
    """Return the pairs of things, each a row of points, that may touch."""
    low_x, high_x, low_y, high_y = _bounds(points)
    left, right, top, bottom = _bounds(others)
    wide, high = room.real + _SWELL, room.imag + _SWELL
    return np.nonzero(  # type: ignore[return-value]
        (low_x[:, None] < right + wide)
        & (high_x[:, None] > left - wide)
        & (low_y[:, None] < bottom + high)
        & (high_y[:, None] > top - high)
    )


def _bounds(points: Points) -> tuple[Reals, Reals, Reals, Reals]:
    x, y = points.real, points.imag
    return x.min(axis=1), x.max(axis=1), y.min(axis=1), y.max(axis=1)


def _through(board: Board, first: Indices, last: Indices, node: int, points: Points) -> Reals:
    """Return how badly links run into boxes that are not at their ends.

    ``first`` and ``last`` are the boxes where they begin and end, ``(places, links)``.
    """
    there = np.flatnonzero(board.there)
    there = there[there != node]
    found = met(points, board.at[there], board.half[there] + _ROOM)
    way, box = found.arc // points.shape[-2], there[found.box]
    strange = (first.ravel()[way] != box) & (last.ravel()[way] != box)
    return found.summed(_badly(found.deep.max(axis=-1, initial=-1.0)) * strange)


def _depth(apart: Points, room: Points) -> Reals:
    """Return how deep something is in a box, in pixels; below 0 outside."""
    return np.minimum(room.real - np.abs(apart.real), room.imag - np.abs(apart.imag))


def _badly(deep: Reals) -> Reals:
    """Return how bad it is that a link runs so deep into the room of a box: 1 for right through.

    To touch the box itself is much worse than to come near.
    """
    return np.asarray(np.sqrt(np.clip(deep / _DEEP, 0, 1)) + 0.7 * (deep > _ROOM.imag - 1))


def running_through(board: Board) -> Indices:
    """Return the links that, as they run now, go through a box that is not at their ends."""
    links = np.flatnonzero(board.there[board.cause] & board.there[board.effect])
    cause, effect = board.cause[links], board.effect[links]
    ends = board.met_at(cause, board.at[effect]), board.met_at(effect, board.at[cause])
    points = board.lines[links].samples(_FINE_SAMPLES)
    bad = _through(board, *ends, -1, points[:, None]) >= 1
    return links[bad[:, 0]]


def _crossed(arcs: Arcs, points: Points, others: Arcs, marks: Points) -> Reals:
    """Return how often arcs cross others; both come with points on them."""
    if not others.half.size:
        return np.zeros(arcs.half.shape)
    flat = Arcs(*(getattr(arcs, part.name).ravel() for part in fields(Arcs)))
    one, other = _near(points.reshape(-1, points.shape[-1]), marks)
    count = crossings(flat[one], others[other])
    return np.asarray(np.bincount(one, count, flat.half.size).reshape(arcs.half.shape), dtype=float)


def _closer(ends: Points, others: Points, room: float) -> Reals:
    apart = np.abs(ends[..., None] - others)
    return np.asarray(np.maximum(1 - apart / room, 0).sum(axis=-1))


def word_costs(board: Board, node: int, places: Points) -> Reals:
    """Return what is wrong with a box at some places, its own links aside: ``(places,)``."""
    there = np.flatnonzero(board.there)
    there = there[there != node]
    cost = _OVERLAP * _overlap(places, board.half[node], board.at[there], board.half[there])
    cost += _OVERLAP * _overlap(places, board.half[node], board.pipe_at, board.pipe_half)
    other = board.drawn_beside(np.flatnonzero((board.cause == node) | (board.effect == node)))
    room = np.full(len(places), board.half[node] + _ROOM)
    found = met(board.points[other], places, room)
    bad = _badly(found.deep.max(axis=-1, initial=-1.0))
    cost += _THROUGH * np.bincount(found.box, bad, len(places))
    out_x = np.maximum(board.low.real - places.real, places.real - board.high.real)
    out_y = np.maximum(board.low.imag - places.imag, places.imag - board.high.imag)
    return np.asarray(cost + _OFF_PAGE * (np.maximum(out_x, 0) + np.maximum(out_y, 0)))


def covers(board: Board, node: int) -> bool:
    """Say whether a box lies on another one, or on a pipe."""
    there = np.flatnonzero(board.there)
    there = there[there != node]
    at = np.concatenate([board.at[there], board.pipe_at])
    half = np.concatenate([board.half[there], board.pipe_half])
    return bool((_depth(at - board.at[node], half + board.half[node]) > 0).any())


def _overlap(places: Points, own: complex, at: Points, half: Points) -> Reals:
    """Return how much a box would touch others, in units of the room that should lie between."""
    apart, reach = places[:, None] - at, half + own + _APART
    deep = np.minimum(reach.real - np.abs(apart.real), reach.imag - np.abs(apart.imag))
    touching = deep > 0
    return np.asarray((np.maximum(deep, 0) / 12.0 + 0.5 * touching).sum(axis=-1))
