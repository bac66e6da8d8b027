"""What a person may say about a model, and what happens when it is said twice or wrongly."""

from __future__ import annotations

import copy
from collections.abc import Callable

import numpy as np
import pytest

from cstools import CstoolsError, StockFlow


def test_what_leaves_one_stock_enters_the_other(two_tubs: StockFlow) -> None:
    run = two_tubs.run()
    # Sums of a few hundred floats; each addition may round by half an ulp.
    np.testing.assert_allclose(run["upper"] + run["lower"], 125, rtol=1e-13)


def test_parts_come_in_any_order_and_any_spelling() -> None:
    model = StockFlow("spelling", stop=10)
    model.flow("Net  Growth", "growth_RATE * Sheep", into="sheep")
    model.constant("Growth Rate", 0.1)
    model.stock("SHEEP", 10)
    assert model.run()["sheep"][-1] == pytest.approx(10 * 1.1**10)


def test_saying_a_part_again_redefines_it(coffee: StockFlow) -> None:
    coffee.constant("cooling time", 5, units="minute")
    assert len(coffee.parts) == 4
    assert coffee.run()["temperature"][-1] == pytest.approx(20, abs=1e-3)


def test_a_run_never_changes_the_model(coffee: StockFlow) -> None:
    before = coffee.run()["temperature"]
    coffee.run({"cooling time": 2, "temperature": 50})
    np.testing.assert_array_equal(coffee.run()["temperature"], before)


def test_a_stock_can_start_elsewhere_for_one_run(coffee: StockFlow) -> None:
    assert coffee.run({"Temperature": 50})["temperature"][0] == 50


def test_the_first_value_of_a_stock_may_be_an_equation(two_tubs: StockFlow) -> None:
    assert two_tubs.run()["lower"][0] == 25
    assert two_tubs.run({"upper": 80})["lower"][0] == 20


def test_a_copy_can_change_without_its_original(coffee: StockFlow) -> None:
    iced = coffee.copy("Iced")
    iced.constant("room temperature", 5)
    assert coffee.run()["room temperature"][0] == 20
    assert iced.run()["room temperature"][0] == 5


def test_coffee_cools_as_the_formula_says(coffee: StockFlow) -> None:
    run = coffee.run()
    step_by_step = 20 + 70 * (1 - 0.25 / 10) ** np.arange(241)  # Euler's method, solved by hand
    np.testing.assert_allclose(run["temperature"], step_by_step, rtol=1e-12)
    smooth = 20 + 70 * np.exp(-run.time / 10)
    # RK4's error on y' = -y/10 is about dt⁴/120 per unit of rate: far below 1e-8 here.
    np.testing.assert_allclose(coffee.run(method="rk4")["temperature"], smooth, rtol=1e-8)


def test_a_stock_that_may_not_go_below_zero_holds_its_outflows_back() -> None:
    model = StockFlow("pantry", stop=10)
    model.stock("bread", 5, non_negative=True)
    model.flow("breakfast", 2, out_of="bread")
    model.flow("supper", 1, out_of="bread")
    model.stock("eaten", 0)
    model.flow("breakfast eaten", "breakfast", into="eaten")
    run = model.run()
    assert run["bread"].min() == 0
    assert list(run["breakfast"][:3]) == [2, 2, 0]
    assert list(run["supper"][:3]) == [1, 0, 0]


def test_a_flow_that_may_not_run_backwards_stops_at_zero() -> None:
    model = StockFlow("tap", stop=4)
    model.stock("tub", 10)
    model.flow("filling", "2 - time", into="tub", non_negative=True)
    assert list(model.run()["filling"]) == [2, 1, 0, 0, 0]


def test_rows_are_kept_as_often_as_asked() -> None:
    model = StockFlow("sparse", stop=10, dt=0.25, saveper=2.5)
    model.stock("count", 0)
    model.flow("one", 1, into="count")
    run = model.run()
    assert list(run.time) == [0, 2.5, 5, 7.5, 10]
    assert list(run["count"]) == [0, 2.5, 5, 7.5, 10]


@pytest.mark.parametrize("name", ["change 1", "range", "rates", "saved", "k2", "step"])
def test_no_name_gets_in_the_way_of_the_generated_code(name: str) -> None:
    model = StockFlow("names", stop=3)
    model.stock("a", 1)
    model.constant(name, 5)
    model.flow("f", f'"{name}" * a', into="a")
    assert list(model.run()["a"]) == [1, 6, 36, 216]
    assert list(model.run(method="rk4")["a"])[:1] == [1]
    assert list(model.ensemble({name: [5.0, 1.0]})["a"][0]) == [1, 6, 36, 216]


