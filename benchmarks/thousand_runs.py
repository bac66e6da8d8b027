"""1,000 runs: NumPy in 1/4 of Simlin's time, the machine on a par with a loop written by hand.

One constant differs between the runs, and one variable of each run is kept at every step. All of
it on one processor.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks import opponents
from benchmarks.measure import Report, take_turns
from benchmarks.models import (
    NOT_MEASURED,
    WORLD3,
    inputs,
    shown,
    sir,
    teacup,
    varied,
    world3,
)
from cstools import StockFlow
from cstools.engine import machine, single
from cstools.engine.many_runs import run_many

RUNS, TURNS = 1000, 7
NUMPY_TO_SIMLIN = 1 / 4
MACHINE_TO_HAND = 1.25  # "on a par"


def main() -> int:
    report = Report()
    measure(report, "Teacup", teacup())
    measure(report, "SIR", sir())
    model = world3()
    if model is None:
        report.line(f"\n{NOT_MEASURED}")
    else:
        measure(report, "World3", model, WORLD3)
    return report.code


def measure(report: Report, name: str, model: StockFlow, file: str = "") -> None:
    report.line(f"\n{name}, {model.clock.steps:,} steps, {RUNS:,} runs")
    table = inputs(model, RUNS)
    work = engines(model, table, file)
    if name == "SIR":
        work |= by_hand(model, table)
    timed = take_turns(work, TURNS)
    alone = take_turns({"one": one_by_one(model, table)}, TURNS).typical("one")
    report.line(f"  {'Python, one by one':<34}{RUNS * alone:>9.1f} s   (a few of them timed)")
    report.table(timed, "NumPy")
    if "Simlin" in work:
        if name != "Teacup":
            report.promise("NumPy, to Simlin", timed.ratio("NumPy", "Simlin"), NUMPY_TO_SIMLIN)
        report.promise("machine, to Simlin", timed.ratio("machine", "Simlin"), 1)
    if name == "SIR":
        ratio = timed.ratio("machine", "by hand, numba")
        report.promise("machine, to numba by hand", ratio, MACHINE_TO_HAND)


def one_by_one(model: StockFlow, table: dict[str, np.ndarray]) -> Callable[[], object]:
    start = {key: values[0] for key, values in table.items()}
    return lambda: single.run_once(model.program(), model.clock, start)


def engines(
    model: StockFlow, table: dict[str, np.ndarray], file: str
) -> dict[str, Callable[[], object]]:
    program, clock, keys = model.program(), model.clock, (shown(model),)
    ours = run_many(program, clock, table, keys)[keys[0]]
    np.testing.assert_allclose(
        machine.run_many(program, clock, table, keys)[keys[0]], ours, rtol=1e-9
    )
    work: dict[str, Callable[[], object]] = {
        "NumPy": lambda: run_many(program, clock, table, keys),
        "machine": lambda: machine.run_many(program, clock, table, keys),
    }
    simulation = opponents.simlin_model(model, file)
    if simulation is not None:
        name = varied(model)
        work["Simlin"] = opponents.simlin_many(simulation, name, table[name], keys[0])
        np.testing.assert_allclose(work["Simlin"](), ours, rtol=1e-6)  # type: ignore[arg-type]
    return work


def by_hand(model: StockFlow, table: dict[str, np.ndarray]) -> dict[str, Callable[[], object]]:
    steps, dt, contacts = model.clock.steps, model.dt, table["contacts"]
    numba, c = opponents.numba_loops()["sir_many"], opponents.c_loops()

    def with_numba() -> np.ndarray:
        saved = np.empty((RUNS, steps + 1))
        numba(saved, 995.0, 5.0, 1000.0, contacts, 5.0, dt, steps)
        return saved

    def with_c() -> np.ndarray:
        saved = np.empty((RUNS, steps + 1))
        before = opponents.numbers(995.0, 5.0, 1000.0)
        after = opponents.numbers(5.0, dt)
        c.sir_many(  # type: ignore[union-attr]
            opponents.place(saved), *before, opponents.place(contacts), *after, steps, RUNS
        )
        return saved

    return {"by hand, numba": with_numba} | ({"by hand, C": with_c} if c else {})


if __name__ == "__main__":
    raise SystemExit(main())
