"""Fitness and fatigue against two exponentials."""

from math import e, exp, log

import numpy as np
import pytest

from cstools.facets.self import fitness_fatigue
from tests.facets.teaching_model import TeachingModel

LASTS, PASSES, WEIGHT = 45.0, 15.0, 2.0
SPREAD = LASTS * PASSES / (LASTS - PASSES)  # 22.5 days


def euler_error(time, height):
    """Return by how much Euler's step of 1/16 day can miss an exponential of that height."""
    return height / 16 / time / (2 * e)


# Of form: what fitness misses, and twice what fatigue does.
MISS = euler_error(LASTS, LASTS) + WEIGHT * euler_error(PASSES, PASSES)


class TestFitnessFatigue(TeachingModel):
    model = staticmethod(fitness_fatigue)
    # Halving dt removes half of Euler's error, which is largest in fatigue, the faster of the two;
    # the next order adds a hundredth of that.
    halving_dt = euler_error(PASSES, 1) / 2 * 1.01


def test_steady_training_levels_off_at_what_fitness_leaves_beyond_fatigue():
    run = fitness_fatigue().run({"rest from": 240})
    # After 240 days e^(-240/45), half a percent, of the way of fitness is left, and none of
    # fatigue's.
    expected = LASTS * (1 - exp(-240 / LASTS)) - WEIGHT * PASSES
    assert run["form"][-1] == pytest.approx(expected, abs=MISS)


def test_after_a_stop_form_rises_for_two_weeks_before_it_falls():
    run = fitness_fatigue().run({"fitness": LASTS, "fatigue": PASSES})
    before, best = run["form"][0], int(np.argmax(run["form"]))
    assert before == pytest.approx(15)  # it begins where steady training levels off, and stays
    peak = SPREAD * log(2)
    assert peak == pytest.approx(15.6, abs=0.005)  # as the text has it
    # Two Euler steps of different speed: the peak comes a step early or late at most, and a step.
    assert run.time[best] - 180 == pytest.approx(peak, abs=2 / 16)
    highest = LASTS * exp(-peak / LASTS) - WEIGHT * PASSES * exp(-peak / PASSES)
    assert run["form"][best] == pytest.approx(highest, abs=MISS)
    assert highest / 15 == pytest.approx(1.414, abs=0.001)


def test_form_first_falls_and_then_rises_above_where_it_began():
    run = fitness_fatigue().run({"rest from": 10})
    form = run["form"]
    lowest = int(np.argmin(form))
    assert form[lowest] < 0
    assert run.time[lowest] <= 10
    # Ten days' training is forgotten as one dose would be, counted from each of its days.
    crossing = run.time[lowest + int(np.argmax(form[lowest:] > 0))]
    fit, tired = LASTS * (exp(10 / LASTS) - 1), WEIGHT * PASSES * (exp(10 / PASSES) - 1)
    assert crossing == pytest.approx(SPREAD * log(tired / fit), abs=2 / 16)


def test_twice_the_training_does_twice_as_much():
    one, two = (fitness_fatigue().run({"training a day": amount}) for amount in (1, 2))
    np.testing.assert_allclose(two["form"], 2 * one["form"], rtol=1e-9, atol=1e-12)
