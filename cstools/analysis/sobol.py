"""How much of a result's variation each input accounts for: the indices of Sobol'.

An input's *first-order* index is the share of the result's variance that would go if that input
were known. Its *total* index is the share that would stay if every other input were known: what it
does alone and together with others. Both lie between 0 and 1 [Sobol2001]_.

They are estimated as [SaltelliAnnoniAzziniCampolongoRattoTarantola2010]_ advises:

1. Two tables of inputs, A and B, of the same number of points, independent of each other.
2. For each input *i* a table AB: A with the column *i* of B.
3. First order: the mean of f(B) · (f(AB) − f(A)), over the variance.
4. Total: half the mean of (f(A) − f(AB))², over the variance [Jansen1999]_.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cstools.on_demand import numpy as np
from cstools.stock_flow.spreads import Spread, shares_of

# How often the points are drawn again from themselves, to see how much the estimates depend on
# which points they were; a 95 % interval of 300 leaves 7 beyond each end.
_AGAIN = 300


@dataclass(frozen=True)
class Share:
    """An estimate, and the interval in which 95 of 100 such estimates would lie.

    Attributes
    ----------
    value, low, high : float
        Shares of the variance. An estimate may fall a little below 0 or above 1.
    """

    value: float
    low: float
    high: float

    @property
    def spread(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2


def tables(spreads: Sequence[Spread], points: int, seed: int) -> np.ndarray:
    """Return the inputs of all runs, ``(inputs, points × (inputs + 2))``: A, B, then each AB.

    Parameters
    ----------
    points
        A power of two: the points are Sobol's, which fill the space evenly.
    """
    count = len(spreads)
    shares = shares_of(2 * count, points, "sobol", seed)
    values = np.array([one.at(row) for one, row in zip([*spreads, *spreads], shares, strict=True)])
    a, b = values[:count], values[count:]
    crossed = np.repeat(a[np.newaxis], count, axis=0)
    for position in range(count):
        crossed[position, position] = b[position]
    return np.concatenate([a, b, *crossed], axis=1)


def indices(results: np.ndarray, inputs: int, seed: int = 0) -> tuple[list[Share], list[Share]]:
    """Return the first-order and the total index of each input.

    Parameters
    ----------
    results : array (points × (inputs + 2),)
        Of the runs in :func:`tables`, in its order; finite, and not all the same.
    seed
        Of the points drawn again for the intervals.

    Notes
    -----
    The intervals say how much the estimates would depend on the points, were these drawn at
    random; Sobol's points do better than that. They say nothing about whether
    the ranges of the inputs are the right ones, and those decide the indices.
    """
    runs = np.reshape(results, (inputs + 2, -1))
    points = runs.shape[1]
    first, total = _estimates(runs)
    chosen = np.random.default_rng(seed).integers(0, points, (_AGAIN, points))
    again = np.array([_estimates(runs[:, drawn]) for drawn in chosen])
    return _shares(first, again[:, 0]), _shares(total, again[:, 1])


def _estimates(runs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return first-order and total indices, ``(inputs,)``, of results ``(tables, points)``."""
    # A result that is far from zero would drown its variation in rounding, and in noise.
    centred = runs - runs[:2].mean()
    a, b, crossed = centred[0], centred[1], centred[2:]
    variance = max(float((a**2 + b**2).mean()) / 2, np.finfo(float).tiny)
    first = (b * (crossed - a)).mean(axis=1) / variance
    total = ((a - crossed) ** 2).mean(axis=1) / 2 / variance
    return first, total


def _shares(values: np.ndarray, again: np.ndarray) -> list[Share]:
    low, high = np.quantile(again, [0.025, 0.975], axis=0)
    return [Share(*map(float, each)) for each in zip(values, low, high, strict=True)]
