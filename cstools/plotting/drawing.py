"""A causal loop diagram becomes places on a page: one geometry for screen and print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cstools.errors import ModelError
from cstools.on_demand import numpy as np
from cstools.plotting.arcs import Arcs, Points, Reals, bowed
from cstools.plotting.drawing_flaws import Flaw, cost_of, flaws
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
from cstools.plotting.drawing_repair import shifts
from cstools.plotting.layout import layout
from cstools.plotting.layout_effort import effort_for
from cstools.plotting.layout_plan import WORD_GAP, Plan
from cstools.plotting.layout_score import HEAD, SIGN_BACK, SIGN_OUT, SIGN_RADIUS, faults
from cstools.plotting.lettering import broken, width
from cstools.plotting.loop_marks import marks_of
from cstools.plotting.places import check_place

_RING_RADIUS, _RING_FOOT = 17.0, 7.0
_MARGIN = 8.0
_FINE = 48
_MOST_WORDS, _MOST_LINKS = 500, 1_500  # more takes long to draw, and nobody finds their way in it
_HOPELESS = 16  # flaws
_KEPT = 64  # drawings: a map is shown again and again, as a picture, played, bit by bit, on paper
_NEAR = 40.0  # pixels: what is farther away is in nobody's way
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
    are arranged around them. Of several layouts the one with the fewest faults is kept, the
    crowding of the loop marks counted in, and what lies upon what: in a small or middle-sized map
    little shifts are tried that may mend that, and another layout if they do not. The same
    arguments always give the same drawing.

    Raises
    ------
    ModelError
        When a pin is farther away than any page reaches, or the map is too large for a picture.
    """
    pins = pins or {}
    _check(labels, len(edges), pins)
    return _drawn(tuple(labels.items()), tuple(edges), tuple(loops), tuple(pins.items()))


@lru_cache(_KEPT)
def _drawn(
    labels: tuple[tuple[str, str], ...],
    edges: tuple[SignedEdge, ...],
    loops: tuple[LoopMark, ...],
    pins: tuple[tuple[str, complex], ...],
) -> Drawing:
    edges = tuple(sorted(edges, key=lambda edge: edge.cause == edge.effect))  # to itself: last
    sheet = _Sheet.of(dict(labels), edges, loops)
    held = {sheet.number[key]: at for key, at in pins}
    effort = effort_for(len(labels), len(edges))
    pages: list[_Page] = []
    for choice in range(1 if len(held) == len(labels) else effort.most):
        if choice >= effort.tries and any(page.drawing.clear and not page.flaws for page in pages):
            break
        found = layout(sheet.half, sheet.joining, choice, sheet.titles, held)
        page = _page_of(sheet, found.plan, found.places, found.stretch)
        pages.append(_repaired(sheet, page, frozenset(held), effort.repairs))
    return min(pages, key=_order).drawing


def too_large(words: int, links: int) -> str:
    """Return the sentence that a map of this size gets in place of a picture, or nothing."""
    if words <= _MOST_WORDS and links <= _MOST_LINKS:
        return ""
    return (
        f"{words:,} variables and {links:,} links are too many for one picture, which holds "
        f"{_MOST_WORDS:,} and {_MOST_LINKS:,}; draw a part of the map."
    )


def _check(labels: Mapping[str, str], links: int, pins: Mapping[str, complex]) -> None:
    if told := too_large(len(labels), links):
        raise ModelError(told)
    for key, at in pins.items():
        check_place(labels[key], at.real, at.imag)


@dataclass(frozen=True)
class _Sheet:
    """What stays the same wherever the words of a map stand."""

    lines: dict[str, tuple[str, ...]]
    half: Points
    number: dict[str, int]
    edges: Sequence[SignedEdge]
    loops: Sequence[LoopMark]
    pairs: Sequence[tuple[int, int]]
    joining: Sequence[tuple[int, int]]  # the pairs of two different words
    titles: Sequence[float]

    @staticmethod
    def of(
        labels: Mapping[str, str], edges: Sequence[SignedEdge], loops: Sequence[LoopMark]
    ) -> _Sheet:
        lines = {key: broken(text) for key, text in labels.items()}
        half = np.array([_half_size(text) for text in lines.values()], dtype=complex)
        number = {key: i for i, key in enumerate(labels)}
        pairs = [(number[edge.cause], number[edge.effect]) for edge in edges]
        joining = [pair for pair in pairs if pair[0] != pair[1]]
        titles = _titles(joining, loops, number)
        return _Sheet(lines, half, number, edges, loops, pairs, joining, titles)


