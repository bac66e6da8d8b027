"""Where a model rests, and what becomes of a push."""

from __future__ import annotations

import numpy as np
import pytest

from cstools import CstoolsError, StockFlow, facets
from tests.engine.random_models import sir

# Where a search ends when a step of Newton's method changes less than 1e-7 of a state's size.
NEAR = 1e-6


@pytest.fixture
def logistic() -> StockFlow:
    model = StockFlow("Pond", stop=40, dt=0.25, time_units="year")
    model.stock("fish", 50, units="tonnes")
    model.flow("growth", "rate * fish * (1 - fish / room)", into="fish")
    model.constant("rate", 0.5)
    model.constant("room", 900, units="tonnes")
    return model


@pytest.fixture
def hunters() -> StockFlow:
    """Lotka and Volterra's: rest at hares = 0.3 / 0.005 and lynx = 0.5 / 0.02."""
    model = StockFlow("Hunters", stop=50, dt=0.125, time_units="year", method="rk4")
    model.stock("hares", 50)
    model.stock("lynx", 10)
    model.flow("births", "0.5 * hares", into="hares")
    model.flow("eaten", "0.02 * hares * lynx", out_of="hares")
    model.flow("young lynx", "0.005 * hares * lynx", into="lynx")
    model.flow("deaths", "0.3 * lynx", out_of="lynx")
    return model


def test_logistic_growth_rests_full_and_empty(logistic: StockFlow) -> None:
    full, empty = logistic.equilibrium()
    assert full["fish"] == pytest.approx(900, rel=NEAR)
    assert empty["fish"] == 0
    # The slope of r x (1 − x / K) is r at 0 and −r at K.
    assert full.eigenvalues == pytest.approx([-0.5], rel=1e-6)  # central differences
    assert empty.eigenvalues == pytest.approx([0.5], rel=1e-6)
    assert (full.stability, empty.stability) == ("stable", "unstable")
    assert repr(logistic.equilibrium()) == (
        "'Pond' rests in 2 states that were found. (1) fish 900 tonnes: stable; a small push dies "
        "away. (2) fish 0 tonnes: unstable; a small push grows."
    )


def test_values_of_one_search_do_not_stay(logistic: StockFlow) -> None:
    assert logistic.equilibrium({"room": 500})[0]["fish"] == pytest.approx(500, rel=NEAR)
    assert logistic.equilibrium()[0]["fish"] == pytest.approx(900, rel=NEAR)


def test_hunters_and_hunted_swing_round_their_rest(hunters: StockFlow) -> None:
    found = {one.stability: one for one in hunters.equilibrium()}
    assert set(found) == {"neutral", "unstable"}
    rest = found["neutral"]
    assert (rest["hares"], rest["lynx"]) == pytest.approx((60, 25), rel=NEAR)
    # Small swings turn at √(0.5 × 0.3) a year.
    assert rest.period == pytest.approx(2 * np.pi / np.sqrt(0.15), rel=1e-6)
    assert repr(rest) == (
        "Rest at hares 60 and lynx 25: neutral; it keeps swinging, a swing in 16.2 years."
    )
    assert found["unstable"].values == {"hares": 0, "lynx": 0}


def test_a_run_that_begins_at_rest_stays_there(hunters: StockFlow) -> None:
    for rest in hunters.equilibrium():
        run = hunters.run(rest.values)
        for name, value in rest.values.items():
            np.testing.assert_allclose(run[name], value, rtol=1e-4, atol=1e-6)  # 400 steps long


def test_a_model_that_grows_for_ever_has_none() -> None:
    model = StockFlow("Debt", stop=10)
    model.stock("debt", 100)
    model.flow("interest", "5 + debt ^ 2 / 1000", into="debt")
    found = model.equilibrium()
    assert len(found) == 0
    assert repr(found) == (
        "No state was found in which 'Debt' rests, from 20 starts. That is no proof that there is "
        "none."
    )


@pytest.mark.parametrize("other", ["0", "1 + other"])
def test_a_flow_that_fades_away_is_no_rest(other: str) -> None:
    model = StockFlow("fading", stop=20, dt=0.25)
    model.stock("u", 3)
    model.flow("trickle", "exp(-u)", into="u")
    model.stock("other", 1)
    model.flow("growth", other, into="other")
    assert len(model.equilibrium()) == 0


def test_a_quota_has_two_levels_or_none() -> None:
    # fish = 1000 × (1 ± √(1 − quota / 125)) / 2
    pond = facets.world.pond_with_quota()
    levels = sorted(one["fish"] for one in pond.equilibrium({"quota": 100}))
    root = np.sqrt(1 - 100 / 125)
    assert levels[-2:] == pytest.approx([500 * (1 - root), 500 * (1 + root)], rel=NEAR)
    assert all(one["fish"] == 0 for one in pond.equilibrium({"quota": 140}))


def test_a_delay_turns_a_goal_into_a_swing() -> None:
    model = StockFlow("Shower", stop=200, dt=0.25, time_units="second")
    model.stock("heat", 10, units="degC")
    model.flow("turning", "(38 - felt) / 5", into="heat")
    model.auxiliary("felt", "smooth3(heat, 6)", units="degC")
    [rest] = model.equilibrium()
    assert rest.values == pytest.approx({"heat": 38}, rel=NEAR)
    # λ (2λ + 1)³ + 1/5 = 0 is the characteristic equation of the stock and its three smooths.
    roots = np.roots([8, 12, 6, 1, 0.2])
    slowest = roots[roots.real.argmax()]
    assert rest.stability == "stable"
    assert rest.period == pytest.approx(2 * np.pi / abs(slowest.imag), rel=1e-5)
    assert np.sort(rest.eigenvalues.real) == pytest.approx(np.sort(roots.real), rel=1e-5)


