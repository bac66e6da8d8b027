"""``import cstools`` takes under half a second: nothing heavy comes along."""

import subprocess
import sys
from statistics import median

PROMISED = 0.5  # seconds
ROUNDS = 7


def seconds(module: str) -> float:
    """Return how long a fresh process takes to import a module (start of Python not counted)."""
    code = f"from time import perf_counter as t; s = t(); import {module}; print(t() - s)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    return float(printed)


def main() -> int:
    ours = median(seconds("cstools") for _ in range(ROUNDS))
    numpy = median(seconds("numpy") for _ in range(ROUNDS))
    kept = ours < PROMISED
    print(
        f"import cstools: {ours:.2f} s, {ours / numpy:.1f} times the import of numpy alone "
        f"(promised: under {PROMISED} s) {'✓' if kept else '✗'}"
    )
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
