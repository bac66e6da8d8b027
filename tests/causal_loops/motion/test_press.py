"""A lasting push shifts the balance: which way, and how sure the diagram is of it."""

from itertools import permutations
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given, settings

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.motion.press import ASSUMES
from tests.causal_loops.maps import REWORK
from tests.causal_loops.motion.maps import matrices, of_matrix

# The three matrices of the specification; rows are effects.
FOUR = [[-1, -1, 0, 0], [1, 0, -1, -1], [0, 1, 0, 0], [0, 1, 0, -1]]
OMNIVORE = [[-1, -1, 0], [1, 0, -1], [1, 1, -1]]
CHAIN = [[-1, -1, 0], [1, 0, -1], [0, 1, -1]]


def test_two_consumers_of_one_have_the_adjoint_that_the_specification_gives():
    press = of_matrix(FOUR).press()
    assert press.adjoint.tolist() == [[1, 0, 1, 0], [0, 0, -1, 0], [1, 1, 2, -1], [0, 0, -1, 1]]
    assert press.determinant == 1
    assert press.variables == ("v0", "v1", "v2", "v3")


def test_an_omnivore_has_the_adjoint_and_the_count_that_the_specification_gives():
    press = of_matrix(OMNIVORE).press()
    assert press.adjoint.tolist() == [[1, -1, 1], [0, 1, -1], [1, 0, 1]]
    assert press.total.tolist() == [[1, 1, 1], [2, 1, 1], [1, 2, 1]]
    assert press.weights.tolist() == [[1, -1, 1], [0, 1, -1], [1, 0, 1]]


def test_in_a_food_chain_every_answer_is_sure():
    press = of_matrix(CHAIN).press()
    assert press.determinant == 2
    assert np.abs(press.weights).tolist() == [[1] * 3] * 3
    assert {answer.certainty for name in press.variables for answer in press.of(name)} == {"sure"}


def test_rows_are_who_responds_and_columns_who_is_pressed():
    press = CausalLoopDiagram("a -> b: +").press(self_limiting=True)
    assert press.adjoint.tolist() == [[1, 0], [1, 1]]
    assert (press.response("b", "a").mark, press.response("a", "b").mark) == ("↑ sure", "=")


@given(matrices())
def test_the_adjoint_times_minus_a_is_the_determinant(matrix):
    press = of_matrix(matrix).press()
    product = press.adjoint @ -matrix
    assert (product == press.determinant * np.eye(len(matrix), dtype=int)).all()


@given(matrices(2, 5))
def test_the_count_is_the_permanent_of_what_is_left(matrix):
    press = of_matrix(matrix).press()
    size = len(matrix)
    for who in range(size):
        for pressed in range(size):
            left = np.delete(np.delete(np.abs(matrix), pressed, axis=0), who, axis=1)
            ways = sum(
                int(np.prod([left[row, column] for row, column in enumerate(columns)]))
                for columns in permutations(range(size - 1))
            )
            assert press.total[who, pressed] == ways
            assert abs(press.adjoint[who, pressed]) <= ways


@given(matrices(2, 5, diagonal=-1))
def test_what_is_sure_holds_with_whatever_strengths_have_a_balance(matrix):
    press = of_matrix(matrix).press()
    draws = press.simulate(draws=100)
    if not draws.kept or press.obstacle:
        return
    # Shares of exactly 1: not one draw may speak against what is called sure.
    assert (draws.rising[press.certainty == 1] == 1).all()
    assert (draws.falling[press.certainty == -1] == 1).all()
    assert (draws.rising + draws.falling)[press.total == 0].sum() == 0


