"""Pinned words stand where they are pinned, and the rest of the picture is arranged around them."""

import pytest

from cstools import CausalLoopDiagram
from cstools.causal_loops.formats.placing import placed_from_file
from cstools.causal_loops.formats.said import MapSaid
from cstools.causal_loops.picture import pins_at
from cstools.errors import ModelError
from cstools.plotting.diagrams import diagram_svg, draw
from cstools.plotting.drawing_parts import LETTER, LINE, SignedEdge
from cstools.plotting.lettering import width
from cstools.plotting.lit_diagram import Light, lit_diagram
from tests.plotting.maps_to_draw import APART, POND, REWORK, TO_ITSELF, picture_of

SLEEP = """
late nights -> sleep: -
sleep -> energy: +
energy -> schoolwork done: +
schoolwork done -> late nights: -
late nights -> coffee: +
coffee -> sleep: -
"""


def places(picture):
    return {word.key: word.at for word in picture.words}


def half_size(word):
    return complex(max(map(width, word.lines)) * LETTER / 2, len(word.lines) * LINE / 2)


def words_are_apart(picture):
    words = picture.words
    for i, word in enumerate(words):
        for other in words[:i]:
            apart, reach = other.at - word.at, half_size(word) + half_size(other)
            if abs(apart.real) < reach.real and abs(apart.imag) < reach.imag:
                return False
    return True


def drawn(map_, pins=None):
    return draw(map_.labels, map_.edges, map_.loops, pins)


@pytest.mark.parametrize(
    "pins",
    [
        {"fish": 700 - 40j},
        {"fish": 100 + 100j, "boats": 420 + 90j},
        {"fish": 0j, "boats": 300j, "catch": 400 + 300j, "births": -250 + 10.5j},
    ],
)
def test_pinned_words_stand_just_there_and_no_word_stands_on_another(pins):
    picture = drawn(POND, pins)
    assert {key: places(picture)[key] for key in pins} == pins
    assert words_are_apart(picture)


def test_without_pins_a_map_is_drawn_as_ever():
    assert drawn(POND, {}) == drawn(POND, None) == picture_of("pond")


def test_the_same_pins_always_give_the_same_picture():
    pins = {"overtime": 50 + 50j, "mistakes": 400 + 300j}
    assert drawn(REWORK, pins) == drawn(REWORK, dict(reversed(pins.items())))


def test_a_map_pinned_where_it_was_drawn_looks_as_it_did():
    picture = picture_of("rework")
    again = drawn(REWORK, places(picture))
    assert places(again) == places(picture)
    # The bows may be chosen anew, but with all words in place none has cause to change.
    assert again.wires == picture.wires


def test_the_picture_moves_with_its_pins():
    pins = {"a": 0j, "b": 300 + 0j}
    edges = [SignedEdge("a", "b", "+"), SignedEdge("b", "c", "+"), SignedEdge("c", "a", "-")]
    labels = {"a": "apples", "b": "bees", "c": "cider"}
    here = places(draw(labels, edges, [], pins))
    there = places(draw(labels, edges, [], {key: at + 1000 + 500j for key, at in pins.items()}))
    # Places are sums of numbers of some hundred pixels: exact to far below a pixel.
    assert there["c"] - here["c"] == pytest.approx(1000 + 500j, abs=1e-3)


def test_free_words_come_near_the_pinned_words_they_hang_on():
    far = {"fish": 0j, "boats": 2000 + 0j}
    picture = places(drawn(POND, far))
    assert abs(picture["births"] - far["fish"]) < abs(picture["births"] - far["boats"])
    assert abs(picture["profit"] - far["boats"]) < abs(picture["profit"] - far["fish"])


def test_parts_that_nothing_joins_keep_clear_of_the_pinned_ones():
    for pins in ({"skill": 300 + 200j}, {"skill": 300 + 200j, "deaths": 320 + 260j}):
        picture = drawn(APART, pins)
        assert {key: places(picture)[key] for key in pins} == pins
        assert words_are_apart(picture)


