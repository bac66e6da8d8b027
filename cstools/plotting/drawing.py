"""A causal loop diagram becomes places on a page: one geometry for screen and print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from cstools.plotting.arcs import Arcs, Points, Reals, bowed
from cstools.plotting.drawing_parts import (
    LETTER,
    LINE,
    MARK_RADIUS,
    TITLE_LETTER,
    Boxes,
    Drawing,
    LoopMark,
    Mark,
    SignedEdge,
    Wire,
    Word,
)
from cstools.plotting.layout import layout
from cstools.plotting.layout_score import HEAD, SIGN_BACK, SIGN_OUT, SIGN_RADIUS, WORD_GAP
from cstools.plotting.lettering import broken, width
from cstools.plotting.loop_marks import marks_of

_RING_RADIUS, _RING_FOOT = 17.0, 7.0
_MARGIN = 8.0
_FINE = 48
# Small maps are laid out several times over; a large one takes as long as they do in one go.
_MOST_TRIES, _WORK = 2, 150
_MOST_TRIES_UNCLEAR, _WORK_UNCLEAR = 4, 1000
# Where a sign may stand: so far back from the tip, so far out from the arc.
_SIGN_PLACES = ((0, 1), (0, -1), (8, 1), (8, -1), (16, 1), (16, -1))
_DELAY_PLACES = (0.5, 0.42, 0.58, 0.34, 0.66)


def draw(
    labels: Mapping[str, str],
    edges: Sequence[SignedEdge],
    loops: Sequence[LoopMark],
    pins: Mapping[str, complex] | None = None,
) -> Drawing:
    """Return the drawing of a map: where each word, arc, head, sign and mark goes.

    ``labels`` gives the words shown, by key, in the order of the map; ``edges`` and ``loops``
    use the keys. ``pins`` are places, by key, where words stand whatever comes of it; the others
    are arranged around them. Several layouts are drawn and the one with the fewest faults is
    kept, the crowding of the loop marks counted in; while words are not clear of each other and
    of links, a few more are tried. The same arguments always give the same drawing.
    """
    edges = sorted(edges, key=lambda edge: edge.cause == edge.effect)  # links to itself last
    work = max(len(labels) * len(edges), 1)
    tries = max(1, min(_MOST_TRIES, _WORK // work))
    most = _MOST_TRIES_UNCLEAR if work <= _WORK_UNCLEAR else tries
    if pins and len(pins) == len(labels):
        tries = most = 1  # nothing is left to be tried
    drawings: list[Drawing] = []
    for choice in range(most):
        if choice >= tries and any(drawing.clear for drawing in drawings):
            break
        drawings.append(_drawn(labels, edges, loops, choice, pins or {}))
    return min(drawings, key=lambda drawing: (not drawing.clear, drawing.score))


def _drawn(
    labels: Mapping[str, str],
    edges: Sequence[SignedEdge],
    loops: Sequence[LoopMark],
    choice: int,
    pins: Mapping[str, complex],
) -> Drawing:
    lines = {key: broken(text) for key, text in labels.items()}
    half = np.array([_half_size(text) for text in lines.values()], dtype=complex)
    number = {key: i for i, key in enumerate(labels)}
    pairs = [(number[edge.cause], number[edge.effect]) for edge in edges]
    joining = [pair for pair in pairs if pair[0] != pair[1]]
    held = {number[key]: at for key, at in pins.items()}
    found = layout(half, joining, choice, _titles(joining, loops, number), held)
    boxes = Boxes(found.places, half)
    whole = found.plan.arcs(found.places, found.stretch, fine=400)
    arcs = [whole[i : i + 1] for i in range(len(found.stretch))]
    for word, other in pairs:
        if word == other:
            arcs.append(_ring(word, boxes, arcs))
    curves = [arc.samples(_FINE)[0] for arc in arcs]
    wires = wires_of(edges, arcs, curves, boxes)
    signs = np.array([wire.sign_at for wire in wires], dtype=complex)
    marks, crowding = marks_of(loops, edges, curves, signs, boxes, number)
    words = tuple(
        Word(key, text, complex(at))
        for (key, text), at in zip(lines.items(), found.places, strict=True)
    )
    corner, size = _page(boxes, curves, wires, marks)
    score = round(found.score + crowding, 6)
    return Drawing(words, wires, marks, corner, size, score, found.clear)


def _half_size(lines: Sequence[str]) -> complex:
    return complex(max(map(width, lines)) * LETTER / 2, len(lines) * LINE / 2)


def _titles(
    pairs: Sequence[tuple[int, int]], loops: Sequence[LoopMark], number: Mapping[str, int]
) -> list[float]:
    """Return for each link how wide the title of its loop is, if the loop goes straight back."""
    wide: dict[frozenset[int], float] = {}
    for loop in loops:
        if len(loop.words) == 2:
            ends = frozenset(number[word] for word in loop.words)
            wide[ends] = max(wide.get(ends, 0.0), width(loop.title) * TITLE_LETTER)
    return [wide.get(frozenset(pair), 0.0) for pair in pairs]


def _ring(word: int, boxes: Boxes, arcs: Sequence[Arcs]) -> Arcs:
    """Return the link of a word to itself, on the side of the word where there is most room."""
    at, half = boxes.centre[word], boxes.half[word] + (WORD_GAP - 2) * (1 + 1j)
    aside = max(half.real - 14, 0.0)
    # Where the ring stands on the edge of the word, and the way it leaves, clockwise.
    feet: list[tuple[complex, complex]]
    feet = [(offset - 1j * half.imag, 1) for offset in (0.0, aside, -aside)]
    feet += [(offset + 1j * half.imag, -1) for offset in (0.0, aside, -aside)]
    feet += [(half.real, 1j), (-half.real, -1j)]
    start = np.array([at + foot - _RING_FOOT * ahead for foot, ahead in feet])
    stop = np.array([at + foot + _RING_FOOT * ahead for foot, ahead in feet])
    angle = np.pi - np.arcsin(_RING_FOOT / _RING_RADIUS)
    rings = bowed(start, stop, np.full(len(feet), np.tan(angle / 2) / 2))
    taken = np.concatenate([*(arc.samples(_FINE)[0] for arc in arcs), np.empty(0)])
    others = np.arange(len(boxes.centre)) != word
    room = _from_points(rings.centre, taken)
    room = np.minimum(room, Boxes(boxes.centre[others], boxes.half[others]).clearance(rings.centre))
    best = int(np.argmax(np.minimum(room, 4 * _RING_RADIUS).round(1)))
    return rings[best : best + 1]


def wires_of(
    edges: Sequence[SignedEdge], arcs: Sequence[Arcs], curves: Sequence[Points], boxes: Boxes
) -> tuple[Wire, ...]:
    """Return what is drawn of links: line, head, a place for the sign, the strokes of a delay.

    ``arcs`` have one arc each; ``curves`` are points on them, ``boxes`` the words to keep clear of.
    """
    wires: list[Wire] = []
    for i, (edge, arc) in enumerate(zip(edges, arcs, strict=True)):
        others = [*curves[:i], *curves[i + 1 :], np.empty(0)]
        signs = np.array([wire.sign_at for wire in wires], dtype=complex)
        wires.append(_wire(edge, arc, np.concatenate(others), signs, boxes))
    return tuple(wires)


def _wire(edge: SignedEdge, arc: Arcs, taken: Points, signs: Points, boxes: Boxes) -> Wire:
    start, tip = (complex(point) for point in arc.samples(2)[0])
    neck = complex(arc.back_from_head(HEAD)[0])
    ahead = (tip - neck) / max(abs(tip - neck), 1e-9)
    sign_at = _sign_place(arc, taken, signs, boxes)
    turned = abs(2 * float(arc.half[0])) * float(arc.end[0] - arc.begin[0])
    return Wire(
        edge,
        complex(arc.centre[0]),
        float(arc.radius[0]),
        start,
        complex(arc.back_from_head(HEAD - 2)[0]),
        bool(arc.clockwise[0]),
        turned > np.pi,
        (tip, neck + 0.42j * HEAD * ahead, neck - 0.42j * HEAD * ahead),
        sign_at,
        _delay(arc, taken, sign_at, boxes) if edge.delayed else (),
    )


def _sign_place(arc: Arcs, taken: Points, signs: Points, boxes: Boxes) -> complex:
    """Return a place near the head, outside the bow if it can be, that nothing else needs."""
    near = np.array([arc.back_from_head(SIGN_BACK + back)[0] for back, _ in _SIGN_PLACES])
    side = np.array([side for _, side in _SIGN_PLACES])
    places = near + side * SIGN_OUT * arc.outward(near)
    short = np.maximum(SIGN_RADIUS + 2 - boxes.clearance(places), 0)
    short += np.maximum(SIGN_RADIUS + 4 - _from_points(places, taken), 0)
    short += 2 * np.maximum(2 * SIGN_RADIUS + 2 - _from_points(places, signs), 0)
    return complex(places[int(np.argmin((short + 0.8 * np.arange(len(places))).round(6)))])


def _delay(
    arc: Arcs, taken: Points, sign: complex, boxes: Boxes
) -> tuple[tuple[complex, complex], ...]:
    """Return two short strokes across the arc, near its middle, where it is free."""
    part = np.array(_DELAY_PLACES)
    places = arc.at((arc.begin + (arc.end - arc.begin) * part)[None])[0]
    room = np.minimum(_from_points(places, taken), boxes.clearance(places))
    room = np.minimum(room, np.abs(places - sign) - SIGN_RADIUS)
    cost = np.maximum(14 - room, 0) + np.arange(len(places))
    middle = places[int(np.argmin(cost.round(6)))]
    out = complex(arc.outward(middle)[0])
    strokes = (complex(middle) + shift * 1j * out for shift in (-2.8, 2.8))
    return tuple((stroke - 7 * out, stroke + 7 * out) for stroke in strokes)


def _from_points(points: Points, taken: Points) -> Reals:
    """Return how far each point is from the nearest of the points that are taken."""
    if not len(taken):
        return np.full(len(points), 1e6)
    return np.asarray(np.abs(points[:, None] - taken).min(axis=1))


def _page(
    boxes: Boxes, curves: Sequence[Points], wires: Sequence[Wire], marks: Sequence[Mark]
) -> tuple[complex, complex]:
    """Return the upper left corner and the size of the page that holds everything."""
    edges = [boxes.centre - boxes.half, boxes.centre + boxes.half, *curves]
    signs = np.array([wire.sign_at for wire in wires], dtype=complex)
    edges += [signs - SIGN_RADIUS * (1 + 1j), signs + SIGN_RADIUS * (1 + 1j)]
    for mark in marks:
        reach = complex(max(width(mark.loop.title) * TITLE_LETTER / 2, MARK_RADIUS + 6), 21)
        below = 1j * (TITLE_LETTER + 4) * bool(mark.loop.title)
        edges.append(np.array([mark.at - reach, mark.at + reach + below]))
    points = np.concatenate(edges)
    if not len(points):
        return 0j, 200 + 40j
    left, top = np.floor([points.real.min() - _MARGIN, points.imag.min() - _MARGIN])
    right, bottom = np.ceil([points.real.max() + _MARGIN, points.imag.max() + _MARGIN])
    return complex(left, top), complex(right - left, bottom - top)
