"""A programme that grows: levels on paper, nobody lost on the way, and the price of each rule."""

import numpy as np
import pytest

from cstools.facets.others import programme_growth
from tests.facets.teaching_model import TeachingModel

NO_WORD = {"asking at each site": 0}
THREE = {"most for each mentor": 3}


class TestProgrammeGrowth(TeachingModel):
    model = staticmethod(programme_growth)
    # Euler's error on a growth of a tenth a year; the fastest way back has a time constant of
    # half a year, of which 1/32 of a year is a sixteenth.
    halving_dt = 0.005


def test_without_a_word_from_the_sites_it_settles_where_paper_says():
    certified = 24 / (0.04 + 0.25)
    mentors = 0.04 * certified * 5
    run = programme_growth().run(NO_WORD)
    assert (certified, mentors) == pytest.approx((82.76, 16.55), abs=0.005)
    np.testing.assert_allclose(run["participants"], 30, rtol=1e-9)  # at rest from the beginning
    np.testing.assert_allclose(run["certifying"], 24, rtol=1e-9)
    # After 30 years e^(-6) of the way of the mentors is left, and less of the certified's; the
    # way is 0.55 long, and the certified, who lag 2.76 behind, lengthen it by no more than that.
    assert run["certified"][-1] == pytest.approx(certified, abs=2.76 * np.exp(-0.29 * 30))
    assert run["mentors"][-1] == pytest.approx(mentors, abs=3.3 * np.exp(-6))


@pytest.mark.parametrize("settings", [{}, THREE, {"carried by a mentor": 2}])
def test_whoever_asked_is_somewhere_or_has_left(settings):
    run = programme_growth().run(settings)
    inside = sum(run[name] for name in ("applicants", "participants", "certified", "mentors"))
    left = sum(run[name] for name in ("giving up", "ending without", "losing touch", "stopping"))
    # What comes and goes in a step is what the step adds; hundreds of people, to rounding.
    np.testing.assert_allclose(np.diff(inside), (run["asking"] - left)[:-1] / 32, atol=1e-9)


def test_an_open_door_outruns_the_mentors_and_stays_there():
    run = programme_growth().run()
    assert run["accompanied"][0] == 1
    assert run["accompanied"][-1] == pytest.approx(0.66, abs=0.005)  # the published numbers
    assert run["participants"][-1] == pytest.approx(87, abs=0.5)
    after = run.time > 5
    assert np.all(run["accompanied"][after] < 0.7)


def test_three_for_each_mentor_leave_nobody_without_one():
    run = programme_growth().run(THREE)
    np.testing.assert_allclose(run["accompanied"], 1)
    assert run["participants"][-1] == pytest.approx(231, abs=0.5)  # the published number


def test_the_rule_is_behind_for_ten_years_and_ahead_from_then_on():
    with_rule, without = programme_growth().run(THREE), programme_growth().run()
    ahead = with_rule["participants"] > without["participants"]
    since = with_rule.time[ahead][0]
    assert np.all(ahead[with_rule.time > since])
    assert since == pytest.approx(10, abs=0.25)
    assert np.all(with_rule["applicants"][1:] >= without["applicants"][1:])


def test_growth_feeds_itself_and_its_mentors_hold_it():
    found = programme_growth().causal_loops().loops()
    assert {loop.polarity for loop in found} == {"R", "B"}
    through = [loop for loop in found if {"sites", "asking"} <= set(loop.variables)]
    assert "R" in {loop.polarity for loop in through}
