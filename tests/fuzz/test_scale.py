"""Ten thousand variables are built, put in order and run within seconds; more is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cstools import StockFlow
from cstools.errors import ModelError
from tests.fuzz.lessons import soon

MANY = 10_000


def chain() -> StockFlow:
    """Each variable needs the next one, which comes after it."""
    model = StockFlow("a chain", stop=3)
    model.stock("s", 1)
    for number in range(1, MANY):
        model.auxiliary(f"a{number}", f"a{number + 1} + 1")
    model.auxiliary(f"a{MANY}", "s")
    model.flow("f", "a1", into="s")
    return model


def star() -> StockFlow:
    """One stock with very many flows."""
    model = StockFlow("a star", stop=3)
    model.stock("s", 1)
    for number in range(MANY):
        model.flow(f"f{number}", "1 / 10000", into="s")
    return model


def row_of_stocks() -> StockFlow:
    """What leaves one stock enters the next."""
    model = StockFlow("a row", stop=3)
    for number in range(MANY // 2):
        model.stock(f"s{number}", 1)
    for number in range(MANY // 2 - 1):
        model.flow(f"f{number}", f"s{number} / 2", out_of=f"s{number}", into=f"s{number + 1}")
    return model


def array() -> StockFlow:
    """One array of very many elements, and sums over it."""
    model = StockFlow("an array", stop=3)
    model.dimension("Herd", MANY)
    model.stock("animals[Herd]", "Herd")
    model.flow("births[Herd]", "animals * rate", into="animals[Herd]")
    model.constant("rate[Herd]", 1)
    model.auxiliary("total", "sum(animals)")
    return model


# The last value of a variable, worked out by hand.
LARGE: dict[str, tuple[Callable[[], StockFlow], str, float]] = {
    "a chain": (chain, "s", 8 + 7 * (MANY - 1)),  # s → 2s + 9999, three times
    "a star": (star, "s", 4),
    "a row of stocks": (row_of_stocks, "s0", 1 / 8),
    "an array": (array, "total", 8 * MANY * (MANY + 1) / 2),
}


@pytest.mark.parametrize("what", LARGE)
def test_ten_thousand_variables_run_in_seconds(what):
    build, name, last = LARGE[what]
    with soon(60):
        run = build().run()
    # Ten thousand additions, each of them rounded.
    assert run[name][-1] == pytest.approx(last, rel=1e-11)


def test_a_circle_of_very_many_is_told_by_its_ends():
    model = StockFlow("a circle", stop=3)
    for number in range(1000):
        model.auxiliary(f"a{number}", f"a{(number + 1) % 1000} + 1")
    with pytest.raises(ModelError) as caught:
        model.run()
    assert str(caught.value) == (
        "a0 → a999 → a998 → a997 → a996 → (994 more) → a1 → a0 need each other in the same "
        "instant; a feedback loop must pass through a stock"
    )


def test_a_sum_within_a_sum_within_a_sum_is_refused():
    model = array()
    model.auxiliary("odd", "sum(animals[*] * sum(animals[*] * sum(animals[*])))")
    with soon(60), pytest.raises(ModelError) as caught:
        model.run()
    assert str(caught.value) == (
        "auxiliary 'odd': written out for every element, the equations of this model hold more "
        "than 300,000 terms; give a sum that stands inside another one a name of its own, as "
        "an auxiliary"
    )


def test_an_array_of_more_than_a_model_can_hold_is_refused():
    model = StockFlow("pairs")
    model.dimension("Herd", MANY)
    model.stock("pairs[Herd, Herd]", 1)
    with pytest.raises(ModelError) as caught:
        model.run()
    assert str(caught.value) == (
        "stock 'pairs[Herd, Herd]' has more than 100,000 single values; a dimension of that many "
        "elements is more than a model can hold"
    )


@pytest.mark.parametrize("count", [100_001, 10**9])
def test_a_dimension_of_more_than_a_model_can_hold_is_refused(count):
    with pytest.raises(ModelError) as caught:
        StockFlow().dimension("Herd", count)
    assert str(caught.value) == (
        "dimension 'Herd': more than 100,000 elements are more than a model can hold"
    )


GROWING = {
    "forecasts": "forecast({}, 2, 3)",
    "random numbers": "uniform({}, 1)",
}


@pytest.mark.parametrize("what", GROWING)
def test_what_writes_itself_out_twice_at_each_level_is_refused(what):
    text = "s"
    for _ in range(30):
        text = GROWING[what].format(text)
    model = StockFlow("growing", stop=3)
    model.stock("s", 1)
    model.auxiliary("how odd", text)
    with soon(20), pytest.raises(ModelError) as caught:
        model.run()
    assert str(caught.value) == (
        "'how odd': too many delays, smooths, forecasts or random numbers stand inside one "
        "another; give the inner ones names of their own, as auxiliaries"
    )
