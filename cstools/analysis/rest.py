"""The search for the points where a vector of rates vanishes, and what a push does there.

1. Sizes: states are measured against how far they move, rates against how fast.
2. The directions in which anything ever flows. What no flow changes, such as the number of all
   people in a model without births, stays what it is: the search keeps to these directions.
3. From each start, Powell's hybrid method, with slopes computed in one batch of runs.
4. A point counts when the rates are next to nothing *and* the next step of Newton's method would
   be: rates that fade away towards infinity pass the first test only. Where the ground is level,
   so that Newton's method says nothing, the point must lie near what was looked at.
5. The eigenvalues of the slopes there say what becomes of a small push.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from cstools.on_demand import numpy as np

Rates: TypeAlias = "Callable[[np.ndarray], np.ndarray]"
"""Points ``(states, points)`` → rates of change ``(states, points)``."""

# A step for slopes, of a state's size: the error of a central difference is about its square.
_STEP = 1e-5
# Rates and steps smaller than this, of their sizes, are nothing.
_SMALL = 1e-7
# Directions that take less than this share of the strongest flow are rounding.
_FLOWS = 1e-9
# Slopes of less than this share of the steepest are level ground.
_LEVEL = 1e-6
# Two points nearer than this, of the states' sizes, are one.
_ONE = 1e-4


@dataclass(frozen=True, eq=False)
class Resting:
    """A point where all rates vanish.

    Attributes
    ----------
    place : array (states,)
    eigenvalues : array of complex
        Of the slopes of the rates, in the directions in which anything flows; per unit of time.
    """

    place: np.ndarray
    eigenvalues: np.ndarray

    @property
    def isolated(self) -> bool:
        """Whether it stands alone; else it is one of a line or a plane of such points."""
        size = np.abs(self.eigenvalues)
        return bool((size > _LEVEL * size.max(initial=0.0)).all()) and bool(size.any())

    @property
    def growth(self) -> float:
        """How fast the worst small push grows, per unit of time; below 0, every push dies away.

        Along a line of resting points a push neither grows nor dies, and is left out.
        """
        moving = self._moving
        return float(moving.real.max()) if len(moving) else 0.0

    @property
    def period(self) -> float | None:
        """How long a swing of the slowest dying push takes; ``None`` where it does not swing."""
        moving = self._moving
        if not len(moving):
            return None
        turn = abs(float(moving[int(moving.real.argmax())].imag))
        return 2 * np.pi / turn if turn > _LEVEL * float(np.abs(moving).max()) else None

    @property
    def stability(self) -> str:
        """``"stable"``, ``"unstable"`` or ``"neutral"``, for small pushes."""
        size = float(np.abs(self.eigenvalues).max(initial=0.0))
        if abs(self.growth) <= _LEVEL * size:
            return "neutral"
        return "stable" if self.growth < 0 else "unstable"

    @property
    def _moving(self) -> np.ndarray:
        size = np.abs(self.eigenvalues)
        return np.asarray(self.eigenvalues[size > _LEVEL * size.max(initial=0.0)])


@dataclass(frozen=True, eq=False)
class Field:
    """Rates over states, measured against their sizes, in the directions in which anything flows.

    Attributes
    ----------
    origin : array (states,)
        Where the run begins.
    sizes : array (states,)
        How far each state moves.
    seen : array (states, points)
        Points by which the directions and the size of the rates are found.
    """

    rates: Rates
    origin: np.ndarray
    sizes: np.ndarray
    seen: np.ndarray

    def at(self, places: np.ndarray) -> np.ndarray:
        """Return the states ``(states, points)`` at some places ``(directions, points)``."""
        moved = self.sizes[:, np.newaxis] * (self.directions @ places)
        return np.asarray(self.origin[:, np.newaxis] + moved)

    def place(self, points: np.ndarray) -> np.ndarray:
        """Return the places nearest to some states, within what flows can reach."""
        away = (points - self.origin[:, np.newaxis]) / self.sizes[:, np.newaxis]
        return np.asarray(self.directions.T @ away)

    def flow(self, places: np.ndarray) -> np.ndarray:
        """Return the rates ``(directions, points)``, per unit of time."""
        rates = self.rates(self.at(places)) / self.sizes[:, np.newaxis]
        # Where nothing is a number, it pulls back hard, and the search turns round.
        held = np.nan_to_num(rates, nan=1e15, posinf=1e15, neginf=-1e15)
        return np.asarray(self.directions.T @ held)

    def slopes(self, place: np.ndarray) -> np.ndarray:
        """Return how each rate changes with each place, ``(directions, directions)``."""
        count = len(place)
        steps = _STEP * np.eye(count)
        points = place[:, np.newaxis] + np.concatenate([steps, -steps], axis=1)
        there = self.flow(points)
        return np.asarray((there[:, :count] - there[:, count:]) / (2 * _STEP))

    @cached_property
    def _seen(self) -> np.ndarray:
        rates = self.rates(self.seen) / self.sizes[:, np.newaxis]
        return np.asarray(rates[:, np.isfinite(rates).all(axis=0)])

    @cached_property
    def directions(self) -> np.ndarray:
        """The directions in which anything flows, ``(states, directions)``, at right angles."""
        length = np.linalg.norm(self._seen, axis=0)
        unit = self._seen[:, length > 0] / length[length > 0]
        if not unit.size:
            return np.zeros((len(self.sizes), 0))
        left, strength, _ = np.linalg.svd(unit, full_matrices=False)
        return np.asarray(left[:, strength > _FLOWS * strength[0]])

    @cached_property
    def speed(self) -> float:
        """The usual size of the rates."""
        length = np.linalg.norm(self._seen, axis=0)
        return float(np.median(length[length > 0])) if (length > 0).any() else 0.0


def resting(field: Field, starts: np.ndarray) -> list[Resting]:
    """Return the points where all rates vanish, found from some states ``(states, starts)``.

    Each is told once, in the order in which they were found. Of a whole line of such points, the
    first one found stands for all.
    """
    found: list[Resting] = []
    for place in field.place(starts).T:
        there = _from(field, place)
        if there is None:
            continue
        known = any(_same(field, there, other) for other in found)
        if not known and (there.isolated or all(other.isolated for other in found)):
            found.append(there)
    return found


def _from(field: Field, place: np.ndarray) -> Resting | None:
    """Return the resting point that a search from one place ends in, if it ends in one."""
    from scipy.optimize import root

    if not len(place):  # nothing flows anywhere: it rests where it is
        return Resting(field.origin, np.zeros(0))
    with np.errstate(all="ignore"):
        ended = root(
            lambda p: field.flow(p[:, np.newaxis])[:, 0] / field.speed,
            place,
            jac=lambda p: field.slopes(p) / field.speed,
            options={"xtol": 1e-12},
        ).x
    flow, slopes = field.flow(ended[:, np.newaxis])[:, 0], field.slopes(ended)
    step = np.linalg.lstsq(slopes, flow, rcond=_LEVEL)[0]
    still = _length(flow) <= _SMALL * field.speed
    if not still or _length(step) > _SMALL * max(1.0, _length(ended)):
        return None
    there = Resting(field.at(ended[:, np.newaxis])[:, 0], np.linalg.eigvals(slopes))
    return there if there.isolated or _near(field, there.place) else None


def _near(field: Field, state: np.ndarray) -> bool:
    """Say whether a state lies within twice the box of what was looked at."""
    low, high = field.seen.min(axis=1), field.seen.max(axis=1)
    slack = (high - low) / 2
    return bool(((low - slack <= state) & (state <= high + slack)).all())


def _length(of: np.ndarray) -> float:
    return float(np.linalg.norm(of))


def _same(field: Field, one: Resting, other: Resting) -> bool:
    return _length((one.place - other.place) / field.sizes) <= _ONE
