"""The outlines that screen and print share: pipes as double lines, valves, arrowheads, clouds."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from cstools.plotting.stock_flow.parts import CLOUD, PIPE, STACK, DrawnFactor, DrawnPipe, DrawnStock
from cstools.plotting.stock_flow.pipes import Path

_HEAD_LONG, _HEAD_WIDE = 13.0, 8.0
_VALVE = 8 + 11j
# A cloud as bumps: where each begins, and how round it is.
_BUMPS = 7


def walls(pipe: DrawnPipe) -> tuple[Path, Path]:
    """Return the two lines of a pipe, up to where its arrowhead begins."""
    path = list(pipe.path)
    last = path[-1] - path[-2]
    path[-1] -= last / max(abs(last), 1e-9) * _HEAD_LONG
    return _beside(path, PIPE), _beside(path, -PIPE)


def _beside(path: list[complex], away: float) -> Path:
    """Return a line at a distance from another, to the right of someone who walks along it."""
    ways = [(b - a) / max(abs(b - a), 1e-9) for a, b in pairwise(path)]
    line = [path[0] + 1j * ways[0] * away]
    for corner, before, after in zip(path[1:], ways, ways[1:], strict=False):
        line.append(corner + 1j * (before + after) * away)
    return (*line, path[-1] + 1j * ways[-1] * away)


def head(pipe: DrawnPipe) -> Path:
    """Return the corners of a pipe's arrowhead, the tip first."""
    tip, before = pipe.path[-1], pipe.path[-2]
    ahead = (tip - before) / max(abs(tip - before), 1e-9)
    neck = tip - _HEAD_LONG * ahead
    return tip, neck + 1j * _HEAD_WIDE * ahead, neck - 1j * _HEAD_WIDE * ahead


def valve(pipe: DrawnPipe) -> Path:
    """Return the corners of a valve: two triangles across the pipe that meet in its middle."""
    wide, high = _VALVE.real * pipe.along, 1j * _VALVE.imag * pipe.along
    at = pipe.valve
    return at - wide - high, at + wide - high, at - wide + high, at + wide + high


def cloud(at: complex) -> tuple[tuple[complex, ...], float]:
    """Return the points between a cloud's bumps, clockwise, and the radius of the bumps."""
    turn = np.exp(2j * np.pi * (np.arange(_BUMPS) + 0.25) / _BUMPS)
    inner = 0.74 * (CLOUD.real * turn.real + 1j * CLOUD.imag * turn.imag)
    return tuple(complex(at + point) for point in inner), 7.6


def stack(stock: DrawnStock) -> Path:
    """Return the visible edge of the second box, behind the one of a stock that is an array."""
    left, top = stock.at.real - stock.half.real, stock.at.imag - stock.half.imag
    right, bottom = stock.at.real + stock.half.real, stock.at.imag + stock.half.imag
    return (
        complex(left + STACK, top),
        complex(left + STACK, top - STACK),
        complex(right + STACK, top - STACK),
        complex(right + STACK, bottom - STACK),
        complex(right, bottom - STACK),
    )


def curve(factor: DrawnFactor) -> tuple[Path, Path]:
    """Return the mark of a lookup, before its name: two axes, and a curve between them."""
    corner = complex(factor.at.real - factor.half.real + 1, factor.at.imag + 6)
    axes = (corner - 12j, corner, corner + 12)
    bend = tuple(corner + 1.5 - 1.5j + (9.5 * t - 9j * t * t * (3 - 2 * t)) for t in _STEPS)
    return axes, bend


_STEPS = (0.0, 0.12, 0.25, 0.37, 0.5, 0.63, 0.75, 0.88, 1.0)
