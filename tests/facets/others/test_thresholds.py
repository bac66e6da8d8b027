"""Thresholds against Granovetter's crowd of a hundred, and what can be counted on fingers."""

from __future__ import annotations

import re

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools.errors import ModelError
from cstools.facets.others import thresholds
from cstools.learning.references import references


def test_a_hundred_thresholds_in_a_row_bring_a_hundred() -> None:
    # Granovetter (1978), pages 1424 to 1425: thresholds 0, 1, 2 … 99, and everybody joins.
    crowd = thresholds()
    assert crowd.needs == tuple(range(100))
    assert crowd.joined == 100
    np.testing.assert_array_equal(crowd.rounds.sum(axis=1), np.arange(101))


def test_one_person_who_waits_for_one_more_stops_all_others() -> None:
    # The same page: the threshold of 1 becomes 2, and a single person is left.
    crowd = thresholds().with_person(2, needs=2)
    assert crowd.joined == 1
    assert sum(crowd.needs) / 100 - sum(thresholds().needs) / 100 == pytest.approx(0.01, abs=1e-12)


def test_where_nobody_goes_first_nobody_joins() -> None:
    crowd = thresholds("everybody", 5, needs=1)
    assert crowd.joined == 0
    assert repr(crowd) == (
        "Of 5 people, nobody begins. In the end nobody joins: nobody goes first. The next one "
        "waits until 1 has joined."
    )


@given(st.lists(st.integers(0, 12), min_size=12, max_size=12))
def test_as_many_join_as_the_sorted_thresholds_say(needs: list[int]) -> None:
    # On paper: sort them; the crowd grows to the first place whose threshold is above the place.
    in_order = sorted(needs)
    ends = next((place for place, need in enumerate(in_order) if need > place), len(needs))
    assert thresholds("everybody", 12, needs=needs).joined == ends


@given(st.lists(st.integers(0, 100), min_size=12, max_size=12))
def test_whoever_has_joined_stays(needs: list[int]) -> None:
    rounds = thresholds("ring", 12, needs=needs).rounds
    assert (np.diff(rounds, axis=0) >= 0).all()


def test_on_a_ring_of_people_who_need_one_neighbour_it_goes_both_ways_round() -> None:
    crowd = thresholds("ring", 12, needs=50, begin=[1])
    # one, then two more each round, until the last one opposite
    np.testing.assert_array_equal(crowd.rounds.sum(axis=1), [0, 1, 3, 5, 7, 9, 11, 12])


def test_on_a_ring_of_people_who_need_both_neighbours_it_stays_where_it_began() -> None:
    assert thresholds("ring", 12, needs=51, begin=[1]).joined == 1


def test_a_lane_joins_as_a_whole_and_the_next_lane_does_not() -> None:
    village = thresholds("village", begin=[1, 2])
    assert [i for i, one in enumerate(village.rounds[-1]) if one] == list(range(6))
    # At the border one hears five or six people, and only one of them in the lane that has joined.
    assert village.outlook() == (
        "It stops at 6 of 24. The next one, person 7, waits for 30 % of those they see, and sees "
        "20 %."
    )


def test_a_village_that_needs_one_in_five_joins_as_a_whole() -> None:
    assert thresholds("village", needs=16, begin=[1]).joined == 24


def test_who_sees_nobody_joins_only_by_themselves() -> None:
    graph = nx.Graph([(1, 2)])
    graph.add_node(3)
    assert thresholds(graph, needs=1, begin=[1]).joined == 2


def test_it_says_how_many_have_joined() -> None:
    crowd = thresholds()
    assert [crowd.said(round_) for round_ in (0, 1, 2)] == [
        "At first nobody has joined.",
        "After 1 round 1 of 100 has joined.",
        "After 2 rounds 2 of 100 have joined.",
    ]
    assert repr(crowd) == "Of 100 people, 1 person begins. In the end all 100 join."
    assert repr(crowd.with_person(2, needs=2)) == (
        "Of 100 people, 1 person begins. It stops at 1 of 100. The next one waits until 2 "
        "have joined."
    )


def test_its_picture_carries_its_sentence() -> None:
    bundle = thresholds()._repr_mimebundle_()
    assert (
        bundle["text/plain"] == "After 100 rounds 100 of 100 have joined. In the end all 100 join."
    )
    assert "<svg" in bundle["text/html"]


def test_its_docstring_tells_the_story_the_behaviour_and_the_sources() -> None:
    told = thresholds.__doc__ or ""
    for heading in ("Story", "Behaviour over time", "Where to intervene", "How it can mislead"):
        assert f"    {heading}\n" in told
    named = re.findall(r"\[(\w+)\]_", told)
    assert named
    assert set(named) <= set(references())


@pytest.mark.parametrize(
    ("asked", "lesson"),
    [
        (
            {"needs": [0, 1]},
            "there are 100 people and 2 thresholds",
        ),
        (
            {"needs": 101},
            "person 1: a threshold is a whole number from 0 to 100 (people), not 101",
        ),
        (
            {"who": "ring", "needs": 0.3},
            "needs is a whole number, or a list of them, one for each person, not 0.3",
        ),
        (
            {"who": "ring", "needs": 120},
            "person 1: a threshold is a whole number from 0 to 100 (in a hundred of those they "
            "see), not 120",
        ),
        ({"begin": [101]}, "people are counted from 1 to 100; there is no person 101"),
    ],
)
def test_what_cannot_be_is_a_short_lesson(asked: dict[str, object], lesson: str) -> None:
    with pytest.raises(ModelError) as error:
        thresholds(**asked)  # type: ignore[arg-type]
    assert str(error.value) == lesson
