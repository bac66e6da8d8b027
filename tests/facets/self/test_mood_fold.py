"""The mood fold against the roots of its cubic and the places of its folds."""

import numpy as np
import pytest

from cstools.facets.self import mood_fold
from tests.facets.teaching_model import TeachingModel

STILL = {"swing": 0}


def fold(hold):
    return 2 * (hold / 3) ** 1.5


def resting(steady, hold=1.0):
    """Return the moods that can last, lowest first: real roots at which a change dies down."""
    roots = np.roots([-1, 0, hold, steady])
    real = np.sort(roots[np.abs(roots.imag) < 1e-9].real)
    return real[hold - 3 * real**2 < 0]


class TestMoodFold(TeachingModel):
    model = staticmethod(mood_fold)
    # A method of order four with steps of a sixteenth of a day, the mood's own time being about
    # one day: some (1/16)⁴ of the height, 1.5e-5, and what a slow passing of a fold makes of it.
    halving_dt = 1e-4


@pytest.mark.parametrize("hold", [0.5, 1.0, 1.5])
@pytest.mark.parametrize("side", [-1, 1])
def test_a_mood_holds_within_the_folds_and_gives_way_beyond_them(hold, side):
    # It begins as it would be in calm days, on the side that circumstances press upon.
    start = {"hold": hold, "mood": -side * np.sqrt(hold), **STILL}
    within = mood_fold().run({**start, "steady part": side * 0.95 * fold(hold)})
    beyond = mood_fold().run({**start, "steady part": side * 1.05 * fold(hold)})
    assert np.sign(within["mood"][-1]) == -side
    # At 5 % beyond, passing the fold takes some 20 to 70 of the 240 days.
    assert np.sign(beyond["mood"][-1]) == side


@pytest.mark.parametrize("steady", [-0.3, 0.0, 0.2])
def test_where_it_comes_to_rest_is_a_root_of_the_cubic(steady):
    low, good = resting(steady)
    for start, expected in ((-1.2, low), (1.2, good)):
        run = mood_fold().run({**STILL, "steady part": steady, "mood": start})
        assert run["mood"][-1] == pytest.approx(
            expected, abs=1e-9
        )  # 240 days, at 0.9 a day or more


def test_it_falls_beyond_one_fold_and_comes_back_beyond_the_other():
    run = mood_fold().run()
    change = np.flatnonzero(np.diff(np.sign(run["mood"])))
    assert len(change) == 2
    falling, rising = run["circumstances"][change]
    # Both come late, as a fold is passed slowly: beyond it, and before the swing is at its end.
    assert -0.6 < falling < -fold(1)
    assert fold(1) < rising < 0.6


def test_without_a_hold_there_is_one_mood_for_each_kind_of_days():
    run = mood_fold().run({**STILL, "hold": -0.5, "steady part": 0.1, "mood": -1.2})
    other = mood_fold().run({**STILL, "hold": -0.5, "steady part": 0.1, "mood": 1.2})
    assert run["mood"][-1] == pytest.approx(other["mood"][-1], abs=1e-9)


def test_holding_itself_reinforces_and_settling_balances():
    loops = {loop.polarity: loop.variables for loop in mood_fold().causal_loops().loops()}
    assert set(loops["R"]) == {"mood", "holding itself"}
    assert set(loops["B"]) == {"mood", "settling"}
