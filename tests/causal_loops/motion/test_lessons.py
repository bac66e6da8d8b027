"""What cannot be set in motion gets a lesson."""

import pytest

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.errors import ModelError, UnknownNameError

MAP = CausalLoopDiagram("stress -> sleep: -\nsleep -> mood: +")
PRESS = "press a variable by its name, 'stress', or {'stress': -1} for less of it"

LESSONS = [
    (
        lambda: CausalLoopDiagram().press(),
        "nothing moves on an empty map; write a link first: 'cause -> effect: +'",
    ),
    (
        lambda: MAP.pulse("sleeep"),
        "this map: nothing is called 'sleeep'; did you mean 'sleep'?",
    ),
    (lambda: MAP.pulse({}), f"nothing is pressed; {PRESS}"),
    (lambda: MAP.pulse({"stress": 0}), f"nothing is pressed; {PRESS}"),
    (lambda: MAP.compare_motions(3), f"{PRESS}; this is 3"),
    (
        lambda: MAP.fuzzy({"stress": "much"}),
        "'stress' is pressed by a number, 1 or -1, not 'much'",
    ),
    (
        lambda: MAP.relations({"stress": float("nan")}),
        "'stress' is pressed by a number, 1 or -1, not nan",
    ),
    (lambda: MAP.pulse("stress", steps=0), "steps is a whole number from 1 to 10,000, not 0"),
    (
        lambda: MAP.pulse("stress", strengths={("mood", "sleep"): 0.5}),
        "there is no link 'mood' → 'sleep' to give a strength to",
    ),
    (
        lambda: MAP.pulse("stress", strengths={("sleep", "mood"): -0.5}),
        "the strength of 'sleep' → 'mood' is a number above 0 and up to 1, not -0.5; its sign "
        "stands on the map",
    ),
    (
        lambda: MAP.fuzzy("stress", rule="kosco"),
        "a fuzzy map's rule is 'kosko', 'modified' or 'rescaled', not 'kosco'; did you mean "
        "'kosko'?",
    ),
    (
        lambda: MAP.fuzzy("stress", squash="sigmoidal"),
        "a fuzzy map's curve is 'sigmoid', 'tanh', 'bivalent' or 'trivalent', not 'sigmoidal'; did "
        "you mean 'sigmoid'?",
    ),
    (
        lambda: MAP.fuzzy("stress", rule="rescaled", squash="tanh"),
        "the rescaled rule is made for the sigmoid, whose middle is 0.5; with 'tanh' take 'kosko' "
        "or 'modified'",
    ),
    (
        lambda: MAP.fuzzy("stress", steepness=0),
        "steepness is a number above 0, mostly 1, not 0",
    ),
    (
        lambda: MAP.relations("stress", {("stress", "sleep"): "a bit"}),
        "'stress' → 'sleep': 'a bit' is not one of the words for a link, which are 'about the "
        "same', 'a lot', 'a little', 'more and more', 'less and less'; did you mean 'a little' or "
        "'a lot'?",
    ),
    (
        lambda: MAP.relations("stress", {("mood", "sleep"): "a lot"}),
        "there is no link 'mood' → 'sleep' to say in words",
    ),
    (
        lambda: MAP.press(seconds="long"),
        "seconds is how long to search, a number such as 2, not 'long'",
    ),
    (lambda: MAP.press("no"), "self_limiting is True or False, not 'no'"),
    (lambda: MAP.press(True).of("stress", up="down"), "up is True or False, not 'down'"),
    (
        lambda: MAP.press(True).simulate(seed="one"),
        "seed is a whole number from 0 to 9,007,199,254,740,992, not 'one'",
    ),
    (
        lambda: MAP.pulse("stress", strengths=0.5),
        "strengths are said link by link, {('stress', 'sleep'): …}; this is 0.5",
    ),
    (
        lambda: MAP.relations("stress", {"stress": "a lot"}),
        "words are said link by link, {('stress', 'sleep'): …}; 'stress' is no link",
    ),
    (
        lambda: MAP.relations("stress").words("last"),
        "a step is asked for by its place, 0 for the first, not 'last'",
    ),
    (
        lambda: MAP.fuzzy("stress", squash=["tanh"]),
        "a fuzzy map's curve is 'sigmoid', 'tanh', 'bivalent' or 'trivalent', not ['tanh']; did "
        "you mean 'tanh'?",
    ),
    (
        lambda: MAP.compare_motions("stress")["puls"],
        "the ways to move a map: nothing is called 'puls'; did you mean 'one pulse'?",
    ),
    (
        lambda: MAP.press(True).simulate(draws=0),
        "draws is a whole number from 1 to 100,000, not 0",
    ),
    (
        lambda: MAP.press(True).simulate(seconds=-1),
        "seconds is how long to search, a number such as 2, not -1",
    ),
    (
        lambda: MAP.story("R1"),
        "no loop was found on this map; none is called 'R1'",
    ),
]


@pytest.mark.parametrize(("action", "lesson"), LESSONS, ids=range(len(LESSONS)))
def test_what_cannot_move_gets_a_lesson(action, lesson):
    with pytest.raises((ModelError, UnknownNameError)) as raised:
        action()
    assert str(raised.value) == lesson


def test_a_map_too_large_to_be_moved_says_so():
    links = "\n".join(f"v{i} -> v{i + 1}: +" for i in range(9_999))
    large = CausalLoopDiagram(links)
    for move in (large.pulse, large.fuzzy, large.relations, large.compare_motions):
        with pytest.raises(ModelError) as raised:
            move("v0")
        assert str(raised.value) == (
            "a map of 10,000 variables is too large to be set in motion; 300 are the most: "
            "move a part of it"
        )


def test_a_map_too_large_for_exact_numbers_says_so():
    links = "\n".join(f"v{i} -> v{j}: +" for i in range(73) for j in range(73))
    with pytest.raises(ModelError) as raised:
        CausalLoopDiagram(links).press()
    assert str(raised.value) == (
        "press prediction is exact, and too slow for 73 variables and 5,329 links; press a part of "
        "the map"
    )
