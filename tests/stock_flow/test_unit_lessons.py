"""What is told where the units of a model do not fit: the whole text of every lesson."""

from __future__ import annotations

import pytest

from cstools import CstoolsError, StockFlow
from tests.stock_flow.unit_models import coffee, told

LESSONS: dict[str, tuple[StockFlow, str]] = {
    "an equation that forgets the time": (
        coffee(equation="temperature - room temperature"),
        "flow 'cooling': its equation comes out in degC, but degC/minute is said; "
        "divide by a time in minute\n"
        "    temperature - room temperature",
    ),
    "an equation that has the time once too often": (
        coffee(equation="temperature / cooling time ^ 2"),
        "flow 'cooling': its equation comes out in degC/minute^2, but degC/minute is said; "
        "multiply by a time in minute\n"
        "    temperature / cooling time ^ 2",
    ),
    "a number that stands for a time": (
        coffee(equation="(temperature - room temperature) / 10"),
        "flow 'cooling': its equation comes out in degC, but degC/minute is said; "
        "if 10 stands for something in minute, make it a constant with units='minute'\n"
        "    (temperature - room temperature) / 10",
    ),
    "a flow that says what its stock says": (
        coffee(cooling="degC"),
        "flow 'cooling': 'degC' is said, but what leaves 'temperature' (degC) is in degC/minute; "
        "say units='degC/minute'",
    ),
    "a flow in another time": (
        coffee(cooling="degC/hour"),
        "flow 'cooling': 'degC/hour' is said, but what leaves 'temperature' (degC) is in "
        "degC/minute; multiply it by something in hour/minute",
    ),
    "an unsaid flow whose equation cannot be right": (
        coffee(cooling="", equation="temperature * room temperature"),
        "flow 'cooling': its equation comes out in degC^2, but its place in the model asks for "
        "degC/minute; it lacks a factor in 1/degC/minute\n"
        "    temperature * room temperature",
    ),
    "unlike things subtracted": (
        coffee(room="people"),
        "flow 'cooling': takes 'room temperature' (people) from 'temperature' (degC); "
        "only like things can be subtracted: check the units of both, or multiply "
        "'room temperature' by something in degC/person\n"
        "    (temperature - room temperature) / cooling time\n"
        "                 ^",
    ),
    "an amount and a rate": (
        coffee(equation="temperature + temperature / cooling time"),
        "flow 'cooling': adds 'temperature' (degC) and temperature / cooling time (degC/minute); "
        "only like things can be added: an amount becomes a rate when it is divided by a time, "
        "and a rate an amount when it is multiplied by one\n"
        "    temperature + temperature / cooling time\n"
        "                ^",
    ),
    "unlike things compared": (
        coffee(equation="if temperature > cooling time then 0 else 1"),
        "flow 'cooling': compares 'temperature' (degC) with 'cooling time' (minute); "
        "only like things can be compared: check the units of both, or multiply 'cooling time' by "
        "something in degC/minute\n"
        "    if temperature > cooling time then 0 else 1\n"
        "                   ^",
    ),
    "a choice of unlike things": (
        coffee(equation="if time > 3 then temperature else cooling time"),
        "flow 'cooling': is either 'temperature' (degC) or 'cooling time' (minute); "
        "only like things can be put in each other's place: check the units of both, or multiply "
        "'cooling time' by something in degC/minute\n"
        "    if time > 3 then temperature else cooling time\n"
        "    ^",
    ),
    "the larger of unlike things": (
        coffee(equation="max(temperature, cooling time)"),
        "flow 'cooling': chooses between 'temperature' (degC) and 'cooling time' (minute); "
        "only like things can be compared: check the units of both, or multiply 'cooling time' by "
        "something in degC/minute\n"
        "    max(temperature, cooling time)\n"
        "    ^",
    ),
    "a function of plain numbers": (
        coffee(equation="exp(temperature) / cooling time"),
        "flow 'cooling': 'exp' takes a plain number and gets 'temperature' (degC); "
        "divide it by something in degC first\n"
        "    exp(temperature) / cooling time\n"
        "    ^",
    ),
    "a delay without a time": (
        coffee(equation="smooth1(temperature, room temperature) / cooling time"),
        "flow 'cooling': 'smooth1' takes a time in minute there and gets 'room temperature' "
        "(degC); give it a time in minute\n"
        "    smooth1(temperature, room temperature) / cooling time\n"
        "    ^",
    ),
    "another value for a quotient": (
        coffee(equation="safediv(temperature, cooling time, room temperature)"),
        "flow 'cooling': 'safediv' takes something in degC/minute there and gets "
        "'room temperature' (degC); give it something in degC/minute\n"
        "    safediv(temperature, cooling time, room temperature)\n"
        "    ^",
    ),
    "like things for a function": (
        coffee(equation="quantum(temperature, cooling time)"),
        "flow 'cooling': 'quantum' takes like things and gets 'temperature' (degC) and "
        "'cooling time' (minute); only like things can be taken together: check the units of "
        "both, or multiply 'cooling time' by something in degC/minute\n"
        "    quantum(temperature, cooling time)\n"
        "    ^",
    ),
    "a power with units": (
        coffee(equation="temperature ^ cooling time"),
        "flow 'cooling': the power in it is 'cooling time' (minute), and a power is a plain "
        "number; divide it by something in minute first\n"
        "    temperature ^ cooling time\n"
        "                ^",
    ),
    "units to a power that may change": (
        coffee(equation="temperature ^ (room temperature / temperature)"),
        "flow 'cooling': raises 'temperature' (degC) to a power that is not written as a number; "
        "write the number, as in x ^ 2, or divide what is raised by something like it first\n"
        "    temperature ^ (room temperature / temperature)\n"
        "                ^",
    ),
    "a number taken from a thing": (
        coffee(equation="(temperature - 20) / cooling time"),
        "flow 'cooling': takes 20, a number without units, from 'temperature' (degC); "
        "give the number a name: a constant with units='degC'\n"
        "    (temperature - 20) / cooling time\n"
        "                 ^",
    ),
    "a number added to a thing": (
        coffee(equation="(temperature + 20) / cooling time"),
        "flow 'cooling': adds 'temperature' (degC) and 20, a number without units; "
        "give the number a name: a constant with units='degC'\n"
        "    (temperature + 20) / cooling time\n"
        "                 ^",
    ),
    "units that cannot be read": (
        coffee(room="degC//2"),
        "constant 'room temperature': its units cannot be read: a unit is expected, and '/' "
        "stands here; write them like people/day or m^2\n"
        "    degC//2\n"
        "         ^",
    ),
    "a time that cannot be read": (
        coffee(time="minute)"),
        "model 'Coffee': its time_units cannot be read: this ) has no ( before it; "
        "write them like people/day or m^2\n"
        "    minute)\n"
        "          ^",
    ),
}


