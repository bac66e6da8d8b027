"""How good a layout is, measured on what is drawn: arcs, words, heads and signs.

Every count here is taken on the arcs themselves, not on straight lines between words: a layout
that looks free of crossings with straight links often is not when the links are bowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cstools.plotting.arcs import (
    Arcs,
    Points,
    Reals,
    Truths,
    bowed,
    clipped,
    crossings,
    distance_to,
)

WORD_GAP = 5.0  # between a word and the arcs that touch it
HEAD = 9.0  # length of an arrowhead
SIGN_BACK, SIGN_OUT, SIGN_RADIUS = 15.0, 11.0, 7.0
# Points on a link at which it is looked for in words: enough to compare moves of one word, and
# close enough together that no short word hides between two of them when a picture is judged.
_SAMPLES, _FINE_SAMPLES = 9, 41
_USUAL_LINK = 140.0
_WORDS_SHARE = 14.0  # a page of this many times the area of its words is neither full nor empty
_WIDEST_PAGE = 820.0

_Pairs = tuple[NDArray[np.intp], NDArray[np.intp]]
Ground = tuple[Arcs, Points]

_WEIGHTS = {
    "words_overlapping": 60.0,
    "links_through_words": 30.0,
    "crossings": 7.0,
    "heads_crowded": 7.0,
    "signs_covered": 5.0,
    "short_links": 12.0,
    "long_links": 1.2,
    "flat_loops": 4.0,
    "room": 1.0,
}


@dataclass(frozen=True)
class _Rounds:
    """All corners of some loops, the ones that follow, where each loop begins, its best shape."""

    here: NDArray[np.int_]
    there: NDArray[np.int_]
    begins: NDArray[np.int_]
    best: Reals  # 4π area / perimeter² of the regular polygon

    @staticmethod
    def of(loops: Sequence[tuple[int, ...]]) -> _Rounds:
        here = np.array([word for loop in loops for word in loop], dtype=int)
        there = np.array([word for loop in loops for word in (*loop[1:], loop[0])], dtype=int)
        sizes = np.array([len(loop) for loop in loops], dtype=int)
        best = np.pi / sizes / np.tan(np.pi / sizes)
        return _Rounds(here, there, np.cumsum(sizes) - sizes, best)


@dataclass(frozen=True)
class Scope:
    """The pairs of things to be looked at, as places in the arrays of links and words."""

    links: NDArray[np.intp]
    couples: _Pairs  # of links
    neighbours: _Pairs  # of words
    touching: _Pairs  # a link and any word
    strangers: _Pairs  # a link and a word that it does not touch
    rounds: _Rounds


@dataclass(frozen=True)
class Plan:
    """What stays the same in every layout of a map: sizes, links and their shortest loops."""

    half: Points  # (words,): half the width and height of each word, as width + height·1j
    cause: NDArray[np.int_]  # (links,)
    effect: NDArray[np.int_]  # (links,)
    share: Reals  # (words, links): weights whose mean is the middle of the link's shortest loop
    pair: Truths  # (links,): the shortest loop goes straight back
    bulge: Reals  # (links,): height of the bow over its chord
    shortest: Reals  # (links,): a link of less length than this is too short
    loops: tuple[tuple[int, ...], ...]  # shortest loops of three words and more, each once

    @cached_property
    def whole(self) -> Scope:
        """Everything there is to look at."""
        every = np.ones(len(self.half), dtype=bool)
        return self._scope(every, np.ones(len(self.cause), dtype=bool))

    @cached_property
    def around(self) -> tuple[Scope, ...]:
        """For each word, what there is to look at when only that word moves."""
        words = np.arange(len(self.half))
        return tuple(
            self._scope(words == word, (self.cause == word) | (self.effect == word))
            for word in words
        )

    @cached_property
    def along(self) -> tuple[Scope, ...]:
        """For each link, what there is to look at when only its bow changes."""
        nowhere, links = np.zeros(len(self.half), dtype=bool), np.arange(len(self.cause))
        return tuple(self._scope(nowhere, links == link) for link in links)

    def _scope(self, words: Truths, links: Truths) -> Scope:
        first, second = np.triu_indices(len(links), k=1)
        either = links[first] | links[second]
        one, other = np.triu_indices(len(words), k=1)
        near = words[one] | words[other]
        link, word = np.nonzero(links[:, None] | words)
        strange = (word != self.cause[link]) & (word != self.effect[link])
        loops = [loop for loop in self.loops if words[list(loop)].any()]
        return Scope(
            np.flatnonzero(links),
            (first[either], second[either]),
            (one[near], other[near]),
            (link, word),
            (link[strange], word[strange]),
            _Rounds.of(loops),
        )

    def arcs(
        self, places: Points, stretch: Reals, fine: int = 16, only: NDArray[np.intp] | None = None
    ) -> Arcs:
        """Return the links as drawn: bowed away from the middle of their shortest loop.

        ``places`` is ``(…, words)``; ``stretch`` multiplies each link's bow, and a negative
        one bows it the other way. The two links of a pair each bow to their own left. ``fine``
        is the number of points between which the edge of a word is looked for; ``only`` some
        links are drawn if it says so.
        """
        links = slice(None) if only is None else only
        cause, effect = self.cause[links], self.effect[links]
        start, stop = places[..., cause], places[..., effect]
        # Not a matrix product: for so little work, threads cost far more than they save.
        middle = np.einsum("...w,wl->...l", places, self.share[:, links])
        inward = middle - (start + stop) / 2
        to_left = (inward * np.conj(stop - start)).imag < 0
        side = np.where(~self.pair[links] & to_left, -1.0, 1.0)
        whole = bowed(start, stop, side * self.bulge[links] * stretch[..., links])
        gap = self.half + WORD_GAP * (1 + 1j)
        return clipped(whole, start, stop, (gap[cause], gap[effect]), fine)

    def ground(self, places: Points, stretch: Reals, fine: bool = False) -> Ground:
        """Return the arcs of a layout, ``(words,)`` and ``(links,)``, and points on them.

        What is compared on a fine ground costs several times as much and sees every word.
        """
        arcs = self.arcs(places[None], stretch[None])
        return arcs, arcs.samples(_FINE_SAMPLES if fine else _SAMPLES)

    def arcs_within(
        self, places: Points, stretch: Reals, scope: Scope | None, ground: Ground | None
    ) -> tuple[Arcs, Points]:
        """Return all arcs of some layouts and points on them; beyond the scope, of the first."""
        if scope is None:
            arcs = ground[0] if ground else self.arcs(places, stretch)
            return arcs, arcs.samples(_FINE_SAMPLES)
        first, still = ground or self.ground(places[0], stretch[0])
        moved = self.arcs(places, stretch, only=scope.links)
        points = np.repeat(still, len(places), axis=0)
        points[:, scope.links] = moved.samples(still.shape[-1])
        return first.replaced(scope.links, moved), points


@dataclass(frozen=True)
class Faults:
    """What is wrong with each of several layouts, one number a layout; 0 is none.

    ``crossings`` is a count; the others grow with how far a thing is from what it should be.
    """

    words_overlapping: Reals
    links_through_words: Reals
    crossings: Reals
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
    arcs, points = plan.arcs_within(places, stretch, scope, ground)
    scope = scope or plan.whole
    near = arcs.back_from_head(SIGN_BACK)
    signs = near + SIGN_OUT * arcs.outward(near)
    length = arcs.length[..., scope.links]
    first, second = scope.couples
    one, other = arcs[first], arcs[second]
    crossed = crossings(one, other).sum(axis=-1).astype(float)
    short = np.maximum(1 - length / plan.shortest[scope.links], 0)
    return Faults(
        words_overlapping=_overlaps(plan, places, scope),
        links_through_words=_through(plan, places, points, scope).sum(axis=-1),
        crossings=crossed,
        heads_crowded=_crowded(points[..., -1], points[..., 0], scope),
        signs_covered=_covered(plan, places, (one, other), signs, scope),
        short_links=(short**2).sum(axis=-1),
        long_links=(np.maximum(length / _USUAL_LINK - 1, 0) ** 2).sum(axis=-1),
        flat_loops=_flatness(places, scope.rounds),
        room=_room(plan, places),
    )


def depths(plan: Plan, places: Points, stretch: Reals) -> Reals:
    """Return how deep each link runs into each word that it does not touch.

    ``(layouts, pairs)``, the pairs being ``plan.whole.strangers``; 1 is through the middle.
    """
    _, points = plan.arcs_within(places, stretch, None, None)
    return _through(plan, places, points, plan.whole)


def _overlaps(plan: Plan, places: Points, scope: Scope) -> Reals:
    """Return how much words touch, in units of the room that should lie between them."""
    first, second = scope.neighbours
    apart = places[..., first] - places[..., second]
    reach = plan.half[first] + plan.half[second] + (16 + 14j)
    depth = np.minimum(reach.real - np.abs(apart.real), reach.imag - np.abs(apart.imag))
    return np.asarray(np.maximum(depth / 15.0, 0).sum(axis=-1))


def _through(plan: Plan, places: Points, points: Points, scope: Scope) -> Reals:
    """Return how deep links run into words that they do not touch, ``(layouts, pairs)``.

    1 is through the middle.
    """
    link, word = scope.strangers
    depth = np.zeros((len(places), len(link)))
    # Few links come near a word at all: only those are followed point by point.
    layout, pair = np.nonzero(_meeting(places[:, word], plan.half[word] + (9 + 9j), points, link))
    apart = points[layout, link[pair]] - places[layout, word[pair], None]
    room = (plan.half[word[pair]] + (9 + 9j))[:, None]
    deep_x = 1 - np.abs(apart.real) / room.real
    deep_y = 1 - np.abs(apart.imag) / room.imag
    deepest = np.minimum(deep_x, deep_y).max(axis=-1)
    depth[layout, pair] = np.sqrt(np.maximum(deepest, 0))
    return depth


def _meeting(at: Points, half: Points, points: Points, link: NDArray[np.intp]) -> Truths:
    """Say which boxes meet the box round all points of their link."""
    x, y = points.real, points.imag
    left, right = x.min(axis=-1)[:, link], x.max(axis=-1)[:, link]
    top, bottom = y.min(axis=-1)[:, link], y.max(axis=-1)[:, link]
    across = (left - at.real < half.real) & (at.real - right < half.real)
    return np.asarray(across & (top - at.imag < half.imag) & (at.imag - bottom < half.imag))


def _crowded(heads: Points, tails: Points, scope: Scope) -> Reals:
    """Return how many heads are closer than their signs allow, or upon the tails of links."""
    first, second = scope.couples
    apart = np.abs(heads[..., first] - heads[..., second])
    crowd = np.maximum(1 - apart / 30.0, 0).sum(axis=-1)
    for head, tail in ((first, second), (second, first)):
        apart = np.abs(heads[..., head] - tails[..., tail])
        crowd = crowd + np.maximum(1 - apart / 15.0, 0).sum(axis=-1)
    return np.asarray(crowd)


def _covered(
    plan: Plan, places: Points, arcs: tuple[Arcs, Arcs], signs: Points, scope: Scope
) -> Reals:
    """Return how many signs lie on words or on links."""
    link, word = scope.touching
    apart = signs[..., link] - places[..., word]
    deep_x = plan.half[word].real + SIGN_RADIUS - np.abs(apart.real)
    deep_y = plan.half[word].imag + SIGN_RADIUS - np.abs(apart.imag)
    covered = np.clip(np.minimum(deep_x, deep_y) / SIGN_RADIUS, 0, 1).sum(axis=-1)
    first, second = scope.couples
    for sign, other in zip((first, second), arcs[::-1], strict=True):
        room = distance_to(other, signs[..., sign])
        covered = covered + np.maximum(1 - room / 12.0, 0).sum(axis=-1)
    return np.asarray(covered)


def _flatness(places: Points, rounds: _Rounds) -> Reals:
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
