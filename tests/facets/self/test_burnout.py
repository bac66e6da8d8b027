"""The burnout model against its equations in plain numbers, and what they were found to do."""

from dataclasses import replace

import numpy as np
import pytest

from cstools.facets.self import burnout
from tests.facets.teaching_model import TeachingModel, with_step

CYCLES = 3120  # weeks: twenty cycles


class TestBurnout(TeachingModel):
    model = staticmethod(burnout)
    # Half a percent of the most is the width of a line in the picture. It is held after three
    # cycles, when an early or late collapse would show.
    halving_dt = 0.005


def for_weeks(weeks):
    model = burnout()
    model.clock = replace(model.clock, stop=weeks)
    return model


def returns(run):
    """Return the rows at which energy comes back through a half: once in each cycle."""
    energy = run["energy"]
    return np.flatnonzero((energy[:-1] < 0.5) & (energy[1:] >= 0.5))


def cycle_and_output(run):
    """Return the length of a cycle, and the mean output over whole cycles, the first left out."""
    rows = returns(run)[1:]
    assert len(rows) >= 3, "it does not come back again and again"
    length = (run.time[rows[-1]] - run.time[rows[0]]) / (len(rows) - 1)
    return length, run["work done"][rows[0] : rows[-1]].mean()


def plainly(limit, weeks=520.0, dt=1 / 64):
    """Return (weeks, 3): energy, expectations and hours by Euler, with every bound of the text."""
    energy, expected, hours, kept = 0.9, 60.0, 50.0, []
    for _ in range(round(weeks / dt)):
        done = hours * 1.25 * energy**2 / (energy**2 + 0.25)
        met = done / expected
        wanted = min(limit, hours * min(max(1 / met, 0.5), 2))
        wanted = max(5, wanted * (energy / 0.25 if energy < 0.25 else 1))
        rest = (1 - energy) / 5 * max(0, 1 - hours / 90)
        wear = 0.16 * max(0, hours - 40) / 40 * energy * (1 + 1.9 * max(0, 1 - met))
        gap, slow = met - 0.88, 0.16 if met >= 0.88 else 0.04
        kept.append((energy, expected, hours))
        energy = min(max(energy + dt * (rest - wear), 0.01), 1)
        expected = max(expected + dt * expected * slow * min(max(gap, -1), 1), 5)
        hours += dt * (wanted - hours) / 2.6
    return np.array(kept)


@pytest.mark.parametrize("limit", [44, 75, 168])
def test_it_does_what_its_equations_say_in_plain_numbers(limit):
    model = burnout()
    model.clock = replace(model.clock, stop=80, dt=1 / 64)
    run = model.run({"work limit": limit}, method="euler")
    expected = plainly(limit, weeks=80)
    # The same sums in another order; the collapse makes rounding grow, to less than 1e-9.
    for place, name in enumerate(("energy", "expectations", "hours")):
        np.testing.assert_allclose(run[name][:-1], expected[:, place], rtol=1e-9, err_msg=name)


@pytest.mark.parametrize("limit", [168, 500])
def test_without_a_limit_it_burns_out_again_and_again(limit):
    length, output = cycle_and_output(for_weeks(CYCLES).run({"work limit": limit}))
    # Published with the equations: about 155.5 weeks, found with Euler's method, which makes a
    # cycle 0.1 to 0.2 weeks longer; a week has 168 hours, and without that end it is 0.05 shorter.
    assert length == pytest.approx(155.5, abs=0.2)
    assert output == pytest.approx(20.2, abs=0.05)  # the published digits


def test_a_limit_of_44_hours_is_steady_and_does_twice_as_much():
    model = burnout()
    run = model.run({"work limit": 44})
    late = run["work done"][len(run.time) // 2 :]
    assert np.ptp(late) < 1e-3  # five years are long enough to settle
    assert late[-1] == pytest.approx(40.6, abs=0.05)  # the published digits
    assert late[-1] == pytest.approx(2 * 20.2, rel=0.01)  # "double"
    # At rest as much energy comes back as is spent; by hand, with hours 44 and expectations met
    # 0.88: (1 − E)/5·(1 − 44/90) = 0.016·E·(1 + 1.9·0.12).
    rest = (1 - 44 / 90) / 5
    energy = rest / (rest + 0.16 * 4 / 40 * (1 + 1.9 * 0.12))
    assert run["energy"][-1] == pytest.approx(energy, abs=1e-6)
    assert late[-1] == pytest.approx(44 * 1.25 * energy**2 / (energy**2 + 0.25), abs=1e-4)


@pytest.mark.parametrize("limit", [70, 75, 80])
def test_a_limit_that_is_too_high_locks_in_less_than_the_cycle_does(limit):
    run = for_weeks(CYCLES).run({"work limit": limit})
    late = run["work done"][len(run.time) // 2 :]
    assert np.ptp(late) < 1e-3  # steady
    assert run["energy"][-1] < 0.25  # too tired to keep up the hours
    assert late[-1] < 0.9 * 20.2  # worse than the cycle, by a tenth at least


def test_there_is_a_best_limit_and_it_is_low():
    model, limits = burnout(), [38, 40, 42, 44, 46, 48, 52, 60]
    outputs = [model.run({"work limit": limit})["work done"][-1] for limit in limits]
    best = outputs.index(max(outputs))
    assert limits[best] == 44
    rising, falling = np.diff(outputs[: best + 1]), np.diff(outputs[best:])
    assert (rising > 0).all()
    assert (falling < 0).all()


def test_halving_the_step_moves_neither_the_cycle_nor_the_output():
    model = for_weeks(CYCLES // 4)
    coarse, fine = model.run(), with_step(model, model.dt / 2).run()
    # Half a percent is promised; a method of order four keeps far more.
    assert cycle_and_output(fine) == pytest.approx(cycle_and_output(coarse), rel=0.005)


def test_the_bounds_that_are_not_written_out_are_never_met():
    model = burnout()
    ends = [{part.name: end} for part in model.sliders() for end in part.between]
    runs = [model.run(settings) for settings in ends]
    assert min(run["energy"].min() for run in runs) > 0.01
    assert max(run["energy"].max() for run in runs) <= 1
    assert min(run["expectations"].min() for run in runs) > 5


def test_longer_hours_for_what_is_undone_close_a_vicious_circle_and_a_useful_one():
    signs = {frozenset(loop.variables): loop.polarity for loop in burnout().causal_loops().loops()}
    longer = {"expectations met", "pressure", "hours wanted", "changing hours", "hours"}
    assert signs[frozenset(longer | {"work done"})] == "B"
    tired = longer | {"wearing out", "energy", "pace", "work done"}
    assert signs[frozenset(tired)] == "R"
