"""One run, in plain Python: no compiler to wait for, and code that can be read."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from cstools.engine.generate import python_source
from cstools.engine.integrate import EULER, Method
from cstools.engine.many_runs import run_many
from cstools.engine.program import Clock, Program

Columns = dict[str, np.ndarray]


def run_once(
    program: Program, clock: Clock, parameters: Mapping[str, float], method: Method = EULER
) -> Columns:
    """Return the values of every variable, key → array ``(rows,)``.

    Notes
    -----
    Python stops at a division by zero where the other targets go on with infinity. Such a run is
    done again by NumPy, so that it returns what it has; :func:`first_trouble` says where.
    """
    simulate = _compiled(program, method)
    given = [float(parameters[key]) for key in program.parameters]
    saved = array("d")
    try:
        still = simulate(
            given, clock.start, clock.stop, clock.dt, clock.steps, clock.every, saved.extend
        )
    except (ArithmeticError, ValueError):
        one = {key: np.array([parameters[key]]) for key in program.parameters}
        many = run_many(program, clock, one, program.columns, method)
        return {key: values[0] for key, values in many.items()}
    moving = len(program.states) + len(program.each_step)
    table = np.frombuffer(saved, dtype=float).reshape(clock.rows, moving) if moving else None
    constants = [*still, *given]
    return {
        key: np.ascontiguousarray(table[:, column])
        if table is not None and column < moving
        else np.full(clock.rows, float(constants[column - moving]))
        for column, key in enumerate(program.columns)
    }


def first_trouble(
    program: Program, clock: Clock, columns: Mapping[str, np.ndarray]
) -> tuple[str, float] | None:
    """Return the first variable that is not a finite number, and when; ``None`` when all are.

    Of several at the same time, the one that the others are computed from comes first.
    """
    order = [
        *(equation.key for equation in program.fixed),
        *(state.key for state in program.states),
        *(equation.key for equation in program.each_step),
    ]
    found = [
        (int(np.argmin(np.isfinite(columns[key]))), key)
        for key in order
        if key in columns and not np.isfinite(columns[key]).all()
    ]
    if not found:
        return None
    row, key = min(found, key=lambda item: item[0])
    return key, clock.start + row * clock.every * clock.dt


@lru_cache(maxsize=64)
def _compiled(program: Program, method: Method) -> Callable[..., Sequence[float]]:
    """Return the function of a program, compiled at its first use."""
    namespace: dict[str, Any] = dict(_WORDS)
    exec(compile(python_source(program, method), "<model>", "exec"), namespace)
    return namespace["simulate"]  # type: ignore[no-any-return]


def interpolate(x: float, xs: Sequence[float], ys: Sequence[float]) -> float:
    """Return the value of a lookup: straight lines between its points, its ends beyond them."""
    if x != x:
        return x
    if x <= xs[0]:
        return ys[0]
    if x >= xs[-1]:
        return ys[-1]
    low = bisect_right(xs, x) - 1
    slope = (ys[low + 1] - ys[low]) / (xs[low + 1] - xs[low])
    return slope * (x - xs[low]) + ys[low]


_WORDS = {
    "interpolate": interpolate,
    "power": math.pow,
    **{name: getattr(math, name) for name in ("exp", "log", "log10", "sqrt", "trunc", "pi")},
    **{name: getattr(math, name) for name in ("sin", "cos", "tan", "asin", "acos", "atan", "fmod")},
}
