"""Modes of behaviour: known curves get their names and numbers, and the others none."""

from __future__ import annotations

import math
import re
from functools import cache

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from cstools import StockFlow, facets
from cstools.errors import DataError
from cstools.plotting.behaviour import recognise

TIME = np.linspace(0, 60, 241)

# One clear example of each mode; time from 0 to 60.
CLEAR = {
    "constant": np.full_like(TIME, 3.0),
    "linear": 3 * TIME,
    "exponential growth": np.exp(TIME / 12),
    "exponential decay": 100 * np.exp(-TIME / 10),
    "goal-seeking": 20 + 70 * np.exp(-TIME / 10),
    "S-shaped": 1000 / (1 + 999 * np.exp(-TIME / 4)),
    "overshoot": 50 * (1 - np.exp(-TIME / 8) * np.cos(TIME / 8)),
    "overshoot and collapse": TIME * np.exp(-TIME / 6),
    "dip and recovery": 50 - 20 * np.exp(-(((TIME - 20) / 5) ** 2)),
    "oscillation": 50 + 20 * np.exp(-TIME / 30) * np.sin(2 * np.pi * TIME / 12),
}
# Curves of which no one mode is true from beginning to end.
NONE = {
    "a parabola, as steadily rising inflows draw it": TIME**2,
    "a root, which levels off towards nothing": np.sqrt(TIME),
    "a logarithm": np.log(1 + TIME),
    "a fall to nothing, and another after it": np.where(
        TIME < 20, 100 * np.exp(-TIME / 4) * (TIME < 18), 40 * np.exp((20 - TIME) / 3)
    ),
    "a step": np.where(TIME >= 30, 10.0, 0.0),
    "a wait and then a climb": np.maximum(TIME - 30, 0),
    "a fall that ends on the ground": np.maximum(500 - 0.5 * TIME**2, 0),
    "a climb between two levels": np.interp(TIME, [0, 25, 35, 60], [0, 10, 30, 40]),
    "a rise that turns just before the end": TIME / 40 * np.exp(1 - TIME / 40),
    "swings about a rising line": TIME + 8 * np.sin(TIME),
    "swings that swell and fade": np.sin(TIME) * np.sin(TIME / 9),
    "swings that come unevenly": np.interp(
        TIME, [0, 4, 8, 12, 30, 34, 60], [0, 10, 0, 10, 0, 10, 0]
    ),
    "two levels, one after the other": np.interp(
        TIME, [0, 10, 20, 30, 40, 60], [0, 8, 8, 20, 20, 30]
    ),
}


@pytest.mark.parametrize("mode", CLEAR)
def test_a_clear_curve_gets_its_name(mode):
    assert recognise(TIME, CLEAR[mode]).mode == mode


@pytest.mark.parametrize("curve", NONE)
def test_a_curve_of_no_single_mode_gets_no_name(curve):
    assert recognise(TIME, NONE[curve]).mode == "no single mode"


# --- the numbers of known curves -----------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(st.floats(4, 100), st.floats(1e-3, 1e3), st.sampled_from([1, -1]))
def test_growth_in_proportion_doubles_in_the_time_of_its_rate(time_constant, size, sign):
    found = recognise(TIME, sign * size * np.exp(TIME / time_constant))
    assert (found.mode, found.direction) == ("exponential growth", sign)
    # The last grid of the search is a thousandth of a rate wide; logarithms are straight to 1e-12.
    assert found.rate == pytest.approx(1 / time_constant, rel=2e-3)
    assert found.doubling == pytest.approx(time_constant * math.log(2), rel=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.floats(2, 60), st.floats(1e-3, 1e3))
def test_decay_halves_in_the_time_of_its_rate_and_its_goal_is_nothing(time_constant, size):
    found = recognise(TIME, size * np.exp(-TIME / time_constant))
    assert (found.mode, found.direction, found.goal) == ("exponential decay", -1, 0)
    assert found.halving == pytest.approx(time_constant * math.log(2), rel=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.floats(1, 60), st.floats(0.2, 5), st.sampled_from([1, -1]))
