"""Escalation against the levels, the edge and the curves of Richardson's equations."""

from math import e, exp, sqrt

import numpy as np
import pytest

from cstools import archetypes
from cstools.facets.others import escalation
from tests.facets.teaching_model import TeachingModel, with_step

WALNUT, VINE = "roughness of Walnut", "roughness of Vine"
ANSWER, COOLING, GRIEVANCE = 0.5, 1.0, 1.0
# The slower of its two ways goes at a - k, a half a week: what is left of a way of 2 at the end.
LEFT_AT_THE_END = 2 * exp(-(COOLING - ANSWER) * 20)


def levels(k, j, a, b, g, h):
    """Where x' = ky - ax + g and y' = jx - by + h stand still."""
    return (b * g + k * h) / (a * b - k * j), (a * h + j * g) / (a * b - k * j)


def both(name, value):
    return {f"{name} of Walnut": value, f"{name} of Vine": value}


class TestEscalation(TeachingModel):
    model = staticmethod(escalation)
    # Between equals the curve is 2·(1 - e^(-kt)) with k = 0.5 a week; Euler errs on that by at
    # most k·dt/(2e) of its height, and halving dt removes half of that. 1 % for the next term.
    halving_dt = 1.01 * 0.5 / 64 / (4 * e)


def test_between_equals_both_settle_at_two():
    assert levels(0.5, 0.5, 1, 1, 1, 1) == (2, 2)  # what the curriculum names
    run = escalation().run()
    assert run[WALNUT][-1] == pytest.approx(2, abs=LEFT_AT_THE_END)
    assert run[VINE][-1] == pytest.approx(2, abs=LEFT_AT_THE_END)


def test_answering_doubles_what_a_grievance_makes_alone():
    alone = escalation().run(both("answer", 0))
    # Alone it cools at 1 a week: e⁻²⁰ is left.
    assert alone[WALNUT][-1] == pytest.approx(GRIEVANCE / COOLING, abs=1e-8)


def test_unequal_sides_settle_where_two_lines_cross():
    settings = {
        "answer of Walnut": 0.3,
        "answer of Vine": 0.9,
        "cooling of Walnut": 0.8,
        "cooling of Vine": 1.5,
        "grievance of Walnut": 0.4,
        "grievance of Vine": 1.7,
    }
    walnut, vine = levels(0.3, 0.9, 0.8, 1.5, 0.4, 1.7)
    # Started there it stays there: nothing is left of any way.
    run = escalation().run({**settings, WALNUT: walnut, VINE: vine})
    np.testing.assert_allclose(run[WALNUT], walnut, rtol=1e-9)  # rounding only
    np.testing.assert_allclose(run[VINE], vine, rtol=1e-9)


@pytest.mark.parametrize("share_of_edge", [0.5, 0.9, 1.1, 1.5])
def test_it_settles_only_when_what_cools_is_more_than_what_goes_round(share_of_edge):
    # a·b = 0.5·2 = 1, and k·l = share of it, from very unequal answers.
    settings = {
        "cooling of Walnut": 0.5,
        "cooling of Vine": 2.0,
        "answer of Walnut": 1.5,
        "answer of Vine": share_of_edge / 1.5,
    }
    steps = np.diff(escalation().run(settings)[WALNUT])[10 * 64 :]
    # The other way back goes at more than 2 a week: after ten weeks e⁻²⁰ of it is left.
    assert (np.diff(steps) < 0).all() == (share_of_edge < 1)
    assert (np.diff(steps) > 0).all() == (share_of_edge > 1)


def test_on_the_edge_it_rises_steadily():
    steps = np.diff(escalation().run(both("answer", 1))[WALNUT])
    np.testing.assert_allclose(steps, GRIEVANCE / 64, rtol=1e-9)  # x' = g between equals


def test_one_side_alone_takes_both_back_from_the_edge():
    heated = escalation().run(both("answer", 1.2))
    cooled = escalation().run({**both("answer", 1.2), "answer of Walnut": 0.2})
    assert heated[WALNUT][-1] > 200  # (g / 0.2)·(e⁴ - 1) is 268; Euler's is less by some in 100
    walnut, vine = levels(0.2, 1.2, 1, 1, 1, 1)
    # Its slower way goes at 1 - √0.24, 0.51 a week.
    left = 4 * exp(-(1 - sqrt(0.24)) * 20)
    assert cooled[WALNUT][-1] == pytest.approx(walnut, abs=left)
    assert cooled[VINE][-1] == pytest.approx(vine, abs=left)
    assert walnut < vine


def test_a_settled_grievance_lowers_where_it_settles_and_leaves_the_edge():
    less = escalation().run({"grievance of Walnut": 0})
    walnut, vine = levels(0.5, 0.5, 1, 1, 0, 1)
    assert less[WALNUT][-1] == pytest.approx(walnut, abs=LEFT_AT_THE_END)
    assert less[VINE][-1] == pytest.approx(vine, abs=LEFT_AT_THE_END)
    assert walnut < 2
    assert vine < 2
    heated = escalation().run({**both("answer", 1.2), **both("grievance", 0), WALNUT: 0.1})
    # The other way back goes at 2.2 a week: after six weeks e⁻¹³ of it is left.
    assert (np.diff(np.diff(heated[VINE])[6 * 64 :]) > 0).all()


def test_one_good_day_is_gone_within_weeks():
    after_it = escalation().run({WALNUT: 0, VINE: 0})
    without = escalation().run({WALNUT: 2, VINE: 2})
    gap = without[WALNUT] - after_it[WALNUT]
    six_weeks = 6 * 64
    # The gap shrinks by e^(-t/2); Euler's by a little less than 1 % of it more.
    assert gap[six_weeks] == pytest.approx(2 * exp(-3), rel=0.02)


def test_who_began_leaves_no_trace_in_where_it_ends():
    one, other = escalation().run({WALNUT: 10}), escalation().run({VINE: 10})
    assert one[WALNUT][-1] == pytest.approx(other[WALNUT][-1], abs=10 * LEFT_AT_THE_END)


def test_each_answering_the_other_is_the_only_reinforcing_loop():
    loops = escalation().causal_loops().loops()
    assert [loop.polarity for loop in loops] == ["B", "B", "R"]
    assert {WALNUT, VINE} <= set(loops["R1"].variables)


def test_without_grievances_it_is_the_model_of_the_archetype():
    # There each lacks aim · other - own, and makes it up in the time to answer: k = aim / time.
    schools = with_step(archetypes.escalation.model(), 1 / 64)  # which keeps every second row
    theirs = schools.run({"time to answer": 2, "spending of South": 6})
    ours = escalation().run(
        {
            **both("answer", schools["aim"].value / 2),
            **both("cooling", 1 / 2),
            **both("grievance", 0),
            WALNUT: theirs["spending of North"][0],
            VINE: theirs["spending of South"][0],
        }
    )
    rows = len(ours.time[::2])  # twenty weeks, and of the schools twenty months
    for here, there in ((WALNUT, "spending of North"), (VINE, "spending of South")):
        np.testing.assert_allclose(
            ours[here][::2], theirs[there][:rows], rtol=1e-9
        )  # rounding only
