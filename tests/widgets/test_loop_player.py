"""The loop player on Python's side: what it says, what it asks, what it keeps."""

from __future__ import annotations

import json
from math import cos, pi, sin
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from cstools import CausalLoopDiagram
from cstools.archetypes import ARCHETYPES, Archetype
from cstools.causal_loops import said
from cstools.causal_loops.picture import drawing_of
from cstools.errors import ModelError, UnknownNameError
from cstools.widgets import loop_player
from cstools.widgets.loop_player import LoopPlayer
from cstools.widgets.loop_player.page import badge_places
from cstools.widgets.loop_player.ways import WAYS
from cstools.widgets.part import held

REWORK = """
    schedule pressure -> overtime: +
    overtime          -> work done: +
    work done         -> work remaining: -
    work remaining    -> schedule pressure: +
    overtime          -> tiredness: + delayed     # weeks later
    tiredness         -> mistakes: +
    mistakes          -> work remaining: +
"""


@pytest.fixture
def rework() -> CausalLoopDiagram:
    map_ = CausalLoopDiagram(REWORK, name="Rework")
    return map_.name_loop(
        ["overtime", "work done", "work remaining", "schedule pressure"], "relief"
    )


def in_two_minds(count: int) -> CausalLoopDiagram:
    """A ring in which each acts on the next in both ways: 2 to the power of ``count`` loops."""
    map_ = CausalLoopDiagram()
    for place in range(count):
        turn = 2 * pi * place / count
        map_.link(f"mood {place}", f"mood {(place + 1) % count}", "+")
        map_.link(f"mood {place}", f"mood {(place + 1) % count}", "-")
        map_.place(f"mood {place}", 400 * cos(turn), 400 * sin(turn))
    return map_


