"""Success to the successful against quadrature, fixed points and the edges they give."""

from math import log, sqrt

import numpy as np
import pytest
from scipy.integrate import quad

from cstools.facets.others import success_to_the_successful
from cstools.stock_flow.parts import Constant
from tests.facets.teaching_model import TeachingModel

SHARE, WEIGHT, GIFT = "morning hours", "weight of a lead", "gift of the afternoon"
PACE = 0.25


def velocity(x, power=1.5):
    """The right-hand side of the curriculum's equation, without its rate."""
    return x**power / (x**power + (1 - x) ** power) - x


class TestSuccessToTheSuccessful(TeachingModel):
    model = staticmethod(success_to_the_successful)
    # The method of Runge and Kutta errs by less than (k·dt)⁵/120 a step of 1/16 week, with k up to
    # 0.25·1.5: 6e-11, in 784 steps 5e-8, and again as much room for the growth of early errors.
    halving_dt = 1e-7

    def test_halving_dt_changes_little_with_euler_too(self):
        run, rough = self.model().run(), self.model().run(method="euler")
        # Euler is late by a share k·dt/2 of each e-fold, 0.4 % of some 6 e-folds, at a slope of at
        # most an eighth a e-fold.
        assert np.max(np.abs(run[SHARE] - rough[SHARE])) < 0.01


def test_from_52_in_100_it_comes_to_the_published_digits():
    # An independent way to the same number: how long x takes from one value to another is the
    # integral of dx / x'. 0.9986 to four digits is anything from 0.99855 to 0.99865.
    low, high = (quad(lambda x: 1 / velocity(x), 0.52, end)[0] for end in (0.99855, 0.99865))
    model = success_to_the_successful()
    assert low < PACE * model.stop < high
    assert model.run()[SHARE][-1] == pytest.approx(0.9986, abs=5e-5)


def test_the_moments_on_the_way_are_those_of_the_integral():
    run = success_to_the_successful().run()
    for share in (0.6, 0.75, 0.9, 0.99):
        week = quad(lambda x: 1 / velocity(x), 0.52, share)[0] / PACE
        assert np.interp(week, run.time, run[SHARE]) == pytest.approx(share, abs=1e-4)  # chords


def test_the_half_is_a_tipping_point_when_a_lead_weighs_more_than_its_share():
    model = success_to_the_successful()
    assert model.run({SHARE: 0.5})[SHARE][-1] == pytest.approx(0.5, abs=1e-12)  # rounding
    assert model.run({SHARE: 0.501})[SHARE][-1] > 0.6
    assert model.run({SHARE: 0.499})[SHARE][-1] < 0.4


@pytest.mark.parametrize("start", [0.05, 0.3, 0.52, 0.95])
def test_in_proportion_every_start_stays(start):
    run = success_to_the_successful().run({WEIGHT: 1, SHARE: start})
    np.testing.assert_allclose(run[SHARE], start, rtol=1e-9)  # rounding of sums


@pytest.mark.parametrize("start", [0.05, 0.3, 0.52, 0.95])
def test_below_proportion_the_shares_draw_level(start):
    run = success_to_the_successful().run({WEIGHT: 0.5, SHARE: start})
    # Near the half it shrinks by e^(-0.25·(1 - 0.5)·t), after 49 weeks 2e-3 of at most a half.
    assert run[SHARE][-1] == pytest.approx(0.5, abs=2e-3)


def test_near_the_half_a_lead_grows_at_the_rate_on_paper():
    run = success_to_the_successful().run({SHARE: 0.5 + 1e-6})
    lead = run[SHARE] - 0.5
    rate = log(lead[160] / lead[0]) / run.time[160]  # ten weeks, in which it stays tiny
    assert rate == pytest.approx(PACE * (1.5 - 1), rel=1e-4)  # x' is linear so near the half


@pytest.mark.parametrize("beside", [0.99, 1.01])
def test_a_better_choir_can_lose_to_a_head_start(beside):
    gift = beside * sqrt(52 / 48)  # the tipping point is then where it starts, but for 1 %
    run = success_to_the_successful().run({GIFT: gift})
    assert (run[SHARE][-1] > 0.52) == (beside < 1)


def test_in_proportion_the_better_choir_wins_from_any_start():
    run = success_to_the_successful().run({WEIGHT: 1, GIFT: 1.25, SHARE: 0.95})
    assert (np.diff(run[SHARE]) < 0).all()


@pytest.mark.parametrize(("floor", "level"), [(0.16, False), (0.18, True)])
def test_a_guarantee_of_a_sixth_for_each_takes_the_tipping_point_away(floor, level):
    # The slope at the half is γ·(1 - 2·floor), which is 1 at a floor of a sixth.
    model = success_to_the_successful()
    model.constant("floor", floor, "share")
    earned = "floor + (1 - 2 * floor) * morning success / (morning success + afternoon success)"
    model.auxiliary("earned by the morning", earned, "share")
    model.constant("pace", 20)  # to the end of the story, which is slow near the edge
    assert (abs(model.run()[SHARE][-1] - 0.5) < 0.005) == level


def test_both_reinforcing_loops_of_the_archetype_are_on_its_map():
    loops = success_to_the_successful().causal_loops().loops()
    reinforcing = [set(loop.variables) for loop in loops if loop.polarity == "R"]
    assert len(reinforcing) == 2
    assert [("afternoon success" in names) for names in reinforcing].count(True) == 1


def test_the_pace_is_that_of_the_tests():
    pace = success_to_the_successful()["pace"]
    assert isinstance(pace, Constant)
    assert pace.value == PACE
