"""Many runs of a model: their inputs, how far they have come, when they stop, what they return."""

from __future__ import annotations

from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import nullcontext
from threading import Event
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cstools import CstoolsError, StockFlow


def message(model: StockFlow, *inputs: Any, **options: Any) -> str:
    with pytest.raises(CstoolsError) as found:
        model.ensemble(*inputs, **options)
    return str(found.value)


@pytest.fixture
def regions() -> StockFlow:
    model = StockFlow("Regions", stop=3, time_units="year")
    model.dimension("Region", ["North", "South"])
    model.dimension("Age", 3)
    model.constant("rate[Region]", [0.1, 0.2])
    model.stock("population[Region, Age]", 100, units="people")
    model.flow("births[Region, Age]", "population * rate[Region]", into="population[Region, Age]")
    return model


# --- inputs ---------------------------------------------------------------------------------------


def test_without_inputs_the_sliders_are_spread_over_their_ranges(coffee: StockFlow) -> None:
    runs = coffee.ensemble()
    times = runs["cooling time"].to_numpy()
    assert runs.sizes["run"] == 200
    # A Latin hypercube meets each of as many equal slices as there are runs once.
    assert sorted(np.floor((times - 1) / 29 * 200)) == list(range(200))


def test_names_of_sliders_are_inputs(coffee: StockFlow) -> None:
    by_name = coffee.ensemble(["cooling time"], runs=5, seed=3)
    by_range = coffee.ensemble({"Cooling_Time": (1, 30)}, runs=5, seed=3)
    assert by_name.identical(by_range)
    assert by_name.identical(coffee.ensemble("cooling time", runs=5, seed=3))


def test_a_frame_is_a_table_of_inputs(coffee: StockFlow) -> None:
    frame = pd.DataFrame({"cooling time": [5, 10], "room temperature": [0, 20]})
    runs = coffee.ensemble(frame)
    np.testing.assert_array_equal(runs["room temperature"], [0, 20])
    alone = coffee.run({"cooling time": 5, "room temperature": 0})
    np.testing.assert_allclose(runs["temperature"][0], alone["temperature"], rtol=1e-12)


# Of each distribution: its theoretical mean and deviation.
SPREADS = {
    "uniform": ((2, 8), 5, 6 / np.sqrt(12)),
    "uniform, in words": (("uniform", 2, 8), 5, 6 / np.sqrt(12)),
    "normal": (("normal", 5, 2), 5, 2),
    "triangular": (("triangular", 0, 3, 6), 3, np.sqrt(36 / 24)),
    "a leaning triangle": (("triangular", 0, 0, 6), 2, np.sqrt(36 / 18)),
    "loguniform": (
        ("loguniform", 1, np.e),
        np.e - 1,
        np.sqrt((np.e**2 - 1) / 2 - (np.e - 1) ** 2),
    ),
    "scipy's": (stats.expon(scale=3), 3, 3),
}


@pytest.mark.parametrize("sampling", ["latin hypercube", "sobol", "random"])
@pytest.mark.parametrize("said", SPREADS)
def test_inputs_are_spread_as_was_said(coffee: StockFlow, said: str, sampling: str) -> None:
    given, mean, deviation = SPREADS[said]
    runs = coffee.ensemble({"cooling time": given}, runs=4096, sampling=sampling, save=["cooling"])
    drawn = runs["cooling time"].to_numpy()
    # Plain random draws: five standard errors of the mean; of the deviation, the exponential's
    # heavier tail makes it some times that. The evenly spread samplings are far nearer.
    assert abs(drawn.mean() - mean) < 5 * deviation / np.sqrt(4096)
    assert drawn.std() == pytest.approx(deviation, rel=0.1)


def test_the_same_seed_draws_the_same_and_another_does_not(coffee: StockFlow) -> None:
    one, same, other = (coffee.ensemble(runs=8, seed=seed) for seed in (1, 1, 2))
    assert one.identical(same)
    assert not np.isin(one["cooling time"], other["cooling time"]).any()


