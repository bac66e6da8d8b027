"""The presenter on Python's side: its steps, its scenarios, its notes, what it says and saves."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from cstools import CausalLoopDiagram, StockFlow, facets
from cstools.errors import CstoolsError
from cstools.widgets.part import held
from cstools.widgets.presenter import Presentation, present
from cstools.widgets.presenter.steps import Discuss, Loops, Predict, Reveal, Tell

from .javascript import in_node


def kinds(stage: Presentation) -> list[str]:
    return [one["kind"] for one in stage.payload["presented"]]


def step(stage: Presentation, place: int) -> dict[str, Any]:
    told: dict[str, Any] = stage.payload["presented"][place - 1]
    return told


@pytest.fixture
def stage(bath: StockFlow) -> Presentation:
    return present(
        bath,
        steps=[
            Predict("What will the water do?", minutes=4, notes="Paper first."),
            Reveal(minutes=3),
            Reveal("water", scenario="Tap shut", title="And with the tap shut?"),
            Loops(),
            Discuss("What holds the water back?"),
        ],
        scenarios={"tap shut": {"opening": 0}, "a slow drain": {"Emptying Time": 16}},
        notes="Bring a bowl.",
    )


def test_with_no_more_words_the_steps_come_from_the_model(bath: StockFlow) -> None:
    bath.doc = "A tub that drains faster the fuller it is."
    stage = bath.present()
    assert repr(stage).splitlines() == [
        "Presentation of “A bath”, 5 steps:",
        "1. A bath.",
        "2. Predict: It begins at 40 litre. What will water do over 16 minutes?",
        "3. Reveal: water.",
        "4. The loops: 2 pictures.",
        "5. Discuss: Where did the run part from what you drew, and what had you not thought of? "
        "Which loop was strongest at the beginning, and which at the end? Where in your own school "
        "does something like this go on?",
    ]
    assert step(stage, 1)["text"] == "A tub that drains faster the fuller it is."
    assert [one["name"] for one in stage.payload["scenarios"]] == [
        "opening 0", "opening 30", "emptying time 2", "emptying time 20",
    ]  # fmt: skip


def test_steps_may_be_plain_words(bath: StockFlow) -> None:
    words = ["tell: A tub.", "Predict: How full?", "reveal", "loops", "discuss: Why?"]
    stage = present(bath, steps=words)
    assert kinds(stage) == ["tell", "predict", "reveal", "loops", "discuss"]
    assert step(stage, 2)["question"] == "How full?"
    assert step(stage, 5)["questions"] == ["Why?"]


def test_what_is_predicted_is_what_is_revealed_and_discussed(bath: StockFlow) -> None:
    stage = present(bath, steps=[Predict(of="drain"), "reveal", "discuss"])
    assert [one["shown"] for one in stage.payload["presented"]] == [["drain"]] * 3
    stage = present(bath, steps=["predict", Reveal("drain"), "discuss"])
    assert [one["shown"] for one in stage.payload["presented"]] == [["drain"]] * 3


def test_the_grid_of_a_prediction_does_not_end_where_the_run_does(bath: StockFlow) -> None:
    grid = step(present(bath, steps=["predict"]), 1)["grid"]
    assert (grid["low"], grid["high"]) == (0, 100)  # the range its author gave the water
    grid = step(present(bath, steps=[Predict(of="drain")]), 1)["grid"]
    assert grid["high"] >= 1.3 * bath.run()["drain"].max()
    grid = step(present(bath, steps=[Predict(low=10, high=50)]), 1)["grid"]
    assert (grid["low"], grid["high"]) == (10, 50)


def test_each_scenario_has_its_sentence_before_anything_is_asked(
    bath: StockFlow, stage: Presentation
) -> None:
    assert step(stage, 2)["said"] == {
        "": bath.run().describe("water"),
        "tap shut": bath.run({"opening": 0}).describe("water"),
        "a slow drain": bath.run({"emptying time": 16}).describe("water"),
    }


def test_a_step_sets_what_its_scenario_says(stage: Presentation) -> None:
    assert stage.values == {}
    stage.step = 3
    assert stage.values == {"opening": 0.0}
    stage.step = 4
    assert stage.values == {}


def test_other_settings_get_their_own_sentence(bath: StockFlow, stage: Presentation) -> None:
    stage.step = 2
    stage.values = {"opening": 3.0}
    assert stage.answer == {
        "values": {"opening": 3.0},
        "shown": ["water"],
        "sentence": bath.run({"opening": 3}).describe("water"),
    }


def test_the_notes_keep_in_step_both_ways(stage: Presentation) -> None:
    notes = stage.notes
    assert notes is stage.notes
    notes.step = 3
    assert (stage.step, notes.values) == (3, {"opening": 0.0})
    stage.step, stage.black = 2, True
    assert (notes.step, notes.black) == (2, True)


def test_the_notes_tell_what_there_is_to_do(stage: Presentation) -> None:
    lines = repr(stage.notes).splitlines()
    assert lines[:2] == ["Bring a bowl.", "1. Predict (4 min). Paper first."]
    assert lines[2].startswith("2. Reveal (3 min). Let the curve be drawn in silence.")
    assert "<script" not in stage.notes.still()


def test_a_loop_is_told_as_a_chain(stage: Presentation) -> None:
    first = step(stage, 4)["stages"][0]
    assert first["title"] == "B1 (balancing)"
    assert first["chain"] == ["more water", "more drain", "less water"]
    assert first["said"] == (
        "It comes back the other way round, so the loop works against the change."
    )


def test_a_map_of_ones_own_may_be_revealed(bath: StockFlow) -> None:
    map_ = CausalLoopDiagram("stress -> sleep: -\nsleep -> stress: -").name_loop(
        ["stress", "sleep"], "spiral"
    )
    stage = present(bath, steps=[Loops(["spiral"], diagram=map_)])
    assert step(stage, 1)["stages"][0]["title"] == "R1 “spiral” (reinforcing)"


def test_a_question_about_the_map_stands_beside_the_map(bath: StockFlow) -> None:
    map_ = bath.causal_loops()
    stage = present(bath, steps=[Discuss("Whose?", map=map_), Discuss("Why?", map=True), "discuss"])
    whole = step(stage, 1)["map"]
    assert "opacity=" not in whole
    assert whole.count("data-variable=") == len(map_.variables)
    assert step(stage, 2)["map"] == whole
    assert "map" not in step(stage, 3)


def test_the_notes_are_wrapped_at_words(bath: StockFlow) -> None:
    said = "Bring a bowl and as many beads as would grow in it. " * 5
    notes = present(bath, steps=[Tell("A tub.", notes="- a bowl\n- " + said)], notes=said).notes
    lines = repr(notes).splitlines()
    assert max(map(len, lines)) <= 76
    assert " ".join(repr(notes).split()).count(said.strip()) == 2


def test_where_nothing_is_live_the_run_is_folded_away(stage: Presentation) -> None:
    still = stage._repr_mimebundle_()[0]["text/html"]
    assert "<script" not in still
    assert "What will the water do?" in still
    assert still.index("<details>") < still.index("Water rises")
    assert "Paper first" not in still


def test_a_saved_page_holds_the_notes_unless_they_are_left_out(
    stage: Presentation, tmp_path: Path
) -> None:
    with_notes = stage.save(tmp_path / "stage.html").read_text("utf-8")
    without = stage.save(tmp_path / "handout.html", notes=False).read_text("utf-8")
    for text, expected in ((with_notes, True), (without, False)):
        state = text.split('id="held">')[1].split("</script>")[0]
        assert ("Paper first." in state, "Bring a bowl." in state) == (expected, expected)


def test_a_later_change_of_the_model_does_not_reach_the_stage(
    bath: StockFlow, stage: Presentation
) -> None:
    bath.constant("opening", 1, between=(0, 30))
    stage.step = 2
    stage.values = {"emptying time": 4.0}
    assert "96" not in stage.answer["sentence"]
    assert "Water rises from 40 to 47" in stage.answer["sentence"]  # 12 × 4 = 48, from below


def test_the_page_is_told_plain_values(stage: Presentation) -> None:
    json.dumps(held(stage), allow_nan=False)
    json.dumps(held(stage.notes), allow_nan=False)


def test_words_with_a_script_in_them_are_words(bath: StockFlow) -> None:
    stage = present(bath, steps=[Tell("<script>alert(1)</script>"), "predict"])
    assert "<script" not in stage.still()


def test_a_map_that_nobody_could_read_on_a_stage_is_left_out() -> None:
    chain = StockFlow("A long chain", stop=4)
    for place in range(25):
        chain.stock(f"room {place}", 1)
        chain.flow(f"door {place}", f"room {place} / 9", f"room {place}", f"room {place + 1}")
    chain.stock("room 25", 1)
    assert kinds(chain.present()) == ["predict", "reveal", "reveal", "discuss"]


def test_a_run_that_breaks_can_be_presented() -> None:
    road = StockFlow("A road that ends", stop=10, time_units="day")
    road.stock("walked", 1, units="km")
    road.flow("steps", "walked / (6 - time)", into="walked", units="km/day")
    stage = road.present()
    json.dumps(held(stage), allow_nan=False)
    assert "Walked" in step(stage, 2)["said"][""]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            {"steps": ["predikt"]},
            "a step begins with one of tell, predict, reveal, loops, discuss; 'predikt' does not; "
            "did you mean 'predict'?",
        ),
        (
            {"steps": []},
            "a presentation needs at least one step: ['predict', 'reveal', 'loops', "
            "'discuss: What surprised you?']",
        ),
        (
            {"steps": 5},
            "steps are a list, ['predict', 'reveal', 'loops', 'discuss: What surprised you?']; "
            "this is 5",
        ),
        (
            {"steps": [5]},
            "a step is Predict(…) or plain words, ['predict', 'reveal', 'loops', 'discuss: What "
            "surprised you?']; this is 5",
        ),
        (
            {"steps": [Predict(of="watr")]},
            "step 1, predict: model 'A bath': nothing is called 'watr'; did you mean 'water'?",
        ),
        (
            {"steps": [Predict(low=5, high=5)]},
            "step 1, predict: low= is below high=, and both are numbers",
        ),
        (
            {"steps": ["predict", Reveal(scenario="rain")]},
            "step 2, reveal: scenarios: nothing is called 'rain'; there are 'opening 0', "
            "'opening 30', 'emptying time 2' and 'emptying time 20'",
        ),
        (
            {"steps": [Discuss(5)]},  # type: ignore[arg-type]
            "step 1, discuss: questions= is a text, or a list of texts, not 5",
        ),
        (
            {"steps": [Discuss("Why?", map="mine")]},  # type: ignore[arg-type]
            "step 1, discuss: map= is True, or a causal loop diagram, not 'mine'",
        ),
        (
            {"steps": [Tell(text=5)]},  # type: ignore[arg-type]
            "Tell: text= is a text in quotation marks, not 5",
        ),
        (
            {"steps": [Tell(minutes=-1)]},
            "Tell: minutes= is a number from 0 on, not -1",
        ),
        (
            {"steps": [Loops(["R7"])]},
            "step 1, loops: the loops: nothing is called 'R7'; there is 'B1'",
        ),
        (
            {"scenarios": {"rain": {"opning": 5}}},
            "scenario 'rain': model 'A bath': nothing is called 'opning'; did you mean 'opening'?",
        ),
        (
            {"scenarios": {str(n): {} for n in range(10)}},
            "scenarios lie on the keys 1 to 9, and these are 10; leave some out",
        ),
        (
            {"scenarios": ["rain"]},
            "scenarios have names, and each says which values differ: {'longer delay': {'delay': "
            "5}}; this is ['rain']",
        ),
        ({"scenarios": {"": {}}}, "a scenario's name is a text, not ''"),
        ({"notes": ["a bowl"]}, "notes= is a text in quotation marks, not ['a bowl']"),
    ],
)
def test_what_cannot_be_presented_is_said_with_what_to_do(
    bath: StockFlow, ask: dict[str, Any], message: str
) -> None:
    with pytest.raises(CstoolsError) as error:
        bath.present(**ask)
    assert str(error.value) == message


def test_a_step_that_is_not_there_is_refused(stage: Presentation) -> None:
    with pytest.raises(CstoolsError) as error:
        stage.step = 6
    assert str(error.value) == "step is a number from 1 to 5, not 6"


def test_a_model_without_a_stock_asks_for_its_steps() -> None:
    model = StockFlow("A line", stop=4)
    model.auxiliary("height", "2 * time")
    with pytest.raises(CstoolsError) as error:
        model.present()
    assert str(error.value) == (
        "model 'A line' has no stock, so nothing in it has a course to predict; say the steps: "
        "steps=[Predict(of='a variable'), 'reveal', 'discuss']"
    )


def test_sources_are_said_by_author_and_year(bath: StockFlow) -> None:
    stage = bath.present(
        [Discuss("What do you say to [Ostrom1990]?", notes="Some kept it [Ostrom1990].")],
        notes="After [Fritz1989].",
    )
    (step,) = stage.payload["presented"]
    assert step["questions"] == ["What do you say to (Ostrom, 1990)?"]
    assert step["notes"] == "Some kept it (Ostrom, 1990)."
    assert repr(stage.notes).startswith("After (Fritz, 1989).")


def test_a_rare_word_in_a_sentence_is_explained_where_it_stands() -> None:
    stage = facets.world.shared_pond().present(["reveal"])
    said = stage.payload["presented"][0]["said"][""]
    assert said.endswith("and settles there, after going past it (an overshoot).")


def test_beside_the_questions_the_map_stands_as_it_was_told(
    bath: StockFlow, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[object] = []
    reveal = CausalLoopDiagram.reveal
    monkeypatch.setattr(
        CausalLoopDiagram, "reveal", lambda own, *a: laid_out.append(own) or reveal(own, *a)
    )
    map_ = bath.causal_loops().name_loop(["water", "drain"], "fills and drains")
    stage = bath.present(
        [Loops("fills and drains", diagram=map_), Discuss("Who decides?", map=map_)]
    )
    assert len(laid_out) == 1
    told, asked = stage.payload["presented"]
    assert asked["map"].count("<g data-variable=") == len(map_.variables)
    where = re.compile(r"<text[^>]*>")
    assert where.findall(asked["map"]) == where.findall(told["stages"][-1]["svg"])


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([20, 50, 80], "Reality: from 20 up to 80 days."),
        ([1000, 347, 415, 400], "Reality: from 1,000 down to 347, at the end 400 days."),
        ([5, 71.6, 57, 60], "Reality: from 5 up to 71.6, at the end 60 days."),
        ([40, 90, 10, 50], "Reality: between 10 and 90, at the end 50 days."),
        ([0, 0, 0], "Reality: 0 days throughout."),
        ([0, 100.5, 100], "Reality: from 0 up to 100 days."),  # a bend of half a hundredth
        ([1, None, 2], "Reality: no number any more."),
    ],
)
def test_a_course_is_told_at_one_glance(tmp_path: Path, values: list[Any], told: str) -> None:
    glance = """atAGlance({ columns: [given[0].map((value) => value ?? NaN)] },
        [{ label: "reality", units: "days", place: 0 }])"""
    assert in_node(tmp_path, "presenter/glance.js", "atAGlance", glance, values) == told
