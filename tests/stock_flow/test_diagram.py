"""A model draws itself as stocks and flows, and says in words what it drew."""

from xml.etree import ElementTree as ET

import pytest

from cstools import StockFlow, facets, read_model
from cstools.errors import FileError, ModelError, UnknownNameError
from cstools.plotting.picture import Picture
from cstools.plotting.stock_flow.score import faults

SVG = "{http://www.w3.org/2000/svg}"
TEACHING = {
    "shared pond": facets.world.shared_pond,
    "pond with quota": facets.world.pond_with_quota,
    "bathtub": facets.world.bathtub,
    "creative tension": facets.self.creative_tension,
    "emotional contagion": facets.others.emotional_contagion,
    "classroom coupling": facets.others.classroom_coupling,
}
FROM_FILES = (
    "samples/SIR/SIR.xmile",
    "samples/teacup/teacup.xmile",
    "samples/bpowers-hares_and_lynxes_modules/model.xmile",
    "tests/chained_initialization/test_chained_initialization.xmile",
    "tests/eval_order/eval_order.xmile",
    "tests/subscript_2d_arrays/test_subscript_2d_arrays.mdl",
    "tests/non_negative_stocks/test_non_negative_stocks.xmile",
)


@pytest.fixture
def regions() -> StockFlow:
    model = StockFlow("Regions", stop=10)
    model.dimension("Region", ["North", "South"])
    model.stock("population[Region]", 100)
    model.flow("births[Region]", "rate[Region] * population[Region]", into="population[Region]")
    model.constant("rate[Region]", {"North": 0.1, "South": 0.2})
    model.auxiliary("total", "sum(population)")
    return model


def clear(diagram):
    found = faults(diagram.drawing)
    return (found.grave, found.pipes_crossing) == (0, 0)


@pytest.mark.parametrize("name", TEACHING)
def test_every_teaching_model_draws_itself_with_nothing_in_the_way(name):
    assert clear(TEACHING[name]().diagram())


@pytest.mark.parametrize("file", FROM_FILES)
def test_models_from_files_draw_themselves_with_nothing_in_the_way(file, test_models):
    assert clear(read_model(test_models / file).diagram())


def test_a_diagram_says_what_flows_where(two_tubs):
    told = (
        "Stock-flow diagram “Two tubs”: 2 stocks, 1 flow, 1 lookup, 3 links. "
        "Upper flows through draining into lower."
    )
    assert repr(two_tubs.diagram()) == told


def test_what_comes_from_outside_and_what_goes_there_is_told():
    model = StockFlow("")
    model.stock("water", 10)
    model.stock("stones", 1)
    model.flow("rain", 1, into="water")
    model.flow("drain", "water / 5", out_of="water")
    assert model.diagram().sentence == (
        "Stock-flow diagram: 2 stocks, 2 flows, 1 link. "
        "Rain flows into water from outside. Water drains through drain. Nothing changes stones."
    )


def test_a_model_of_many_flows_tells_the_first_of_them():
    model = StockFlow("Many")
    model.stock("water", 10)
    for i in range(11):
        model.flow(f"spring {i}", 1, into="water")
    assert model.diagram().sentence.endswith(
        "Spring 7 flows into water from outside. And 3 more flows."
    )


def test_an_empty_model_is_an_empty_picture():
    diagram = StockFlow("Nothing yet").diagram()
    assert diagram.sentence == "Stock-flow diagram “Nothing yet”: empty."
    assert "<svg" in diagram._repr_mimebundle_()["text/html"]


def test_one_bundle_holds_the_words_and_the_picture(two_tubs):
    diagram = two_tubs.diagram()
    bundle = diagram._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    figure = ET.fromstring(bundle["text/html"])
    assert figure.find("figcaption").text == bundle["text/plain"] == diagram.sentence
    picture = figure.find(f"div/{SVG}svg")
    assert picture.get("aria-label") == (
        f"{diagram.sentence} Links: opening → draining, upper → draining, upper → lower at the "
        "start."
    )


def test_a_diagram_is_saved_for_print_with_its_sentence(coffee, tmp_path):
    diagram = coffee.diagram()
    assert isinstance(diagram.plot(), Picture)
    assert diagram.plot().sentence == diagram.sentence
    assert diagram.save(tmp_path / "coffee.pdf").read_bytes().startswith(b"%PDF")
    assert diagram.save(tmp_path / "coffee.png").read_bytes().startswith(b"\x89PNG")
    assert "Coffee cooling" in diagram.save(tmp_path / "coffee.svg").read_text("utf-8")
    with pytest.raises(FileError):
        diagram.save(tmp_path / "coffee.doc")


def test_the_same_model_gives_the_same_picture_every_time(coffee):
    assert coffee.diagram().svg() == coffee.copy().diagram().svg()


def test_constants_are_left_out_when_they_are_not_wanted(coffee):
    assert [f.key for f in coffee.diagram().structure.factors] == [
        "room_temperature",
        "cooling_time",
    ]
    bare = coffee.diagram(constants=False).structure
    assert bare.factors == ()
    assert [link[:2] for link in bare.influences] == [("temperature", "cooling")]


