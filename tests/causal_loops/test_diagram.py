"""What a person does with a map: add, correct, name, ask."""

import pytest

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.parts import Link
from cstools.errors import ModelError, UnknownNameError


def test_a_cell_run_twice_leaves_the_map_as_it_was():
    map_ = CausalLoopDiagram()
    for _ in range(2):
        map_.link("effort", "skill", "+", delayed=True, reason="practice", source="Ericsson 1993")
        map_.variable("effort", lens="self")
    assert map_.links == (Link("effort", "skill", "+", True, "practice", "Ericsson 1993"),)
    assert map_["Effort"].lens == "self"


def test_to_say_a_link_again_replaces_what_was_said_of_it():
    map_ = CausalLoopDiagram("a -> b: +").link("A", "B", "+", reason="now we know")
    assert map_.links == (Link("a", "b", "+", False, "now we know"),)


def test_a_link_of_another_sign_stands_beside_the_first_until_it_is_taken_away():
    map_ = CausalLoopDiagram("a -> b: +").link("a", "b", "-")
    assert [link.polarity for link in map_.links] == ["+", "-"]
    assert map_.unlink("a", "b").links == ()
    assert map_.variables == ("a", "b")


def test_the_source_of_a_link_survives_writing_and_reading():
    map_ = CausalLoopDiagram().link("a", "b", "+", reason="why", source="Kim [1992]")
    (link,) = CausalLoopDiagram(map_.to_text()).links
    assert (link.reason, link.source) == ("why", "Kim (1992)")


def raised_by(action):
    with pytest.raises((ModelError, UnknownNameError)) as lesson:
        action()
    return str(lesson.value)


def test_each_mistake_in_code_gets_a_lesson():
    map_ = CausalLoopDiagram("effort -> skill: +\nskill -> joy: +", name="practice")
    assert raised_by(lambda: map_.link("a", "b", "up")) == (
        "link 'a' → 'b': 'up' is not a sign; a sign is + (both move the same way), "
        "- (they move opposite ways) or ? (it cannot be said)"
    )
    assert raised_by(lambda: map_.link("", "b", "+")) == (
        "'' is not a name; a variable's name has a letter or a digit in it"
    )
    assert raised_by(lambda: map_.link(3, "b", "+")) == (
        "the name of a variable is a text in quotation marks, not int"
    )
    assert raised_by(lambda: map_.variable("joy", lens="me")) == (
        "variable 'joy': 'me' is not a lens; the lenses are 'self', 'others' and 'world'"
    )
    assert raised_by(lambda: map_.link("a", "b", "+", delayed="no")) == (
        "link 'a' → 'b': delayed is True or False, not 'no'"
    )
    assert raised_by(lambda: map_.link("a", "b", "+", reason=3)) == (
        "link 'a' → 'b': the reason is a text in quotation marks, not 3"
    )
    assert raised_by(lambda: map_.variable("jo\x00y")) == (
        "the name 'jo�y' has an invisible character (U+0000); delete it and write this place again"
    )
    assert raised_by(lambda: map_.name_loop("effort", "flow")) == (
        "the map 'practice': the variables of a loop are a list of names, ['one', 'another']; "
        "this is 'effort'"
    )
    assert raised_by(lambda: map_.loops(seconds=float("nan"))) == (
        "seconds is how long to search, a number such as 2, not nan"
    )
    assert raised_by(lambda: map_.loops(longest=0)) == (
        "longest is a whole number from 1 to 1,000,000,000, not 0"
    )
    assert raised_by(lambda: CausalLoopDiagram("", 7)) == (
        "the name of a map is a text in quotation marks, not 7"
    )
    assert raised_by(lambda: map_["effrt"]) == (
        "the map 'practice': nothing is called 'effrt'; did you mean 'effort'?"
    )
    assert raised_by(lambda: map_.unlink("skill", "effort")) == (
        "the map 'practice': there is no link 'skill' → 'effort' to take away"
    )
    assert raised_by(lambda: map_.name_loop(["effort", "skill", "joy"], "flow")) == (
        "the map 'practice': this is no loop, because there is no link 'joy' → 'effort'"
    )
    assert raised_by(lambda: map_.name_loop([], "flow")) == (
        "the map 'practice': a loop is named by its variables, each of them once"
    )
    assert raised_by(lambda: CausalLoopDiagram(["a -> b"])) == (
        "a causal loop diagram is written as text, one 'cause -> effect: +' a line; this is list"
    )
