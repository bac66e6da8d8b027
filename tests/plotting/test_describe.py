"""What is said about a run: whole sentences, and true ones."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools.plotting.describe import series, together, turns

TIME = np.linspace(0, 60, 241)
WAVE = np.sin(2 * np.pi * TIME / 12)

# What is drawn (time from 0 to 60 minutes), its label and units, and what is said of it.
SENTENCES = {
    "cooling": (
        20 + 70 * np.exp(-TIME / 10),
        ("temperature", "degC"),
        "Temperature falls from 90 to 20.2 degC by minute 60, ever more slowly.",
    ),
    "cooling that is still far from its end": (
        20 + 70 * np.exp(-TIME / 40),
        ("temperature", "degC"),
        "Temperature falls from 90 to 35.6 degC by minute 60, ever more slowly, on the way to 20.",
    ),
    "a steady climb": (
        3 * TIME,
        ("distance", "m"),
        "Distance rises from 0 to 180 m by minute 60, steadily.",
    ),
    "a fall below zero": (
        10 - TIME,
        ("balance", "coins"),
        "Balance falls from 10 to -50 coins by minute 60, steadily.",
    ),
    "growth": (
        np.exp(TIME / 5),
        ("rabbits", ""),
        "Rabbits rise from 1 to 162,755 by minute 60, ever faster, doubling every 3.47 minutes.",
    ),
    "an S": (
        1000 / (1 + 999 * np.exp(-TIME / 4)),
        ("sick people", "people"),
        "Sick people rise from 1 to 1,000 people by minute 60, "
        "in an S: slowly at first, fastest at minute 27.6, then levelling off.",
    ),
    "a peak": (
        68.1 * TIME / 40 * np.exp(1 - TIME / 40),
        ("infectious", "people"),
        "Infectious rises from 0 to a peak of 68.1 people at minute 40, "
        "then falls to 62 by minute 60.",
    ),
    "an overshoot": (
        50 * (1 - np.exp(-TIME / 8) * np.cos(TIME / 8)),
        ("class size", "pupils"),
        "Class size rises from 0 to a peak of 53.4 pupils at minute 18.8, "
        "then falls to 50 by minute 60, and settles there, after going past it (an overshoot).",
    ),
    "a dip": (
        50 - 20 * np.exp(-(((TIME - 20) / 5) ** 2)),
        ("attendance", "%"),
        "Attendance falls from 50 to a low of 30% at minute 20, "
        "then rises back to 50 by minute 60.",
    ),
    "a peak and a low": (
        50 + 20 * np.exp(-(((TIME - 15) / 4) ** 2)) - 20 * np.exp(-(((TIME - 35) / 4) ** 2)),
        ("mood", ""),
        "Mood rises from 50 to a peak of 70 at minute 15, falls to a low of 30 at minute 35, "
        "then rises back to 50 by minute 60.",
    ),
    "swings that die down": (
        50 + 20 * np.exp(-TIME / 30) * WAVE,
        ("stock", "boxes"),
        "Stock swings between 35.2 and 68.1 boxes, with 5 peaks about 12 minutes apart, "
        "each swing smaller than the last, and ends at 50.",
    ),
    "swings that grow": (
        50 + 2 * np.exp(TIME / 20) * WAVE,
        ("prices", "coins"),
        "Prices swing between 15.3 and 75.7 coins, with 5 peaks about 12 minutes apart, "
        "each swing larger than the last, and end at 50.",
    ),
    "even swings": (
        50 + 2 * WAVE,
        ("tide", "m"),
        "Tide swings between 48 and 52 m, with 5 peaks about 12 minutes apart, "
        "all of much the same size, and ends at 50.",
    ),
    "swings that come unevenly": (
        np.interp(TIME, [0, 4, 8, 12, 30, 34, 60], [0, 10, 0, 10, 0, 10, 0]),
        ("traffic", "cars"),
        "Traffic swings unevenly between 0 and 10 cars, with 3 peaks 8 to 22 minutes apart, "
        "all of much the same size, and ends at 0.",
    ),
    "large swings with small ones on them": (
        np.interp(TIME % 20, [0, 10, 12, 14, 20], [0, 20, 16, 19, 0]),
        ("work done", "tasks"),
        "Work done swings between 0 and 20 tasks, with 3 large peaks about 20 minutes apart "
        "and smaller ones as well, and ends at 0.",
    ),
    "swings of all sizes": (
        np.interp(TIME, [0, 5, 9, 20, 26, 44, 60], [0, 10, 4, 9, 2, 8, 6]),
        ("noise", "dB"),
        "Noise swings unevenly between 0 and 10 dB, with 3 peaks 15 to 24 minutes apart, "
        "and ends at 6.",
    ),
    "a dip that is over before the end": (
        np.where((TIME >= 20) & (TIME < 23), 0.0, 1.0),
        ("practised", ""),
        "Practised falls from 1 to a low of 0 at minute 20, then rises back to 1 by minute 23, "
        "and stays there.",
    ),
    "nothing happening": (
        np.full_like(TIME, 3.0),
        ("drain", "litres"),
        "Drain stays at 3 litres.",
    ),
    "next to nothing happening": (
        1000 + TIME / 1000,
        ("population", "people"),
        "Population stays near 1,000 people.",
    ),
    "a leap": (
        np.where(TIME >= 30, 10.0, 0.0),
        ("tap", "litres/minute"),
        "Tap jumps from 0 to 10 litres/minute at minute 30, and stays there.",
    ),
    "a drop": (
        np.where(TIME >= 30, 2.0, 10.0),
        ("fees", "coins"),
        "Fees drop from 10 to 2 coins at minute 30, and stay there.",
    ),
    "a late start": (
        np.maximum(TIME - 30, 0),
        ("queue", "people"),
        "Queue rises from 0 to 30 people by minute 60.",
    ),
    "an end in nothing": (
        100 * np.exp(-TIME / 2),
        ("foam", "mm"),
        "Foam falls from 100 to almost 0 mm by minute 60, ever more slowly, "
        "halving every 1.39 minutes.",
    ),
    "a last value reached halfway": (
        np.maximum(500 - 0.5 * TIME**2, 0.0),
        ("fish", "tonnes"),
        "Fish falls from 500 to 0 tonnes by minute 31.8, ever faster, and stays there.",
    ),
    "a last value approached without end": (
        100 - 80 * np.exp(-TIME),
        ("trust", ""),
        "Trust rises from 20 to 100 by minute 60, ever more slowly.",
    ),
    "a broken tail": (
        np.where(TIME < 25, TIME, np.nan),
        ("ratio", ""),
        "Ratio stops being a number at minute 25; the last value was 24.8.",
    ),
    "an endless tail": (
        np.where(TIME < 25, TIME, np.inf),
        ("debts", "coins"),
        "Debts become infinite at minute 25; the last value was 24.8 coins.",
    ),
    "never a number": (
        np.full_like(TIME, np.nan),
        ("shares", ""),
        "Shares are not a number from the start.",
    ),
    "tiny numbers": (
        1e-9 * TIME,
        ("dose", "g"),
        "Dose rises from 0 to 6 × 10⁻⁸ g by minute 60, steadily.",
    ),
    "huge numbers": (
        1e300 * TIME,
        ("debt", "coins"),
        "Debt rises from 0 to 6 × 10³⁰¹ coins by minute 60, steadily.",
    ),
    "numbers at the very edge": (
        1.7e308 * WAVE,
        ("noise", ""),
        "Noise swings between -1.7 × 10³⁰⁸ and 1.7 × 10³⁰⁸, with 5 peaks about 12 minutes apart, "
        "all of much the same size, and ends at almost 0.",
    ),
}


@pytest.mark.parametrize("what", SENTENCES)
def test_a_run_is_told_in_one_sentence(what):
    values, (label, units), told = SENTENCES[what]
    assert together([series(label, TIME, values, "minute", units)]) == told


@pytest.mark.parametrize(
    ("time", "values", "told"),
    [
        ([0, 1], [1, 5], "water rises from 1 to 5 litres by day 1"),
        ([0, 1], [5, 5], "water stays at 5 litres"),
        ([0, 1, 2], [5, 1, 5], "water falls from 5 to a low of 1 litres at day 1, "
         "then rises back to 5 by day 2"),
        ([0], [5], "water stays at 5 litres"),
        ([], [], "water has no values"),
        ([0], [np.nan], "water is not a number from the start"),
    ],
)  # fmt: skip
def test_a_run_of_few_points_is_told_without_guessing(time, values, told):
    assert series("water", np.array(time), np.array(values), "day", "litres") == told


def test_without_units_the_sentence_is_whole_all_the_same():
    assert series("mood", TIME, TIME) == "mood rises from 0 to 60 by time 60, steadily"
    assert series("mood", TIME, WAVE).count("about 12 units of time apart") == 1


def test_several_sentences_are_one_text():
    assert together(["water falls", "births rise", "pH stays at 7"]) == (
        "Water falls. Births rise. pH stays at 7."
    )


# --- true of whatever comes ------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=40),
    st.sampled_from(["", "week", "min"]),
)
def test_any_series_gets_a_sentence(values, time_units):
    told = series("it", np.arange(len(values), dtype=float), np.array(values, float), time_units)
    assert re.fullmatch(r"it \w[^\n]*\w", told)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=40))
def test_turns_alternate_and_are_values_of_the_series(values):
    series_of = np.array(values, float)
    found = turns(np.arange(len(values), dtype=float), series_of)
    assert all(one.peak != two.peak for one, two in pairwise(found))
    for turn in found:
        assert series_of[int(turn.at)] == turn.value
        neighbours = series_of[int(turn.at) - 1 : int(turn.at) + 2]
        assert turn.value == (neighbours.max() if turn.peak else neighbours.min())


@settings(max_examples=60, deadline=None)
@given(
    st.floats(3, 15),
    st.floats(0, 2 * np.pi),
    st.sampled_from([-0.02, -0.01, 0.0, 0.01, 0.02]),
    st.sampled_from([1e-6, 1.0, 1e6]),
)
def test_the_period_of_swings_is_told_within_five_per_cent(period, phase, growth, size):
    waves = size * np.exp(growth * TIME) * np.sin(2 * np.pi * TIME / period + phase)
    told = re.search(r"about ([\d.]+) minutes apart", series("it", TIME, waves, "minute"))
    # Four waves or more: three peaks at least. Each lies on a saved time, at most an eighth of a
    # minute off; over two waves of three minutes the mean is at most 1/24 off.
    assert told is not None
    assert float(told[1]) == pytest.approx(period, rel=0.05)


@settings(max_examples=100, deadline=None)
@given(st.floats(3, 12), st.floats(-0.05, 0.05))
def test_swings_are_called_growing_or_dying_down_only_when_they_are(period, growth):
    waves = np.exp(growth * TIME) * np.sin(2 * np.pi * TIME / period)
    told = series("it", TIME, waves, "minute")
    if "smaller" in told or "dying" in told:
        assert growth < 0
    if "larger" in told or "growing" in told:
        assert growth > 0
    if "much the same size" in told:
        assert abs(growth) < 0.01


@settings(max_examples=100, deadline=None)
@given(st.floats(1, 40), st.sampled_from([1, -1]), st.floats(-100, 100))
def test_what_speeds_up_and_what_slows_down_is_told_apart(time_constant, direction, height):
    faster = direction * np.exp((TIME - 60) / time_constant) + height
    slower = direction * np.exp(-TIME / time_constant) + height
    assert re.search(r" by time 60, ever faster(, doubling every|$)", series("it", TIME, faster))
    told = series("it", TIME, slower)
    assert re.search(r" by time 60, ever more slowly(, halving every|, on the way to|$)", told)
