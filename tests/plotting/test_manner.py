"""How a curve without turns goes, said in words."""

import numpy as np
import pytest

from cstools.plotting import describe

TIME = np.linspace(0, 60, 601)
CURVES = {
    "a straight line": (TIME, ", steadily"),
    "a quick levelling off": (1 - np.exp(-TIME / 2), ", ever more slowly"),
    "a quick fall": (np.exp(-TIME / 2), ", ever more slowly"),
    "an S": (1 / (1 + np.exp(10 - TIME / 3)), ", slowly at first, then fast, then levelling off"),
    "growth": (np.exp(TIME / 10), ", ever faster"),
}


@pytest.mark.parametrize("curve", CURVES)
def test_the_words_fit_the_curve(curve):
    values, manner = CURVES[curve]
    assert describe.series("it", TIME, values).endswith(f"by time 60{manner}")


def test_a_change_too_small_to_print_is_not_called_a_fall():
    values = 100 - 0.001 * TIME / 60
    assert describe.series("it", TIME, values, units="days") == "it stays near 100 days"
