"""Units as people write them: which texts mean the same, and how they multiply."""

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools.equations.functions import FUNCTIONS
from cstools.equations.unit_rules import rule
from cstools.equations.unit_text import UnitsError, parse, spelling
from cstools.equations.units import PLAIN, Units, unit, written

SAME = [
    ("people/day", "person/days", "People per Day", "persons*day^-1", "1/day*people"),
    ("1/day", "per day", "1 per day", "Day^-1", "day⁻¹", "1/days"),
    ("people/(day*km)", "people/day/km", "people per day per kilometre", "people/km/day"),
    ("m^2", "m²", "metre*meters", "m**2", "metres^2"),
    ("m^(1/2)", "metre^0.5"),
    ("Dollars/Widget/Year", "$/(widget*yr)", "USD per widget per annum", "Dollar/Year/Widgets"),
    ("Dmnl", "dimensionless", "fraction", "%", "1", "-", "Percent", "people/person", "share"),
    ("people in 100/year", "1/year", "% per year", "fraction/year", "days in 100/year"),
    ("degC", "°C", "Celsius", "degrees Celsius", "deg C"),
    ("Rs/Day [0,10]", "Rs/Day [0,?]", "Rs/Day [0, 10, 0.5]", "rs per day"),
    ("school days", "School Day", "school_day"),
    ("person-years", "people*year", "person·years", "persons × yr"),
    ("1000 people", "people", "1e3 people"),
    ("people/1000 people", "1"),
    ("countries", "country"),
    ("calories", "calorie"),
    ("boxes/class", "box/classes"),
    ("gas/bus", "gas per bus"),
    ("h", "hr", "hours", "hrs"),
    ("months", "Month", "mo"),
    ("kg*m/s/s", "kilogram*metre/second^2"),
]
DIFFERENT = ["people", "people/day", "day", "month", "minute", "metre", "m^2", "rooms", "hour"]
SAYS_NOTHING = ["", "  ", "?", "N/A", "[0,10]", "[?,?]", "unknown"]


@pytest.mark.parametrize("texts", SAME, ids=lambda texts: texts[0])
def test_one_unit_is_written_in_many_ways(texts: tuple[str, ...]) -> None:
    assert {text: parse(text) for text in texts} == dict.fromkeys(texts, parse(texts[0]))


def test_what_is_not_the_same_stays_apart() -> None:
    assert len({parse(text) for text in DIFFERENT}) == len(DIFFERENT)


@pytest.mark.parametrize("text", SAYS_NOTHING)
def test_a_text_may_say_no_units_at_all(text: str) -> None:
    assert parse(text) is None


def test_division_goes_from_left_to_right() -> None:
    assert parse("a/b*c") == parse("a*c/b")
    assert parse("a/(b*c)") == parse("a/b/c")


def test_a_file_may_have_words_of_its_own() -> None:
    own = {"pupils": "people", "N": "kg*m/s^2", "Head": "Person"}
    assert parse("pupil/week", own) == parse("person/week")
    assert parse("N/m", own) == parse("kg/s^2")
    assert parse("heads", own) == parse("people")


def test_words_that_stand_for_each_other_come_to_an_end() -> None:
    assert parse("x", {"x": "y", "y": "x"}) == unit("x")
    assert parse("days", {"Day": "days"}) == unit("day")


