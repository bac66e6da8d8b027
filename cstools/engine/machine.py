"""Runs by the register machine: compiled code, with nothing to compile for a model.

The machine itself is compiled at its first use in an installation and kept beside the package; the
next session finds it there. Numba comes with the extra ``fast``.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from cstools.engine.instructions import START, STOP
from cstools.engine.integrate import EULER, Method
from cstools.engine.program import Clock, Program
from cstools.errors import MissingPartError
from cstools.on_demand import numpy as np

if TYPE_CHECKING:
    from cstools.engine.instructions import Assembled

# So many runs are walked side by side: their registers fit the processor's fast memory.
_ABREAST = 64
_COMPILING = (
    "Preparing the fast engine: this is compiled once for an installation and takes about ten "
    "seconds."
)


def run_once(
    program: Program,
    clock: Clock,
    parameters: Mapping[str, float],
    method: Method = EULER,
    seed: int = 0,
) -> dict[str, np.ndarray]:
    """Return the values of every variable, key → array ``(rows,)``.

    Raises
    ------
    MissingPartError
        When numba is not installed.
    ModelError
        When an equation calls a function that the machine does not know.

    Notes
    -----
    A run that divides by zero goes on with infinity or with "not a number", as float64 does.
    """
    machine = _loaded()
    work = _assembled(program, program.columns, method)
    registers = work.registers.copy()
    given = [parameters[key] for key in program.parameters]
    registers[START : STOP + 1 + len(given)] = [clock.start, clock.stop, *given]
    saved = np.empty((len(work.keys), clock.rows))
    arrays = tuple(work.instructions)
    _call(machine.run_one, arrays, registers, _ticks(clock), _seed(seed), saved)
    return dict(zip(work.keys, saved, strict=True))


def run_many(
    program: Program,
    clock: Clock,
    parameters: Mapping[str, np.ndarray],
    keys: Sequence[str],
    method: Method = EULER,
    seed: int | np.ndarray = 0,
) -> dict[str, np.ndarray]:
    """Return the values of the wanted variables, key → array ``(runs, rows)``.

    Parameters
    ----------
    parameters
        Key → array ``(runs,)``, one for each of the program's parameters.
    seed
        Of the first run, each further run having the next one; or an array, one for each run.

    Notes
    -----
    The lock of the interpreter is let go meanwhile, so that several threads can each do a part.
    """
    machine = _loaded()
    work = _assembled(program, tuple(keys), method)
    runs = len(next(iter(parameters.values()))) if parameters else np.size(seed)
    seeds = np.asarray(seed, dtype=np.int64) if np.ndim(seed) else _seed(seed) + np.arange(runs)
    saved = np.empty((len(work.keys), runs, clock.rows))
    arrays = tuple(work.instructions)
    for first in range(0, runs, _ABREAST):
        part = slice(first, min(first + _ABREAST, runs))
        registers = np.repeat(work.registers[:, None], part.stop - first, axis=1)
        registers[START], registers[STOP] = clock.start, clock.stop
        for place, key in enumerate(program.parameters, start=STOP + 1):
            registers[place] = parameters[key][part]
        own = seeds[part]
        _call(machine.run_many, arrays, registers, _ticks(clock), own, saved, first)
    return dict(zip(work.keys, saved, strict=True))


@lru_cache(maxsize=64)
def _assembled(program: Program, keys: tuple[str, ...], method: Method) -> Assembled:
    from cstools.engine.registers import assemble

    return assemble(program, keys, method)


def _ticks(clock: Clock) -> tuple[float, float, int, int]:
    return clock.start, clock.dt, clock.steps, clock.every


def _seed(seed: Any) -> int:
    """Return the part of a seed that the draws look at."""
    return int(seed) & 0xFFFFFFFFFFFF


def _loaded() -> Any:
    """Return the module with the compiled loops."""
    try:
        # Not from sys.modules: while one thread imports it, another would get half of it.
        return import_module("cstools.engine.interpreter")
    except ImportError:
        raise MissingPartError(
            "the fast engine needs numba, which is not installed; "
            'install it with: pip install "cstools[fast]"'
        ) from None


def _call(loop: Any, *arguments: Any) -> None:
    """Call a compiled loop; where it must be compiled first, say what people wait for."""
    if loop.overloads:
        loop(*arguments)
        return
    from numba.core import event

    class Teller(event.Listener):  # type: ignore[misc]
        """Says it once, at the first function that is compiled and not found ready."""

        def __init__(self) -> None:
            self.told = False

        def on_start(self, event: Any) -> None:
            if not self.told:
                print(_COMPILING, file=sys.stderr, flush=True)
            self.told = True

        def on_end(self, event: Any) -> None: ...

    with event.install_listener("numba:compile", Teller()):
        loop(*arguments)
