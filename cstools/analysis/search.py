"""The search for the inputs whose misses are smallest: over the whole range first, then nearby.

1. Differential evolution [StornPrice1997]_: a crowd of points within the ranges, each generation
   computed as one batch of runs.
2. Least squares from the best of them, until nothing changes any more.

Inputs are shares of their ranges here, from 0 to 1, so that their sizes do not matter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from cstools.on_demand import numpy as np

# A point in the crowd costs a run in each generation; fifteen for each input is usual.
_CROWD = 15
# A step of this share of the range: the error of a central difference is about its square.
_STEP = 1e-4
# Runs that break miss by this much, which no run that holds does.
_FAR = 1e30
# The crowd has gathered when its costs differ by less than this for each observation; a cost of 1
# for each is a run that fits no better than the data's mean.
_GATHERED = 1e-4
# What the data say nothing of moves them less than this, of what moves them most.
_NOTHING = 1e-6

Misses: TypeAlias = "Callable[[np.ndarray], np.ndarray]"
"""Points ``(inputs, points)`` → misses ``(observations, points)``."""


@dataclass(frozen=True, eq=False)
class Found:
    """The best point, and what the misses do around it.

    Attributes
    ----------
    place : array (inputs,)
    misses : array (observations,)
    slopes : array (observations, inputs)
        How the misses change with each input.
    """

    place: np.ndarray
    misses: np.ndarray
    slopes: np.ndarray


def search(misses: Misses, inputs: int, generations: int, seed: int, known: np.ndarray) -> Found:
    """Return the point where the sum of squared misses is smallest.

    Parameters
    ----------
    known
        A point to begin with besides those drawn.

    Notes
    -----
    It is the best that was found. Where several valleys are about equally deep, another seed may
    end in another one.
    """
    from scipy.optimize import differential_evolution, least_squares

    def cost(points: np.ndarray) -> np.ndarray:
        return np.asarray(np.minimum((_held(misses(points)) ** 2).sum(axis=0), _FAR))

    gathered = _GATHERED * len(misses(known[:, np.newaxis]))
    crowd = differential_evolution(
        cost, [(0.0, 1.0)] * inputs, maxiter=generations, popsize=_CROWD, polish=False,
        tol=0.01, atol=gathered, vectorized=True, updating="deferred",
        seed=np.random.default_rng(seed), x0=known,
    )  # fmt: skip
    near = least_squares(
        lambda place: _held(misses(place[:, np.newaxis]))[:, 0],
        np.clip(crowd.x, 1e-9, 1 - 1e-9),
        jac=lambda place: slopes(misses, place),
        bounds=(0.0, 1.0), xtol=1e-12, ftol=1e-12, gtol=1e-12, max_nfev=200,
    )  # fmt: skip
    place = near.x if 2 * near.cost <= crowd.fun else crowd.x
    return Found(place, misses(place[:, np.newaxis])[:, 0], slopes(misses, place))


def slopes(misses: Misses, place: np.ndarray) -> np.ndarray:
    """Return how the misses change with each input, ``(observations, inputs)``, in one batch."""
    count = len(place)
    ahead = np.minimum(place + _STEP, 1.0)
    behind = np.maximum(place - _STEP, 0.0)
    points = np.repeat(place[:, np.newaxis], 2 * count, axis=1)
    each = np.arange(count)
    points[each, each] = ahead
    points[each, count + each] = behind
    there = _held(misses(points))
    return np.asarray((there[:, :count] - there[:, count:]) / (ahead - behind))


def _held(misses: np.ndarray) -> np.ndarray:
    """Return misses that are all numbers: what breaks is far off."""
    far = _FAR**0.5
    return np.asarray(np.nan_to_num(misses, nan=far, posinf=far, neginf=-far))


@dataclass(frozen=True, eq=False)
class Certainty:
    """How well data determine the inputs, around the best point.

    Attributes
    ----------
    deviations : array (inputs,)
        The standard deviation of each; infinite where the data do not tell it.
    correlations : array (inputs, inputs)
        Between the determined ones; "not a number" elsewhere.
    tied : tuple of tuples of int
        Groups of inputs that can move together without moving the misses; a group of one moves
        them not at all.
    """

    deviations: np.ndarray
    correlations: np.ndarray
    tied: tuple[tuple[int, ...], ...]


def certainty(found: Found) -> Certainty:
    """Return how well the inputs are determined, from the slopes of the misses.

    Notes
    -----
    It takes the misses for straight lines around the best point, and each for a chance of its own.
    Along a bent valley, or with misses that follow each other, the truth may lie farther away.
    """
    _, sizes, directions = np.linalg.svd(found.slopes, full_matrices=False)
    free = sizes <= _NOTHING * max(float(sizes[0]), np.finfo(float).tiny)
    tied = tuple(_members(direction) for direction in _plain(directions[free]))
    known = np.array([not any(i in group for group in tied) for i in range(len(found.place))])
    spare = max(1, len(found.misses) - len(found.place))
    variance = float((found.misses**2).sum()) / spare
    weights = np.where(free, 0.0, 1 / np.where(free, 1.0, sizes) ** 2)
    covariance = variance * (directions.T * weights) @ directions
    deviations = np.where(known, np.sqrt(np.diag(covariance)), np.inf)
    return Certainty(deviations, _correlations(covariance, known), tied)


def _plain(free: np.ndarray) -> np.ndarray:
    """Return the same directions, combined so that each moves as few inputs as possible.

    Gauss and Jordan's elimination: two pairs that are each tied come out as two pairs.
    """
    rows = free.copy()
    for place in range(len(rows)):
        pivot = int(np.argmax(np.abs(rows[place])))
        rows[place] /= rows[place, pivot]
        for other in range(len(rows)):
            if other != place:
                rows[other] -= rows[other, pivot] * rows[place]
    return rows


def _members(direction: np.ndarray) -> tuple[int, ...]:
    """Return which inputs a direction moves."""
    size = np.abs(direction)
    return tuple(np.flatnonzero(size > 0.01 * size.max()).tolist())


def _correlations(covariance: np.ndarray, known: np.ndarray) -> np.ndarray:
    spread = np.sqrt(np.diag(covariance))
    both = np.outer(spread, spread)
    ratio = np.divide(covariance, both, out=np.full_like(both, np.nan), where=both > 0)
    return np.where(np.outer(known, known), ratio, np.nan)
