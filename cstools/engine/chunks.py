"""Many runs in pieces: how large a piece is, who computes it, and when to stop."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from typing import TypeVar

# 128 MB of float64: large enough that NumPy's overhead vanishes, small enough for any laptop.
_NUMBERS = 16_000_000
# NumPy needs about as long for one step of 500 runs as for one of 50; of very many, what a step
# computes no longer stays within a processor's cache.
_WORTH_IT, _MOST = 500, 16_384

Piece = TypeVar("Piece")
Result = TypeVar("Result")


def chunks(runs: int, numbers_per_run: int, pieces: int = 1, together: int = 1) -> list[slice]:
    """Return the slices in which some runs are computed.

    Parameters
    ----------
    runs
        How many there are.
    numbers_per_run
        How many float64 numbers each one saves.
    pieces
        In how many pieces they are wanted, so that several can be at work, or a bar can move;
        fewer are made where each would be too small to be worth it.
    together
        How many are in memory at a time.
    """
    wanted = max(-(-runs // pieces), min(_WORTH_IT, runs))
    size = max(1, min(wanted, _MOST, _NUMBERS // (together * max(1, numbers_per_run))))
    return [slice(begin, min(begin + size, runs)) for begin in range(0, runs, size)]


def at_once(executor: Executor | None, workers: int | None = None) -> int:
    """Return how many pieces an executor computes at once: as many as it has workers.

    Parameters
    ----------
    workers
        What somebody said. Threads and processes know it themselves; of any other executor the
        number of this machine's processors is taken.
    """
    if executor is None:
        return 1
    return workers or getattr(executor, "_max_workers", None) or os.cpu_count() or 1


def walk(
    compute: Callable[[Piece], Result],
    work: Sequence[Piece],
    executor: Executor | None = None,
    workers: int = 1,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[int, Result]]:
    """Yield the number and the result of each piece of work, as they are finished.

    Parameters
    ----------
    executor
        Who computes; here and one after the other, if ``None``.
    workers
        At most twice as many pieces are handed out at a time, so that no worker waits and no heap
        of results grows.
    stopped
        Asked before each piece. Once it says yes, no further piece is begun: those not yet begun
        are withdrawn, and what is under way is finished and yielded.
    """
    if executor is None:
        for number, piece in enumerate(work):
            if stopped():
                return
            yield number, compute(piece)
        return
    yield from _walk_with(executor, compute, work, 2 * workers, stopped)


def _walk_with(
    executor: Executor,
    compute: Callable[[Piece], Result],
    work: Sequence[Piece],
    most: int,
    stopped: Callable[[], bool],
) -> Iterator[tuple[int, Result]]:
    under_way: dict[Future[Result], int] = {}
    begun = 0
    try:
        while True:
            ended = stopped()
            if ended:
                _withdraw(under_way)
            while not ended and begun < len(work) and len(under_way) < most:
                under_way[executor.submit(compute, work[begun])] = begun
                begun += 1
            if not under_way:
                return
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                number = under_way.pop(future)
                yield number, future.result()
    finally:  # an error, or the stop button: nothing is left running that need not
        _withdraw(under_way)


def _withdraw(under_way: dict[Future[Result], int]) -> None:
    """Forget the pieces that nobody has begun."""
    for future in [future for future in under_way if future.cancel()]:
        del under_way[future]
