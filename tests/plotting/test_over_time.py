"""What stands in a picture over time, and that nothing stands on something else."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from cstools.plotting.over_time import Series, plot

TIME = np.linspace(0, 10, 11)


@pytest.mark.parametrize("curves", [2, 3, 4, 6])
def test_the_title_stands_clear_of_the_legend(curves):
    drawn = [Series(f"number {i}, as the model has it", TIME * i, "days") for i in range(curves)]
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
