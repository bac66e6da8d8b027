"""What the package is measured against: PySD, Simlin, and loops written by hand.

The loops by hand know their model when they are compiled; they are what a person with a compiler
and an afternoon would have, and the bound for a machine that knows no model.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from cstools import StockFlow

HERE = Path(__file__).resolve().parent
COMPILER = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
NODE = shutil.which("node")


def pysd_model(model: StockFlow, file: str = "") -> Any:
    """Return a model in PySD; from its own Vensim file, or written to XMILE for it."""
    from cstools.stock_flow.quiet_pysd import pysd

    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if file:  # PySD writes its translation beside the file
            return pysd.read_vensim(str(shutil.copy(file, folder)))
        return pysd.read_xmile(str(model.write(Path(folder, "model.xmile"))))


def pysd_run(model: Any) -> Callable[[], object]:
    """Return PySD's run, without its warnings."""

    def run() -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return model.run()

    return run


def simlin_model(model: StockFlow, file: str = "") -> Any:
    """Return a model in Simlin, or ``None`` where pysimlin is not installed."""
    if find_spec("simlin") is None:
        return None
    simlin = import_module("simlin")  # by its name: it is no dependency, and never will be
    with tempfile.TemporaryDirectory() as folder:
        path = file or model.write(Path(folder, "model.xmile"))
        return simlin.load(path).simulate()


def simlin_run(simulation: Any) -> Callable[[], object]:
    """Return Simlin's quickest run again: reset, and to the end, nothing taken out."""

    def run() -> None:
        simulation.reset()
        simulation.run_to_end()

    return run


def simlin_many(simulation: Any, name: str, values: np.ndarray, shown: str) -> Callable[[], object]:
    """Return many runs of Simlin, one after the other, one variable taken out of each."""

    def run() -> object:
        series = []
        for value in values:
            simulation.reset()
            simulation.set_value(name, float(value))
            simulation.run_to_end()
            series.append(simulation.get_series(shown))
        return np.array(series)

    return run


# --- by hand --------------------------------------------------------------------------------------


def numba_loops() -> dict[str, Any]:
    """Return the loops by hand, compiled by numba: ``teacup``, ``sir`` and ``sir_many``."""
    import numba

    @numba.njit(error_model="numpy")
    def teacup(saved, temperature, room, cooling_time, dt, steps):
        for step in range(steps + 1):
            cooling = (temperature - room) / cooling_time
            saved[0, step], saved[1, step] = temperature, cooling
            temperature += dt * -cooling

    @numba.njit(error_model="numpy")
    def sir(saved, s, i, r, population, contacts, duration, dt, steps):
        for step in range(steps + 1):
            catching = s * i / population * contacts
            recovering = i / duration
            saved[0, step], saved[1, step], saved[2, step] = s, i, r
            saved[3, step], saved[4, step] = catching, recovering
            s += dt * -catching
            i += dt * (catching - recovering)
            r += dt * recovering

    @numba.njit(error_model="numpy")
    def sir_many(saved, s0, i0, population, contacts, duration, dt, steps):
        for run in range(len(contacts)):
            s, i = s0, i0
            for step in range(steps + 1):
                catching = s * i / population * contacts[run]
                recovering = i / duration
                saved[run, step] = i
                s += dt * -catching
                i += dt * (catching - recovering)

    return {"teacup": teacup, "sir": sir, "sir_many": sir_many}


def c_loops() -> ctypes.CDLL | None:
    """Return the same loops in C, compiled now; ``None`` where there is no compiler."""
    if COMPILER is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder, "by_hand.so")
        source = HERE / "by_hand.c"
        command = [COMPILER, "-O2", "-shared", "-fPIC", "-ffp-contract=off", "-o", library, source]
        subprocess.run(command, check=True)
        return ctypes.CDLL(str(library))


def numbers(*values: float) -> list[ctypes.c_double]:
    """Return float64 arguments for a C function."""
    return [ctypes.c_double(value) for value in values]


def place(array: np.ndarray) -> ctypes.c_void_p:
    """Return the address of an array for a C function."""
    return ctypes.c_void_p(array.ctypes.data)
