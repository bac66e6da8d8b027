"""A fan shows how far runs spread, and says it in numbers."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from cstools.errors import DataError
from cstools.plotting.over_time import Series, fan

TIME = np.linspace(0, 10, 41)
BANDS = {0.05: 10 - 0.9 * TIME, 0.25: 10 - 0.5 * TIME, 0.75: 10 + 0.5 * TIME, 0.95: 10 + 2 * TIME}
MIDDLE = Series("fish", 10 + 0 * TIME, "tonnes")


def test_a_fan_says_its_middle_and_between_what_the_runs_lie():
    assert fan(TIME, BANDS, MIDDLE, "year").sentence == (
        "The median of fish stays at 10 tonnes. At year 10, half of the runs lie between 5 and "
        "15 tonnes, 90% between 1 and 30 tonnes."
    )


def test_a_fan_that_narrows_says_where_it_was_widest():
    swell = np.sin(TIME * np.pi / 10)
    bands = {0.1: 10 - 5 * swell, 0.9: 11 + 5 * swell}
    assert fan(TIME, bands, MIDDLE, "year").sentence == (
        "The median of fish stays at 10 tonnes. At year 10, 80% of the runs lie between 10 and "
        "11 tonnes. The fan is widest at year 5, with 80% between 5 and 16 tonnes."
    )


def test_what_was_measured_is_told_beside_the_fan():
    measured = Series("measured", 10 + TIME, "tonnes")
    told = fan(TIME, BANDS, MIDDLE, "year", lines=[measured]).sentence
    assert told.endswith(" Measured rises from 10 to 20 tonnes by year 10, steadily.")


def test_the_bands_drawn_are_the_quantiles_given_and_the_narrower_is_the_deeper():
    (panel,) = fan(TIME, BANDS, MIDDLE, "year", "Runs of the pond").figure.axes
    wide, narrow = panel.collections
    assert wide.get_paths()[0].get_extents().ymax == 30
    assert narrow.get_paths()[0].get_extents().ymin == 5
    light, deep = (sum(to_rgb(band.get_facecolor()[0])) for band in (wide, narrow))
    assert light > deep
    assert [text.get_text() for text in panel.texts] == ["90% of runs", "half of runs", "median"]
    assert panel.get_ylabel() == "fish (tonnes)"


def test_a_fan_whose_edges_end_together_has_a_legend():
    bands = {q: 10 + (values - 10) * (10 - TIME) / 10 for q, values in BANDS.items()}
    (panel,) = fan(TIME, bands, MIDDLE).figure.axes
    names = [text.get_text() for text in panel.get_legend().get_texts()]
    assert names == ["90% of runs", "half of runs", "median"]


@pytest.mark.parametrize(
    ("bands", "told"),
    [
        ({0.05: TIME}, "a band lies between two quantiles; give 0.95 beside 0.05"),
        ({5: TIME, 95: TIME}, "a quantile is a share between 0 and 1, not 5"),
        ({0.1: TIME, 0.9: TIME[1:]},
         "the quantile 0.9 needs one value for each of the 41 times; it has 40"),
    ],
)  # fmt: skip
def test_quantiles_that_make_no_band_are_told(bands, told):
    with pytest.raises(DataError) as found:
        fan(TIME, bands, MIDDLE)
    assert str(found.value) == told
