"""What an input may be: anywhere between two numbers, around a mean, and how often where."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from cstools.errors import DataError, brief, did_you_mean, shown
from cstools.on_demand import numpy as np
from cstools.plotting.words import number

SAMPLINGS = ("latin hypercube", "sobol", "random")

# Beyond this share of a distribution that has no end, nothing is drawn: infinity is no input.
_OUTERMOST = 1e-9


@dataclass(frozen=True)
class Spread:
    """How one input is spread over the runs.

    Attributes
    ----------
    said : str
        ``"from 1 to 30"``, ``"normal, mean 5, spread 1"``.
    quantile : callable
        Shares from 0 to 1, an array, → the values below which these shares lie.
    """

    said: str
    quantile: Callable[[np.ndarray], np.ndarray] = field(compare=False, repr=False)

    def at(self, shares: np.ndarray | float) -> np.ndarray:
        """Return the values at some shares of the distribution: at 0.5, its middle."""
        inside = np.clip(np.asarray(shares, dtype=float), _OUTERMOST, 1 - _OUTERMOST)
        return np.asarray(self.quantile(inside), dtype=float)

    def ends(self) -> tuple[float, float]:
        """Return its two ends; of a distribution without ends, where 5 % lie outside on each side.

        With the ends of some and the 5 % of others, inputs are not moved by like amounts.
        """
        low, high = np.asarray(self.quantile(np.array([0.0, 1.0])), dtype=float)
        if np.isfinite([low, high]).all():
            return float(low), float(high)
        low, high = self.at(np.array([0.05, 0.95]))
        return float(low), float(high)


def is_spread(said: Any) -> bool:
    """Say whether something is a distribution, rather than a list of values."""
    if hasattr(said, "ppf") or hasattr(said, "icdf"):
        return True
    return isinstance(said, tuple) and (len(said) == 2 or isinstance(next(iter(said), 0), str))


def spread(name: str, said: Any) -> Spread:
    """Return the distribution that somebody said for an input.

    Parameters
    ----------
    said
        ``(low, high)``: anywhere between, equally likely; ``("normal", mean, spread)``,
        ``("triangular", low, mode, high)``, ``("loguniform", low, high)``,
        ``("uniform", low, high)``; or a distribution of ``scipy.stats`` with its numbers set.

    Raises
    ------
    DataError
        When it is none of these, or its numbers make none.
    """
    quantile = getattr(said, "ppf", None) or getattr(said, "icdf", None)
    if quantile is not None:
        return Spread("a distribution of your own", quantile)
    if not is_spread(said):
        raise _no_spread(name, said)
    word, *numbers = said if isinstance(said[0], str) else ("uniform", *said)
    shape = _SHAPES.get(word.strip().casefold())
    if shape is None:
        hint = did_you_mean(word, _SHAPES) or f"; there are {', '.join(_SHAPES)}"
        raise DataError(f"the input '{name}': there is no distribution '{brief(word)}'{hint}")
    wants, make = shape
    try:
        values = [float(value) for value in numbers]
    except (TypeError, ValueError, OverflowError, Warning):
        raise _no_spread(name, said) from None
    if len(values) != len(wants) or not np.isfinite(values).all():
        raise DataError(f"the input '{name}': '{word}' takes {' and '.join(wants)}, as numbers")
    return make(name, *values)


def draw(spreads: Sequence[Spread], runs: int, sampling: str, seed: int) -> np.ndarray:
    """Return inputs drawn from distributions, ``(inputs, runs)``; the same for the same seed.

    Parameters
    ----------
    sampling
        ``"latin hypercube"``: each input's range is cut into as many equally likely slices as
        there are runs, and each slice is met once [McKayBeckmanConover1979]_. ``"sobol"``: points
        that fill the space of all inputs evenly [Sobol1967]_; they come in powers of two.
        ``"random"``: each run for itself.
    """
    shares = shares_of(len(spreads), runs, sampling, seed)
    return np.array([one.at(row) for one, row in zip(spreads, shares, strict=True)])


def shares_of(inputs: int, runs: int, sampling: str, seed: int) -> np.ndarray:
    """Return points of the unit cube, ``(inputs, runs)``; see :func:`draw`."""
    from scipy.stats import qmc

    source = np.random.default_rng(seed)
    if str(sampling) == "latin hypercube":
        return np.asarray(qmc.LatinHypercube(inputs, seed=source).random(runs)).T
    if str(sampling) == "random":
        return source.random((inputs, runs))
    if str(sampling) != "sobol":
        hint = did_you_mean(sampling, SAMPLINGS) or f"; there are {', '.join(SAMPLINGS)}"
        raise DataError(f"there is no sampling '{brief(sampling)}'{hint}")
    power = max(0, runs.bit_length() - 1)
    if runs != 2**power:
        raise DataError(
            f"Sobol' points come in powers of two: take runs={2**power} or "
            f"runs={2 ** (power + 1)}, not {runs}"
        )
    return np.asarray(qmc.Sobol(inputs, seed=source).random_base2(power)).T


def _no_spread(name: str, said: Any) -> DataError:
    return DataError(
        f"the input '{name}': {shown(said)} is no distribution; say (low, high) for anywhere "
        'between, or such as ("normal", mean, spread)'
    )


def _rising(name: str, values: Mapping[str, float]) -> None:
    numbers = list(values.values())
    if numbers[0] == numbers[-1] or any(one > two for one, two in pairwise(numbers)):
        told = ", ".join(f"{word} {number(value)}" for word, value in values.items())
        raise DataError(f"the input '{name}': {told} must rise from the first to the last")


def _uniform(name: str, low: float, high: float) -> Spread:
    _rising(name, {"low": low, "high": high})
    return Spread(f"from {number(low)} to {number(high)}", lambda q: low + q * (high - low))


def _loguniform(name: str, low: float, high: float) -> Spread:
    _rising(name, {"low": low, "high": high})
    if low <= 0:
        raise DataError(
            f"the input '{name}': 'loguniform' is about factors, so low {number(low)} must be "
            "above 0"
        )
    said = f"from {number(low)} to {number(high)}, each factor equally likely"
    return Spread(said, lambda q: low * (high / low) ** q)


def _triangular(name: str, low: float, mode: float, high: float) -> Spread:
    _rising(name, {"low": low, "mode": mode, "high": high})
    peak = (mode - low) / (high - low)

    def quantile(q: np.ndarray) -> np.ndarray:
        rising = low + np.sqrt(q * (high - low) * (mode - low))
        falling = high - np.sqrt((1 - q) * (high - low) * (high - mode))
        return np.where(q < peak, rising, falling)

    said = f"from {number(low)} to {number(high)}, most likely {number(mode)}"
    return Spread(said, quantile)


def _normal(name: str, mean: float, deviation: float) -> Spread:
    if deviation <= 0:
        raise DataError(
            f"the input '{name}': the spread of 'normal', {number(deviation)}, must be above 0"
        )

    def quantile(q: np.ndarray) -> np.ndarray:
        from scipy.special import ndtri

        return np.asarray(mean + deviation * ndtri(q))

    return Spread(f"normal, mean {number(mean)}, spread {number(deviation)}", quantile)


_SHAPES: dict[str, tuple[tuple[str, ...], Callable[..., Spread]]] = {
    "uniform": (("low", "high"), _uniform),
    "normal": (("mean", "spread"), _normal),
    "triangular": (("low", "mode", "high"), _triangular),
    "loguniform": (("low", "high"), _loguniform),
}
