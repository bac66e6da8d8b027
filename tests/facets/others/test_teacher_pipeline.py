"""The teacher pipeline against the levels at which as many come as go."""

from math import e, exp

import numpy as np
import pytest

from cstools.facets.others import teacher_pipeline
from tests.facets.teaching_model import TeachingModel

HIRES, EXPERIENCED_AFTER, EARLY, LATER = 120, 5, 0.12, 0.06
GOING = 1 / EXPERIENCED_AFTER + EARLY


class TestTeacherPipeline(TeachingModel):
    model = staticmethod(teacher_pipeline)
    # It begins at rest and stays there; from elsewhere see the curve below.
    halving_dt = 1e-12


def test_each_group_settles_where_as_many_come_as_go():
    run = teacher_pipeline().run({"newcomers": 700, "experienced": 700})
    assert settled({}) == pytest.approx((375, 1250))  # the published numbers
    # After 40 years e^(-0.32·40) of the newcomers' way of 325 is left, and of the experienced
    # e^(-0.06·40) of a way that the wave of 325 newcomers made no longer than 550.
    assert run["newcomers"][-1] == pytest.approx(375, abs=325 * exp(-GOING * 40))
    assert run["experienced"][-1] == pytest.approx(1250, abs=550 * exp(-LATER * 40))


def test_at_rest_it_stays():
    run = teacher_pipeline().run()
    np.testing.assert_allclose(run["newcomers"], 375, rtol=1e-9)  # rounding only
    np.testing.assert_allclose(run["experienced"], 1250, rtol=1e-9)


def test_the_newcomers_follow_the_curve_on_paper():
    run = teacher_pipeline().run({"newcomers": 700})
    on_paper = 375 + 325 * np.exp(-GOING * run.time)
    # Euler errs on e^(-kt) by at most k·dt/(2e) of its height, and a little of the second order:
    # 1 + k·dt covers it.
    atol = 325 * GOING / 16 / (2 * e) * (1 + GOING / 16)
    np.testing.assert_allclose(run["newcomers"], on_paper, rtol=0, atol=atol)


def test_five_in_eight_newcomers_ever_become_experienced():
    run = teacher_pipeline().run()
    share = run["becoming experienced"][-1] / run["hiring"][-1]
    assert share == pytest.approx(1 / EXPERIENCED_AFTER / GOING)
    assert share == pytest.approx(0.625)


def test_everybody_hired_is_somewhere_or_has_left():
    run = teacher_pipeline().run({"newcomers": 700, "hires a year": 200})
    left = run["leaving early"] + run["leaving later"]
    change = np.diff(run["newcomers"] + run["experienced"])
    came_and_went = (run["hiring"] - left)[:-1] / 16
    # What comes and goes in a step is what the step adds; thousands of people, to rounding.
    np.testing.assert_allclose(change, came_and_went, rtol=0, atol=1e-9)


def settled(settings):
    """Return both groups on paper, where as many come as go."""
    hires, early = settings.get("hires a year", HIRES), settings.get("newcomers leave", EARLY)
    newcomers = hires / (1 / EXPERIENCED_AFTER + early)
    later = settings.get("experienced leave", LATER)
    return newcomers, newcomers / EXPERIENCED_AFTER / later


MORE_HIRED = {"hires a year": 150}
FEWER_LEAVE = {"newcomers leave": 0.09, "experienced leave": 0.045}


@pytest.mark.parametrize("settings", [MORE_HIRED, FEWER_LEAVE])
def test_other_rates_settle_where_paper_says(settings):
    newcomers, experienced = settled(settings)
    run = teacher_pipeline().run(settings)
    # The way of the experienced is at most 700 long; the slowest of it goes at 0.045 a year.
    assert run["newcomers"][-1] == pytest.approx(newcomers, abs=100 * exp(-0.29 * 40))
    assert run["experienced"][-1] == pytest.approx(experienced, abs=700 * exp(-0.045 * 40))


def test_thirty_more_hired_and_thirty_fewer_leaving_part_ways():
    # A quarter of 120 hired, and a quarter of 45 + 75 who leave: both begin with thirty a year.
    more, fewer = (teacher_pipeline().run(each) for each in (MORE_HIRED, FEWER_LEAVE))
    for run in (more, fewer):
        first = run["hiring"][0] - run["leaving early"][0] - run["leaving later"][0]
        assert first == pytest.approx(30)
    assert more["newcomers"][-1] > fewer["newcomers"][-1]
    assert fewer["experienced"][-1] > more["experienced"][-1]
    assert sum(settled(MORE_HIRED)) == pytest.approx(1.25 * 1625)
    assert sum(settled(FEWER_LEAVE)) > 1.25 * 1625


def test_nothing_comes_back_round_but_what_empties_itself():
    loops = teacher_pipeline().causal_loops().loops()
    assert [loop.polarity for loop in loops] == ["B", "B", "B"]