def braced_ring(count: int) -> CausalLoopDiagram:
    """Stocks that each drain through a flow, and every flow pushed by the next stock."""
    map_ = CausalLoopDiagram()
    for place in range(count // 2):
        map_.link(f"stock {place}", f"flow {place}", "+")
        map_.link(f"flow {place}", f"stock {place}", "-")
        map_.link(f"stock {(place + 1) % (count // 2)}", f"flow {place}", "+")
    return map_


def test_the_sentence_tells_the_chosen_loop(rework: CausalLoopDiagram) -> None:
    player = rework.play("relief", begin="work done", up=False)
    assert repr(player) == (
        "B1 “relief” (balancing): less work done → more work remaining → more schedule pressure → "
        "more overtime → more work done. It comes back the other way round, so the loop works "
        "against the change. A story follows one loop and leaves out everything else on the map. "
        "A map cannot say what will happen: it has no amounts, no speeds and no limits."
    )


def test_without_a_name_the_first_marked_loop_is_told_from_its_first_variable(
    rework: CausalLoopDiagram,
) -> None:
    player = rework.play()
    assert (player.loop, player.begin, player.up) == ("B1", "schedule pressure", True)
    assert (player.way, player.step) == ("story", 0)


def test_where_nothing_is_live_the_map_stands_with_the_sentence(rework: CausalLoopDiagram) -> None:
    player = rework.play("R1")
    still = player._repr_mimebundle_()[0]["text/html"]
    assert "<script" not in still
    assert "<svg" in still
    assert "even more schedule pressure" in still
    assert "A map cannot say what will happen" in still


def test_the_page_is_told_plain_values(rework: CausalLoopDiagram) -> None:
    json.dumps(held(rework.play()), allow_nan=False)
    json.dumps(held(CausalLoopDiagram("a -> b: ?\nb -> a: +").play()), allow_nan=False)


def test_a_loop_may_be_chosen_from_python_by_its_title(rework: CausalLoopDiagram) -> None:
    player = rework.play("R1", begin="tiredness")
    player.loop = "Relief"
    assert (player.loop, player.begin) == ("B1", "schedule pressure")  # no tiredness in it


def test_a_beginning_that_both_loops_have_is_kept(rework: CausalLoopDiagram) -> None:
    player = rework.play("R1", begin="overtime")
    player.loop = "B1"
    assert player.begin == "overtime"


def test_the_player_shows_the_map_as_it_was(rework: CausalLoopDiagram) -> None:
    player = rework.play("R1")
    rework.unlink("tiredness", "mistakes")
    assert "more mistakes" in repr(player)


def test_pressing_another_variable_asks_every_way(rework: CausalLoopDiagram) -> None:
    player = rework.play()
    player.way = "fuzzy map"
    player.pressed, player.pressed_up = "tiredness", False
    assert (player.answer["pressed"], player.answer["up"]) == ("tiredness", False)
    assert list(player.answer["ways"]) == [
        "one pulse", "fuzzy map", "in words", "press", "random strengths", "compare",
    ]  # fmt: skip
    assert repr(player).startswith("Less tiredness, and held there. It comes to rest at step 10.")


def test_each_step_of_a_motion_stands_between_its_two_ends(rework: CausalLoopDiagram) -> None:
    for way in rework.play().answer["ways"].values():
        if "shares" in way:
            assert len(way["shares"]) == len(way["cells"]) > 6
            assert all(-1 <= share <= 1 for row in way["shares"] for share in row)


def test_the_ways_say_in_the_player_what_they_say_beside_each_other(
    rework: CausalLoopDiagram,
) -> None:
    player = rework.play()
    player.pressed = "overtime"
    player.way = "compare"
    motions = rework.compare_motions("overtime")
    compared = player.answer["ways"]["compare"]
    labels = [WAYS[way].label for way in motions.answers]
    assert compared["heads"] == ["Variable", "Together", *labels]
    assert compared["terms"] == ["", "", *(WAYS[way].term for way in motions.answers)]
    verdicts = {row[0]: row[1].partition(":")[0] for row in compared["rows"]}
    assert verdicts == dict(zip(motions.variables, motions.verdicts, strict=True))
    assert compared["lines"] == [
        "More overtime: those that can tell agree on 4 of 6 variables; they disagree on 2.",
        "Those that can tell agree: overtime, work done, tiredness and mistakes higher.",
        "They disagree on schedule pressure: lower in “All pull at once”; as before in “A lot or a "
        "little”.",
        "They disagree on work remaining: lower in “All pull at once”; as before in “A lot or a "
        "little”.",
        "A way that says “now higher, now lower” (↕) counts as one that cannot tell.",
        "In “A push that lasts”, whatever the map lets grow freely is taken to fall back by "
        "itself.",
    ]


def test_each_way_has_a_plain_name_a_question_and_what_it_is_not(
    rework: CausalLoopDiagram,
) -> None:
    for way in rework.play().payload["ways"]:
        assert way["answers"].endswith("?")
        assert way["is_not"].startswith("It ")
        assert not (way["term"] and way["term"].casefold() in way["label"].casefold())


def test_the_dice_say_how_many_maps_they_made(rework: CausalLoopDiagram) -> None:
    player = rework.play()
    player.way, player.pressed = "random strengths", "overtime"
    assert player.answer["ways"]["random strengths"]["lines"][1] == (
        "Dice gave the links their strengths, 500 times. In 273 of these maps the balance holds; "
        "only they are counted."
    )


def test_while_a_story_is_told_nothing_is_reckoned(rework: CausalLoopDiagram) -> None:
    player = rework.play()
    before = player.answer
    player.pressed = "mistakes"
    assert player.answer is before
    player.way = "press"
    assert player.answer["pressed"] == "mistakes"


def test_a_map_without_a_loop_can_only_be_pressed() -> None:
    player = CausalLoopDiagram("rain -> river: +").play()
    assert (player.loop, player.way, player.pressed) == ("", "compare", "rain")
    assert repr(player).startswith(
        "There is no loop on this map, so there is no story to tell: nothing comes back to where "
        "it began. A variable can be pushed all the same. More rain: all ways agree on 2 of 2 "
        "variables. "
    )
    player.way = "story"
    assert repr(player).startswith("There is no loop on this map, so there is no story to tell")


def test_a_map_without_a_link_can_be_pressed() -> None:
    player = CausalLoopDiagram().variable("rain").play()
    assert "More rain: all ways agree on 1 of 1 variable." in repr(player)


def test_a_loop_with_an_open_sign_says_that_it_cannot_be_told() -> None:
    player = CausalLoopDiagram("praise -> effort: ?\neffort -> praise: +").play()
    assert (
        "more praise → more or less effort → more or less praise. A link on the way has no sign "
        "yet, so the story cannot say how it comes back."
    ) in repr(player)


def test_where_loops_are_left_out_it_is_said_how_many() -> None:
    player = in_two_minds(8).play()
    assert player.payload["note"] == (
        "60 of 256 loops can be chosen here: those marked on the map, then the shortest. "
        "Another one is told by its name in a cell: .play(loop='R100')."
    )
    assert len(player.payload["loops"]) == 60


def test_a_loop_that_is_not_among_the_first_can_be_asked_for() -> None:
    player = in_two_minds(8).play("R120")
    assert player.loop == "R120"
    assert "R120 (reinforcing)" in repr(player)


def test_more_loops_than_can_be_counted_are_said_to_be_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(said, "_STEPS_FOR_A_PICTURE", 1)  # as if there were ever so many
    player = in_two_minds(11).play()  # 2,048 loops
    assert player.payload["note"].startswith("60 of more than ")
    assert len(player.payload["loops"]) == 60


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            lambda map_: map_.play("R9"),
            "the loops: nothing is called 'R9'; there are 'relief', 'B1' and 'R1'",
        ),
        (
            lambda map_: map_.play("R1", begin="sleep"),
            "loop R1: nothing is called 'sleep'; there are 'schedule pressure', 'overtime', "
            "'tiredness', 'mistakes' and 'work remaining'",
        ),
        (
            lambda map_: setattr(map_.play(), "loop", "relieve"),
            "the loops of this player: nothing is called 'relieve'; did you mean 'relief'?",
        ),
        (
            lambda map_: setattr(map_.play("B1"), "begin", "tiredness"),
            "loop B1: nothing is called 'tiredness'; there are 'schedule pressure', 'overtime', "
            "'work done' and 'work remaining'",
        ),
        (
            lambda map_: setattr(map_.play(), "way", "pres"),
            "the ways to move a map: nothing is called 'pres'; did you mean 'press'?",
        ),
        (
            lambda map_: setattr(map_.play(), "pressed", "overtme"),
            "this map: nothing is called 'overtme'; did you mean 'overtime'?",
        ),
    ],
)
def test_a_name_that_is_not_there_is_met_with_those_that_are(
    rework: CausalLoopDiagram, ask: Any, message: str
) -> None:
    with pytest.raises(UnknownNameError) as error:
        ask(rework)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            lambda: CausalLoopDiagram().play(),
            "nothing moves on an empty map; write a link first: 'cause -> effect: +'",
        ),
        (
            lambda: CausalLoopDiagram("rain -> river: +").play("R1"),
            "there is no loop on this map, so none is called 'R1'; draw the link that closes one, "
            "or push a variable: .play()",
        ),
        (
            lambda: CausalLoopDiagram("a -> a: +").play(1),
            "a loop's name is a text in quotation marks, not 1",
        ),
        (lambda: CausalLoopDiagram("a -> a: +").play(up="no"), "up is True or False, not 'no'"),
        (
            lambda: setattr(CausalLoopDiagram("a -> a: +").play(), "step", -1),
            "step is a whole number from 0 to 10,000, not -1",
        ),
    ],
)
def test_what_cannot_be_played_is_said_with_what_to_do(ask: Any, message: str) -> None:
    with pytest.raises(ModelError) as error:
        ask()
    assert str(error.value) == message


