"""Too many loops to look at each: what the search by strongest paths finds, and says it missed."""

from __future__ import annotations

import re

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools import StockFlow
from cstools.analysis.loop_search import components, find
from cstools.analysis.strongest_path import Search, spread, strongest_loops
from tests.analysis.test_loop_scores import people, three_parties

PAIRS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), unique=True, max_size=30)


def never() -> bool:
    return False


def test_a_network_of_a_few_links_gives_its_loops_strongest_paths_first() -> None:
    links = {0: [(1, 0.1), (2, 10.0)], 1: [(0, 1.0)], 2: [(0, 1.0)]}
    search = Search(never)
    assert search.look(links, [0])
    assert list(search.found) == [(0, 2), (0, 1)]


def test_a_stronger_way_hides_a_weaker_one_from_the_same_start() -> None:
    """As the paper shows for a network of four; what one start misses, another may find."""
    a, b, c, d = range(4)
    links = {a: [(b, 10.0), (d, 100.0)], b: [(c, 10.0)], c: [(a, 10.0)], d: [(b, 10.0), (c, 0.1)]}
    search = Search(never)
    search.look(links, [a])
    assert (a, b, c) not in search.found
    search.look(links, [b])
    assert (a, b, c) in search.found


@given(PAIRS, st.randoms(use_true_random=False))
def test_whatever_is_found_is_a_loop(pairs: list[tuple[int, int]], random: object) -> None:
    scores = np.array([[random.uniform(-2, 2) for _ in pairs]])  # type: ignore[attr-defined]
    search = strongest_loops(pairs, scores, range(8), never)
    for path in search.found:
        assert len(set(path)) == len(path)
        assert path[0] == min(path)
        assert {*zip(path, (*path[1:], path[0]), strict=True)} <= {*pairs}


@given(PAIRS)
def test_components_are_those_of_another_program(pairs: list[tuple[int, int]]) -> None:
    graph = nx.DiGraph(pairs)
    graph.add_nodes_from(range(8))
    ours = components(pairs, 8)
    theirs = {frozenset(part) for part in nx.strongly_connected_components(graph)}
    assert {frozenset(np.flatnonzero(np.array(ours) == n).tolist()) for n in set(ours)} == theirs


@given(PAIRS)
def test_within_the_budget_every_loop_is_found(pairs: list[tuple[int, int]]) -> None:
    found = find(pairs, np.ones((2, len(pairs))), range(8), seconds=60, most=1_000_000)
    assert found.note == ""
    theirs = {tuple(cycle[n:] + cycle[:n]) for cycle in nx.simple_cycles(nx.DiGraph(pairs))
              for n in [cycle.index(min(cycle))]}  # fmt: skip
    assert {*found.paths} == theirs
    assert list(found.paths) == sorted(found.paths, key=lambda path: (len(path), path))


@given(st.integers(0, 300))
def test_instants_are_taken_from_all_over_the_run(count: int) -> None:
    order = spread(count)
    assert sorted(order) == list(range(count))
    if count > 20:  # of the first few, the next one is never far
        gaps = np.diff(sorted(order[:9]))
        assert gaps.max() <= 2 * gaps.min()


def test_a_budget_of_loops_that_is_passed_is_said_aloud() -> None:
    scores = three_parties().run().loop_scores(most=5)
    assert len(scores.loops) == 5
    assert not scores.loops.complete
    assert scores.loops.note == "These are the 5 strongest of 8 loops; shares are of all of these."
    assert repr(scores).endswith(scores.loops.note)
    assert repr(scores.loops).endswith(scores.loops.note)


def test_of_loops_that_are_not_all_told_no_number_is_given_as_the_whole() -> None:
    five = repr(three_parties().run().loop_scores(most=5))
    assert five.startswith("Of 'Three parties', 5 feedback loops, ")
    one = people(life=20).run().loop_scores(most=1)
    assert repr(one) == (
        "Of 'People', one feedback loop, reinforcing, is told. R1 dominates throughout (67%). This "
        "is the strongest of 2 loops; shares are of all of these."
    )


def test_the_strongest_of_many_loops_have_the_shares_that_they_have_among_all() -> None:
    every = three_parties().run().loop_scores()
    some = three_parties().run().loop_scores(most=5)
    peaks = np.abs(every.relative).max(axis=0)
    strongest = sorted(np.argsort(-peaks)[:5])
    assert [loop.variables for loop in some.loops] == [every.loops[n].variables for n in strongest]
    np.testing.assert_allclose(some.relative, every.relative[:, strongest], atol=1e-12)


def crowd(parties: int) -> StockFlow:
    """Each party's stock acts on every other's: more loops than there are seconds to count them."""
    model = StockFlow("Crowd", stop=20)
    for n in range(parties):
        others = " + ".join(f"{(m * 7 + n) % 5 + 1} * p{m}" for m in range(parties) if m != n)
        model.stock(f"p{n}", n + 1)
        model.flow(f"change {n}", f"({others}) / {20 * parties} - p{n} / 9", into=f"p{n}")
    return model


def test_a_model_with_millions_of_loops_is_answered_within_its_budget() -> None:
    scores = crowd(14).run().loop_scores(seconds=0.5, most=50)
    assert len(scores.loops) == 50
    assert not scores.loops.complete
    assert re.fullmatch(
        r"There are too many loops to look at each: those of up to \d+ links and those that were "
        r"met by following the strongest links, at \d+ of 20 times, are counted here, and a strong "
        r"one can be missing\. These are the 50 strongest of [\d,]+ loops that were found; shares "
        r"are of all of these\.",
        scores.loops.note,
    )
    assert np.abs(scores.relative[1:]).sum(axis=1).max() <= 1 + 1e-9


@pytest.mark.parametrize("most", [1, 3])
def test_no_more_loops_are_told_than_are_asked_for(most: int) -> None:
    assert len(three_parties().run().loop_scores(most=most).loops) == most


def test_the_search_alone_finds_the_loops_that_matter_most() -> None:
    """Of 415 loops it finds an eighth, and among these the ten with the largest shares."""
    every = crowd(6).run().loop_scores(seconds=60)
    assert (len(every.loops), every.loops.complete) == (415, True)
    links = every.links.links
    nodes = sorted({name for link in links for name in (link.cause, link.effect)})
    pairs = [(nodes.index(link.cause), nodes.index(link.effect)) for link in links]
    starts = [nodes.index(stock) for stock in every.stocks]
    found = strongest_loops(pairs, every.links.scores, starts, never).found
    met = {frozenset((nodes[a], nodes[b]) for a, b in around(path)) for path in found}
    assert len(met) < 100
    for place in np.argsort(-np.abs(every.relative).max(axis=0))[:10].tolist():
        assert {(link.cause, link.effect) for link in every.loops[place].links} in met


def around(path: tuple[int, ...]) -> list[tuple[int, int]]:
    return list(zip(path, (*path[1:], path[0]), strict=True))
