"""What stands in a picture over time, and that nothing stands on something else."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from cstools.errors import ModelError
from cstools.plotting.over_time import Series, plot

TIME = np.linspace(0, 10, 11)


@pytest.mark.parametrize("curves", [2, 3, 4, 6])
def test_the_title_stands_clear_of_the_legend(curves):
    # They end in one point, where no two names have room.
    ends = TIME * (10 - TIME)
    drawn = [Series(f"number {i}, as the model has it", ends * i, "days") for i in range(curves)]
    page = plot(TIME, drawn, "month", "A title of some length").figure
    canvas = FigureCanvasAgg(page)
    canvas.draw()
    renderer = canvas.get_renderer()
    title = page._suptitle.get_window_extent(renderer)
    legend = page.axes[0].get_legend().get_window_extent(renderer)
    assert legend.y1 <= title.y0
    assert title.y1 <= page.bbox.y1
    assert legend.y0 >= page.axes[0].bbox.y1


def test_one_curve_with_a_title_needs_no_legend():
    page = plot(TIME, [Series("water", TIME, "litres")], "minute", "A bath").figure
    assert page.axes[0].get_legend() is None
    assert page._suptitle.get_text() == "A bath"


def names_at_ends(panel):
    return [text.get_text().replace("\n", " ") for text in panel.texts]


def test_lines_carry_their_names_at_their_ends_and_need_no_legend():
    curves = [Series("fish", 100 - TIME, "tonnes"), Series("catch", 3 * TIME, "tonnes")]
    page = plot(TIME, curves, "year", "The pond").figure
    (panel,) = page.axes
    assert names_at_ends(panel) == ["fish", "catch"]
    assert panel.get_legend() is None
    renderer = FigureCanvasAgg(page).get_renderer()
    for text, line in zip(panel.texts, panel.lines, strict=True):
        box = text.get_window_extent(renderer)
        _, end = panel.transData.transform(line.get_xydata()[-1])
        assert box.y0 < end < box.y1
        assert panel.bbox.x1 < box.x0 < box.x1 < page.bbox.x1


def test_a_legend_takes_over_where_lines_end_together():
    curves = [Series("one", 10 - TIME, "m"), Series("two", 20 - 2 * TIME, "m")]
    (panel,) = plot(TIME, curves).figure.axes
    assert names_at_ends(panel) == []
    assert [text.get_text() for text in panel.get_legend().get_texts()] == ["one", "two"]


def test_a_legend_takes_over_where_a_line_stops_early():
    curves = [Series("one", TIME, "m"), Series("two", np.where(TIME < 6, TIME / 2, np.nan), "m")]
    assert plot(TIME, curves).figure.axes[0].get_legend() is not None


RUNS = [
    Series(f"{variable} ({run})", size * TIME + lift, "m", variable, run)
    for run, lift in [("as the model has it", 0), ("price 5", 40)]
    for variable, size in [("fish", 1), ("catch", 20)]
]


def test_one_variable_in_several_runs_is_named_once_and_its_runs_at_their_ends():
    fish = [curve for curve in RUNS if curve.group == "fish"]
    (panel,) = plot(TIME, fish).figure.axes
    assert panel.get_ylabel() == "fish (m)"
    assert names_at_ends(panel) == ["as the model has it", "price 5"]
    assert len({line.get_color() for line in panel.lines}) == 2
    assert len({str(line._unscaled_dash_pattern) for line in panel.lines}) == 2


def test_of_several_variables_in_several_runs_the_colour_says_which_and_the_dashes_in_which_run():
    (panel,) = plot(TIME, RUNS).figure.axes
    fish, catch, other_fish, other_catch = panel.lines
    assert fish.get_color() == other_fish.get_color() != catch.get_color()
    dashes = [str(line._unscaled_dash_pattern) for line in panel.lines]
    assert dashes[0] == dashes[1] != dashes[2] == dashes[3]
    assert catch.get_color() == other_catch.get_color()
    assert names_at_ends(panel) == [curve.label for curve in RUNS]


def test_small_multiples_have_a_panel_for_each_variable_with_its_name_above():
    curves = [Series("fish", TIME, "tonnes"), Series("catch", 9 * TIME, "tonnes"),
              Series("boats", TIME, "boats")]  # fmt: skip
    panels = plot(TIME, curves, "year", "The pond", panels="each").figure.axes
    assert [panel.get_title("left") for panel in panels] == [
        "fish (tonnes)", "catch (tonnes)", "boats"
    ]  # fmt: skip
    assert [len(panel.lines) for panel in panels] == [1, 1, 1]


def test_small_multiples_of_several_runs_have_one_legend_for_all():
    page = plot(TIME, RUNS, "year", "The pond", panels="each").figure
    assert [panel.get_legend() for panel in page.axes] == [None, None]
    (legend,) = page.legends
    assert legend.get_title().get_text() == "The pond"
    assert [text.get_text() for text in legend.get_texts()] == ["as the model has it", "price 5"]


@pytest.mark.parametrize("count", [1, 2, 5, 9, 12])
def test_small_multiples_of_any_number_stay_on_the_page(count):
    curves = [Series(f"variable {n}", TIME * 10**n, "people") for n in range(count)]
    page = plot(TIME, curves, "year", "Many", panels="each").figure
    renderer = FigureCanvasAgg(page).get_renderer()
    boxes = [panel.get_tightbbox(renderer) for panel in page.axes]
    assert len(boxes) == count
    for box in boxes:
        assert box.x0 >= 0
        assert box.x1 <= page.bbox.x1
    for n, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[n + 1 :])


def test_a_word_for_panels_that_there_is_not_gets_the_nearest():
    with pytest.raises(ModelError) as found:
        plot(TIME, [Series("water", TIME)], panels="eech")
    assert str(found.value) == ("panels is 'units' or 'each', not 'eech'; did you mean 'each'?")


def labels(panel):
    return [line.get_label() for line in panel.lines]


def test_curves_that_share_a_unit_share_a_panel():
    curves = [
        Series("fish", TIME, "tonnes"),
        Series("boats", TIME, "boats"),
        Series("catch", TIME / 2, "tonnes"),
        Series("trust", TIME),
    ]
    panels = plot(TIME, curves, "year", "The pond").figure.axes
    assert [labels(panel) for panel in panels] == [["fish", "catch"], ["boats"], ["trust"]]
    # A panel with one curve says its name at the axis; its unit is not said twice.
    assert [panel.get_ylabel() for panel in panels] == ["tonnes", "boats", "trust"]
    assert [panel.get_xlabel() for panel in panels] == ["", "", "year"]


def test_each_curve_has_a_colour_and_a_dash_of_its_own_across_panels():
    curves = [Series(f"curve {number}", TIME, f"unit {number % 3}") for number in range(7)]
    lines = [line for panel in plot(TIME, curves).figure.axes for line in panel.lines]
    assert len({line.get_color() for line in lines}) == 7
    assert len({(line.get_color(), str(line.get_linestyle())) for line in lines}) == 7
    dashes = {str(line._unscaled_dash_pattern) for line in lines[:3]}
    assert len(dashes) > 1


def test_the_curve_drawn_is_the_series_given():
    (line,) = plot(TIME, [Series("water", TIME**2, "litres")]).figure.axes[0].lines
    np.testing.assert_array_equal(line.get_xdata(), TIME)
    np.testing.assert_array_equal(line.get_ydata(), TIME**2)


def test_a_sketch_is_laid_over_the_first_panel():
    curves = [Series("water", TIME, "litres"), Series("tap", TIME, "litres/minute")]
    points = [(0, 3), (5, 9), (10, 1)]
    first, second = plot(TIME, curves, "minute", sketch=points).figure.axes
    assert labels(first) == ["water", "your sketch"]
    assert labels(second) == ["tap"]
    np.testing.assert_array_equal(first.lines[1].get_xydata(), points)


def test_the_whole_time_is_shown_where_a_curve_stops():
    broken = np.where(TIME < 4, TIME, np.nan)
    panel = plot(TIME, [Series("water", broken, "litres")], "minute").figure.axes[0]
    low, high = panel.get_xlim()
    assert low < 0 < 10 < high < 11


def test_the_axis_begins_at_zero_when_zero_is_near_and_not_otherwise():
    near = plot(TIME, [Series("coffee", 20 + 7 * TIME)]).figure.axes[0]
    far = plot(TIME, [Series("coffee", 1000 + TIME)]).figure.axes[0]
    assert near.get_ylim()[0] == 0
    assert far.get_ylim()[0] > 990


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        (TIME * 1e13, ["0", "20 trillion", "40 trillion", "60 trillion", "80 trillion",
                       "100 trillion"]),
        (-TIME * 500, ["−5,000", "−4,000", "−3,000", "−2,000", "−1,000", "0"]),
        (1e6 + TIME, ["1,000,000", "1,000,002", "1,000,004", "1,000,006", "1,000,008",
                      "1,000,010"]),
        (TIME / 40, ["0.00", "0.05", "0.10", "0.15", "0.20", "0.25"]),
    ],
)  # fmt: skip
def test_numbers_at_the_axis_are_written_as_they_are_said(values, ticks):
    panel = plot(TIME, [Series("it", values)]).figure.axes[0]
    low, high = panel.get_ylim()
    shown = [place for place in panel.yaxis.get_majorticklocs() if low <= place <= high]
    assert panel.yaxis.get_major_formatter().format_ticks(shown) == ticks


LONG = "susceptible people in the whole school (contacts per person per day 5, infectivity 0.3)"


@pytest.mark.parametrize("names", [[LONG, f"{LONG}, again"], ["short", LONG], ["a b c d e f"] * 9])
def test_everything_written_stays_on_the_page_and_leaves_room_for_the_curves(names):
    curves = [Series(name, TIME, "people in the school and their families") for name in names]
    title = "A title that is longer than the picture is wide, as people do write them now and then"
    page = plot(TIME, curves, "day", title).figure
    canvas = FigureCanvasAgg(page)
    canvas.draw()
    renderer = canvas.get_renderer()
    (panel,) = page.axes
    for thing in (page._suptitle, panel.get_legend(), panel.yaxis.label, panel.xaxis.label):
        box = thing.get_window_extent(renderer)
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= page.bbox.x1
        assert box.y1 <= page.bbox.y1
    assert panel.bbox.width > 0.7 * page.bbox.width
    assert panel.bbox.height > 0.4 * page.bbox.height


def test_the_sentence_tells_of_every_curve():
    curves = [Series("fish", 100 - TIME, "tonnes"), Series("boats", TIME, "boats")]
    assert plot(TIME, curves, "year").sentence == (
        "Fish falls from 100 to 90 tonnes by year 10, steadily. "
        "Boats rise from 0 to 10 boats by year 10, steadily."
    )
