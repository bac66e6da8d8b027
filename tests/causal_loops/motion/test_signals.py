"""The story of one loop, told link by link."""

import pytest

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.motion.signals import ASSUMES
from cstools.errors import UnknownNameError
from tests.causal_loops.maps import REWORK, TRAP


@pytest.fixture(scope="module")
def rework():
    return CausalLoopDiagram(REWORK).name_loop(TRAP, "burnout trap")


def test_a_reinforcing_loop_comes_back_as_more_of_the_same(rework):
    assert repr(rework.story("burnout trap", "overtime")) == (
        "R1 “burnout trap” (reinforcing): more overtime → more tiredness, after a while → more "
        "mistakes → more work remaining → more schedule pressure → even more overtime. It comes "
        "back as more of the same, so the loop carries on whatever it is given. "
        f"{ASSUMES}"
    )


def test_a_story_can_begin_with_less(rework):
    assert repr(rework.story("R1", "mistakes", up=False)).startswith(
        "R1 “burnout trap” (reinforcing): fewer mistakes → less work remaining → less schedule "
        "pressure → less overtime → less tiredness, after a while → even fewer mistakes. "
    )


def test_a_balancing_loop_works_against_the_change(rework):
    assert repr(rework.story("B1", "overtime")) == (
        "B1 (balancing): more overtime → more work done → less work remaining → less schedule "
        "pressure → less overtime. It comes back the other way round, so the loop works against "
        f"the change. {ASSUMES}"
    )


def test_a_balancing_loop_with_a_delay_warns_of_pushing_too_far():
    map_ = CausalLoopDiagram("tap -> warmth: + delayed\nwarmth -> tap: -")
    assert map_.story("B1").moral == (
        "It comes back the other way round, so the loop works against the change. It takes a "
        "while, so by then one may have pushed too far."
    )


def test_after_an_unknown_sign_the_story_does_not_pretend():
    story = CausalLoopDiagram("a -> b: +\nb -> c: ?\nc -> a: -").story("?1", "a")
    assert [beat.direction for beat in story.beats] == [1, 1, 0, 0]
    assert repr(story) == (
        "?1 (of unknown polarity): more a → more b → more or less c → more or less a. A link on "
        f"the way has no sign yet, so the story cannot say how it comes back. {ASSUMES}"
    )


def test_a_delayed_link_takes_three_beats(rework):
    beats = rework.story("R1", "overtime").beats
    assert [beat.arrives for beat in beats] == [0, 3, 4, 5, 6, 7]


def test_a_variable_that_is_not_in_the_loop_gets_the_nearest(rework):
    with pytest.raises(UnknownNameError) as lesson:
        rework.story("B1", "over time")
    assert str(lesson.value) == "loop B1: nothing is called 'over time'; did you mean 'overtime'?"


def test_a_cell_shows_the_steps_as_a_list_with_their_reasons():
    map_ = CausalLoopDiagram("a -> b: +  # because <it> is so\nb -> a: +")
    html = map_.story("R1")._repr_mimebundle_()["text/html"]
    assert html.count("<li>") == 3
    assert "<small>(because &lt;it&gt; is so)</small>" in html
