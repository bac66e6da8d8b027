"""The values that data point to, how sure they are, and when the data cannot tell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from cstools import CstoolsError, StockFlow

RANGES = {"growth rate": (0.05, 2.0), "room": (300.0, 3000.0)}
TRUTH = {"growth rate": 0.6, "room": 1200.0}


@pytest.fixture
def pond() -> StockFlow:
    model = StockFlow("Pond", stop=20, dt=0.125, time_units="year")
    model.stock("fish", 50, units="tonnes")
    model.flow("growth", "growth rate * fish * (1 - fish / room)", into="fish")
    model.constant("growth rate", 0.3, units="1/year")
    model.constant("room", 900, units="tonnes")
    return model


@pytest.fixture
def product() -> StockFlow:
    """Only the product of two of its constants matters, and a third not at all."""
    model = StockFlow("Product", stop=10, dt=0.25)
    model.stock("x", 1)
    model.flow("growth", "births * share * x + 0 * colour", into="x")
    model.constant("births", 1)
    model.constant("share", 0.1)
    model.constant("colour", 1)
    return model


def seen(model: StockFlow, noise: float = 0.0, seed: int = 0, every: int = 8) -> dict[str, Any]:
    run = model.run(TRUTH)
    values = run["fish"][::every]
    chance = np.random.default_rng(seed).normal(0, noise, len(values))
    return {"time": run.time[::every], "fish": values + chance}


def message(model: StockFlow, *given: Any, **options: Any) -> str:
    with pytest.raises(CstoolsError) as found:
        model.calibrate(*given, **options)
    return str(found.value)


def test_known_values_come_back_from_a_run_without_noise(pond: StockFlow) -> None:
    found = pond.calibrate(seen(pond), RANGES)
    # Least squares stops when a step changes nothing in twelve digits; the slopes are good to six.
    assert found.values == pytest.approx(TRUTH, rel=1e-6)
    assert found.describe() == (
        "With growth rate 0.6 1/year and room 1,200 tonnes, 'Pond' comes nearest to 21 "
        "observations of fish. It meets fish exactly."
    )
    assert found.explained("fish") == pytest.approx(1)


def test_the_intervals_hold_the_truth_about_as_often_as_they_say(pond: StockFlow) -> None:
    held = 0
    for seed in range(20):
        found = pond.calibrate(seen(pond, 30, seed), RANGES, generations=25)
        held += sum(low <= TRUTH[n] <= high for n, (low, high) in found.intervals.items())
    # 40 intervals of 95 %: fewer than 33 would come by chance 7 times in 10,000.
    assert held >= 33


def test_it_says_how_far_off_it_is(pond: StockFlow) -> None:
    found = pond.calibrate(seen(pond, 30), RANGES)
    rest = found.residuals["fish"]
    assert found.error("fish") == pytest.approx(np.sqrt(np.mean(rest**2)))
    told = found.describe()
    assert f"It misses fish by {found.error('fish'):.3g} tonnes (root mean square)" in told
    assert "and explains more than 99% of its variation." in told


def test_a_pair_that_cannot_be_told_apart_is_named(product: StockFlow) -> None:
    run = product.run()
    data = {"time": run.time, "x": run["x"]}
    found = product.calibrate(data, {"births": (0.1, 3), "share": (0.01, 1)})
    assert found.tied == (("births", "share"),)
    assert found.values["births"] * found.values["share"] == pytest.approx(0.1, rel=1e-5)
    assert found.intervals["births"] == (-np.inf, np.inf)
    assert found.describe().endswith(
        "These data cannot tell 'births' and 'share' apart: other values of them, together, fit as "
        "well. Set one of them from elsewhere, or observe more."
    )
    assert ">not determined</td>" in found._repr_mimebundle_()["text/html"]


def test_an_input_that_moves_nothing_is_named_by_itself(product: StockFlow) -> None:
    run = product.run()
    data = {"x": list(zip(run.time, run["x"], strict=True))}
    found = product.calibrate(data, {"births": (0.1, 3), "share": (0.01, 1), "colour": (0, 1)})
    assert sorted(found.tied) == [("births", "share"), ("colour",)]
    assert (
        "These data say nothing about 'colour': any value in its range fits as well."
        in found.describe()
    )
    alone = product.calibrate(data, {"births": (0.1, 3), "colour": (0, 1)})
    assert alone.values["births"] == pytest.approx(1, rel=1e-6)
    assert alone.tied == (("colour",),)


def test_two_inputs_that_make_up_for_each_other_are_told(pond: StockFlow) -> None:
    # While the fish are few, the room for them hardly shows but through the growth.
    run = pond.run(TRUTH)
    chance = np.random.default_rng(3).normal(0, 2, 33)
    data = {"time": run.time[:33], "fish": run["fish"][:33] + chance}
    told = pond.calibrate(data, RANGES).describe()
    assert (
        "'growth rate' and 'room' largely make up for each other: take neither interval without "
        "the other." in told
    )


def test_a_value_at_the_end_of_its_range_is_told(pond: StockFlow) -> None:
    found = pond.calibrate(seen(pond), {"growth rate": (0.05, 2), "room": (300, 1000)})
    assert found.at_ends == ("room",)
    assert found.describe().endswith(
        "'room' stands at the end of its range, 1,000: a wider range may fit better, and its "
        "interval means little."
    )


def test_gaps_and_any_order_of_times_do_not_matter(pond: StockFlow) -> None:
    data = pd.DataFrame(seen(pond))
    data.loc[[3, 7], "fish"] = np.nan
    shuffled = data.sample(frac=1, random_state=1)
    found = pond.calibrate(shuffled, RANGES)
    assert found.values == pytest.approx(TRUTH, rel=1e-6)
    assert len(found.residuals["fish"]) == 19


FORMS = {
    "a frame with its index": lambda d: pd.DataFrame({"fish": d["fish"]}, index=d["time"]),
    "a frame with a column": pd.DataFrame,
    "a column named after the unit": lambda d: {"Year": d["time"], "fish": d["fish"]},
    "points": lambda d: {"fish": list(zip(d["time"], d["fish"], strict=True))},
}


@pytest.mark.parametrize("form", FORMS)
def test_data_come_in_several_forms(pond: StockFlow, form: str) -> None:
    found = pond.calibrate(FORMS[form](seen(pond)), {"growth rate": (0.05, 2)})
    plain = pond.calibrate(seen(pond), {"growth rate": (0.05, 2)})
    assert found.values == plain.values


def test_between_saved_times_the_run_is_taken_as_straight(pond: StockFlow) -> None:
    run = pond.run(TRUTH)
    middle = (run["fish"][:-1] + run["fish"][1:]) / 2
    data = {"time": run.time[:-1] + 0.0625, "fish": middle}
    assert pond.calibrate(data, RANGES).values == pytest.approx(TRUTH, rel=1e-6)


def test_two_variables_of_different_sizes_count_alike(pond: StockFlow) -> None:
    pond.auxiliary("thousands", "fish / 1000")
    run = pond.run(TRUTH)
    data = {"time": run.time, "fish": run["fish"] + 100, "thousands": run["thousands"] - 0.1}
    found = pond.calibrate(data, RANGES)
    # One is 100 too high, the other as much too low: neither wins.
    assert found.values == pytest.approx(TRUTH, rel=1e-4)
    wins = pond.calibrate(data, RANGES, weights={"fish": 100})
    assert wins.error("fish") < found.error("fish") / 2


def test_runs_that_break_on_the_way_are_passed_by(pond: StockFlow) -> None:
    pond.auxiliary("strange", "sqrt(growth rate - 0.4)")
    pond.flow("more", "0 * strange", into="fish")
    found = pond.calibrate(seen(pond), {"growth rate": (0.05, 2), "room": (300, 3000)})
    assert found.values == pytest.approx(TRUTH, rel=1e-6)


def test_a_picture_has_the_run_as_lines_and_the_data_as_marks(pond: StockFlow) -> None:
    found = pond.calibrate(seen(pond, 30), RANGES)
    picture = found.plot()
    curve, marks = picture.figure.axes[0].lines
    np.testing.assert_array_equal(curve.get_ydata(), found.run["fish"])
    np.testing.assert_array_equal(marks.get_ydata(), found.data[0].values)
    low, high = picture.figure.axes[0].get_ylim()
    assert low <= found.data[0].values.min() <= found.data[0].values.max() <= high
    assert picture.sentence == found.describe()


def test_a_table_has_a_row_for_each_input(pond: StockFlow) -> None:
    frame = pond.calibrate(seen(pond), RANGES).to_frame()
    assert list(frame.index) == ["growth rate", "room"]
    assert frame.loc["room", "range to"] == 3000


def test_progress_counts_generations(pond: StockFlow) -> None:
    told: list[tuple[int, int]] = []
    pond.calibrate(seen(pond), RANGES, generations=3, progress=lambda *said: told.append(said))
    assert told[-1] == (3, 3)


def test_compiled_code_finds_the_same(pond: StockFlow) -> None:
    found = pond.calibrate(seen(pond), RANGES, engine="fast")
    assert found.values == pytest.approx(TRUTH, rel=1e-6)


def test_the_model_is_as_it_was(pond: StockFlow) -> None:
    before = repr(pond)
    pond.calibrate(seen(pond), {"growth rate": (0.05, 2)})
    assert repr(pond) == before


SHAPE = (
    'give a DataFrame with the time as its index, or {"time": […], "name": […]}, or '
    '{"name": [(time, value), …]}'
)
LESSONS: dict[str, tuple[Any, str]] = {
    "too few": (
        {"fish": [(1, 2), (2, 3)]},
        "2 observations cannot determine 2 inputs; give more data, or let fewer inputs move",
    ),
    "no times": ({"fish": [1, 2, 3]}, f"the data of 'fish' have no times; {SHAPE}"),
    "no data": (3, f"data of the kind 'int' cannot be read; {SHAPE}"),
    "only times": ({"time": [1, 2]}, f"these data hold no variable besides the time; {SHAPE}"),
    "only gaps": (
        {"time": [1, 2], "fish": [None, float("nan")]},
        f"the data of 'fish' hold no number at any time; {SHAPE}",
    ),
    "words": (
        {"time": [1, 2], "fish": ["many", "few"]},
        "the data of 'fish' hold something that is no number; leave a gap empty, and write times "
        "as numbers in the model's units",
    ),
    "different lengths": (
        {"time": [1, 2, 3], "fish": [1, 2]},
        "'fish' has 2 values at 3 times; each needs one",
    ),
    "outside": (
        {"fish": [(0, 1), (5, 2), (25, 3)]},
        "'fish' was observed at year 25, and the run goes from year 0 to year 20; give the model "
        "another start or stop, or leave that time out",
    ),
    "unknown": (
        {"fishes": [(0, 1)]},
        "model 'Pond': nothing is called 'fishes'; did you mean 'fish'?",
    ),
}


@pytest.mark.parametrize("what", LESSONS)
def test_data_that_tell_nothing_get_a_lesson(pond: StockFlow, what: str) -> None:
    data, lesson = LESSONS[what]
    assert message(pond, data, RANGES) == lesson


def test_a_weight_of_something_else_gets_a_lesson(pond: StockFlow) -> None:
    assert message(pond, seen(pond), RANGES, weights={"growth": 2}) == (
        "weights: 'growth' 2 is no weight above 0 of a variable in the data"
    )


def test_ranges_in_which_nothing_runs_get_a_lesson() -> None:
    model = StockFlow("broken", stop=2)
    model.stock("heap", 1)
    model.flow("growth", "share / 0", into="heap")
    model.constant("share", 1)
    assert message(model, {"heap": [(1, 2), (2, 3)]}, {"share": (1, 2)}) == (
        "no values within these ranges give a run that stays a number at all observed times; "
        "narrow the ranges, and look at a run's .trouble"
    )
