"""Where anywidget is missing, ipywidgets alone do the same, more slowly."""

from __future__ import annotations

from typing import Any

import ipywidgets
import pytest

from cstools.stock_flow.model import StockFlow
from cstools.widgets.explorer import explore
from cstools.widgets.sketch import sketch

pytestmark = pytest.mark.usefixtures("without_anywidget")


def sliders(widget: Any) -> dict[str, Any]:
    return {w.description: w for w in widget.children if isinstance(w, ipywidgets.FloatSlider)}


def picture(widget: Any) -> str:
    return "".join(w.value for w in widget.children if isinstance(w, ipywidgets.HTML))


def test_every_range_gets_a_slider(bath: StockFlow) -> None:
    assert list(sliders(explore(bath))) == [
        "water at the start (litre)",
        "opening (litre/minute)",
        "emptying time (minute)",
    ]


def test_a_moved_slider_draws_the_run_with_its_value(bath: StockFlow) -> None:
    widget = explore(bath)
    before = picture(widget)
    sliders(widget)["opening (litre/minute)"].value = 0
    sentence = bath.run({"opening": 0}).describe("water")
    assert sentence in picture(widget)
    assert sentence not in before
    assert widget.values["opening"] == 0
    assert repr(widget) == f"A bath: {sentence}"


def test_reset_puts_every_slider_back(bath: StockFlow) -> None:
    widget = explore(bath)
    before = picture(widget)
    for slider in sliders(widget).values():
        slider.value = slider.max
    next(w for w in widget.children if isinstance(w, ipywidgets.Button)).click()
    assert [s.value for s in sliders(widget).values()] == [40, 12, 8]
    assert picture(widget) == before


def test_the_picture_has_a_text_alternative(bath: StockFlow) -> None:
    assert f'aria-label="{bath.run().describe("water")}"' in picture(explore(bath))


def test_a_sketch_is_a_row_of_sliders_and_counts_once_moved(bath: StockFlow) -> None:
    drawn = sketch("water", stop=16, high=300, units="litre", time_units="minute", count=5)
    assert repr(drawn) == "Sketch of water: no points drawn yet"
    explorer = explore(bath, sketch=drawn)
    before = picture(explorer)
    drawn.children[1].children[2].value = 150
    assert drawn.points == [[8.0, 150.0]]
    assert repr(drawn) == "Sketch of water: 150 litre at minute 8"
    assert picture(explorer) != before
