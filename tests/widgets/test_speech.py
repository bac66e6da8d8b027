"""In a notebook that speaks another language, its parts do: buttons, names and sentences."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from cstools import StockFlow, facets
from cstools.languages import speak
from cstools.learning import load_set
from cstools.widgets.check_in import check_in
from cstools.widgets.explorer import explore
from cstools.widgets.question import question_form
from cstools.widgets.sketch import sketch
from tests.widgets.javascript import in_node

TEN = "10-creative-tension"


@pytest.fixture
def model() -> StockFlow:
    return facets.self.creative_tension()


@pytest.fixture
def spanish() -> None:
    speak("es", TEN)  # every test ends in English, see tests/conftest.py


def test_in_english_a_page_is_handed_no_words(model: StockFlow) -> None:
    for part in (check_in(), sketch("reality"), explore(model)):
        assert not {"words", "said", "title"} & set(part.payload)


@pytest.mark.usefixtures("spanish")
def test_the_check_in_asks_and_answers_in_the_language() -> None:
    page = check_in("¿Qué deseo?").payload
    assert page["steps"][0]["options"][0]["word"] == "cabeza"
    assert page["words"]["Skip"] == "Saltar"
    assert "Dos minutos para ti" in check_in().still()


@pytest.mark.usefixtures("spanish")
def test_a_sketch_shows_the_words_and_goes_by_the_name(model: StockFlow) -> None:
    drawn = sketch(
        "reality", stop=36, units="days in 100", time_units="month", points=[(0, 20), (36, 80)]
    )
    assert drawn.label == "reality"
    assert drawn.payload["said"] == {
        "label": "realidad",
        "units": "días de cada 100",
        "timeUnits": "mes",
    }
    assert drawn.sentence() == (
        "Dibujo de realidad: 20 días de cada 100 en el mes 0, 80 días de cada 100 en el mes 36"
    )
    drawn = sketch("reality", stop=36, time_units="month", points=[(0, 20), (18, 60), (36, 20)])
    assert drawn.compare(model.run()).startswith(
        "Esperabas que llegara a su máximo en el mes 18 y bajara; el modelo sube y se nivela. "
    )


@pytest.mark.usefixtures("spanish")
def test_an_explorer_shows_the_words_and_goes_by_the_names(model: StockFlow) -> None:
    live = explore(model, diagram=False)
    first = live.payload["parameters"][0]
    assert (first["key"], first["label"]) == ("reality", "realidad al comienzo")
    assert live.values == explore(model, state={"values": {}}, diagram=False).values
    assert set(live.values) == {
        "reality",
        "vision",
        "time for reality to move",
        "time for the vision to slip",
    }
    assert live.sentence().startswith(
        "Tensión creativa: Realidad: sube de 20 a 80 días de cada 100 hasta el mes 36, "
    )
    assert live.payload["name"] == "Creative tension"
    assert live.payload["words"]["Reset all"] == "Todo como al comienzo"


@pytest.mark.usefixtures("spanish")
def test_maps_and_diagrams_show_the_words(model: StockFlow) -> None:
    map_ = model.causal_loops()
    assert map_.describe() == (
        "Diagrama de ciclos causales “Tensión creativa”: 5 variables, 6 vínculos, 2 ciclos. "
        "B1 (compensador): brecha → mejorar → realidad → brecha. "
        "B2 (compensador): visión → brecha → soltar → visión."
    )
    assert "realidad" in texts(map_.svg())
    assert "reality" not in texts(map_.svg())
    assert "visión" in texts(model.diagram().svg())
    assert "reality" in map_.variables


@pytest.mark.usefixtures("spanish")
def test_what_other_programs_read_keeps_its_names(model: StockFlow, tmp_path: Path) -> None:
    speak("es", TEN)
    model.write(tmp_path / "spanish.stmx")
    speak("en")
    model.write(tmp_path / "english.stmx")
    assert (tmp_path / "spanish.stmx").read_bytes() == (tmp_path / "english.stmx").read_bytes()


def texts(svg: str) -> str:
    """Return what is written in a picture."""
    pieces = [piece for piece in ET.fromstring(svg).iter() if piece.tag.endswith("text")]
    return " ".join("".join(piece.itertext()) for piece in pieces)


def test_a_question_in_another_language_has_its_buttons_in_it() -> None:
    form = question_form(load_set(TEN, "da")["smaller dream"])
    assert [button.description for button in form.children[2].children] == [
        "Tjek",
        "Vink",
        "Løsning",
    ]
    form.check()
    assert "tryk så på Tjek" in form.said.value


def test_a_page_says_a_message_with_its_places_in_any_order(tmp_path: Path) -> None:
    asked = """(speakAs({ get: () => ({ words: { "{a} of {b}": "{b}: {a}" } }) }),
        [spoken("{a} of {b}", { a: 1, b: 2 }), spoken("{a}, {c}", { a: "{c}" })])"""
    said = in_node(tmp_path, "shared/speech.js", "speakAs, spoken", asked)
    assert said == ["2: 1", "{c}, {c}"]
