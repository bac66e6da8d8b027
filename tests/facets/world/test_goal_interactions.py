"""The table of scores against sums, powers and loops worked out by hand."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools.errors import CstoolsError, DataError, UnknownNameError
from cstools.facets.world.goal_interactions import GOALS, SCALE, scored, youth_parliament
from cstools.learning.references import references


@st.composite
def tables(draw):
    goals = draw(st.lists(st.sampled_from(sorted(GOALS)), min_size=2, max_size=5, unique=True))
    pairs = [(a, b) for a in goals for b in goals if a != b]
    return scored(goals, {pair: draw(st.integers(-3, 3)) for pair in pairs})


def test_there_are_seventeen_goals_and_seven_scores():
    assert list(GOALS) == list(range(1, 18))
    assert sorted(SCALE) == [-3, -2, -1, 0, 1, 2, 3]
    assert [SCALE[score][0] for score in (3, 2, 1, 0, -1, -2, -3)] == [
        "indivisible", "reinforcing", "enabling", "consistent",
        "constraining", "counteracting", "cancelling",
    ]  # fmt: skip


def test_the_docstring_tells_the_story_and_names_sources_that_are_listed():
    told = youth_parliament.__doc__
    for heading in ("Story", "Behaviour over time", "Where to intervene", "How it can mislead"):
        assert f"{heading}\n" in told
    named = re.findall(r"\[(\w+)\]_", told)
    assert set(named) == {"NilssonGriggsVisbeck2016", "UnitedNations2015"}
    assert set(named) <= set(references())


def test_the_sums_of_rows_and_columns_are_what_the_hand_gives():
    table = youth_parliament()
    # Rows: 2 + 1, 2 − 2, 1 + 2, −1 + 1. Columns: 2 + 1, 2 − 1, 1, 1 − 2 + 2.
    assert table.gives() == {4: 3, 8: 0, 11: 3, 13: 0}
    assert table.gets() == {4: 3, 8: 1, 11: 1, 13: 1}


@given(tables())
def test_what_all_goals_give_is_what_all_goals_get(table):
    assert sum(table.gives().values()) == sum(table.gets().values())


def test_two_steps_go_by_way_of_another_goal():
    table = youth_parliament()
    # Education on climate action: only by way of growth, 2 × −2. Growth on itself: 2·2 + −2·−1.
    second = dict(zip(table.goals, table.after(2), strict=True))
    assert second[4] == (4, -1, 1, -4)
    assert second[8] == (0, 6, -2, 2)
    assert second[11] == (0, 0, 2, 1)
    assert second[13] == (-1, 0, 0, 4)


@settings(max_examples=25)
@given(tables(), st.integers(1, 6))
def test_what_comes_after_k_steps_is_the_kth_power(table, steps):
    # Whole numbers of at most 15^6 = 11,390,625 are exact in both.
    expected = np.linalg.matrix_power(np.array(table.table), steps)
    np.testing.assert_array_equal(np.array(table.after(steps)), expected)


def test_a_chain_ends_and_a_pair_goes_on():
    chain = scored([1, 2, 3], {(1, 2): 3, (2, 3): 2})
    assert chain.after(2)[0] == (0, 0, 6)
    assert chain.after(3) == ((0, 0, 0),) * 3
    pair = scored([1, 2], {(1, 2): 2, (2, 1): -1})
    assert pair.after(4) == ((4, 0), (0, 4))  # (2 × −1)², twice round


def test_two_that_hinder_each_other_make_a_reinforcing_loop():
    quarrel = scored([8, 13], {(8, 13): -2, (13, 8): -1}).diagram().loops()
    help_each_other = scored([4, 8], {(4, 8): 2, (8, 4): 2}).diagram().loops()
    one_of_each = scored([4, 8], {(4, 8): 2, (8, 4): -2}).diagram().loops()
    assert [[loop.polarity for loop in loops] for loops in (quarrel, help_each_other)] == [
        ["R"]
    ] * 2
    assert [loop.polarity for loop in one_of_each] == ["B"]


def test_the_loops_of_the_example_are_those_found_by_hand():
    table = youth_parliament()
    number = {title: goal for goal, title in GOALS.items()}
    loops = table.diagram().loops()
    found = {frozenset(number[v] for v in loop.variables): loop.polarity for loop in loops}
    assert len(loops) == 6
    assert found == {
        frozenset({4, 8}): "R",
        frozenset({8, 13}): "R",  # two that hinder each other
        frozenset({11, 13}): "R",
        frozenset({4, 8, 13}): "B",  # 4 → 13 → 8 → 4 has one minus
        frozenset({4, 11, 13}): "R",
        frozenset({4, 8, 11, 13}): "B",  # 4 → 8 → 13 → 11 → 4 has one minus
    }


@settings(max_examples=25)
@given(tables())
def test_the_map_has_a_link_for_every_score_but_none(table):
    number = {title: goal for goal, title in GOALS.items()}
    drawn = {(number[k.cause], number[k.effect]): k.polarity for k in table.diagram().links}
    expected = {
        (a, b): "+" if score > 0 else "-"
        for a, row in zip(table.goals, table.table, strict=True)
        for b, score in zip(table.goals, row, strict=True)
        if score
    }
    assert drawn == expected


def test_what_the_example_says():
    assert youth_parliament().describe() == (
        "Quality education and Sustainable cities and communities give most (+3) each. "
        "Quality education gets most (+3). "
        "The map has 6 loops: 4 reinforcing, 2 balancing. "
        "Quality education helps Decent work and economic growth at once (+2) and hinders it in "
        "two steps (−1). "
        "Quality education helps Climate action at once (+1) and hinders it in two steps (−4). "
        "Decent work and economic growth hinders Climate action at once (−2) and helps it in two "
        "steps (+2)."
    )


def test_where_nothing_helps_the_sums_say_so():
    assert scored([1, 15], {(1, 15): -1}).describe() == (
        "No goal gives more than 0. No goal gets more than 0. The map has no loop."
    )


def test_what_an_empty_table_says():
    assert repr(scored([1, 2])) == "2 goals, and nothing is scored yet: every score is 0."


def test_a_goal_may_be_named_by_its_title():
    assert scored(["quality education", 13]).goals == (4, 13)


@pytest.mark.parametrize(
    ("goals", "scores", "kind", "says"),
    [
        ([4, 4], {}, DataError, "Goal 4 stands twice; name each goal once."),
        ([4], {}, DataError, "Give two goals at least: one alone acts on nothing."),
        (
            [4, 18],
            {},
            UnknownNameError,
            "There is no goal '18'; the goals have the numbers 1 to 17.",
        ),
        (
            [4, "Climate axion"],
            {},
            UnknownNameError,
            "There is no goal 'Climate axion'; did you mean 'Climate action'?",
        ),
        (
            [4, 8],
            {(4, 8): 4},
            DataError,
            "Goal 4 on goal 8 has the score 4; scores are whole numbers from −3 to +3.",
        ),
        (
            [4, 8],
            {(4, 4): 1},
            DataError,
            "Goal 4 acts on itself; leave that out, or score it 0.",
        ),
        (
            [4, 8],
            {(4, 13): 1},
            UnknownNameError,
            "Goal 13 is scored, but it is none of those chosen.",
        ),
    ],
)
def test_a_table_that_cannot_be_says_what_to_do(goals, scores, kind, says):
    with pytest.raises(kind) as caught:
        scored(goals, scores)
    assert str(caught.value) == says
    assert isinstance(caught.value, CstoolsError)


@pytest.mark.parametrize("steps", [0, 7, 1.5, True])
def test_steps_are_a_few_whole_numbers(steps):
    with pytest.raises(DataError) as caught:
        youth_parliament().after(steps)
    assert str(caught.value) == f"steps is {steps}; give a whole number from 1 to 6."
