"""A map revealed: one loop more at each stage, on the same page, each with its sentence."""

import re
from xml.etree import ElementTree as ET

import pytest
from matplotlib.colors import to_rgb

from cstools import CausalLoopDiagram
from cstools.errors import ModelError, UnknownNameError
from tests.causal_loops.maps import REWORK, TRAP

WIDER = f"""
    {REWORK}
    tiredness -> overtime: -
    deadline -> schedule pressure: -
"""
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def rework():
    return CausalLoopDiagram(WIDER, name="rework").name_loop(TRAP, "burnout trap")


@pytest.fixture(scope="module")
def stages(rework):
    return rework.reveal()


def faint(stage):
    """Return what is on the page of a stage and what of it is faint."""
    groups = [
        (g.get("data-from"), g.get("data-to"), g.get("data-variable"), g.get("data-loop"), g)
        for g in ET.fromstring(stage.svg()).iterfind(f".//{SVG}g")
    ]
    named = {
        " → ".join(filter(None, (start, end))) or word or loop: g.get("opacity") is not None
        for start, end, word, loop, g in groups
    }
    return {*named}, {name for name, is_faint in named.items() if is_faint}


def test_a_story_begins_where_somebody_says(rework):
    stages = rework.reveal(["B1", "burnout trap"], begin={"b1": "tiredness", "R1": "mistakes"})
    assert stages[0].sentence.startswith("B1 (balancing): more tiredness → less overtime → less ")
    assert stages[1].sentence.startswith("R1 “burnout trap” (reinforcing): more mistakes → more ")
    assert rework.reveal(["B1"])[0].sentence.startswith("B1 (balancing): more overtime → ")


def test_a_beginning_that_is_none_gets_a_lesson(rework):
    with pytest.raises(ModelError) as error:
        rework.reveal(begin="overtime")
    assert str(error.value) == (
        "begin= is a variable for each loop, {'R1': 'overtime'}, not 'overtime'"
    )
    with pytest.raises(UnknownNameError) as error:
        rework.reveal(["B1"], begin={"B1": "mistakes"})
    assert str(error.value) == (
        "loop B1: nothing is called 'mistakes'; there are 'overtime' and 'tiredness'"
    )


def test_each_stage_tells_its_loop_and_where_it_joins(stages):
    assert repr(stages) == (
        "1. B1 (balancing): more overtime → more tiredness, after a while → less overtime. It "
        "comes back the other way round, so the loop works against the change. It takes a while, "
        "so by then one may have pushed too far.\n"
        "2. B2 (balancing): more overtime → more work done → less work remaining → less schedule "
        "pressure → less overtime. It comes back the other way round, so the loop works against "
        "the change. It joins what is there at 'overtime'; 4 links are new.\n"
        "3. R1 “burnout trap” (reinforcing): more schedule pressure → more overtime → more "
        "tiredness, after a while → more mistakes → more work remaining → even more schedule "
        "pressure. It comes back as more of the same, so the loop carries on whatever it is "
        "given. It joins what is there at 'schedule pressure', 'overtime', 'tiredness' and 'work "
        "remaining'; 2 links are new.\n"
        "4. The last link is in none of these loops: deadline → schedule pressure (−)."
    )


def test_every_stage_has_one_loop_more_and_the_last_is_the_map(rework, stages):
    assert [stage.loop.name for stage in stages[:3]] == ["B1", "B2", "R1"]
    assert [len(stage.links) for stage in stages] == [2, 6, 8, 9]
    assert {*stages[-1].links} == {*rework.links}
    assert sum((stage.new for stage in stages), ()) == stages[2].links + stages[3].new


def test_the_page_stays_the_same_and_nothing_on_it_moves(stages):
    pages = {ET.fromstring(stage.svg()).get("viewBox") for stage in stages}
    assert len(pages) == 1
    last = {word.key: word.at for word in stages[-1].drawing.words}
    for stage in stages:
        assert {word.key: word.at for word in stage.drawing.words}.items() <= last.items()


def test_what_comes_later_is_not_there_and_what_was_there_is_faint(stages):
    there, old = faint(stages[0])
    assert there == {"overtime", "tiredness", "overtime → tiredness", "tiredness → overtime", "B1"}
    assert old == set()
    there, old = faint(stages[1])
    assert "mistakes" not in there
    assert old == {"tiredness", "overtime → tiredness", "tiredness → overtime", "B1"}


def test_the_whole_map_is_in_full_ink(stages):
    there, old = faint(stages[-1])
    assert {"deadline", "mistakes", "B1", "R1"} <= there
    assert old == set()


def test_two_links_of_different_sign_between_the_same_two_are_told_apart():
    map_ = CausalLoopDiagram("a -> b: +\nb -> a: +\na -> b: -")
    first, second = map_.reveal()
    assert [stage.loop.polarity for stage in (first, second)] == ["R", "B"]
    assert [wire.edge.sign for wire in first.drawing.wires] == ["+", "+"]
    dim = re.findall(r'data-to="b" data-sign="(.)" opacity="0.4"', second.svg())
    assert dim == ["+"]


