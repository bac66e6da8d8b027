"""Fuzzy cognitive maps: levels between two ends, all links weighed together."""

import math

import numpy as np
import pytest

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.motion.fuzzy import ASSUMES
from tests.causal_loops.maps import REWORK

CHAIN = "a -> b: +\nb -> c: -"


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def test_koskos_rule_squeezes_what_the_causes_say():
    found = CausalLoopDiagram(CHAIN).fuzzy("a", squash="sigmoid", steepness=2.0)
    b = sigmoid(2 * 1.0)
    # Both are the same formula; 1e-12 is the rounding of tanh against exp.
    assert found.values[-1] == pytest.approx([1.0, b, sigmoid(-2 * b)], abs=1e-12)
    rest = sigmoid(2 * 0.5)
    assert found.before == pytest.approx([0.5, rest, sigmoid(-2 * rest)], abs=1e-12)


def test_the_modified_rule_remembers_a_variables_own_level():
    found = CausalLoopDiagram(CHAIN).fuzzy("a", rule="modified")
    a, b, c = found.values[-1]
    # At rest to the engine's own 1e-6.
    assert (a, b, c) == pytest.approx((1.0, sigmoid(a + b), sigmoid(c - b)), abs=1e-5)


def test_the_rescaled_rule_leaves_the_middle_in_the_middle():
    found = CausalLoopDiagram(CHAIN).fuzzy("a", rule="rescaled")
    assert found.before.tolist() == [0.5, 0.5, 0.5]
    assert found.sides == ("↑", "↑", "↓")


def test_tanh_lies_between_minus_one_and_one():
    found = CausalLoopDiagram(CHAIN).fuzzy({"a": -1}, squash="tanh")
    b = math.tanh(-1)
    assert found.values[-1] == pytest.approx([-1, b, math.tanh(-b)], abs=1e-12)
    assert found.sides == ("↓", "↓", "↑")


def test_three_values_go_round_a_cycle_of_four():
    # With c held at 1: a' = sign(c − b), b' = a; from (0, 0): (1, 0), (1, 1), (0, 1), (0, 0).
    map_ = CausalLoopDiagram("c -> a: +\na -> b: +\nb -> a: -")
    found = map_.fuzzy("c", squash="trivalent")
    assert (found.ending.kind, found.ending.period) == ("limit cycle", 4)
    assert found.values[1:6, 1].tolist() == [0, 1, 1, 0, 0]
    assert "It never rests: from step 1 on it goes round a cycle of 4 steps." in repr(found)


def test_two_values_are_on_or_off():
    found = CausalLoopDiagram(CHAIN).fuzzy("a", squash="bivalent")
    assert found.values[-1].tolist() == [1, 1, 0]
    assert found.sides == ("↑", "↑", "=")


def test_a_map_at_rest_is_told():
    assert repr(CausalLoopDiagram("stress -> sleep: -").fuzzy("stress")) == (
        "Fuzzy cognitive map (kosko, sigmoid), more stress, held so. It comes to rest at step 2. "
        f"Compared with before: higher: stress; lower: sleep. {ASSUMES}"
    )


def test_a_map_that_has_not_come_to_rest_does_not_pretend():
    slow = CausalLoopDiagram("a -> b: +\nb -> b: +").fuzzy("a", squash="tanh", steps=3)
    assert slow.ending.kind == "neither yet"
    assert slow.sides == ("?", "?")
    assert "It has neither come to rest nor closed a cycle yet; give it more steps." in repr(slow)


def test_a_weak_link_moves_less():
    map_ = CausalLoopDiagram("a -> b: +")
    weak = map_.fuzzy("a", squash="tanh", strengths={("a", "b"): 0.1})
    assert weak.values[-1, 1] == pytest.approx(math.tanh(0.1), abs=1e-12)


def test_an_unknown_sign_is_tried_both_ways():
    found = CausalLoopDiagram("a -> b: ?\na -> c: +").fuzzy("a")
    assert found.sides == ("↑", "?", "↑")
    assert "With every unknown sign read as +: it comes to rest" in repr(found)


def test_a_steep_curve_of_many_links_does_not_overflow():
    links = "\n".join(f"a -> v{i}: +\nv{i} -> b: -" for i in range(30))
    found = CausalLoopDiagram(links).fuzzy("a", steepness=1000.0)
    assert np.isfinite(found.values).all()


def test_a_picture_shows_the_levels_before_and_after():
    axes = CausalLoopDiagram(REWORK).fuzzy("overtime").plot().figure.axes[0]
    line = axes.lines[1]
    assert line.get_label() == "overtime"
    assert line.get_ydata()[0] < line.get_ydata()[1] == 1.0
