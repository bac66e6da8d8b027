"""How a motion ends, and on which side of its beginning each variable comes out."""

from __future__ import annotations

from dataclasses import dataclass

from cstools.on_demand import numpy as np

HIGHER, LOWER, SAME, SWINGS, UNTOLD = "↑", "↓", "=", "↕", "?"
MEANING = {
    HIGHER: "higher",
    LOWER: "lower",
    SAME: "as before",
    SWINGS: "now higher, now lower",
    UNTOLD: "cannot be told",
}


@dataclass(frozen=True)
class Ending:
    """What the last steps of a motion do.

    ``kind`` is ``"fixed point"``, ``"limit cycle"`` or ``"neither yet"``. ``period`` is the number
    of steps of the cycle (1 for a fixed point, 0 for neither), ``since`` the step from which on
    it lasts.
    """

    kind: str
    period: int
    since: int

    def told(self) -> str:
        """Return the ending in a sentence."""
        if self.kind == "fixed point":
            return f"It comes to rest at step {self.since}."
        if self.kind == "limit cycle":
            return (
                f"It never rests: from step {self.since} on it goes round a cycle of "
                f"{self.period} steps."
            )
        return "It has neither come to rest nor closed a cycle yet; give it more steps."


def ending(history: np.ndarray, tolerance: float = 1e-6) -> Ending:
    """Return how ``history`` ``(times, variables)`` ends.

    The shortest period counts whose last three rounds agree to within ``tolerance``. A swing that
    dies down by less than that in three rounds is taken for a cycle.
    """
    last = len(history) - 1
    for period in range(1, last // 3 + 1):
        apart = np.abs(history[period:] - history[:-period]).max(axis=1)
        if (apart[-2 * period :] <= tolerance).all():
            restless = np.nonzero(apart > tolerance)[0]
            since = int(restless[-1]) + 1 if len(restless) else 0
            return Ending("fixed point" if period == 1 else "limit cycle", period, since)
    return Ending("neither yet", 0, last)


def side(values: np.ndarray, beginning: np.ndarray, tolerance: float) -> tuple[str, ...]:
    """Return on which side of its beginning each variable is over some times.

    ``values`` is ``(times, variables)`` and ``beginning`` ``(variables,)``. A variable that is
    above at one time and below at another swings.
    """
    above = np.any(values > beginning + tolerance, axis=0).tolist()
    below = np.any(values < beginning - tolerance, axis=0).tolist()
    words = {(0, 0): SAME, (1, 0): HIGHER, (0, 1): LOWER, (1, 1): SWINGS}
    return tuple(words[int(up), int(down)] for up, down in zip(above, below, strict=True))


def agreed(sides: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Return what all readings of a map say of each variable, ``"?"`` where they differ."""
    return tuple(said[0] if len(set(said)) == 1 else UNTOLD for said in zip(*sides, strict=True))
