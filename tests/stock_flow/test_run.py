"""What a run tells: numbers, a table, a picture, a sentence, and where it broke."""

from __future__ import annotations

import numpy as np
import pytest

from cstools import CstoolsError, StockFlow


def test_a_run_prints_as_its_sentence(coffee: StockFlow) -> None:
    assert repr(coffee.run({"cooling time": 20})) == (
        "Run of Coffee cooling, minute 0 to 60, cooling time 20. "
        + coffee.run({"cooling time": 20}).describe()
    )


def test_the_numbers_of_a_run_cannot_be_changed(coffee: StockFlow) -> None:
    with pytest.raises(ValueError, match="read-only"):
        coffee.run()["temperature"][0] = 5


def test_a_table_has_a_row_for_each_time_and_a_column_for_each_variable(
    coffee: StockFlow,
) -> None:
    frame = coffee.run().to_frame()
    assert list(frame.columns) == ["temperature", "cooling", "room temperature", "cooling time"]
    assert frame.index.name == "minute"
    assert frame.shape == (241, 4)


def test_a_picture_says_what_it_shows(coffee: StockFlow) -> None:
    picture = coffee.run().plot("temperature")
    assert repr(picture) == coffee.run().describe("temperature")
    assert picture.sentence in picture._repr_mimebundle_()["text/html"]


def test_two_runs_are_told_apart_by_what_was_set(coffee: StockFlow) -> None:
    slow = coffee.run({"cooling time": 30})
    picture = coffee.run().plot("temperature", compare=slow)
    labels = [line.get_label() for line in picture.figure.axes[0].lines]
    assert labels == ["temperature", "temperature (cooling time 30)"]


def test_runs_of_two_models_are_told_apart_by_their_names(coffee: StockFlow) -> None:
    picture = coffee.copy("Iced coffee").run().plot("temperature", compare=coffee.run())
    labels = [line.get_label() for line in picture.figure.axes[0].lines]
    assert labels == ["temperature", "temperature (Coffee cooling)"]


def test_runs_kept_at_different_times_are_not_drawn_as_one(coffee: StockFlow) -> None:
    other = StockFlow("slow", stop=8, dt=2)
    other.stock("temperature", 1)
    with pytest.raises(CstoolsError) as found:
        coffee.run().plot("temperature", compare=other.run())
    assert str(found.value) == (
        "the two runs are kept at different times; give both models the same start, stop, dt "
        "and saveper"
    )


@pytest.mark.parametrize("values", [3, ["x"], [], [1, float("nan")], [[1, 2]]])
def test_inputs_that_are_no_numbers_are_told(coffee: StockFlow, values: object) -> None:
    with pytest.raises(CstoolsError) as found:
        coffee.ensemble({"cooling time": values})
    assert str(found.value) == (
        "the input 'cooling time' of an ensemble is a list of numbers, one for each run; "
        "a blank or a word is none"
    )


def test_a_division_by_zero_says_what_when_and_what_fed_it(coffee: StockFlow) -> None:
    run = coffee.run({"cooling time": 0})
    assert run.trouble == (
        "The flow 'cooling' is no longer a number at minute 0; it was computed from temperature "
        "90, room temperature 20, cooling time 0; look for a division by zero or for growth "
        "without limit"
    )
    assert run["temperature"][0] == 90
    assert np.isneginf(run["temperature"][1])


def test_a_division_by_a_plain_zero_is_told_as_well(coffee: StockFlow) -> None:
    coffee.auxiliary("share", "1 / 0")
    coffee.auxiliary("part", "temperature / 0")
    assert coffee.run().trouble.startswith("The auxiliary 'share' is no longer a number")


def test_a_delay_of_no_time_is_told_by_the_part_that_holds_it(coffee: StockFlow) -> None:
    coffee.constant("wait", 0)
    coffee.auxiliary("felt", "smooth1(temperature, wait)")
    assert coffee.run().trouble == (
        "The auxiliary 'felt' is no longer a number at minute 0.25; it was computed from "
        "temperature 88.2, wait 0; look for a division by zero or for growth without limit"
    )
    assert coffee.causal_loops().links


def test_growth_without_limit_is_found_where_it_begins() -> None:
    model = StockFlow("explosion", stop=20, time_units="day")
    model.stock("heat", 2)
    model.flow("burning", "heat ^ 3", into="heat")
    run = model.run()
    first = int(np.argmin(np.isfinite(run["burning"])))
    assert f"The flow 'burning' is no longer a number at day {first};" in run.trouble


def test_an_ensemble_names_its_columns_and_their_units(coffee: StockFlow) -> None:
    runs = coffee.ensemble({"cooling time": [5, 10, 20]})
    assert dict(runs.sizes) == {"run": 3, "time": 241}
    assert runs["temperature"].attrs == {"units": "degC"}


def test_inputs_of_different_lengths_are_told(coffee: StockFlow) -> None:
    with pytest.raises(CstoolsError) as found:
        coffee.ensemble({"cooling time": [5, 10], "room temperature": [1, 2, 3]})
    assert str(found.value) == (
        "every input of an ensemble needs one value for each run: "
        "'cooling time' 2, 'room temperature' 3"
    )
