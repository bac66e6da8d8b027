"""A link is asked for its sign both ways, and the answers are answered."""

import pytest

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.errors import ModelError, UnknownNameError

MAP = CausalLoopDiagram("births -> people: +\nrain -> mood: -\nmood -> births", name="town")


def test_a_plus_is_asked_for_more_and_for_less():
    assert repr(MAP.two_way("births", "people")) == (
        "births → people (+), all else unchanged:\n"
        "1. If births rise, people become higher than they would have been.\n"
        "2. If births fall, people become lower than they would have been.\n"
        'Answer yes or no to each: .answer("yes", "no").'
    )


def test_a_minus_is_asked_the_other_way_round():
    test = MAP.two_way("Rain", "mood")
    assert test.more == "If rain rises, mood becomes lower than it would have been."
    assert test.less == "If rain falls, mood becomes higher than it would have been."


@pytest.mark.parametrize("map_", [MAP, CausalLoopDiagram("mood -> births: +\nmood -> births: -")])
def test_an_open_sign_is_tried_with_plus(map_):
    test = map_.two_way("mood", "births")
    assert repr(test).startswith("mood → births (its sign is open, + is tried), all else unchanged")
    verdict = test.answer(True, True)
    assert (verdict.holds, verdict.sign) == (True, "+")
    assert repr(verdict) == "Both ways hold: mood → births is +. Write it on the map."


def test_two_yeses_hold_the_sign():
    verdict = MAP.two_way("rain", "mood").answer("Yes", "y")
    assert (verdict.holds, verdict.sign) == (True, "-")
    assert repr(verdict) == "The sign holds both ways: rain → mood is −."


def test_two_noes_ask_for_the_other_sign():
    verdict = MAP.two_way("births", "people").answer("no", "no")
    assert (verdict.holds, verdict.sign) == (False, "?")
    assert repr(verdict) == (
        "Neither way holds, so + is not the sign of births → people. Is it −: ask both ways "
        "again. If that fails too, there may be no link, or a step is missing between the two."
    )


@pytest.mark.parametrize(
    ("answers", "held"),
    [
        (("yes", "no"), "when births rise and not when they fall"),
        (("no", "yes"), "when births fall and not when they rise"),
    ],
)
def test_one_way_only_asks_back_kindly(answers, held):
    verdict = MAP.two_way("births", "people").answer(*answers)
    assert (verdict.holds, verdict.sign) == (False, "?")
    assert repr(verdict) == (
        f"It holds {held}. Did you ask for “than it would have been”, and not “than before”? "
        "If one way still fails, something else acts as well, or the link is two: "
        "name the step between, and leave the sign at ? until then."
    )


def test_an_open_answer_is_asked_again():
    verdict = MAP.two_way("rain", "mood").answer("yes", "not sure")
    assert verdict.holds is None
    assert repr(verdict) == (
        "Not decided yet. Whom could you ask: "
        "If rain falls, mood becomes higher than it would have been."
    )


def test_the_table_holds_both_sentences():
    test = MAP.two_way("rain", "mood")
    page = test._repr_mimebundle_()["text/html"]
    assert test.more in page
    assert test.less in page


def test_what_cannot_be_tested_gets_a_lesson():
    with pytest.raises(ModelError) as lesson:
        MAP.two_way("people", "rain")
    assert str(lesson.value) == (
        "the map 'town': there is no link 'people' → 'rain' to test; "
        "draw it first: link('people', 'rain')"
    )
    with pytest.raises(UnknownNameError) as lesson:
        MAP.two_way("peple", "rain")
    assert str(lesson.value) == (
        "the map 'town': nothing is called 'peple'; did you mean 'people'?"
    )
    with pytest.raises(ModelError) as lesson:
        MAP.two_way("rain", "mood").answer("perhaps", "no")
    assert str(lesson.value) == "'perhaps' is no answer here; answer 'yes', 'no' or 'not sure'"
