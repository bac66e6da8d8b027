"""What a reader of a finished drawing would stumble over: things that lie upon each other.

A layout is scored before signs, strokes of delays, marks and their titles have their places
(:mod:`cstools.plotting.layout_score`); here the drawing is judged as it goes on the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from cstools.on_demand import numpy as np
from cstools.plotting.arcs import Points, Reals
from cstools.plotting.drawing_parts import (
    LETTER,
    LINE,
    MARK_REACH,
    Boxes,
    Drawing,
    Wire,
    Word,
    beyond,
    title_box,
)
from cstools.plotting.layout_score import SIGN_RADIUS
from cstools.plotting.lettering import width

_ON_A_WIRE = 40  # points: a wire is looked at about every 4 pixels
_HEAD = 6.5  # from the middle of an arrowhead to a line that leaves it easy to see
_FLAW, _PIXEL = 5.0, 0.8  # what a flaw weighs, and each pixel of it
_AIR = 3.0  # pixels between things that do not touch
# Two links that leave a word look like one as long as they run side by side: so far along one of
# them, the other must be so far away.
_LEFT, _SIDE_BY_SIDE = 40.0, 16.0


@dataclass(frozen=True)
class Flaw:
    """Two things that lie upon each other.

    Attributes
    ----------
    what, on : str
        ``"sign"``, ``"head"``, ``"tail"``, ``"delay"``, ``"mark"`` or ``"title"``, and ``"word"``,
        ``"arc"``, ``"sign"``, ``"delay"``, ``"mark"`` or ``"title"``.
    one, other : int
        Their places among the words, wires or marks of the drawing.
    depth : float
        How many pixels they would have to be moved apart.
    """

    what: str
    on: str
    one: int
    other: int
    depth: float


def flaws(drawing: Drawing) -> tuple[Flaw, ...]:
    """Return everything on the page that lies upon something else, words on words left out."""
    words = Boxes(
        np.array([word.at for word in drawing.words], dtype=complex),
        np.array([_word_half(word) for word in drawing.words], dtype=complex),
    )
    curves = np.array([along(wire) for wire in drawing.wires]).reshape(-1, _ON_A_WIRE)
    found = [
        *_of_signs(drawing.wires, words, curves),
        *_of_heads(drawing.wires, curves),
        *_of_tails(drawing.wires, curves),
        *_of_delays(drawing.wires, words, curves),
        *_of_marks(drawing, words, curves),
        *_of_titles(drawing, words, curves),
    ]
    return tuple(flaw for flaw in found if flaw.depth > 0)


def cost_of(found: Sequence[Flaw]) -> float:
    """Return what flaws weigh beside the faults of a layout."""
    return sum(_FLAW + _PIXEL * flaw.depth for flaw in found)


def along(wire: Wire, count: int = _ON_A_WIRE) -> Points:
    """Return points on a wire from where it starts to its tip."""
    first, last = wire.start - wire.centre, wire.head[0] - wire.centre
    turn = float(np.angle(last / first)) if abs(first) and abs(last) else 0.0
    if wire.clockwise and turn < 0:
        turn += 2 * np.pi
    if not wire.clockwise and turn > 0:
        turn -= 2 * np.pi
    return np.asarray(wire.centre + first * np.exp(1j * turn * np.linspace(0, 1, count)))


def _word_half(word: Word) -> complex:
    # Letters leave a little of their line free above and below.
    return complex(max(map(width, word.lines)) * LETTER / 2, len(word.lines) * LINE / 2 - 2)


def _of_signs(wires: Sequence[Wire], words: Boxes, curves: Points) -> Iterator[Flaw]:
    signs = _signs(wires)
    for i, sign in enumerate(signs.tolist()):
        room = _boxes_beyond(sign, 0j, words)
        yield from _worst("sign", "word", i, SIGN_RADIUS + 1 - room)
        yield from _worst("sign", "arc", i, SIGN_RADIUS + 1.5 - _from_curves(sign, curves))
        yield from _worst("sign", "sign", i, 2 * SIGN_RADIUS + 2 - np.abs(signs[:i] - sign))


def _of_heads(wires: Sequence[Wire], curves: Points) -> Iterator[Flaw]:
    for i, wire in enumerate(wires):
        near = _from_curves(sum(wire.head) / 3, curves)
        near[i] = np.inf
        yield from _worst("head", "arc", i, _HEAD - near)


def _of_tails(wires: Sequence[Wire], curves: Points) -> Iterator[Flaw]:
    places = [max(1, round(_LEFT / max(abs(curve[1] - curve[0]), 1e-3))) for curve in curves]
    for i, j in combinations(range(len(wires)), 2):
        if wires[i].edge.cause != wires[j].edge.cause:
            continue
        here, there = places[i], places[j]
        if max(here, there) < _ON_A_WIRE:  # neither is so short that it ends before
            apart = min(_beside(curves[i], here, curves[j][there]),
                        _beside(curves[j], there, curves[i][here]))  # fmt: skip
            yield Flaw("tail", "arc", i, j, _SIDE_BY_SIDE - apart)


def _beside(curve: Points, place: int, point: complex) -> float:
    """Return how far a point is from the stretch of a curve around one of its own points."""
    return float(np.abs(curve[place // 2 : 3 * place // 2 + 1] - point).min())


def _of_delays(wires: Sequence[Wire], words: Boxes, curves: Points) -> Iterator[Flaw]:
    for i, wire in enumerate(wires):
        if not wire.delay:
            continue
        ends = np.array([end for stroke in wire.delay for end in stroke])
        middle = complex(ends.mean())
        rooms = np.array([_boxes_beyond(end, 0j, words) for end in ends]).min(axis=0)
        yield from _worst("delay", "word", i, _AIR - rooms)
        near = _from_curves(middle, curves)
        near[i] = np.inf
        yield from _worst("delay", "arc", i, 6 - near)
        apart = np.abs(ends[:, None] - _signs(wires)).min(axis=0)
        yield from _worst("delay", "sign", i, SIGN_RADIUS - apart)


def _of_marks(drawing: Drawing, words: Boxes, curves: Points) -> Iterator[Flaw]:
    signs = _signs(drawing.wires)
    for i, mark in enumerate(drawing.marks):
        reach = MARK_REACH if mark.ringed else 9.0
        yield from _worst("mark", "word", i, reach + _AIR - _boxes_beyond(mark.at, 0j, words))
        yield from _worst("mark", "arc", i, reach + _AIR - _from_curves(mark.at, curves))
        yield from _worst("mark", "sign", i, reach + SIGN_RADIUS - np.abs(signs - mark.at))
        yield from _worst("mark", "delay", i, reach + 1 - _from_delays(mark.at, drawing.wires))
    for (i, one), (j, other) in combinations(enumerate(drawing.marks), 2):
        if one.ringed or other.ringed:
            yield Flaw("mark", "mark", j, i, 2 * MARK_REACH - abs(one.at - other.at))


def _of_titles(drawing: Drawing, words: Boxes, curves: Points) -> Iterator[Flaw]:
    boxes, signs = {}, _signs(drawing.wires)
    for i, mark in enumerate(drawing.marks):
        if mark.loop.title:
            shift, half = title_box(mark.loop.title)
            boxes[i] = mark.at + shift, half
    for i, (at, half) in boxes.items():
        yield from _worst("title", "word", i, _AIR - _boxes_beyond(at, half, words))
        box = np.array(half)
        yield from _worst("title", "arc", i, _AIR - beyond(curves - at, box).min(axis=-1))
        yield from _worst("title", "sign", i, SIGN_RADIUS - beyond(signs - at, box))
        strokes = np.array([_stroke_beyond(wire, at, box) for wire in drawing.wires])
        yield from _worst("title", "delay", i, _AIR - strokes)
        marks = beyond(np.array([mark.at for mark in drawing.marks]) - at, box)
        marks[i] = np.inf
        yield from _worst("title", "mark", i, MARK_REACH - marks)
    for (i, one), (j, other) in combinations(boxes.items(), 2):
        room = beyond(np.array(one[0] - other[0]), np.array(one[1] + other[1]))
        yield Flaw("title", "title", j, i, _AIR - float(room))


def _signs(wires: Sequence[Wire]) -> Points:
    return np.array([wire.sign_at for wire in wires], dtype=complex)


def _from_curves(at: complex, curves: Points) -> Reals:
    """Return how far a point is from each wire."""
    return np.asarray(np.abs(curves - at).min(axis=-1))


def _boxes_beyond(at: complex, half: complex, boxes: Boxes) -> Reals:
    return beyond(at - boxes.centre, boxes.half + half)


def _from_delays(at: complex, wires: Sequence[Wire]) -> Reals:
    ends = [[abs(end - at) for stroke in wire.delay for end in stroke] for wire in wires]
    return np.array([min(apart, default=np.inf) for apart in ends])


def _stroke_beyond(wire: Wire, at: complex, half: Points) -> float:
    ends = np.array([end for stroke in wire.delay for end in stroke], dtype=complex)
    return float(beyond(ends - at, half).min(initial=np.inf))


def _worst(what: str, on: str, one: int, depths: Reals) -> Iterator[Flaw]:
    for other in np.flatnonzero(depths > 0).tolist():
        yield Flaw(what, on, one, other, float(depths[other]))
