"""Pictures of runs: several side by side, small multiples, arrays, and the mode of a variable."""

from __future__ import annotations

import math

import pytest

from cstools import CstoolsError, StockFlow


def names_at_ends(picture) -> list[str]:
    return [text.get_text() for panel in picture.figure.axes for text in panel.texts]


def test_runs_side_by_side_are_named_by_what_they_set(coffee: StockFlow) -> None:
    slower = [coffee.run({"cooling time": time}) for time in (20, 30, 60)]
    picture = coffee.run().plot("temperature", compare=slower)
    assert names_at_ends(picture) == [
        "as the model has it", "cooling time 20", "cooling time 30", "cooling time 60"
    ]  # fmt: skip
    assert picture.sentence.count(". Temperature (cooling time ") == 3


def test_a_run_that_set_something_says_so_beside_the_model_as_it_is(coffee: StockFlow) -> None:
    picture = coffee.run({"cooling time": 60}).plot("temperature", compare=coffee.run())
    assert names_at_ends(picture) == ["cooling time 60", "as the model has it"]


def test_two_runs_that_set_the_same_get_numbers(coffee: StockFlow) -> None:
    first, slow = coffee.run(), coffee.run({"cooling time": 60})
    picture = first.plot("temperature", compare=[slow, slow])
    labels = [line.get_label() for line in picture.figure.axes[0].lines]
    assert labels == [
        "temperature", "temperature (cooling time 60 (2))", "temperature (cooling time 60 (3))"
    ]  # fmt: skip


def test_what_is_no_run_is_not_compared(coffee: StockFlow) -> None:
    with pytest.raises(CstoolsError) as found:
        coffee.run().plot("temperature", compare={"cooling time": 5})  # type: ignore[arg-type]
    assert str(found.value) == (
        "compare is a run, or a list of runs: compare=model.run({'name of a constant': 5})"
    )


def test_small_multiples_give_each_variable_a_panel(coffee: StockFlow) -> None:
    page = coffee.run().plot("temperature", "room temperature", panels="each").figure
    titles = [panel.get_title("left") for panel in page.axes]
    assert titles == ["temperature (degC)", "room temperature (degC)"]


def regions() -> StockFlow:
    model = StockFlow("Two regions", stop=40, dt=0.25, time_units="year")
    model.dimension("Region", ["North", "South"])
    model.stock("population[Region]", 100, units="people")
    model.constant("rate[Region]", {"North": 0.05, "South": 0.02}, units="1/year")
    births = "population[Region] * rate[Region]"
    model.flow("births[Region]", births, into="population[Region]", units="people/year")
    return model


def test_an_array_is_drawn_and_told_element_by_element() -> None:
    run = regions().run()
    picture = run.plot("population")
    (panel,) = picture.figure.axes
    assert panel.get_ylabel() == "population (people)"
    assert names_at_ends(picture) == ["North", "South"]
    # Euler's step of a quarter multiplies by 1.0125: it doubles in ln 2 / (4 ln 1.0125) years.
    doubling = math.log(2) / (4 * math.log(1.0125))
    told = "Population[North] rises from 100 to 730 people by year 40, ever faster"
    assert f"{told}, doubling every {doubling:.3g} years." in picture.sentence
    assert run.describe("population") == picture.sentence


def test_a_variable_says_its_mode(coffee: StockFlow) -> None:
    found = coffee.run().behaviour("temperature")
    assert (found.mode, found.direction) == ("goal-seeking", -1)
    # The bend is found to a thousandth of the way.
    assert found.goal == pytest.approx(20, abs=0.07)


@pytest.mark.parametrize("sketch", [5, "up", [1, 2], [(1, "high")], [(1, 2, 3)]])
def test_a_sketch_that_is_no_list_of_points_is_a_short_lesson(sketch: object) -> None:
    model = StockFlow("coffee", stop=3)
    model.stock("heat", 90)
    with pytest.raises(CstoolsError) as caught:
        model.run().plot("heat", sketch=sketch)
    assert str(caught.value) == (
        "a sketch is a list of points, each a time and a value: [(0, 10), (5, 40), (10, 30)]"
    )
