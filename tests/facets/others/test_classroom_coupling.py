"""Classroom coupling against the levels and the edge that follow from its equations."""

from math import e, exp, sqrt

import numpy as np
import pytest

from cstools.facets.others import classroom_coupling
from tests.facets.teaching_model import TeachingModel

LOAD, TO_TEACHER, TO_CLASS, RECOVERY = 0.2, 0.3, 0.4, 0.5
MULTIPLIER = 1 / (1 - TO_TEACHER * TO_CLASS / RECOVERY**2)
TEACHER = MULTIPLIER * LOAD / RECOVERY
CLASS = TO_CLASS / RECOVERY * TEACHER
# The slower of its two ways back goes at r - sqrt(ab), 0.154 a day: what is left after 60 days,
# of a way no longer than 1.
LEFT_AT_THE_END = exp(-(RECOVERY - sqrt(TO_TEACHER * TO_CLASS)) * 60)


class TestClassroomCoupling(TeachingModel):
    model = staticmethod(classroom_coupling)
    # The curve is a sum of two e^(-kt), each of height (load/2)/k, and Euler errs on each by at
    # most k·dt/(2e) of its height; halving dt removes half. As a share of the teacher's level.
    halving_dt = LOAD / 64 / (4 * e) / TEACHER


def test_both_settle_at_the_levels_on_paper():
    run = classroom_coupling().run()
    assert pytest.approx(0.7692, abs=5e-5) == TEACHER  # the published digits
    assert pytest.approx(0.6154, abs=5e-5) == CLASS
    assert run["teacher tension"][-1] == pytest.approx(TEACHER, abs=LEFT_AT_THE_END)
    assert run["class tension"][-1] == pytest.approx(CLASS, abs=LEFT_AT_THE_END)


def test_coupling_multiplies_what_the_load_alone_would_do():
    model = classroom_coupling()
    coupled, alone = model.run(), model.run({"from class to teacher": 0})
    assert pytest.approx(1.923, abs=5e-4) == MULTIPLIER
    ratio = coupled["teacher tension"][-1] / alone["teacher tension"][-1]
    assert ratio == pytest.approx(MULTIPLIER, abs=3 * LEFT_AT_THE_END)  # over 0.4, less than half


def test_a_room_without_a_load_comes_to_rest():
    run = classroom_coupling().run({"daily load": 0, "teacher tension": 1, "class tension": 1})
    # Starts of one each put 1.1 into the slow way back.
    assert run["teacher tension"][-1] < 1.2 * LEFT_AT_THE_END
    assert run["class tension"][-1] < 1.2 * LEFT_AT_THE_END


@pytest.mark.parametrize(
    ("share_of_edge", "settles"), [(0.9, True), (0.99, True), (1.01, False), (1.1, False)]
)
def test_it_settles_only_below_the_edge(share_of_edge, settles):
    # The edge is a·b = rT·rS: at b = 0.5 it is a = 0.5.
    settings = {"from class to teacher": share_of_edge * 0.5, "from teacher to class": 0.5}
    run = classroom_coupling().run(settings)
    steps = np.diff(run["teacher tension"])[32 * 64 :]  # after the first month
    assert (np.diff(steps) < 0).all() == settles
    assert (np.diff(steps) > 0).all() != settles


def test_the_edge_lies_where_the_recoveries_are_not_alike_too():
    # rT·rS = 0.4·0.9 = 0.36 = 0.6·0.6: on the edge a steady load gives steady steps at last.
    settings = {
        "from class to teacher": 0.6,
        "from teacher to class": 0.6,
        "teacher recovery": 0.4,
        "class recovery": 0.9,
    }
    steps = np.diff(classroom_coupling().run(settings)["teacher tension"])
    # The other way back goes at 1.3 a day: after 30 days e⁻³⁹ of it is left, below rounding.
    np.testing.assert_allclose(steps[30 * 64 :], steps[-1], rtol=1e-6)
    assert steps[-1] > 0


def test_weakening_either_link_of_the_loop_does_the_same_to_the_teacher():
    model = classroom_coupling()
    one = model.run({"from class to teacher": 0.5 * TO_TEACHER})
    other = model.run({"from teacher to class": 0.5 * TO_CLASS})
    # Only the product a·b acts on the teacher; rounding differs.
    np.testing.assert_allclose(
        one["teacher tension"], other["teacher tension"], rtol=1e-9, atol=1e-12
    )


def test_what_goes_round_is_one_reinforcing_loop():
    loops = classroom_coupling().causal_loops().loops()
    assert [loop.polarity for loop in loops] == ["B", "B", "R"]
    assert {"teacher tension", "class tension"} <= set(loops["R1"].variables)
