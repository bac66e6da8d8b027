"""Listening against what follows on paper from its weights."""

from __future__ import annotations

import re
from math import cos, pi

import networkx as nx
import numpy as np
import pytest

from cstools.errors import ModelError
from cstools.facets.others import listening
from cstools.facets.others.listening import halving, told
from cstools.learning.references import references

ROW = [[0.5, 0.5, 0], [0.25, 0.5, 0.25], [0, 0.5, 0.5]]
# Sums of a few dozen products of numbers up to 10, each rounded to 1e-16 of its size.
ROUNDING = 1e-12


def test_a_row_of_three_counts_as_on_paper() -> None:
    # DeGroot's condition: shares that a round leaves as they are, (1/4, 1/2, 1/4); the second
    # eigenvalue of these weights is 1/2.
    for talk in (listening(ROW), listening("row")):
        np.testing.assert_array_equal(talk.weights, ROW)
        assert talk.influence == pytest.approx([0.25, 0.5, 0.25], abs=ROUNDING)
        assert talk.left_after_a_round == pytest.approx(0.5, abs=ROUNDING)


def test_the_most_stubborn_difference_halves_each_round_in_a_row_of_three() -> None:
    talk = listening("row", first=[0, 5, 10], rounds=20)
    apart = talk.rounds[:, 2] - talk.rounds[:, 0]
    # halves are exact in binary; 10/2^20 loses nothing
    np.testing.assert_array_equal(apart, 10 * 0.5 ** np.arange(21))
    assert halving(talk.left_after_a_round) == pytest.approx(1, abs=ROUNDING)


@pytest.mark.parametrize("who", ["row", "ring", "star", "village", "bridge", "karate club"])
def test_who_hears_more_people_counts_more_in_proportion(who: str) -> None:
    # Half to oneself, half shared evenly: the shares that stay are those of a random walk on the
    # links, in proportion to how many links each has.
    talk = listening(who)
    links = np.array([len(heard) for heard in talk.network.hears])
    assert talk.influence == pytest.approx(links / links.sum(), abs=ROUNDING)


def test_a_ring_agrees_at_the_speed_of_its_longest_wave() -> None:
    # Eigenvalues of a ring of n: 1/2 + cos(2 pi k / n) / 2.
    for people in (5, 12, 40):
        left = 0.5 + 0.5 * cos(2 * pi / people)
        talk = listening("ring", people)
        assert talk.left_after_a_round == pytest.approx(left, abs=ROUNDING)


@pytest.mark.parametrize("who", ["row", "star", "bridge", "karate club"])
def test_the_opinions_go_where_the_shares_say(who: str) -> None:
    talk = listening(who, rounds=1000)
    # 0.975 a round, the slowest here, leaves 1e-10 of ten after a thousand rounds.
    assert talk.rounds[-1] == pytest.approx(np.full(talk.network.people, talk.agreement), abs=1e-9)


def test_whoever_hears_nobody_and_is_heard_by_all_decides_alone() -> None:
    sermon = listening(nx.DiGraph([(1, 0), (2, 0), (3, 0), (2, 3)]), first=[0, 8, 9, 10])
    # networkx counts people in the order in which they were named: 1, 0, 2, 3
    assert sermon.influence == pytest.approx([0, 1, 0, 0], abs=ROUNDING)
    assert sermon.agreement == pytest.approx(8, abs=ROUNDING)


def test_two_camps_agree_within_and_stay_apart() -> None:
    talk = listening("two camps", rounds=60)
    assert talk.influence is None
    assert talk.agreement is None
    assert talk.left_after_a_round == pytest.approx(1, abs=ROUNDING)
    left, right = talk.rounds[-1][:6], talk.rounds[-1][6:]
    # Each camp of six keeps its mean, as each counts alike within it; 0.4 a round leaves 1e-24.
    assert left == pytest.approx(np.full(6, np.mean(talk.first[:6])), abs=ROUNDING)
    assert right == pytest.approx(np.full(6, np.mean(talk.first[6:])), abs=ROUNDING)
    assert talk.outlook() == "They need not agree: 2 groups hear nobody but themselves."