def test_goal_seeking_has_its_goal_even_before_it_arrives(time_constant, gap, sign):
    goal = 10.0
    found = recognise(TIME, goal - sign * gap * np.exp(-TIME / time_constant))
    assert (found.mode, found.direction, found.doubling) == ("goal-seeking", sign, None)
    # A rate found to a thousandth puts a goal that is seen from half-way within a thousandth.
    assert found.goal == pytest.approx(goal, abs=1e-3 * gap)
    assert found.rate == pytest.approx(-1 / time_constant, rel=2e-3)


def test_growth_away_from_a_level_does_not_double():
    found = recognise(TIME, 50 + np.exp(TIME / 12))
    assert (found.mode, found.doubling) == ("exponential growth", None)


def test_where_the_goal_of_a_slight_bend_lies_is_not_guessed():
    found = recognise(TIME, 1 - np.exp(-TIME / 240))  # a quarter of a time constant
    assert (found.mode, found.goal) == ("goal-seeking", None)


@settings(max_examples=40, deadline=None)
@given(st.floats(20, 40), st.floats(2, 5), st.sampled_from([1, -1]))
def test_an_s_has_its_inflection_and_its_ceiling(middle, width, sign):
    found = recognise(TIME, 7 + sign / (1 + np.exp((middle - TIME) / width)))
    assert (found.mode, found.direction) == ("S-shaped", sign)
    # Rows lie a quarter of a minute apart; a fifth of that is what their weights are worth.
    assert found.inflection == pytest.approx(middle, abs=0.05)
    # At worst the last twentieth of the time is 4 ± 0.3 widths past the middle: 2 % to go.
    assert found.goal == pytest.approx(7 + sign, abs=0.03)


@settings(max_examples=40, deadline=None)
@given(st.floats(12, 25), st.floats(3, 7))
def test_an_s_whose_bends_differ_is_an_s(middle, width):
    found = recognise(TIME, np.exp(-np.exp((middle - TIME) / width)))
    assert found.mode == "S-shaped"
    assert found.inflection == pytest.approx(middle, abs=0.1)


def test_the_susceptible_in_an_epidemic_fall_in_an_s_that_is_steepest_when_most_are_infected():
    model = StockFlow("Epidemic", stop=60, dt=0.125, time_units="day")
    model.stock("susceptible", 990)
    model.stock("sick", 10)
    model.stock("recovered", 0)
    infection = "susceptible * sick / 2500"
    model.flow("infection", infection, out_of="susceptible", into="sick")
    model.flow("recovery", "sick / 8", out_of="sick", into="recovered")
    run = model.run()
    found = run.behaviour("susceptible")
    assert found.mode == "S-shaped"
    fastest = run.time[np.argmax(run["infection"])]
    assert found.inflection == pytest.approx(fastest, abs=0.25)  # two steps
    assert run.behaviour("sick").mode == "overshoot and collapse"


@settings(max_examples=60, deadline=None)
@given(st.floats(3, 20), st.floats(0, 2 * np.pi), st.sampled_from([-0.03, 0.0, 0.03]))
def test_an_oscillation_has_its_period_its_cycles_and_its_trend(period, phase, growth):
    waves = 5 + np.exp(growth * TIME) * np.sin(2 * np.pi * TIME / period + phase)
    found = recognise(TIME, waves)
    assert found.mode == "oscillation"
    # Peaks lie on saved times, an eighth of a minute off at most at either end.
    assert found.period == pytest.approx(period, rel=0.125 / period * 2 + 0.01)
    # Turns lie half a period apart; at either end up to one of them goes unseen.
    assert abs(found.cycles - 60 / period) <= 1.0
    # Three waves shrink to e^-1.8 at least; those that die early leave more than a third.
    assert found.trend == {-0.03: "damped", 0.0: "sustained", 0.03: "growing"}[growth]


