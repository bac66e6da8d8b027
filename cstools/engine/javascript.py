"""The program as one JavaScript function, so that a page can run it with no kernel behind it."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import indent

from cstools.engine.generate import javascript_source
from cstools.engine.integrate import EULER, Method
from cstools.engine.program import Program

_HELPERS = """\
function interpolate(x, xs, ys) {
    if (x !== x) return x;
    const last = xs.length - 1;
    if (x <= xs[0]) return ys[0];
    if (x >= xs[last]) return ys[last];
    let low = 0, high = last;
    while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (xs[middle] <= x) low = middle; else high = middle;
    }
    const slope = (ys[low + 1] - ys[low]) / (xs[low + 1] - xs[low]);
    return slope * (x - xs[low]) + ys[low];
}
"""


def source(program: Program, keys: Sequence[str], method: Method = EULER) -> str:
    """Return ``function simulate(parameters, start, dt, steps, every)`` as text.

    Parameters
    ----------
    keys
        The variables whose values are wanted; the function returns ``{time, columns}``, a
        ``Float64Array`` of the saved times and one for each of these, in their order.

    Notes
    -----
    JavaScript's numbers are the same float64 as Python's, and the same statements run in the
    same order; only ``exp``, ``pow`` and their like may differ in the last digit.
    """
    inner = indent(_HELPERS + javascript_source(program, method, keys), "    ")
    return f"""\
function simulate(parameters, start, dt, steps, every) {{
    "use strict";
{inner}
    const rows = Math.floor(steps / every) + 1;
    const time = Float64Array.from({{ length: rows }}, (_, row) => start + row * every * dt);
    const columns = Array.from({{ length: {len(keys)} }}, () => new Float64Array(rows));
    simulate(parameters, start, start + steps * dt, dt, steps, every, columns);
    return {{ time, columns }};
}}
"""
