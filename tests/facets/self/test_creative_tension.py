"""Creative tension against what follows from its equations on paper."""

from math import e, exp, log

import pytest

from cstools.facets.self import creative_tension
from tests.facets.teaching_model import TeachingModel

MOVE, SLIP, REALITY, VISION = 6.0, 18.0, 20.0, 100.0
SPEED = 1 / MOVE + 1 / SLIP
MEETING = (MOVE * REALITY + SLIP * VISION) / (MOVE + SLIP)
HALF_LIFE = log(2) / SPEED
# What is left of the gap at the end of the run: 80·e⁻⁸ is 0.027 days.
LEFT_AT_THE_END = (VISION - REALITY) * exp(-SPEED * 36)


def half_life(run):
    return run.time[run["gap"] <= run["gap"][0] / 2][0]


class TestCreativeTension(TeachingModel):
    model = staticmethod(creative_tension)
    # Euler errs on e^(-kt) by at most k·dt/(2e) of its height; halving dt removes half of that.
    halving_dt = SPEED / 128 / (4 * e)


def test_reality_and_vision_meet_where_the_two_times_say():
    run = creative_tension().run()
    assert pytest.approx(80) == MEETING  # as published with the model
    # They have not met quite: reality is its share of the last gap below, the vision above. The
    # factor two is for Euler's own error of a small remainder; it stays below 0.06 days.
    assert run["reality"][-1] == pytest.approx(MEETING, abs=2 * LEFT_AT_THE_END)
    assert run["vision"][-1] == pytest.approx(MEETING, abs=2 * LEFT_AT_THE_END)


def test_the_weighted_sum_of_vision_and_reality_never_changes():
    run = creative_tension().run()
    # Euler keeps linear sums; only rounding is left, far below 1e-9 after 4,608 steps.
    assert MOVE * run["reality"] + SLIP * run["vision"] == pytest.approx(1920, rel=1e-9)


def test_the_gap_halves_in_about_three_months():
    assert pytest.approx(3.119, abs=5e-4) == HALF_LIFE  # the published digits
    # Euler's half-life is shorter by k·dt/2 of itself (0.09 %), and a row comes every 1/128 month.
    run = creative_tension().run()
    allowed = HALF_LIFE * SPEED / 256 + 1 / 128
    assert half_life(run) == pytest.approx(HALF_LIFE, abs=allowed)


def test_the_gap_closes_as_fast_when_it_is_wider():
    narrow, wide = creative_tension().run(), creative_tension().run({"vision": 180})
    assert half_life(wide) == half_life(narrow)


def test_a_vision_that_is_held_is_reached():
    run = creative_tension().run({"time for the vision to slip": 1e9})
    # Reality alone closes the gap now: 80·e⁻⁶ of it, 0.198 days, is left after 36 months.
    left = (VISION - REALITY) * exp(-36 / MOVE)
    assert run["vision"][-1] == pytest.approx(VISION, abs=1e-5)  # 80 · 36 months / 1e9 is 3e-6
    assert VISION - left * 1.01 < run["reality"][-1] < VISION


def test_a_vision_that_slips_at_once_takes_reality_nowhere():
    run = creative_tension().run({"time for the vision to slip": 0.05})
    # (6·20 + 0.05·100) / 6.05 is 20.66.
    assert run["reality"][-1] == pytest.approx((MOVE * 20 + 0.05 * 100) / 6.05, abs=1e-6)


def test_its_map_has_two_balancing_loops_around_the_same_gap():
    loops = creative_tension().causal_loops().loops()
    assert [loop.polarity for loop in loops] == ["B", "B"]
    assert all("gap" in loop.variables for loop in loops)