def test_an_oscillation_has_the_level_about_which_it_swings():
    assert recognise(TIME, 5 + np.cos(TIME)).goal == pytest.approx(5, abs=0.01)


@settings(max_examples=40, deadline=None)
@given(st.floats(3, 5), st.floats(0.4, 0.6), st.sampled_from([1, -1]))
def test_an_overshoot_has_its_goal_and_its_peak(rhythm, damping, sign):
    # The step response of a damped spring: it passes its goal by exp(−π·damping/√(1−damping²)).
    root = math.sqrt(1 - damping**2)
    wave = np.cos(root * TIME / rhythm) + damping / root * np.sin(root * TIME / rhythm)
    found = recognise(TIME, 100 + sign * 10 * (1 - np.exp(-damping * TIME / rhythm) * wave))
    assume(found.mode != "oscillation")  # lightly damped, a second swing stands out
    assert (found.mode, found.direction) == ("overshoot", sign)
    beyond = 10 * math.exp(-math.pi * damping / root)
    # A peak on a saved time is at most an eighth of a minute off, where the curve is level.
    assert found.turn.value == pytest.approx(100 + sign * (10 + beyond), abs=0.01)
    assert found.turn.at == pytest.approx(math.pi * rhythm / root, abs=0.13)
    # It counts as settled while it moves by 2 % of its range within a tenth of the time.
    assert found.goal == pytest.approx(100 + sign * 10, abs=0.4)


# --- what must not matter ------------------------------------------------------------------------

affine = st.tuples(st.floats(1e-6, 1e6), st.floats(-1000, 1000))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(CLEAR | NONE)), affine, affine)
def test_stretching_and_moving_changes_the_numbers_and_not_the_mode(curve, values_by, time_by):
    (height, lift), (length, late) = values_by, time_by
    plain = (CLEAR | NONE)[curve]
    reach = float(np.ptp(plain)) or 1.0
    before = recognise(TIME, plain)
    values = height * (plain + lift * reach)
    after = recognise(length * (TIME + 60 * late), values)
    # Decay is goal-seeking whose goal is nothing; lifted, its goal is another number.
    seeking = {"exponential decay": "goal-seeking"}
    same = {seeking.get(mode, mode) for mode in (before.mode, after.mode)}
    assert len(same) == 1
    assert after.direction == before.direction
    assert after.trend == before.trend
    # Of a thousand ranges of lift, rounding takes a dozen digits' worth.
    near = {"rel": 1e-3, "abs": 1e-6 * length}
    if before.period is not None:
        assert after.period == pytest.approx(length * before.period, **near)
    if before.inflection is not None:
        moved = after.inflection - length * 60 * late
        assert moved == pytest.approx(length * before.inflection, rel=1e-3)
    if before.goal is not None:
        goal = height * (before.goal + lift * reach)
        assert after.goal == pytest.approx(goal, abs=1e-3 * height * reach)


@pytest.mark.parametrize("mode", CLEAR)
def test_the_rows_may_lie_at_any_distances(mode):
    fine = np.linspace(0, 60, 2401)
    for seed in range(20):
        kept = np.sort(np.random.default_rng(seed).choice(2401, 120, replace=False))
        time = np.unique(np.concatenate([[0.0], fine[kept], [60.0]]))
        assert recognise(time, np.interp(time, TIME, CLEAR[mode])).mode == mode, seed


@pytest.mark.parametrize("mode", sorted(set(CLEAR) - {"constant"}))
def test_a_little_noise_is_looked_through(mode):
    for seed in range(20):
        # One per cent of the range: what a careful observer is off by.
        noise = np.random.default_rng(seed).normal(scale=0.01, size=len(TIME))
        found = recognise(TIME, CLEAR[mode] + noise * np.ptp(CLEAR[mode]))
        assert found.mode == mode, seed


