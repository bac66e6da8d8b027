"""Every loop is found, named for good, and the search keeps to its time."""

from itertools import chain, permutations
from math import comb, factorial
from random import Random
from time import perf_counter

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.johnson import AllAtOnce
from cstools.causal_loops.loops import find_loops, steps
from cstools.causal_loops.parts import Link
from cstools.errors import ModelError, UnknownNameError
from tests.causal_loops.maps import REWORK, chained_diamonds, complete_graph


def drawn_map(seed, variables=30, links=90):
    draw, map_ = Random(seed), CausalLoopDiagram()
    for cause, effect in draw.sample([*permutations(range(variables), 2)], links):
        map_.link(f"v{cause:02}", f"v{effect:02}", "+")
    return map_


def in_order(cycles):
    """What networkx found, each from its smallest node, by length and then by name."""
    turned = (
        tuple(cycle[cycle.index(min(cycle)) :] + cycle[: cycle.index(min(cycle))])
        for cycle in cycles
    )
    return sorted(turned, key=lambda cycle: (len(cycle), cycle))


def test_the_rework_map_has_one_balancing_and_one_reinforcing_loop():
    loops = CausalLoopDiagram(REWORK).loops()
    assert loops.complete
    assert repr(loops) == (
        "B1 (balancing): schedule pressure → overtime → work done → work remaining "
        "→ schedule pressure\n"
        "R1 (reinforcing): schedule pressure → overtime → tiredness → mistakes → work remaining "
        "→ schedule pressure"
    )


@pytest.mark.parametrize(("size", "circuits"), [(4, 20), (5, 84), (6, 409), (7, 2365)])
def test_a_complete_graph_has_all_its_circuits(size, circuits):
    # The closed form counts, for each number of nodes, the cyclic orders of a choice of them.
    assert circuits == sum(comb(size, k) * factorial(k - 1) for k in range(2, size + 1))
    loops = complete_graph(size).loops()
    assert loops.complete
    assert len(loops) == len({loop.links for loop in loops}) == circuits


def test_a_search_with_nothing_to_find_comes_back_within_its_time():
    begin = perf_counter()
    loops = chained_diamonds(20).loops(seconds=2.0, longest=40)
    assert perf_counter() - begin < 2.5  # the budget, and room for a busy machine
    assert (len(loops), loops.complete, loops.note) == (0, True, "")


def test_a_search_that_runs_out_of_time_says_so_and_stops():
    begin = perf_counter()
    loops = chained_diamonds(20).loops(seconds=0.2)
    assert perf_counter() - begin < 1.0  # the budget, and room for a busy machine
    assert not loops.complete
    assert loops.note == (
        "These are not all the loops: the time for the search ran out; every loop of up to 40 "
        "links is here, longer ones may be missing; more time: loops(seconds=20)."
    )


def test_the_budget_holds_where_looking_backwards_is_the_work():
    # From each of 3,000 variables the whole rest of the ring lies behind: 4.5 million steps back.
    looked = 0

    def stop():
        nonlocal looked
        looked += 1
        return looked >= 40

    size = 3_000
    ring = [Link(f"v{(i + 1) % size:04}", f"v{i:04}", "+") for i in range(size)]
    keys = [f"v{i:04}" for i in range(size)]
    circuits = find_loops(keys, ring, {}, stop)
    assert (len(circuits), circuits.complete, looked) == (0, False, 40)


def test_the_budget_holds_where_parallel_links_are_the_work():
    # Twenty links, each with both signs: 2 to the power of 20 loops on one round.
    map_ = CausalLoopDiagram()
    for i in range(20):
        map_.link(f"v{i}", f"v{(i + 1) % 20}", "+").link(f"v{i}", f"v{(i + 1) % 20}", "-")
    some = find_loops(map_.variables, map_.links, {}, steps(10_000))
    assert not some.complete
    assert 0 < len(some) < 10_000 + 256  # it is asked after so many


