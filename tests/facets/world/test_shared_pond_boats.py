"""The pond with boats against the arithmetic of Gordon and Schaefer, and of best replies."""

from dataclasses import replace

import pytest

from cstools.errors import ModelError
from cstools.facets.world import shared_pond_boats
from tests.facets.teaching_model import TeachingModel

RATE, ROOM, SHARE, PRICE, COST = 0.5, 1000, 0.00125, 100, 50
# Days of all boats at which nobody earns anything: growth rate / share × (1 − cost / (p q K)).
NOTHING_LEFT = RATE / SHARE * (1 - COST / (PRICE * SHARE * ROOM))
MOST_EARNED = PRICE * SHARE * ROOM * NOTHING_LEFT * (1 - COST / (PRICE * SHARE * ROOM)) / 4


class TestSharedPondBoats(TeachingModel):
    model = staticmethod(shared_pond_boats)
    # Half a percent of what a boat earns in ten years: less than one day at sea.
    halving_dt = 0.005


def long_run(days):
    """The run of so many boats for eighty years, each with the same days in every year."""
    pond = shared_pond_boats(len(days))
    pond.clock = replace(pond.clock, stop=80)
    # At 192 days the fish come to rest with e^(−0.26 t): after eighty years 1e-9 is left of it.
    return pond.run({f"days of boat {boat}": own for boat, own in enumerate(days, 1)})


def income(days, boat=1):
    return long_run(days)[f"income of boat {boat}"][-1]


def test_equal_days_settle_where_growth_is_what_is_caught():
    run = long_run([30] * 4)
    at_rest = ROOM * (1 - SHARE * 120 / RATE)  # 700 tonnes
    assert at_rest == pytest.approx(700)
    assert run["fish"][-1] == pytest.approx(at_rest, rel=1e-6)
    caught = sum(run[f"catch of boat {boat}"][-1] for boat in (1, 2, 3, 4))
    assert caught == pytest.approx(SHARE * 120 * at_rest, rel=1e-6)  # 105 tonnes a year
    assert caught == pytest.approx(RATE * at_rest * (1 - at_rest / ROOM), rel=1e-6)


def test_the_greatest_catch_takes_more_days_than_the_greatest_earnings():
    run = long_run([50] * 4)
    assert sum(run[f"catch of boat {boat}"][-1] for boat in (1, 2, 3, 4)) == pytest.approx(
        RATE * ROOM / 4, rel=1e-6
    )
    assert income([50] * 4) < income([30] * 4)


def test_at_the_days_of_open_access_nobody_earns_anything():
    assert pytest.approx(240) == NOTHING_LEFT
    # Beside the 12,000 coins that sixty days of each of four boats cost.
    assert income([NOTHING_LEFT / 4] * 4) == pytest.approx(0, abs=1e-3)


def test_together_most_is_earned_with_half_of_these_days():
    assert 4 * income([30] * 4) == pytest.approx(MOST_EARNED, rel=1e-6)  # 4,500 coins a year
    for other in (27, 29, 31, 33):
        assert income([other] * 4) < income([30] * 4)


@pytest.mark.parametrize("boats", [1, 2, 3, 4, 5, 8])
def test_the_best_reply_of_every_boat_to_the_others_is_240_days_by_one_more_than_the_boats(boats):
    own = NOTHING_LEFT / (boats + 1)
    others = [own] * (boats - 1)
    best = income([own, *others])
    # Earnings bend downwards in one's own days, so that two neighbours are enough.
    assert income([0.98 * own, *others]) < best
    assert income([1.02 * own, *others]) < best


@pytest.mark.parametrize("boats", [1, 2, 3, 4, 5, 8])
def test_the_more_boats_reply_the_less_is_left_of_what_the_pond_could_earn(boats):
    own = NOTHING_LEFT / (boats + 1)
    together = boats * income([own] * boats)
    # 1, 8/9, 3/4, 16/25, 5/9 … of the most, and nothing for ever more boats.
    left = 4 * boats / (boats + 1) ** 2
    assert together == pytest.approx(left * MOST_EARNED, rel=1e-5)


def test_a_boat_that_goes_out_twice_as_long_earns_twice_as_much_and_costs_the_others_more():
    honest = shared_pond_boats().run({f"days of boat {boat}": 30 for boat in (1, 2, 3, 4)})
    greedy = shared_pond_boats().run(
        {**{f"days of boat {boat}": 30 for boat in (1, 2, 3)}, "days of boat 4": 60}
    )
    assert greedy["earned by boat 4"][-1] == pytest.approx(2 * greedy["earned by boat 1"][-1])
    gained = greedy["earned by boat 4"][-1] - honest["earned by boat 4"][-1]
    lost = 3 * (honest["earned by boat 1"][-1] - greedy["earned by boat 1"][-1])
    assert 0 < gained < lost


def test_in_ten_seasons_too_thirty_days_earn_more_than_twenty_and_than_forty_eight():
    def earned(days):
        settings = {f"days of boat {boat}": days for boat in (1, 2, 3, 4)}
        return shared_pond_boats().run(settings)["earned by all"][-1]

    assert earned(30) > max(earned(20), earned(48))


def test_the_number_of_boats_is_a_small_whole_number():
    with pytest.raises(ModelError) as error:
        shared_pond_boats(0)
    assert str(error.value) == "boats= is a whole number from 1 to 8, not 0"
