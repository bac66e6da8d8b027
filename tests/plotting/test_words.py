"""Numbers, times and verbs as a person says them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools.plotting.words import amount, is_counted, moment, more_or_less, number, span, verb


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (-0.0, "0"),
        (90.0, "90"),
        (20.173, "20.2"),
        (0.25, "0.25"),
        (-3.14159, "-3.14"),
        (999.4, "999"),
        (999.6, "1,000"),
        (1234.4, "1,234"),
        (162754.8, "162,755"),
        (999_999.7, "1 million"),
        (3_440_000, "3.44 million"),
        (999_999_999, "1 billion"),
        (2.5e12, "2.5 trillion"),
        (4e14, "400 trillion"),
        (6e16, "6 × 10¹⁶"),
        (-1.5e300, "-1.5 × 10³⁰⁰"),
        (0.00042, "0.00042"),
        (6e-8, "6 × 10⁻⁸"),
        (math.inf, "infinity"),
        (-math.inf, "minus infinity"),
        (math.nan, "not a number"),
    ],
)
def test_a_number_is_said_as_one_says_it(value, said):
    assert number(value) == said


@settings(max_examples=200, deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e6, max_value=1e6))
def test_what_is_said_of_a_number_is_near_it(value):
    said = float(number(value).replace(",", "").replace(" million", "e6").split(" × ")[0])
    if "×" not in number(value):
        # Three digits: at most half a unit in the third, which is half a per cent.
        assert said == pytest.approx(value, rel=0.0051, abs=0)


@pytest.mark.parametrize(
    ("value", "units", "said"),
    [(20, "degC", "20 degC"), (60, "%", "60%"), (5, "", "5"), (3e6, "people", "3 million people")],
)
def test_units_follow_the_number(value, units, said):
    assert amount(value, units) == said


@pytest.mark.parametrize(
    ("time", "units", "said"),
    [
        (40, "week", "week 40"),
        (40, "weeks", "week 40"),
        (12.5, "min", "min 12.5"),
        (60, "", "time 60"),
        (60, "school days", "school day 60"),
        (2026, "year", "year 2026"),
        (2026.5, "Years", "Year 2026"),
        (1200, "minute", "minute 1,200"),
        (3, "s", "s 3"),
    ],
)
def test_a_moment_is_said_with_its_unit_first(time, units, said):
    assert moment(time, units) == said


@pytest.mark.parametrize(
    ("time", "units", "said"),
    [
        (8, "minute", "8 minutes"),
        (8, "minutes", "8 minutes"),
        (1, "weeks", "1 week"),
        (12.04, "day", "12 days"),
        (5, "min", "5 min"),
        (5, "h", "5 h"),
        (8, "", "8 units of time"),
        (3, "school day", "3 school days"),
    ],
)
def test_a_length_of_time_is_said_in_the_plural(time, units, said):
    assert span(time, units) == said


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("water", "water falls"),
        ("births", "births fall"),
        ("sick people", "sick people fall"),
        ("number of births", "number of births falls"),
        ("births per year", "births per year fall"),
        ("trust in leaders", "trust in leaders falls"),
        ("tiredness", "tiredness falls"),
        ("focus", "focus falls"),
        ("analysis", "analysis falls"),
        ("boats (price 3)", "boats (price 3) fall"),
        ("water (as the model has it)", "water (as the model has it) falls"),
        ("news", "news falls"),
        ("hours wanted", "hours wanted fall"),
        ("letters waiting", "letters waiting fall"),
        ("work remaining", "work remaining falls"),
        ("sports training", "sports training falls"),
        ("", " falls"),
    ],
)
def test_a_verb_agrees_with_its_subject(label, said):
    assert f"{label} {verb(label, 'fall')}" == said


@pytest.mark.parametrize(
    ("label", "counted"),
    [
        ("mistakes", True),
        ("people", True),
        ("new fish", True),  # one fish, many fish
        ("price of fish", False),
        ("boats", True),
        ("tonnes", False),  # weighed, not counted
        ("sleep", False),
        ("stress", False),
    ],
)
def test_of_what_is_counted_there_are_fewer_and_of_the_rest_there_is_less(label, counted):
    assert is_counted(label) is counted


@pytest.mark.parametrize(
    ("label", "up", "down"),
    [
        ("stress", "more stress", "less stress"),
        ("mistakes", "more mistakes", "fewer mistakes"),
        ("hours wanted", "more hours wanted", "fewer hours wanted"),
        ("expectations met", "more expectations met", "fewer expectations met"),
        ("teaching hours", "more teaching hours", "fewer teaching hours"),
        ("answering", "more answering", "less answering"),
        ("changing hours", "more of “changing hours”", "less of “changing hours”"),
        ("getting done", "more of “getting done”", "less of “getting done”"),
        ("how fast they rise", "more of “how fast they rise”", "less of “how fast they rise”"),
        ("price", "higher price", "lower price"),
        ("number of births", "higher number of births", "lower number of births"),
        ("expectations", "higher expectations", "lower expectations"),
        ("gap", "larger gap", "smaller gap"),
        ("a", "more a", "less a"),
    ],
)
def test_more_and_less_fit_what_they_are_said_of(label, up, down):
    assert (more_or_less(label, True), more_or_less(label, False)) == (up, down)


def test_where_the_way_is_open_both_are_said():
    assert more_or_less("effort", None) == "more or less effort"
    assert more_or_less("getting done", None) == "more or less of “getting done”"


def test_irregular_verbs_agree_as_well():
    assert [verb("water", word) for word in ("be", "have")] == ["is", "has"]
    assert [verb("births", word) for word in ("be", "have")] == ["are", "have"]
