"""The same model under different values, side by side."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cstools import CstoolsError, StockFlow
from cstools.analysis.scenarios import Scenarios


@pytest.fixture
def tub() -> StockFlow:
    model = StockFlow("Tub", stop=10, time_units="minute")
    model.stock("water", 40, units="litres")
    model.flow("filling", "tap", into="water", units="litres/minute")
    model.flow("draining", "water / time to drain", out_of="water", units="litres/minute")
    model.constant("tap", 4, units="litres/minute")
    model.constant("time to drain", 10, units="minutes")
    return model


@pytest.fixture
def three(tub: StockFlow) -> Scenarios:
    values = {"as it is": {}, "tap open": {"tap": 8}, "half full": {"water": 20, "tap": 2}}
    return tub.scenarios(values)


def test_each_scenario_is_the_run_of_its_values(tub: StockFlow, three: Scenarios) -> None:
    assert list(three.runs) == ["as it is", "tap open", "half full"]
    np.testing.assert_array_equal(three["Tap Open"]["water"], tub.run({"tap": 8})["water"])


def test_the_curves_are_overlaid_and_named_by_their_scenarios(three: Scenarios) -> None:
    [panel] = three.plot("water").figure.axes
    curves = panel.lines[:3]
    assert [line.get_label() for line in curves] == [f"water ({name})" for name in three.runs]
    np.testing.assert_array_equal(curves[2].get_ydata(), three["half full"]["water"])
    assert len({(line.get_color(), str(line.get_linestyle())) for line in curves}) == 3
    written = {text.get_text() for text in panel.texts}
    legend = panel.get_legend()
    written |= {text.get_text() for text in legend.get_texts()} if legend else set()
    assert {*three.runs} <= written


def test_several_variables_have_a_panel_each(three: Scenarios) -> None:
    panels = three.plot("water", "draining").figure.axes
    assert [len(panel.lines) for panel in panels] == [3, 3]


def test_an_array_is_shown_element_by_element() -> None:
    model = StockFlow("Regions", stop=3)
    model.dimension("Region", ["North", "South"])
    model.constant("rate", 0.1)
    model.stock("people[Region]", 10)
    model.flow("births[Region]", "people * rate", into="people[Region]")
    both = model.scenarios({"as it is": {}, "faster": {"rate": 0.2}})
    panels = both.plot("people").figure.axes
    assert [len(panel.lines) for panel in panels] == [2, 2]
    assert "Faster: people[South] rises from 10 to 17.3" in both.describe("people")


def test_it_says_what_each_does_and_how_far_apart_they_end(three: Scenarios) -> None:
    # Water stays at 40 when it begins there; else its distance from 10 × tap falls by a tenth each
    # minute: 80 − 40 × 0.9¹⁰ = 66.1, and at 20 it stays.
    told = repr(three)
    assert told.startswith("As it is: water stays at 40 litres. Tap open: water rises from 40 to ")
    assert told.endswith(
        "Half full: water stays at 20 litres. At minute 10, water stands at 40 litres in 'as it "
        "is', 66.1 in 'tap open' (26.1 more, 65%) and 20 in 'half full' (20 less, 50%)."
    )
    assert three.plot().sentence == told


def test_the_table_has_the_key_outcomes(three: Scenarios) -> None:
    frame = three.table()
    assert list(frame.index) == list(three.runs)
    assert frame.loc["tap open", ("water", "final")] == pytest.approx(80 - 40 * 0.9**10)
    assert frame.loc["tap open", ("water", "highest at")] == 10
    assert frame.loc["tap open", ("water", "lowest")] == 40
    assert frame.loc["as it is", ("water", "lowest at")] == 0


def test_a_cell_shows_what_each_scenario_sets(three: Scenarios) -> None:
    html = three._repr_mimebundle_()["text/html"]
    for cell in ("nothing", "tap 8", "water 20, tap 2", "66.1 litres", "66.1 (minute 10)"):
        assert f">{cell}</td>" in html


def test_a_scenario_that_breaks_says_where(tub: StockFlow) -> None:
    told = repr(tub.scenarios({"as it is": {}, "no time": {"time to drain": 0}}))
    assert "No time: The flow 'draining' is no longer a number at minute 0" in told
    frame = tub.scenarios({"no time": {"time to drain": 0}}).table("draining")
    assert np.isnan(frame.loc["no time", ("draining", "highest")])


def test_a_variable_that_is_not_there_is_told_before_anything_is_drawn(three: Scenarios) -> None:
    with pytest.raises(CstoolsError) as found:
        three.plot("watre")
    assert str(found.value) == "run of 'Tub': nothing is called 'watre'; did you mean 'water'?"


LESSONS: dict[str, tuple[Any, str]] = {
    "an unknown name": (
        {"as it is": {}, "open": {"tapp": 8}},
        "scenario 'open': model 'Tub': nothing is called 'tapp'; did you mean 'tap'?",
    ),
    "no values": (
        {"open": 8},
        "scenario 'open': 8 is no set of values; scenarios have names, and each says which values "
        'differ: {"as it is": {}, "longer delay": {"delay": 5}}',
    ),
    "nothing": (
        {},
        "scenarios have names, and each says which values differ: "
        '{"as it is": {}, "longer delay": {"delay": 5}}',
    ),
}


@pytest.mark.parametrize("what", LESSONS)
def test_what_is_no_scenario_gets_a_lesson(tub: StockFlow, what: str) -> None:
    values, lesson = LESSONS[what]
    with pytest.raises(CstoolsError) as found:
        tub.scenarios(values)
    assert str(found.value) == lesson
