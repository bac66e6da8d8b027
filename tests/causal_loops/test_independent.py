"""A few short loops from which all the others can be put together."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.independent import independent_loops
from cstools.errors import ModelError, UnknownNameError
from tests.causal_loops.maps import chained_diamonds, complete_graph


def rank_over_two(loops, links):
    """Gauss's elimination on the table of loops by links, modulo 2: a second way to count."""
    table = np.array([[link in loop.links for link in links] for loop in loops], dtype=bool)
    rank = 0
    for column in range(len(links)):
        rows = np.flatnonzero(table[rank:, column]) + rank
        if len(rows):
            table[[rank, rows[0]]] = table[[rows[0], rank]]
            others = np.flatnonzero(table[:, column])
            table[others[others != rank]] ^= table[rank]
            rank += 1
            if rank == len(table):
                break
    return rank


def test_a_complete_graph_of_four_has_nine_of_its_twenty_loops():
    map_ = complete_graph(4)
    chosen = map_.independent_loops()
    assert (len(map_.loops()), len(chosen), chosen.rank) == (20, 9, 9)
    # The six loops of two links have every link: by the rule of new links it would end there.
    assert [len(loop) for loop in chosen] == [2] * 6 + [3] * 3
    assert (chosen.shortest, chosen.note) == (True, "")


def test_chosen_loops_keep_their_names_and_titles():
    map_ = complete_graph(4).name_loop(["v0", "v1"], "to and fro")
    loops, chosen = map_.loops(), map_.independent_loops()
    assert all(loops[loop.name] == loop for loop in chosen)
    assert chosen["To and fro"] == chosen["R1"] == chosen[0] == chosen[:1][0]


def test_the_set_is_told_and_shown():
    chosen = CausalLoopDiagram("a -> b: +\nb -> a: -\nb -> c: +\nc -> a: +").independent_loops()
    assert repr(chosen) == (
        "2 loops, from which every other can be put together:\n"
        "B1 (balancing): a → b → a\n"
        "R1 (reinforcing): a → b → c → a"
    )
    assert "a → b → c → a" in chosen._repr_mimebundle_()["text/html"]
    (one,) = CausalLoopDiagram("a -> a: -").independent_loops()
    assert str(one) == "B1 (balancing): a → a"


@pytest.mark.parametrize("text", ["", "a -> b: +"])
def test_a_map_without_loops_has_none(text):
    chosen = CausalLoopDiagram(text).independent_loops()
    assert (len(chosen), chosen.rank, repr(chosen)) == (0, 0, "There is no loop on this map.")


def test_a_map_with_too_many_loops_still_gets_a_whole_set():
    map_ = chained_diamonds(20)  # 2 to the power of 20 loops, each of 41 links
    chosen = map_.independent_loops(seconds=0.2)
    assert len(chosen) == chosen.rank == 81 - 61 + 1
    assert rank_over_two(chosen, map_.links) == 21
    assert not chosen.shortest
    assert chosen.note == (
        "This map has too many loops to look at them all in this time. The set is whole, but not "
        "surely the shortest: after the loops of few links it was filled up with short loops "
        "through each link. Their names are their own, not those of loops()."
    )
    assert repr(chosen).endswith(chosen.note)


def test_a_map_too_large_to_fill_up_says_so():
    links = (f"v{i} -> v{j % 2000}: +" for i in range(2000) for j in (i + 1, 7 * i + 1))
    with pytest.raises(ModelError) as lesson:
        CausalLoopDiagram("\n".join(links)).independent_loops(seconds=0)
    assert str(lesson.value) == (
        "a map of 2,000 variables and 3,998 links is too large to fill up an independent loop "
        "set; take a part of it"
    )


def test_a_large_complete_graph_needs_only_its_short_loops():
    chosen = complete_graph(12).independent_loops(seconds=60)
    assert (len(chosen), chosen.shortest) == (12 * 11 - 12 + 1, True)


def test_a_name_that_is_not_there_gets_the_nearest():
    map_ = CausalLoopDiagram("a -> b: +\nb -> a: +\nloop trap: a, b")
    with pytest.raises(UnknownNameError) as lesson:
        map_.independent_loops()["trip"]
    assert str(lesson.value) == (
        "the independent loops: nothing is called 'trip'; did you mean 'trap'?"
    )


_maps = st.sets(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from("+-")), max_size=16
)  # fmt: skip


@given(_maps, st.integers(0, 4) | st.just(1000))
def test_as_many_loops_are_kept_as_are_independent_and_they_hold_all_the_others(links, most):
    map_ = CausalLoopDiagram("\n".join(f"v{a} -> v{b}: {sign}" for a, b, sign in sorted(links)))
    chosen = independent_loops(map_.variables, map_.links, {}, lambda: False, most)
    graph = nx.MultiDiGraph([(a, b) for a, b, _ in links])
    parts = [graph.subgraph(part) for part in nx.strongly_connected_components(graph)]
    expected = sum(part.number_of_edges() - len(part) + 1 for part in parts)
    assert len(chosen) == chosen.rank == expected
    if expected:
        every = list(map_.loops())
        assert rank_over_two(chosen, map_.links) == rank_over_two(every, map_.links) == expected
        assert {loop.links for loop in chosen} <= {loop.links for loop in every}


@given(_maps)
def test_no_whole_set_is_shorter_than_the_shortest(links):
    map_ = CausalLoopDiagram("\n".join(f"v{a} -> v{b}: {sign}" for a, b, sign in sorted(links)))
    shortest = map_.independent_loops()
    filled_up = independent_loops(map_.variables, map_.links, {}, lambda: False, most=0)
    assert sum(map(len, filled_up)) >= sum(map(len, shortest))
    assert not filled_up.shortest or not len(shortest)
