"""What moves a result of a model: shares, bars, fans, and the sentences about them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cstools import CstoolsError, StockFlow


@pytest.fixture
def savings() -> StockFlow:
    """After ten years it holds 10 × deposit − 10 × spending + 0 × colour: a plain sum."""
    model = StockFlow("Savings", stop=10, time_units="year")
    model.stock("money", 0, units="coins")
    model.flow("saving", "deposit - spending + 0 * colour", into="money", units="coins/year")
    model.constant("deposit", 5, units="coins/year", between=(2, 8))
    model.constant("spending", 3, units="coins/year", between=(2, 4))
    model.constant("colour", 1, between=(0, 1))
    return model


def message(model: StockFlow, **options: Any) -> str:
    with pytest.raises(CstoolsError) as found:
        model.sensitivity(**options)
    return str(found.value)


def test_a_plain_sum_has_the_shares_of_its_variances(savings: StockFlow) -> None:
    found = savings.sensitivity()
    # Uniform over a width w: variance w² / 12; the widths are 6 and 2, so 36 and 4 of 40.
    truth = {"deposit": 0.9, "spending": 0.1, "colour": 0.0}
    for shares in (found.first, found.total):
        values = {name: share.value for name, share in shares.items()}
        # 512 points: 1 / √512 = 0.044 at random; Sobol's points do better.
        assert values == pytest.approx(truth, abs=0.03)


def test_a_product_shows_what_inputs_do_together() -> None:
    model = StockFlow("rectangle", stop=1)
    model.stock("area", "width * height")
    model.constant("width", 1, between=(-1, 1))
    model.constant("height", 1, between=(-1, 1))
    found = model.sensitivity()
    for name in ("width", "height"):
        assert found.first[name].value == pytest.approx(0, abs=0.05)  # as above, twice as wide
        assert found.total[name].value == pytest.approx(1, abs=0.1)


def test_it_says_what_moves_the_result_and_what_does_not(savings: StockFlow) -> None:
    told = savings.sensitivity(runs=40_000).describe()
    assert told.startswith("Money at year 10 lies between ")
    assert "'deposit' moves it most: 90% of its variation comes from that alone." in told
    assert "'spending' comes next: 10% of its variation comes from that alone." in told
    assert told.endswith("'colour' hardly matters.")


def test_with_few_runs_it_says_how_unsure_it_is(savings: StockFlow) -> None:
    told = savings.sensitivity(runs=80).describe()
    assert "points of a hundred only; runs=320 would say more." in told


def test_a_result_that_never_changes_is_told_so(savings: StockFlow) -> None:
    assert savings.sensitivity(["colour"]).describe() == (
        "Money at year 10 is 20 coins in every run. Nothing moves it: not 'colour', within the "
        "ranges given."
    )


def test_bars_show_each_input_by_itself(savings: StockFlow) -> None:
    found = savings.sensitivity(runs=80)
    assert found.middle == 20
    bars = [(b.label, b.low, b.high, b.at_low, b.at_high) for b in found.bars]
    assert bars == [
        ("deposit", 2, 8, -10, 50),
        ("spending", 2, 4, 30, 10),
        ("colour", 0, 1, 20, 20),
    ]
    assert repr(found.tornado()) == (
        "As it is, money at year 10 is 20 coins. By itself, 'deposit' from 2 to 8 coins/year takes "
        "it from -10 to 50 coins; 'spending' from 2 to 4 coins/year takes it from 30 to 10 coins."
    )


def test_a_bar_of_a_distribution_without_ends_leaves_out_five_percent(savings: StockFlow) -> None:
    [bar] = savings.sensitivity({"deposit": ("normal", 5, 1)}, runs=64).bars
    assert (bar.low, bar.high) == pytest.approx((5 - 1.6449, 5 + 1.6449), abs=1e-4)


MOMENTS = {
    "final": ("money at year 10", 20),
    None: ("money at year 10", 20),
    "max": ("the highest money", 20),
    "min": ("the lowest money", 0),
    "mean": ("the mean money", 10),
    4: ("money at year 4", 8),
    4.4: ("money at year 4", 8),
}


@pytest.mark.parametrize("at", MOMENTS)
def test_a_result_is_any_number_of_a_run(savings: StockFlow, at: Any) -> None:
    found = savings.sensitivity(at=at, runs=80)
    assert (found.outcome.said, found.middle) == MOMENTS[at]


def test_a_result_may_be_computed_by_a_function(savings: StockFlow) -> None:
    def first_time_above_ten(time: np.ndarray, values: np.ndarray) -> float:
        return float(time[np.argmax(values > 10)])

    found = savings.sensitivity({"deposit": (4, 8)}, at=first_time_above_ten, runs=48)
    assert found.middle == 6  # two coins a year: 12 after six years
    assert found.outcome.said == "money, as measured by 'first_time_above_ten'"


def test_a_fan_holds_the_quantiles_of_the_runs(savings: StockFlow) -> None:
    found = savings.sensitivity(["deposit"], runs=3072)
    # Money at year 10 is uniform from −10 to 50: its quantiles are known.
    ends = found.curves[:, -1]
    np.testing.assert_allclose(ends, [-7, 5, 20, 35, 47], atol=0.5)  # 2048 even points of 60 coins
    assert found.fan().sentence.startswith("The median of money rises from 0 to ")


def test_a_table_has_the_most_moving_input_first(savings: StockFlow) -> None:
    frame = savings.sensitivity().to_frame()
    assert list(frame.index) == ["deposit", "spending", "colour"]
    assert frame.loc["spending", "at low"] == 30


def test_a_cell_shows_a_table_with_its_sentence(savings: StockFlow) -> None:
    shown = savings.sensitivity(runs=80)
    html = shown._repr_mimebundle_()["text/html"]
    assert repr(shown) == shown.describe()
    assert '<th scope="row"' in html
    assert "from 2 to 8" in html


def test_chance_in_a_model_is_not_taken_for_an_input(savings: StockFlow) -> None:
    savings.flow("luck", "normal(0, 5)", into="money")
    found = savings.sensitivity(["deposit"], runs=768)
    assert found.total["deposit"].value == pytest.approx(1, abs=0.05)  # 256 points: 1 / √256


def test_the_same_seed_gives_the_same_answer_on_any_executor(savings: StockFlow) -> None:
    from concurrent.futures import ThreadPoolExecutor

    here = savings.sensitivity(seed=5)
    with ThreadPoolExecutor(2) as threads:
        there = savings.sensitivity(seed=5, executor=threads)
    np.testing.assert_array_equal(here.results, there.results)
    assert here.total == there.total


def test_compiled_code_gives_the_same_shares(savings: StockFlow) -> None:
    plain, fast = savings.sensitivity(), savings.sensitivity(engine="fast")
    for name, share in plain.total.items():
        assert fast.total[name].value == pytest.approx(share.value, abs=1e-9)  # rounding


def test_progress_is_told(savings: StockFlow) -> None:
    told: list[tuple[int, int]] = []
    savings.sensitivity(progress=lambda *said: told.append(said))
    assert told[-1] == (2560, 2560)


def test_an_array_is_asked_for_an_element() -> None:
    model = StockFlow("regions", stop=1)
    model.dimension("Region", ["North", "South"])
    model.stock("people[Region]", "growth")
    model.constant("growth", 1, between=(0, 1))
    assert message(model, of="people") == (
        "'people' is an array; runs are compared by one number each: name an element, such as "
        "'people[North]'"
    )
    assert model.sensitivity(of="people[South]", runs=48).outcome.name == "people[South]"


LESSONS = {
    "no such moment": (
        {"at": "finel"},
        "at='finel' is no moment of a run; did you mean 'final'?",
    ),
    "no moment at all": (
        {"at": [3]},
        "at=[3] is no moment of a run; say 'final', 'max', 'min', 'mean', a time, or a function of "
        "(time, values)",
    ),
    "outside": (
        {"at": 11},
        "at=11 is outside the run, which goes from year 0 to 10",
    ),
    "too few": (
        {"runs": 50},
        "runs=50 are too few for 3 inputs; take runs=80 at the very least, and better 4096",
    ),
    "no number": (
        {"at": lambda time, values: "much"},
        "a function of your own should return one number for the times and values of a run: could "
        "not convert string to float: 'much'",
    ),
    "no engine": (
        {"engine": "quick"},
        "there is no engine 'quick' for many runs; choose 'cstools' or 'fast'",
    ),
    "no variable": (
        {"of": "mony"},
        "model 'Savings': nothing is called 'mony'; did you mean 'money'?",
    ),
}


@pytest.mark.parametrize("what", LESSONS)
def test_what_cannot_be_answered_gets_a_lesson(savings: StockFlow, what: str) -> None:
    options, lesson = LESSONS[what]
    assert message(savings, **options) == lesson


def test_runs_that_break_are_told_with_one_of_them() -> None:
    model = StockFlow("division", stop=2)
    model.stock("heap", 0)
    model.flow("growth", "1 / max(0, share)", into="heap")
    model.constant("share", 1, between=(-1, 1))
    told = message(model)
    assert told.startswith("heap at time 2 is no number in ")
    assert told.endswith(
        "; narrow the ranges, or look into that run: its .trouble says where it broke"
    )


def test_a_model_without_stocks_is_asked_what_it_is_about() -> None:
    model = StockFlow("empty", stop=1)
    model.constant("a", 1, between=(0, 1))
    model.auxiliary("b", "a * 2")
    assert message(model) == ("model 'empty' has no stock; say which variable it is about: of=")
