"""Two maps side by side, and how far apart they are."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools.causal_loops.compare import loop_distance
from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.errors import ModelError

OURS = CausalLoopDiagram(
    """
    workload -> stress: +
    stress -> sleep: -
    sleep -> energy: + delayed
    energy -> workload: -
    colour of the day -> stress: +
""",
    name="team A",
)
THEIRS = CausalLoopDiagram(
    """
    Workload -> stress: +
    stress -> sleep: +
    sleep -> energy: +
    energy -> workload: -
    color of the day -> stress: -
""",
    name="team B",
)


def test_the_example_of_the_article_is_at_a_quarter():
    # Schaffernicht and Groesser (2011): two shared variables, one link of opposite sign, 2 / 8.
    one = CausalLoopDiagram("x -> y: +\ny -> x: -")
    other = CausalLoopDiagram("x -> y: +\ny -> x: +")
    assert one.compare(other).element_distance == 0.25


def test_a_link_between_variables_that_one_map_lacks_weighs_by_the_smaller_share():
    # v = 3, v_c = 2: one link more, over 4·2 + 2·(6 − 2) = 16.
    one = CausalLoopDiagram("a -> b: +")
    other = CausalLoopDiagram("a -> b: +\nb -> c: -")
    assert one.compare(other).element_distance == 1 / 16


@pytest.mark.parametrize(("sign", "expected"), [("+", 1 / 8), ("-", 1 / 8), ("?", 0.0)])
def test_an_open_sign_is_half_way_to_either(sign, expected):
    one, other = CausalLoopDiagram("a -> b: ?"), CausalLoopDiagram(f"a -> b: {sign}")
    assert one.compare(other).element_distance == expected


def test_what_is_shared_and_what_is_not_is_told():
    found = OURS.compare(THEIRS)
    assert found.variables_shared == ("workload", "stress", "sleep", "energy")
    assert found.variables_here == ("colour of the day",)
    assert found.variables_there == ("color of the day",)
    assert found.alike == (("colour of the day", "color of the day"),)
    assert [str(link) for link in found.links_shared] == [
        "workload → stress (+)",
        "sleep → energy (+)",
        "energy → workload (−)",
    ]
    assert list(map(str, found.conflicts)) == ["stress → sleep (− here, + there)"]
    assert [link.effect for link in found.delays] == ["energy"]


def test_a_comparison_is_sentences_and_a_table():
    found = OURS.compare(THEIRS)
    # Links: v = 6, v_c = 4: (2 + 1 + 1) / (4·12 + 2·(30 − 12)) = 4 / 84. Loops: one link of four.
    assert repr(found) == (
        "Compared with “team B”: 4 variables and 3 links in common.\n"
        "Variables only here: colour of the day.\n"
        "Variables only there: color of the day.\n"
        "One name in two spellings? 'colour of the day' here and 'color of the day' there.\n"
        "Links only here: colour of the day → stress (+).\n"
        "Links only there: color of the day → stress (−).\n"
        "Opposite signs: stress → sleep (− here, + there).\n"
        "Delayed on one map only: sleep → energy.\n"
        "Distance by links 0.05, by loops 0.25; 0 is no difference. Delays do not count in them."
    )
    page = found._repr_mimebundle_()["text/html"]
    assert "stress → sleep (− here, + there)" in page
    assert page.count("<tr>") == 1 + 9


def test_each_loop_is_set_beside_the_nearest_one():
    one = CausalLoopDiagram("a -> b: +\nb -> a: +\nc -> d: +\nd -> c: -")
    other = CausalLoopDiagram("a -> b: +\nb -> a: -")
    found = one.compare(other)
    assert [(pair.loop.variables, pair.nearest, pair.distance) for pair in found.loops_here] == [
        (("a", "b"), found.there.loops[0], 0.5),
        (("c", "d"), None, 1.0),
    ]
    assert repr(found.loops_here[0]) == (
        "R1 (reinforcing): a → b → a; nearest is B1 (balancing): a → b → a, at a distance of 0.50"
    )
    assert repr(found.loops_here[1]) == (
        "B1 (balancing): c → d → c; no loop shares a link, at a distance of 1.00"
    )
    assert found.model_distance == pytest.approx((0.5 + 1.0 + 0.5) / 3, rel=1e-15)  # rounding


@pytest.mark.parametrize(("text", "expected"), [("a -> b: +", 1.0), ("", 1.0)])
def test_loops_that_the_other_map_lacks_are_wholly_apart(text, expected):
    one = CausalLoopDiagram("a -> b: +\nb -> a: -")
    assert one.compare(CausalLoopDiagram(text)).model_distance == expected


def test_two_maps_without_loops_do_not_differ_in_loops():
    found = CausalLoopDiagram("a -> b: +").compare(CausalLoopDiagram())
    assert (found.model_distance, found.element_distance) == (0.0, 1 / 4)
    assert repr(CausalLoopDiagram().compare(CausalLoopDiagram())) == (
        "Compared with the other map: no variable and no link in common.\n"
        "Distance by links 0.00, by loops 0.00; 0 is no difference."
    )


def test_of_a_map_with_very_many_loops_only_the_shortest_are_compared():
    map_ = CausalLoopDiagram()
    for cause, effect in permutations(range(7), 2):  # 2,365 loops
        map_.link(f"v{cause}", f"v{effect}", "+")
    found = map_.compare(map_, seconds=60)
    assert len(found.loops_here) == 300
    assert repr(found).endswith(
        "Distance by links 0.00, by loops 0.00 (only the 300 shortest loops of a map); "
        "0 is no difference."
    )


def test_an_open_sign_in_a_loop_counts_half_a_link():
    one = CausalLoopDiagram("a -> b: +\nb -> a: +").loops()[0]
    other = CausalLoopDiagram("a -> b: ?\nb -> a: +").loops()[0]
    assert loop_distance(one, other) == loop_distance(other, one) == 0.25


def test_only_a_map_can_be_compared_with():
    with pytest.raises(ModelError) as lesson:
        OURS.compare("a -> b: +")
    assert str(lesson.value) == (
        "the map 'team A': compare(…) needs another causal loop diagram in its brackets; "
        "this is str"
    )


_texts = st.lists(
    st.tuples(*[st.integers(0, 4)] * 2, st.sampled_from("+-?"), st.sampled_from(["", " delayed"])),
    max_size=12,
).map(lambda links: "\n".join(f"v{a} -> v{b}: {s}{delayed}" for a, b, s, delayed in links))


@given(_texts)
def test_a_map_is_at_no_distance_from_itself(text):
    found = CausalLoopDiagram(text).compare(CausalLoopDiagram(text))
    assert (found.element_distance, found.model_distance) == (0.0, 0.0)
    assert [*found.links_here, *found.links_there, *found.conflicts, *found.delays] == []


@given(_texts, _texts)
def test_distances_are_symmetric_and_between_nothing_and_one(one, other):
    one, other = CausalLoopDiagram(one), CausalLoopDiagram(other)
    there, back = one.compare(other), other.compare(one)
    assert there.element_distance == back.element_distance
    assert there.model_distance == back.model_distance
    assert 0 <= there.element_distance <= 1
    assert 0 <= there.model_distance <= 1
    assert there.links_here == back.links_there
    assert len(there.conflicts) == len(back.conflicts)
    assert repr(there)
