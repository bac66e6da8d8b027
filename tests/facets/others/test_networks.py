"""Networks: who hears whom, and places that show the shape."""

from __future__ import annotations

import math

import networkx as nx
import pytest

from cstools.errors import ModelError, UnknownNameError
from cstools.facets.others.networks import NAMES, Network, network


@pytest.mark.parametrize("name", NAMES)
def test_everybody_has_a_place_of_their_own(name: str) -> None:
    net = network(name)
    assert len(net.places) == net.people
    assert len({(round(x, 6), round(y, 6)) for x, y in net.places}) == net.people


@pytest.mark.parametrize("name", NAMES)
def test_in_a_named_network_whoever_is_heard_hears(name: str) -> None:
    net = network(name)
    assert all(i in net.hears[j] for i, others in enumerate(net.hears) for j in others)
    assert all(both for _, _, both in net.links)
    assert sum(len(heard) for heard in net.hears) == 2 * len(net.links)


def test_the_karate_club_has_its_published_size() -> None:
    club = network("karate club")  # Zachary (1977): 34 members; 78 pairs who met outside the club
    assert (club.people, len(club.links)) == (34, 78)


def test_a_village_has_lanes_that_know_each_other_by_one_person() -> None:
    village = network("village", 24)
    between = [(i, j) for i, j, _ in village.links if i // 6 != j // 6]
    assert len(between) == 4


def test_the_two_who_build_a_bridge_stand_nearest_to_each_other() -> None:
    bridge = network("bridge", 10)
    [(left, right)] = [(i, j) for i, j, _ in bridge.links if i // 5 != j // 5]
    across = {
        (i, j): math.dist(bridge.places[i], bridge.places[j])
        for i in range(5)
        for j in range(5, 10)
    }
    assert min(across, key=lambda pair: across[pair]) == (left, right)


def test_where_each_hears_all_links_are_told_and_not_drawn() -> None:
    assert network("everybody", 9).everybody
    assert not network("star").everybody


def test_in_a_directed_graph_one_may_be_heard_who_does_not_hear() -> None:
    net = network(nx.DiGraph([("pupil", "teacher")]))
    assert net.hears == ((1,), ())
    assert net.links == [(0, 1, False)]


def test_a_graph_without_a_shape_is_laid_out_alike_each_time() -> None:
    graph = nx.random_regular_graph(3, 20, seed=1)
    assert network(graph).places == network(graph).places
    assert isinstance(network(graph), Network)
    for column in zip(*network(graph).places, strict=True):
        assert (min(column), max(column)) == (0, 1)  # as wide as high


@pytest.mark.parametrize(
    ("kind", "people", "lesson"),
    [
        ("rign", None, "the networks: nothing is called 'rign'; did you mean 'ring' or 'bridge'?"),
        ("ring", 1, "ring: people is a whole number from 2 to 2,000, not 1"),
        ("ring", 5000, "ring: people is a whole number from 2 to 2,000, not 5000"),
        ("village", 20, "village: people is 12 or another multiple of 6, not 20"),
        ("bridge", 7, "bridge: people is 6 or another multiple of 2, not 7"),
        ("karate club", 12, "karate club: it had 34 people; leave people= out"),
        (12, None, "a network is a name or a networkx graph, not 12"),
    ],
)
def test_what_is_no_network_is_a_short_lesson(kind: object, people: int, lesson: str) -> None:
    with pytest.raises((ModelError, UnknownNameError)) as error:
        network(kind, people)
    assert str(error.value) == lesson
