"""The rates of change of a program, as a function of its states."""

from __future__ import annotations

import numpy as np
import pytest

from cstools import StockFlow
from cstools.engine.rates import draws_lots, rates_of, start_of, watches_the_clock
from cstools.stock_flow.running import given


def rates(model: StockFlow, at: float = 0.0):
    return rates_of(model.program(), model.clock, given(model, {}), at)


@pytest.fixture
def two() -> StockFlow:
    model = StockFlow("two", stop=4, dt=0.5)
    model.stock("a", 3)
    model.stock("b", "a * 2")
    model.flow("f", "a * speed", out_of="a", into="b")
    model.constant("speed", 0.25)
    return model


def test_rates_are_computed_at_many_points_at_once(two: StockFlow) -> None:
    found = rates(two)(np.array([[1.0, 4.0], [0.0, 9.0]]))
    np.testing.assert_array_equal(found, [[-0.25, -1.0], [0.25, 1.0]])


def test_rates_at_the_start_are_what_the_first_step_takes(two: StockFlow) -> None:
    run = two.run()
    begin = np.array([[run["a"][0]], [run["b"][0]]])
    step = [run[name][1] - run[name][0] for name in "ab"]
    np.testing.assert_allclose(rates(two)(begin)[:, 0] * two.dt, step, rtol=1e-12)


def test_a_smooth_is_a_state_and_a_fixed_delay_lets_out_what_goes_in() -> None:
    model = StockFlow("late", stop=10)
    model.stock("s", 1)
    model.flow("in", "smooth1(s, 4) - delay(s, 3, 99) - previous(s, 77)", into="s")
    found = rates(model)
    assert len(found.states) == 2
    # At s = 5 and a smooth of 8: 8 − 5 − 5, and the smooth closes a quarter of its gap.
    np.testing.assert_allclose(found(np.array([[5.0], [8.0]]))[:, 0], [-2, -0.75])


def test_what_is_kept_from_the_start_stays() -> None:
    model = StockFlow("kept", stop=10)
    model.stock("s", 6)
    model.flow("in", "init(s) - s", into="s")
    np.testing.assert_array_equal(rates(model)(np.array([[6.0, 1.0]])), [[0.0, 5.0]])


def test_first_values_are_in_order(two: StockFlow) -> None:
    begin = start_of(two.program(), two.clock, given(two, {}))
    assert (begin["a"], begin["b"]) == (3, 6)


def test_an_instant_is_meant_where_the_clock_is_watched() -> None:
    model = StockFlow("stepping", stop=10)
    model.stock("s", 0)
    model.flow("in", "step(3, 5)", into="s")
    assert watches_the_clock(model.program())
    assert (rates(model, 0)(np.zeros((1, 1))), rates(model, 9)(np.zeros((1, 1)))) == (0, 3)


def test_a_model_that_draws_is_known(two: StockFlow) -> None:
    assert not draws_lots(two.program())
    assert not watches_the_clock(two.program())
    two.flow("luck", "uniform(0, 1)", into="a")
    assert draws_lots(two.program())
