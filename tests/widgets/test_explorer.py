"""What the page is given, and how the kernel answers it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest

from cstools.errors import DataError, ModelError, UnknownNameError
from cstools.stock_flow.model import StockFlow
from cstools.widgets.explorer import explore
from cstools.widgets.part import held
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
        "beyond": "",
    }
    assert parameter(widget, "height of the house")["slider"] is False


def test_a_slider_that_reaches_beyond_the_range_it_was_given_says_so() -> None:
    model = StockFlow("Steps", stop=5)
    model.stock("level", 1)
    model.flow("rise", "speed", into="level")
    model.constant("speed", 12, between=(0, 10))
    beyond = parameter(explore(model), "speed")
    assert (beyond["low"], beyond["high"]) == (0, 12)
    assert beyond["beyond"] == (
        "The model has 12 here, outside the range of 0 to 10 that it gives; the slider reaches "
        "that far."
    )


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
        "shown": ["water"],
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


@pytest.mark.parametrize("wrong", [5, [3, 4], [("a", 1)]])
def test_a_sketch_that_holds_no_points_is_a_lesson(bath: StockFlow, wrong: object) -> None:
    with pytest.raises(DataError) as error:
        explore(bath, "drain", sketch=wrong)
    assert str(error.value) == (
        "sketch= is what sketch(…) returned, or points (time, value) such as [(0, 10), (5, 40)]; "
        f"not {wrong}"
    )


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


def test_scenarios_are_ready_to_run(bath: StockFlow) -> None:
    widget = explore(bath)
    widget.scenarios = {"tap shut": {"Opening": 0}}
    assert widget.scenarios == {"tap shut": {"water": 40.0, "opening": 0.0, "emptying time": 8.0}}
    assert bath.run(widget.scenarios["tap shut"])["tap"][0] == 0.0


def test_a_scenario_of_an_unknown_slider_gets_the_nearest_name(bath: StockFlow) -> None:
    with pytest.raises(UnknownNameError) as error:
        explore(bath).scenarios = {"tap shut": {"openin": 0}}
    assert str(error.value) == (
        "scenario 'tap shut': nothing is called 'openin'; did you mean 'opening'?"
    )


def test_a_scenario_that_is_no_values_says_what_it_should_be(bath: StockFlow) -> None:
    widget = explore(bath)
    with pytest.raises(ModelError) as error:
        widget.scenarios = {"tap shut": 0}
    assert str(error.value) == ("scenario 'tap shut' is values by name: {'name of a slider': 5}")
    with pytest.raises(ModelError) as error:
        widget.scenarios = {"tap shut": {"opening": "shut"}}
    assert str(error.value) == "scenario 'tap shut': 'opening' is a number"


def test_the_sentence_is_about_what_is_drawn(bath: StockFlow) -> None:
    widget = explore(bath)
    widget.shown = ["drain"]
    assert widget.answer["sentence"] == bath.run().describe("drain")


def test_the_pictures_and_the_first_scores_come_when_they_are_asked_for(bath: StockFlow) -> None:
    widget = explore(bath)
    assert (widget.pictures, widget.start_lit) == ({}, {})
    widget.wanted = {"what": "pictures"}
    assert widget.pictures["stocks"]["said"] == bath.diagram().sentence
    assert 'data-loop="B1"' in widget.pictures["loops"]["svg"]
    assert widget.pictures["ways"] == {"B1": ["water", "drain"]}
    assert widget.start_lit["sentence"] == bath.run().loop_scores().describe()
    assert widget.lit == {}


def test_without_diagrams_none_is_drawn_and_no_loop_is_scored(bath: StockFlow) -> None:
    widget = explore(bath, diagram=False).complete()
    assert widget.payload["loops"] is False
    assert (widget.pictures, widget.start_lit) == ({}, {})
    widget.values = {"emptying time": 5.0}
    assert widget.lit == {}


def test_without_diagrams_the_loops_are_scored_where_that_is_asked(bath: StockFlow) -> None:
    widget = explore(bath, diagram=False, loops=True).complete()
    assert widget.pictures == {}
    assert widget.start_lit["said"][-1] == "At minute 16 B1 (100%) dominates."


def test_without_loops_the_stocks_and_flows_are_drawn_alone(bath: StockFlow) -> None:
    widget = explore(bath, loops=False).complete()
    assert widget.pictures["stocks"]["said"] == bath.diagram().sentence
    assert (widget.pictures["loops"]["svg"], widget.pictures["ways"]) == ("", {})
    assert (widget.start_lit, widget.lit) == ({}, {})


def test_the_loops_are_scored_anew_for_moved_sliders() -> None:
    model = yeast()
    widget = explore(model)
    widget.values = {"food": 20.0}
    scores = model.run({"food": 20}).loop_scores()
    assert widget.lit["values"] == {"food": 20.0}
    assert widget.lit["sentence"] == scores.describe()
    last = {loop["name"]: loop["shares"][-1] for loop in widget.lit["loops"]}
    assert last == {name: round(100 * scores[name][-1]) for name in scores.loops.names}


def test_the_page_can_light_as_many_moments_as_its_cursor_has_stops() -> None:
    widget = explore(yeast()).complete()
    rows = widget.payload["moments"]
    assert widget.start_lit["rows"] == rows
    assert len(widget.start_lit["said"]) == len(rows) == 101
    assert {len(levels) for _, _, levels in widget.start_lit["links"]} == {101}
    assert (rows[0], rows[-1]) == (1, widget.payload["steps"] // widget.payload["every"])


def test_a_loop_keeps_the_name_that_it_has_on_the_map() -> None:
    widget = explore(yeast()).complete()
    ways = {name: " → ".join([*way, way[0]]) for name, way in widget.pictures["ways"].items()}
    assert widget.start_lit["ways"].keys() <= ways.keys()


def yeast() -> StockFlow:
    model = StockFlow("Yeast", stop=30, dt=0.125, time_units="hour")
    model.stock("cells", 1)
    model.flow("budding", "cells * food / 20", into="cells")
    model.flow("dying", "cells / 4", out_of="cells")
    model.constant("food", 10, between=(1, 100))
    return model


def resting(dt: float) -> StockFlow:
    model = StockFlow("Rest", stop=4, dt=dt, method="rk4")
    model.stock("level", 8, between=(0, 9))
    model.flow("fall", "level / 2", out_of="level")
    return model


def test_a_run_by_another_method_is_scored_along_its_short_steps_and_says_so() -> None:
    lit = explore(resting(dt=0.125)).complete().start_lit
    assert lit["note"] == ""
    assert lit["loops"][0]["shares"][-1] == -100  # alone, it explains everything
    assert lit["sentence"] == (
        "'Rest' has one feedback loop, balancing. B1 has no other loop beside it, and so explains "
        "all that its stocks do. The model runs by the method rk4, and the shares of loops are "
        "defined for Euler's method. They hold here because the steps are so short that both "
        "methods take each of them nearly the same way (within 3%)."
    )


def test_a_run_by_another_method_with_long_steps_says_what_step_would_do() -> None:
    lit = explore(resting(dt=1)).complete().start_lit
    assert (lit["rows"], lit["note"]) == (
        [],
        "The loops of this run are not lit: the shares of loops are defined for Euler's method, "
        "the model runs by the method rk4, and its steps are too long for both to do the same. "
        "Give the model a shorter step, such as dt=0.25, and the loops are lit here.",
    )
    assert explore(resting(dt=0.25)).complete().start_lit["note"] == ""


def test_arrays_are_shown_and_say_why_they_have_no_scores() -> None:
    model = StockFlow("Schools", stop=4)
    model.dimension("school", ["North", "South"])
    model.stock("pupils[school]", 10)
    model.flow("growth[school]", "pupils[school] / 10", into="pupils[school]")
    widget = explore(model).complete()
    assert widget.shown == ["pupils[North]", "pupils[South]"]
    assert widget.start_lit["note"] == (
        "This model has arrays: its loops act in each element apart, while the map shows an "
        "array once, so they are not lit; model.run().loop_scores() tells them."
    )


def test_a_run_that_stops_being_a_number_becomes_a_page(bath: StockFlow, tmp_path: Path) -> None:
    bath.constant("emptying time", 0, units="minute", between=(0, 20))
    page = explore(bath).save(tmp_path / "bath.html").read_text("utf-8")
    state = page.split('id="held">')[1].split("</script>")[0]
    json.loads(state, parse_constant=pytest.fail)  # a browser's JSON has no word for such a number


def test_a_model_of_one_step_has_a_cursor_of_one_stop() -> None:
    model = StockFlow("One", stop=1)
    model.stock("level", 1, between=(0, 2))
    model.flow("growth", "level", into="level")
    widget = explore(model).complete()
    assert widget.payload["moments"] == [1]
    assert widget.start_lit["said"] == ["At time 1 R1 (100%) dominates."]


@pytest.fixture(scope="module")
def large() -> StockFlow:
    model = StockFlow("Many", stop=100, dt=0.1)
    for n in range(150):
        model.stock(f"level {n}", 1 + n % 3)
        model.flow(f"change {n}", f"(level {(n - 1) % 150} - level {n}) / 10", into=f"level {n}")
    model.constant("rate", 0.1, between=(0, 1))
    return model


def test_a_model_of_300_variables_stays_small_on_the_page(large: StockFlow) -> None:
    widget = explore(large, "level 3").complete()
    # Its equations are most of it; a picture of a screen has more.
    assert len(json.dumps(held(widget))) < 400_000
    assert widget.payload["steps"] // widget.payload["every"] < 800  # 300 columns, anew each time
    assert widget.pictures["loops"] == {
        "svg": "",
        "said": "300 variables are too many to draw beside the curves; model.causal_loops() draws "
        "them.",
    }


def test_the_curves_for_print_lie_beside_those_of_the_scenarios(bath: StockFlow) -> None:
    widget = explore(bath)
    widget.scenarios = {"tap shut": {"opening": 0}}
    widget.wanted = {"what": "print", "number": 7, "beside": ["tap shut", "gone"]}
    assert (widget.printed["number"], widget.printed["fault"]) == (7, "")
    assert "opening 0" in widget.printed["svg"]


def test_the_explorer_does_not_follow_a_model_that_is_changed_later(bath: StockFlow) -> None:
    widget = explore(bath)
    before = bath.run({"opening": 0}).describe("water")
    bath.constant("emptying time", 2, units="minute")
    widget.values = widget.values | {"opening": 0.0}
    assert widget.answer["sentence"] == before  # the page still runs what it was given


def test_values_that_no_slider_can_have_are_told(bath: StockFlow) -> None:
    widget = explore(bath)
    before = dict(widget.values)
    for wrong in ("dear", float("nan"), True):
        with pytest.raises(ModelError) as error:
            widget.values = {"opening": wrong}
        assert str(error.value).startswith("values: 'opening' is a number, not ")
    with pytest.raises(UnknownNameError) as unknown:
        widget.values = {"openin": 3}
    assert str(unknown.value) == "values: nothing is called 'openin'; did you mean 'opening'?"
    assert widget.values == before
    end = next(p["high"] for p in widget.payload["parameters"] if p["key"] == "opening")
    widget.values = {"Opening": 1e6}
    assert widget.values == before | {"opening": end}
    assert widget.notice.startswith("'opening' was 1 million, and its slider ends at ")


def test_only_what_has_a_curve_can_be_shown(bath: StockFlow) -> None:
    widget = explore(bath)
    with pytest.raises(UnknownNameError) as error:
        widget.shown = ["wter"]
    assert str(error.value) == "shown: nothing is called 'wter'; did you mean 'water'?"
    assert widget.shown == ["water"]
    widget.shown = ["Drain", "drain"]
    assert widget.shown == ["drain"]
