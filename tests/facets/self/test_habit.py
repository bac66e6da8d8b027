"""Both habit models against the curve and the numbers of the study."""

from math import e, exp, log

import numpy as np
import pytest

from cstools.facets.self import habit, habit_with_missed_days
from tests.facets.teaching_model import TeachingModel

K = log(20) / 66
# Euler's step is ahead of 1 - e^(-kt) by k·dt/(2e) of its height at most, 0.10 points of 100, and
# by terms of the next order, k·dt of that.
AHEAD = 100 * K / 8 / (2 * e) * (1 + K / 8)

SHARE, DAYS = 1 - exp(-K), np.arange(271)


class TestHabit(TeachingModel):
    model = staticmethod(habit)
    # Halving dt removes half of what Euler is ahead.
    halving_dt = AHEAD / 100 / 2


class TestHabitWithMissedDays(TeachingModel):
    model = staticmethod(habit_with_missed_days)
    # A step is meant to be a day. Two of half a day, each with half a day's share, make this much
    # less of the curve at most, which is 0.42 %, as a share of where the curve ends.
    halving_dt = float(np.max((1 - SHARE / 2) ** (2 * DAYS) - (1 - SHARE) ** DAYS)) * (1 + 1e-5)


def on_day(run, day):
    return float(run["automaticity"][np.searchsorted(run.time, day)])


def arrival(run):
    """Return the first day on which 95 points are reached; rounding may be in the way."""
    return run.time[np.argmax(run["automaticity"] >= 95 - 1e-9)]


def test_the_median_person_is_there_on_day_66():
    assert pytest.approx(0.04539, abs=5e-6) == K  # the published digits
    assert on_day(habit().run(), 66) == pytest.approx(95, abs=AHEAD)
    assert on_day(habit_with_missed_days().run({"missed days": 0}), 66) == pytest.approx(95)


def test_after_three_weeks_the_median_person_is_not_there():
    assert pytest.approx(61.4, abs=0.05) == 100 * (1 - exp(-21 * K))  # the published digits
    assert on_day(habit().run(), 21) == pytest.approx(61.4, abs=0.05 + AHEAD)
    daily = habit_with_missed_days().run({"missed days": 0})
    assert on_day(daily, 21) == pytest.approx(61.4, abs=0.05)


@pytest.mark.parametrize("days", [18, 66, 254])
def test_the_time_that_is_said_is_the_time_to_95_percent(days):
    run = habit().run({"days to 95 percent": days})
    allowed = 100 * log(20) / days / 8 / (2 * e)
    assert on_day(run, days) == pytest.approx(95, abs=allowed)


@pytest.mark.parametrize("most", [60, 100])
def test_it_levels_off_at_the_most(most):
    # After 270 days e^(-k·270) of it is left, five in a million.
    assert habit().run({"most": most})["automaticity"][-1] == pytest.approx(most, rel=1e-5)


def test_day_by_day_it_meets_the_smooth_curve_at_the_end_of_each_day():
    daily = habit_with_missed_days().run({"missed days": 0})
    # Only rounding lies between them.
    np.testing.assert_allclose(
        daily["automaticity"], 100 * (1 - np.exp(-K * daily.time)), atol=1e-10
    )


@pytest.mark.parametrize("first", [0, 1, 20, 60])
@pytest.mark.parametrize("missed", [1, 2, 7])
def test_each_missed_day_delays_the_arrival_by_one_day(first, missed):
    run = habit_with_missed_days().run({"first missed day": first, "missed days": missed})
    assert arrival(run) == 66 + missed


def test_days_missed_after_the_arrival_delay_nothing():
    run = habit_with_missed_days().run({"first missed day": 66, "missed days": 7})
    assert arrival(run) == 66


def test_on_a_missed_day_nothing_grows_and_nothing_is_lost():
    run = habit_with_missed_days().run({"first missed day": 20, "missed days": 3})
    steps = np.diff(run["automaticity"])
    assert np.flatnonzero(steps == 0).tolist() == [20, 21, 22]
    assert (steps >= 0).all()


def test_what_has_grown_leaves_less_to_grow():
    for model in (habit(), habit_with_missed_days()):
        loops = model.causal_loops().loops()
        assert [loop.polarity for loop in loops] == ["B"]
