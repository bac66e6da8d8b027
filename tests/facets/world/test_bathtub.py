"""The bathtub against the arithmetic of the published task."""

import numpy as np
import pytest

from cstools.facets.world import bathtub
from tests.facets.teaching_model import TeachingModel


class TestBathtub(TeachingModel):
    model = staticmethod(bathtub)
    # Both flows are level between the moments at which the tap is turned, and these fall on the
    # steps: Euler's method then adds up without an error, and sixteenths are exact in binary.
    halving_dt = 0.0


def level(run, minute):
    return run["water"][np.searchsorted(run.time, minute)]


@pytest.mark.parametrize(
    ("minute", "litres"), [(0, 100), (2, 150), (4, 200), (8, 100), (12, 200), (16, 100)]
)
def test_the_water_climbs_and_sinks_by_what_the_flows_leave_over(minute, litres):
    # By hand: 75 − 50 = 25 litres more every minute, then 25 − 50 = 25 fewer.
    assert level(bathtub().run(), minute) == litres


def test_the_water_turns_when_the_tap_does_and_nowhere_else():
    run = bathtub().run()
    slope = np.diff(run["water"])
    turning = run.time[1:-1][np.sign(slope[1:]) != np.sign(slope[:-1])]
    assert turning.tolist() == [4.0, 8.0, 12.0]


def test_the_water_is_not_a_copy_of_the_tap():
    bath = bathtub()
    run = bath.run()
    assert set(run["tap"]) == {25.0, 75.0}
    assert set(np.diff(run["water"])) == {25 * bath.dt, -25 * bath.dt}


def test_with_flows_that_are_equal_the_water_stays():
    run = bathtub().run({"tap high": 50, "tap low": 50})
    assert (run["water"] == 100).all()


def test_the_bath_runs_dry_and_never_below():
    # 100 litres, losing 75 a minute and then 25: empty before minute two, and dry from then on.
    run = bathtub().run({"tap high": 0, "tap low": 0, "open drain": 75})
    assert run["water"].min() == 0.0
    assert level(run, 1) == 25.0
    assert (run["water"][run.time >= 1.5] == 0).all()


def test_what_leaves_the_bath_when_it_is_dry_is_what_comes_in():
    run = bathtub().run({"tap high": 20, "tap low": 20, "open drain": 100})
    assert run["drain"][-1] == 20.0


def test_nothing_answers_to_the_water():
    assert len(bathtub().causal_loops().loops()) == 0