def test_two_who_only_repeat_each_other_never_settle() -> None:
    talk = listening([[0, 1], [1, 0]], first=[2, 8], rounds=3)
    assert talk.influence is None
    np.testing.assert_array_equal(talk.rounds, [[2, 8], [8, 2], [2, 8], [8, 2]])
    assert talk.outlook() == (
        "They need not settle: nobody holds on to an opinion, so that opinions go round."
    )


def test_nobody_moves_beyond_what_was_there_at_first() -> None:
    random = np.random.default_rng(4)
    weights = random.dirichlet(np.ones(9), size=9)
    talk = listening(weights.tolist(), first=random.uniform(2, 7, 9).tolist())
    lows, highs = talk.rounds.min(axis=1), talk.rounds.max(axis=1)
    assert (np.diff(lows) >= -ROUNDING).all()
    assert (np.diff(highs) <= ROUNDING).all()


def test_another_first_opinion_moves_the_agreement_by_its_share() -> None:
    talk = listening("row", first=[0, 0, 0])
    assert talk.with_person(2, 10).agreement == pytest.approx(5, abs=ROUNDING)
    assert talk.with_person(1, 10).agreement == pytest.approx(2.5, abs=ROUNDING)
    assert talk.agreement == pytest.approx(0, abs=ROUNDING)  # the first stays as it was


def test_it_says_how_far_apart_and_where_it_leads() -> None:
    talk = listening("star", 5, first=[10, 0, 0, 2, 2], rounds=3, units="Saturdays")
    # The middle: 10, 5.5, 5.5; those around, by halves towards it: 2, 6, 5.75, 5.625.
    assert repr(talk) == (
        "At first the opinions lie between 0 and 10 Saturdays. After 3 rounds the opinions lie "
        "between 5.38 and 5.63 Saturdays. If they go on, all come to 5.5 Saturdays. Person 1 "
        "counts most in it, with 50 %."
    )


def test_figures_are_rounded_upwards_at_a_half() -> None:
    figures = [told(x) for x in (3.125, 2.0, 0.1, 5.5, -2.5, 1 / 3, 99.999)]
    assert figures == ["3.13", "2", "0.1", "5.5", "−2.5", "0.33", "100"]


def test_its_picture_carries_its_sentence() -> None:
    bundle = listening("row", rounds=4)._repr_mimebundle_()
    assert bundle["text/plain"].startswith("After 4 rounds the opinions lie between")
    assert "<svg" in bundle["text/html"]


def test_its_docstring_tells_the_story_the_behaviour_and_the_sources() -> None:
    told_ = listening.__doc__ or ""
    for heading in ("Story", "Behaviour over time", "Where to intervene", "How it can mislead"):
        assert f"    {heading}\n" in told_
    named = re.findall(r"\[(\w+)\]_", told_)
    assert named
    assert set(named) <= set(references())


@pytest.mark.parametrize(
    ("asked", "lesson"),
    [
        ({"own": 2}, "own is a share from 0 to 1, not 2"),
        ({"rounds": 0}, "rounds is a whole number from 1 to 1,000, not 0"),
        ({"between": (3, 3)}, "between is the two ends of a scale, (0, 10), not (3, 3)"),
        ({"first": [1, 2]}, "there are 3 people and 2 first opinions"),
        ({"first": [1, 2, 12]}, "person 3: an opinion is a number from 0 to 10, not 12"),
        (
            {"who": [[0.5, 0.6], [0, 1]]},
            "person 1: weights are 0 or more and add up to 1, not to 1.1",
        ),
        (
            {"who": [[0.5, 0.5]]},
            "weights are a table with as many rows as columns, one for each person",
        ),
    ],
)
def test_what_cannot_be_is_a_short_lesson(asked: dict[str, object], lesson: str) -> None:
    with pytest.raises(ModelError) as error:
        listening(**asked)  # type: ignore[arg-type]
    assert str(error.value) == lesson


def test_people_are_counted_from_one() -> None:
    with pytest.raises(ModelError) as error:
        listening("row").with_person(0, 5)
    assert str(error.value) == "people are counted from 1 to 3; there is no person 0"