def test_a_ring_turned_backwards_is_found_whole():
    loops = CausalLoopDiagram("\n".join(f"v{(i + 1) % 60:02} -> v{i:02}: -" for i in range(60)))
    assert [(len(loop), loop.polarity) for loop in loops.loops(seconds=60)] == [(60, "R")]


def test_no_time_at_all_still_gives_an_answer():
    loops = complete_graph(9).loops(seconds=0.0)
    assert not loops.complete
    assert loops.note.startswith("These are not all the loops: the time for the search ran out")


def test_a_longer_search_never_renames_a_loop():
    map_ = complete_graph(7)
    few = find_loops(map_.variables, map_.links, {}, steps(2_000))
    assert 0 < len(few) < 2365
    assert list(few) == list(map_.loops())[: len(few)]


def test_a_search_stops_at_the_most_loops_it_may_keep():
    map_ = complete_graph(5)
    some = find_loops(map_.variables, map_.links, {}, steps(10**6), most=30)
    assert (len(some), some.complete) == (30, False)
    assert some.note == (
        "These are not all the loops: the search stopped at 30 loops; every loop of up to 3 links "
        "is here, longer ones may be missing."
    )


def test_a_count_can_be_asked_for_and_then_the_rest_is_said_to_be_missing():
    some = complete_graph(9).loops(seconds=60, most=100, longest=6)
    assert (len(some), some.complete) == (100, False)
    assert some.note.startswith("These are not all the loops: the search stopped at 100 loops")


def test_loops_are_told_apart_by_their_direction():
    map_ = CausalLoopDiagram("a -> b: +\nb -> c: +\nc -> a: +\na -> c: +\nc -> b: +\nb -> a: -")
    three = [loop for loop in map_.loops() if len(loop) == 3]
    assert [loop.variables for loop in three] == [("a", "b", "c"), ("a", "c", "b")]
    assert [loop.polarity for loop in three] == ["R", "B"]


def test_parallel_links_of_other_sign_make_loops_of_their_own():
    loops = CausalLoopDiagram("a -> b: +\na -> b: -\nb -> a: +").loops()
    assert [(loop.name, loop.links[0].polarity) for loop in loops] == [("R1", "+"), ("B1", "-")]


def test_a_link_to_itself_is_a_loop():
    (loop,) = CausalLoopDiagram("coffee -> coffee: -").loops()
    assert (loop.name, loop.variables) == ("B1", ("coffee",))


def test_one_unknown_sign_makes_the_loop_unknown():
    (loop,) = CausalLoopDiagram("a -> b: -\nb -> a").loops()
    assert (loop.polarity, loop.name) == ("?", "?1")


def test_names_stay_when_the_lines_are_written_in_another_order():
    lines = REWORK.strip().splitlines()
    one, other = (CausalLoopDiagram("\n".join(text)).loops() for text in (lines, lines[::-1]))
    assert [loop.name for loop in one] == [loop.name for loop in other]
    assert [set(loop.links) for loop in one] == [set(loop.links) for loop in other]


def test_a_loop_begins_where_its_author_began():
    loops = CausalLoopDiagram("zeal -> apples: +\napples -> zeal: +").loops()
    assert loops[0].variables == ("zeal", "apples")


def test_loops_are_found_by_place_by_name_and_by_title():
    map_ = CausalLoopDiagram(REWORK)
    map_.name_loop(
        ["mistakes", "Work Remaining", "schedule pressure", "overtime", "tiredness"], "burnout trap"
    )
    loops = map_.loops()
    assert loops["R1"] == loops["Burnout Trap"] == loops[1] == loops[-1]
    assert loops[1].title == "burnout trap"
    assert loops[:1] == (loops["B1"],)
    with pytest.raises(UnknownNameError) as lesson:
        loops["burnt trap"]
    assert str(lesson.value) == (
        "the loops: nothing is called 'burnt trap'; did you mean 'burnout trap'?"
    )


@pytest.mark.parametrize("place", [2, -3, 99])
def test_a_place_beyond_the_last_loop_is_said_so(place):
    with pytest.raises(IndexError) as lesson:
        CausalLoopDiagram(REWORK).loops()[place]
    assert str(lesson.value) == f"there is no loop {place} among 2, counted from 0"