def test_a_triangle_fits_the_law_that_scipy_has() -> None:
    from cstools.stock_flow.spreads import spread

    shares = np.linspace(0.01, 0.99, 50)
    ours = spread("x", ("triangular", 2, 3, 10)).at(shares)
    # The same formula, evaluated in another order: some units in the last place.
    np.testing.assert_allclose(ours, stats.triang(1 / 8, 2, 8).ppf(shares), rtol=1e-12)


LESSONS = {
    "mixed": (
        {"cooling time": (1, 30), "room temperature": [1, 2]},
        "the input 'room temperature' is a list of values and 'cooling time' a distribution; an "
        "ensemble takes either a table of values or distributions",
    ),
    "no range": (
        ["room temperature"],
        "constant 'room temperature' has no range; give it one with between=(low, high), or say "
        'it here: {"room temperature": (low, high)}',
    ),
    "unknown word": (
        {"cooling time": ("normale", 1, 2)},
        "the input 'cooling time': there is no distribution 'normale'; did you mean 'normal'?",
    ),
    "unknown word, nothing near": (
        {"cooling time": ("zeta", 1, 2)},
        "the input 'cooling time': there is no distribution 'zeta'; there are uniform, normal, "
        "triangular, loguniform",
    ),
    "numbers missing": (
        {"cooling time": ("normal", 1)},
        "the input 'cooling time': 'normal' takes mean and spread, as numbers",
    ),
    "words for numbers": (
        {"cooling time": ("low", "high")},
        "the input 'cooling time': there is no distribution 'low'; there are uniform, normal, "
        "triangular, loguniform",
    ),
    "no numbers": (
        {"cooling time": (None, 3)},
        "the input 'cooling time': (None, 3) is no distribution; say (low, high) for anywhere "
        'between, or such as ("normal", mean, spread)',
    ),
    "falling": (
        {"cooling time": (5, 1)},
        "the input 'cooling time': low 5, high 1 must rise from the first to the last",
    ),
    "no spread": (
        {"cooling time": ("normal", 5, 0)},
        "the input 'cooling time': the spread of 'normal', 0, must be above 0",
    ),
    "factors of nothing": (
        {"cooling time": ("loguniform", 0, 5)},
        "the input 'cooling time': 'loguniform' is about factors, so low 0 must be above 0",
    ),
    "no names": (
        3,
        "inputs of the kind 'int' have no names; give a table, "
        '{"name": [value, value, …]}, or ranges, {"name": (low, high)}',
    ),
    "computed": (
        {"cooling": (0, 1)},
        "flow 'cooling' is computed by an equation; a run can set constants and the first values "
        "of stocks; to change an equation, change it in a .copy()",
    ),
    "unknown": (
        {"coling time": (0, 1)},
        "model 'Coffee cooling': nothing is called 'coling time'; did you mean 'cooling time' or "
        "'cooling'?",
    ),
}


@pytest.mark.parametrize("what", LESSONS)
def test_inputs_that_are_none_get_a_lesson(coffee: StockFlow, what: str) -> None:
    inputs, lesson = LESSONS[what]
    assert message(coffee, inputs) == lesson


def test_a_model_without_ranges_asks_for_inputs() -> None:
    model = StockFlow("bare")
    model.stock("s", 1)
    assert message(model) == (
        "nothing in model 'bare' has a range; give a constant one with between=(low, high), or "
        'say the inputs here: {"name": (low, high)}'
    )


OPTIONS = {
    "powers": (
        {"runs": 100, "sampling": "sobol"},
        "Sobol' points come in powers of two: take runs=64 or runs=128, not 100",
    ),
    "sampling": (
        {"sampling": "latin hypercubes"},
        "there is no sampling 'latin hypercubes'; did you mean 'latin hypercube'?",
    ),
    "no runs": ({"runs": 0}, "runs=0: an ensemble has one run or more, a whole number"),
    "engine": (
        {"engine": "fats"},
        "there is no engine 'fats' for many runs; did you mean 'fast'?",
    ),
    "progress": (
        {"progress": "yes"},
        "progress='yes' is neither True nor a function; write progress=True for a bar, or give a "
        "function of (done, total)",
    ),
    "cancel": (
        {"cancel": 3},
        "cancel=3 cannot be asked; give a function that returns True to stop, or a threading.Event",
    ),
}


