"""The program as one JavaScript function, so that a page can run it with no kernel behind it."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import indent

from cstools.engine import vectors
from cstools.engine.generate import javascript_source
from cstools.engine.integrate import EULER, Method
from cstools.engine.program import Program

HELPERS = """\
function ramp(time, slope, start, end = Infinity) {
    return slope * Math.max(Math.min(time, end) - start, 0);
}
function pulse(time, dt, amount, first, every = 0) {
    const turn = every > 0 ? Math.max(Math.floor((time - first) / every + 0.5), 0) : 0;
    return Math.abs(time - first - turn * every) < dt / 2 ? amount / dt : 0;
}
function during(time, dt, start, length) {
    const middle = time + dt / 2;
    return start < middle && middle < start + Math.max(length, dt) ? 1 : 0;
}
function train(time, dt, start, length, every, end) {
    const middle = time + dt / 2;
    const into = every > 0 ? (middle - start) % every : middle - start;
    const on = into < Math.max(length, dt);
    return start < middle && middle < end && on ? 1 : 0;
}
function total(...values) { return values.reduce((sum, value) => sum + value); }
function product(...values) { return values.reduce((made, value) => made * value); }
function mean(...values) { return total(...values) / values.length; }
function stddev(...values) {
    const middle = mean(...values);
    return Math.sqrt(mean(...values.map((value) => (value - middle) * (value - middle))));
}
function choose(position, ...values) {
    return position >= 1 && position < values.length + 1 ? values[Math.trunc(position) - 1] : 0;
}
function safediv(a, b, other = 0) { return b === 0 ? other : a / b; }
function xidz(a, b, other = 0) { return Math.abs(b) < 1e-6 ? other : a / b; }
function quantum(value, unit) { return unit > 0 ? unit * Math.trunc(value / unit) : value; }
function fmod(value, divisor) { return value % divisor; }
function mod(value, divisor) {
    const left = value % divisor;
    return left !== 0 && (left < 0) !== (divisor < 0) ? left + divisor : left;
}
function logarithm(value, base = 10) { return Math.log(value) / Math.log(base); }
function mixed(x) {
    x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
    x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
    return (x ^ (x >>> 16)) >>> 0;
}
function noise(seed, stream, step) {
    const place = mixed(seed ^ mixed(Math.imul(stream, 0x9e3779b9) ^ mixed(step)));
    const high = mixed(place + 0x9e3779b9), low = mixed(place + 2 * 0x9e3779b9);
    return ((high >>> 5) * 67108864 + (low >>> 6)) / 9007199254740992;
}
function poissonFrom(mean, share) {
    let chance = Math.exp(-mean);
    if (!(chance > 0)) return NaN;
    let count = 0, reached = chance;
    while (share > reached && chance > 0) {
        count += 1;
        chance *= mean / count;
        reached += chance;
    }
    return count;
}
function waits(duration, dt) {
    return Number.isFinite(duration) ? Math.max(1, Math.floor(duration / dt + 0.5)) : 1;
}
function recalled(past, wait, step, first) { return step >= wait ? past[step - wait] : first; }
function interpolate(x, xs, ys, mode) {
    if (x !== x) return x;
    const last = xs.length - 1;
    if (mode === "step" || mode === "forward") {
        let place = 0;
        while (place <= last && (mode === "step" ? xs[place] <= x : xs[place] < x)) place += 1;
        return ys[mode === "step" ? Math.max(place - 1, 0) : Math.min(place, last)];
    }
    if (mode !== "extrapolate") {
        if (x <= xs[0]) return ys[0];
        if (x >= xs[last]) return ys[last];
    }
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
    """Return ``function simulate(parameters, start, dt, steps, every, seed, tables)`` as text.

    Parameters
    ----------
    keys
        The variables whose values are wanted; the function returns ``{time, columns}``, a
        ``Float64Array`` of the saved times and one for each of these, in their order.

    The function's ``tables`` are optional: ``{[key of a lookup]: [xs, ys, mode]}`` replaces its
    points in this run, so that a page can draw a course without new code.

    Notes
    -----
    JavaScript's numbers are the same float64 as Python's, and the same statements run in the
    same order; only ``exp``, ``pow`` and their like may differ in the last digit.
    """
    body = javascript_source(program, method, keys)
    words = vectors.JAVASCRIPT if any(f"{word}(" in body for word in vectors.WORDS) else ""
    inner = indent(HELPERS + words + body, "    ")
    return f"""\
function simulate(parameters, start, dt, steps, every, seed, tables) {{
    "use strict";
    tables = tables || {{}};
{inner}
    const rows = Math.floor(steps / every) + 1;
    const time = new Float64Array(rows);
    for (let row = 0; row < rows; row++) time[row] = start + row * every * dt;
    const columns = Array.from({{ length: {len(keys)} }}, () => new Float64Array(rows));
    simulate(parameters, start, start + steps * dt, dt, steps, every, columns, seed || 0);
    return {{ time, columns }};
}}
"""
