"""A model in which people decide some values anew in every round."""

from __future__ import annotations

import numpy as np
import pytest

from cstools import StockFlow
from cstools.errors import CstoolsError
from cstools.stock_flow.by_rounds import by_rounds


def bath() -> StockFlow:
    model = StockFlow("A bath", stop=12, dt=0.25, time_units="minute")
    model.stock("water", 40, units="litre")
    model.flow("tap", "opening", into="water", units="litre/minute")
    model.flow("drain", "water / emptying time", out_of="water", units="litre/minute")
    model.auxiliary("rate", "tap - drain", units="litre/minute")
    model.constant("opening", 12, units="litre/minute", between=(0, 30))
    model.constant("emptying time", 8, units="minute", between=(2, 20))
    model.lookup("weather", [(0, 1), (1, 2)])
    return model


def test_what_is_left_to_the_model_is_the_model_itself():
    game = by_rounds(bath(), ["opening", "drain"], every=3, rounds=None)
    assert (game.rounds, game.steps) == (4, 12)
    left, itself = game.run([[None, None]] * 4), bath().run()
    for name in ("water", "tap", "drain", "rate", "opening"):
        np.testing.assert_array_equal(left[name], itself[name])


def test_a_constant_follows_the_decisions_as_it_follows_a_course():
    game = by_rounds(bath(), ["opening"], every=3, rounds=None)
    run = game.run([[0], [30], [5], [12]])
    course = bath().with_course("opening", [(0, 0), (3, 30), (6, 5), (9, 12)], steps=True)
    np.testing.assert_array_equal(run["water"], course.run()["water"])
    assert list(run["opening"][[0, 11, 12, 23, 24, 36, 48]]) == [0, 0, 30, 30, 5, 12, 12]


def test_what_a_player_decides_stands_in_the_place_of_the_rule():
    game = by_rounds(bath(), ["drain"], every=3, rounds=None)
    run = game.run([[10], [None], [0], [12]])
    # Three minutes at 12 in and 10 out are exact: every step adds the same.
    assert run["water"][12] == 40 + 3 * (12 - 10)
    np.testing.assert_array_equal(run["drain"][12:24], run["water"][12:24] / 8)
    assert run["water"][36] - run["water"][24] == pytest.approx(3 * 12)  # nothing drained


def test_steps_that_are_no_binary_fraction_change_hands_at_the_right_step():
    model = bath()
    model.clock = model.clock.__class__(0, 12, 0.1)
    run = by_rounds(model, ["opening"], every=0.3, rounds=40).run([[n % 7] for n in range(40)])
    decided = np.repeat([n % 7 for n in range(40)], 3)
    np.testing.assert_array_equal(run["opening"][:-1], decided)


def test_later_decisions_change_nothing_before_them():
    game = by_rounds(bath(), ["opening", "drain"], every=3, rounds=None)
    first = [[20, 5], [3, None]]
    short, long = game.run(first), game.run([*first, [30, 0], [0, None]])
    assert short.time[-1] == 6
    np.testing.assert_array_equal(long["water"][:25], short["water"])


def test_what_answers_at_once_to_a_decision_is_known_late():
    late = by_rounds(bath(), ["opening"], every=3, rounds=None).late
    assert late == {"opening", "tap", "rate"}  # the water and its drain answer in the next step


def test_a_game_can_be_longer_than_the_model_itself():
    assert by_rounds(bath(), ["opening"], every=6, rounds=5).run([[12]] * 5).time[-1] == 30


def test_an_element_of_an_array_can_be_decided():
    model = StockFlow("Two baths", stop=4, dt=1)
    model.dimension("bath", ["left", "right"])
    model.stock("water[bath]", 10)
    model.flow("tap[bath]", "opening[bath]", into="water[bath]")
    model.constant("opening[bath]", [1, 2], between=(0, 9))
    run = by_rounds(model, ["opening[right]"], every=2, rounds=None).run([[5], [0]])
    assert run["water left"][-1] == 10 + 4 * 1
    assert run["water right"][-1] == 10 + 2 * 5


def with_method() -> StockFlow:
    model = bath()
    model.method = "rk4"
    return model


LESSONS = {
    "nobody decides a stock": (
        lambda: by_rounds(bath(), ["water"], 3, None),
        "stock 'water' changes through its flows, and nobody can decide it; let a player decide "
        "a constant, or a flow or an auxiliary, whose equation then is the rule without a player",
    ),
    "nor a lookup": (
        lambda: by_rounds(bath(), ["weather"], 3, None),
        "lookup 'weather' is a relation, and nobody can decide it; let a player decide a "
        "constant, or a flow or an auxiliary, whose equation then is the rule without a player",
    ),
    "a name that is not there": (
        lambda: by_rounds(bath(), ["openin"], 3, None),
        "model 'A bath': nothing is called 'openin'; did you mean 'opening'?",
    ),
    "two decide the same": (
        lambda: by_rounds(bath(), ["opening", "Opening"], 3, None),
        "constant 'opening' is decided by two players; give each one its own",
    ),
    "a round of broken steps": (
        lambda: by_rounds(bath(), ["opening"], 0.6, None),
        "model 'A bath', every=: a round of 0.6 is no whole number of steps of dt=0.25; choose 0.5",
    ),
    "no rounds": (
        lambda: by_rounds(bath(), ["opening"], 3, 0),
        "model 'A bath', rounds=: 0 rounds cannot be played; choose between 1 and 500",
    ),
    "a method that looks ahead": (
        lambda: by_rounds(with_method(), ["opening"], 3, None),
        "model 'A bath' runs by 'rk4', which looks ahead within a step, to decisions that nobody "
        'has made yet; play one with method="euler"',
    ),
    "nothing played yet": (
        lambda: by_rounds(bath(), ["opening"], 3, None).run([]),
        "nothing of 'A bath' has been played yet; decide the first round, or give decisions with "
        "game=",
    ),
}


@pytest.mark.parametrize("name", LESSONS)
def test_what_cannot_be_played_is_a_lesson(name):
    do, lesson = LESSONS[name]
    with pytest.raises(CstoolsError) as error:
        do()
    assert str(error.value) == lesson


def test_an_array_is_not_decided_as_a_whole():
    model = StockFlow("Two baths", stop=4, dt=1)
    model.dimension("bath", ["left", "right"])
    model.stock("water[bath]", 10)
    model.flow("tap[bath]", "opening[bath]", into="water[bath]")
    model.constant("opening[bath]", [1, 2])
    with pytest.raises(CstoolsError) as error:
        by_rounds(model, ["opening"], every=2, rounds=None)
    assert str(error.value) == (
        "'opening' is an array; say which of it, such as 'opening[left]' or 'opening[right]'"
    )
