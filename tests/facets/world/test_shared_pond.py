"""The shared pond against the arithmetic that its sources give."""

import math
from typing import ClassVar

import numpy as np
import pytest

from cstools.facets.world import pond_with_quota, shared_pond
from tests.facets.teaching_model import TeachingModel, with_step

RATE, ROOM, SHARE, PRICE, COST = 0.5, 1000, 0.005, 100, 200
MOST = RATE * ROOM / 4  # 125 tonnes a year, from a pond that is half full


class TestSharedPond(TeachingModel):
    model = staticmethod(shared_pond)
    # A quarter of a percent of a full pond, 2.5 tonnes: the width of the line in the picture.
    halving_dt = 0.0025


class TestPondWithQuota(TeachingModel):
    model = staticmethod(pond_with_quota)
    # At the fall to zero the fish lose 140 tonnes a year; a twentieth of a year is within the
    # line's width, and no level depends on it.
    halving_dt = 0.01
    set_for_pysd: ClassVar = {"quota": 120, "fish": 400}


@pytest.mark.filterwarnings("ignore:chardet")
def test_pysd_empties_the_pond_in_the_same_year():
    model = pond_with_quota()
    ours, theirs = model.run(), model.run(engine="pysd")
    # The same sums in the same order, but for the last step before the pond is empty.
    np.testing.assert_allclose(theirs["fish"], ours["fish"], rtol=0, atol=1e-6)


def test_open_access_settles_where_a_boat_earns_its_cost():
    run = shared_pond().run()
    # Eighty years are eight times the ten in which the swings shrink to 1/e (the real part of
    # the eigenvalues at rest is −0.1 a year): less than 0.1 % of the swing is left of it.
    assert run["fish"][-1] == pytest.approx(COST / (PRICE * SHARE), rel=1e-3)
    assert run["fleet"][-1] == pytest.approx(RATE / SHARE * (1 - 400 / ROOM), rel=2e-3)
    assert run["profit per boat"][-1] == pytest.approx(0, abs=0.002 * COST)


def test_open_access_at_rest_stays_at_rest():
    run = shared_pond().run({"fish": 400, "fleet": 60})
    # Exactly at rest but for rounding, which the swings do not amplify.
    np.testing.assert_allclose(run["fish"], 400, rtol=1e-12)
    np.testing.assert_allclose(run["fleet"], 60, rtol=1e-12)


@pytest.mark.parametrize(("price", "cost"), [(50, 200), (200, 200), (100, 300), (250, 125)])
def test_where_it_settles_follows_cost_over_price_and_share(price, cost):
    at_rest = cost / (price * SHARE)
    fleet = RATE / SHARE * (1 - at_rest / ROOM)
    settings = {"price": price, "cost of a boat": cost, "fish": at_rest, "fleet": fleet}
    run = shared_pond().run(settings)
    np.testing.assert_allclose(run["fish"], at_rest, rtol=1e-9)


def test_where_a_boat_never_pays_the_pond_fills_up():
    # The price at which cost / (price × share) is the room of the pond is 40 coins.
    run = shared_pond().run({"price": 20, "fish": 500})
    assert run["fish"][-1] == pytest.approx(ROOM, rel=0.01)
    assert run["fleet"][-1] < 0.01


def test_the_swing_at_rest_has_the_length_that_the_eigenvalues_give():
    # λ² + 0.2 λ + 0.06 = 0 at rest (fish 400, fleet 60), so the period is 2π / √0.05 = 28.1 years.
    fine = with_step(shared_pond(), 1 / 64)
    run = fine.run({"fish": 404, "fleet": 60}, method="rk4")
    gap = run["fish"] - 400
    crossings = run.time[1:][np.sign(gap[1:]) != np.sign(gap[:-1])]
    half_periods = np.diff(crossings[:4])
    # 1 % from rest the swing is nearly that of the straightened equations: within 1 %.
    assert half_periods == pytest.approx(math.pi / math.sqrt(0.05), rel=0.01)


def test_growth_is_greatest_in_a_half_full_pond():
    run = shared_pond().run({"fish": 50, "fleet": 1, "boats follow": 0})
    best = int(np.argmax(run["new fish"]))
    # A step moves the fish by at most 125/16 = 8 tonnes, over which growth bends by 0.03 tonnes.
    assert run["fish"][best] == pytest.approx(ROOM / 2, abs=8)
    assert run["new fish"][best] == pytest.approx(MOST, abs=0.05)


@pytest.mark.parametrize("quota", [60, 100, 120, 125])
def test_a_quota_that_the_pond_can_replace_has_two_levels(quota):
    spread = math.sqrt(1 - quota / MOST)
    for level in (ROOM * (1 + spread) / 2, ROOM * (1 - spread) / 2):
        run = pond_with_quota().run({"quota": quota, "fish": level})
        # Ten years only: from the lower level, and from the one at 125, rounding grows.
        np.testing.assert_allclose(run["fish"][:161], level, rtol=1e-9)


def test_just_above_the_lower_level_the_fish_recover_and_just_below_they_vanish():
    lower = ROOM * (1 - math.sqrt(1 - 100 / MOST)) / 2
    above = pond_with_quota().run({"quota": 100, "fish": lower + 10})
    below = pond_with_quota().run({"quota": 100, "fish": lower - 10})
    assert above["fish"][-1] > 700
    assert below["fish"][-1] == 0.0


def over_quota(years, quota=140.0):
    """Fish under a quota above the most: x = K/2 − a·tan(r·a·t/K), a = √((quota − 125)·K/r)."""
    a = math.sqrt((quota - MOST) * ROOM / RATE)
    return ROOM / 2 - a * math.tan(RATE * a * years / ROOM)


@pytest.mark.parametrize("years", [2, 8, 13])
def test_a_quota_above_the_most_collapses_as_the_formula_says(years):
    run = pond_with_quota().run(method="rk4")
    # A method of order four with steps of a sixteenth of a year: the error is below a gram.
    assert run["fish"][years * 16] == pytest.approx(over_quota(years), abs=1e-6)


def test_halving_the_step_halves_the_error():
    errors = []
    for step in (1 / 16, 1 / 32, 1 / 64):
        run = with_step(pond_with_quota(), step).run()
        errors.append(abs(run["fish"][12 * 16] - over_quota(12)))
    # Euler's method is of first order: the ratio goes to two.
    assert errors[0] / errors[1] == pytest.approx(2, rel=0.02)
    assert errors[1] / errors[2] == pytest.approx(2, rel=0.01)


def test_the_pond_is_empty_when_the_formula_says():
    run = pond_with_quota().run()
    a = math.sqrt((140 - MOST) * ROOM / RATE)
    empty = ROOM / (RATE * a) * math.atan(ROOM / 2 / a)  # 14.29 years
    first = run.time[np.argmax(run["fish"] == 0)]
    # Euler's error at year 12 is 1.3 tonnes, a hundredth of a year's quota, and grows threefold
    # until the end; a step is a sixteenth of a year. Together within a tenth of a year.
    assert first == pytest.approx(empty, abs=0.1)


def test_the_brakes_of_open_access_are_in_the_map_and_the_quota_has_none():
    def signs(model):
        return {frozenset(loop.variables): loop.polarity for loop in model.causal_loops().loops()}

    open_access = signs(shared_pond())
    boats = frozenset({"fish", "profit per boat", "boats joining", "fleet", "catch"})
    assert open_access[boats] == "B"
    assert open_access[frozenset({"fish", "catch"})] == "B"
    assert signs(pond_with_quota()) == {
        frozenset({"fish", "new fish"}): "R",
        frozenset({"fish", "new fish", "room left"}): "B",
    }
