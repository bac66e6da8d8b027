"""A map becomes a model by ticking what lasts, without a line of code."""

import pytest

from cstools import CausalLoopDiagram
from cstools.errors import ModelError, UnknownNameError
from cstools.widgets.map_to_model import map_to_model
from cstools.widgets.sketch import sketch

READING = "children -> talk: +\ntalk -> children: +\nhelpers -> children: +"


@pytest.fixture
def diagram():
    return CausalLoopDiagram(READING, "The reading hour")


def tick(form, name, on=True):
    next(box for box in form.boxes.children if box.description == name).value = on


def status(html):
    return html.removeprefix('<p role="status">').removesuffix("</p>")


def test_one_ticks_presses_and_has_sliders(diagram):
    form = map_to_model(diagram)
    assert status(form.told.value) == "Nothing is ticked yet."
    tick(form, "children")
    assert status(form.told.value) == (
        "Children lasts. Every loop holds something that lasts. The model can be made."
    )
    form.make.click()
    assert form.place.children == (form.explorer,)
    assert status(form.checked.value) == (
        "The map has one loop, and the model has the same: children → talk → children "
        "(reinforcing)."
    )
    assert form.model.run()["children"][0] == 60


def test_a_loop_in_which_nothing_lasts_is_asked_about_and_no_model_is_made(diagram):
    form = map_to_model(diagram, ["helpers"])
    form.make.click()
    assert form.model is None
    assert status(form.told.value) == (
        "The loop children → talk → children holds nothing that lasts. "
        "What on it would still be there if time stopped?"
    )


def test_nothing_ticked_makes_no_model(diagram):
    form = map_to_model(diagram)
    form.make.click()
    assert form.place.children == ()
    assert status(form.told.value) == "Nothing is ticked yet."


def test_what_is_drawn_on_the_map_can_be_ticked_and_what_was_ticked_stays(diagram):
    form = map_to_model(diagram, ["children"])
    diagram.link("children", "noise", "+")
    assert [box.description for box in form.boxes.children] == [
        "children", "talk", "helpers", "noise",
    ]  # fmt: skip
    assert form.stocks == ("children",)
    tick(form, "noise")
    assert form.stocks == ("children", "noise")
    tick(form, "children", on=False)
    assert form.stocks == ("noise",)


def test_an_empty_map_asks_for_a_first_arrow():
    form = map_to_model(CausalLoopDiagram(""))
    assert status(form.told.value) == "The map is empty. Write what acts on what first."
    form.make.click()
    assert form.model is None


def test_an_arrow_without_a_sign_is_told_where_one_looks(diagram):
    diagram.link("helpers", "talk", "?")
    form = map_to_model(diagram, ["children"])
    form.make.click()
    assert status(form.told.value).startswith("The arrow from &#x27;helpers&#x27; to")


def test_the_time_and_its_unit_are_those_of_the_form(diagram):
    form = map_to_model(diagram, ["children"])
    form.unit.value, form.stop.value = "week", 10
    form.make.click()
    assert form.model.time_units == "week"
    assert form.model.stop == 10


def test_a_sketch_lies_over_the_model_that_has_what_it_is_of(diagram):
    mine = sketch("children", stop=24, high=100, time_units="month")
    form = map_to_model(diagram, ["children"], sketch=mine)
    form.make.click()
    mine.points = [[0, 60], [24, 80]]
    assert form.explorer.sketch["points"] == [[0, 60], [24, 80]]
    other = map_to_model(diagram, ["children"], sketch=sketch("rain", stop=24, high=100))
    other.make.click()
    assert not other.explorer.sketch


def test_where_something_begins_can_be_said_even_of_what_is_no_longer_on_the_map(diagram):
    form = map_to_model(diagram, ["children"], begin={"children": 30, "rain": 90})
    form.make.click()
    assert form.model.run()["children"][0] == 30


def test_the_sentence_says_what_the_model_shows(diagram):
    form = map_to_model(diagram, ["children"])
    assert form.sentence() == (
        "Children lasts. Every loop holds something that lasts. The model can be made."
    )
    form.build()
    assert form.sentence().startswith("The map has one loop, and the model has the same: ")
    assert "Children rise from 60" in form.sentence()


def test_a_closed_form_lets_the_map_go(diagram):
    form = map_to_model(diagram)
    form.close()
    diagram.link("children", "noise", "+")
    assert len(form.boxes.children) == 3


def test_what_is_no_map_is_refused():
    with pytest.raises(ModelError) as raised:
        map_to_model("children -> talk")
    assert str(raised.value) == "map_to_model(…) needs a map; this is str"


def test_an_unknown_unit_of_time_is_refused(diagram):
    with pytest.raises(ModelError) as raised:
        map_to_model(diagram, time_units="term")
    assert str(raised.value) == "time is counted in day, week, month, year here; not in 'term'"


def test_a_word_that_is_not_on_the_map_cannot_be_ticked(diagram):
    with pytest.raises(UnknownNameError, match="children"):
        map_to_model(diagram, ["childen"])


def test_without_a_sketch_there_is_a_grid_for_what_is_ticked_first_and_it_is_not_lost(diagram):
    form = map_to_model(diagram)
    assert form.expected.children == ()
    tick(form, "helpers")
    grid = form.expected.children[1]
    assert grid.label == "helpers"
    tick(form, "children")  # the first on the map, now
    assert form.expected.children[1].label == "children"
    tick(form, "children", on=False)
    assert form.expected.children[1] is grid


def test_with_a_sketch_of_ones_own_there_is_no_second_grid(diagram):
    form = map_to_model(diagram, ["children"], sketch=sketch("children", stop=24, high=100))
    assert form.expected.children == ()
