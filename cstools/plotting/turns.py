"""What stands out in a series: whether it moves, how much it scatters, and where it turns."""

from __future__ import annotations

from dataclasses import dataclass

from cstools.on_demand import numpy as np

# A wiggle smaller than this share of the whole range is not worth a word.
NOTICEABLE = 0.02


@dataclass(frozen=True)
class Turn:
    """A place where a series stops rising or falling."""

    at: float
    value: float
    peak: bool


def stands_still(values: np.ndarray) -> bool:
    """Say whether a series moves by no more than rounding would."""
    low, high = float(values.min()), float(values.max())
    return high / 2 - low / 2 <= 5e-7 * max(abs(low), abs(high))


def noise_of(time: np.ndarray, shape: np.ndarray) -> float:
    """Return how far values scatter about a smooth curve, as a share of the range.

    Of four neighbours, a parabola through three misses the fourth by a third of a bend and by
    noise; the median of the misses is not troubled by a few corners.
    """
    if len(shape) < 10:
        return 0.0
    unit = (time - time[0]) / (time[-1] - time[0]) * len(time)
    fours = np.lib.stride_tricks.sliding_window_view(unit, 4)
    apart = fours[:, :, None] - fours[:, None, :] + np.eye(4)
    factors = 1.0 / apart.prod(axis=2)
    missed = (factors * np.lib.stride_tricks.sliding_window_view(shape, 4)).sum(axis=1)
    alone = np.sqrt((factors**2).sum(axis=1))
    return float(np.median(np.abs(missed / alone)) / 0.6745)


def turns(time: np.ndarray, values: np.ndarray, noticeable: float = NOTICEABLE) -> list[Turn]:
    """Return the peaks and valleys of a series that stand out from it.

    A turn counts when the series goes at least ``noticeable`` of its whole range the other way
    afterwards; the two ends do not count.
    """
    scaled = scaled_to_one(values)
    threshold = noticeable * float(np.ptp(scaled))
    found: list[Turn] = []
    extreme, direction = 0, 0
    for i in range(1, len(scaled)):
        step = scaled[i] - scaled[extreme]
        if direction * step > 0 or (direction == 0 and abs(step) > threshold):
            extreme, direction = i, direction or (1 if step > 0 else -1)
        elif direction and -direction * step > threshold:
            found.append(Turn(float(time[extreme]), float(values[extreme]), direction > 0))
            extreme, direction = i, -direction
    return found


def scaled_to_one(values: np.ndarray) -> np.ndarray:
    """Return a series with its largest size as 1, so that differences of huge numbers exist."""
    largest = float(np.abs(values).max(initial=0.0))
    scaled: np.ndarray = values / largest if largest else values
    return scaled


def steepest(time: np.ndarray, values: np.ndarray) -> float:
    """Return the moment at which a smooth curve is steepest: the middle of its steepest rows."""
    slopes = np.abs(np.gradient(values, time))
    heavy = np.maximum(slopes - 0.97 * slopes.max(), 0)
    return float(heavy @ (time - time[0]) / heavy.sum() + time[0])
