"""The pond with a council, against what a page of arithmetic says of each place.

At rest growth = catch, so that fish = K (1 − q E / r) where every fish is within reach, and boats
stop coming where what speaks for one boat more is 0. With r = 0.5, K = 1000, p = 100, c = 200 and
q = 0.005 that is fish = 400 and E = 60.
"""

import numpy as np
import pytest

from cstools.facets.world import pond_council, shared_pond
from cstools.facets.world.pond_places import POND_PLACES, pond_places
from tests.facets.teaching_model import TeachingModel

RATE, ROOM, SHARE, PRICE, COST = 0.5, 1000, 0.005, 100, 200
BEST = 4500  # r (p q K − c)² / (4 p q² K), the most that boats can earn together in a year
# After 80 years what is left of the slowest approach, more reeds, is below 0.3 % of what all boats
# bring home in a year, 12,000 coins; of the fish it is below 0.1 %.
COINS, TONNES = 36, 0.5


def income(fish, boats):
    return boats * (PRICE * SHARE * fish - COST)


def at_rest(**places):
    run = pond_council().run({name.replace("_", " "): part for name, part in places.items()})
    return {name: run[name][-1] for name in ("fish", "fleet", "earned together")}


class TestPondCouncil(TeachingModel):
    model = staticmethod(pond_council)
    # With every slider at 0 nothing moves, whatever the step: rounding only.
    halving_dt = 1e-12


def test_when_nobody_does_anything_it_is_the_shared_pond_at_rest():
    run, pond = pond_council().run(), shared_pond().run({"fish": 400, "fleet": 60})
    for name in ("fish", "fleet", "catch", "profit per boat"):
        np.testing.assert_allclose(run[name][-1], pond[name][-1], rtol=0, atol=1e-9)


@pytest.mark.parametrize(
    ("place", "fish", "boats"),
    [
        # p q' x = c with a fifth less of q: x = 500, and E = r (1 − x/K) / q'.
        ("wider meshes", 500, 62.5),
        # p q x = c knows no room: the fish stay, and a fifth more room feeds more boats.
        ("more reeds", 400, RATE / SHARE * (1 - 400 / 1200)),
        # A fifth of the room is out of reach: x = 400 + 200, and r x (1 − x/K) = q E (x − 200).
        ("hiding places", 600, RATE * 600 * 0.4 / (SHARE * 400)),
        ("sooner", 400, 60),
        ("quicker to stop", 400, 60),
        ("slower to start", 400, 60),
    ],
)
def test_numbers_stocks_and_delays_leave_nothing_over_in_the_end(place, fish, boats):
    rest = at_rest(**{place.replace(" ", "_"): 0.2})
    assert rest["fish"] == pytest.approx(fish, abs=TONNES)
    assert rest["fleet"] == pytest.approx(boats, rel=2e-3)
    assert rest["earned together"] == pytest.approx(0, abs=COINS)


@pytest.mark.parametrize("part", [0.1, 0.2, 0.4])
def test_neighbours_counted_leave_sixty_boats_over_one_and_that_part(part):
    # p q x − c = part · p q² K E / r gives E = 60 / (1 + part).
    boats = 60 / (1 + part)
    fish = ROOM * (1 - SHARE * boats / RATE)
    rest = at_rest(neighbours_counted=part)
    assert rest["fleet"] == pytest.approx(boats, rel=2e-3)
    assert rest["earned together"] == pytest.approx(income(fish, boats), abs=COINS)


@pytest.mark.parametrize("part", [0.1, 0.2, 0.4])
def test_boats_given_up_stay_given_up(part):
    boats = 60 * (1 - part)
    fish = ROOM * (1 - SHARE * boats / RATE)
    rest = at_rest(boats_given_up=part)
    assert rest["fleet"] == pytest.approx(boats, rel=1e-6)
    assert rest["fish"] == pytest.approx(fish, abs=TONNES)
    assert rest["earned together"] == pytest.approx(income(fish, boats), abs=COINS)


@pytest.mark.parametrize("part", [0.1, 0.2, 0.4])
def test_a_higher_enough_leaves_that_much_more_fish(part):
    # p q x = c (1 + part) gives x = 400 (1 + part).
    fish = 400 * (1 + part)
    boats = RATE / SHARE * (1 - fish / ROOM)
    rest = at_rest(enough=part)
    assert rest["fish"] == pytest.approx(fish, abs=TONNES)
    assert rest["earned together"] == pytest.approx(income(fish, boats), abs=COINS)


@pytest.mark.parametrize("part", [0.05, 0.2, 0.4])
def test_a_rule_that_is_revised_ends_at_the_most_there_is_however_slowly(part):
    rest = at_rest(rule_revised=part)
    assert rest["fleet"] == pytest.approx(30, rel=1e-3)
    assert rest["fish"] == pytest.approx(700, abs=TONNES)
    assert rest["earned together"] == pytest.approx(BEST, abs=COINS)


def test_nothing_that_a_council_sets_brings_more_than_the_most():
    for place in POND_PLACES:
        if place.moves:
            run = pond_council().run({place.moves: 0.4})
            assert run["earned together"][-1] <= BEST + COINS


def test_after_a_drought_the_pond_comes_back_to_where_it_was():
    run = pond_council().run({"lost in a drought": 0.4})
    assert run["fish"][0] == pytest.approx(240)
    assert run["fish"][-1] == pytest.approx(400, abs=2 * TONNES)  # it swings longer


def test_every_slider_but_the_drought_is_a_place_and_every_kind_is_named():
    sliders = {part.name for part in pond_council().sliders()}
    assert {place.moves for place in POND_PLACES if place.moves} == sliders - {"lost in a drought"}
    assert [place.number for place in POND_PLACES] == list(range(12, 0, -1))


def test_the_pond_has_no_number_for_the_two_highest_places():
    tried = pond_places(draws=20).tried
    assert [one.place.number for one in tried if one.effect is None] == [2, 1]


def test_on_what_is_earned_the_list_is_nearly_right_and_on_the_fish_much_less():
    # Effects by hand. Earned: 6 → 2,500, 5 → 2,880, 4 → 4,500, 3 → 2,080, all others 0. Of the 24
    # pairs of one of these with one of those six all stand as listed, of the six pairs among
    # these the three with 3 do not.
    assert pond_places(draws=20).in_order() == (27, 30)
    # Fish: 12 → 100, 10 → 200, 6 → 100, 5 → 120, 4 → 300, 3 → 80, and 0 for 11, 9, 8, 7.
    assert pond_places(draws=20, of="fish").in_order() == (24, 38)


def test_ponds_that_are_drawn_keep_the_order_of_what_is_earned():
    places = pond_places(draws=40)
    # Where four boats in ten would be too many in all draws, nothing beats the revised rule.
    assert places["rule revised"].first == 1.0
    revised = places["rule revised"].effect
    assert revised.value == pytest.approx(BEST, abs=COINS)
    # The formula at the ends of the ranges: the most of any pond, and the least.
    least = 0.4 * (80 * SHARE * 800 - 240) ** 2 / (4 * 80 * SHARE**2 * 800)
    most = 0.6 * (120 * SHARE * 1200 - 160) ** 2 / (4 * 120 * SHARE**2 * 1200)
    assert least < revised.low < BEST < revised.high < most
