"""Arrays: one equation for many elements, sums over them, and every slip told in a sentence."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from cstools import CstoolsError, StockFlow
from cstools.errors import EquationError, ModelError, UnknownNameError


@pytest.fixture
def town() -> StockFlow:
    """Two regions and three ages of people, who are born and move."""
    model = StockFlow("town", stop=3, time_units="year")
    model.dimension("Region", ["North", "South"])
    model.dimension("Age", 3)
    model.stock("people[Region]", [100, 200], units="people")
    model.constant("birth rate[Region]", {"South": 0.2, "North": 0.1}, between=(0, 1))
    model.flow("births[Region]", "people[Region] * birth rate[Region]", into="people[Region]")
    return model


def first(model: StockFlow, name: str) -> list[float]:
    return np.ravel(model.run()[name][0]).tolist()


def test_each_element_runs_by_itself(town: StockFlow) -> None:
    run = town.run()
    np.testing.assert_allclose(run["people[North]"], 100 * 1.1 ** np.arange(4), rtol=1e-12)
    np.testing.assert_allclose(run["people[South]"], 200 * 1.2 ** np.arange(4), rtol=1e-12)


def test_the_name_of_an_array_alone_gives_all_its_elements(town: StockFlow) -> None:
    town.auxiliary("grid[Region, Age]", "people[Region] * Age")
    run = town.run()
    assert run["people"].shape == (4, 2)
    assert run["grid"].shape == (4, 2, 3)
    np.testing.assert_array_equal(run["people"][:, 1], run["people[South]"])
    np.testing.assert_array_equal(run["grid"][:, 1, 2], run["grid[South, 3]"])


@pytest.mark.parametrize("spelling", ["people[north]", "People[ North ]", '"people"[North]'])
def test_case_and_spaces_in_subscripts_do_not_count(town: StockFlow, spelling: str) -> None:
    town.auxiliary("seen", spelling)
    assert first(town, "seen") == [100]


# By hand, at the start: people are 100 and 200, grid is people × age.
@pytest.mark.parametrize(
    ("equation", "result"),
    [
        ("sum(people[*])", 300),
        ("sum(people)", 300),
        ("SUM(people[Region!])", 300),
        ("mean(people[*])", 150),
        ("prod(people[*])", 20_000),
        ("min(people[*])", 100),
        ("max(people)", 200),
        ("stddev(people[*])", 50),
        ("size(people)", 2),
        ("size(Age)", 3),
        ("size(grid)", 6),
        ("sum(people[*] * birth rate[*])", 50),
        ("sum(people * birth rate)", 50),
        ("sum(grid[*, 2])", 600),
        ("sum(grid[South, *])", 1200),
        ("sum(grid[*, *])", 1800),
        ("max(people[North], 150)", 150),
        ("people[2]", 200),
        ("people[1 + step(1, 0)]", 200),
        ("people[3 + 0 * time]", 0),
        ("grid[North, 1 + people[1] / 50]", 300),
        ("people[Region.South]", 200),
        ("sum(people[*]) / size(people)", 150),
        ("North + South", 3),
    ],
)
def test_an_equation_reaches_into_an_array(town: StockFlow, equation: str, result: float) -> None:
    town.auxiliary("grid[Region, Age]", "people[Region] * Age")
    town.auxiliary("result", equation)
    assert first(town, "result") == [pytest.approx(result, rel=1e-15)]


def test_the_largest_and_least_of_many_elements_are_found() -> None:
    model = StockFlow("street", stop=1)
    model.dimension("House", 250)
    model.auxiliary("number[House]", "2 * House - 1")
    model.auxiliary("last", "max(number[*])")
    model.auxiliary("nearest", "min(number[*])")
    assert (first(model, "last"), first(model, "nearest")) == ([499], [1])


def test_a_bare_name_in_an_equation_for_each_element_is_the_element(town: StockFlow) -> None:
    town.auxiliary("share[Region]", "people / sum(people)")
    assert first(town, "share") == [100 / 300, 200 / 300]


def test_a_dimension_as_a_number_is_the_position(town: StockFlow) -> None:
    town.auxiliary("place[Region, Age]", "10 * Region + Age")
    assert first(town, "place") == [11, 12, 13, 21, 22, 23]


def test_of_two_equations_for_one_element_the_later_holds(town: StockFlow) -> None:
    town.auxiliary("fee[Region]", "10")
    town.auxiliary("fee[South]", "fee[North] + 5")
    assert first(town, "fee") == [10, 15]
    town.auxiliary("fee[Region]", "20")  # the same cell, run again
    assert first(town, "fee") == [20, 25]


def test_elements_said_one_by_one_make_an_array(town: StockFlow) -> None:
    town.auxiliary("fee[South]", "2")
    town.auxiliary("fee[North]", "1")
    town.auxiliary("all", "sum(fee[*])")
    assert first(town, "fee") == [1, 2]
    assert first(town, "all") == [3]


def test_a_part_of_a_dimension_stands_in_its_place(town: StockFlow) -> None:
    town.dimension("Coast", ["South"])
    town.auxiliary("harbour[Coast]", "people[Coast] / 2")
    town.auxiliary("coastal", "sum(people[Coast!])")
    assert first(town, "harbour") == [100]
    assert first(town, "coastal") == [200]


@pytest.mark.parametrize("way", ["from the school", "from the region"])
def test_a_mapping_carries_one_dimension_to_another(town: StockFlow, way: str) -> None:
    maps = {"Region": ["South", "North"]}
    if way == "from the school":
        town.dimension("School", ["Oak", "Elm"], maps=maps)
    else:
        town.dimension("School", ["Oak", "Elm"])
        town.dimension("Region", ["North", "South"], maps={"School": ["Elm", "Oak"]})
    town.auxiliary("pupils[School]", "people[Region] / 10")
    assert first(town, "pupils") == [20, 10]


def test_a_flow_joins_the_elements_at_hand(town: StockFlow) -> None:
    town.stock("retired[Region]", 0)
    town.flow("retiring[Region]", "people / 10", out_of="people[Region]", into="retired")
    town.flow("moving", "5", out_of="people[North]", into="people[South]")
    run = town.run()
    np.testing.assert_array_equal(run["people"][1], [100 + 10 - 10 - 5, 200 + 40 - 20 + 5])
    np.testing.assert_array_equal(run["retired"][1], [10, 20])


def test_a_stock_of_an_array_is_held_at_zero_by_itself() -> None:
    model = StockFlow("tanks", stop=3)
    model.dimension("Tank", ["small", "large"])
    model.stock("water[Tank]", [10, 100], non_negative=True)
    model.flow("draining[Tank]", "20", out_of="water[Tank]")
    np.testing.assert_array_equal(model.run()["water"], [[10, 100], [0, 80], [0, 60], [0, 40]])


def test_delays_and_lookups_work_element_by_element(town: StockFlow) -> None:
    town.lookup("effect[Region]", [(0, 0), (100, 1)])
    town.lookup("effect[South]", [(0, 1), (200, 3)])
    town.auxiliary("pressure[Region]", "effect[Region](people[Region])")
    town.auxiliary("felt[Region]", "delay(people[Region], 1, 0)")
    run = town.run()
    np.testing.assert_array_equal(run["pressure"][0], [1, 3])
    np.testing.assert_allclose(run["felt"][:2], [[0, 0], [100, 200]])


def test_a_run_and_an_ensemble_set_one_element(town: StockFlow) -> None:
    assert town.run({"people[South]": 50})["people"][0].tolist() == [100, 50]
    runs = town.ensemble({"birth rate[North]": [0.0, 0.5]}, save=["people[North]"])
    np.testing.assert_allclose(runs["people[North]"][:, 1], [100, 150])


def test_every_element_with_a_range_is_a_slider(town: StockFlow) -> None:
    assert [part.name for part in town.sliders()] == ["birth rate[North]", "birth rate[South]"]


def test_an_array_is_one_variable_of_the_map(town: StockFlow) -> None:
    links = {(link.cause, link.effect, link.polarity) for link in town.causal_loops().links}
    assert links == {("people", "births", "+"), ("births", "people", "+")}


def test_pysd_agrees_on_an_array(town: StockFlow) -> None:
    town.auxiliary("grid[Region, Age]", "people[Region] * Age")
    town.auxiliary("spread", "stddev(people[*]) + mean(grid[South, *]) + people[1 + step(1, 2)]")
    own, other = town.run({"people[South]": 50}), town.run({"people[South]": 50}, engine="pysd")
    assert {"grid[south,3]", "spread"} <= own.values.keys()
    for name in own.names:
        np.testing.assert_allclose(own[name], other[name], rtol=1e-12)


def test_a_copy_has_its_own_dimensions(town: StockFlow) -> None:
    twin = town.copy()
    twin.dimension("Season", ["summer", "winter"])
    assert "season" not in town.dimensions


def test_equations_in_print_name_the_dimensions(town: StockFlow) -> None:
    assert "births[Region] = people[Region] × birth rate[Region]" in repr(town.equations())


Slip = Callable[[StockFlow], object]
SLIPS: dict[str, tuple[Slip, type[CstoolsError], str]] = {
    "an unknown element": (
        lambda m: m.auxiliary("fee[Suoth]", "1"),
        UnknownNameError,
        "auxiliary 'fee[Suoth]': there is no dimension or element called 'Suoth'; "
        "did you mean 'South' or 'North'?",
    ),
    "a unit in brackets": (
        lambda m: m.auxiliary("heat [degC]", "1"),
        UnknownNameError,
        "auxiliary 'heat [degC]': there is no dimension or element called 'degC'; "
        "say what it ranges over with .dimension(name, elements)",
    ),
    "all where one is wanted": (
        lambda m: m.auxiliary("fee", "people[*]"),
        EquationError,
        "auxiliary 'fee': all of 'people' stand here, where one value is wanted; put sum(…), "
        "mean(…), min(…) or max(…) around it, or name one element\n    people[*]\n    ^",
    ),
    "an array where one value is wanted": (
        lambda m: m.auxiliary("fee", "2 * people"),
        EquationError,
        "auxiliary 'fee': it is not said which element of 'Region' is meant; give 'fee' that "
        "dimension, name one element, or sum over all: sum(people[*])\n    2 * people\n        ^",
    ),
    "an element of another dimension": (
        lambda m: m.auxiliary("fee", "people[3] + 1"),
        EquationError,
        "auxiliary 'fee': 'people' has no element 3; there are 2\n    people[3] + 1\n    ^",
    ),
    "too many subscripts": (
        lambda m: m.auxiliary("fee", "people[North, 1]"),
        EquationError,
        "auxiliary 'fee': 'people' has 1 dimension, not 2\n    people[North, 1]\n    ^",
    ),
    "subscripts of a single value": (
        lambda m: (m.constant("fee", 1), m.auxiliary("all fees", "fee[North]")),
        EquationError,
        "auxiliary 'all fees': 'fee' is no array; it takes no subscripts\n    fee[North]\n    ^",
    ),
    "a single value and an array": (
        lambda m: m.constant("people", 1),
        ModelError,
        "'people' is a single value and an array; give one of them another name",
    ),
    "a flow whose element is not said": (
        lambda m: m.flow("moving", "1", into="people"),
        ModelError,
        "flow 'moving': it is not said which element of 'Region' it means by 'people'; give the "
        "flow the dimension, or name one element",
    ),
    "different numbers of subscripts": (
        lambda m: m.constant("people[North, 1]", 1),
        ModelError,
        "constant 'people[North, 1]' and stock 'people[North]' have different numbers of "
        "subscripts; an array has the same number everywhere",
    ),
    "a dimension twice": (
        lambda m: m.auxiliary("moving[Region, Region]", "people[Region] / 2"),
        EquationError,
        "auxiliary 'moving[Region, Region]': 'Region' stands twice in 'moving[Region, Region]', so "
        "it is not said which is meant; say a second dimension with the same elements, such as "
        "'other Region'\n    people[Region] / 2\n    ^",
    ),
    "too few values": (
        lambda m: m.constant("fee[Region]", [1, 2, 3]),
        ModelError,
        "constant 'fee[Region]': 2 values are needed, for North, South; there are 3",
    ),
    "a value under another name": (
        lambda m: m.constant("fee[Region]", {"North": 1, "West": 2}),
        ModelError,
        "constant 'fee[Region]': there is no value for 'South'",
    ),
    "values without a dimension": (
        lambda m: m.constant("fee", [1, 2]),
        ModelError,
        "constant 'fee': several values need a dimension, said before: "
        ".dimension('Region', ['North', 'South']), and then 'fee[Region]'",
    ),
    "no element": (
        lambda m: m.dimension("Empty", []),
        ModelError,
        "dimension 'Empty' needs at least 1 element",
    ),
    "a word for a list": (
        lambda m: m.dimension("Side", "left"),
        ModelError,
        "dimension 'Side': its elements are a list of names: ['left', …]",
    ),
    "an element twice": (
        lambda m: m.dimension("Side", ["left", "Left"]),
        ModelError,
        "dimension 'Side': the element 'left' is there twice",
    ),
    "a mapping of another length": (
        lambda m: m.dimension("Side", ["left", "right"], maps={"Region": ["North"]}),
        ModelError,
        "dimension 'Side': it has 2 elements, and 1 are given in maps=; one for each, in order",
    ),
    "a mode that is none": (
        lambda m: m.lookup("effect", [(0, 0), (1, 1)], mode="steps"),
        ModelError,
        "lookup 'effect': there is no mode 'steps'; did you mean 'step'?",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_with_an_array_is_a_short_lesson(town: StockFlow, slip: str) -> None:
    make, kind, message = SLIPS[slip]
    with pytest.raises(kind) as caught:  # some slips show at once, others when the model is run
        (make(town), town.run())
    assert str(caught.value) == message


def test_a_stock_in_print_names_the_flows_of_all_its_elements(town: StockFlow) -> None:
    town.flow("leaving", "1", out_of="people[South]")
    printed = repr(town.equations())
    assert "people[North] = starts at 100, changes by births[Region]" in printed
    assert "people[South] = starts at 200, changes by births[Region] − leaving" in printed