@pytest.mark.parametrize("what", OPTIONS)
def test_an_option_that_is_none_gets_a_lesson(coffee: StockFlow, what: str) -> None:
    options, lesson = OPTIONS[what]
    assert message(coffee, **options) == lesson


def test_a_table_has_as_many_runs_as_it_has(coffee: StockFlow) -> None:
    assert message(coffee, {"cooling time": [1, 2, 3]}, runs=5) == (
        "the table of inputs has 3 runs, not 5; runs= is for inputs that are distributions"
    )


# --- results --------------------------------------------------------------------------------------


def test_runs_carry_their_inputs_and_their_units(coffee: StockFlow) -> None:
    runs = coffee.ensemble({"cooling time": [5, 10], "temperature": [80, 90]})
    assert dict(runs.sizes) == {"run": 2, "time": 241}
    assert list(runs["cooling time"].to_numpy()) == [5, 10]
    assert runs["cooling time"].attrs == {"units": "minute"}
    assert runs["time"].attrs == {"units": "minute"}
    assert runs.attrs == {"model": "Coffee cooling"}
    # The stock is both an input and a result: its first value has a name of its own.
    assert list(runs["temperature (first value)"].to_numpy()) == [80, 90]
    assert list(runs["temperature"][:, 0].to_numpy()) == [80, 90]


def test_a_stock_that_is_called_run_or_time_spent_does_not_clash() -> None:
    model = StockFlow("skiing", stop=2)
    model.stock("run", 1)
    runs = model.ensemble({"run": [1.0, 2.0]})
    assert list(runs["run (stock)"][:, 0].to_numpy()) == [1, 2]


def test_an_array_has_its_own_dimensions_after_run_and_time(regions: StockFlow) -> None:
    runs = regions.ensemble({"rate[South]": [0.2, 0.5]}, save=["population", "births[North, 2]"])
    population = runs["population"]
    assert dict(population.sizes) == {"run": 2, "time": 4, "Region": 2, "Age": 3}
    assert population.attrs == {"units": "people"}
    for run, rate in enumerate((0.2, 0.5)):
        alone = regions.run({"rate[South]": rate})
        np.testing.assert_allclose(population[run], alone["population"], rtol=1e-12)
        np.testing.assert_allclose(runs["births[North, 2]"][run], alone["births[North, 2]"])
    south = population.sel(Region="South", Age="3", run=1)
    np.testing.assert_allclose(south, [100, 150, 225, 337.5])


def test_without_a_word_whole_arrays_of_stocks_are_saved(regions: StockFlow) -> None:
    runs = regions.ensemble({"rate[North]": [0.1]})
    assert list(runs.data_vars) == ["population"]


def test_an_array_of_constants_is_one_input(regions: StockFlow) -> None:
    runs = regions.ensemble({"rate": [0.1, 0.3]}, save=["population"])
    np.testing.assert_allclose(runs["population"][1, 1], 130)
    assert list(runs["rate"].to_numpy()) == [0.1, 0.3]


def test_an_element_without_an_equation_is_no_number() -> None:
    model = StockFlow("Regions", stop=1)
    model.dimension("Region", ["North", "South", "East"])
    model.stock("people[Region]", 1)
    model.auxiliary("share[North]", "1")
    model.auxiliary("share[East]", "2")
    share = model.ensemble({}, save=["share"])["share"].isel(run=0, time=0)
    np.testing.assert_array_equal(share, [1, np.nan, 2])


def test_an_array_over_the_same_dimension_twice_keeps_both_axes() -> None:
    model = StockFlow("moving", stop=1)
    model.dimension("City", ["A", "B"])
    model.stock("moved[City, City]", 0)
    assert dict(model.ensemble({}).sizes) == {"run": 1, "time": 2, "City": 2, "City 2": 2}


