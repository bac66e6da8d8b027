"""How many runs are computed at a time, so that memory stays bounded."""

from __future__ import annotations

# 64 MB of float64: large enough that NumPy's overhead vanishes, small enough for any laptop.
_NUMBERS = 8_000_000


def chunks(runs: int, numbers_per_run: int) -> list[slice]:
    """Return the slices in which some runs are computed.

    Parameters
    ----------
    runs
        How many there are.
    numbers_per_run
        How many float64 numbers each one saves.
    """
    size = max(1, min(runs, _NUMBERS // max(1, numbers_per_run)))
    return [slice(begin, min(begin + size, runs)) for begin in range(0, runs, size)]
