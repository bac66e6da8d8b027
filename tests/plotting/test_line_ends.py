"""Names at the ends of lines: near their own, and never on each other."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

from cstools.plotting import line_ends, style

places = st.lists(st.floats(-500, 500), min_size=1, max_size=12)


@given(places, st.floats(1, 40))
def test_spread_names_do_not_touch_and_keep_their_order(wanted, height):
    wanted, heights = np.array(wanted), np.full(len(wanted), height)
    found = line_ends.spread(wanted, heights)
    order = np.argsort(wanted, kind="stable")
    # Rounding of numbers up to 500, added up a dozen times.
    assert (np.diff(found[order]) >= height - 1e-9).all()


@given(places)
def test_names_that_have_room_stay_where_they_are(wanted):
    wanted = np.array(wanted)
    apart = np.diff(np.sort(wanted)).min(initial=np.inf)
    # A name that just touches its neighbour has room as well, but for rounding.
    heights = np.full(len(wanted), min(apart, 20.0) * 0.999)
    np.testing.assert_allclose(line_ends.spread(wanted, heights), wanted, atol=1e-9)


@given(places)
def test_spreading_moves_names_up_as_much_as_down(wanted):
    wanted = np.array(wanted)
    found = line_ends.spread(wanted, np.full(len(wanted), 30.0))
    assert abs((found - wanted).sum()) < 1e-6


def written(*ends):
    page, panel = style.figure()
    lines = [panel.plot([0, 1], [0, end])[0] for end in ends]
    panel.set_xlim(0, 1)
    panel.set_ylim(0, 100)
    names = [f"curve {n}" for n in range(len(ends))]
    return page, panel, line_ends.write(page, panel, lines, names)


def test_names_of_lines_that_end_near_each_other_are_led_to_their_lines():
    page, panel, all_of_them = written(50, 53, 80)
    assert all_of_them
    canvas = FigureCanvasAgg(page)
    canvas.draw()
    boxes = [text.get_window_extent(canvas.get_renderer()) for text in panel.texts]
    assert boxes[0].y1 <= boxes[1].y0 + 1  # a pixel of rounding
    assert all(text.arrow_patch is not None for text in panel.texts)


def test_lines_that_end_in_one_point_get_no_names():
    _, panel, all_of_them = written(50, 50.5, 80)
    assert not all_of_them
    assert len(panel.texts) == 0


def test_more_names_than_there_is_room_for_are_not_written():
    assert not written(*np.linspace(2, 98, 30))[2]
