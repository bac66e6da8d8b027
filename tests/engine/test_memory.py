"""Delays, smooths, trends and draws: what equations remember, held to what can be worked out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cstools import CstoolsError, StockFlow
from cstools.engine.integrate import METHODS


def with_auxiliary(equation: str, stop: float = 20, dt: float = 0.5) -> StockFlow:
    model = StockFlow("memory", stop=stop, dt=dt)
    model.auxiliary("input", "step(10, 2)")
    model.auxiliary("output", equation)
    return model


def output(equation: str, stop: float = 20, dt: float = 0.5, seed: int = 0) -> np.ndarray:
    return with_auxiliary(equation, stop, dt).run(seed=seed)["output"]


def test_a_smooth_closes_its_share_of_the_gap_each_step() -> None:
    steps = np.maximum(np.arange(41) - 4, 0)
    by_hand = 10 * (1 - (1 - 0.5 / 4) ** steps)
    np.testing.assert_allclose(output("smooth1(input, 4)"), by_hand, rtol=1e-12)


def test_a_smooth_in_three_stages_is_three_smooths() -> None:
    nested = output("smooth1(smooth1(smooth1(input, 2), 2), 2)")
    np.testing.assert_allclose(output("smooth3(input, 6)"), nested, rtol=1e-12)
    np.testing.assert_allclose(output("smoothn(input, 6, 3)"), nested, rtol=1e-12)


@pytest.mark.parametrize("delay", ["delay1(input, 4)", "delay3(input, 4)", "delayn(input, 4, 5)"])
def test_what_goes_into_a_delay_comes_out_of_it(delay: str) -> None:
    model = StockFlow("pipe", stop=200, dt=0.25)
    model.auxiliary("input", "step(3, 1) - step(3, 5)")
    model.stock("gone in", 0)
    model.flow("entering", "input", into="gone in")
    model.stock("come out", 0)
    model.flow("leaving", delay, into="come out")
    run = model.run()
    # After 200 units of time the delay is empty to one part in exp(-195 / 4).
    assert run["come out"][-1] == pytest.approx(run["gone in"][-1], rel=1e-12)
    assert run["come out"][30] < run["gone in"][30]


@pytest.mark.parametrize(
    ("time", "steps"), [(2.0, 4), (0.5, 1), (0.6, 1), (1.25, 3), (0.0, 1)], ids=str
)
def test_a_fixed_delay_is_exact_to_the_step(time: float, steps: int) -> None:
    # Vensim takes the nearest number of steps, a half upwards, and at least one.
    late = output(f"delay(time, {time}, -1)")
    assert list(late[:steps]) == [-1] * steps
    np.testing.assert_array_equal(late[steps:], 0.5 * np.arange(41 - steps))


def test_a_fixed_delay_may_differ_between_runs_of_an_ensemble() -> None:
    model = StockFlow("pipes", stop=6)
    model.stock("heap", 0)
    model.flow("arriving", "delay(time, wait, 0)", into="heap")
    model.constant("wait", 1)
    together = model.ensemble({"wait": [1.0, 3.0, 2.0]})["heap"]
    for run, wait in zip(together, (1, 3, 2), strict=True):
        np.testing.assert_array_equal(run, model.run({"wait": wait})["heap"])


def test_a_steady_growth_is_the_trend_that_is_found() -> None:
    # The average of exp(g t) over T settles at exp(g t) / (1 + g T), so the trend settles at g.
    trend = output("trend(exp(0.05 * time), 5)", stop=100, dt=1 / 64)
    assert trend[-1] == pytest.approx(0.05, rel=1e-3)  # Euler's error at this step
    ahead = output("forecast(exp(0.05 * time), 5, 8)", stop=100, dt=1 / 64)
    assert ahead[-1] == pytest.approx(math.exp(5) * (1 + 0.05 * 8), rel=1e-3)


def test_the_value_before_and_the_value_at_the_start_are_kept() -> None:
    np.testing.assert_array_equal(output("previous(time, -5)")[:3], [-5, 0, 0.5])
    assert set(output("init(time + 3)")) == {3.0}


def test_a_sample_stays_until_the_condition_holds_again() -> None:
    sampled = output("sample_if_true(time mod 3 = 0, time, -1)", dt=1)
    np.testing.assert_array_equal(sampled[:8], [0, 0, 0, 3, 3, 3, 6, 6])


def test_a_circle_may_begin_from_a_value_of_its_own() -> None:
    model = StockFlow("hen and egg", stop=3)
    model.stock("hens", "eggs * 2")
    model.flow("hatching", "eggs", into="hens")
    model.auxiliary("eggs", "active_initial(hens / 4, 3)")
    np.testing.assert_allclose(model.run()["hens"], [6, 7.5, 9.375, 11.71875])


@pytest.mark.parametrize("method", METHODS)
def test_a_memory_runs_by_every_method(method: str) -> None:
    model = with_auxiliary("smooth3(input, 4) + delay(input, 1) + previous(input, 0)")
    run = model.run(method=method)
    assert run["output"][-1] == pytest.approx(30, abs=0.05)


def test_the_number_of_stages_is_a_plain_number() -> None:
    with pytest.raises(CstoolsError) as found:
        output("smoothn(input, 4, input)")
    assert str(found.value) == (
        "'output': the number of stages of a delay or a smooth is a plain whole number "
        "from 1 to 200"
    )


@pytest.mark.parametrize(
    ("draw", "mean", "spread"),
    [
        ("uniform(2, 6)", 4.0, 4 / math.sqrt(12)),
        ("normal(5, 2)", 5.0, 2.0),
        ("lognormal(10, 3)", 10.0, 3.0),
        ("exponential(3)", 3.0, 3.0),
        ("poisson(4)", 4.0, 2.0),
    ],
)
def test_draws_have_their_mean_and_their_spread(draw: str, mean: float, spread: float) -> None:
    drawn = output(draw, stop=20_000, dt=1)
    # Five standard errors of the mean, and of the spread with a kurtosis of at most 9.
    assert drawn.mean() == pytest.approx(mean, abs=5 * spread / math.sqrt(20_000))
    assert drawn.std() == pytest.approx(spread, abs=5 * spread * math.sqrt(8 / 4 / 20_000))


def test_the_same_seed_draws_the_same_and_another_draws_otherwise() -> None:
    np.testing.assert_array_equal(output("normal(0, 1)", seed=7), output("normal(0, 1)", seed=7))
    assert (output("uniform(0, 1)", seed=7) != output("uniform(0, 1)", seed=8)).all()


def test_two_draws_in_one_model_are_two() -> None:
    assert (output("uniform(0, 1) - uniform(0, 1)") != 0).all()


def test_neighbouring_steps_and_seeds_know_nothing_of_each_other() -> None:
    drawn = np.array([output("uniform(0, 1)", stop=2000, dt=1, seed=s) for s in range(3)])
    for one, other in ((drawn[0, 1:], drawn[0, :-1]), (drawn[0], drawn[1]), (drawn[1], drawn[2])):
        # Five standard errors of a correlation of 2,000 independent pairs.
        assert abs(np.corrcoef(one, other)[0, 1]) < 5 / math.sqrt(2000)


def test_a_run_of_an_ensemble_draws_as_it_would_alone() -> None:
    model = StockFlow("walk", stop=50)
    model.stock("place", 0)
    model.flow("stepping", "normal(drift, 1)", into="place")
    model.constant("drift", 0)
    together = model.ensemble({"drift": [0.0, 0.0, 1.0]}, seed=40)["place"]
    for number, drift in enumerate((0, 0, 1)):
        alone = model.run({"drift": drift}, seed=40 + number)
        # sin, cos and log of the two libraries may differ by an ulp.
        np.testing.assert_allclose(together[number], alone["place"], rtol=1e-12, atol=1e-12)


def test_a_link_through_a_delay_is_marked_and_signed() -> None:
    model = StockFlow("tired", stop=10)
    model.stock("tiredness", 0)
    model.flow("tiring", "delay3(overtime, 4)", into="tiredness")
    model.auxiliary("overtime", "max(0, 10 - tiredness)")
    link = next(link for link in model.causal_loops().links if link.cause == "overtime")
    assert (link.polarity, link.delayed) == ("+", True)


FIRST_VALUES = {
    "delay(pond, 3)": 4,
    "delay(delay(pond, 3, 7), 3)": 7,
    "smooth1(pond * 2, 3)": 8,
    "delay3(pond, 3, 5)": 5,
    "previous(pond, 9)": 9,
    "init(pond)": 4,
    "trend(pond, 3, 0.5)": 0.5,
}


@pytest.mark.parametrize("text", FIRST_VALUES)
@pytest.mark.parametrize("engine", ["cstools", "fast"])
def test_a_first_value_may_come_out_of_a_memory(text: str, engine: str) -> None:
    model = StockFlow("pond", stop=3)
    model.stock("pond", 4)
    model.stock("fish", text)
    model.constant("unused", 1)
    # All but the trend are exact; that one divides twice, and rounds each time.
    assert model.run(engine=engine)["fish"][0] == pytest.approx(FIRST_VALUES[text], rel=1e-15)
    many = model.ensemble({"unused": [1.0]}, save=["fish"])
    assert many["fish"].values[0, 0] == pytest.approx(FIRST_VALUES[text], rel=1e-15)
