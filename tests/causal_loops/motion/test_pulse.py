"""One push travels along the links, and each change causes the next."""

import numpy as np
import pytest
from hypothesis import given
from matplotlib.text import Text

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.motion.course import picture
from cstools.causal_loops.motion.pulse import ASSUMES
from cstools.plotting.picture import Picture
from tests.causal_loops.maps import REWORK
from tests.causal_loops.motion.maps import matrices, of_matrix

BALANCING = "a -> b: +\nb -> c: +\nc -> a: -"


def test_three_in_a_ring_with_one_minus_return_with_period_six():
    found = CausalLoopDiagram(BALANCING).pulse("a", steps=12)
    assert (found.fate, found.period) == ("returns", 6)
    assert found.pulses[:, 0].tolist() == [1, 0, 0, -1, 0, 0, 1, 0, 0, -1, 0, 0, 1]
    assert found.values[:, 0].tolist() == [1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1]


@pytest.mark.parametrize("size", range(1, 10))
def test_a_ring_of_any_size_with_one_minus_returns_after_twice_its_length(size):
    ring = np.eye(size, k=-1, dtype=int)
    ring[0, -1] = -1
    found = of_matrix(ring).pulse("v0", steps=1)
    assert (found.fate, found.period) == ("returns", 2 * size)


@given(matrices())
def test_a_change_is_what_the_signs_make_of_the_change_before(matrix):
    found = of_matrix(matrix).pulse({"v0": 2}, steps=6)
    # Whole numbers, so the powers of the matrix are exact.
    start = np.eye(len(matrix), dtype=int)[0] * 2
    for step, pulse in enumerate(found.pulses):
        assert (pulse == np.linalg.matrix_power(matrix, step) @ start).all()
    assert (np.diff(found.values, axis=0) == found.pulses[1:]).all()


def test_a_push_on_a_map_without_loops_dies_out():
    found = CausalLoopDiagram("a -> b: +\na -> c: -\nc -> d: +").pulse("a")
    assert repr(found) == (
        "One push, more a: it travels to its end and dies out. Never below where they began: a, b; "
        f"never above where they began: c, d. {ASSUMES}"
    )


def told(text, pressed="a"):
    return repr(CausalLoopDiagram(text).pulse(pressed)).split(". ")[0]


def test_what_becomes_of_a_push_is_told():
    ring = "b -> c: +\nc -> b: -"
    assert told(BALANCING) == (
        "One push, more a: everything comes back to where it began, every 6 steps"
    )
    assert told(f"a -> b: +\n{ring}") == (
        "One push, more a: after a while everything goes round, the same again every 4 steps"
    )
    assert told("a -> b: +\nb -> a: +", "b") == (
        "One push, more b: the same pulses come again every 2 steps, and each time the values end "
        "up farther along"
    )
    assert told("a -> a: +\na -> b: +\nb -> a: +").startswith(
        "One push, more a: the pulses grow without end, in the long run to 1.62 times as much each"
    )
    assert told("a -> a: +\na -> b: +\nb -> b: +") == (
        "One push, more a: it neither dies out nor comes back exactly"
    )
    assert told("a -> b: +\nb -> a: ?") == (
        "One push, more a: what becomes of it hangs on the signs that are not known"
    )


def test_growth_beyond_exact_numbers_stops_and_says_so():
    found = CausalLoopDiagram("a -> a: +\na -> b: +\nb -> a: +").pulse("a", steps=1000)
    # The pulses are Fibonacci's numbers, from the first; their sum to the 76th is the 78th less 1,
    # and the 78th is the last below 2**53.
    assert found.time[-1] == 75
    assert "The numbers became too large after step 75." in repr(found)


def test_a_variable_is_told_by_the_sides_it_visits():
    found = CausalLoopDiagram(REWORK).pulse("overtime", steps=9)
    sides = dict(zip(found.variables, found.sides, strict=True))
    assert (sides["overtime"], sides["work remaining"]) == ("↑", "↕")


def test_a_sign_that_makes_no_difference_does_not_make_it_untold():
    found = CausalLoopDiagram("a -> b: +\nb -> c: ?").pulse("a")
    assert found.sides == ("↑", "↑", "?")
    assert found.doubt == "The sign of b → c is not known; both were tried."


def test_a_link_can_hand_on_less_than_the_whole():
    found = CausalLoopDiagram("a -> b: -").pulse("a", strengths={("a", "b"): 0.25})
    assert found.values[-1].tolist() == [1, -0.25]


def test_less_and_fewer_are_said_as_one_says_them():
    map_ = CausalLoopDiagram("mistakes -> stress: +")
    assert map_.pulse({"mistakes": -1, "stress": 1}).pressed == "fewer mistakes and more stress"
    assert map_.pulse({"stress": -1}).pressed == "less stress"


def test_a_cell_shows_the_picture_with_its_sentence():
    found = CausalLoopDiagram(REWORK).pulse("overtime")
    assert isinstance(found.plot(), Picture)
    shown = found._repr_mimebundle_()
    assert shown["text/plain"] == repr(found)
    assert "<svg" in shown["text/html"]


def test_a_picture_of_very_many_variables_shows_those_that_move_most():
    names, step = [f"v{i}" for i in range(20)], np.arange(3.0)
    drawn = picture(names, np.outer(step, np.arange(20.0) % 13), "title", "told.")
    assert drawn.sentence == "told. The picture shows the 12 of 20 that move most."
    written = " ".join(text.get_text() for text in drawn.figure.findobj(Text)).split()
    assert [name for name in names if name in written] == [*names[4:13], *names[17:]]
