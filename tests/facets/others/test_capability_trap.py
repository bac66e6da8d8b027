"""The capability trap against what can be worked out on paper: now, later, and when they are even.

Where nothing presses, capability goes from where it is to gain · share · lasting, and what is
left of the way falls as e^(-t/lasting).
"""

from math import e, exp, log

import numpy as np
import pytest

from cstools.facets.others import capability_trap
from tests.facets.teaching_model import TeachingModel

GAIN, LASTING, BEFORE, START = 25, 12, 0.3, 90
STEP = 1 / 32
# Of a way of one, e^(-60/12) is left when the five years are over.
LEFT_AT_THE_END = exp(-60 / LASTING)
# Euler errs on e^(-kt) by at most k·dt/(2e) of its height, and 1 + k·dt covers the second order.
EULER = STEP / LASTING / (2 * e) * (1 + STEP / LASTING)


def at_one_blow(share, **more):
    """Run with another share of time for improving, that no pressure moves."""
    kept = {"yet another thing": 0, "readiness to give it up": 0, "time for improving": share}
    return capability_trap().run({**kept, **more})


class TestCapabilityTrap(TeachingModel):
    model = staticmethod(capability_trap)
    # The time for improving answers within 1/(readiness · pressure) = 1/(4 · 0.1) = 2.5 months
    # when the thing comes. Euler errs on such a way by k·dt/(2e) of its height, two thirds of the
    # stock's most, and halving dt removes half of that; capability, which goes with it, errs less.
    halving_dt = (1 / 2.5) * STEP / (4 * e) * (2 / 3)


def test_what_was_asked_before_gets_done_and_nothing_changes():
    run = capability_trap().run({"yet another thing": 0})
    for name in ("capability", "time for improving", "things done"):
        np.testing.assert_allclose(run[name], run[name][0], rtol=1e-9)  # rounding only
    assert run["things done"][0] == pytest.approx(run["things asked"][0], rel=1e-12)
    assert pytest.approx(GAIN * BEFORE * LASTING) == START


def test_less_time_for_improving_gives_more_now_and_less_in_the_long_run():
    before, cut = at_one_blow(0.3)["things done"][0], at_one_blow(0.1)["things done"]
    assert cut[0] / before - 1 == pytest.approx(0.286, abs=5e-4)  # the published digits
    # What is left of the way at the end is 0.9 of 60, of the 63 before.
    left = 0.9 * 60 * LEFT_AT_THE_END / before
    assert cut[-1] / before - 1 == pytest.approx(-0.571, abs=left + 5e-4)
    at_rest = at_one_blow(0.1, capability=30)["things done"]
    np.testing.assert_allclose(at_rest / before - 1, -4 / 7, rtol=1e-9)  # rounding only


def month_of_evenness(share, before=63.0):
    """Return when the things done cross what was done before, between two steps in a line."""
    run = at_one_blow(share)
    apart = run["things done"] - before
    crossing = np.flatnonzero(apart[:-1] * apart[1:] < 0)[0]
    here, there = apart[crossing], apart[crossing + 1]
    return run.time[crossing] + STEP * here / (here - there)


def test_a_cut_looks_like_a_success_for_nearly_five_months():
    on_paper = LASTING * log(1.5)
    assert pytest.approx(4.87, abs=5e-3) == on_paper  # the published digits
    # Euler's curve is late or early by half a step in e^(-kt), as (1 - k·dt)^n < e^(-kt).
    assert month_of_evenness(0.1) == pytest.approx(on_paper, abs=STEP / 2)


def test_more_time_for_improving_is_worse_before_it_is_better():
    more = at_one_blow(0.4)["things done"]
    assert more[0] == pytest.approx(54)  # 90 · 0.6
    assert month_of_evenness(0.4) == pytest.approx(LASTING * log(2), abs=STEP / 2)
    # In the end 25 · 0.4 · 12 · 0.6 = 72, but for what is left of 0.6 · 30.
    assert more[-1] == pytest.approx(72 - 18 * LEFT_AT_THE_END, abs=18 * EULER + 1e-9)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_what_a_team_can_do_follows_the_curve_on_paper(share):
    run = at_one_blow(share)
    goal = GAIN * share * LASTING
    on_paper = goal + (START - goal) * np.exp(-run.time / LASTING)
    atol = abs(START - goal) * EULER + 1e-9
    np.testing.assert_allclose(run["capability"], on_paper, rtol=0, atol=atol)


def test_no_share_gives_more_in_the_long_run_than_a_half():
    ends = [at_one_blow(s, capability=GAIN * s * LASTING)["things done"][-1] for s in (0.4, 0.5)]
    assert ends == pytest.approx([72, 75])  # 300 · share · (1 - share), alike for 0.4 and 0.6


@pytest.mark.parametrize("more", [1, 7, 14])
def test_one_thing_more_is_done_for_a_while_and_then_less_gets_done_than_ever(more):
    run = capability_trap().run({"yet another thing": more})
    done, coming = run["things done"], run.time == 6
    assert done.max() > done[coming].item()
    assert done[-1] < 0.5 * done[0]
    # It never gets done as a whole: the more time is taken, the less there is to take it for.
    assert done.max() < run["things asked"][-1]
    # At the end, all is as after a cut at one blow to the time that nobody takes away.
    assert run["time for improving"][-1] == pytest.approx(0.1, abs=1e-3)


def test_time_that_is_kept_come_what_may_leaves_something_undone_and_nothing_lost():
    run = capability_trap().run({"readiness to give it up": 0})
    np.testing.assert_allclose(run["things done"], 63, rtol=1e-9)  # rounding only
    assert run["pressure"][-1] == pytest.approx(7 / 70)


def test_something_crossed_off_lets_the_time_grow_where_more_is_wished_for():
    run = capability_trap().run({"yet another thing": -7, "time wished for": 0.5})
    assert run["time for improving"][-1] > 0.45
    assert run["things done"][-1] > 70


@pytest.mark.parametrize(
    ("things", "month", "in_time"), [(10, 8, True), (10, 9, False), (7, 7, False)]
)
def test_crossing_off_helps_in_time_and_when_it_is_more_than_what_came(things, month, in_time):
    # What notebook 24 tells below its last model.
    model = capability_trap()
    asked = f"asked so far + step(yet another thing, month it comes) - step({things}, {month})"
    model.auxiliary("things asked", asked)
    run = model.run()
    asked_in_the_end = 63 + 7 - things
    assert (run["things done"][-1] >= asked_in_the_end) == in_time
    # It goes on falling to the 27 of a cut at one blow, or comes back to the 63 of before.
    assert (run["time for improving"][-1] > 0.29) == in_time


def test_the_pressure_goes_round_twice_once_against_itself_and_once_with():
    loops = capability_trap().causal_loops().loops()
    quick = {"things done", "pressure", "giving up time", "time for improving"}
    slow = {*quick, "getting better", "capability"}
    assert [loop.polarity for loop in loops if set(loop.variables) == quick] == ["B"]
    assert [loop.polarity for loop in loops if set(loop.variables) == slow] == ["R"]