def test_a_saved_page_holds_an_answer_for_every_variable(
    rework: CausalLoopDiagram, tmp_path: Path
) -> None:
    player = rework.play("R1")
    player.step = 2
    text = player.save(tmp_path / "rework.html").read_text("utf-8")
    state = json.loads(text.split('id="held">')[1].split("</script>")[0])
    assert (state["loop"], state["step"]) == ("R1", 2)
    pressed = {(answer["pressed"], answer["up"]) for answer in state["kept"]}
    assert pressed == {(name, up) for name in rework.variables for up in (True, False)}
    assert player.kept == []  # the page in the notebook asks the kernel instead


def test_a_saved_page_of_a_large_map_holds_what_was_asked(tmp_path: Path) -> None:
    map_ = CausalLoopDiagram()
    for place in range(16):
        map_.link(f"thing {place}", f"thing {(place + 1) % 16}", "+")
    player = map_.play()
    player.way = "one pulse"
    player.pressed = "thing 5"
    text = player.save(tmp_path / "ring.html").read_text("utf-8")
    state = json.loads(text.split('id="held">')[1].split("</script>")[0])
    assert [answer["pressed"] for answer in state["kept"]] == ["thing 0", "thing 5"]


def test_on_a_very_large_map_nothing_is_reckoned_before_it_is_asked(
    rework: CausalLoopDiagram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop_player, "_FIRST_ANSWER_UP_TO", 5)
    monkeypatch.setattr(loop_player, "_ALL_ANSWERS_UP_TO", 5)
    player = rework.play("R1")
    assert player.answer == {}
    text = player.save(tmp_path / "rework.html").read_text("utf-8")
    assert '"kept": []' in text  # nobody pushed anything
    player.way = "press"
    assert player.answer["pressed"] == "schedule pressure"
    text = player.save(tmp_path / "rework.html").read_text("utf-8")
    assert '"kept": [{"pressed": "schedule pressure"' in text


def test_a_map_of_three_hundred_variables_is_played_and_saved_in_bounded_time(
    tmp_path: Path,
) -> None:
    began = process_time()
    player = braced_ring(300).play()
    assert isinstance(player, LoopPlayer)
    player.save(tmp_path / "large.html")
    # It takes some five seconds; searching every place for a badge took a minute, and the
    # exact stability of a push that nobody asked for did not end.
    assert process_time() - began < 40


def test_a_large_map_can_be_compared_and_says_what_is_not_worked_out() -> None:
    began = process_time()
    player = braced_ring(120).play()
    assert isinstance(player, LoopPlayer)
    player.way = "compare"
    assert not player.answer["error"]
    told = " ".join(player.answer["ways"]["press"]["lines"])
    assert "Of a map with more than 60 variables it is not worked out whether" in told
    assert process_time() - began < 60  # some ten seconds; without a bound, it did not end


@pytest.mark.parametrize("archetype", ARCHETYPES, ids=lambda archetype: archetype.name)
def test_no_badge_hides_a_word_on_the_maps_of_the_archetypes(archetype: Archetype) -> None:
    map_ = archetype.template
    player = map_.play()
    assert isinstance(player, LoopPlayer)
    found = map_.loops()
    drawing = drawing_of(map_.variables, map_.links, found)
    places = badge_places(drawing)
    for word in drawing.words:
        for at in places.values():
            # The middle of the disc is beside every word, and not on it.
            assert max(abs(at.real - word.at.real) - 12, abs(at.imag - word.at.imag) - 8) > 0
