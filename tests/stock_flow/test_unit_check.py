"""Units of a model: what fits, and what follows where none are said; the report, and arrays."""

from __future__ import annotations

import pytest

from cstools import StockFlow
from tests.stock_flow.unit_models import TEACHING, coffee, told

# --- what fits ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TEACHING)
def test_the_units_of_every_teaching_model_fit_and_are_all_said(name: str) -> None:
    model = TEACHING[name]()
    assert repr(model.check_units()) == f"The units of '{model.name}' fit together."


def test_units_not_said_are_no_mistake_and_are_offered_where_they_follow() -> None:
    report = coffee(cooling="", cooling_time="", room="").check_units()
    assert report.consistent
    assert {f.part: f.inferred for f in report.unsaid} == {
        "cooling": "degC/minute",
        "room temperature": "degC",
        "cooling time": "minute",
    }
    assert [str(finding) for finding in report.findings] == [
        "flow 'cooling': its units are not said; say units='degC/minute'",
        "constant 'room temperature': its units are not said; say units='degC'",
        "constant 'cooling time': its units are not said; say units='minute'",
    ]


def test_the_time_follows_from_the_flows_where_the_model_does_not_say_it() -> None:
    assert repr(coffee(time="").check_units()) == (
        "The units of 'Coffee' fit together; one part does not say any.\n\n"
        "Units not said: its time (minute would fit)."
    )


def test_a_model_that_says_no_units_is_not_judged() -> None:
    model = StockFlow("bare", stop=10)
    model.stock("a", 1)
    model.flow("f", "a + 2", into="a")  # a rate and an amount, if anybody had said so
    report = model.check_units()
    assert report.consistent
    assert repr(report) == (
        "No part of 'bare' says its units, so there is nothing to compare; "
        "say them as units='people'."
    )


def test_an_unsaid_part_of_which_nothing_follows_is_named_alone() -> None:
    model = coffee()
    model.constant("spare", 3)
    assert model.check_units().not_said() == "Units not said: 'spare'."


def test_a_long_list_of_unsaid_parts_is_cut() -> None:
    model = coffee()
    for number in range(14):
        model.constant(f"spare {number}", number)
    assert model.check_units().not_said().endswith("'spare 11', 2 more.")


KIND = {
    "zero fits anywhere": "max(temperature - room temperature, 0) / cooling time",
    "a limit is a plain number": "min(temperature, 95) / cooling time - 0",
    "a comparison with a plain number": (
        "if temperature > 30 then temperature / cooling time else 0"
    ),
    "a branch that is a plain number": "if time < 10 then 1 else temperature / cooling time",
    "a plain factor": "0.5 * temperature / cooling time",
    "numbers alone": "2 + 3 * 4",
    "a pulse of so many": "pulse(5, 10)",
    "a share of a share": "temperature / cooling time * (1 - room temperature / temperature)",
    "a half life": "temperature / cooling time * exp(-time / cooling time)",
    "a square and its root": "sqrt(temperature ^ 2) / cooling time",
    "a power that is a quotient": "(temperature ^ 2) ^ (1 / 2) / cooling time",
    "a part of itself": "temperature ^ 3 / room temperature ^ 2 / cooling time",
    "late": "smooth1(temperature, cooling time) / delay1(cooling time, cooling time)",
    "as it grows": "temperature * trend(room temperature, cooling time)",
    "a step of time": "(temperature - previous(temperature, 90)) / dt",
    "the first value": "init(temperature) / cooling time",
}


@pytest.mark.parametrize("equation", KIND)
def test_what_a_person_would_let_pass_is_let_pass(equation: str) -> None:
    assert told(coffee(equation=KIND[equation])) == ""


def test_spelling_does_not_matter() -> None:
    model = coffee(
        temperature="Degrees Celsius", room="°C", cooling="deg C per min", time="Minutes"
    )
    assert model.check_units().consistent


