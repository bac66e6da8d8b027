"""Where R1 and B1 stand: inside their loop, free of words, arcs, signs and each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from cstools.plotting.arcs import Points, Truths
from cstools.plotting.drawing_parts import (
    MARK_RADIUS,
    TITLE_LETTER,
    Boxes,
    LoopMark,
    Mark,
    SignedEdge,
    beyond,
)
from cstools.plotting.layout_score import SIGN_RADIUS
from cstools.plotting.lettering import width

_GAP = 7.0
_SEARCHED = 16  # places along each side of the loop
_TITLE_ROOM = TITLE_LETTER + 5
_CROWDING = 0.05  # what a pixel of wanting room weighs beside the faults of a layout


def marks_of(
    loops: Sequence[LoopMark],
    edges: Sequence[SignedEdge],
    curves: Sequence[Points],
    signs: Points,
    boxes: Boxes,
    number: Mapping[str, int],
) -> tuple[tuple[Mark, ...], float]:
    """Return the marks of loops, in the order of the loops, and how crowded they are.

    Small loops choose first. Each mark takes, of many places in its loop, the one that costs
    least: room that is wanting costs most, then to stand in a smaller loop that is marked as
    well, then to be far from the middle.
    """
    outlines = _outlines(loops, edges, curves, boxes, number)
    areas = [_area(outline) for outline in outlines]
    drawn = np.concatenate([*(curve[::4] for curve in curves), np.empty(0)])
    boxes = Boxes(
        np.append(boxes.centre, signs),
        np.append(boxes.half, np.full(len(signs), SIGN_RADIUS * (1 + 1j))),
    )
    placed: dict[int, Mark] = {}
    crowding = 0.0
    for i in sorted(range(len(loops)), key=lambda i: abs(areas[i])):
        if len(loops[i].words) == 1:
            at = complex(outlines[i].mean())
        else:
            smaller = [outlines[j] for j in placed if len(loops[j].words) > 1]
            bodies = _with_marks(boxes, tuple(placed.values()))
            at, cost = _best_place(loops[i], outlines[i], drawn, bodies, smaller)
            crowding += cost
        placed[i] = Mark(loops[i], at, areas[i] >= 0, ringed=len(loops[i].words) > 1)
    return tuple(placed[i] for i in range(len(loops))), _CROWDING * crowding


def _body(loop: LoopMark) -> tuple[complex, complex]:
    """Return half the size of a mark with its title, and how far its middle is below the name."""
    radius = MARK_RADIUS * 0.85  # a ring leaves the corners of its box free
    if len(loop.words) == 1:
        return 10 + 8j, 0j
    if not loop.title:
        return radius * (1 + 1j), 0j
    wide = max(width(loop.title) * TITLE_LETTER / 2, radius)
    return complex(wide, radius + _TITLE_ROOM / 2), 1j * _TITLE_ROOM / 2


def _with_marks(boxes: Boxes, marks: Sequence[Mark]) -> Boxes:
    """Return the words and the marks that stand already, as boxes to keep off."""
    bodies = [_body(mark.loop) for mark in marks]
    centre = [mark.at + shift for mark, (_, shift) in zip(marks, bodies, strict=True)]
    half = [size for size, _ in bodies]
    return Boxes(np.append(boxes.centre, centre), np.append(boxes.half, half))


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
        between.setdefault((edge.cause, edge.effect), []).append(curve[::2])
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
    loop: LoopMark, outline: Points, drawn: Points, bodies: Boxes, smaller: Sequence[Points]
) -> tuple[complex, float]:
    half, shift = _body(loop)
    across = np.linspace(outline.real.min(), outline.real.max(), _SEARCHED + 2)[1:-1]
    down = np.linspace(outline.imag.min(), outline.imag.max(), _SEARCHED + 2)[1:-1]
    places = (across + 1j * down[:, None]).ravel()
    inside = _inside(places, outline)
    middle = places[inside].mean() if inside.any() else outline.mean()
    places = np.append(middle, places)
    body = places + shift
    room = beyond(body[:, None] - drawn, np.array(half)).min(axis=1)
    near = beyond(body[:, None] - bodies.centre, bodies.half + half).min(axis=1)
    room = np.minimum(room, near)
    cost = 6 * np.maximum(_GAP - room, 0) + 60 * np.maximum(-room, 0) / _GAP
    cost += 45.0 * sum(_inside(places, other) for other in smaller)
    cost += 0.35 * np.abs(places - middle) + 120.0 * ~_inside(places, outline)
    best = int(np.argmin(cost.round(6)))
    return complex(places[best]), float(cost[best])


def _inside(points: Points, outline: Points) -> Truths:
    """Say which points lie inside a closed line: a ray to the right crosses it an odd number."""
    side = np.roll(outline, -1) - outline
    above = outline.imag > points.imag[:, None]
    rises = above != (np.roll(outline, -1).imag > points.imag[:, None])
    slope = side.real / np.where(side.imag == 0, 1.0, side.imag)
    meets = outline.real + slope * (points.imag[:, None] - outline.imag)
    return np.asarray((rises & (points.real[:, None] < meets)).sum(axis=1) % 2 == 1)
