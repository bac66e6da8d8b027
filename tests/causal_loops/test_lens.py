"""Variables are seen with a lens, links carry why and whence, and loops across lenses go first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.errors import ModelError

CLASS = """
    my patience -> my mood: +
    my mood -> my patience: +
    my mood -> class mood: +
    class mood -> my mood: +
    class mood -> marks: +
    marks -> school climate: +
    school climate -> my mood: +
    marks -> effort: +
    effort -> marks: +
    self: my patience, my mood
    others: class mood
    world: school climate
"""


def test_loops_that_cross_lenses_come_first_and_keep_their_names():
    map_ = CausalLoopDiagram(CLASS)
    found = map_.loops_by_lens()
    assert [loop.name for loop in map_.loops()] == ["R1", "R2", "R3", "R4"]
    assert repr(found) == (
        "2 of 4 loops cross lenses.\n"
        "R4 (reinforcing): my mood → class mood → marks → school climate → my mood"
        "  [self, others, world]\n"
        "R1 (reinforcing): my mood → class mood → my mood  [self, others]\n"
        "R2 (reinforcing): marks → effort → marks\n"
        "R3 (reinforcing): my patience → my mood → my patience  [self]"
    )
    assert [loop.name for loop in found.crossing] == ["R4", "R1"]
    assert (found[0], found[:1]) == (map_.loops()["R4"], (map_.loops()["R4"],))


def test_the_table_names_the_lenses():
    page = CausalLoopDiagram(CLASS).loops_by_lens()._repr_mimebundle_()["text/html"]
    assert "self, others and world" in page


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a -> b: +", "There is no loop on this map."),
        (
            "a -> b: +\nb -> a: +",
            "No loop has a variable with a lens yet; write a line like "
            "'self: my mood, my energy' to say with which one it is seen.",
        ),
        ("a -> b: +\nb -> a: +\nself: a\nworld: b", "The one loop crosses lenses."),
        ("a -> b: +\nb -> a: +\nself: a, b", "The one loop stays within one lens."),
    ],
)
def test_the_first_line_says_how_many_cross(text, sentence):
    assert repr(CausalLoopDiagram(text).loops_by_lens()).splitlines()[0] == sentence


def test_a_lens_misspelt_in_the_text_gets_a_lesson():
    with pytest.raises(ModelError) as lesson:
        CausalLoopDiagram("a -> b: +\n  other: a, b")
    assert str(lesson.value) == (
        "line 2: 'other:' begins no line; a list of names begins with 'variables:', or with a "
        "lens, as 'self:'; did you mean 'others'?\n"
        "    other: a, b\n"
        "    ^"
    )


_names = st.sampled_from(["mood", "work: load", "C#", "others", "a, b"])
_words = st.text(st.sampled_from("ab #[]:;.“”-"), max_size=12)


@given(
    st.lists(st.tuples(_names, st.sampled_from(["self", "others", "world"]))),
    st.lists(
        st.tuples(_names, _names, st.sampled_from("+-?"), st.booleans(), _words, _words), max_size=8
    ),
)
def test_lenses_reasons_and_sources_survive_writing_and_reading(lenses, links):
    first = CausalLoopDiagram()
    for name, lens in lenses:
        first.variable(name, lens=lens)
    for link in links:
        first.link(*link)
    again = CausalLoopDiagram(first.to_text())
    assert again.links == first.links
    assert [again[name] for name in again.variables] == [first[name] for name in first.variables]
    assert again.to_text() == first.to_text()
