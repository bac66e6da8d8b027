"""Where the words stand at first: as far apart as they are links apart.

The energy of Kamada and Kawai is brought down by majorisation [GansnerKorenNorth2004]_ from
several first guesses. Words that are pinned stand at their places from the beginning, and the
others are brought to rest around them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from cstools.on_demand import numpy as np
from cstools.plotting.arcs import Points, Reals
from cstools.plotting.layout_plan import Plan

_STEPS = 60
_PUSHES, _AIR = 60, 6 + 5j
_LEAST_APART = 180.0  # between words that only their pins bring onto one page


def starts_of(plan: Plan, random: Random, pins: Mapping[int, complex], starts: int = 14) -> Points:
    """Return layouts ``(starts, words)`` that keep words as far apart as links do."""
    count = len(plan.half)
    distance = _distances(plan)
    weight = distance + np.eye(count)
    weight = (1 - np.eye(count)) / weight**2
    laplacian = np.diag(weight.sum(axis=1)) - weight
    # The pseudoinverse: rows and columns of the Laplacian add up to nothing.
    inverse = np.linalg.inv(laplacian + 1 / count) - 1 / count
    guesses = []
    for number in range(starts):
        order = list(range(count))
        if number:
            random.shuffle(order)
        turn = 2 * np.pi * np.array(order) / count
        guesses.append(np.exp(1j * turn) * distance.max() / 2)
    places = np.array(guesses)
    for _ in range(_STEPS):
        places = _pull(places, weight * distance) @ inverse.T
    turned = np.array([_turned(plan, one) for one in places])
    return _around_the_pins(turned, distance, weight, pins) if pins else turned


def spread(plan: Plan, places: Points, free: Sequence[int]) -> Points:
    """Return a layout whose words are pushed off each other, each pair the shorter way."""
    places, half = places.copy(), plan.half + _AIR
    reach_x, reach_y = (np.add.outer(side, side) for side in (half.real, half.imag))
    moves = np.zeros(len(half))
    moves[list(free)] = 1.0
    tilt = np.arange(len(half)) * 1e-3  # words in one place have to part somehow
    for _ in range(_PUSHES):
        at_x, at_y = places.real + tilt, places.imag + tilt
        apart_x, apart_y = np.subtract.outer(at_x, at_x), np.subtract.outer(at_y, at_y)
        deep_x, deep_y = reach_x - np.abs(apart_x), reach_y - np.abs(apart_y)
        touching = (deep_x > 0) & (deep_y > 0)
        np.fill_diagonal(touching, False)
        if not touching.any():
            break
        aside = np.where(touching & (deep_x < deep_y), deep_x * np.sign(apart_x), 0).sum(axis=1)
        up = np.where(touching & (deep_x >= deep_y), deep_y * np.sign(apart_y), 0).sum(axis=1)
        places += 0.5 * moves * (aside + 1j * up)
    return places


def _pull(places: Points, strength: Reals) -> Points:
    """Return where each word is drawn to by the others, the right side of the majorisation.

    ``strength`` is the weight of each two words × the distance that they should have.
    """
    at = np.stack([places.real, places.imag], axis=-1)
    far = np.zeros((*places.shape, places.shape[-1]))
    for side in (places.real, places.imag):
        apart = side[:, :, None] - side[:, None]
        far += apart * apart
    pull = strength / np.sqrt(np.maximum(far, 1e-12))
    drawn = pull @ at
    return np.asarray(pull.sum(axis=-1) * places - (drawn[..., 0] + 1j * drawn[..., 1]))


def _around_the_pins(
    starts: Points, distance: Reals, weight: Reals, pins: Mapping[int, complex]
) -> Points:
    """Return layouts with the pinned words in their places and the others at rest around them."""
    held = np.array(sorted(pins))
    at = np.array([pins[word] for word in held], dtype=complex)
    places = np.array([_laid_over(one, held, at) for one in starts])
    places[:, held] = at
    free = np.setdiff1d(np.arange(starts.shape[1]), held)
    if len(held) == 1 or not len(free):
        return places  # nothing pulls at a layout that only moved
    inverse = np.linalg.pinv(
        np.diag(weight.sum(axis=1))[np.ix_(free, free)] - weight[free][:, free]
    )
    from_pins = weight[np.ix_(free, held)] @ at
    for _ in range(_STEPS):
        drawn = _pull(places, weight * distance)[:, free]
        places[:, free] = (drawn + from_pins) @ inverse.T
    return places


def _laid_over(places: Points, held: Points, at: Points) -> Points:
    """Return a layout moved, turned and if need be mirrored so that its pins nearly fit."""
    places = places - places[held].mean()
    own, meant = places[held], at - at.mean()
    turn, mirrored = (own.conj() * meant).sum(), (own * meant).sum()
    if abs(mirrored) > abs(turn):
        places, turn = places.conj(), mirrored
    return np.asarray(places * (turn / abs(turn) if abs(turn) > 1e-9 else 1.0) + at.mean())


def _turned(plan: Plan, places: Points) -> Points:
    """Lay the longer side across the page, the first loop clockwise, the first word on top."""
    places = places - places.mean()
    # The second moment of the places points along twice the angle of their longer side.
    places = places * np.exp(-0.5j * np.angle((places**2).sum()))
    if plan.loops:
        corners = places[list(plan.loops[0])]
        if (np.conj(corners) * np.roll(corners, -1)).imag.sum() < 0:
            places = np.conj(places)
    if places[0].imag > 0:
        places = -places
    return np.asarray(1.15 * places.real + 1j * places.imag)


def _distances(plan: Plan) -> Reals:
    """Return how far apart words should stand: the way over links, whichever way they point."""
    count = len(plan.half)
    distance = np.full((count, count), np.inf)
    np.fill_diagonal(distance, 0)
    for a, b in zip(plan.cause, plan.effect, strict=True):
        reach = 105.0 + 0.55 * (plan.half[a] + plan.half[b]).real
        distance[a, b] = distance[b, a] = reach
    for middle in range(count):
        distance = np.minimum(distance, distance[:, middle, None] + distance[None, middle])
    joined = np.isfinite(distance)
    return np.where(joined, distance, max(_LEAST_APART, distance[joined].max()))
