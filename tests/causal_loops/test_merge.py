"""Two maps become one, and a disagreement stays visible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.parts import Link
from cstools.errors import ModelError


def map_of(text, name=""):
    return CausalLoopDiagram(text, name)


def test_opposite_signs_become_open_and_name_both_maps():
    ours = map_of("stress -> sleep: -  # we lie awake [source: diary]", "team A")
    theirs = map_of("Stress -> sleep: + delayed  # it wears you out", "team B")
    merged = ours.merge(theirs)
    assert merged.name == "team A and team B"
    assert merged.links == (
        Link(
            "stress",
            "sleep",
            "?",
            True,
            "we lie awake; it wears you out",
            "team A says − (diary); team B says +",
        ),
    )


def test_maps_without_names_are_the_first_and_the_second():
    (link,) = map_of("a -> b: +").merge(map_of("a -> b: -")).links
    assert link.source == "the first map says +; the second map says −"


def test_an_open_sign_gives_way_to_a_known_one():
    for one, other in [("?", "-"), ("-", "?")]:
        (link,) = map_of(f"a -> b: {one}").merge(map_of(f"a -> b: {other} delayed")).links
        assert (link.polarity, link.delayed) == ("-", True)


def test_a_second_way_that_one_map_has_is_kept():
    merged = map_of("a -> b: +\na -> b: -").merge(map_of("a -> b: +"))
    assert [link.polarity for link in merged.links] == ["+", "-"]


def test_the_first_map_is_believed_and_the_second_fills_in():
    ours = map_of("My_Mood -> b: +\nb -> my mood: +\nself: my mood\nloop ours: b, my mood")
    theirs = map_of("my mood -> b: +\nb -> my mood: +\nothers: my mood, b\nloop theirs: my mood, b")
    merged = ours.place("b", 1, 2).merge(theirs.place("b", 8, 9).place("my mood", 3, 4))
    assert [(merged[name].name, merged[name].lens) for name in merged.variables] == [
        ("My Mood", "self"),
        ("b", "others"),
    ]
    assert [loop.title for loop in merged.loops()] == ["ours"]
    assert merged.positions == {"b": (1, 2), "My Mood": (3, 4)}


def test_neither_map_changes():
    ours, theirs = map_of("a -> b: +"), map_of("b -> c: -")
    assert ours.merge(theirs, name="both").name == "both"
    assert (ours.to_text(), theirs.to_text()) == ("a -> b: +", "b -> c: -")


def test_only_a_map_can_be_merged_with():
    with pytest.raises(ModelError) as lesson:
        map_of("a -> b: +").merge(None)
    assert str(lesson.value) == (
        "this map: merge(…) needs another causal loop diagram in its brackets; this is NoneType"
    )


_links = st.tuples(
    *[st.integers(0, 3)] * 2,
    st.sampled_from("+-?"),
    st.booleans(),
    st.sampled_from(["", "why", "a # b [c]", "because [source: x]"]),
    st.sampled_from(["", "Kim 1992", "one; two"]),
)


def built(links, name):
    map_ = CausalLoopDiagram(name=name)
    for cause, effect, *said in links:
        map_.link(f"v{cause}", f"v{effect}", *said)
    return map_


@given(st.lists(_links, max_size=8), st.lists(_links, max_size=8))
def test_a_merged_map_has_the_parts_of_both_and_no_other(one, other):
    one, other = built(one, "one"), built(other, "other")
    merged = one.merge(other)
    assert set(merged.variables) == {*one.variables, *other.variables}
    pairs = {(link.cause, link.effect) for link in (*one.links, *other.links)}
    assert {(link.cause, link.effect) for link in merged.links} == pairs
    conflicts = {(c.cause, c.effect) for c in one.compare(other).conflicts}
    said = {(li.cause, li.effect) for li in merged.links if "one says" in li.source}
    assert said == conflicts
    assert CausalLoopDiagram(merged.to_text()).links == merged.links


@given(st.lists(_links, max_size=8))
def test_a_map_merged_with_itself_keeps_its_known_signs(links):
    map_ = built(links, "one")
    merged = map_.merge(map_)
    for pair in {(link.cause, link.effect) for link in map_.links}:
        before, after = (
            {link.polarity for link in m.links if (link.cause, link.effect) == pair}
            for m in (map_, merged)
        )
        assert after == (before - {"?"} or {"?"})
