"""Lookups as the register machine reads them: every mode is a row of straight lines.

Which line a value falls on is guessed from the slice of the whole width that it lies in; from
there it is a few lines on at most, where the points are not very unevenly spread.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

from cstools.engine.instructions import whole_numbers
from cstools.engine.program import Table
from cstools.on_demand import numpy as np

Line = tuple[float, float, float, float]
_LEAST_WIDTH = 1e-300  # 1 / width must be a number


def lookups(tables: Sequence[Table]) -> dict[str, np.ndarray]:
    """Return the arrays ``heads``, ``ends``, ``lines`` and ``guesses`` of some lookups."""
    heads, ends = [], []
    guesses: list[int] = []
    lines: list[Line] = []
    for table in tables:
        own = _lines(table)
        left, right, slices = table.xs[0], own[-1][0], 2 * len(own)
        width = (right - left) / slices
        if not _LEAST_WIDTH < width < math.inf:  # no slices, and the lines are gone through
            width, slices = math.inf, 0
        heads.append((len(lines), len(lines) + len(own) - 1, len(guesses)))
        ends.append((left, right, 1 / width))
        begins = [line[0] for line in own[1:]]
        guesses.append(len(lines))
        for number in range(1, slices + 1):
            # A little early, so that rounding never leads past the line that is looked for.
            place = left + (number - 1e-6) * width
            guesses.append(len(lines) + bisect_right(begins, place))
        lines += [*own, (math.nan, 0.0, 0.0, 0.0)]  # nothing lies beyond "not a number"
    return {
        "heads": whole_numbers(heads, 3),
        "ends": np.array(ends).reshape(-1, 3),
        "lines": np.array(lines).reshape(-1, 4),
        "guesses": whole_numbers(guesses),
    }


def _lines(table: Table) -> list[Line]:
    """Return the lines of a lookup from the left, the one before its first point included."""
    xs, ys = table.xs, table.ys
    before = (math.nan, math.nan, ys[0], 0.0)
    if table.mode in ("step", "forward"):
        later = table.mode == "forward"  # each point holds from just after the one before
        begins = [math.nextafter(x, math.inf) for x in xs[:-1]] if later else xs
        held = ys[1:] if later else ys
        return [before, *((x, math.nan, y, 0.0) for x, y in zip(begins, held, strict=True))]
    slopes = [(ys[k + 1] - ys[k]) / (xs[k + 1] - xs[k]) for k in range(len(xs) - 1)]
    between = list(zip(xs[:-1], xs[:-1], ys[:-1], slopes, strict=True))
    if table.mode == "extrapolate":
        return [(math.nan, *between[0][1:]), *between]
    return [before, *between, (xs[-1], math.nan, ys[-1], 0.0)]