def test_people_that_only_move_stay_as_many() -> None:
    found = sir().equilibrium()
    for rest in found:
        assert sum(rest.values.values()) == pytest.approx(1000, rel=NEAR)
        assert rest["infectious"] == pytest.approx(0, abs=1e-3)  # of a thousand people
    assert not found[0].isolated
    assert "It is one of many such states; where a run ends depends on where it begins." in (
        found.describe()
    )


def test_a_model_in_which_nothing_flows_rests_where_it_is() -> None:
    model = StockFlow("still", stop=5)
    model.stock("stone", 3)
    [rest] = model.equilibrium()
    assert (rest.values, rest.stability, rest.isolated) == ({"stone": 3}, "neutral", False)


def test_a_model_that_watches_the_clock_is_told_of_its_moment(logistic: StockFlow) -> None:
    logistic.flow("catch", "step(100, 10)", out_of="fish")
    told = repr(logistic.equilibrium())
    # r x (1 − x / K) = 100 at x = 450 ± 150
    assert told.startswith(
        "With everything as at year 40, 'Pond' rests in 2 states that were found. (1) fish 600 "
        "tonnes: stable;"
    )
    assert "(2) fish 300 tonnes: unstable;" in told
    logistic.flow("catch", "step(200, 10)", out_of="fish")
    assert repr(logistic.equilibrium()).startswith(
        "With everything as at year 40, no state was found in which 'Pond' rests"
    )


def test_an_empty_stock_that_cannot_be_negative_is_a_rest() -> None:
    model = StockFlow("leak", stop=20, dt=0.25)
    model.stock("water", 10, non_negative=True)
    model.flow("leaking", "3", out_of="water")
    assert [one.values for one in model.equilibrium()] == [{"water": 0}]


def test_the_same_seed_finds_the_same(hunters: StockFlow) -> None:
    assert repr(hunters.equilibrium(seed=4)) == repr(hunters.equilibrium(seed=4))


def test_a_cell_shows_a_table(logistic: StockFlow) -> None:
    html = logistic.equilibrium()._repr_mimebundle_()["text/html"]
    assert ">900 tonnes</td>" in html
    assert ">a small push dies away</td>" in html


@pytest.mark.parametrize("name", ["creative_tension", "emotional_contagion", "classroom_coupling"])
def test_teaching_models_that_settle_rest_where_they_settle(name: str) -> None:
    room = facets.self if name == "creative_tension" else facets.others
    model = getattr(room, name)()
    rest = model.equilibrium()[0]
    assert rest.stability == "stable"
    run = model.copy()
    run.clock = type(run.clock)(run.start, run.start + 40 * (run.stop - run.start), run.dt, 1)
    settled = run.run()
    for stock, value in rest.values.items():
        assert settled[stock][-1] == pytest.approx(value, rel=1e-4)  # forty times as long a run


def lesson(model: StockFlow, **options: object) -> str:
    with pytest.raises(CstoolsError) as found:
        model.equilibrium(**options)
    return str(found.value)


def test_a_model_that_draws_never_rests(logistic: StockFlow) -> None:
    logistic.flow("luck", "normal(0, 1)", into="fish")
    assert lesson(logistic) == (
        "model 'Pond' draws random numbers, and so never rests; replace them by their means in a "
        ".copy()"
    )


def test_a_circle_of_memories_is_told() -> None:
    model = StockFlow("echo", stop=5)
    model.stock("s", 1)
    model.flow("f", "echo - s", into="s")
    model.auxiliary("echo", "previous(echo, 1) / 2")
    assert lesson(model).startswith(
        "model 'echo' carries values from step to step outside its stocks, in a circle of "
        "delay(…) or previous(…): "
    )


def test_too_few_starts_are_told(logistic: StockFlow) -> None:
    assert lesson(logistic, starts=2) == "starts=2: the search begins at four states or more"


def test_a_model_with_very_many_states_is_told() -> None:
    model = StockFlow("crowd", stop=2)
    model.dimension("Person", 301)
    model.stock("money[Person]", 1)
    assert lesson(model) == (
        "model 'crowd' has 301 states, those that delays and smooths hold for themselves included; "
        "equilibrium() searches in 300 at most. Run it for longer instead, and see where it settles"
    )


def test_a_sentence_names_the_first_of_many_stocks() -> None:
    model = StockFlow("crowd", stop=4)
    model.dimension("Person", 10)
    model.stock("money[Person]", 1)
    model.flow("spending[Person]", "money / 2", out_of="money[Person]")
    [rest] = model.equilibrium()
    assert len(rest.values) == 10
    assert "money[7] 0 and 3 more: stable; a small push dies away" in repr(rest)


def test_a_model_without_a_stock_is_told() -> None:
    model = StockFlow("sum", stop=2)
    model.auxiliary("a", "time")
    assert lesson(model) == (
        "model 'sum' has no stock: nothing in it gathers or drains, so there is nothing that could "
        "come to rest"
    )


def test_a_model_that_breaks_at_once_is_told() -> None:
    model = StockFlow("broken", stop=3)
    model.stock("s", "1 / 0")
    assert lesson(model) == "model 'broken' is no number from its start; see .run().trouble"
