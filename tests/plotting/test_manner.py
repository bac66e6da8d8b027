"""How a curve without turns goes, said in words."""

import numpy as np
import pytest

from cstools.plotting import describe

TIME = np.linspace(0, 60, 601)
CURVES = {
    "a straight line": (TIME, ", steadily"),
    "a quick levelling off": (1 - np.exp(-TIME / 2), ", ever more slowly"),
    "a quick fall": (1 + np.exp(-TIME / 2), ", ever more slowly"),
    "a decay": (np.exp(-TIME / 2), ", ever more slowly, halving every 1.39 units of time"),
    "an S": (
        1 / (1 + np.exp(10 - TIME / 3)),
        ", in an S: slowly at first, fastest at time 30, then levelling off",
    ),
    "three straight lines": (
        np.interp(TIME, [0, 25, 35, 60], [0, 10, 30, 40]),
        ", slowly at first, then fast, then more slowly again",
    ),
    "three straight lines, the last nearly flat": (
        np.interp(TIME, [0, 25, 35, 60], [0, 10, 30, 31]),
        ", slowly at first, then fast, then levelling off",
    ),
    "a leap between two climbs": (
        np.interp(TIME, [0, 20, 20.5, 60], [0, 5, 25, 45]),
        ", slowly at first, then fast, then more slowly again",
    ),
    "an S that is cut off": (
        1 / (1 + np.exp(5 - TIME / 8)),
        ", in an S: slowly at first, fastest at time 40, then more slowly again",
    ),
    "growth": (np.exp(TIME / 10), ", ever faster, doubling every 6.93 units of time"),
    "growth from a level": (5 + np.exp(TIME / 10), ", ever faster"),
    "growth that is none of itself": (TIME**2, ", ever faster"),
}


@pytest.mark.parametrize("curve", CURVES)
def test_the_words_fit_the_curve(curve):
    values, manner = CURVES[curve]
    assert describe.series("it", TIME, values).endswith(f"by time 60{manner}")


def test_a_change_too_small_to_print_is_not_called_a_fall():
    values = 100 - 0.001 * TIME / 60
    assert describe.series("it", TIME, values, units="days") == "it stays near 100 days"
