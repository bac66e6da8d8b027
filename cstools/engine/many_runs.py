"""Many runs at once: every variable is an array over the runs, and time is walked once."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeAlias

from cstools.engine import machine
from cstools.engine.chunks import at_once, chunks, walk
from cstools.engine.generate import numpy_source
from cstools.engine.integrate import EULER, Method
from cstools.engine.program import Clock, Program, Table
from cstools.engine.words import numpy_words
from cstools.equations.printing import expression
from cstools.equations.printing import numpy as numpy_language
from cstools.equations.tree import Tree
from cstools.on_demand import numpy as np

_STRIP = 256


@dataclass(frozen=True, eq=False)
class Batch:
    """Runs of one program that are computed together.

    Attributes
    ----------
    parameters : array (parameters, runs)
        One row for each of the program's parameters, in its order.
    keys : tuple of str
        What is saved.
    seeds : array (runs,)
        Of the random numbers of each run.
    """

    program: Program
    clock: Clock
    parameters: np.ndarray
    keys: tuple[str, ...]
    method: Method
    seeds: np.ndarray

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return len(self.seeds)

    def part(self, runs: slice) -> Batch:
        """Return some of the runs."""
        return replace(self, parameters=self.parameters[:, runs], seeds=self.seeds[runs])


Chunk: TypeAlias = "Mapping[str, np.ndarray]"
"""Key → values ``(rows, runs)``; of what stays the same through a run, ``(1, runs)``."""

Take = Callable[[slice, Chunk], None]


@dataclass(frozen=True, eq=False)
class Kept:
    """The values of a batch as they come in.

    Attributes
    ----------
    places : sequence of (key, array (runs, rows))
        Where they are put; the rows of runs that are not done stay as they are.
    done : array of bool (runs,)
        Which runs are done.
    """

    places: Sequence[tuple[str, np.ndarray]]
    done: np.ndarray

    def take(self, runs: slice, chunk: Chunk) -> None:
        """Put the values of some runs in their place."""
        for key, place in self.places:
            _turned(chunk[key], place[runs])
        self.done[runs] = True


def _turned(values: np.ndarray, place: np.ndarray) -> None:
    """Copy ``(rows, runs)`` to ``(runs, rows)``, in strips that stay within a processor's cache."""
    if len(values) == 1:
        place[:] = values.T
        return
    for begin in range(0, len(values), _STRIP):
        rows = slice(begin, begin + _STRIP)
        place[:, rows] = values[rows].T


def batch(
    program: Program,
    clock: Clock,
    parameters: Mapping[str, np.ndarray],
    keys: Sequence[str],
    method: Method = EULER,
    seed: int | np.ndarray = 0,
) -> Batch:
    """Return the runs of some parameters, key → array ``(runs,)``.

    Parameters
    ----------
    seed
        Of the first run, each further run having the next one; or an array, one for each run.
    """
    runs = len(next(iter(parameters.values()))) if parameters else np.size(seed)
    table = np.empty((len(program.parameters), runs))  # two axes, also without parameters
    for row, key in zip(table, program.parameters, strict=True):
        row[:] = parameters[key]
    seeds = seed if isinstance(seed, np.ndarray) else seed + np.arange(runs)
    return Batch(program, clock, table, tuple(keys), method, seeds)


def compute(
    batch: Batch,
    take: Take,
    executor: Executor | None = None,
    workers: int | None = None,
    stopped: Callable[[], bool] | None = None,
    target: str = "numpy",
) -> None:
    """Compute the runs of a batch in chunks, and hand each chunk on as it is finished.

    Parameters
    ----------
    take
        Called with a slice of the runs and their values, in any order of the slices.
    executor, workers
        Who computes, if not this thread; see :func:`cstools.engine.chunks.at_once`.
    stopped
        Asked before each chunk; once it says yes, no further chunk is begun.
    target
        ``"numpy"``, or ``"machine"`` for the compiled register machine.

    Notes
    -----
    Besides what ``take`` keeps, memory holds at most two chunks for each worker.
    """
    at_work = at_once(executor, workers)
    pieces = 1 if executor is None and stopped is None else 20 if executor is None else 4 * at_work
    numbers = batch.clock.rows * max(1, len(batch.keys))
    slices = chunks(batch.runs, numbers, pieces, 1 if executor is None else 2 * at_work)
    parts = [batch.part(runs) for runs in slices]
    ask = stopped or (lambda: False)
    if executor is None:
        done = walk(_TARGETS[target], parts, stopped=ask)
    else:
        packed = pickle.dumps(batch.program)  # once, not again with every chunk
        sent = [(target, packed, replace(part, program=_NOTHING)) for part in parts]
        done = walk(_compute_sent, sent, executor, at_work, ask)
    for number, chunk in done:
        take(slices[number], chunk)


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
    many = batch(program, clock, parameters, keys, method, seed)
    values = {key: np.empty((many.runs, clock.rows)) for key in many.keys}
    kept = Kept(list(values.items()), np.zeros(many.runs, dtype=bool))
    compute(many, kept.take, executor)
    return values