def test_a_lookup_and_a_first_value_have_links_of_their_own(two_tubs):
    links = two_tubs.diagram().structure.influences
    assert [(link.cause, link.effect, link.first) for link in links] == [
        ("opening", "draining", False),
        ("upper", "draining", False),
        ("upper", "lower", True),
    ]


def test_a_cause_that_works_late_only_is_marked():
    model = StockFlow("Late", stop=10)
    model.stock("orders", 10)
    model.flow("arriving", "delay3(wish, lead time) + hurry", into="orders")
    model.auxiliary("wish", "10 - orders")
    model.auxiliary("hurry", "smooth(wish, 2) + wish")
    model.constant("lead time", 3)
    late = {link[:2] for link in model.diagram().structure.influences if link.delayed}
    assert late == {("wish", "arriving"), ("lead_time", "arriving")}


def test_signs_are_shown_when_they_are_asked_for(coffee):
    assert {link.sign for link in coffee.diagram().structure.influences} == {""}
    signs = {link[:2]: link.sign for link in coffee.diagram(signs=True).structure.influences}
    assert signs["temperature", "cooling"] == "+"
    assert signs["room_temperature", "cooling"] == "-"
    assert "room temperature → cooling (−)" in coffee.diagram(signs=True).svg()


def test_an_array_is_drawn_once(regions):
    said = regions.diagram().structure
    assert [(s.words, s.many) for s in said.stocks] == [("population", True)]
    assert [(f.words, f.into, f.many) for f in said.flows] == [("births", "population", True)]
    assert [f.words for f in said.factors] == ["rate", "total"]
    assert [link[:2] for link in said.influences] == [
        ("rate", "births"),
        ("population", "births"),
        ("population", "total"),
    ]


def test_a_flow_from_one_element_to_another_goes_round_within_its_stock(regions):
    regions.flow("moving", 1, out_of="population[North]", into="population[South]")
    diagram = regions.diagram()
    assert clear(diagram)
    assert diagram.sentence.endswith("Moving flows within population.")


def test_a_dimension_s_name_in_an_equation_is_no_cause(regions):
    regions.auxiliary("place[Region]", "Region * rate[North]")
    links = [link[:2] for link in regions.diagram().structure.influences]
    assert ("rate", "place") in links
    assert all("region" not in link for link in links)


def test_places_can_be_given_in_any_spelling_and_read_back(coffee):
    diagram = coffee.diagram(positions={"Temperature": (100, 50), "ROOM_temperature": (160, -30)})
    assert diagram.positions()["temperature"] == (100, 50)
    assert diagram.positions()["room_temperature"] == (160, -30)
    again = coffee.diagram(positions=diagram.positions())
    for part, place in diagram.positions().items():
        assert again.positions()[part] == pytest.approx(place)


def test_a_ghost_has_no_place_to_be_given():
    model = StockFlow("Walled")
    model.stock("water", 10)
    model.flow("draining", "water * knob", out_of="water")
    model.constant("knob", 0.1)
    places = {"water": (0.0, 0.0), "knob": (0.0, 500.0)}
    for i in range(40):
        model.constant(f"a brick in the wall {i}", 1)
        places[f"a brick in the wall {i}"] = (60.0 * i - 1200, 150.0)
    diagram = model.diagram(positions=places)
    assert [f.factor.of for f in diagram.drawing.factors if f.factor.of] == ["knob"]
    assert set(diagram.positions()) == set(model.parts)
    assert model.diagram(positions=diagram.positions()).positions() == diagram.positions()


def test_a_place_for_what_is_not_in_the_diagram_is_a_lesson(coffee):
    with pytest.raises(UnknownNameError) as error:
        coffee.diagram(positions={"temperatur": (0, 0)})
    assert str(error.value) == (
        "the diagram of 'Coffee cooling': nothing is called 'temperatur'; "
        "did you mean 'temperature' or 'room temperature'?"
    )


@pytest.mark.parametrize("place", ["left", (1,), (1, float("nan")), 3])
def test_a_place_that_is_none_is_a_lesson(coffee, place):
    with pytest.raises(ModelError) as error:
        coffee.diagram(positions={"temperature": place})
    assert str(error.value) == (
        f"the place of 'temperature' is {place!r}; it takes two numbers in pixels, "
        "from the left and from the top: (120, 80)"
    )


def test_a_model_that_cannot_run_yet_is_drawn_as_far_as_it_is_said():
    model = StockFlow("Half said")
    model.flow("filling", "tap * nobody", into="tub")
    model.auxiliary("tap", "1")
    diagram = model.diagram()
    assert clear(diagram)
    assert [link[:2] for link in diagram.structure.influences] == [("tap", "filling")]
    model.stock("tub", 0)
    assert [flow.into for flow in model.diagram().structure.flows] == ["tub"]
