"""Many runs in chunks: who computes them, what memory holds, when they stop."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest

from cstools.engine import many_runs
from cstools.engine.chunks import at_once, chunks, walk
from cstools.stock_flow.ensemble import batch
from tests.engine.random_models import sir

CONTACTS = np.linspace(0.05, 0.9, 40)


@contextmanager
def dask() -> Iterator[Executor]:
    from distributed import Client  # takes a second to import

    with Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
        yield client.get_executor()


EXECUTORS: dict[str, Callable[[], Any]] = {
    "threads": lambda: ThreadPoolExecutor(2),
    "processes": lambda: ProcessPoolExecutor(2),
    "dask.distributed": dask,
}


class Hand(Executor):
    """Computes at once, and remembers how many results were ever out at a time."""

    def __init__(self) -> None:
        self.submitted = self.most = self.taken = 0

    def submit(self, work: Any, /, *given: Any, **named: Any) -> Future[Any]:
        self.submitted += 1
        self.most = max(self.most, self.submitted - self.taken)
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()
        future.set_result(work(*given, **named))
        return future


class Slow(Executor):
    """Does the first piece; the others wait for ever, unless they are withdrawn."""

    def __init__(self) -> None:
        self.futures = list[Future[Any]]()

    def submit(self, work: Any, /, *given: Any, **named: Any) -> Future[Any]:
        self.futures.append(Future())
        if len(self.futures) == 1:
            self.futures[0] = ThreadPoolExecutor(1).submit(work, *given, **named)
        return self.futures[-1]


@pytest.mark.parametrize("executor", EXECUTORS)
def test_every_executor_gives_the_numbers_that_come_without_one(
    executor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cstools.engine.chunks._NUMBERS", 4000)  # several chunks of a few runs
    model = sir()
    here = model.ensemble({"contacts": CONTACTS})
    with EXECUTORS[executor]() as workers:
        there = model.ensemble({"contacts": CONTACTS}, executor=workers, workers=2)
    for name in ("susceptible", "infectious", "recovered"):
        np.testing.assert_array_equal(here[name], there[name])


def test_chunks_cover_every_run_once_within_the_memory_that_is_given() -> None:
    for together in (1, 4):
        slices = chunks(10_000, 9000, pieces=3, together=together)
        every = np.concatenate([np.arange(10_000)[s] for s in slices])
        assert every.tolist() == list(range(10_000))
        # Sixteen million numbers are 128 MB.
        assert max(s.stop - s.start for s in slices) * 9000 * together <= 16_000_000


def test_a_few_runs_are_not_cut_into_pieces_that_are_not_worth_it() -> None:
    assert chunks(400, 10, pieces=20) == [slice(0, 400)]


def test_one_run_that_is_larger_than_a_chunk_is_a_chunk() -> None:
    assert chunks(2, 10_000_000) == [slice(0, 1), slice(1, 2)]


def test_threads_and_processes_know_how_many_they_are() -> None:
    with ThreadPoolExecutor(3) as threads:
        assert (at_once(None), at_once(threads), at_once(threads, 7)) == (1, 3, 7)


def test_no_more_than_two_pieces_for_each_worker_are_out_at_a_time() -> None:
    hand = Hand()
    for _ in walk(lambda piece: piece, range(50), hand, workers=3):
        hand.taken += 1
    assert hand.submitted == 50
    assert hand.most == 6


def test_what_nobody_has_begun_is_withdrawn_when_it_stops() -> None:
    slow, seen = Slow(), list[int]()
    for number, _ in walk(lambda piece: piece, range(50), slow, 2, stopped=lambda: bool(seen)):
        seen.append(number)
    assert seen == [0]
    assert [future.cancelled() for future in slow.futures] == [False, True, True, True]


def test_an_error_in_one_piece_withdraws_the_others() -> None:
    slow = Slow()
    with pytest.raises(ZeroDivisionError):
        list(walk(lambda piece: piece // 0, range(50), slow, 2))
    assert [future.cancelled() for future in slow.futures] == [False, True, True, True]


def test_memory_holds_what_is_saved_and_little_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cstools.engine.chunks._NUMBERS", 100_000)  # a chunk is 0.8 MB
    model = sir()
    model.ensemble({"contacts": CONTACTS})  # what is imported and compiled once is not counted
    contacts = np.linspace(0.05, 0.9, 4000)
    with ThreadPoolExecutor(2) as threads:
        tracemalloc.start()
        runs = model.ensemble({"contacts": contacts}, executor=threads, save=["infectious"])
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    saved = runs["infectious"].nbytes
    assert saved == 4000 * 401 * 8
    # Two chunks out for each of two workers, and one more being put in its place: at most 4 MB.
    assert peak < saved + 6_000_000


def test_a_program_that_is_sent_is_compiled_once_by_each_worker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cstools.engine.chunks._NUMBERS", 4000)
    many_runs._compiled.cache_clear()
    with ThreadPoolExecutor(1) as thread:
        sir().ensemble({"contacts": CONTACTS}, executor=thread)
    assert many_runs._compiled.cache_info().misses == 1


def test_each_run_may_have_a_seed_of_its_own_or_all_the_same() -> None:
    model = sir()
    model.flow("chance", "uniform(0, 1)", into="infectious")
    same = batch(model, {"contacts": CONTACTS[:1].repeat(3)}, ["infectious"], np.full(3, 7))
    values = np.empty((3, model.clock.rows))
    many_runs.compute(same, many_runs.Kept([("infectious", values)], np.zeros(3, bool)).take)
    np.testing.assert_array_equal(values[0], values[2])
