"""How a sentence tells of swings, and of a series that comes to rest before the end."""

import numpy as np

from cstools.plotting.describe import series

TIME = np.linspace(0, 16, 65)


def test_swings_are_counted_and_measured_by_the_same_turns():
    # Two valleys, at minutes 4 and 12, and one peak between them.
    told = series("tap", TIME, 50 + 25 * np.cos(TIME * np.pi / 4), "minute", "litres")
    assert told == (
        "tap swings between 25 and 75 litres, with 2 valleys about 8 minutes apart, and ends at 75"
    )


def test_one_unit_of_time_is_one():
    told = series("tide", TIME / 8, 2 + np.cos(TIME / 8 * 2 * np.pi), "day", "m")
    assert told == "tide swings between 1 and 3 m, with 2 valleys about 1 day apart, and ends at 3"


def test_a_series_that_reaches_its_end_early_stays_there():
    told = series("fish", TIME, np.maximum(500 - TIME**3, 0.0), "year", "tonnes")
    assert told == "fish falls from 500 to 0 tonnes by year 8, ever faster, and stays there"
