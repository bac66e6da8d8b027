"""What the page is given, and how the kernel answers it."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import nbformat
import numpy as np
import pytest

from cstools.errors import ModelError, UnknownNameError
from cstools.stock_flow.model import StockFlow
from cstools.widgets.explorer import explore
from cstools.widgets.sketch import sketch


def parameter(widget: Any, name: str) -> dict[str, Any]:
    return next(p for p in widget.payload["parameters"] if p["key"] == name)


def test_a_constant_with_a_range_gets_a_slider_and_one_without_gets_none(bath: StockFlow) -> None:
    widget = explore(bath)
    assert parameter(widget, "opening") == {
        "key": "opening",
        "label": "opening",
        "value": 12.0,
        "low": 0.0,
        "high": 30.0,
        "units": "litre/minute",
        "doc": "How far it is open.",
        "slider": True,
    }
    assert parameter(widget, "height of the house")["slider"] is False


def test_a_stock_with_a_range_gets_a_slider_for_its_first_value(bath: StockFlow) -> None:
    first = parameter(explore(bath), "water")
    assert (first["label"], first["value"]) == ("water at the start", 40.0)
    assert (first["low"], first["high"]) == (0.0, 100.0)


def test_the_values_of_the_sliders_run_the_model(bath: StockFlow) -> None:
    widget = explore(bath)
    assert widget.values == {"water": 40.0, "opening": 12.0, "emptying time": 8.0}
    widget.values = {"water": 0.0, "opening": 12.0, "emptying time": 8.0}
    assert bath.run(widget.values)["water"][0] == 0.0


def test_the_kernel_answers_moved_sliders_with_the_sentence_of_that_run(bath: StockFlow) -> None:
    widget = explore(bath)
    moved = {"water": 40.0, "opening": 0.0, "emptying time": 8.0}
    widget.values = moved
    assert widget.answer == {
        "values": moved,
        "sentence": bath.run({"opening": 0}).describe("water"),
    }


def test_sliders_do_not_change_the_model(bath: StockFlow) -> None:
    before = bath.run()["water"]
    explore(bath).values = {"opening": 30.0}
    assert np.array_equal(bath.run()["water"], before)


def test_the_stocks_are_shown_unless_others_are_named(bath: StockFlow) -> None:
    assert explore(bath).shown == ["water"]
    assert explore(bath, "Drain", "tap").shown == ["drain", "tap"]


def test_everything_that_varies_can_be_shown(bath: StockFlow) -> None:
    assert [c["key"] for c in explore(bath).payload["columns"]] == ["water", "tap", "drain"]


def test_a_misspelt_name_gets_the_nearest_one(bath: StockFlow) -> None:
    with pytest.raises(UnknownNameError) as error:
        explore(bath, "watter")
    assert str(error.value) == ("model 'A bath': nothing is called 'watter'; did you mean 'water'?")


def test_a_lookup_has_no_curve_to_show(bath: StockFlow) -> None:
    bath.lookup("overflow", [(0, 0), (100, 1)])
    with pytest.raises(ModelError) as error:
        explore(bath, "overflow")
    assert str(error.value) == (
        "lookup 'overflow' is a relation and has no values over time; show what uses it"
    )


def test_the_picture_stands_beside_the_live_part_with_its_sentence(bath: StockFlow) -> None:
    data, _ = explore(bath)._repr_mimebundle_()
    sentence = bath.run().describe("water")
    assert data["text/plain"] == f"A bath: {sentence}"
    assert f'aria-label="{sentence}"' in data["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in data


def test_a_sketch_is_followed_while_it_is_drawn(bath: StockFlow) -> None:
    drawn = sketch("Water", start=0, stop=16, low=0, high=100)
    widget = explore(bath, "drain", "water", sketch=drawn)
    assert widget.sketch == {}
    drawn.points = [[0, 40], [16, 90]]
    assert widget.sketch == {"key": "water", "points": [[0.0, 40.0], [16.0, 90.0]]}


def test_plain_points_belong_to_the_first_variable_shown(bath: StockFlow) -> None:
    widget = explore(bath, "drain", sketch=[(0, 5), (16, 9)])
    assert widget.sketch == {"key": "drain", "points": [[0.0, 5.0], [16.0, 9.0]]}


def test_a_long_run_saves_no_more_rows_than_a_screen_can_show(bath: StockFlow) -> None:
    long = StockFlow("Long", stop=10_000, dt=0.5)
    long.stock("level", 1, between=(0, 2))
    long.flow("growth", "level / 1000", into="level")
    page = explore(long).payload
    assert page["steps"] == 20_000
    assert page["steps"] // page["every"] + 1 <= 2000


@pytest.mark.skipif(shutil.which("node") is None, reason="no Node.js on this machine")
def test_the_page_computes_what_python_computes(bath: StockFlow) -> None:
    page = explore(bath).payload
    values = [p["value"] for p in page["parameters"]]
    call = [values, page["start"], page["dt"], page["steps"], page["every"]]
    program = (
        f"{page['source']}\n"
        f"const done = simulate(...{json.dumps(call)});\n"
        "console.log(JSON.stringify(done.columns.map(column => Array.from(column))));"
    )
    told = subprocess.run(["node", "-e", program], capture_output=True, text=True, check=True)
    run = bath.run()
    for column, numbers in zip(page["columns"], json.loads(told.stdout), strict=True):
        # Both do the same float64 operations in the same order; exp and pow may round otherwise.
        np.testing.assert_allclose(numbers, run[column["key"]], rtol=1e-12)


def test_a_notebook_exported_without_live_parts_shows_the_picture(bath: StockFlow) -> None:
    nbconvert = pytest.importorskip("nbconvert")
    data, _ = explore(bath)._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data=data)
    cell = nbformat.v4.new_code_cell("bath.explore()", outputs=[output])
    page, _ = nbconvert.HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    assert "<figure" in page
    assert bath.run().describe("water") in page
