"""Several ways to let one map move, and where they disagree."""

import pytest
from hypothesis import given, settings

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.motion.together import MORAL, Motions
from tests.causal_loops.maps import REWORK
from tests.causal_loops.motion.maps import matrices, of_matrix

LIMITS = (
    "For the press, each variable that the map lets run free falls back by itself, as it does in "
    "the fuzzy map and in words."
)


def test_where_all_paths_agree_all_ways_agree():
    map_ = CausalLoopDiagram("stress -> sleep: -\nsleep -> mood: +\nmood -> stress: -")
    motions = map_.compare_motions("stress")
    assert motions.agreed == ("stress", "sleep", "mood")
    assert repr(motions) == (
        "More stress, in five ways: one pulse, fuzzy map, in words, press and random strengths.\n"
        "All agree: stress higher; sleep and mood lower.\n"
        f"{LIMITS}\n{MORAL}"
    )


def test_where_paths_pull_apart_the_ways_disagree_and_it_says_who_says_what():
    motions = CausalLoopDiagram(REWORK).compare_motions("overtime")
    assert motions.disagreed == ("schedule pressure", "work remaining")
    told = "They disagree on work remaining: lower (fuzzy map), as before (in words).\n"
    assert told in repr(motions)
    assert motions.answers["one pulse"][3] == "↕"  # no third voice: it cannot tell
    assert motions.answers["press"][3] == "?"


def test_a_sign_that_is_not_known_is_tried_both_ways_by_every_engine():
    motions = CausalLoopDiagram("a -> b: +\nb -> c: ?").compare_motions("a")
    assert {way: marks[2] for way, marks in motions.answers.items()} == dict.fromkeys(
        motions.answers, "?"
    )
    assert motions.verdicts == ("all agree", "all agree", "cannot be told")
    assert "None can tell: c.\nThe sign of b → c is not known; both were tried." in repr(motions)


def test_many_unknown_signs_are_not_all_tried_and_it_says_so():
    links = "\n".join(f"a -> v{i}: ?" for i in range(9))
    motions = CausalLoopDiagram(links).compare_motions("a")
    assert motions.doubt == (
        "The signs of a → v0, a → v1, a → v2 and 6 more are not known; 64 of the 512 combinations "
        "were tried."
    )
    assert motions.verdicts == ("all agree", *["cannot be told"] * 9)
    few = CausalLoopDiagram("a -> b: ?\na -> c: ?").compare_motions("a")
    assert few.doubt == ("The signs of a → b and a → c are not known; every combination was tried.")


def test_what_is_not_reached_stays_in_every_way():
    motions = CausalLoopDiagram("a -> b: +\nc -> a: +").compare_motions("a")
    assert {marks[2] for marks in motions.answers.values()} == {"="}


def test_what_is_held_by_hand_is_no_answer():
    motions = CausalLoopDiagram("a -> b: +\nb -> a: -").compare_motions({"a": -3})
    assert motions.pressed == "less a"
    assert motions.answers["fuzzy map"] == ("held", "↓")
    assert motions.answers["press"] == ("↓", "↓")


def test_of_several_pushes_the_draws_are_left_out():
    motions = CausalLoopDiagram("a -> c: +\nb -> c: -").compare_motions({"a": 1, "b": 1})
    assert list(motions.answers) == ["one pulse", "fuzzy map", "in words", "press"]
    assert repr(motions).startswith("More a and more b, in four ways: ")


def test_each_way_can_be_asked_for_its_own_result():
    motions = CausalLoopDiagram(REWORK).compare_motions("overtime")
    assert motions["press"].self_limited == motions.variables
    assert repr(motions["one pulse"]).startswith("One push, more overtime: ")


def test_without_limits_the_press_says_why_it_cannot_tell():
    motions = CausalLoopDiagram("a -> b: +").compare_motions("a", self_limiting=False)
    assert "Press: This map has no balance that could shift" in repr(motions)


def test_a_cell_shows_a_table_of_who_says_what_and_what_each_takes_for_granted():
    motions = CausalLoopDiagram(REWORK).compare_motions("overtime")
    assert isinstance(motions, Motions)
    html = motions._repr_mimebundle_()["text/html"]
    assert html.count("they disagree") == 2
    assert "near a balance that holds" in html
    assert html.count("(held)") == 2
    assert html.count("agree where they can tell: higher") == 4


@pytest.mark.parametrize("size", [1, 2])
def test_the_smallest_maps_move_too(size):
    names = ", ".join("ab"[:size])
    motions = CausalLoopDiagram(f"variables: {names}").compare_motions("a")
    assert motions.verdicts == ("all agree",) * size


TURNED = str.maketrans("↑↓", "↓↑")


@settings(max_examples=40)
@given(matrices(1, 6, signs=(-1, 0, 0, 1, 2)))
def test_to_press_the_other_way_turns_the_answers_round(matrix):
    map_ = of_matrix(matrix)
    more, less = (map_.compare_motions({"v0": sign}) for sign in (1, -1))
    for way in ("one pulse", "in words", "press", "random strengths"):
        # The words are about the same here, so that way is as symmetric as the others; a sigmoid,
        # whose rest is not its middle, is not.
        assert [mark.translate(TURNED) for mark in more.answers[way]] == list(less.answers[way])
    assert len(more.verdicts) == len(matrix)