def test_a_model_without_constants_runs_on_past_a_division_by_zero() -> None:
    model = StockFlow("bare", stop=2)
    model.stock("a", "1 + 1")
    model.flow("f", "1 / (a - 2)", into="a")
    assert "The flow 'f' is no longer a number at time 0" in model.run().trouble


def test_a_copy_by_any_road_is_a_model_of_its_own(coffee: StockFlow) -> None:
    other = copy.copy(coffee)
    other.constant("room temperature", 5)
    assert coffee.run()["room temperature"][0] == 20


def test_ten_thousand_parts_are_put_in_order() -> None:
    model = StockFlow("large", stop=1)
    model.stock("s", 1)
    for number in range(10_000):
        model.auxiliary(f"v{number}", f"v{number - 1} + 1" if number else "s")
    assert model.run()["v9999"][0] == 10_000


def test_the_equations_print_themselves(coffee: StockFlow) -> None:
    assert repr(coffee) == (
        "Coffee cooling\n"
        "  stock     temperature = starts at 90, changes by − cooling  [degC]\n"
        "  flow      cooling = (temperature − room temperature) / cooling time"
        "  (from temperature to outside)\n"
        "  constant  room temperature = 20  [degC]\n"
        "  constant  cooling time = 10  (from 1 to 30)  [minute]"
    )


def test_a_name_cannot_break_out_of_the_printed_table() -> None:
    model = StockFlow("<script>alert(1)</script>", stop=1)
    model.stock("<b>bold</b>", 1)
    assert "<script>" not in model._repr_html_()
    assert "<b>" not in model._repr_html_()


def test_the_code_that_runs_can_be_read(coffee: StockFlow) -> None:
    code = str(coffee.code())
    assert "cooling = (temperature - room_temperature) / cooling_time" in code
    compile(code, "model", "exec")


Said = Callable[[StockFlow], object]

