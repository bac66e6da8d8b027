"""One run again: Python in 1/25 of PySD's time or less, the machine faster than Simlin.

Each engine runs a model that it has run before, and hands out every variable at every step: the
package as arrays, PySD as a table; Simlin keeps them to itself, which is quicker.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks import opponents
from benchmarks.measure import Report, Timed, span, take_turns, times
from benchmarks.models import NOT_MEASURED, WORLD3, shown, sir, teacup, world3
from cstools import StockFlow
from cstools.engine import machine, single
from cstools.stock_flow.running import given

PYTHON_TO_PYSD = {"SIR": 1 / 25, "World3": 1 / 1000}
MACHINE_TO_HAND = 7
WITH_PYSD, WITHOUT = 5, 40  # turns
START = {
    "teacup": (180.0, 70.0, 10.0),
    "sir": (995.0, 5.0, 0.0, 1000.0, 0.3, 5.0),
}


def main() -> int:
    report = Report()
    measure(report, "Teacup", teacup(), "teacup", 2)
    measure(report, "SIR", sir(), "sir", 5)
    model = world3()
    if model is None:
        report.line(f"\n{NOT_MEASURED}")
    else:
        measure(report, "World3", model, file=WORLD3)
    return report.code


def measure(
    report: Report, name: str, model: StockFlow, loop: str = "", columns: int = 0, file: str = ""
) -> None:
    """Print the table of one model, and what was promised of it."""
    report.line(f"\n{name}, {model.clock.steps:,} steps, one run again")
    work = engines(model, file) | (by_hand(model, loop, columns) if loop else {})
    timed = take_turns(work, WITHOUT)
    report.table(timed, "Python")
    pysd = opponents.pysd_run(opponents.pysd_model(model, file))
    check(model, pysd())
    # World3 takes PySD most of a minute: once must do.
    turns = {"World3": 1}.get(name, WITH_PYSD)
    slow = take_turns({"PySD": pysd, "Python": work["Python"]}, turns, practise=turns > 1)
    report.line(f"  {'PySD':<34}{span(slow.typical('PySD')):>10}   {beside(slow)} × it")
    if name in PYTHON_TO_PYSD:
        report.promise("Python, to PySD", slow.ratio("Python", "PySD"), PYTHON_TO_PYSD[name])
    if "Simlin" in timed.seconds:
        report.promise("machine, to Simlin", timed.ratio("machine", "Simlin"), 1)
    if loop:
        ratio = timed.ratio("machine", "by hand, numba")
        report.promise("machine, to numba by hand", ratio, MACHINE_TO_HAND)


def beside(slow: Timed) -> str:
    return times(slow.ratio("PySD", "Python"))


def engines(model: StockFlow, file: str) -> dict[str, Callable[[], object]]:
    program, clock, start = model.program(), model.clock, given(model, {})
    work: dict[str, Callable[[], object]] = {
        "Python": lambda: single.run_once(program, clock, start),
        "machine": lambda: machine.run_once(program, clock, start),
        "model.run()": model.run,
        'model.run(engine="fast")': lambda: model.run(engine="fast"),
    }
    simulation = opponents.simlin_model(model, file)
    if simulation is not None:
        work["Simlin"] = opponents.simlin_run(simulation)
    return work


def by_hand(model: StockFlow, loop: str, columns: int) -> dict[str, Callable[[], object]]:
    steps, dt = model.clock.steps, model.dt
    numba, c = opponents.numba_loops()[loop], opponents.c_loops()

    def with_numba() -> np.ndarray:
        saved = np.empty((columns, steps + 1))
        numba(saved, *START[loop], dt, steps)
        return saved

    def with_c() -> np.ndarray:
        saved = np.empty((columns, steps + 1))
        getattr(c, loop)(opponents.place(saved), *opponents.numbers(*START[loop], dt), steps)
        return saved

    fast = model.run(engine="fast")[shown(model)]
    assert any((fast == row).all() for row in with_numba())  # the same model, to the last digit
    return {"by hand, numba": with_numba} | ({"by hand, C": with_c} if c else {})


def check(model: StockFlow, theirs: Any) -> None:
    """Make sure that PySD ran the same model."""
    column = next(name for name in theirs if name.casefold() == shown(model))
    ours = model.run()[shown(model)]
    # World3 in PySD differs by its SMOOTH, by less than one part in a hundred.
    assert np.abs(theirs[column].to_numpy() - ours).max() < 0.01 * np.abs(ours).max()


if __name__ == "__main__":
    raise SystemExit(main())