def test_words_pinned_upon_each_other_are_drawn_all_the_same_and_the_picture_is_not_clear():
    picture = drawn(POND, {"fish": 10 + 10j, "births": 10 + 10j})
    assert places(picture)["fish"] == places(picture)["births"]
    assert not picture.clear
    everything = dict.fromkeys(POND.labels, 5 + 5j)
    assert set(places(drawn(POND, everything)).values()) == {5 + 5j}


def test_words_without_any_link_can_be_pinned():
    picture = draw({"a": "alone", "b": "as well", "c": "free"}, [], [], {"a": 0j, "b": 9 + 200j})
    assert (places(picture)["a"], places(picture)["b"]) == (0, 9 + 200j)
    assert words_are_apart(picture)


def test_a_word_with_a_link_to_itself_takes_it_along():
    picture = drawn(TO_ITSELF, {"mood": 500 + 500j})
    (wire,) = [wire for wire in picture.wires if wire.edge.cause == wire.edge.effect]
    assert abs(wire.centre - (500 + 500j)) < 80


def test_the_svg_holds_the_pins_too():
    svg = diagram_svg(POND.labels, POND.edges, pins={"fish": -123 + 456j})
    assert '<tspan x="-123.0" y="461.2">fish</tspan>' in svg


def test_a_place_said_of_a_variable_is_where_the_map_s_picture_has_it():
    map_ = CausalLoopDiagram(SLEEP).place("Coffee", 640, 80).place("sleep", 60, 70)
    assert '<tspan x="640.0" y="85.2">coffee</tspan>' in map_.svg()
    assert '<tspan x="60.0" y="75.2">sleep</tspan>' in map_._repr_mimebundle_()["text/html"]
    shown = {text.get_text(): text.get_position() for text in map_.plot().figure.axes[0].texts}
    # Letters stand on a line a third of their size below the middle of the word.
    assert shown["coffee"] == pytest.approx((640, 80 + 0.35 * LETTER))


@pytest.mark.parametrize("at", [1e300, -2e6, 1e6 + 1])
def test_a_pin_that_no_page_reaches_is_a_lesson(at):
    with pytest.raises(ModelError) as lesson:
        drawn(POND, {"fish": complex(5, at)})
    assert str(lesson.value) == (
        f"'fish' is pinned at 5, {at:g}, which no page holds; a place is at most 1,000,000 pixels "
        "from 0, 0"
    )


@pytest.mark.parametrize("at", [1e300, -2e6])
def test_a_place_said_of_a_variable_that_no_page_reaches_is_the_same_lesson(at):
    map_ = CausalLoopDiagram(SLEEP)
    with pytest.raises(ModelError) as lesson:
        map_.place("Coffee", at, 5)
    assert str(lesson.value) == (
        f"'coffee' is pinned at {at:g}, 5, which no page holds; a place is at most 1,000,000 "
        "pixels from 0, 0"
    )
    assert map_.positions == {}


def test_a_lit_map_has_its_words_where_they_are_pinned():
    pins = {"fish": 700 - 40j, "boats": 0j}
    lit = lit_diagram(POND.labels, POND.edges, POND.loops, [Light("", {}, {})], "told", pins)
    assert {key: places(lit.drawing)[key] for key in pins} == pins


def test_places_that_a_file_gives_are_pins_for_a_drawing():
    map_ = CausalLoopDiagram(SLEEP).place("Coffee", 640, 80)
    assert pins_at(map_.positions) == {"coffee": 640 + 80j}
    said = MapSaid(links=map_.links, places={"Coffee": (640, 80), "sleep": (1, 2)})
    assert placed_from_file(said) == {"coffee": 640 + 80j, "sleep": 1 + 2j}


def test_every_stage_of_a_reveal_holds_the_pins():
    map_ = CausalLoopDiagram(SLEEP).place("coffee", 640, 80)
    for stage in map_.reveal():
        there = [word.at for word in stage.drawing.words if word.key == "coffee"]
        assert there in ([], [640 + 80j])
    assert there
