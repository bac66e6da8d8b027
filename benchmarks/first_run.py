"""The first run of a new model is there within 30 ms, in Python and with no compiler.

From the first ``StockFlow(…)`` to the run, each time a model that nobody has seen before. The run
itself, which depends on the steps that are asked for, is part of it. For a file, such as World3,
the run after reading is timed: putting the equations in order, writing the code, compiling it to
Python's own instructions, and running it.
"""

from __future__ import annotations

import time
from statistics import median, quantiles

from benchmarks.measure import span
from benchmarks.models import NOT_MEASURED, sir, teacup, world3
from cstools import StockFlow

PROMISED = 0.030  # seconds
TURNS = 15


def epidemic(turn: int) -> StockFlow:
    """Return SIR with a thousand steps and with a name that is new at each turn."""
    whole = sir()
    model = StockFlow(f"SIR {turn}", stop=100, dt=0.1, time_units="day")
    for part in whole.parts.values():
        model._add(part)
    model.auxiliary(f"share {turn}", "infectious / population")
    return model


def main() -> int:
    for make in (teacup, sir):  # what is imported at a first run is imported now
        make().run()
    seconds = []
    for turn in range(TURNS):
        begin = time.process_time()
        epidemic(turn).run()
        seconds.append(time.process_time() - begin)
    kept = median(seconds) <= PROMISED
    low, _, high = quantiles(seconds, n=4)
    print(
        f"SIR, 1,000 steps, first run of a new model: {span(median(seconds))} "
        f"({span(low)} to {span(high)}) (promised: at most {span(PROMISED)}) "
        f"{'✓' if kept else '✗'}"
    )
    return 0 if kept and large() else 1


def large() -> bool:
    """Print the time of World3, which ends with another 400 steps of 260 variables."""
    model = world3()
    if model is None:
        print(NOT_MEASURED)
        return True
    first, again = [], []
    for turn in range(5):
        fresh = model.copy(f"World3 {turn}")
        for seconds in (first, again):
            begin = time.process_time()
            fresh.run()
            seconds.append(time.process_time() - begin)
    print(
        f"World3, 400 steps, first run of a model that was read: {span(median(first))}, "
        f"{span(median(again))} when it runs again"
    )
    return True


if __name__ == "__main__":
    raise SystemExit(main())
