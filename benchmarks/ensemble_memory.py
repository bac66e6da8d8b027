"""An ensemble's memory is what is saved and at most two chunks more, however many its variables.

SIR with 1,000 steps; as much again is asked to be saved in each row as in the one before. Memory
is what NumPy and Python take at their highest, over what the results themselves take.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Sequence

import numpy as np

from benchmarks.measure import Report
from benchmarks.models import sir
from cstools import StockFlow
from cstools.engine.chunks import _NUMBERS

ENGINES = ("cstools", "fast")
CHUNKS = 2
EXTRA = 1.1  # the registers, the tables of inputs, and what Python itself needs
CASES = [(4_000, ["infectious"]), (16_000, ["infectious"]), (8_000, ["infectious", "catching"])]


def highest(model: StockFlow, runs: int, keys: Sequence[str], engine: str) -> float:
    """Return the most memory that an ensemble takes, in bytes."""
    contacts = np.linspace(0.2, 0.4, runs)
    tracemalloc.start()
    model.ensemble({"contacts": contacts}, save=keys, engine=engine)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def main() -> int:
    report = Report()
    model = sir()
    model.clock = StockFlow("clock", stop=100, dt=0.1).clock
    for engine in ENGINES:  # what is imported and compiled once is there by now
        model.ensemble({"contacts": [0.3]}, engine=engine)
    for runs, keys in CASES:
        saved = 8 * runs * model.clock.rows * len(keys)
        chunk = 8 * min(_NUMBERS, runs * model.clock.rows * len(keys))
        most = EXTRA * (saved + CHUNKS * chunk) / saved
        for engine in ENGINES:
            ratio = highest(model, runs, keys, engine) / saved
            text = f"{runs:,} runs, {len(keys)} saved, {saved / 1e6:.0f} MB, engine {engine}"
            report.promise(f"{text}: memory at its highest, to it", (ratio,) * 3, most)
    return report.code


if __name__ == "__main__":
    raise SystemExit(main())