@pytest.mark.parametrize("lesson", LESSONS)
def test_what_does_not_fit_is_told_with_both_sides_and_what_to_do(lesson: str) -> None:
    model, text = LESSONS[lesson]
    assert told(model) == text


def tubs(**units: str) -> StockFlow:
    """Water that runs from one tub into another, and out of both."""
    model = StockFlow("Tubs", stop=9, time_units=units.get("time", "minute"))
    model.stock("upper", 9, units.get("upper", "litres"))
    model.stock("lower", "upper", units.get("lower", "litres"))
    rate = units.get("rate", "litres/minute")
    model.flow("running", "1", "upper", "lower", units=rate)
    model.flow("tap", "1", into="upper", units=rate)
    model.flow("drain", "1", out_of="lower", units=rate)
    return model


def test_a_flow_between_two_stocks_asks_for_one_unit_in_both() -> None:
    model = StockFlow("Tubs", stop=9, time_units="minute")
    model.stock("upper", 9, "litres")
    model.stock("lower", 3, "people")
    model.flow("running", "1", "upper", "lower", units="litres/minute")
    assert told(model) == (
        "flow 'running': leaves 'upper' (litres) and enters 'lower' (people); "
        "what leaves one stock enters the other, so give both the same units"
    )


def test_the_one_stock_that_all_its_flows_contradict_is_told_and_not_each_flow() -> None:
    assert told(tubs(upper="people")) == (
        "stock 'upper': people is said, but all its flows are in litres/minute; "
        "say units='litres', or change those of the flows"
    )


def test_flows_that_all_forget_the_time_are_told_and_not_their_stocks() -> None:
    findings = tubs(rate="litres").check_units().wrong
    assert [finding.part for finding in findings] == ["running", "tap", "drain"]


def test_the_time_that_all_flows_contradict_is_told_and_not_each_flow() -> None:
    assert told(tubs(time="Month")) == (
        "model 'Tubs': its time_units are 'Month', and its flows are per minute; "
        "say time_units='minute', or give the flows per Month"
    )


def test_a_first_value_has_the_units_of_its_stock() -> None:
    model = tubs()
    model.stock("lower", "upper * upper", "litres")
    assert told(model) == (
        "stock 'lower': its first value comes out in litres^2, but litres is said; "
        "it lacks a factor in 1/litre\n"
        "    upper * upper"
    )


def test_an_auxiliary_may_also_say_what_its_equation_gives() -> None:
    model = tubs()
    model.auxiliary("share", "upper / lower", "litres")
    assert told(model) == (
        "auxiliary 'share': its equation comes out as a plain number, but litres is said; "
        "it lacks a factor in litres, or say units='1'\n"
        "    upper / lower"
    )


def test_one_part_is_told_its_first_cause_alone() -> None:
    model = coffee(equation="exp(temperature) + cooling time + 5 + sin(temperature)")
    assert len(model.check_units().wrong) == 1


def test_a_model_that_cannot_run_says_that_first() -> None:
    with pytest.raises(CstoolsError, match="nothing in this model is called 'nowhere'"):
        coffee(equation="nowhere").check_units()


def test_words_made_to_mean_something_unreadable_are_told() -> None:
    with pytest.raises(CstoolsError) as found:
        coffee().check_units(same_as={"warmth": "degC/"})
    assert str(found.value) == (
        "same_as, 'warmth': something is missing after '/'; write them like people/day or m^2\n"
        "    degC/\n"
        "         ^"
    )
