"""The climate bathtub against what the study that it is made from says, and against arithmetic."""

import math

import numpy as np
import pytest

from cstools.facets.world import carbon_pulse, climate_bathtub
from tests.facets.teaching_model import TeachingModel

# Joos et al. (2013), table 5: share, and years; the first term never fades.
TERMS = [(0.2173, math.inf), (0.2240, 394.4), (0.2824, 36.54), (0.2763, 4.304)]
# Euler's steps of an eighth of a year make the quick tub (4.3 years) drain by half a step's share
# too early: at most 0.125 / (2 × 4.304) / e of its 0.2763, 0.0015 of the whole, in year 4; the
# middle tub adds a ninth of that. After 20 years less than half a thousandth is left of it.
BY_STEPS, AFTER_20 = 0.0017, 0.0005


def airborne(years: float) -> float:
    return sum(share * math.exp(-years / slow) for share, slow in TERMS)


class TestClimateBathtub(TeachingModel):
    model = staticmethod(climate_bathtub)
    # Half of what Euler's steps cost at most, as a share of what a tub holds.
    halving_dt = 0.001


class TestCarbonPulse(TeachingModel):
    model = staticmethod(carbon_pulse)
    # The quick tub once more: 0.125 / (2 × 4.304) / e, a hundredth of what it holds at first.
    halving_dt = 0.006


@pytest.mark.parametrize(("years", "share"), [(20, 0.596), (100, 0.409)])
def test_of_one_release_as_much_is_in_the_air_as_the_curriculum_says(years, share):
    run = carbon_pulse().run()
    assert run["part still there"][run.time == years].item() == pytest.approx(share, abs=AFTER_20)


@pytest.mark.parametrize(("years", "share", "spread"), [(20, 0.60, 0.14), (100, 0.41, 0.13)])
def test_it_is_what_the_study_says_in_its_text(years, share, spread):
    # Section 4.1, with two digits: half a hundredth is all that they tell.
    run = carbon_pulse().run()
    assert run["part still there"][run.time == years].item() == pytest.approx(share, abs=0.005)
    assert share - spread < airborne(years) < share + spread


def test_the_stocks_do_what_the_formula_does():
    run = carbon_pulse().run()
    formula = [airborne(years) for years in run.time]
    np.testing.assert_allclose(run["part still there"], formula, rtol=0, atol=BY_STEPS)


def test_the_four_shares_are_the_whole_release():
    assert sum(share for share, _ in TERMS) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("emissions", [0, 18.4, 41.6, 80])
def test_what_is_let_out_is_in_the_air_or_in_sea_and_land(emissions):
    run = climate_bathtub().run({"emissions": emissions})
    gone_up = run["extra"] + run["sea and land"] - run["extra"][0]
    # Nothing but rounding: what leaves one stock enters the other.
    np.testing.assert_allclose(gone_up, emissions * (run.time - 2025), rtol=1e-9, atol=1e-9)


def test_it_begins_as_an_even_growth_of_the_past_leaves_it():
    # A tub into which goes e^(g·t) from the farthest past holds share · E / (g + 1/years). Here it
    # is filled step by step for 2,000 years, and a year's growth is a hundred small steps.
    growth, now, step = 0.02, 41.6, 0.01
    past = np.arange(-2000, 0, step) + step / 2
    let_out = now * np.exp(growth * past) * step
    left = sum(share * np.exp(past / slow) for share, slow in TERMS)
    run = climate_bathtub().run()
    # The middle of each step stands for it: off by (0.25 × 0.01)² at most.
    assert run["extra"][0] == pytest.approx(float(np.sum(let_out * left)), rel=1e-4)


def test_it_begins_near_what_was_measured_in_2024():
    # 422.5 ppm and a rise of 2.8 ppm in 2024 (Global Carbon Budget 2024). A past that grew evenly
    # is a rough one: within a hundredth of the level, and within the 2.5 (mean of ten years) and
    # the 2.8 of that year, give or take a quarter.
    run = climate_bathtub().run()
    assert run["concentration"][0] == pytest.approx(422.5, rel=0.01)
    rise = run["concentration"][run.time == 2026].item() - run["concentration"][0]
    assert 2.5 * 0.75 < rise < 2.8 * 1.25


def test_a_steady_release_does_not_make_a_steady_level():
    run = climate_bathtub().run({"emissions": 41.6})
    assert (np.diff(run["concentration"]) > 0).all()


def test_the_level_stands_at_the_moment_when_uptake_is_what_is_let_out():
    model = climate_bathtub().with_course("emissions", [(2025, 41.6), (2050, 0)])
    run = model.run()
    fullest = int(run["concentration"].argmax())
    above = run["emissions"] - run["uptake"]
    assert above[fullest - 1] > 0 >= above[fullest]


def test_a_steady_release_after_long_adds_only_what_has_no_drain():
    model = climate_bathtub()
    rise = model.run({"emissions": 10})
    # After 100 years the quick and the middle tub are as good as level; the slow one drains still.
    late = (rise["extra"][-1] - rise["extra"][-9]) / (rise.time[-1] - rise.time[-9])
    slow = rise["into_the_slow_tub"][-1] - rise["out_of_the_slow_tub"][-1]
    middle = rise["into_the_middle_tub"][-1] - rise["out_of_the_middle_tub"][-1]
    assert late == pytest.approx(0.2173 * 10 + slow + middle, abs=0.01)
