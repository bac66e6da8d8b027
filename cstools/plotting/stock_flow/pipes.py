"""How one pipe runs: level and upright stretches between the sides of two boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from cstools.plotting.arcs import Points

Path = tuple[complex, ...]

# The way out of a box by each of its sides.
OUTWARD: dict[str, complex] = {"R": 1 + 0j, "L": -1 + 0j, "B": 1j, "T": -1j}
_STUB = 34.0  # a pipe runs at least so far straight out of a box
_CLEAR = 12.0  # between a pipe and a box that it does not touch
_APART = 34.0  # between two pipes side by side


def route(start: complex, leaving: str, stop: complex, entering: str, far: float) -> Path | None:
    """Return the corners of a pipe that leaves by one side and enters by another, or none.

    ``far`` is how far beyond both boxes a pipe runs that leaves and enters by like sides.
    """
    out, back = OUTWARD[leaving], OUTWARD[entering]
    if out == back:
        reach = max(_along(start, out), _along(stop, out)) + far
        return _tidy((start, _moved_to(start, out, reach), _moved_to(stop, out, reach), stop))
    if out == -back:
        return _facing(start, out, stop, far)
    corner = _moved_to(start, out, _along(stop, out))
    if _along(corner - start, out) < _STUB or _along(corner - stop, back) < _STUB:
        return None
    return start, corner, stop


def _facing(start: complex, out: complex, stop: complex, far: float) -> Path | None:
    ahead, aside = _along(stop - start, out), stop - start - out * _along(stop - start, out)
    if abs(aside) < 1 and ahead > _STUB:
        return start, stop
    if ahead > 2 * _STUB:
        turn = out * ahead / 2
        return start, start + turn, stop - turn, stop
    if abs(aside) > 4 * _STUB:
        first, last = start + far * out, stop - far * out
        return start, first, first + aside / 2, last - aside / 2, last, stop
    return None


def _along(point: complex, direction: complex) -> float:
    return (point * direction.conjugate()).real


def _moved_to(point: complex, direction: complex, reach: float) -> complex:
    return point + direction * (reach - _along(point, direction))


def _tidy(path: Path) -> Path:
    """Return a path without corners that are none."""
    return tuple(p for i, p in enumerate(path) if not i or abs(p - path[i - 1]) > 1e-6)


def stretches(path: Path) -> list[tuple[complex, complex]]:
    """Return the straight parts of a path, each with its two ends."""
    return list(pairwise(path))


def length(path: Path) -> float:
    """Return how long a path is."""
    return sum(abs(b - a) for a, b in stretches(path))


def as_boxes(path: Path, thick: float) -> tuple[Points, Points]:
    """Return the middles and half sizes of boxes round the straight parts of a path."""
    ends = np.array(stretches(path), dtype=complex).reshape(-1, 2)
    across = np.abs((ends[:, 1] - ends[:, 0]).real) / 2, np.abs((ends[:, 1] - ends[:, 0]).imag) / 2
    return ends.mean(axis=1), across[0] + thick + 1j * (across[1] + thick)


def hits(path: Path, at: Points, half: Points) -> int:
    """Return how many boxes a path runs through or too near by."""
    if not len(at):
        return 0
    middle, reach = as_boxes(path, _CLEAR)
    apart, room = middle[:, None] - at, reach[:, None] + half
    inside = (np.abs(apart.real) < room.real) & (np.abs(apart.imag) < room.imag)
    return int(inside.sum())


def meetings(one: Path, other: Path) -> tuple[int, int]:
    """Return how often two pipes cross, and how often they run side by side too closely."""
    crossed = close = 0
    for a, b in stretches(one):
        for c, d in stretches(other):
            level, like = abs((b - a).imag) < 1e-6, abs((d - c).imag) < 1e-6
            if level == like:
                close += _side_by_side(a, b, c, d, level)
            else:
                crossed += _cross(a, b, c, d) if level else _cross(c, d, a, b)
    return crossed, close


def _cross(a: complex, b: complex, c: complex, d: complex) -> bool:
    """Say whether a level stretch ``a b`` meets an upright one ``c d``."""
    return _between(c.real, a.real, b.real) and _between(a.imag, c.imag, d.imag)


def _between(value: float, one: float, other: float) -> bool:
    return min(one, other) < value < max(one, other)


def _side_by_side(a: complex, b: complex, c: complex, d: complex, level: bool) -> bool:
    if not level:
        a, b, c, d = (p.imag + 1j * p.real for p in (a, b, c, d))
    overlap = min(max(a.real, b.real), max(c.real, d.real)) - max(
        min(a.real, b.real), min(c.real, d.real)
    )
    return overlap > 6 and abs(a.imag - c.imag) < _APART


def every_way() -> Iterator[tuple[str, str]]:
    """Yield every pair of sides by which a pipe may leave one box and enter another."""
    return ((leaving, entering) for leaving in OUTWARD for entering in OUTWARD)


def place_on(path: Path, near: complex | None = None) -> tuple[complex, complex]:
    """Return where the valve stands on a path, and the direction of the pipe there.

    That is the middle of its longest straight part, or the point of it that lies nearest to
    ``near``.
    """
    parts = stretches(path)
    if near is None:
        a, b = max(parts, key=lambda part: round(abs(part[1] - part[0]), 3))
        return (a + b) / 2, _direction(a, b)
    points = [(_nearest(a, b, near), _direction(a, b)) for a, b in parts]
    return min(points, key=lambda found: abs(found[0] - near))


def _nearest(a: complex, b: complex, near: complex) -> complex:
    long = abs(b - a)
    share = _along(near - a, _direction(a, b)) / max(long, 1e-9)
    keep = min(20 / max(long, 1e-9), 0.5)  # clear of corners and of the arrowhead
    return a + (b - a) * min(max(share, keep), 1 - keep)


def _direction(a: complex, b: complex) -> complex:
    return (b - a) / max(abs(b - a), 1e-9)


def extent(points: Sequence[complex]) -> tuple[complex, complex]:
    """Return the upper left and the lower right corner of the box round some points."""
    x, y = [p.real for p in points], [p.imag for p in points]
    return complex(min(x), min(y)), complex(max(x), max(y))
