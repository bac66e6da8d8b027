"""Curves of a few known shapes laid as near as possible to a series; plain numbers, no model.

Every shape may be moved and stretched up and down freely (least squares finds how), so that only
what bends it is searched for: first on a coarse grid, then ever closer round the best.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from cstools.on_demand import numpy as np

# A curve is looked at through at most this many rows.
_ROWS = 120


@dataclass(frozen=True)
class Sample:
    """A series brought to one size: time from 0 to 1, values from 0 to 1.

    Attributes
    ----------
    time, values : array (rows,)
    weights : array (rows,)
        How much of the time each row stands for; they add up to 1.
    """

    time: np.ndarray
    values: np.ndarray
    weights: np.ndarray


@dataclass(frozen=True)
class Fit:
    """A shape laid over a sample: ``level + size × shape(time)``.

    Attributes
    ----------
    misfit : float
        The root of the mean squared distance, as a share of the range of the series.
    level, size : float
    rate : float
        How fast the shape bends, per whole length of time.
    centre : float
        Where an S is steepest, from 0 at the beginning to 1 at the end.
    """

    misfit: float
    level: float
    size: float
    rate: float = 0.0
    centre: float = 0.0


Shape: TypeAlias = "Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]"


def sample(time: np.ndarray, values: np.ndarray, noisy: bool = False) -> Sample:
    """Return a series whose range is 0 to 1 as a sample of some hundred rows.

    Of more rows it picks some, evenly; where they are noisy, the means of neighbours.
    """
    span = (time - time[0]) / (time[-1] - time[0])
    if len(span) > _ROWS and noisy:
        weights = _weights(span)
        starts = np.linspace(0, len(span), _ROWS, endpoint=False).astype(int)
        heavy = np.add.reduceat(weights, starts)
        span = np.add.reduceat(span * weights, starts) / heavy
        values = np.add.reduceat(values * weights, starts) / heavy
    elif len(span) > _ROWS:
        rows = np.linspace(0, len(span) - 1, _ROWS).round().astype(int)
        span, values = span[rows], values[rows]
    return Sample(span, values, _weights(span))


def _weights(time: np.ndarray) -> np.ndarray:
    """Return how much of the time each row stands for: half the way to either neighbour."""
    weights = np.gradient(time)
    weights[[0, -1]] /= 2
    shares: np.ndarray = weights / weights.sum()
    return shares


def polynomial(of: Sample, degree: int) -> float:
    """Return the misfit of a line (degree 1) or a parabola (degree 2)."""
    roots = np.sqrt(of.weights)
    powers = np.vander(of.time, degree + 1) * roots[:, None]
    aim = of.values * roots
    factors = np.linalg.lstsq(powers, aim, rcond=None)[0]
    return float(np.sqrt(((powers @ factors - aim) ** 2).sum()))


def exponential(of: Sample) -> Fit:
    """Return the nearest ``level + size × exp(rate × time)``; the rate is negative for a decay."""
    sizes = np.geomspace(0.05, 300.0, 30)
    return min(
        (_closing_in(of, _exponential, sign * sizes, np.zeros(1)) for sign in (1.0, -1.0)),
        key=lambda fit: fit.misfit,
    )


def s_shape(of: Sample) -> Fit:
    """Return the nearest S: logistic, or one whose two bends differ (Gompertz, either way round).

    Its level is where it begins, and level + size where it ends.
    """
    rates, centres = np.geomspace(2.0, 200.0, 12), np.linspace(0.0, 1.0, 13)
    return min(
        (_closing_in(of, shape, rates, centres) for shape in (_logistic, _gompertz, _mirrored)),
        key=lambda fit: fit.misfit,
    )


def _exponential(time: np.ndarray, rate: np.ndarray, _: np.ndarray) -> np.ndarray:
    """Return exponentials that are at most 1, whichever way they go."""
    shapes: np.ndarray = np.exp(rate * time - np.maximum(rate, 0.0))
    return shapes


def _logistic(time: np.ndarray, rate: np.ndarray, centre: np.ndarray) -> np.ndarray:
    shapes: np.ndarray = 1.0 / (1.0 + _power(rate * (centre - time)))
    return shapes


def _gompertz(time: np.ndarray, rate: np.ndarray, centre: np.ndarray) -> np.ndarray:
    shapes: np.ndarray = np.exp(-_power(rate * (centre - time)))
    return shapes


def _mirrored(time: np.ndarray, rate: np.ndarray, centre: np.ndarray) -> np.ndarray:
    return 1.0 - _gompertz(-time, rate, -centre)


def _power(exponent: np.ndarray) -> np.ndarray:
    """Return e to the power of something, within what numbers can hold."""
    powers: np.ndarray = np.exp(np.clip(exponent, -700.0, 700.0))
    return powers


def _closing_in(of: Sample, shape: Shape, rates: np.ndarray, centres: np.ndarray) -> Fit:
    """Search a grid of rates (by ratios) and centres, then finer grids round the best so far."""
    best = _best_of_grid(of, shape, rates, centres)
    ratio = abs(rates[1] / rates[0])
    step = centres[1] - centres[0] if len(centres) > 1 else 0.0
    for _ in range(9):
        near = best.rate * ratio ** np.linspace(-1, 1, 7)
        beside = best.centre + step * np.linspace(-1, 1, 5 if step else 1)
        best = min(best, _best_of_grid(of, shape, near, beside), key=lambda fit: fit.misfit)
        ratio, step = ratio**0.4, step * 0.5
    return best


def _best_of_grid(of: Sample, shape: Shape, rates: np.ndarray, centres: np.ndarray) -> Fit:
    """Return the best of every rate with every centre, each moved and stretched to fit."""
    rate, centre = (grid.reshape(-1, 1) for grid in np.meshgrid(rates, centres))
    shapes = shape(of.time, rate, centre)
    means = shapes @ of.weights
    bent = shapes - means[:, None]
    height = float(of.values @ of.weights)
    apart = of.values - height
    spread = np.maximum(bent**2 @ of.weights, 1e-300)
    sizes = (bent * apart) @ of.weights / spread
    misses = (apart - sizes[:, None] * bent) ** 2 @ of.weights
    at = int(misses.argmin())
    level = height - sizes[at] * means[at]
    misfit = float(np.sqrt(misses[at]))
    return Fit(misfit, float(level), float(sizes[at]), float(rate[at, 0]), float(centre[at, 0]))