@settings(max_examples=50)
@given(matrices(2, 4, signs=(-1, 0, 0, 1, 2), diagonal=-1))
def test_an_answer_with_unknown_signs_is_the_answer_with_either(matrix):
    found = of_matrix(matrix).press()
    told = np.abs(found.weights) >= 0.5
    unknown = np.argwhere(matrix == 2)
    for reading in np.ndindex(*(2,) * min(len(unknown), 4)):
        known = matrix.copy()
        for place, sign in zip(unknown, reading, strict=False):
            known[tuple(place)] = 1 - 2 * sign
        known[known == 2] = 1
        weights = of_matrix(known).press().weights
        assert (np.sign(weights) == np.sign(found.weights))[told].all()
        # Weights are quotients of whole numbers; 1e-12 allows for their rounding only.
        assert (np.abs(weights) >= np.abs(found.weights) - 1e-12)[told].all()


def test_a_piece_that_is_not_on_the_way_cannot_blur_an_answer():
    # Whether one's own mistakes rise when pressed has nothing to do with the loop before them.
    map_ = CausalLoopDiagram("a -> b: +\nb -> a: +\nb -> mistakes: +\ndriver -> a: +")
    press = map_.press(self_limiting=True)
    assert press.response("mistakes", "mistakes").mark == "↑ sure"
    assert press.response("driver", "driver").mark == "↑ sure"
    row = press.variables.index("mistakes")
    assert (press.weights[row, row], press.certainty[row, row]) == (0, 1)


def test_two_links_that_contradict_each_other_count_as_an_unknown_sign():
    both = CausalLoopDiagram("a -> b: +\na -> b: -\na -> a: -\nb -> b: -").press()
    asked = CausalLoopDiagram("a -> b: ?\na -> a: -\nb -> b: -").press()
    assert both.doubtful == asked.doubtful == ("a → b",)
    assert both.response("b", "a").certainty == "cannot be told from the diagram"
    assert repr(both) == repr(asked)


def test_a_map_is_told_in_sentences():
    map_ = CausalLoopDiagram("stress -> sleep: -\nsleep -> stress: -\nsleep -> mistakes: -")
    assert repr(map_.press(self_limiting=True)) == (
        "With more stress, kept up: stress and mistakes rise for sure; sleep falls for sure.\n"
        "With more sleep, kept up: sleep rises for sure; stress and mistakes fall for sure.\n"
        "With more mistakes, kept up: mistakes rise for sure; stress and sleep stay as before.\n"
        "With all links equally strong, the map does not return to its balance: nothing pulls it "
        "back (the feedback of 3 variables is not negative).\n"
        "Each variable that the map lets run free was taken to fall back by itself: stress, sleep "
        "and mistakes.\n"
        f"{ASSUMES}"
    )


def test_a_larger_map_is_told_in_numbers():
    press = of_matrix(-np.eye(7, dtype=int)).press()
    assert repr(press).splitlines()[0] == (
        "Of the 49 answers to pressing each of 7 variables, 7 are sure, 0 likely, 42 say 'no "
        "change', and 0 cannot be told from the diagram. Ask for one: .of('v0')."
    )


def test_a_likely_answer_is_said_to_be_likely():
    # Four ways from v0 to v4, one of them negative: (3 - 1) / 4.
    text = "\n".join(f"v0 -> m{i}: +\nm{i} -> end: {sign}" for i, sign in enumerate("+++-"))
    press = CausalLoopDiagram(text).press(self_limiting=True)
    answer = press.response("end", "v0")
    assert (answer.sign, answer.certainty, str(answer)) == (1, "likely", "end likely rises")
    assert press.weights[press.variables.index("end"), 0] == 0.5


def test_a_map_without_a_balance_says_so_and_what_to_do():
    press = CausalLoopDiagram("a -> b: +").press()
    assert repr(press) == (
        "Press prediction of 2 variables.\n"
        "This map has no balance that could shift: its links close no set of separate loops that "
        "holds every variable. press(self_limiting=True) lets each variable fall back by itself.\n"
        f"{ASSUMES}"
    )
    assert press.response("b", "a").mark == "?"