UNREADABLE = {
    "nothing after a stroke": (
        "people/",
        "units: something is missing after '/'; write them like people/day or m^2\n"
        "    people/\n"
        "           ^",
    ),
    "nothing after per": (
        "people per",
        "units: something is missing after 'per'; write them like people/day or m^2\n"
        "    people per\n"
        "              ^",
    ),
    "two strokes": (
        "a//b",
        "units: a unit is expected, and '/' stands here; write them like people/day or m^2\n"
        "    a//b\n"
        "      ^",
    ),
    "a parenthesis left open": (
        "1/(day",
        "units: this ( is never closed; write them like people/day or m^2\n    1/(day\n      ^",
    ),
    "a parenthesis too many": ("a)", "units: this ) has no ( before it\n    a)\n     ^"),
    "a sum": (
        "people + day",
        "units: units are multiplied and divided, never added\n    people + day\n           ^",
    ),
    "a power that is no number": (
        "m^x",
        "units: after ^ comes a number: m^2\n    m^x\n      ^",
    ),
    "a power left open": (
        "m^(1/2",
        "units: this power is never closed; write it like m^(1/2)\n    m^(1/2\n          ^",
    ),
    "a power beyond sense": (
        "m^1000",
        "units: no unit has so high a power\n    m^1000\n      ^",
    ),
    "a power divided by nothing": (
        "m^(1/0)",
        "units: no unit has so high a power\n    m^(1/0)\n      ^",
    ),
    "a number after a unit": (
        "(day) 5",
        "units: '5' is not expected here; write them like people/day or m^2\n"
        "    (day) 5\n"
        "          ^",
    ),
    "a comma": (
        "people, day",
        "units: ',' has no meaning in units; write them like people/day or m^2\n"
        "    people, day\n"
        "          ^",
    ),
    "parentheses without end": (
        "(" * 40 + "a",
        "units: too many ( stand inside one another here\n    "
        + "(" * 40
        + "a\n    "
        + " " * 30
        + "^",
    ),
}


@pytest.mark.parametrize("mistake", UNREADABLE)
def test_units_that_cannot_be_read_are_told_with_what_to_do(mistake: str) -> None:
    text, told = UNREADABLE[mistake]
    with pytest.raises(UnitsError) as found:
        parse(text)
    assert str(found.value) == told
    assert found.value.text == text


def test_a_power_of_a_million_digits_is_refused_at_once() -> None:
    with pytest.raises(UnitsError, match="no unit has so high a power"):
        parse("m^1e999999999")


@given(st.text(max_size=40) | st.text(" /*^()-+.[]%°²³ 019eper a", max_size=40))
def test_any_text_is_units_or_a_lesson(text: str) -> None:
    with suppress(UnitsError):
        found = parse(text)
        assert found is None or isinstance(written(found), str)


NAMES = st.sampled_from(["person", "day", "coin", "metre", "tonne"])
POWERS = st.fractions(-3, 3, max_denominator=2)
UNITS = st.lists(st.tuples(NAMES, POWERS), max_size=4).map(Units.of)


@given(UNITS, UNITS, UNITS)
def test_units_multiply_and_divide_as_numbers_do(a: Units, b: Units, c: Units) -> None:
    assert a * b == b * a
    assert (a * b) * c == a * (b * c)
    assert (a / b) * b == a
    assert a / a == PLAIN
    assert (a * b) ** 2 == a**2 * b**2
    assert (a**2) ** Fraction(1, 2) == a


@given(UNITS)
def test_what_is_written_reads_back(units: Units) -> None:
    assert parse(written(units)) == units


def test_units_are_shown_with_the_time_last_and_in_the_words_of_the_model() -> None:
    said = spelling(["People/Day", "Coins", "deg C", "boxes"])
    units = unit("coin") * unit("degc") / unit("day") / unit("person") ** 2
    assert written(units, said, last="day") == "Coins*deg C/person^2/Day"
    assert written(PLAIN / unit("box"), said) == "1/box"
    assert written(PLAIN / unit("coin"), said) == "1/Coin"


def test_a_text_that_cannot_be_read_spells_nothing() -> None:
    assert spelling(["people//day", "Rooms"]) == {"room": ("Rooms", "Room")}


def test_every_function_has_a_rule_for_its_units() -> None:
    """The rule names no letter in its result that its arguments do not bind."""
    for row in FUNCTIONS.values():
        gone = not row.python and not row.keeps  # written out with the arrays, before a check
        if gone or row.units in ("power", "product"):
            continue
        assert row.units, f"{row.name} has no rule for its units, as 'a, time: a'"
        read = rule(row.units)
        letters = {name for taken in read.takes if taken for name in taken.names} | {"time"}
        assert len(read.takes) <= row.most, row.name
        assert set(read.gives.names if read.gives else ()) <= letters, row.name
