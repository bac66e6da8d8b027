"""The picture in an XMILE file: where other programs find things, and what is read back."""

import math
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from cstools import StockFlow, facets
from cstools.stock_flow.xmile.view import positions, view

USUAL_HALF = (22.5, 17.5)  # half the box that other programs draw for a stock


def named(shown, tag):
    return {element.get("name"): element for element in shown.findall(tag)}


def place(element):
    return float(element.get("x")), float(element.get("y"))


def ends(flow):
    points = [place(point) for point in flow.iter("pt")]
    return points[0], points[-1]


def lies_on_box(point, middle):
    over = [abs(p - m) - half for p, m, half in zip(point, middle, USUAL_HALF, strict=True)]
    # Places are written to a tenth of a pixel.
    return max(over) == pytest.approx(0, abs=0.11)


def test_every_part_has_its_kind_its_name_and_a_place_on_the_page(two_tubs):
    shown = view(two_tubs)
    assert (shown.tag, shown.get("type")) == ("view", "stock_flow")
    assert list(named(shown, "stock")) == ["upper", "lower"]
    assert list(named(shown, "flow")) == ["draining"]
    assert list(named(shown, "aux")) == ["opening"]
    for element in shown:
        if element.tag != "connector":
            assert min(place(element)) > 0


def test_a_name_of_several_words_is_spelled_as_files_do(coffee):
    assert list(named(view(coffee), "aux")) == ["room_temperature", "cooling_time"]


def test_a_pipe_joins_the_boxes_that_other_programs_draw(two_tubs):
    shown = view(two_tubs)
    stocks = named(shown, "stock")
    start, stop = ends(named(shown, "flow")["draining"])
    assert lies_on_box(start, place(stocks["upper"]))
    assert lies_on_box(stop, place(stocks["lower"]))


def test_pipes_side_by_side_still_reach_the_smaller_boxes():
    model = facets.others.classroom_coupling()
    shown = view(model)
    stocks = named(shown, "stock")
    for name in ("load", "teacher_takes_on", "class_takes_on"):
        _, stop = ends(named(shown, "flow")[name])
        assert any(lies_on_box(stop, place(stock)) for stock in stocks.values())


def test_a_pipe_is_level_or_upright_and_its_valve_lies_on_it():
    for make in (facets.others.classroom_coupling, facets.world.shared_pond):
        for flow in view(make()).findall("flow"):
            points = [place(point) for point in flow.iter("pt")]
            for (a, b), (c, d) in pairwise(points):
                assert a == c or b == d
            x, y = place(flow)
            assert any(
                min(a, c) <= x <= max(a, c) and min(b, d) <= y <= max(b, d)
                for (a, b), (c, d) in pairwise(points)
            )


def test_a_connector_names_its_ends_and_the_direction_in_which_it_sets_out(coffee):
    shown = view(coffee)
    found = {
        (c.findtext("from"), c.findtext("to")): float(c.get("angle"))
        for c in shown.findall("connector")
    }
    assert set(found) == {
        ("temperature", "cooling"),
        ("room_temperature", "cooling"),
        ("cooling_time", "cooling"),
    }
    places = {e.get("name"): place(e) for e in shown if e.get("name")}
    for (cause, effect), angle in found.items():
        (x, y), (to_x, to_y) = places[cause], places[effect]
        straight = math.degrees(math.atan2(y - to_y, to_x - x))
        # An arc no rounder than a half circle sets out within a right angle of its chord.
        assert abs((angle - straight + 180) % 360 - 180) <= 90


def test_numbers_of_connectors_and_aliases_are_each_used_once():
    shown = view(facets.world.shared_pond())
    uids = [element.get("uid") for element in shown if element.get("uid")]
    assert len(set(uids)) == len(uids) > 5


def test_a_first_value_has_no_connector(two_tubs):
    pairs = [(c.findtext("from"), c.findtext("to")) for c in view(two_tubs).findall("connector")]
    assert ("upper", "lower") not in pairs


def test_only_what_the_file_has_is_shown_and_as_what_it_is_there(two_tubs):
    variables = ET.fromstring(
        '<variables><stock name="Upper"/><stock name="lower"/><aux name="draining"/></variables>'
    )
    shown = view(two_tubs, variables)
    assert [element.tag for element in shown if element.tag != "connector"] == [
        "stock",
        "stock",
        "aux",
    ]
    assert [c.findtext("from") for c in shown.findall("connector")] == ["upper"]


def test_what_was_written_is_read_back_as_places():
    model = facets.world.shared_pond()
    found = positions(view(model))
    assert set(found) == {part.name for part in model.parts.values()}
    again = model.diagram(positions=found).positions()
    first = model.diagram().positions()
    shift = [again["fish"][i] - first["fish"][i] for i in (0, 1)]
    for part, (x, y) in first.items():
        # Places are written to a tenth of a pixel.
        assert again[part] == pytest.approx((x + shift[0], y + shift[1]), abs=0.2)


def test_a_place_is_the_middle_also_where_a_file_gives_sizes():
    shown = ET.fromstring(
        '<view xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">'
        '<stock name="Water_level" x="100" y="50"/>'
        '<aux name="tap" x="10" y="20" width="40" height="10"/>'
        '<flow name="no place"/><flow name="half a place" x="1"/>'
        '<aux name="bad" x="left" y="2"/><alias x="1" y="1"><of>tap</of></alias>'
        "<stock><shape type='rectangle'/></stock></view>"
    )
    assert positions(shown) == {"Water level": (100, 50), "tap": (30, 25)}


def test_a_ghost_is_an_alias_that_a_connector_begins_at(monkeypatch):
    model = StockFlow("Walled")
    model.stock("water", 10)
    model.flow("draining", "water * knob", out_of="water")
    model.constant("knob", 0.1)
    places = {"water": (0.0, 0.0), "knob": (0.0, 500.0)}
    for i in range(40):
        model.constant(f"a brick in the wall {i}", 1)
        places[f"a brick in the wall {i}"] = (60.0 * i - 1200, 150.0)
    walled = model.diagram(positions=places)
    monkeypatch.setattr("cstools.stock_flow.xmile.view.diagram", lambda model: walled)
    shown = view(model)
    (alias,) = shown.findall("alias")
    assert alias.findtext("of") == "knob"
    begins = [c.find("from/alias") for c in shown.findall("connector")]
    assert [b.get("uid") for b in begins if b is not None] == [alias.get("uid")]
    uids = [element.get("uid") for element in shown if element.get("uid")]
    assert len(set(uids)) == len(uids) == 3


def test_an_empty_view_has_no_places():
    assert positions(ET.Element("view")) == {}