@pytest.mark.parametrize("rows", [30, 100, 400])
def test_noise_alone_has_no_mode(rows):
    # Chance draws a fair wave now and then: of thirty rows, once or twice in a thousand times.
    found = [
        recognise(np.arange(rows), np.random.default_rng(seed).normal(size=rows)).mode
        for seed in range(100)
    ]
    assert found.count("no single mode") >= 98


@settings(max_examples=400, deadline=None)
@example([2.4e306, 0.0, 1.2e308, 0.0, 1.2e308, 0.0])  # a sum of them is more than there is
@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=40))
def test_any_series_gets_an_answer(values):
    found = recognise(np.arange(len(values)), np.array(values))
    for number in (found.goal, found.rate, found.period, found.inflection):
        assert number is None or not math.isnan(number)


# --- short, flat and broken ----------------------------------------------------------------------


@pytest.mark.parametrize("values", [[], [1, 2], [1, 2, 4, 8], [0, 1, 0, 1]])
def test_of_few_points_nothing_is_claimed(values):
    assert recognise(np.arange(len(values)), np.array(values)).mode == "no single mode"


def test_a_series_that_moves_by_rounding_alone_is_constant():
    assert recognise(TIME, 0.1 + 1e-12 * np.sin(TIME)).mode == "constant"


def test_a_gap_is_passed_over():
    values = CLEAR["oscillation"].copy()
    values[40:44] = np.nan
    assert recognise(TIME, values).mode == "oscillation"


@pytest.mark.parametrize("end", [np.nan, np.inf])
def test_what_ends_in_no_number_has_no_mode(end):
    assert recognise(TIME, np.where(TIME < 40, TIME, end)).mode == "no single mode"


def test_times_and_values_are_as_many():
    with pytest.raises(DataError) as found:
        recognise(TIME, TIME[:3])
    assert str(found.value) == (
        "a series has one value for each time; here are 241 times and 3 values"
    )


def test_times_rise():
    with pytest.raises(DataError) as found:
        recognise(TIME[::-1], TIME)
    assert str(found.value) == ("the times of a series rise from row to row; sort the rows by time")


# --- teaching models -----------------------------------------------------------------------------


@cache
def run_of(model, **setting):
    made = getattr(facets.world, model, None) or getattr(facets.self, model, None)
    return (made or getattr(facets.others, model))().run(
        {name.replace("_", " "): value for name, value in setting.items()}
    )


@pytest.mark.parametrize(
    ("model", "setting", "variable", "mode"),
    [
        ("shared_pond", {}, "fish", "overshoot"),
        ("shared_pond", {}, "fleet", "overshoot"),
        ("shared_pond", {"price": 200}, "fish", "oscillation"),
        ("shared_pond", {"fleet": 0, "fish": 10}, "fish", "S-shaped"),
        ("pond_with_quota", {}, "fish", "no single mode"),
        ("bathtub", {}, "water", "oscillation"),
        ("bathtub", {}, "drain", "constant"),
        ("creative_tension", {}, "reality", "goal-seeking"),
        ("creative_tension", {}, "gap", "exponential decay"),
        ("emotional_contagion", {}, "content", "goal-seeking"),
        ("classroom_coupling", {}, "teacher tension", "goal-seeking"),
        ("classroom_coupling", {"from_class_to_teacher": 0.6, "from_teacher_to_class": 0.6},
         "class tension", "exponential growth"),
    ],
)  # fmt: skip
def test_a_teaching_model_does_what_its_story_says(model, setting, variable, mode):
    run = run_of(model, **setting)
    assert recognise(run.time, run[variable]).mode == mode


def test_the_gap_of_creative_tension_halves_as_its_docstring_says():
    run = run_of("creative_tension")
    told = re.search(r"about ([\d.]+) months", facets.self.creative_tension.__doc__)
    # The docstring gives three digits, and says that the step shortens it by less than 0.1 %.
    assert recognise(run.time, run["gap"]).halving == pytest.approx(float(told[1]), rel=3e-3)