@dataclass(frozen=True)
class _Page:
    """A finished drawing, the layout that it was made from, and what in it lies upon what."""

    plan: Plan
    places: Points
    stretch: Reals
    drawing: Drawing
    flaws: tuple[Flaw, ...]


def _page_of(sheet: _Sheet, plan: Plan, places: Points, stretch: Reals) -> _Page:
    boxes = Boxes(places, sheet.half)
    whole = plan.arcs(places, stretch, fine=400)
    arcs = [whole[i : i + 1] for i in range(len(stretch))]
    for word, other in sheet.pairs:
        if word == other:
            arcs.append(_ring(word, boxes, arcs))
    curves = [arc.samples(_FINE)[0] for arc in arcs]
    wires = wires_of(sheet.edges, arcs, curves, boxes)
    marks, crowding = marks_of(sheet.loops, sheet.edges, curves, wires, boxes, sheet.number)
    words = tuple(
        Word(key, text, complex(at))
        for (key, text), at in zip(sheet.lines.items(), places, strict=True)
    )
    corner, size = _page(boxes, curves, wires, marks)
    found = faults(plan, places[None], stretch[None])
    clear = not (found.words_overlapping[0] or found.links_through_words[0])
    drawing = Drawing(words, wires, marks, corner, size, 0.0, clear)
    seen = flaws(drawing)
    score = float(found.total[0]) + crowding + cost_of(seen)
    return _Page(plan, places, stretch, replace(drawing, score=round(score, 6)), seen)


def _order(page: _Page) -> tuple[bool, float]:
    """Return what puts the better of two pages first."""
    return not page.drawing.clear, page.drawing.score


def _repaired(sheet: _Sheet, page: _Page, held: frozenset[int], drawings: int) -> _Page:
    """Return a page on which less lies upon other things, if a little shift can bring that about.

    A word or a bow near each of the deepest flaws gives way; what the layout suffers least from is
    drawn to the end, and kept if the whole picture is better for it. This goes on from each better
    picture, for so many ``drawings`` at most. It repairs nothing in large maps, where there are
    none to spare; nothing where too many things lie upon each other for a few shifts to help; and
    nothing where only pinned words could give way.
    """
    while page.flaws and len(page.flaws) <= _HOPELESS and drawings > 0:
        better = page
        for change in shifts(page.plan, page.places, page.stretch, page.drawing, page.flaws, held):
            tried = _page_of(sheet, page.plan, *change)
            better = min(better, tried, key=_order)
            drawings -= 1
            if not drawings or (better is tried and len(tried.flaws) < len(page.flaws)):
                break
        if better is page:
            break
        page = better
    return page


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
    points = np.concatenate([*curves, np.empty(0)])
    owner = np.repeat(np.arange(len(curves)), [len(curve) for curve in curves])
    signs = np.zeros(len(edges), dtype=complex)
    for i, (edge, arc) in enumerate(zip(edges, arcs, strict=True)):
        wires.append(_wire(edge, arc, points[owner != i], signs[:i], boxes))
        signs[i] = wires[i].sign_at
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
    taken, signs = _round(near[0], taken), _round(near[0], signs)
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
    reach = float(np.abs(places - places[0]).max())
    room = _from_points(places, _round(complex(places[0]), taken, reach))
    room = np.minimum(room, boxes.clearance(places))
    room = np.minimum(room, np.abs(places - sign) - SIGN_RADIUS)
    cost = np.maximum(14 - room, 0) + np.arange(len(places))
    middle = places[int(np.argmin(cost.round(6)))]
    out = complex(arc.outward(middle)[0])
    strokes = (complex(middle) + shift * 1j * out for shift in (-2.8, 2.8))
    return tuple((stroke - 7 * out, stroke + 7 * out) for stroke in strokes)


def _round(at: complex, points: Points, reach: float = 16.0) -> Points:
    """Return the points so near a place that something within reach of it could lie on them."""
    beside = np.abs(points.real - at.real) < reach + _NEAR
    return points[beside & (np.abs(points.imag - at.imag) < reach + _NEAR)]


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
