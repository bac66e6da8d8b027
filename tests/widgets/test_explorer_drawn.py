"""A constant that follows what somebody draws: the page, the kernel and what is kept agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cstools.errors import DataError, ModelError, UnknownNameError
from cstools.stock_flow.model import StockFlow
from cstools.widgets.explorer import explore
from cstools.widgets.explorer.state import read_state, taken
from cstools.widgets.sketch import sketch
from tests.widgets.javascript import in_node

DRAWN = [[0.0, 12.0], [8.0, 30.0], [16.0, 0.0]]


@pytest.fixture
def hand() -> Any:
    return sketch("opening", stop=16, high=30, units="litre/minute", count=3, begins=12)


def test_the_model_follows_its_own_course_until_somebody_draws(bath: StockFlow, hand: Any) -> None:
    widget = explore(bath, drawn={"opening": hand})
    assert widget.drawn == {}
    assert widget.payload["sentence"] == bath.run().describe("water")


def test_what_is_drawn_is_what_a_run_with_that_course_follows(bath: StockFlow, hand: Any) -> None:
    widget = explore(bath, drawn={"Opening": hand})
    hand.points = DRAWN
    assert widget.drawn == {"opening": DRAWN}
    widget.wanted = {"what": "answer", "number": 1}  # the page asks when the hand rests
    assert widget.answer["drawn"] == widget.drawn
    assert widget.answer["sentence"] == bath.with_course("opening", DRAWN).run().describe("water")
    assert widget.lit["drawn"] == widget.drawn


def test_a_drawn_constant_has_no_slider_any_more(bath: StockFlow, hand: Any) -> None:
    widget = explore(bath, drawn={"opening": hand})
    assert "opening" not in widget.values
    assert widget.payload["drawn"] == ["opening"]


def test_the_models_own_course_holds_up_to_where_one_is_drawn(bath: StockFlow) -> None:
    late = sketch("opening", start=8, stop=16, high=30, count=3)
    past = bath.with_course("opening", [(0, 3), (4, 5), (8, 7)])
    widget = explore(past, drawn={"opening": late})
    late.points = [[8.0, 9.0], [16.0, 1.0]]
    assert widget.drawn == {"opening": [[0.0, 3.0], [4.0, 5.0], [8.0, 9.0], [16.0, 1.0]]}


def test_a_scenario_keeps_its_path_and_runs_with_it(bath: StockFlow, hand: Any) -> None:
    widget = explore(bath, drawn={"opening": hand})
    widget.scenarios = {"wide, then shut": {"opening": DRAWN}}
    kept = widget.scenarios["wide, then shut"]
    expected = bath.with_course("opening", DRAWN).run()["water"]
    np.testing.assert_array_equal(bath.run(kept)["water"], expected)


def test_using_a_path_again_shows_it_on_the_sketch(bath: StockFlow, hand: Any) -> None:
    widget = explore(bath, drawn={"opening": hand})
    hand.points = DRAWN
    widget.drawn = {"opening": [[0.0, 12.0], [8.0, 1.0], [16.0, 2.0]]}  # what "Use" sets
    assert hand.points == [[0.0, 12.0], [8.0, 1.0], [16.0, 2.0]]
    widget.drawn = {}
    assert hand.points == [[0.0, 12.0]]


def test_saved_settings_hold_the_path_and_open_it(bath: StockFlow, hand: Any) -> None:
    first = explore(bath, drawn={"opening": hand})
    hand.points = DRAWN
    first.scenarios = {"mine": dict(first.drawn)}
    other = sketch("opening", stop=16, high=30, count=3, begins=12)
    second = explore(bath, drawn={"opening": other}, state=first.state)
    assert (second.drawn, second.scenarios) == (first.drawn, first.scenarios)
    assert other.points == DRAWN
    assert second.notice == "The saved settings are open."


@pytest.mark.parametrize("path", [5, [[1, 2, 3]], [[2, 1], [1, 1]], [[0, "x"]], [[0, 1e301]]])
def test_page_and_kernel_refuse_the_same_paths(
    bath: StockFlow, hand: Any, path: object, tmp_path: Path
) -> None:
    page = explore(bath, drawn={"opening": hand}).payload
    state = {"cstools": 1, "model": "A bath", "values": {"opening": path}}
    here = taken(state, page)
    there = in_node(tmp_path, "explorer/states.js", "takenOf", "takenOf(...given)", state, page)
    assert here["sentence"] == there["sentence"]
    assert "the path of 'opening' could not be read" in here["sentence"]


def test_the_page_runs_the_drawn_path_as_the_kernel_does(
    bath: StockFlow, hand: Any, tmp_path: Path
) -> None:
    page = explore(bath, drawn={"opening": hand}).payload
    paths = {"opening": DRAWN, "emptying time": 4}
    given = in_node(
        tmp_path, "shared/courses.js", "tablesFor", "tablesFor(...given)", page["courses"], paths
    )
    assert given == {"course_of_opening": [[0, 8, 16], [12, 30, 0], "interpolate"]}


def test_a_notebook_keeps_nothing_of_a_drawing_that_was_not_kept(
    bath: StockFlow, hand: Any
) -> None:
    widget = explore(bath, drawn={"opening": hand})
    hand.points = DRAWN
    before = f"A bath: {bath.run().describe('water')}"
    assert widget.stays()[0] == before
    hand.keep()
    assert widget.stays()[0] != before


def test_without_anywidget_the_picture_follows_as_well(
    bath: StockFlow, without_anywidget: None
) -> None:
    hand = sketch("opening", stop=16, high=30, count=3, begins=12)
    plain = explore(bath, drawn={"opening": hand})
    hand.points = DRAWN
    said = bath.with_course("opening", DRAWN).run().describe("water")
    assert repr(plain) == f"A bath: {said}"


def test_drawn_that_names_nothing_is_a_lesson(bath: StockFlow, hand: Any) -> None:
    with pytest.raises(DataError) as error:
        explore(bath, drawn=hand)
    assert str(error.value).startswith(
        "drawn= names constants and what each follows: {'emissions': my_sketch}; "
    )
    with pytest.raises(UnknownNameError):
        explore(bath, drawn={"openning": hand})
    with pytest.raises(ModelError):
        explore(bath, drawn={"drain": hand})


def test_a_state_with_a_path_means_nothing_where_nothing_is_drawn(bath: StockFlow) -> None:
    page = explore(bath).payload
    state = read_state({"cstools": 1, "model": "A bath", "values": {"opening": DRAWN}})
    assert "'opening' was no number" in taken(state, page)["sentence"]
