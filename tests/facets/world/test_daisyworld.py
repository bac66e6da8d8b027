"""Daisyworld against the paper of Watson and Lovelock, and what follows from it on paper."""

from math import sqrt

import numpy as np
import pytest
from scipy.optimize import brentq

from cstools.facets.world import daisyworld
from tests.facets.teaching_model import TeachingModel

BEST, CHOOSY, WITHERING, LOCAL = 22.5, 0.003265, 0.3, 20
WHITE, BLACK, BARE = 0.75, 0.25, 0.5
SUNLIGHT, RADIATION, FREEZING = 917, 5.67e-8, 273
#: Suns under which both kinds live.
SUNS = (0.8, 0.9, 1.0, 1.1, 1.2)


class TestDaisyworld(TeachingModel):
    model = staticmethod(daisyworld)
    # At a jump a kind comes or goes by up to 5 % of the planet in a year; a step beside a bend of
    # the growth curve moves that moment by some hundredths of a year. It is a fifth of the width
    # of the line in the picture.
    halving_dt = 2e-3


def at_rest(brightness, **settings):
    """Return the run under a sun that stays as it is, for so long that all is at rest."""
    return daisyworld().run({"brightness at first": brightness, "brightening": 0, **settings})


def growth(warmth):
    return max(0.0, 1 - CHOOSY * (BEST - warmth) ** 2)


def planet_warmth(brightness, thrown_back):
    return (SUNLIGHT * brightness * (1 - thrown_back) / RADIATION) ** 0.25 - FREEZING


@pytest.mark.parametrize("brightness", SUNS)
def test_where_both_live_the_places_are_as_warm_as_published_under_every_sun(brightness):
    run = at_rest(brightness)
    # Equal growth puts the two at the same distance from 22.5, and they are 20 · (0.75 − 0.25)
    # degrees apart. After 2,000 years what is missing from rest is below rounding.
    assert run["white warmth"][-1] == pytest.approx(17.5, abs=1e-6)
    assert run["black warmth"][-1] == pytest.approx(27.5, abs=1e-6)
    bare = WITHERING / growth(17.5)
    assert bare == pytest.approx(0.32666, abs=5e-6)  # the published digits
    assert run["bare ground"][-1] == pytest.approx(bare, abs=1e-6)


@pytest.mark.parametrize("brightness", SUNS)
def test_where_both_live_the_planet_is_as_warm_as_worked_out_on_paper(brightness):
    # The white places have 17.5 = Te − 20 (0.75 − A), so Te = 32.5 − 20 A; and Te follows from A.
    thrown_back = brentq(
        lambda a: planet_warmth(brightness, a) - (17.5 + LOCAL * (WHITE - a)), 0.25, 0.75
    )
    run = at_rest(brightness)
    assert run["light thrown back"][-1] == pytest.approx(thrown_back, abs=1e-8)
    assert run["planet warmth"][-1] == pytest.approx(32.5 - LOCAL * thrown_back, abs=1e-6)


def test_the_planet_cools_while_its_sun_brightens():
    planet = [at_rest(brightness)["planet warmth"][-1] for brightness in SUNS]
    bare = [at_rest(brightness)["warmth without life"][-1] for brightness in SUNS]
    assert (np.diff(planet) < 0).all()
    assert (np.diff(bare) > 0).all()
    run = daisyworld().run()
    calm = (run.time > 350) & (run.time < 1400)
    assert (np.diff(run["planet warmth"][calm]) < 0).all()


def test_without_life_the_planet_has_the_warmth_of_its_bare_ground():
    run = at_rest(1, **{"white daisies": 0, "black daisies": 0, "seed in the ground": 0})
    by_hand = planet_warmth(1, BARE)
    assert by_hand == pytest.approx(26.9, abs=0.05)
    np.testing.assert_allclose(run["planet warmth"], by_hand, rtol=1e-12)
    np.testing.assert_array_equal(run["planet warmth"], run["warmth without life"])


def test_nothing_grows_farther_than_seventeen_and_a_half_degrees_from_the_best_warmth():
    run = daisyworld().run()
    assert sqrt(1 / CHOOSY) == pytest.approx(17.5, abs=0.005)  # 5 and 40 degrees, as published
    for kind in ("white", "black"):
        far = abs(run[f"{kind} warmth"] - BEST) > 17.51
        near = abs(run[f"{kind} warmth"] - BEST) < 17.49
        assert (run[f"{kind} growth"][far] == 0).all()
        assert (run[f"{kind} growth"][near] > 0).all()


def test_under_one_bright_sun_life_holds_where_it_is_and_does_not_come_where_it_is_not():
    living = at_rest(1.5, **{"white daisies": 0.6})
    barren = at_rest(1.5)

    # White alone: as much spreads as withers, (1 − w) · growth = withering; of the two shares
    # that fit, the one with many is the one that lasts.
    def gain(white):
        a = BARE + white * (WHITE - BARE)
        return (1 - white) * growth(planet_warmth(1.5, a) - LOCAL * (WHITE - a)) - WITHERING

    alone = at_rest(1.5, **{"white daisies": 0.6, "seed in the ground": 0, "black daisies": 0})
    assert alone["white daisies"][-1] == pytest.approx(brentq(gain, 0.65, 0.7), abs=1e-6)
    assert living["planet warmth"][-1] < 30
    assert barren["white daisies"][-1] < 1e-6
    assert barren["planet warmth"][-1] == pytest.approx(planet_warmth(1.5, BARE), abs=1e-6)


def test_when_the_last_white_ones_die_the_planet_jumps_to_the_warmth_without_life():
    run = daisyworld().run()
    gone = run.time >= 1990
    gap = run["warmth without life"] - run["planet warmth"]
    # A share of 1e-4 is left of them, worth a hundredth of a degree.
    assert (abs(gap[gone]) < 0.01).all()
    assert gap[run.time == 1900].item() > 30


def test_with_white_ones_alone_the_cold_planet_stays_cold_longer():
    run = daisyworld().run({"black reflects": 0.5})
    both = daisyworld().run()
    year = run.time == 300
    assert both["planet warmth"][year].item() > run["planet warmth"][year].item() + 15


def test_the_covered_and_the_bare_ground_are_the_whole_planet():
    run = daisyworld().run()
    whole = run["white daisies"] + run["black daisies"] + run["bare ground"]
    np.testing.assert_allclose(whole, 1, rtol=1e-12)


def test_each_kind_is_in_a_loop_that_works_against_it_and_in_one_that_feeds_it():
    loops = {
        frozenset(loop.variables): loop.polarity for loop in daisyworld().causal_loops().loops()
    }

    def polarity(kind, feeling):
        own = (f"{kind} daisies", f"{kind} spreading", f"{kind} growth", f"{kind} warmth")
        return loops[frozenset({*own, f"{kind} {feeling}", "light thrown back", "planet warmth"})]

    assert polarity("white", "too cold") == polarity("black", "too warm") == "B"
    assert polarity("white", "too warm") == polarity("black", "too cold") == "R"