MISTAKES: dict[str, tuple[Said, str]] = {
    "a misspelt name in an equation": (
        lambda m: (
            m.flow("cooling", "(temperature - roomtemprature) / 2", out_of="temperature"),
            m.run(),
        ),
        "flow 'cooling': nothing in this model is called 'roomtemprature'; did you mean "
        "'room temperature' or 'temperature'?\n"
        "    (temperature - roomtemprature) / 2\n"
        "                   ^",
    ),
    "an equation that does not parse": (
        lambda m: m.flow("cooling", "(temperature - 20) / * 2", out_of="temperature"),
        "flow 'cooling': a value is expected, and '*' stands here\n"
        "    (temperature - 20) / * 2\n"
        "                         ^",
    ),
    "a misspelt name in a run": (
        lambda m: m.run({"coolingtime": 5}),
        "model 'Coffee cooling': nothing is called 'coolingtime'; "
        "did you mean 'cooling time' or 'cooling'?",
    ),
    "a misspelt name in a result": (
        lambda m: m.run()["temprature"],
        "run of 'Coffee cooling': nothing is called 'temprature'; "
        "did you mean 'temperature' or 'room temperature'?",
    ),
    "setting what is computed": (
        lambda m: m.run({"cooling": 5}),
        "flow 'cooling' is computed by an equation; a run can set constants and the first values "
        "of stocks; to change an equation, change it in a .copy()",
    ),
    "an unknown engine": (
        lambda m: m.run(engine="psyd"),
        "there is no engine 'psyd'; did you mean 'pysd'?",
    ),
    "an unknown method": (
        lambda m: m.run(method="rk5"),
        "there is no integration method 'rk5'; did you mean 'rk4'?",
    ),
    "one name for two things": (
        lambda m: m.constant("Temperature", 5),
        "'Temperature' is a stock already (line {line}) and cannot be a constant as well; "
        "give one of them another name",
    ),
    "a flow that joins nothing": (
        lambda m: (m.flow("leak", "1"), m.run()),
        "flow 'leak' joins nothing; say which stock it leaves (out_of=) or enters (into=)",
    ),
    "a flow from a stock that is not there": (
        lambda m: (m.flow("leak", "1", out_of="temprature"), m.run()),
        "flow 'leak': out_of='temprature' is not in this model; did you mean 'temperature'?",
    ),
    "a flow from a constant": (
        lambda m: (m.flow("leak", "1", into="room temperature"), m.run()),
        "flow 'leak': into='room temperature' is a constant, not a stock; "
        "did you mean 'temperature'?",
    ),
    "a value with its unit inside": (
        lambda m: m.constant("room temperature", "20 degC"),  # type: ignore[arg-type]
        "constant 'room temperature': '20 degC' is not a number; "
        "write the number alone, and its unit as units=",
    ),
    "a slider the wrong way round": (
        lambda m: m.constant("x", 1, between=(5, 1)),
        "constant 'x': between=(5, 1) must rise; low first",
    ),
    "the clock's name": (
        lambda m: m.constant("time", 1),
        "constant 'time': 'time' is the clock's own name; choose another",
    ),
    "an unknown function": (
        lambda m: (m.auxiliary("x", "maxx(1, 2)"), m.run()),
        "auxiliary 'x': there is no function or lookup called 'maxx'; did you mean 'max'?\n"
        "    maxx(1, 2)\n"
        "    ^",
    ),
    "a function with too few arguments": (
        lambda m: (m.auxiliary("x", "step(1)"), m.run()),
        "auxiliary 'x': 'step' takes 2 arguments, not 1\n    step(1)\n    ^",
    ),
    "a lookup that goes back": (
        lambda m: m.lookup("curve", [(0, 1), (0, 2)]),
        "lookup 'curve': the x of each point must be larger than the one before",
    ),
    "a lookup that takes a function's name": (
        lambda m: m.lookup("Max", [(0, 1), (1, 2)]),
        "lookup 'Max': 'Max' is a function of the language; give the lookup another name",
    ),
    "a lookup without its argument": (
        lambda m: (m.lookup("curve", [(0, 1), (1, 2)]), m.auxiliary("x", "curve + 1"), m.run()),
        "auxiliary 'x': 'curve' is a lookup; give it its argument: curve(…)\n    curve + 1\n    ^",
    ),
    "a name that reads as logic": (
        lambda m: (m.constant("not content", 3), m.auxiliary("x", "1 + not content"), m.run()),
        "auxiliary 'x': the name 'not content' holds the word 'not', which means something in an "
        'equation; put the name in double quotes: "not content"\n'
        "    1 + not content\n"
        "        ^",
    ),
    "a name that holds a word of the language": (
        lambda m: m.auxiliary("x", "everybody else + 1"),
        "auxiliary 'x': 'else' is not expected here; "
        "a name that holds the word 'else' stands in double quotes\n"
        "    everybody else + 1\n"
        "              ^",
    ),
    "a circle": (
        lambda m: (m.auxiliary("a", "b"), m.auxiliary("b", "a"), m.run()),
        "a → b → a need each other in the same instant; a feedback loop must pass through a stock",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_what_to_do(coffee: StockFlow, mistake: str) -> None:
    say, told = MISTAKES[mistake]
    line = coffee["temperature"].line.removeprefix("line ")
    with pytest.raises(CstoolsError) as found:
        say(coffee)
    assert str(found.value) == told.replace("{line}", line)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"stop": 0}, "model 'm': stop=0 must come after start=0"),
        ({"dt": 0}, "model 'm': dt=0 must be above 0 and no longer than the run, 100"),
        (
            {"dt": 0.3, "saveper": 1},
            "model 'm': saveper=1 is no whole number of steps of dt=0.3",
        ),
        ({"dt": 1, "saveper": 0.1}, "model 'm': saveper=0.1 is shorter than dt=1"),
    ],
)
def test_a_clock_that_cannot_run_is_told(settings: dict[str, float], told: str) -> None:
    with pytest.raises(CstoolsError) as found:
        StockFlow("m", **settings)  # type: ignore[arg-type]
    assert str(found.value) == told


def test_a_name_that_reads_as_logic_works_in_quotes(coffee: StockFlow) -> None:
    coffee.constant("not content", 3)
    coffee.auxiliary("x", '1 + "not content"')
    assert coffee.run()["x"][0] == 4


def test_an_empty_model_says_how_to_begin() -> None:
    with pytest.raises(CstoolsError) as found:
        StockFlow("m").run()
    assert str(found.value) == "model 'm' is empty; begin with .stock(name, first value)"
