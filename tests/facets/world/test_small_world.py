"""The small world against what can be worked out on paper, and what the story promises."""

from dataclasses import replace
from math import exp, sqrt

import numpy as np
import pytest

from cstools.facets.world import small_world
from tests.facets.teaching_model import TeachingModel

LIFE, HARD, LONGEST, HALF, LAND, PLAIN = 16, 1000, 70, 0.5, 100, 3


class TestSmallWorld(TeachingModel):
    model = staticmethod(small_world)
    # Half a percent of the most that any stock ever holds: less than the width of the line.
    halving_dt = 0.005


def for_long(years, **settings):
    """Return a run of so many years in the place of 240."""
    world = small_world()
    world.clock = replace(world.clock, stop=years)
    return world.run(settings)


def row_of_most(run, name):
    return int(np.argmax(run[name]))


@pytest.mark.parametrize("share", [0.1, 0.12, 0.15, 0.18])
@pytest.mark.parametrize("ore_in_goods", [0.5, 1.0])
def test_workshops_turn_where_what_is_built_just_replaces_what_falls_in(share, ore_in_goods):
    settings = {"share built on": share, "ore in goods": ore_in_goods}
    run = for_long(1000, **settings)
    # share · ore / (ore + 1000) = 1 / 16, whatever else happens on the island.
    turn = HARD / (share * LIFE - 1)
    row = row_of_most(run, "workshops")
    # The row of the most is within a step of the moment at which the ore passes that level.
    assert run["ore"][row + 1] - 1e-9 <= turn <= run["ore"][row - 1] + 1e-9


def test_too_small_a_share_lets_the_workshops_fall_in_from_the_first_day():
    # Below 1 / 16 · (4000 + 1000) / 4000 = 0.078 less is built than falls in.
    assert row_of_most(small_world().run({"share built on": 0.077}), "workshops") == 0
    assert row_of_most(small_world().run({"share built on": 0.079}), "workshops") > 0


@pytest.mark.parametrize("at_first", [150, 300, 500])
def test_without_workshops_as_many_live_there_as_can_be_worked_out(at_first):
    run = for_long(2000, **{"workshops": 0, "people": at_first})
    # Births are deaths where birth rate · longest life · fed² = 1.
    fed = 1 / sqrt(0.034 * LONGEST)
    food_each = HALF * fed / (1 - fed)
    assert run["people"][-1] == pytest.approx(LAND * PLAIN / food_each, rel=1e-9)
    np.testing.assert_allclose(run["land"], LAND, rtol=1e-12)


def test_waste_halves_in_the_time_that_its_clearing_gives():
    world = small_world()
    settings = {"workshops": 0, "waste in the water": 100}
    run = world.run(settings, method="rk4")
    # A method of order four with steps of an eightieth of 20 years: the error is below 1e-8.
    np.testing.assert_allclose(run["waste in the water"], 100 * np.exp(-run.time / 20), rtol=1e-8)
    assert run["waste in the water"][run.time == 20] == pytest.approx(100 * exp(-1))


@pytest.mark.parametrize("ore_in_goods", [0.25, 1.0])
def test_ore_that_is_dug_is_in_the_goods(ore_in_goods):
    run = small_world().run({"ore in goods": ore_in_goods})
    made = run["goods made"][:-1].sum() * 0.25
    # Euler adds up just this sum; what is left is rounding.
    assert 4000 - run["ore"][-1] == pytest.approx(ore_in_goods * made, rel=1e-9)


def test_people_turn_before_goods_and_goods_before_workshops_and_waste_comes_last():
    run = small_world().run()
    turns = [
        run.time[row_of_most(run, name)]
        for name in ("people", "goods made", "workshops", "waste in the water")
    ]
    assert turns == sorted(turns)
    assert len(set(turns)) == 4


def test_with_twice_the_ore_fewer_people_are_left_at_the_worst_and_it_comes_sooner():
    usual, rich = small_world().run(), small_world().run({"ore": 8000})
    late = usual.time > 60
    assert rich["people"][late].min() < 0.75 * usual["people"][late].min()
    assert rich["goods made"].max() > 3 * usual["goods made"].max()
    assert np.argmin(rich["people"][late]) < np.argmin(usual["people"][late])


def test_no_single_easing_keeps_the_goods_up():
    for easing in ({"ore": 8000}, {"ore in goods": 0.5}, {"waste of goods": 0.1}):
        run = small_world().run(easing)
        assert run["goods made"][-1] < 0.1 * run["goods made"].max(), easing


def test_building_feeds_itself_and_ore_is_its_brake():
    loops = {frozenset(one.variables): one.polarity for one in small_world().causal_loops().loops()}
    assert loops[frozenset({"workshops", "goods made", "building"})] == "R"
    assert loops[frozenset({"ore", "ease of digging", "goods made", "digging"})] == "B"