def test_words_may_be_made_to_mean_the_same() -> None:
    model = coffee(room="warmth")
    assert not model.check_units().consistent
    assert model.check_units(same_as={"warmth": "degC"}).consistent


def test_a_lookup_gives_what_it_is_measured_in() -> None:
    model = coffee(equation="curve(time)")
    model.lookup("curve", [(0, 1), (10, 2)], units="degC/minute")
    assert told(model) == ""
    model.lookup("curve", [(0, 1), (10, 2)])
    assert {f.part: f.inferred for f in model.check_units().unsaid} == {"curve": "degC/minute"}


# --- the report -----------------------------------------------------------------------------------


def test_the_report_says_how_many_parts_do_not_fit_and_then_each() -> None:
    assert repr(coffee(cooling="", room="people").check_units()) == (
        "The units of 'Coffee' do not fit together yet: one part does not fit.\n\n"
        + told(coffee(cooling="", room="people"))
    )
    assert coffee(cooling="degC", room="(").check_units().summary() == (
        "The units of 'Coffee' do not fit together yet: 2 parts do not fit."
    )


def test_bare_numbers_are_told_more_gently() -> None:
    assert coffee(equation="(temperature - 20) / cooling time").check_units().summary() == (
        "The units of 'Coffee' fit together, but one part adds a number without units."
    )


def test_the_table_marks_the_place_and_escapes_what_a_person_wrote() -> None:
    model = coffee(equation="exp(temperature) / cooling time")
    model.auxiliary("<b>", "temperature + cooling time", "degC")
    html = model.check_units()._repr_html_()
    assert "<code><mark>exp</mark>(temperature) / cooling time</code>" in html
    assert "auxiliary <b>&lt;b&gt;</b>" in html
    assert '<th scope="col"' in html
    assert html.count("<tr>") == 3
    assert (
        coffee().check_units()._repr_html_()
        == "<p>The units of &#x27;Coffee&#x27; fit together.</p>"
    )


def test_a_report_is_a_value() -> None:
    assert coffee().check_units() == coffee().check_units()
    with pytest.raises(AttributeError):
        coffee().check_units().title = "other"  # type: ignore[misc]


# --- arrays ---------------------------------------------------------------------------------------


def regions(**units: str) -> StockFlow:
    model = StockFlow("Regions", stop=3, time_units="year")
    model.dimension("Region", ["North", "South"])
    model.stock("population[Region]", [100, 200], units="people")
    births = units.get("equation", "population[Region] * rate[Region]")
    rate = units.get("births", "people/year")
    model.flow("births[Region]", births, into="population[Region]", units=rate)
    model.constant("rate[Region]", [0.1, 0.2], units=units.get("rate", "1/year"))
    model.auxiliary("all people", "sum(population[*])", units="people")
    model.auxiliary("pairs", "prod(population[*])", units="people^2")
    model.auxiliary("most", "max(population[*]) + mean(population[*])", units="people")
    return model


def test_the_units_of_an_array_are_those_of_its_elements() -> None:
    assert repr(regions().check_units()) == "The units of 'Regions' fit together."


def test_an_array_is_told_once_and_not_for_each_element() -> None:
    assert told(regions(births="people")) == (
        "flow 'births[Region]': 'people' is said, but what fills 'population[North]' (people) is "
        "in people/year; say units='people/year'"
    )
    assert {f.part: f.inferred for f in regions(rate="").check_units().unsaid} == {"rate": "1/year"}


def test_elements_with_equations_of_their_own_are_told_one_by_one() -> None:
    model = regions()
    model.auxiliary("goal[North]", "population[North]", units="people")
    model.auxiliary("goal[South]", "population[South] ^ 2", units="people")
    assert [finding.part for finding in model.check_units().wrong] == ["goal[South]"]


def test_an_element_without_units_has_those_of_its_array() -> None:
    model = regions()
    model.auxiliary("goal[North]", "population[North]")
    model.auxiliary("goal[South]", "population[South]", units="people")
    assert model.check_units().findings == ()
