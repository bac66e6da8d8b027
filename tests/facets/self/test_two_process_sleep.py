"""Two-process sleep against its exponentials on paper, and against the clock."""

from math import log

import numpy as np
import pytest

from cstools.facets.self import two_process_sleep
from tests.facets.teaching_model import TeachingModel, with_step

BUILD, SLEEP_OFF, UPPER, LOWER = 18.2, 4.2, 0.67, 0.17
AWAKE = BUILD * log((1 - LOWER) / (1 - UPPER))
ASLEEP = SLEEP_OFF * log(UPPER / LOWER)
STEP = 1 / 128
# A switch comes with the second step beyond its line, and both ends of a spell are switches: at
# most two steps beyond its own line, and two steps of the other kind to make up for. Awake, the
# pressure near the lower line climbs about as fast as it fell asleep, 0.046 to 0.041 an hour;
# asleep it runs off nine times as fast as it had climbed.
LATE_TO_SLEEP, LATE_TO_WAKE = 4 * STEP, 2.5 * STEP


class TestTwoProcessSleep(TeachingModel):
    model = staticmethod(two_process_sleep)
    # A switch moves by at most two steps; for so long one run falls, by 0.16 an hour, and the
    # other climbs, by 0.02. That is 0.0028, beside a most of 0.63: 0.45 %.
    halving_dt = 0.0045
    either_or = ("awake", "asleep")


def switches(run):
    """Return when one falls asleep and when one wakes, in hours."""
    change = np.diff(run["awake"])
    return run.time[1:][change < 0], run.time[1:][change > 0]


def test_without_a_clock_the_spells_are_those_of_the_exponentials():
    assert pytest.approx(16.786, abs=5e-4) == AWAKE  # the published digits
    assert pytest.approx(5.760, abs=5e-4) == ASLEEP
    to_sleep, to_wake = switches(two_process_sleep().run({"clock strength": 0}))
    np.testing.assert_allclose(to_sleep[1:] - to_wake[: len(to_sleep) - 1], AWAKE, atol=4 * STEP)
    nights = to_wake - to_sleep[: len(to_wake)]
    np.testing.assert_allclose(nights, ASLEEP, atol=LATE_TO_WAKE)


@pytest.mark.parametrize("strength", [0.1, 0.12, 0.15])
def test_with_a_clock_a_day_has_24_hours(strength):
    to_sleep, to_wake = switches(two_process_sleep().run({"clock strength": strength}))
    # After three nights nothing is left of the beginning but a step.
    np.testing.assert_allclose(np.diff(to_sleep[3:]), 24, atol=STEP)
    np.testing.assert_allclose(np.diff(to_wake[3:]), 24, atol=STEP)


@pytest.mark.parametrize("pressure", [0.1, 0.3, 0.5, 0.7])
def test_bedtime_comes_back_to_the_same_hour_wherever_it_began(pressure):
    model = two_process_sleep()
    usual, _ = switches(model.run())
    to_sleep, _ = switches(model.run({"sleep pressure": pressure}))
    # Each night undoes four fifths of a shift or more; after five, none is above two steps.
    assert to_sleep[-1] % 24 == pytest.approx(usual[-1] % 24, abs=2 * STEP)


def test_without_a_clock_bedtime_wanders():
    to_sleep, _ = switches(two_process_sleep().run({"clock strength": 0}))
    # By as much as a day of 22.546 hours is shorter than 24.
    wander = (AWAKE + ASLEEP) - 24
    np.testing.assert_allclose(np.diff(to_sleep) - 24, wander, atol=6.5 * STEP)
    assert wander == pytest.approx(-1.454, abs=1e-3)


def test_it_falls_asleep_and_wakes_on_the_two_lines():
    run = two_process_sleep().run()
    before = np.flatnonzero(np.diff(run["awake"]))  # the rows in which the line is found crossed
    for row in before:
        if run["awake"][row] == 1:
            beyond, step = run["sleep pressure"] - run["upper line now"], 0.02 + 0.03
        else:
            beyond, step = run["lower line now"] - run["sleep pressure"], 0.03 + 0.03
        # Pressure and clock move by less than so much an hour there.
        assert 0 <= beyond[row] < step * STEP
        assert beyond[row - 1] < 0


def test_one_is_either_awake_or_asleep_and_nothing_in_between():
    run = two_process_sleep().run()
    assert set(run["awake"]) == {0.0, 1.0}
    assert (run["awake"] + run["asleep"] == 1).all()


def test_halving_the_step_moves_a_switch_by_less_than_two_steps():
    model = two_process_sleep()
    for coarse, fine in zip(
        switches(model.run()), switches(with_step(model, STEP / 2).run()), strict=True
    ):
        np.testing.assert_allclose(fine, coarse, atol=2 * STEP)


def test_a_later_clock_makes_a_later_night():
    model = two_process_sleep()
    early, _ = switches(model.run())
    late, _ = switches(model.run({"clock turns to day": 11.5}))
    # Two hours later each day, once the first nights have passed.
    assert late[-1] - early[-1] == pytest.approx(2, abs=2 * STEP)


def test_every_loop_of_it_is_balancing():
    loops = two_process_sleep().causal_loops().loops()
    assert {loop.polarity for loop in loops} == {"B"}
    assert any({"too tired", "dozing off", "asleep"} <= set(loop.variables) for loop in loops)
