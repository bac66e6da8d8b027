"""Flows that may not run backwards, or take a stock below zero."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cstools import StockFlow


@pytest.fixture
def tank() -> StockFlow:
    model = StockFlow("tank", stop=4)
    model.stock("water", 5, non_negative=True)
    return model


def test_an_outflow_takes_no_more_than_there_is_and_comes_in(tank: StockFlow) -> None:
    tank.flow("rain", 1, into="water")
    tank.flow("drain", 4, out_of="water")
    run = tank.run()
    assert list(run["water"]) == [5, 2, 0, 0, 0]
    assert list(run["drain"]) == [4, 3, 1, 1, 1]


def test_an_inflow_that_runs_backwards_takes_no_more_than_there_is(tank: StockFlow) -> None:
    tank.flow("tide", -3, into="water")
    run = tank.run()
    assert list(run["water"]) == [5, 2, 0, 0, 0]
    assert list(run["tide"]) == [-3, -2, 0, 0, 0]


def test_two_inflows_that_run_backwards_share_what_there_is(tank: StockFlow) -> None:
    tank.flow("first", -3, into="water")
    tank.flow("second", -3, into="water")
    run = tank.run()
    assert (run["first"][0], run["second"][0]) == (-3, -2)
    assert list(run["water"]) == [5, 0, 0, 0, 0]


def test_a_flow_between_two_stocks_empties_neither_whichever_way_it_runs() -> None:
    model = StockFlow("pair", stop=10)
    model.stock("left", 3, non_negative=True)
    model.stock("right", 3, non_negative=True)
    model.flow("across", "2 - time", out_of="left", into="right")
    run = model.run()
    np.testing.assert_array_equal(run["left"] + run["right"], 6)
    assert run["left"].min() == 0 <= run["right"].min()


def test_a_ring_of_stocks_runs_and_what_arrives_waits_a_step() -> None:
    model = StockFlow("ring", stop=3)
    for name, first in (("a", 6), ("b", 0), ("c", 0)):
        model.stock(name, first, non_negative=True)
    for out_of, into in (("a", "b"), ("b", "c"), ("c", "a")):
        model.flow(f"{out_of} to {into}", 6, out_of=out_of, into=into)
    run = model.run()
    np.testing.assert_array_equal(run["a"] + run["b"] + run["c"], 6)
    assert min(run[name].min() for name in "abc") == 0


def test_an_inflow_that_follows_an_outflow_is_no_circle(tank: StockFlow) -> None:
    tank.flow("drain", 4, out_of="water")
    tank.flow("returned", "drain / 2", into="water")
    assert list(tank.run()["water"]) == [5, 3, 1.5, 0.75, 0.375]


some_flow = st.tuples(st.integers(-9, 9), st.integers(-1, 3), st.integers(-1, 3))


@settings(max_examples=60)
@example(flows=[(0, 1, 0), (-3, 0, 1)], first=2)  # a ring that runs backwards on one side
@given(flows=st.lists(some_flow, min_size=1, max_size=7), first=st.integers(0, 9))
def test_nothing_is_ever_below_zero_and_nothing_is_made(
    flows: list[tuple[int, int, int]], first: int
) -> None:
    model = StockFlow("any", stop=6, dt=0.5)
    for number in range(4):
        model.stock(f"s{number}", first, non_negative=True)
    kept = [(rate, a, b) for rate, a, b in flows if a != b]
    for number, (rate, out_of, into) in enumerate(kept):
        ends = {"out_of": out_of, "into": into}
        named = {word: f"s{end}" for word, end in ends.items() if end >= 0}
        model.flow(f"f{number}", f"{rate} + time", **named)  # type: ignore[arg-type]
    run = model.run()
    # Halves and small whole numbers are exact; a rest of a division by dt = 0.5 is as well.
    assert min(run[f"s{number}"].min() for number in range(4)) >= 0
    net = sum(
        (run[f"f{n}"][:-1].sum() * 0.5 * ((b >= 0) - (a >= 0)) for n, (_, a, b) in enumerate(kept)),
        0.0,
    )
    grown = sum(run[f"s{number}"][-1] - first for number in range(4))
    assert grown == pytest.approx(net, abs=1e-12)