def test_loops_come_in_the_order_asked_for(rework):
    shown = rework.reveal(["burnout trap", "B1"])
    assert [stage.title for stage in shown] == ["R1 “burnout trap”", "B1", "The whole map"]
    assert shown[1].sentence.endswith(
        "It joins what is there at 'overtime' and 'tiredness'; 1 link is new."
    )
    assert shown.note == "2 of 3 loops are revealed here."
    assert shown.describe().endswith(f"\n{shown.note}")


def test_a_loop_that_brings_nothing_new_says_so():
    map_ = CausalLoopDiagram("a -> b: +\nb -> c: +\nc -> a: +\nb -> a: -\nc -> b: +")
    sentences = [stage.sentence for stage in map_.reveal(["R2", "B1", "R1"])]
    assert sentences[1].endswith("It joins what is there at 'a' and 'b'; 1 link is new.")
    again = CausalLoopDiagram("a->b:+\nb->a:+\nb->c:+\nc->b:+\nc->a:+\na->c:+")
    told = again.reveal([loop.name for loop in again.loops()])[-1].sentence
    assert told.endswith("All of its links are there already.")


def test_a_loop_that_stands_apart_says_so():
    map_ = CausalLoopDiagram("a -> b: +\nb -> a: +\nc -> d: +\nd -> c: +\nd -> e: +\ne -> c: +")
    told = [stage.sentence for stage in map_.reveal()]
    assert told[1].endswith("It stands apart from what is there; 2 links are new.")
    assert told[2].endswith("It joins what is there at 'c' and 'd'; 2 links are new.")


def test_a_loop_that_hangs_on_what_is_there_comes_before_a_shorter_one_that_does_not():
    map_ = CausalLoopDiagram(
        "a -> b: +\nb -> a: +\nx -> y: +\ny -> x: +\nb -> c: +\nc -> d: +\nd -> a: +"
    )
    assert [stage.loop.variables for stage in map_.reveal()] == [
        ("a", "b"),
        ("a", "b", "c", "d"),
        ("x", "y"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Causal loop diagram: empty."),
        ("a -> b: +", "Causal loop diagram: 2 variables, 1 link, no loops."),
    ],
)
def test_a_map_without_loops_is_one_stage_with_its_own_sentence(text, told):
    shown = CausalLoopDiagram(text).reveal()
    assert len(shown) == 1
    assert repr(shown) == shown.describe() == shown[0].sentence == told
    assert 'opacity="0.4"' not in shown[0].svg()


def test_a_variable_on_its_own_comes_last():
    map_ = CausalLoopDiagram("a -> b: +\nb -> a: +").variable("moon")
    assert map_.reveal()[-1].sentence == "No link touches 1 variable."
    assert "moon" in {word.key for word in map_.reveal()[-1].drawing.words}


def test_a_map_of_very_many_loops_says_how_many_it_reveals():
    names = [f"v{i}" for i in range(6)]  # the complete graph of 6 has 409 circuits
    map_ = CausalLoopDiagram("\n".join(f"{a} -> {b}: +" for a in names for b in names if a != b))
    shown = map_.reveal()
    assert shown.note == f"{len(shown) - (shown[-1].loop is None)} of 409 loops are revealed here."


def test_an_unknown_loop_is_a_lesson(rework):
    with pytest.raises(UnknownNameError) as lesson:
        rework.reveal(["burn out trap"])
    assert str(lesson.value) == (
        "the loops: nothing is called 'burn out trap'; did you mean 'burnout trap'?"
    )


def test_a_cell_folds_the_stages_and_opens_the_first(stages):
    bundle = stages._repr_mimebundle_()
    assert bundle["text/plain"] == repr(stages)
    assert bundle["text/html"] == stages._repr_mimebundle_()["text/html"]
    heads = re.findall(r"<details (.*?)>.*?<summary .*?>(.*?)</summary>", bundle["text/html"])
    assert [head for _, head in heads] == ["1. B1", "2. B2", "3. R1 “burnout trap”",
                                           "4. The whole map"]  # fmt: skip
    assert [tag.endswith(" open") for tag, _ in heads] == [True, False, False, False]
    assert len({tag.removesuffix(" open") for tag, _ in heads}) == 1  # one name: one open at a time


def test_a_stage_is_shown_and_printed_with_its_sentence(stages, tmp_path):
    stage = stages[1]
    assert repr(stage) == stage._repr_mimebundle_()["text/plain"] == stage.sentence
    picture = stage.plot()
    assert picture.sentence == stage.sentence
    words = {text.get_text() for text in picture.figure.axes[0].texts}
    assert "B2" in words
    assert "mistakes" not in words
    assert picture.save(tmp_path / "stage.pdf").stat().st_size > 0


def test_in_print_is_faint_what_is_faint_in_a_cell(stages):
    _, old = faint(stages[1])
    ink = {
        text.get_text(): to_rgb(text.get_color()) for text in stages[1].plot().figure.axes[0].texts
    }
    full = {
        text.get_text(): to_rgb(text.get_color()) for text in stages[0].plot().figure.axes[0].texts
    }
    assert {"tiredness", "B1"} <= old
    for name in ("tiredness", "B1"):
        # The ink of a cell has an opacity of 0.4; on paper it is mixed with white beforehand.
        mixed = [1 - 0.4 * (1 - part) for part in full[name]]
        assert ink[name] == pytest.approx(mixed, abs=1 / 255)
    assert ink["overtime"] == full["overtime"]