def _by_numpy(batch: Batch) -> Chunk:
    """Return the values of some runs, all of them at once at every step."""
    program, clock = batch.program, batch.clock
    constant = {*program.parameters, *(equation.key for equation in program.fixed)}
    moving = tuple(key for key in batch.keys if key not in constant)
    saved = np.empty((len(moving), clock.rows, batch.runs))
    simulate = _compiled(program, batch.method, moving)
    time = (clock.start, clock.stop, clock.dt, clock.steps, clock.every)
    with np.errstate(all="ignore"):
        still = simulate(batch.parameters, *time, saved, batch.seeds)
    values = dict(zip(moving, saved, strict=True))
    values |= dict(zip(program.parameters, batch.parameters, strict=True))
    values |= dict(zip([equation.key for equation in program.fixed], still, strict=True))
    return {
        key: values[key] if key in moving else _flat(values[key], batch.runs) for key in batch.keys
    }


def _flat(values: Any, runs: int) -> np.ndarray:
    """Return what stays the same through a run as ``(1, runs)``."""
    return np.broadcast_to(np.asarray(values, dtype=float), (1, runs))


def _by_machine(batch: Batch) -> Chunk:
    """Return the values of some runs, one after the other in compiled code."""
    table = dict(zip(batch.program.parameters, batch.parameters, strict=True))
    program, clock, keys = batch.program, batch.clock, batch.keys
    many = machine.run_many(program, clock, table, keys, batch.method, batch.seeds)
    return {key: values.T for key, values in many.items()}


_TARGETS: dict[str, Callable[[Batch], Chunk]] = {"numpy": _by_numpy, "machine": _by_machine}
_NOTHING = Program((), (), (), (), (), {})


def _compute_sent(sent: tuple[str, bytes, Batch]) -> Chunk:
    """Return the values of some runs whose program came from another process."""
    target, packed, part = sent
    return _TARGETS[target](replace(part, program=_unpacked(packed)))


@lru_cache(maxsize=8)
def _unpacked(packed: bytes) -> Program:
    """Return a program that was sent; the same one each time, so that it is compiled once."""
    program: Program = pickle.loads(packed)
    return program


@lru_cache(maxsize=64)
def _compiled(program: Program, method: Method, keys: tuple[str, ...]) -> Callable[..., Any]:
    namespace: dict[str, Any] = dict(numpy_words())
    exec(compile(numpy_source(program, method, keys), "<model>", "exec"), namespace)
    return namespace["simulate"]  # type: ignore[no-any-return]


def evaluate(tree: Tree, values: Mapping[str, Any], tables: Mapping[str, Table]) -> np.ndarray:
    """Return an equation's value at many points at once.

    Parameters
    ----------
    values
        Key → array ``(points,)``; the clock's names included where the equation uses them.
    tables
        Key → the points of each lookup.
    """
    return evaluator(tree, tuple(values), tables)(*values.values())


def evaluator(
    tree: Tree, keys: Sequence[str], tables: Mapping[str, Table]
) -> Callable[..., np.ndarray]:
    """Return an equation as a function of arrays ``(points,)``, one for each key, in their order.

    The clock's names are among the keys where the equation uses them.
    """
    spelled = {k: f"v{position}" for position, k in enumerate([*keys, *tables])} | {"pi": "pi"}
    text = expression(tree, numpy_language(spelled.__getitem__))
    lookups = {spelled[k]: (table.xs, table.ys, table.mode) for k, table in tables.items()}
    written = f"lambda {', '.join(spelled[k] for k in keys)}: {text}"
    compute = eval(compile(written, "<equation>", "eval"), {**numpy_words(), **lookups})

    def values_at(*values: Any) -> np.ndarray:
        with np.errstate(all="ignore"):
            result = np.asarray(compute(*values), dtype=float)
        return np.broadcast_to(result, np.broadcast_shapes(*map(np.shape, values)))

    return values_at
