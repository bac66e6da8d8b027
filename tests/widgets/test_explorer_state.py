"""Saved settings: they come back whole, and of strangers' ones what can be used is used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cstools.errors import FileError
from cstools.stock_flow.model import StockFlow
from cstools.widgets.explorer import explore
from cstools.widgets.explorer.state import read_state, taken
from cstools.widgets.part import held
from tests.widgets.javascript import in_node

OWN = {"water": 40.0, "opening": 12.0, "emptying time": 8.0}


def test_an_explorer_is_opened_where_another_one_stood(bath: StockFlow) -> None:
    first = explore(bath, "drain")
    first.values = OWN | {"opening": 20.0}
    first.scenarios = {"Tap shut, at Łódź’s": {"opening": 0}}
    second = explore(bath, state=first.state)
    assert second.values == first.values
    assert second.shown == ["drain"]
    assert second.scenarios == {"Tap shut, at Łódź’s": OWN | {"opening": 0.0}}
    assert second.notice == "The saved settings are open."


def test_a_state_is_read_from_a_link_a_file_and_a_mapping(bath: StockFlow) -> None:
    widget = explore(bath)
    widget.values = OWN | {"opening": 20.0}
    state = read_state(widget.state)
    assert state == {
        "cstools": 1,
        "model": "A bath",
        "values": {"opening": 20.0},
        "shown": ["water"],
        "scenarios": {},
        "order": [],
    }
    assert read_state(f"https://a.school/lab/tree/bath.ipynb#explore={widget.state}") == state
    assert read_state(f'pond.explore(state="{widget.state}")') == state
    assert read_state(f"\n{json.dumps(state, indent=2)}\n") == state
    assert read_state(state) == state


@pytest.mark.parametrize("given", ["good morning", "eyJ", "[1, 2]", "#explore=", ""])
def test_what_is_no_state_says_what_one_looks_like(bath: StockFlow, given: str) -> None:
    with pytest.raises(FileError) as error:
        explore(bath, state=given)
    assert str(error.value) == (
        "this is no state of an explorer: it begins with 'ey', or it is a link with '#explore=', "
        "or what 'These settings, to open again' saves; copy it again, from its first to its last "
        "letter"
    )


def test_a_state_that_is_no_text_is_told(bath: StockFlow) -> None:
    with pytest.raises(FileError) as error:
        explore(bath, state=7)
    assert str(error.value) == "state= is a text or what a scenario's file holds, not 7"


STATES: list[dict[str, Any]] = [
    {"cstools": 1, "model": "A bath", "values": {"Opening": 3}, "shown": ["Drain", "water"]},
    {"cstools": 1, "model": "Another bath", "values": {"opening": 3, "plug": 1}},
    {"cstools": 7, "values": {"opening": 300, "water": -1, "emptying time": 1e-9}},
    {"values": {"opening": "much", "water": None, "emptying time": True}},
    {"cstools": 1, "values": [1, 2], "shown": "water", "scenarios": 5},
    {"cstools": 1, "shown": ["soap", 7], "scenarios": {"  ": {}, "Full": {"water": 1000}, "x": 3}},
    {"cstools": 1, "values": {f"part {n}": n for n in range(9)}},
    {"cstools": 1, "scenarios": {"__proto__x": {"opening": 1}, "full ": {"water": 50}}},
    {"cstools": 1, "scenarios": {"2030": {}, "now": {}, "7": {}}, "order": ["now", "2030", "gone"]},
    {"cstools": 1, "values": {"opening": 3}, "scenarios": {"a": 1}, "order": 7, "shown": {}},
    {},
    {"cstools": 1, "values": None},
]


def test_what_cannot_be_used_of_a_state_is_told(bath: StockFlow) -> None:
    page = explore(bath).payload
    assert taken(STATES[1], page)["sentence"] == (
        "The saved settings are open. They belong to “Another bath”, and this is “A bath”: what "
        "has the same name was used. Not everything could be used: 'plug' has no slider here. "
        "Used: 1 slider."
    )
    assert taken(STATES[2], page) == {
        "used": True,
        "values": OWN | {"opening": 30.0, "water": 0.0, "emptying time": 2.0},
        "shown": [],
        "scenarios": {},
        "sentence": "The saved settings are open. A newer version saved them; what this one knows "
        "was used. Not everything could be used: 'opening' was 300, and its slider ends at 30; "
        "'water' was -1, and its slider ends at 0; 'emptying time' was 1 × 10⁻⁹, and its slider "
        "ends at 2. Used: 3 sliders.",
    }
    assert taken(STATES[3], page)["sentence"] == (
        "Nothing of these saved settings could be used, and nothing has changed. An older version "
        "saved them. The reason: 'opening' was no number; 'water' "
        "was no number; 'emptying time' was no number."
    )
    assert taken(STATES[4], page)["sentence"] == (
        "Nothing of these saved settings could be used, and nothing has changed. The reason: its "
        "sliders could not be read; its scenarios could not be read; its list of curves could not "
        "be read."
    )
    assert taken(STATES[5], page)["sentence"] == (
        "The saved settings are open. Not everything could be used: 'water' was 1,000, and its "
        "slider ends at 100; scenario 'x' held no settings; 'soap' is no variable here; '7' is no "
        "variable here. Used: 1 scenario."
    )


def test_a_state_with_nothing_in_it_says_so_and_leaves_all_as_it_was(bath: StockFlow) -> None:
    widget = explore(bath)
    widget.values = OWN | {"opening": 20.0}
    widget.take({})
    assert widget.values == OWN | {"opening": 20.0}
    assert widget.notice == "There was nothing in these saved settings, and nothing has changed."


def test_what_cannot_be_used_at_all_leaves_the_explorer_as_it_was(bath: StockFlow) -> None:
    widget = explore(bath)
    widget.values = OWN | {"opening": 20.0}
    widget.take({"cstools": 1, "values": ["opening"]})
    assert widget.values == OWN | {"opening": 20.0}
    assert widget.notice.startswith("Nothing of these saved settings could be used")


def test_scenarios_keep_their_order_on_the_way_to_the_page_and_back(bath: StockFlow) -> None:
    widget = explore(bath)
    widget.scenarios = {"today": {"opening": 20}, "2030": {"opening": 30}}
    assert [name for name, _ in held(widget)["scenarios"]] == ["today", "2030"]
    assert list(explore(bath, state=widget.state).scenarios) == ["today", "2030"]
    sent = {"scenarios": [["today", {}], ["2030", {"opening": 1}], ["7", {}]]}
    widget.set_state(sent)
    assert list(widget.scenarios) == ["today", "2030", "7"]


@pytest.mark.parametrize("state", STATES)
def test_the_page_reads_a_state_as_python_does(
    bath: StockFlow, tmp_path: Path, state: dict[str, Any]
) -> None:
    page = explore(bath).payload
    asked = "takenOf(readState(JSON.stringify(given[0])), given[1])"
    there = in_node(tmp_path, "explorer/states.js", "takenOf, readState", asked, state, page)
    found = taken(state, page)
    assert there == found | {"scenarios": [[n, own] for n, own in found["scenarios"].items()]}


def test_the_page_writes_a_state_that_python_reads(bath: StockFlow, tmp_path: Path) -> None:
    page = explore(bath).payload
    values, kept = OWN | {"opening": 0.1}, [["Łódź ü 🐟", OWN], ["2030", OWN]]
    asked = "stateText(stateOf(given[0], given[1], ['water'], given[2]))"
    text = in_node(tmp_path, "explorer/states.js", "stateOf, stateText", asked, page, values, kept)
    assert read_state(text) == {
        "cstools": 1,
        "model": "A bath",
        "values": {"opening": 0.1},
        "shown": ["water"],
        "scenarios": {"Łódź ü 🐟": {}, "2030": {}},
        "order": ["Łódź ü 🐟", "2030"],
    }
