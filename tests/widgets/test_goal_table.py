"""The Python side of the table of goals: what it holds, takes, says and leaves in a file."""

import pytest

from cstools.errors import DataError
from cstools.facets.world.goal_interactions import scored, youth_parliament
from cstools.widgets.goal_table import goal_table

NOT_YET = "A table of goals to score: choose two to six of the seventeen, then score each pair."


def test_an_empty_table_says_what_to_do():
    table = goal_table()
    assert table.interactions is None
    assert repr(table) == NOT_YET
    assert table.still().count("<li>") == 17


def test_it_begins_with_the_goals_that_are_named():
    table = goal_table(["Climate action", 4])
    assert table.goals == [4, 13]
    assert repr(table) == "2 goals, and nothing is scored yet: every score is 0."


def test_what_a_learner_scores_is_there_to_compute_with():
    table = goal_table([4, 8])
    table.scores = {"4,8": 2, "8,4": -1}
    assert table.interactions == scored([4, 8], {(4, 8): 2, (8, 4): -1})
    assert table.told["sentence"] == table.sentence()
    assert "1 balancing" in table.sentence()
    assert "<svg" in table.told["map"]


def test_what_no_table_can_hold_is_left_out():
    table = goal_table([4, 8])
    table.scores = {"4,8": 7, "4,4": 1, "4,x": 2, "8,4": True, "4": 1, "8,99": 1, "4,8,13": 1}
    assert table.scores == {}
    table.goals = [99, 8, 8, 1]
    assert table.goals == [1, 8]


def test_scores_of_a_goal_left_out_come_back_with_it():
    table = goal_table(youth_parliament())
    table.goals = [4, 8]
    assert table.interactions == scored([4, 8], {(4, 8): 2, (8, 4): 2})
    table.goals = [4, 8, 11, 13]
    assert table.interactions == youth_parliament()


def test_at_most_six_goals_are_kept():
    assert goal_table([1, 2, 3, 4, 5, 6, 7]).goals == [1, 2, 3, 4, 5, 6]


def test_what_stays_in_a_file_is_the_table_its_sums_and_its_map():
    still = goal_table(youth_parliament()).still()
    assert "8 Decent work and economic growth" in still
    assert still.count("−2") >= 1
    assert "<svg" in still
    assert "<script" not in still


def test_one_goal_alone_acts_on_nothing():
    with pytest.raises(DataError) as caught:
        goal_table([4])
    assert str(caught.value) == "Give two goals at least: one alone acts on nothing."


def test_it_saves_itself_as_a_page(tmp_path):
    text = goal_table(youth_parliament()).save(tmp_path / "goals.html").read_text("utf-8")
    assert "How goals act on each other" in text
    assert "http://" not in text.replace("http://www.w3.org", "")
