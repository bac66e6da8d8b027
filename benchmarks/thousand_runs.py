"""1,000 runs of SIR at once take a small part of the time of 1,000 runs one by one."""

import time

import numpy as np

from benchmarks.single_run import seconds, sir

RUNS, ONE_BY_ONE = 1000, 20
PROMISED = 1 / 4


def main() -> int:
    model, contacts = sir(), np.linspace(0.1, 0.9, RUNS)
    single = seconds(lambda: model.run({"contacts": 0.4}), ONE_BY_ONE)
    begin = time.perf_counter()
    model.ensemble({"contacts": contacts}, save=["infectious"])
    together = time.perf_counter() - begin
    ratio = together / (single * RUNS)
    kept = ratio <= PROMISED
    print(
        f"1,000 runs of SIR, 10,000 steps: {together:.2f} s together, 1/{1 / ratio:.0f} of the "
        f"{single * RUNS:.1f} s that they take one by one (promised: at most 1/{1 / PROMISED:.0f})"
        f" {'✓' if kept else '✗'}"
    )
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
