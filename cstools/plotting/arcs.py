"""Arcs of circles between words: where they leave, where they arrive, where they cross.

Points of the page are complex numbers, ``x + y·1j``, with y down: turning and measuring are then
a multiplication and an absolute value. Arrays may have any leading axes, so that many layouts of
one map can be drawn at once.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from cstools.on_demand import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Reals: TypeAlias = "NDArray[np.float64]"
Points: TypeAlias = "NDArray[np.complex128]"
Truths: TypeAlias = "NDArray[np.bool_]"

_NEARLY_STRAIGHT = 0.008
_TINY = 1e-9


@dataclass(frozen=True)
class Arcs:
    """Arcs from one point to another, each with the part of it that is drawn.

    The point at angle φ is ``centre + spoke · exp(1j φ)``, where the spoke goes from the centre
    to the top of the bow, and φ from ``-half`` at the start to ``half`` at the stop; ``half`` is
    below zero for an arc that runs anticlockwise on the page. ``begin`` and ``end`` are the
    fractions of the arc between which it is drawn, from the point ``first`` to the point ``last``.
    """

    centre: Points  # (…, arcs), like all the others
    spoke: Points
    half: Reals
    begin: Reals
    end: Reals
    first: Points
    last: Points

    def at(self, fraction: Reals) -> Points:
        """Return the points at fractions of the whole arc, ``(…, arcs, points)``."""
        turn = self.half[..., None] * (2 * fraction - 1)
        return np.asarray(self.centre[..., None] + self.spoke[..., None] * np.exp(1j * turn))

    def samples(self, count: int) -> Points:
        """Return points evenly spaced on the drawn part, ``(…, arcs, count)``."""
        return self._evenly(self.begin, self.end, count)

    def _evenly(self, begin: Reals, end: Reals, count: int) -> Points:
        """Return points evenly spaced between two fractions; each is the one before, turned."""
        first = self.spoke * np.exp(1j * self.half * (2 * begin - 1))
        step = np.exp(2j * self.half * (end - begin) / (count - 1))
        spokes = np.empty((count, *first.shape), dtype=complex)
        spokes[0], done = first, 1
        while done < count:
            # What is there, turned by as many steps as are there, is as much again.
            new = min(done, count - done)
            np.multiply(spokes[:new], step, out=spokes[done : done + new])
            step, done = step * step, done + new
        return np.moveaxis(spokes + self.centre, 0, -1)

    def back_from_head(self, distance: float) -> Points:
        """Return the points that lie a distance, along the arc, before its head."""
        fraction = self.end - distance / np.maximum(self._whole_length, _TINY)
        return self.at(fraction[..., None])[..., 0]

    def outward(self, points: Points) -> Points:
        """Return unit vectors from the centres through points, one point an arc."""
        away = points - self.centre
        return away / np.maximum(np.abs(away), _TINY)

    @property
    def radius(self) -> Reals:
        """The radius of the circle."""
        return np.abs(self.spoke)

    @property
    def clockwise(self) -> Truths:
        """Whether the arc turns clockwise on the page."""
        return self.half > 0

    @property
    def length(self) -> Reals:
        """The length of the drawn part."""
        return self._whole_length * np.maximum(self.end - self.begin, 0.0)

    @property
    def _whole_length(self) -> Reals:
        return 2 * np.abs(self.half) * self.radius

    def __getitem__(self, which: slice | NDArray[np.intp]) -> Arcs:
        """Return some of the arcs, by their places on the last axis."""
        return Arcs(*(getattr(self, name)[..., which] for name in _PARTS))

    def of(self, which: NDArray[np.intp] | tuple[NDArray[np.intp], NDArray[np.intp]]) -> Arcs:
        """Return the arcs of some layouts, or single arcs by their layouts and places."""
        return Arcs(*(getattr(self, name)[which] for name in _PARTS))

    def replaced(self, which: NDArray[np.intp], others: Arcs) -> Arcs:
        """Return these layouts, each as often as others fall to it, with the arcs of those."""
        merged = []
        for name in _PARTS:
            old, new = getattr(self, name), getattr(others, name)
            whole = np.repeat(old, len(new) // len(old), axis=0)
            whole[:, which] = new
            merged.append(whole)
        return Arcs(*merged)

    def with_layouts(self, layouts: NDArray[np.intp], others: Arcs) -> Arcs:
        """Return the layouts with others in the place of some."""
        merged = []
        for name in _PARTS:
            whole = getattr(self, name).copy()
            whole[layouts] = getattr(others, name)
            merged.append(whole)
        return Arcs(*merged)


_PARTS = tuple(part.name for part in fields(Arcs))


def bowed(start: Points, stop: Points, bulge: Reals) -> Arcs:
    """Return the arcs from start to stop that stand off their chord by ``bulge`` × its length.

    A positive bulge lies to the left of someone walking from start to stop, and the walk is
    clockwise on the page. An arc is never quite straight: a circle needs a radius.
    """
    chord = stop - start
    length = np.maximum(np.abs(chord), 1e-6)
    bulge = np.where(np.abs(bulge) < _NEARLY_STRAIGHT, _NEARLY_STRAIGHT, bulge)
    half = 2 * np.arctan(2 * bulge)
    out = -1j * np.sign(bulge) * chord / length
    spoke = out * length / (2 * np.sin(np.abs(half)))
    centre = (start + stop) / 2 - spoke * np.cos(half)
    return Arcs(centre, spoke, half, np.zeros_like(half), np.ones_like(half), start, stop)


def clipped(
    arcs: Arcs, first: Points, last: Points, sizes: tuple[Points, Points], fine: int
) -> Arcs:
    """Return the arcs without what lies under the words at their two ends.

    ``first`` and ``last`` are the centres of the words, ``sizes`` their half widths and heights
    (as ``width + height·1j``). The place is found between ``fine`` points of the arc.
    """
    step = _steps(fine)
    points = arcs._evenly(arcs.begin, arcs.end, fine)
    both = np.array([points - first[..., None], points[..., ::-1] - last[..., None]])
    size = np.stack(np.broadcast_arrays(*sizes))
    if size.ndim < both.ndim - 1:
        size = size.reshape(2, *(1,) * (both.ndim - 1 - size.ndim), *size.shape[1:])
    begin, back = _first_outside(both, size, step)
    end = 1 - back
    middle = (begin + end) / 2
    begin, end = np.minimum(begin, middle), np.maximum(end, middle)
    ends = arcs.at(np.stack([begin, end], axis=-1))
    return replace(arcs, begin=begin, end=end, first=ends[..., 0], last=ends[..., 1])


@cache
def _steps(count: int) -> Reals:
    """Return fractions from 0 to 1; a map asks for the same ones thousands of times."""
    step = np.linspace(0.0, 1.0, count)
    step.flags.writeable = False
    return step


def crossings(one: Arcs, two: Arcs) -> NDArray[np.int_]:
    """Return how often drawn arcs cross, arc by arc.

    Two circles meet at most twice, at equal distances from the line through their centres; a
    meeting counts when it lies on the drawn part of both, which is the part on the outer side of
    the line from where the drawing begins to where it ends.
    """
    between = two.centre - one.centre
    distance = np.maximum(np.abs(between), _TINY)
    radius, other = one.radius, two.radius
    foot = (radius**2 - other**2 + distance**2) / (2 * distance)
    square = radius**2 - foot**2
    reach = np.sqrt(np.maximum(square, 0.0))
    unit = between / distance
    meet = square > 1e-6
    base = one.centre + foot * unit
    total = np.zeros(square.shape, dtype=np.int_)
    for side in (1j, -1j):
        point = base + side * reach * unit
        total += meet & _on_the_side_of(one, point) & _on_the_side_of(two, point)
    return total


def steepness(one: Arcs, two: Arcs) -> Reals:
    """Return the sine of the angle at which circles cross, arc by arc; 0 where they do not."""
    square = one.radius**2 + two.radius**2 - np.abs(two.centre - one.centre) ** 2
    cosine = square / np.maximum(2 * one.radius * two.radius, _TINY)
    return np.asarray(np.sqrt(np.maximum(1 - cosine**2, 0.0)))


def distance_to(arcs: Arcs, points: Points) -> Reals:
    """Return how far points are from drawn arcs; the shapes of both must broadcast."""
    from_centre = points - arcs.centre
    far = np.abs(from_centre)
    toward = arcs.centre + from_centre * (arcs.radius / np.maximum(far, _TINY))
    at_ends = np.minimum(np.abs(points - arcs.first), np.abs(points - arcs.last))
    beside = _on_the_side_of(arcs, toward)
    return np.asarray(np.where(beside, np.abs(far - arcs.radius), at_ends))


def _on_the_side_of(arcs: Arcs, points: Points) -> Truths:
    """Say whether points lie on the outer side of the line between an arc's drawn ends."""
    across = np.conj(points - arcs.first) * (arcs.last - arcs.first)
    return np.asarray(across.imag * np.sign(arcs.half) > 1e-6)


def _first_outside(away: Points, size: Points, step: Reals) -> Reals:
    """Return the fraction at which points, seen from the middle of a word, are out of it."""
    beyond_x = np.abs(away.real) - size.real[..., None]
    beyond_y = np.abs(away.imag) - size.imag[..., None]
    beyond = np.maximum(beyond_x, beyond_y)
    # The last point inside, counted from the word: an arc may graze a corner and come back.
    inside = beyond <= 0
    final = inside.shape[-1] - 1 - np.argmax(inside[..., ::-1], axis=-1)
    before = np.where(inside[..., 0], final, 0)
    before = np.minimum(before, len(step) - 2)
    rows = beyond.reshape(-1, len(step))
    row, place = np.arange(len(rows)), before.ravel()
    here = rows[row, place].reshape(before.shape)
    there = rows[row, place + 1].reshape(before.shape)
    part = np.where(there > here, -here / np.maximum(there - here, _TINY), 0.0)
    return np.asarray(step[before] + (step[1] - step[0]) * np.minimum(np.maximum(part, 0), 1))
