"""Many runs at once: every variable is an array over the runs, and time is walked once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from functools import lru_cache
from typing import Any

import numpy as np

from cstools.engine.chunks import chunks
from cstools.engine.generate import numpy_source
from cstools.engine.integrate import EULER, Method
from cstools.engine.program import Clock, Program
from cstools.engine.words import NUMPY
from cstools.equations.printing import expression
from cstools.equations.printing import numpy as numpy_language
from cstools.equations.tree import Tree


def run_many(
    program: Program,
    clock: Clock,
    parameters: Mapping[str, np.ndarray],
    keys: Sequence[str],
    method: Method = EULER,
    executor: Executor | None = None,
    seed: int = 0,
) -> dict[str, np.ndarray]:
    """Return the values of the wanted variables, key → array ``(runs, rows)``.

    Parameters
    ----------
    parameters
        Key → array ``(runs,)``, one for each of the program's parameters.
    keys
        What is saved; memory grows with it, and with nothing else.
    executor
        Where chunks of runs are computed, if not here.
    seed
        Of the first run; each further run has the next one.

    Notes
    -----
    A run that divides by zero goes on with infinity or with "not a number", as float64 does; it
    disturbs no other run.
    """
    runs = len(next(iter(parameters.values()))) if parameters else 1
    table = np.empty((len(program.parameters), runs))  # two axes, also without parameters
    for row, key in zip(table, program.parameters, strict=True):
        row[:] = parameters[key]
    seeds = seed + np.arange(runs)
    parts = chunks(runs, clock.rows * len(keys))
    work = [(program, clock, table[:, p], tuple(keys), method, seeds[p]) for p in parts]
    done = list(executor.map(_run_chunk, work) if executor else map(_run_chunk, work))
    joined = done[0] if len(done) == 1 else np.concatenate(done, axis=1)
    return dict(zip(keys, joined, strict=True))


def _run_chunk(
    work: tuple[Program, Clock, np.ndarray, tuple[str, ...], Method, np.ndarray],
) -> np.ndarray:
    """Return the saved values of a chunk of runs, ``(columns, runs, rows)``."""
    program, clock, parameters, keys, method, seeds = work
    constant = {*program.parameters, *(equation.key for equation in program.fixed)}
    moving = [key for key in keys if key not in constant]
    runs = len(seeds)
    saved = np.empty((len(moving), clock.rows, runs))
    simulate = _compiled(program, method, tuple(moving))
    with np.errstate(all="ignore"):
        still = simulate(
            parameters, clock.start, clock.stop, clock.dt, clock.steps, clock.every, saved, seeds
        )
    values = dict(zip([equation.key for equation in program.fixed], still, strict=True))
    values |= dict(zip(program.parameters, parameters, strict=True))
    moved = dict(zip(moving, np.swapaxes(saved, 1, 2), strict=True))
    shape = (runs, clock.rows)
    flat = {key: np.broadcast_to(np.reshape(values[key], (-1, 1)), shape) for key in values}
    return np.array([moved[key] if key in moved else flat[key] for key in keys])


@lru_cache(maxsize=64)
def _compiled(program: Program, method: Method, keys: tuple[str, ...]) -> Callable[..., Any]:
    namespace: dict[str, Any] = dict(NUMPY)
    exec(compile(numpy_source(program, method, keys), "<model>", "exec"), namespace)
    return namespace["simulate"]  # type: ignore[no-any-return]


def evaluate(
    tree: Tree, values: Mapping[str, Any], tables: Mapping[str, Sequence[tuple[float, float]]]
) -> np.ndarray:
    """Return an equation's value at many points at once.

    Parameters
    ----------
    values
        Key → array ``(points,)``; the clock's names included where the equation uses them.
    tables
        Key → points ``(x, y)`` of each lookup.
    """
    keys = [*values, *tables]
    spelled = {k: f"v{position}" for position, k in enumerate(keys)} | {"pi": "pi"}
    text = expression(tree, numpy_language(spelled.__getitem__))
    lookups = {spelled[k]: tuple(zip(*points, strict=True)) for k, points in tables.items()}
    words = {**NUMPY, **lookups, **{spelled[k]: value for k, value in values.items()}}
    with np.errstate(all="ignore"):
        result = eval(compile(text, "<equation>", "eval"), words)
    shape = np.broadcast_shapes(*(np.shape(value) for value in values.values()))
    return np.broadcast_to(np.asarray(result, dtype=float), shape)
