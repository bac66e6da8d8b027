"""The plan of a map that all its layouts share, what is drawn of them, what there is to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from cstools.on_demand import numpy as np
from cstools.plotting.arcs import Arcs, Points, Reals, Truths, bowed, clipped

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORD_GAP = 5.0  # between a word and the arcs that touch it
# Points on a link at which it is looked for in words: enough to compare moves of one word, and
# close enough together that no short word hides between two of them when a picture is judged.
_SAMPLES, _FINE_SAMPLES = 13, 41

Pairs: TypeAlias = "tuple[NDArray[np.intp], NDArray[np.intp]]"


@dataclass(frozen=True)
class Rounds:
    """All corners of some loops, the ones that follow, where each loop begins, its best shape."""

    here: NDArray[np.int_]
    there: NDArray[np.int_]
    begins: NDArray[np.int_]
    best: Reals  # 4π area / perimeter² of the regular polygon

    @staticmethod
    def of(loops: Sequence[tuple[int, ...]]) -> Rounds:
        """Return loops of words as they are laid end to end."""
        here = np.array([word for loop in loops for word in loop], dtype=int)
        there = np.array([word for loop in loops for word in (*loop[1:], loop[0])], dtype=int)
        sizes = np.array([len(loop) for loop in loops], dtype=int)
        best = np.pi / sizes / np.tan(np.pi / sizes)
        return Rounds(here, there, np.cumsum(sizes) - sizes, best)


@dataclass(frozen=True)
class Scope:
    """The pairs of things to be looked at, as places in the arrays of links and words."""

    links: NDArray[np.intp]
    couples: Pairs  # of links
    neighbours: Pairs  # of words
    touching: Pairs  # a link and any word
    strangers: Pairs  # a link and a word that it does not touch
    rounds: Rounds


@dataclass(frozen=True)
class Ground:
    """The links of some layouts: arcs, points on them, and the boxes round these points."""

    arcs: Arcs  # (layouts, links)
    points: Points  # (layouts, links, points)
    boxes: Reals  # (4, layouts, links): left, right, top, bottom

    @staticmethod
    def of(arcs: Arcs, count: int) -> Ground:
        """Return arcs with so many points on each."""
        points = arcs.samples(count)
        x, y = points.real, points.imag
        edges = (x.min(axis=-1), x.max(axis=-1), y.min(axis=-1), y.max(axis=-1))
        return Ground(arcs, points, np.array(edges))

    def replaced(self, links: NDArray[np.intp], others: Ground) -> Ground:
        """Return these layouts, each as often as others fall to it, with the links of those."""
        count = len(others.points) // len(self.points)
        points = np.repeat(self.points, count, axis=0)
        points[:, links] = others.points
        boxes = np.repeat(self.boxes, count, axis=1)
        boxes[:, :, links] = others.boxes
        return Ground(self.arcs.replaced(links, others.arcs), points, boxes)

    def chosen(self, layouts: NDArray[np.intp]) -> Ground:
        """Return some of the layouts."""
        return Ground(self.arcs.of(layouts), self.points[layouts], self.boxes[:, layouts])

    def with_layouts(self, layouts: NDArray[np.intp], others: Ground) -> Ground:
        """Return the layouts with others in the place of some."""
        points, boxes = self.points.copy(), self.boxes.copy()
        points[layouts], boxes[:, layouts] = others.points, others.boxes
        return Ground(self.arcs.with_layouts(layouts, others.arcs), points, boxes)


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
        first, second = np.nonzero(links[:, None] & (~links | np.tri(len(links), k=-1, dtype=bool)))
        one, other = np.triu_indices(len(words), k=1)
        near = words[one] | words[other]
        link, word = np.nonzero(links[:, None] | words)
        strange = (word != self.cause[link]) & (word != self.effect[link])
        loops = [loop for loop in self.loops if words[list(loop)].any()]
        return Scope(
            np.flatnonzero(links),
            (first, second),
            (one[near], other[near]),
            (link, word),
            (link[strange], word[strange]),
            Rounds.of(loops),
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
        side = self.sides(places, links)
        whole = bowed(start, stop, side * self.bulge[links] * stretch[..., links])
        gap = self.half + WORD_GAP * (1 + 1j)
        return clipped(whole, start, stop, (gap[cause], gap[effect]), fine)

    def sides(self, places: Points, links: slice | NDArray[np.intp] = slice(None)) -> Reals:
        """Return to which side the links of layouts ``(…, words)`` bow: 1 is to their left."""
        start, stop = places[..., self.cause[links]], places[..., self.effect[links]]
        # Not a matrix product: for so little work, threads cost far more than they save.
        middle = np.einsum("...w,wl->...l", places, self.share[:, links])
        inward = middle - (start + stop) / 2
        to_left = (inward * np.conj(stop - start)).imag < 0
        return np.where(~self.pair[links] & to_left, -1.0, 1.0)

    def ground(self, places: Points, stretch: Reals, fine: bool = False) -> Ground:
        """Return what is drawn of layouts, ``(layouts, words)``; one may come without its axis.

        What is compared on a fine ground costs several times as much and sees every word.
        """
        arcs = self.arcs(np.atleast_2d(places), np.atleast_2d(stretch))
        return Ground.of(arcs, _FINE_SAMPLES if fine else _SAMPLES)

    def ground_within(
        self, places: Points, stretch: Reals, scope: Scope | None, ground: Ground | None
    ) -> Ground:
        """Return what is drawn of some layouts; beyond the scope, it is that of the ground.

        A ground of several layouts stands for as many runs of layouts of equal length.
        """
        if scope is None:
            arcs = ground.arcs if ground else self.arcs(places, stretch)
            return Ground.of(arcs, _FINE_SAMPLES)
        first = ground or self.ground(places[0], stretch[0])
        moved = self.arcs(places, stretch, only=scope.links)
        return first.replaced(scope.links, Ground.of(moved, first.points.shape[-1]))
