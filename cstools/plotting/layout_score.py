"""How good a layout is, measured on what is drawn: arcs, words, heads and signs.

Every count here is taken on the arcs themselves, not on straight lines between words: a layout
that looks free of crossings with straight links often is not when the links are bowed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cstools.on_demand import numpy as np
from cstools.plotting.arcs import (
    Arcs,
    Points,
    Reals,
    Truths,
    crossings,
    distance_to,
    steepness,
)
from cstools.plotting.layout_plan import Ground, Pairs, Plan, Rounds, Scope

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEAD = 9.0  # length of an arrowhead
SIGN_BACK, SIGN_OUT, SIGN_RADIUS = 15.0, 11.0, 7.0
_STEEP = 0.6  # the sine of the angle from which on two lines that cross are easily followed
_USUAL_LINK = 140.0
_WORDS_SHARE = 14.0  # a page of this many times the area of its words is neither full nor empty
_WIDEST_PAGE = 820.0

# Two links with more room than this between the boxes round them have nothing to do with each
# other: no crossing, no heads that crowd, no sign upon the other. Bows stand out a little beyond
# the points by which their boxes are known.
_FAR = 36.0

_WEIGHTS = {
    "words_overlapping": 60.0,
    "links_through_words": 45.0,
    "crossings": 7.0,
    "shallow_crossings": 9.0,
    "heads_crowded": 7.0,
    "signs_covered": 5.0,
    "short_links": 12.0,
    "long_links": 1.2,
    "flat_loops": 4.0,
    "room": 1.0,
}


@dataclass(frozen=True)
class Faults:
    """What is wrong with each of several layouts, one number a layout; 0 is none.

    ``crossings`` is a count; the others grow with how far a thing is from what it should be.
    """

    words_overlapping: Reals
    links_through_words: Reals
    crossings: Reals
    shallow_crossings: Reals
    heads_crowded: Reals
    signs_covered: Reals
    short_links: Reals
    long_links: Reals
    flat_loops: Reals
    room: Reals

    @property
    def total(self) -> Reals:
        """The weighted sum, rounded so that the last bits of a processor decide nothing."""
        parts = [weight * getattr(self, name) for name, weight in _WEIGHTS.items()]
        return np.asarray(np.sum(parts, axis=0).round(6))


def faults(
    plan: Plan,
    places: Points,
    stretch: Reals,
    scope: Scope | None = None,
    ground: Ground | None = None,
) -> Faults:
    """Return the faults of layouts ``(layouts, words)`` with bows ``(layouts, links)``.

    With a ``scope``, only the faults within it are counted: enough to compare layouts that
    differ nowhere else, and several times faster. ``ground`` is what does not differ, where it is
    known already (:meth:`Plan.ground` of the first layout, or of the only one).
    """
    return faults_on(plan, places, plan.ground_within(places, stretch, scope, ground), scope)


def faults_on(plan: Plan, places: Points, ground: Ground, scope: Scope | None = None) -> Faults:
    """Return the faults of layouts of which it is known what is drawn of them."""
    scope = scope or plan.whole
    arcs, count = ground.arcs, len(places)
    near = arcs.back_from_head(SIGN_BACK)
    signs = near + SIGN_OUT * arcs.outward(near)
    length = arcs.length[..., scope.links]
    short = np.maximum(1 - length / plan.shortest[scope.links], 0)
    layout, pair = _neighbours(ground.boxes, scope)
    first, second = (layout, scope.couples[0][pair]), (layout, scope.couples[1][pair])
    one, other = arcs.of(first), arcs.of(second)
    upon = _upon(one, signs[second]) + _upon(other, signs[first])
    crossed = crossings(one, other).astype(float)
    shallow = crossed * np.maximum(1 - steepness(one, other) / _STEEP, 0)
    return Faults(
        words_overlapping=_overlaps(plan, places, scope),
        links_through_words=_through(plan, places, ground, scope).sum(axis=-1),
        crossings=_summed(crossed, layout, count),
        shallow_crossings=_summed(shallow, layout, count),
        heads_crowded=_summed(_crowded(one, other), layout, count),
        signs_covered=_summed(upon, layout, count) + _signs_in_words(plan, places, signs, scope),
        short_links=(short**2).sum(axis=-1),
        long_links=(np.maximum(length / _USUAL_LINK - 1, 0) ** 2).sum(axis=-1),
        flat_loops=_flatness(places, scope.rounds),
        room=_room(plan, places),
    )


def depths(plan: Plan, places: Points, stretch: Reals) -> Reals:
    """Return how deep each link runs into each word that it does not touch.

    ``(layouts, pairs)``, the pairs being ``plan.whole.strangers``; 1 is through the middle.
    """
    return _through(plan, places, plan.ground_within(places, stretch, None, None), plan.whole)


def _neighbours(boxes: Reals, scope: Scope) -> Pairs:
    """Return the layouts and couples of which both links are near each other."""
    first, second = scope.couples
    left, right, top, bottom = boxes
    apart = np.maximum(left[:, first] - right[:, second], left[:, second] - right[:, first])
    above = np.maximum(top[:, first] - bottom[:, second], top[:, second] - bottom[:, first])
    layout, pair = np.nonzero(np.maximum(apart, above) < _FAR)
    return layout, pair


def _summed(values: Reals, layout: NDArray[np.intp], count: int) -> Reals:
    return np.bincount(layout, values, count).astype(np.float64)


def _overlaps(plan: Plan, places: Points, scope: Scope) -> Reals:
    """Return how much words touch, in units of the room that should lie between them."""
    first, second = scope.neighbours
    apart = places[..., first] - places[..., second]
    reach = plan.half[first] + plan.half[second] + (16 + 14j)
    depth = np.minimum(reach.real - np.abs(apart.real), reach.imag - np.abs(apart.imag))
    return np.asarray(np.maximum(depth / 15.0, 0).sum(axis=-1))


def _through(plan: Plan, places: Points, ground: Ground, scope: Scope) -> Reals:
    """Return how deep links run into words that they do not touch, ``(layouts, pairs)``.

    1 is through the middle.
    """
    link, word = scope.strangers
    depth = np.zeros((len(places), len(link)))
    # Few links come near a word at all: only those are followed point by point.
    reach = plan.half[word] + (9 + 9j)
    layout, pair = np.nonzero(_meeting(places[:, word], reach, ground.boxes[:, :, link]))
    apart = ground.points[layout, link[pair]] - places[layout, word[pair], None]
    room = reach[pair, None]
    deep_x = 1 - np.abs(apart.real) / room.real
    deep_y = 1 - np.abs(apart.imag) / room.imag
    deepest = np.minimum(deep_x, deep_y).max(axis=-1)
    depth[layout, pair] = np.sqrt(np.maximum(deepest, 0))
    return depth


def _meeting(at: Points, half: Points, boxes: Reals) -> Truths:
    """Say which words meet the box round all points of their link."""
    left, right, top, bottom = boxes
    x, y = at.real, at.imag
    across = (left - x < half.real) & (x - right < half.real)
    return np.asarray(across & (top - y < half.imag) & (y - bottom < half.imag))


def _crowded(one: Arcs, other: Arcs) -> Reals:
    """Return how much heads are closer than their signs allow, or tails upon heads or tails."""
    crowd = np.maximum(1 - np.abs(one.last - other.last) / 30.0, 0)
    crowd += np.maximum(1 - np.abs(one.first - other.first) / 10.0, 0)
    for head, tail in ((one.last, other.first), (other.last, one.first)):
        crowd += np.maximum(1 - np.abs(head - tail) / 15.0, 0)
    return np.asarray(crowd)


def _upon(arcs: Arcs, signs: Points) -> Reals:
    """Return how much signs lie upon links, one sign a link."""
    return np.maximum(1 - distance_to(arcs, signs) / 12.0, 0)


def _signs_in_words(plan: Plan, places: Points, signs: Points, scope: Scope) -> Reals:
    """Return how many signs lie on words."""
    link, word = scope.touching
    apart = signs[..., link] - places[..., word]
    deep_x = plan.half[word].real + SIGN_RADIUS - np.abs(apart.real)
    deep_y = plan.half[word].imag + SIGN_RADIUS - np.abs(apart.imag)
    deep = np.minimum(deep_x, deep_y) / SIGN_RADIUS
    return np.asarray(np.minimum(np.maximum(deep, 0), 1).sum(axis=-1))


def _flatness(places: Points, rounds: Rounds) -> Reals:
    """Return how far the loops are from round: 1 minus 4π area / perimeter² of each, summed."""
    if not len(rounds.best):
        return np.zeros(places.shape[:-1])
    # Words are wide: a loop that is a little wider than high looks round.
    squeezed = 0.8 * places.real + 1j * places.imag
    corner, following = squeezed[..., rounds.here], squeezed[..., rounds.there]
    twice = np.add.reduceat((np.conj(corner) * following).imag, rounds.begins, axis=-1)
    around = np.add.reduceat(np.abs(following - corner), rounds.begins, axis=-1)
    return np.asarray(
        (1 - 2 * np.pi * np.abs(twice) / (around**2 + 1e-9) / rounds.best).sum(axis=-1)
    )


def _room(plan: Plan, places: Points) -> Reals:
    """Return how much the page is too large for its words, too wide, or of an awkward shape."""
    x, y, half = places.real, places.imag, plan.half
    if not len(half):
        return np.zeros(places.shape[:-1])
    wide = (x + half.real).max(axis=-1) - (x - half.real).min(axis=-1)
    high = (y + half.imag).max(axis=-1) - (y - half.imag).min(axis=-1)
    words = (4 * half.real * half.imag).sum()
    area = wide * high / (_WORDS_SHARE * words)
    shape = np.log(wide / high / 1.4) ** 2
    return np.asarray(area + shape + 20 * np.maximum(wide / _WIDEST_PAGE - 1, 0))
