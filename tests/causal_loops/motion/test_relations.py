"""Links said in words: about the same, a lot, a little, more and more, less and less."""

import pytest

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.motion.relations import ASSUMES, RELATIONS, level_words
from tests.causal_loops.maps import REWORK


def end(text, pressed, words=None):
    found = CausalLoopDiagram(text).relations(pressed, words)
    return dict(zip(found.variables, found.values[-1].tolist(), strict=True))


def test_words_say_how_far_an_effect_goes():
    words = {("a", name): name for name in RELATIONS}
    text = "\n".join(f"a -> {name}: +" for name in RELATIONS)
    assert end(text, {"a": 0.5}, words) == pytest.approx(
        # (√4 − 1)/3 is a third; (1/√4 − 1)/3, turned round, is a sixth and twice as much.
        {
            "a": 0.5,
            "about the same": 0.5,
            "a lot": 1.0,
            "a little": 0.25,
            "more and more": 1 / 3,
            "less and less": 1 / 6,
        }
    )


@pytest.mark.parametrize("word", RELATIONS)
def test_every_word_keeps_the_usual_and_the_direction(word):
    curve = RELATIONS[word]
    levels = [float(curve(level)) for level in (-1, -0.5, 0, 0.5, 1)]
    assert levels[2] == 0
    assert levels == sorted(levels)
    assert -1 <= levels[0] < 0 < levels[-1] <= 1


def test_more_and_more_is_steep_where_the_cause_is_high():
    curve = RELATIONS["more and more"]
    assert curve(1.0) - curve(0.5) > curve(0.5) - curve(0.0) > curve(0.0) - curve(-0.5)


def test_the_words_stand_in_the_reason_beside_a_link():
    text = "a -> b: +  # a little; we counted\na -> c: -  # A lot\na -> d: +  # a lottery"
    found = CausalLoopDiagram(text).relations({"a": 0.5})
    assert found.values[-1].tolist() == [0.5, 0.25, -1.0, 0.5]
    assert found.said[("a", "d")] == "about the same"


def test_causes_are_averaged():
    assert end("a -> c: +\nb -> c: +", "a")["c"] == 0.5
    assert end("a -> c: +\nb -> c: -", {"a": 1, "b": 1})["c"] == 0


def test_a_balancing_loop_goes_round_when_nothing_softens_it():
    text = "push -> a: +\na -> b: +\nb -> a: -"
    found = CausalLoopDiagram(text).relations("push")
    assert found.ending.kind == "fixed point"
    # a = (1 − b)/2 and b = a have the answer a third; settled to the engine's 1e-5.
    assert found.values[-1].tolist() == pytest.approx([1, 1 / 3, 1 / 3], abs=1e-4)


def test_levels_are_told_in_words():
    assert [level_words(level) for level in (1, 0.5, 0.2, 0.05, 0, -0.5)] == [
        "far above the usual",
        "clearly above the usual",
        "a little above the usual",
        "a very little above the usual",
        "as usual",
        "clearly below the usual",
    ]
    found = CausalLoopDiagram("stress -> sleep: -  # a little").relations("stress")
    assert found.words() == {"stress": "far above the usual", "sleep": "clearly below the usual"}
    assert repr(found) == (
        "Relations in words, more stress, held so. It comes to rest at step 2. At the end, stress: "
        f"far above the usual; sleep: clearly below the usual. {ASSUMES}"
    )


def test_an_unknown_sign_leaves_the_end_open():
    found = CausalLoopDiagram("a -> b: ?").relations("a")
    assert "Compared with the usual: higher: a; cannot be told: b." in repr(found)


def test_a_cell_shows_the_picture_and_the_words_of_each_link():
    html = CausalLoopDiagram(REWORK).relations("overtime")._repr_mimebundle_()["text/html"]
    assert "<svg" in html
    assert html.count("about the same") == 7
