"""Interruptions against the two branches of Lambert's function."""

from math import e

import numpy as np
import pytest
from scipy.special import lambertw

from cstools.facets.self import interruptions
from tests.facets.teaching_model import TeachingModel

BEST = 10.0  # open things at which most gets done, and the most an hour as well
CALM = {"one burst more": 0}


def levels(load):
    """Return where as much gets done as comes in: to this one it returns, from that it runs."""
    return tuple(float(-lambertw(-load / e, branch).real) for branch in (0, -1))


STABLE, TIPPING = levels(0.7)


class TestInterruptions(TeachingModel):
    model = staticmethod(interruptions)
    # Coming back from near the tip it is slow to leave and then falls by 3.5 things an hour, so
    # a step that errs by a thousandth of the time shows as half a percent of the most at worst.
    halving_dt = 0.005


def test_the_two_levels_are_those_of_lamberts_function():
    assert pytest.approx(0.3745, abs=5e-5) == STABLE  # the published digits
    assert pytest.approx(2.0973, abs=5e-5) == TIPPING
    for level in (STABLE, TIPPING):
        run = interruptions().run({**CALM, "open things": BEST * level})
        # At rest but for rounding, which grows by e^(0.366 · 40), some two million, at the tip.
        np.testing.assert_allclose(run["open things"], BEST * level, rtol=1e-7)


def test_a_hair_below_the_tip_it_recovers_and_a_hair_above_it_collapses():
    below = interruptions().run({**CALM, "open things": BEST * (TIPPING - 0.001)})["open things"]
    above = interruptions().run({**CALM, "open things": BEST * (TIPPING + 0.001)})["open things"]
    # The way back ends at 1.17 an hour, for the more than ten hours that are left: e⁻¹¹ of it.
    assert below[-1] == pytest.approx(BEST * STABLE, abs=1e-3)
    assert (np.diff(below) < 0).all()
    assert (np.diff(above) > 0).all()
    assert above[-1] > 5 * BEST


def test_beyond_the_tip_the_pile_grows_at_last_by_all_that_comes_in():
    run = interruptions().run({**CALM, "open things": 100})
    # Of a hundred things next to none gets done: 10·10·e⁻⁹ is 0.012 an hour.
    assert run["getting done"][0] == pytest.approx(100 * np.exp(-9))
    assert run["open things"][-1] == pytest.approx(100 + 7 * 40, abs=0.1)


def test_the_largest_burst_that_is_cleared_is_what_lies_between_the_levels():
    room = BEST * (TIPPING - STABLE)
    assert room == pytest.approx(17.23, abs=0.005)
    model = interruptions()
    cleared = model.run({"one burst more": room - 0.1, "open things": BEST * STABLE})
    not_cleared = model.run({"one burst more": room + 0.1, "open things": BEST * STABLE})
    # A tenth of a thing decides; thirty hours make e^(0.366 · 30), some 58,000 times as much of it.
    assert cleared["open things"][-1] == pytest.approx(BEST * STABLE, abs=1e-3)
    assert not_cleared["open things"][-1] > 5 * BEST


@pytest.mark.parametrize("load", [0.2, 0.5, 0.9, 0.99])
def test_a_heavier_load_brings_the_levels_together(load):
    stable, tipping = levels(load)
    assert stable < 1 < tipping
    for level in (stable, tipping):
        settings = {**CALM, "things an hour": 10 * load, "open things": BEST * level}
        run = interruptions().run(settings)
        # The lighter the load, the faster rounding grows at the tip: at 0.2 by 0.55 an hour,
        # e^22 in forty hours; so it is looked at for the first ten, e^5.5.
        np.testing.assert_allclose(run["open things"][: 10 * 64], BEST * level, rtol=1e-9)


@pytest.mark.parametrize("start", [0, 5, 10, 30])
def test_beyond_a_full_load_no_desk_holds(start):
    run = interruptions().run({**CALM, "things an hour": 10.5, "open things": start})
    assert (np.diff(run["open things"]) > 0).all()


def test_most_gets_done_with_ten_open():
    run = interruptions().run({**CALM, "open things": 0, "things an hour": 11})
    best = int(np.argmax(run["getting done"]))
    # One step brings at most 11/64 things, over which the top of the curve bends by 0.0015.
    assert run["open things"][best] == pytest.approx(BEST, abs=11 / 64)
    assert run["getting done"][best] == pytest.approx(10, abs=0.002)


def test_a_spur_balances_and_a_crowded_head_reinforces():
    loops = {loop.polarity: loop.variables for loop in interruptions().causal_loops().loops()}
    assert loops["B"] == ("open things", "spur", "getting done")
    assert loops["R"] == ("open things", "clear head", "getting done")
