"""The map of a model, and the signs that its equations give the links."""

from __future__ import annotations

import pytest

from cstools import StockFlow
from cstools.stock_flow.links import signed_links


def sign(model: StockFlow, cause: str, effect: str) -> str:
    return next(s.sign for s in signed_links(model) if (s.cause, s.effect) == (cause, effect))


def tank(equation: str, **constants: float) -> StockFlow:
    """Return a stock that starts at 2 and fills by 1 a step, with an auxiliary over it."""
    model = StockFlow("tank", stop=4)
    model.stock("x", 2)
    model.flow("filling", 1, into="x")
    for name, value in constants.items():
        model.constant(name, value)
    model.auxiliary("y", equation)
    return model


def test_a_flow_raises_the_stock_it_enters_and_lowers_the_one_it_leaves(
    two_tubs: StockFlow,
) -> None:
    assert sign(two_tubs, "draining", "lower") == "+"
    assert sign(two_tubs, "draining", "upper") == "-"


@pytest.mark.parametrize(
    ("equation", "expected"),
    [
        ("x + 3", "+"),
        ("3 - x", "-"),
        ("2 * x", "+"),
        ("x / -2", "-"),
        ("4 / x", "-"),
        ("max(0, 5 - x)", "-"),
        ("exp(-x)", "-"),
        ("if x > 3 then x else 0", "+"),
        ("(x - 4) ^ 2", "?"),  # falls until x is 4 and rises from there, within this run
        ("(x - 1) * (9 - x)", "?"),  # rises until x is 5, falls from there
        ("x * 0", "?"),
    ],
)
def test_a_link_has_the_sign_of_the_slope(equation: str, expected: str) -> None:
    assert sign(tank(equation), "x", "y") == expected


def test_the_sign_of_a_product_is_that_of_the_other_factor() -> None:
    assert sign(tank("x * a", a=-2.0), "x", "y") == "-"
    assert sign(tank("x * a", a=-2.0), "a", "y") == "+"


def test_what_rules_cannot_tell_is_tried_along_the_run(coffee: StockFlow) -> None:
    # (temperature − room) / time falls with the time only while the coffee is the warmer one.
    assert sign(coffee, "cooling_time", "cooling") == "-"
    iced = coffee.copy()
    iced.stock("temperature", 4)
    assert sign(iced, "cooling_time", "cooling") == "+"


def test_an_arrow_that_waits_for_its_slider_has_the_sign_that_the_slider_will_give_it() -> None:
    model = tank("5 - strength * x")
    model.constant("strength", 0, between=(0, 1))
    assert sign(model, "x", "y") == "-"
    model.constant("strength", 0, between=(-1, 1))  # either may come of it
    assert sign(model, "x", "y") == "?"


def test_an_equation_may_name_the_start_and_the_end_of_the_run() -> None:
    assert sign(tank("x * (x - 2) + starttime * stoptime * x"), "x", "y") == "+"


def test_a_lookup_carries_its_slope(two_tubs: StockFlow) -> None:
    assert sign(two_tubs, "upper", "draining") == "+"


def test_cooling_coffee_is_one_balancing_loop(coffee: StockFlow) -> None:
    loops = coffee.causal_loops().loops()
    assert [(loop.name, loop.polarity) for loop in loops] == [("B1", "B")]
    assert set(loops[0].variables) == {"temperature", "cooling"}


def test_an_epidemic_has_its_three_loops() -> None:
    model = StockFlow("SIR", stop=50, dt=0.25)
    model.stock("susceptible", 995)
    model.stock("infectious", 5)
    model.stock("recovered", 0)
    model.flow("catching", "susceptible * infectious / 1000 * 0.5", "susceptible", "infectious")
    model.flow("recovering", "infectious / 5", "infectious", "recovered")
    found = {frozenset(loop.variables): loop.polarity for loop in model.causal_loops().loops()}
    assert found == {
        frozenset({"infectious", "catching"}): "R",
        frozenset({"susceptible", "catching"}): "B",
        frozenset({"infectious", "recovering"}): "B",
    }


def test_causes_that_are_tried_many_at_a_time_keep_each_its_own_sign() -> None:
    model = StockFlow("Far off", stop=2)
    places = [f"place{number}" for number in range(300)]
    model.dimension("Place", places)
    model.stock("here[Place]", [2 if number % 3 else 8 for number in range(300)])
    model.flow("drift[Place]", "how far off / 100000", into="here[Place]")
    model.auxiliary("how far off", "sum(abs(here[*] - 5))")
    signs = {link.cause: link.sign for link in signed_links(model) if link.effect == "how_far_off"}
    expected = {f"here[{place}]": "-" if number % 3 else "+" for number, place in enumerate(places)}
    assert signs == expected


def test_a_model_that_breaks_on_its_way_still_has_its_map() -> None:
    model = StockFlow("A road that ends", stop=10)
    model.stock("walked", 1)
    model.flow("steps", "walked / (6 - time)", into="walked")
    assert [set(loop.variables) for loop in model.causal_loops().loops()] == [{"walked", "steps"}]