@pytest.mark.parametrize("threads", [None, 2])
def test_compiled_code_gives_the_same_numbers(regions: StockFlow, threads: int | None) -> None:
    regions.flow("luck[Region, Age]", "normal(0, 1)", into="population[Region, Age]")
    inputs = {"rate[South]": np.linspace(0, 0.5, 1200)}
    plain = regions.ensemble(inputs, seed=3)
    with ThreadPoolExecutor(threads) if threads else nullcontext() as executor:
        fast = regions.ensemble(inputs, seed=3, engine="fast", executor=executor)
    # sin, cos and log of the two libraries may differ by an ulp.
    np.testing.assert_allclose(fast["population"], plain["population"], rtol=1e-12, atol=1e-12)


# --- on the way -----------------------------------------------------------------------------------


def test_progress_is_told_until_all_are_done(coffee: StockFlow) -> None:
    told: list[tuple[int, int]] = []
    coffee.ensemble(runs=2000, progress=lambda *said: told.append(said))
    assert told == [(500, 2000), (1000, 2000), (1500, 2000), (2000, 2000)]


def test_without_a_notebook_progress_is_one_line(
    coffee: StockFlow, capsys: pytest.CaptureFixture[str]
) -> None:
    coffee.ensemble(runs=1000, progress=True)
    assert capsys.readouterr().err == "\r500 of 1,000 runs\r1,000 of 1,000 runs\n"


def test_in_a_notebook_progress_is_a_bar(
    coffee: StockFlow, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Any] = []
    monkeypatch.setattr("IPython.get_ipython", lambda: SimpleNamespace(kernel=True))
    monkeypatch.setattr("IPython.display.display", shown.append)
    coffee.ensemble(runs=1000, progress=True)
    bar, words = shown[0].children
    assert (bar.value, bar.max, words.value) == (1000, 1000, "1,000 of 1,000 runs")


STOPPED = "Stopped: 1,000 of 5,000 runs were done; these are returned."


def test_an_event_stops_after_the_chunk_under_way(coffee: StockFlow) -> None:
    event = Event()

    def enough(done: int, total: int) -> None:
        if done >= 1000:
            event.set()

    with pytest.warns(UserWarning, match=STOPPED):
        runs = coffee.ensemble(
            {"cooling time": np.linspace(1, 30, 5000)}, cancel=event, progress=enough
        )
    assert runs.attrs["stopped"] == STOPPED
    assert list(runs["run"].to_numpy()) == list(range(1000))
    whole = coffee.ensemble({"cooling time": np.linspace(1, 30, 5000)[:1000]})
    np.testing.assert_array_equal(runs["temperature"], whole["temperature"])


@pytest.mark.parametrize("executor", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_an_executor_is_stopped_as_well(coffee: StockFlow, executor: type[Executor]) -> None:
    event = Event()
    inputs = {"cooling time": np.linspace(1, 30, 20_000)}
    with executor(1) as workers, pytest.warns(UserWarning, match="of 20,000 runs were done"):
        runs = coffee.ensemble(
            inputs, executor=workers, cancel=event, progress=lambda *_: event.set()
        )
    assert 0 < runs.sizes["run"] < 20_000
    first = int(runs["run"][0])
    alone = coffee.run({"cooling time": inputs["cooling time"][first]})
    np.testing.assert_allclose(runs["temperature"][0], alone["temperature"], rtol=1e-12)


def test_the_stop_button_loses_nothing_that_is_done(coffee: StockFlow) -> None:
    def press(done: int, total: int) -> None:
        if done >= 1000:
            raise KeyboardInterrupt

    with pytest.warns(UserWarning, match=STOPPED):
        runs = coffee.ensemble(
            {"cooling time": np.linspace(1, 30, 5000)}, progress=press, save=["cooling"]
        )
    assert runs.sizes["run"] == 1000
    assert np.isfinite(runs["cooling"]).all()


def test_stopped_before_it_began_it_returns_no_runs(coffee: StockFlow) -> None:
    with pytest.warns(UserWarning, match="Stopped: 0 of 200 runs were done"):
        runs = coffee.ensemble(cancel=lambda: True)
    assert runs.sizes["run"] == 0