def test_a_place_that_is_no_number_gets_a_lesson():
    with pytest.raises(ModelError) as lesson:
        CausalLoopDiagram(REWORK).loops()[1.5]
    assert str(lesson.value) == "a loop is asked for by its place, 0 for the first, not 1.5"
    with pytest.raises(IndexError) as lesson:
        CausalLoopDiagram("a -> b: +").loops()[0]
    assert str(lesson.value) == "there is no loop 0 here: there is none"


def test_a_map_without_loops_has_none_and_that_is_all_of_them():
    loops = CausalLoopDiagram("a -> b: +").loops()
    assert (len(loops), loops.complete, repr(loops)) == (0, True, "no loops")


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=18), st.integers(1, 8))
def test_the_loops_are_those_that_networkx_finds(pairs, longest):
    map_ = CausalLoopDiagram()
    for cause, effect in sorted(pairs):
        map_.link(f"v{cause}", f"v{effect}", "-")
    theirs = nx.simple_cycles(nx.DiGraph([(f"v{a}", f"v{b}") for a, b in pairs]))
    expected = sorted(len(cycle) for cycle in theirs if len(cycle) <= longest)
    ours = map_.loops(longest=longest)
    assert [len(loop) for loop in ours] == expected
    for loop in ours:
        assert [link.cause for link in loop.links] == list(loop.variables)
        assert [link.effect for link in loop.links] == [*loop.variables[1:], loop.variables[0]]


@pytest.mark.parametrize("map_", [complete_graph(8), drawn_map(0)], ids=["complete", "drawn"])
def test_a_long_search_gives_every_loop_in_the_order_of_length_and_names(map_):
    # Both are so large that a second search goes on beside the first and comes to its end first.
    theirs = nx.simple_cycles(nx.DiGraph([(link.cause, link.effect) for link in map_.links]))
    ours = map_.loops(seconds=60)
    assert (ours.complete, ours.note) == (True, "")
    assert [tuple(link.cause for link in way) for way in ours.ways] == in_order(theirs)


def test_a_bound_on_the_length_holds_whichever_search_comes_to_its_end():
    map_ = drawn_map(0)
    every, short = map_.loops(seconds=60), map_.loops(seconds=60, longest=18)
    assert short.complete
    assert list(short) == [loop for loop in every if len(loop) <= 18]


def test_a_count_holds_whichever_search_comes_to_its_end():
    map_ = drawn_map(0)
    every, some = map_.loops(seconds=60), map_.loops(seconds=60, most=30_000)
    assert list(some) == list(every[:30_000])
    longest = len(some[-1])
    assert some.note == (
        "These are not all the loops: the search stopped at 30,000 loops; every loop of up to "
        f"{longest - 1} links is here, longer ones may be missing."
    )


def test_the_way_of_a_loop_has_its_links():
    loops = CausalLoopDiagram("zeal -> apples: +\napples -> zeal: -").loops()
    assert [[str(link) for link in way] for way in loops.ways] == [
        ["apples → zeal (−)", "zeal → apples (+)"]
    ]


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=30))
def test_a_search_for_all_lengths_at_once_finds_what_networkx_finds(pairs):
    search = AllAtOnce([[b for a, b in pairs if a == node] for node in range(7)])
    while not search.done:
        search.go_on()
    theirs = nx.simple_cycles(nx.DiGraph(sorted(pairs)))
    assert list(chain.from_iterable(search.by_length)) == in_order(theirs)


def test_a_search_for_all_lengths_at_once_gives_up_where_there_are_too_many(monkeypatch):
    monkeypatch.setattr("cstools.causal_loops.johnson._MOST_KEPT", 1000)
    search = AllAtOnce([[other for other in range(8) if other != node] for node in range(8)])
    for _ in range(1000):  # the 16,064 circuits take some 500 such pieces
        search.go_on()
    assert (search.done, search.by_length) == (False, [])
