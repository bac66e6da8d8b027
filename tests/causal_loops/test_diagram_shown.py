"""A map at the end of a cell shows itself, in a picture and in words."""

from xml.etree import ElementTree as ET

import pytest

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.picture import marked
from cstools.plotting.picture import Picture
from tests.causal_loops.maps import REWORK, TRAP

TOLD = (
    "Causal loop diagram “rework”: 6 variables, 7 links (1 delayed), 2 loops. "
    "B1 (balancing): schedule pressure → overtime → work done → work remaining "
    "→ schedule pressure. "
    "R1 “burnout trap” (reinforcing): schedule pressure → overtime → tiredness → mistakes "
    "→ work remaining → schedule pressure."
)


@pytest.fixture(scope="module")
def rework():
    return CausalLoopDiagram(REWORK, name="rework").name_loop(TRAP, "burnout trap")


@pytest.fixture(scope="module")
def bundle(rework):
    return rework._repr_mimebundle_()


def test_a_map_says_what_it_shows(rework):
    assert rework.describe() == repr(rework) == TOLD


def test_one_bundle_holds_the_words_and_the_picture(bundle):
    assert set(bundle) == {"text/plain", "text/html"}
    assert bundle["text/plain"] == TOLD
    figure = ET.fromstring(bundle["text/html"])
    assert figure.find("figcaption").text == TOLD


def test_the_picture_is_named_with_the_sentence_and_every_link(bundle):
    picture = ET.fromstring(bundle["text/html"]).find("div/{http://www.w3.org/2000/svg}svg")
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == (
        f"{TOLD} Links: schedule pressure → overtime (+), overtime → work done (+), "
        "work done → work remaining (−), work remaining → schedule pressure (+), "
        "overtime → tiredness (+) delayed, tiredness → mistakes (+), mistakes → work remaining (+)."
    )


def test_the_same_map_gives_the_same_picture_every_time(rework, bundle):
    assert rework._repr_mimebundle_() == bundle
    assert CausalLoopDiagram(REWORK, name="rework").svg() != bundle["text/html"]


def test_a_map_is_drawn_for_print_with_its_sentence(rework, tmp_path):
    picture = rework.plot()
    assert isinstance(picture, Picture)
    assert picture.sentence == TOLD
    assert picture.save(tmp_path / "rework.pdf").read_bytes().startswith(b"%PDF")


def test_maps_with_little_in_them_are_told_too():
    assert CausalLoopDiagram().describe() == "Causal loop diagram: empty."
    assert CausalLoopDiagram("variables: trust").describe() == (
        "Causal loop diagram: 1 variable, no links, no loops."
    )
    assert CausalLoopDiagram("a -> b\nb -> c: + delayed").describe() == (
        "Causal loop diagram: 3 variables, 2 links (1 delayed, 1 of unknown sign), no loops."
    )
    for text in ("", "variables: trust", "a -> b", "a -> a: -"):
        assert "<svg" in CausalLoopDiagram(text)._repr_mimebundle_()["text/html"]


def everything_with_everything(size):
    map_ = CausalLoopDiagram()
    for i in range(size):
        for j in range(size):
            if i != j:
                map_.link(f"v{i}", f"v{j}", "+")
    return map_


def test_a_map_of_many_loops_tells_the_shortest_and_counts_the_rest():
    told = everything_with_everything(4).describe()
    assert told.startswith("Causal loop diagram: 4 variables, 12 links, 20 loops. R1 (")
    assert told.endswith("14 longer loops are not told here.")


def test_a_map_of_too_many_loops_is_described_the_same_way_each_time():
    map_ = everything_with_everything(9)
    told = map_.describe()
    assert ", more than " in told
    assert told == map_.describe()


def test_the_marked_loops_together_use_every_link_that_is_in_a_loop():
    loops = everything_with_everything(4).loops()
    chosen = marked(loops)
    assert {link for loop in chosen for link in loop.links} == {
        link for loop in loops for link in loop.links
    }
    assert len(chosen) < len(loops)
