"""One run, in plain Python: no compiler to wait for, and code that can be read."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from cstools.engine.generate import python_source
from cstools.engine.integrate import EULER, Method
from cstools.engine.many_runs import run_many
from cstools.engine.program import Clock, Program
from cstools.engine.words import PYTHON
from cstools.on_demand import numpy as np

Columns: TypeAlias = "dict[str, np.ndarray]"


def run_once(
    program: Program,
    clock: Clock,
    parameters: Mapping[str, float],
    method: Method = EULER,
    seed: int = 0,
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
            given, clock.start, clock.stop, clock.dt, clock.steps, clock.every, saved.extend, seed
        )
    except (ArithmeticError, ValueError):
        one = {key: np.array([parameters[key]]) for key in program.parameters}
        many = run_many(program, clock, one, program.columns, method, seed=seed)
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
    namespace: dict[str, Any] = dict(PYTHON)
    exec(compile(python_source(program, method), "<model>", "exec"), namespace)
    return namespace["simulate"]  # type: ignore[no-any-return]
