"""A practice among colleagues, against the arithmetic of who takes it up and who lets it go.

Without a project K′ = b·K·(1 − K/N) − g·K: logistic towards N (1 − g/b) where b > g.
"""

from math import exp, sqrt
from typing import ClassVar

import numpy as np
import pytest

from cstools.facets.others import practice_spreads
from tests.facets.teaching_model import TeachingModel, with_step

STAFF, PASSING, LETTING, BRINGING = 40, 0.2, 0.1, 0.03


class TestPracticeSpreads(TeachingModel):
    model = staticmethod(practice_spreads)
    # Euler errs on a way that goes as e^(-kt) by at most k·dt/(2e) of its height; k, the speed at
    # which the project's level is neared, is below 0.2 a month. Halving dt removes half of that.
    halving_dt = 0.2 * 0.125 / (4 * 2.718)


def level(bringing, passing, letting):
    """Return where K′ = 0: the positive root of −(b/N) K² + (b − a − g) K + a N = 0."""
    inner = passing - bringing - letting
    return STAFF / (2 * passing) * (inner + sqrt(inner**2 + 4 * passing * bringing))


def test_nobody_is_lost_and_nobody_added():
    run = practice_spreads().run()
    np.testing.assert_allclose(run["keepers"] + run["others"], STAFF, rtol=1e-12)  # rounding


@pytest.mark.parametrize(("passing", "letting"), [(0.2, 0.1), (0.4, 0.1), (0.4, 0.3)])
def test_what_stays_without_the_project_is_one_less_letting_go_over_passing_on(passing, letting):
    fine = practice_spreads().run(
        {"passing on": passing, "letting go": letting, "keepers": 12, "others": 28,
         "introductions": 0, "project ends": 0}
    )  # fmt: skip
    stays = STAFF * (1 - letting / passing)
    # It is neared as e^(-(b − g) t), with b − g = 0.1 at least: e^(-4.8) of the way is left, and a
    # little more because the middle of a logistic curve comes later than that of e^(-kt).
    assert fine["keepers"][-1] == pytest.approx(stays, abs=2 * exp(-4.8) * abs(stays - 12))


@pytest.mark.parametrize("bringing", [0.03, 0.1])
def test_while_the_project_runs_the_level_is_the_root_of_a_quadratic(bringing):
    at_rest = level(bringing, PASSING, LETTING)
    run = practice_spreads().run(
        {"introductions": bringing, "project ends": 48, "keepers": at_rest,
         "others": STAFF - at_rest}
    )  # fmt: skip
    np.testing.assert_allclose(run["keepers"], at_rest, rtol=1e-9)


def test_on_top_of_a_full_plate_it_fades_however_high_it_stood():
    run = practice_spreads().run({"on top": 0.2, "introductions": 0.1})
    end = run["keepers"][run.time == 12].item()
    left = run["keepers"][-1]
    # Letting go is 0.3 and passing on at most 0.2, so that it falls at least as fast as e^(-t/10).
    assert 0 < left < end * exp(-0.1 * 36)


def test_without_the_project_it_goes_as_the_logistic_formula_says():
    fine = with_step(practice_spreads(), 1 / 64)
    run = fine.run(
        {"introductions": 0, "project ends": 0, "keepers": 4, "others": 36}, method="rk4"
    )
    pace, stays = PASSING - LETTING, STAFF * (1 - LETTING / PASSING)
    formula = stays / (1 + (stays / 4 - 1) * np.exp(-pace * run.time))
    # A method of order four, with steps of a 64th of a month: rounding and no more.
    np.testing.assert_allclose(run["keepers"], formula, rtol=1e-8)


def test_passing_it_on_is_the_reinforcing_loop():
    loops = practice_spreads().causal_loops().loops()
    signs = {frozenset(loop.variables): loop.polarity for loop in loops}
    assert signs[frozenset({"keepers", "from a colleague", "taking it up"})] == "R"
    assert signs[frozenset({"keepers", "letting it go"})] == "B"


class TestOfTheSources:
    kinds: ClassVar = ("by the project", "from a colleague")

    def test_both_ways_of_taking_it_up_are_in_the_model(self):
        run = practice_spreads().run()
        total = sum(run[name] for name in self.kinds)
        np.testing.assert_allclose(run["taking it up"], total, rtol=1e-12)
