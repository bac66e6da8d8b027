"""Two who read, against the arithmetic of what is written, shown, seen and mended."""

from math import e, exp, log

import numpy as np
import pytest

from cstools.facets.others import kind_review
from tests.facets.teaching_model import TeachingModel, with_step

NEW, START, SOON = 6, 30, 2
STEP = 1 / 16


class TestKindReview(TeachingModel):
    model = staticmethod(kind_review)
    # Euler errs on e^(-kt) by at most k·dt/(2e) of its height; the faster of the two stocks has
    # k = 1/how soon = 0.5 a month. Halving dt removes half of that.
    halving_dt = 0.5 * STEP / (4 * e)


@pytest.mark.parametrize(
    ("sharpness", "kindness", "ends"), [(0.5, 0.8, 15), (0.9, 0.3, 22.2222), (0.1, 1, 60)]
)
def test_loose_ends_come_to_rest_at_new_over_sharpness_times_kindness(sharpness, kindness, ends):
    settings = {"sharpness": sharpness, "kindness": kindness, "shown": kindness}
    # Begun at rest, nothing moves but rounding; the third number has four places.
    run = kind_review().run({**settings, "loose ends": NEW / (sharpness * kindness)})
    np.testing.assert_allclose(run["loose ends"], ends, rtol=1e-4)


@pytest.mark.parametrize("kindness", [0.1, 0.5, 1])
def test_what_is_shown_goes_to_how_kind_the_answers_are(kindness):
    fine = with_step(kind_review(), 1 / 64)
    run = fine.run({"kindness": kindness}, method="rk4")
    formula = kindness + (0.5 - kindness) * np.exp(-run.time / SOON)
    np.testing.assert_allclose(run["shown"], formula, rtol=1e-8)  # order four, small steps


def test_with_nothing_new_half_of_what_is_shown_and_seen_is_gone_in_its_half_life():
    settings = {"loose ends of new pages": 0, "kindness": 1, "shown": 1, "sharpness": 0.5}
    run = kind_review().run(settings)
    half = log(2) / 0.5  # 1.386 months
    # Euler's k·dt/(2e) of 30 ends is 0.2; the nearest saved time is within half a step, 0.5 ends.
    assert np.interp(half, run.time, run["loose ends"]) == pytest.approx(START / 2, abs=0.2)
    assert run["loose ends"][-1] == pytest.approx(0, abs=START * exp(-0.5 * 24) * 2)


def test_kindness_and_sharpness_multiply():
    def left(sharpness, kindness):
        return kind_review().run({"sharpness": sharpness, "kindness": kindness})["loose ends"][-1]

    assert left(0.5, 0.8) < left(0.9, 0.3) < left(0.1, 1.0)
