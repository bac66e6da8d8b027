"""Where R1 and B1 stand: inside their loop, free of words, arcs, signs and each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cstools.on_demand import numpy as np
from cstools.plotting.arcs import Points, Reals
from cstools.plotting.drawing_parts import (
    MARK_REACH,
    Boxes,
    LoopMark,
    Mark,
    SignedEdge,
    Wire,
    beyond,
    title_box,
)
from cstools.plotting.layout_score import SIGN_RADIUS

_GAP, _AMPLE = 7.0, 16.0  # pixels of room that a mark needs, and that it is glad of
_SEARCHED, _CLOSER = 14, 7  # places along each side of the loop, and then round the best of them
_CROWDING = 0.05  # what a pixel of wanting room weighs beside the faults of a layout
_BETWEEN = 8.0  # pixels, at most, between points that stand for an arc
_COARSE = 6  # of the points on an arc, every so many are enough to tell inside from outside


@dataclass(frozen=True)
class _Taken:
    """What stands on the page already: discs ``(discs,)`` and boxes."""

    at: Points
    radius: Reals
    boxes: Boxes

    def near(self, low: complex, high: complex, loop: LoopMark) -> _Taken:
        """Return only what a mark that stands between two corners could want room from."""
        reach = (MARK_REACH + _AMPLE) * (1 + 1j)
        if loop.title:
            shift, half = title_box(loop.title)
            reach += half + shift
        middle, around = (low + high) / 2, np.array((high - low) / 2 + reach)
        discs = beyond(self.at - middle, around) < self.radius
        boxes = beyond(self.boxes.centre - middle, self.boxes.half + around) < 0
        words = Boxes(self.boxes.centre[boxes], self.boxes.half[boxes])
        return _Taken(self.at[discs], self.radius[discs], words)

    def room(self, loop: LoopMark, places: Points) -> Reals:
        """Return how much room a mark with its title has at places ``(places,)``; < 0 is none."""
        room = self._round(places)
        if loop.title:
            shift, half = title_box(loop.title)
            room = np.minimum(room, self._beside(places + shift, half))
        return room

    def _round(self, places: Points) -> Reals:
        apart = places[:, None] - self.at
        discs = np.sqrt(apart.real**2 + apart.imag**2) - self.radius
        boxes = beyond(places[:, None] - self.boxes.centre, self.boxes.half)
        return _least(discs, boxes) - MARK_REACH

    def _beside(self, places: Points, half: complex) -> Reals:
        discs = beyond(places[:, None] - self.at, np.array(half)) - self.radius
        boxes = beyond(places[:, None] - self.boxes.centre, self.boxes.half + half)
        return _least(discs, boxes)

    def and_mark(self, mark: Mark) -> _Taken:
        """Return what is taken when a mark stands as well."""
        radius = MARK_REACH if mark.ringed else 9.0
        boxes = self.boxes
        if mark.loop.title:
            shift, half = title_box(mark.loop.title)
            boxes = Boxes(np.append(boxes.centre, mark.at + shift), np.append(boxes.half, half))
        return _Taken(np.append(self.at, mark.at), np.append(self.radius, radius), boxes)


def _least(discs: Reals, boxes: Reals) -> Reals:
    far = 1e6
    least = np.minimum(discs.min(axis=1, initial=far), boxes.min(axis=1, initial=far))
    return np.asarray(least)


def marks_of(
    loops: Sequence[LoopMark],
    edges: Sequence[SignedEdge],
    curves: Sequence[Points],
    wires: Sequence[Wire],
    boxes: Boxes,
    number: Mapping[str, int],
) -> tuple[tuple[Mark, ...], float]:
    """Return the marks of loops, in the order of the loops, and how crowded they are.

    Small loops choose first. Each mark takes, of many places in its loop, the one that costs
    least: room that is wanting costs most, then to stand in a smaller loop that is marked as
    well, then to be far from the middle of what is its loop's alone.
    """
    outlines = _outlines(loops, edges, curves, boxes, number)
    areas = [_area(outline) for outline in outlines]
    taken = _taken(curves, wires, boxes)
    placed: dict[int, Mark] = {}
    crowding = 0.0
    for i in sorted(range(len(loops)), key=lambda i: abs(areas[i])):
        if len(loops[i].words) == 1:
            at = complex(outlines[i].mean())
        else:
            smaller = [outlines[j] for j in placed if len(loops[j].words) > 1]
            at, cost = _best_place(loops[i], outlines[i], taken, smaller)
            crowding += cost
        placed[i] = Mark(loops[i], at, areas[i] >= 0, ringed=len(loops[i].words) > 1)
        taken = taken.and_mark(placed[i])
    return tuple(placed[i] for i in range(len(loops))), _CROWDING * crowding


def _taken(curves: Sequence[Points], wires: Sequence[Wire], boxes: Boxes) -> _Taken:
    """Return arcs as rows of points, signs and the ends of the strokes of delays as discs."""
    lines = np.concatenate([*(curve[:: _step(curve)] for curve in curves), np.empty(0)])
    signs = np.array([wire.sign_at for wire in wires], dtype=complex)
    ends = np.array([end for wire in wires for stroke in wire.delay for end in stroke], complex)
    radii = (np.zeros(len(lines)), np.full(len(signs), SIGN_RADIUS), np.ones(len(ends)))
    return _Taken(np.concatenate([lines, signs, ends]), np.concatenate(radii), boxes)


def _step(curve: Points) -> int:
    return max(1, int(_BETWEEN / max(abs(curve[1] - curve[0]), 1e-3)))


def _outlines(
    loops: Sequence[LoopMark],
    edges: Sequence[SignedEdge],
    curves: Sequence[Points],
    boxes: Boxes,
    number: Mapping[str, int],
) -> list[Points]:
    """Return each loop as one line of points: its arcs, joined through the words.

    Where links run parallel, loops through the same words take them in turn.
    """
    between: dict[tuple[str, str], list[Points]] = {}
    for edge, curve in zip(edges, curves, strict=True):
        between.setdefault((edge.cause, edge.effect), []).append(curve[::_COARSE])
    turns: dict[tuple[str, ...], int] = {}
    outlines = []
    for loop in loops:
        turn = turns[loop.words] = turns.get(loop.words, -1) + 1
        points = []
        for pair in zip(loop.words, (*loop.words[1:], loop.words[0]), strict=True):
            if pair[0] != pair[1]:
                points.append(boxes.centre[number[pair[0]]][None])
            points.append(between[pair][turn % len(between[pair])])
        outlines.append(np.concatenate(points))
    return outlines


def _area(outline: Points) -> float:
    """Return the area within a closed line, below 0 where it runs anticlockwise."""
    return float((np.conj(outline) * np.roll(outline, -1)).imag.sum() / 2)


def _best_place(
    loop: LoopMark, outline: Points, taken: _Taken, smaller: Sequence[Points]
) -> tuple[complex, float]:
    """Return the best of a grid of places in a loop, then of a closer one round the best."""
    low = complex(outline.real.min(), outline.imag.min())
    size = complex(outline.real.max(), outline.imag.max()) - low
    taken = taken.near(low, low + size, loop)
    places = np.append(outline.mean(), low + _grid(size, _SEARCHED))
    inside = _how_many([outline], places) > 0
    places = places[inside] if inside.any() else places
    shared = _how_many(smaller, places)
    alone = places[shared == 0]
    middle = complex((alone if len(alone) else places).mean())

    def costs(at: Points, shared: Reals) -> Reals:
        outside = _how_many([outline], at) == 0
        cost = _wanting(taken.room(loop, at)) + 45.0 * shared + 120.0 * outside
        return np.asarray(cost + 0.35 * np.abs(at - middle))

    best = complex(places[np.argmin(costs(places, shared).round(6))])
    step = size / _SEARCHED
    places = np.append(best, best - step + _grid(2 * step, _CLOSER))
    cost = costs(places, _how_many(smaller, places))
    nearest = int(np.argmin(cost.round(6)))
    return complex(places[nearest]), float(cost[nearest])


def _grid(size: complex, count: int) -> Points:
    part = np.linspace(0, 1, count + 2)[1:-1]
    return np.asarray(size.real * part + 1j * size.imag * part[:, None]).ravel()


def _wanting(room: Reals) -> Reals:
    """Return what it costs to stand where there is so much room."""
    cost = 6 * np.maximum(_GAP - room, 0) + 60 * np.maximum(-room, 0) / _GAP
    return np.asarray(cost + 0.8 * np.maximum(_AMPLE - room, 0))


def _how_many(outlines: Sequence[Points], places: Points) -> Reals:
    """Return within how many closed lines each place lies.

    A ray to the right crosses a line that it begins within an odd number of times.
    """
    if not outlines:
        return np.zeros(len(places))
    here = np.concatenate(outlines)
    there = np.concatenate([np.append(outline[1:], outline[0]) for outline in outlines])
    begins = np.cumsum([0, *map(len, outlines[:-1])])
    x, y = places.real[:, None], places.imag[:, None]
    rise = there.imag - here.imag
    slope = (there.real - here.real) / np.where(rise == 0, 1.0, rise)
    crossed = ((here.imag > y) != (there.imag > y)) & (x < here.real + slope * (y - here.imag))
    times = np.add.reduceat(crossed, begins, axis=1, dtype=np.int32)
    return np.asarray((times % 2).sum(axis=1), dtype=np.float64)