def test_a_map_that_only_runs_away_predicts_nothing():
    press = CausalLoopDiagram("a -> b: +\nb -> a: +").press()
    assert press.obstacle == "never holds"
    assert press.note == (
        "The balance of this map holds with no strengths: pushed, the map runs away, so nothing "
        "is predicted. press(self_limiting=True) lets each variable fall back by itself."
    )


def test_a_map_on_which_nothing_limits_itself_says_what_is_taken_for_granted():
    press = CausalLoopDiagram("prey -> hunters: +\nhunters -> prey: -").press()
    assert press.note == (
        "With all links equally strong, the map does not return to its balance: nothing pulls it "
        "back (the feedback of the variables on themselves is not negative). Nothing limits itself "
        "among prey and hunters, so as drawn they never come to rest; the answers take for granted "
        "that something does which is not drawn. press(self_limiting=True) puts it there."
    )


def test_self_limits_are_added_where_there_are_none_and_only_when_asked_for():
    map_ = CausalLoopDiagram("a -> a: +\na -> b: +\nb -> c: -\nc -> c: ?")
    assert map_.press().self_limited == ()
    assert map_.press(self_limiting=True).self_limited == ("b",)


def test_too_many_ways_are_not_counted_and_nothing_is_called_sure():
    press = of_matrix(np.ones((26, 26), dtype=int) - 2 * np.eye(26, dtype=int))
    begin = perf_counter()
    found = press.press(seconds=0.3)
    # Ten times the budget, for a busy machine; to count them all would take hours.
    assert perf_counter() - begin < 3
    assert not found.complete
    assert np.isnan(found.weights).all()
    assert found.response("v1", "v0").certainty == "cannot be told from the diagram"
    assert found.note.endswith(
        " There are too many ways to count in the time given, so nothing is called sure or "
        "likely; more time: press(seconds=60), and random strengths: .simulate()."
    )


def test_what_no_path_reaches_is_told_even_when_the_time_runs_out():
    dense = np.ones((26, 26), dtype=int) - 2 * np.eye(26, dtype=int)
    dense[-1, :-1] = 0
    found = of_matrix(dense).press(seconds=0.05)
    assert not found.complete
    assert found.response("v25", "v0").certainty == "no change"


def test_numbers_beyond_64_bits_stay_exact():
    # The determinant of 50 rows of signs, half of them 0, is of the order of the root of 50!/2⁵⁰.
    random = np.random.default_rng(1)
    matrix = np.where(random.random((50, 50)) < 0.5, random.choice([-1, 1], (50, 50)), 0)
    press = of_matrix(matrix).press(seconds=0.01)
    row = press.adjoint.astype(object)[0]
    product = [sum(row[k] * -int(matrix[k, j]) for k in range(50)) for j in range(50)]
    assert product == [press.determinant] + [0] * 49
    assert press.adjoint.dtype == object


def test_less_of_it_turns_the_answers_round():
    press = CausalLoopDiagram(REWORK).press(self_limiting=True)
    assert repr(press.of("mistakes", up=False)) == (
        "With fewer mistakes, kept up: schedule pressure, overtime, work done, work remaining, "
        "tiredness and mistakes fall for sure."
    )
    assert press.marks({"mistakes": -1}) == ("↓",) * 6


def test_pushes_that_pull_apart_cannot_be_told():
    map_ = CausalLoopDiagram("a -> c: +\nb -> c: +").press(self_limiting=True)
    assert map_.marks({"a": 1, "b": 1}) == ("↑", "↑", "↑")
    assert map_.marks({"a": 1, "b": -1}) == ("↑", "?", "↓")


@pytest.mark.parametrize("limits", [False, True])
def test_a_cell_shows_a_table_with_the_names_of_rows_and_columns(limits):
    html = CausalLoopDiagram(REWORK).press(limits)._repr_mimebundle_()["text/html"]
    assert html.count('scope="row"') == 6
    assert html.count('scope="col"') == 7
