"""Whatever is put into a map's brackets, the answer is a result or a lesson."""

import math

import pytest

from cstools import CausalLoopDiagram
from cstools.errors import CstoolsError

TEXT = """
    stress -> sleep: -
    sleep -> mood: +
    mood -> stress: -
    sleep -> stress: -
    noise -> stress: ? delayed
    self: stress, sleep
    others: noise
    loop trap: stress, sleep, mood
"""
ODD = [
    None, True, 0, -1, 1.5, math.nan, math.inf, 10**400,
    "", "zz", b"stress", "a" * 10_000, "\ud800",
    [], ["stress"], [None], ("stress", "sleep"), {}, {"stress": None}, {"stress": "much"}, {1: 2},
    {("stress", "sleep"): "x"}, set(), object(), len,
]  # fmt: skip
DOORS = {
    "CausalLoopDiagram": CausalLoopDiagram,
    "its name": lambda map_, odd: CausalLoopDiagram(TEXT, odd),
    "[]": lambda map_, odd: map_[odd],
    "variable": lambda map_, odd: map_.variable(odd),
    "lens": lambda map_, odd: map_.variable("stress", odd),
    "cause": lambda map_, odd: map_.link(odd, "sleep"),
    "effect": lambda map_, odd: map_.link("stress", odd),
    "sign": lambda map_, odd: map_.link("stress", "sleep", odd),
    "delayed": lambda map_, odd: map_.link("stress", "sleep", "+", odd),
    "reason": lambda map_, odd: map_.link("stress", "sleep", "+", reason=odd),
    "source": lambda map_, odd: map_.link("stress", "sleep", "+", source=odd),
    "unlink": lambda map_, odd: map_.unlink("stress", odd),
    "name_loop": lambda map_, odd: map_.name_loop(odd, "trap"),
    "loop title": lambda map_, odd: map_.name_loop(["stress", "sleep"], odd),
    "loops": lambda map_, odd: map_.loops(odd),
    "longest": lambda map_, odd: map_.loops(longest=odd),
    "most": lambda map_, odd: map_.loops(most=odd),
    "loops[]": lambda map_, odd: map_.loops()[odd],
    "lint[]": lambda map_, odd: map_.lint()[odd],
    "two_way": lambda map_, odd: map_.two_way("stress", odd),
    "answer": lambda map_, odd: map_.two_way("stress", "sleep").answer(odd, odd),
    "structure": lambda map_, odd: map_.structure(odd),
    "structure[]": lambda map_, odd: map_.structure()[odd],
    "loops_through": lambda map_, odd: map_.structure().loops_through("stress", odd),
    "removal": lambda map_, odd: map_.removal("stress", odd),
    "vanishing[]": lambda map_, odd: map_.removal("stress").vanishing[odd],
    "loops_by_lens[]": lambda map_, odd: map_.loops_by_lens()[odd],
    "independent_loops": lambda map_, odd: map_.independent_loops(odd),
    "independent_loops[]": lambda map_, odd: map_.independent_loops()[odd],
    "archetypes": lambda map_, odd: map_.archetypes(odd),
    "archetypes[]": lambda map_, odd: map_.archetypes()[odd],
    "story": lambda map_, odd: map_.story(odd),
    "story begin": lambda map_, odd: map_.story("trap", odd),
    "story up": lambda map_, odd: map_.story("trap", up=odd),
    "pulse": lambda map_, odd: map_.pulse(odd),
    "pulse steps": lambda map_, odd: map_.pulse("stress", odd),
    "pulse strengths": lambda map_, odd: map_.pulse("stress", strengths=odd),
    "fuzzy": lambda map_, odd: map_.fuzzy(odd),
    "fuzzy rule": lambda map_, odd: map_.fuzzy("stress", odd),
    "fuzzy squash": lambda map_, odd: map_.fuzzy("stress", squash=odd),
    "fuzzy steepness": lambda map_, odd: map_.fuzzy("stress", steepness=odd),
    "relations": lambda map_, odd: map_.relations(odd),
    "relations words": lambda map_, odd: map_.relations("stress", odd),
    "words": lambda map_, odd: map_.relations("stress").words(odd),
    "press": lambda map_, odd: map_.press(odd),
    "press seconds": lambda map_, odd: map_.press(True, odd),
    "press of": lambda map_, odd: map_.press(True).of(odd),
    "press up": lambda map_, odd: map_.press(True).of("stress", odd),
    "press response": lambda map_, odd: map_.press(True).response("stress", odd),
    "press marks": lambda map_, odd: map_.press(True).marks(odd),
    "simulate": lambda map_, odd: map_.press(True).simulate(odd),
    "simulate seed": lambda map_, odd: map_.press(True).simulate(3, odd),
    "compare_motions": lambda map_, odd: map_.compare_motions(odd),
    "compare_motions[]": lambda map_, odd: map_.compare_motions("stress")[odd],
    "to_model": lambda map_, odd: map_.to_model(odd),
    "to_model flows": lambda map_, odd: map_.to_model(["stress"], odd),
    "skeleton": lambda map_, odd: map_.to_model(["stress"]).skeleton(odd),
    "differences": lambda map_, odd: map_.to_model(["stress"]).differences(odd),
    "compare": lambda map_, odd: map_.compare(odd),
    "compare seconds": lambda map_, odd: map_.compare(map_, odd),
    "merge": lambda map_, odd: map_.merge(odd),
    "merge name": lambda map_, odd: map_.merge(map_, odd),
    "reveal": lambda map_, odd: map_.reveal(odd),
}  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_an_odd_value_gives_a_result_or_a_lesson_that_is_short(door):
    enter = DOORS[door]
    lessons = []
    for odd in ODD:
        try:
            made = enter(odd) if enter is CausalLoopDiagram else enter(CausalLoopDiagram(TEXT), odd)
            repr(made)
        except CstoolsError as lesson:
            lessons.append(str(lesson))
    assert all(10 < len(lesson) < 500 for lesson in lessons)
