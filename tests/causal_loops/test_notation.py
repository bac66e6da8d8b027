"""A map is written as text, and every mistake in the text gets a lesson."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.parts import Link
from cstools.errors import ModelError, UnknownNameError
from cstools.names import key, label


def test_a_line_is_a_link_with_its_sign_delay_and_reason():
    map_ = CausalLoopDiagram("overtime -> tiredness: + delayed  # weeks later")
    assert map_.links == (Link("overtime", "tiredness", "+", True, "weeks later"),)


@pytest.mark.parametrize(
    ("written", "sign"),
    [
        ("+", "+"),
        ("-", "-"),
        ("−", "-"),
        ("–", "-"),
        ("?", "?"),
        ("s", "+"),
        ("o", "-"),
        ("O", "-"),
    ],
)
def test_signs_may_be_written_in_several_ways(written, sign):
    assert CausalLoopDiagram(f"a -> b: {written}").links[0].polarity == sign


@pytest.mark.parametrize("arrow", ["->", "-->", "→", "–>", "⟶", "=>", "⇒", "➔"])
def test_arrows_may_be_written_in_several_ways(arrow):
    assert CausalLoopDiagram(f"a{arrow}b: +").links == (Link("a", "b", "+"),)


@pytest.mark.parametrize("line", ["a -> b", "a -> b:", "a -> b: ?", "a -> b  # why: who knows"])
def test_a_sign_left_out_is_not_known(line):
    assert CausalLoopDiagram(line).links[0].polarity == "?"


def test_a_delay_may_stand_without_a_sign():
    assert CausalLoopDiagram("a -> b: delayed").links == (Link("a", "b", "?", True),)


def test_a_delay_may_stand_close_to_its_sign():
    assert CausalLoopDiagram("a->b:-delayed").links == (Link("a", "b", "-", True),)


def test_marks_that_nobody_sees_are_no_part_of_a_text_or_a_name():
    map_ = CausalLoopDiagram("\ufeffmood -> trust: +\r\ntr\u00adust\u200b -> mood: +\r\n")
    assert map_.variables == ("mood", "trust")
    assert map_.link("mo\u2060od", "trust", "+").variables == ("mood", "trust")


def test_blank_lines_and_comments_say_nothing():
    assert CausalLoopDiagram("\n# a -> b: +\n   \n").links == ()


def test_the_first_spelling_is_the_one_shown():
    map_ = CausalLoopDiagram("Work_Done -> effort: +\nEffort -> work  done: -")
    assert map_.variables == ("Work Done", "effort")
    assert [str(link) for link in map_.links] == [
        "Work Done → effort (+)",
        "effort → Work Done (−)",
    ]


def test_names_in_quotation_marks_may_hold_the_marks_of_the_notation():
    map_ = CausalLoopDiagram('"C#, say: a -> b" -> skill: -   # "quoted" reason')
    assert map_.links == (Link("C#, say: a -> b", "skill", "-", False, '"quoted" reason'),)


def test_a_lens_and_a_lonely_variable_have_their_own_lines():
    map_ = CausalLoopDiagram("variables: trust\nself: mood, trust\nworld: mood")
    assert [(map_[name].name, map_[name].lens) for name in map_.variables] == [
        ("trust", "self"),
        ("mood", "world"),
    ]


def test_a_source_stands_in_brackets_at_the_end_of_the_reason():
    (link,) = CausalLoopDiagram("a -> b: +  # tired people slip [source: Lyneis 2007]").links
    assert (link.reason, link.source) == ("tired people slip", "Lyneis 2007")


def test_a_loop_is_named_in_the_text_wherever_the_line_stands():
    map_ = CausalLoopDiagram("loop the trap: b, a\na -> b: +\nb -> a: +")
    assert map_.loops()[0].title == "the trap"
    assert CausalLoopDiagram(map_.to_text()).loops()["the trap"] == map_.loops()[0]


def test_a_title_is_not_written_when_its_loop_is_gone():
    map_ = CausalLoopDiagram("a -> b: +\nb -> a: +\nloop the trap: a, b")
    assert map_.unlink("b", "a").to_text() == "a -> b: +"


LESSONS = {
    "a > b: +": """\
line 1: there is no arrow; a link is written 'cause -> effect: +'
    a > b: +
      ^""",
    "\n  just a note": """\
line 2: there is no arrow; a link is written 'cause -> effect: +'
    just a note
    ^""",
    "a -> b -> c: +": """\
line 1: one arrow a line; write the second link on its own line
    a -> b -> c: +
           ^""",
    "a <-> b: +": """\
line 1: an arrow points from the cause on the left to the effect on the right; \
write one line for each direction
    a <-> b: +
      ^""",
    " -> b: +": """\
line 1: the cause is missing before the arrow
    -> b: +
    ^""",
    "a -> : +": """\
line 1: the effect is missing after the arrow
    a -> : +
        ^""",
    "a -> b +": """\
line 1: put a colon before the sign: 'cause -> effect: +'
    a -> b +
           ^""",
    "a -> b(+)": """\
line 1: put a colon before the sign: 'cause -> effect: +'
    a -> b(+)
          ^""",
    "a +-> b": """\
line 1: put a colon before the sign: 'cause -> effect: +'
    a +-> b
      ^""",
    "a ->+ b": """\
line 1: a sign stands behind the effect and a colon: 'cause -> effect: +'; \
a name that begins like this stands in quotation marks
    a ->+ b
        ^""",
    "  - a -> b: +": """\
line 1: a sign stands behind the effect and a colon: 'cause -> effect: +'; \
a name that begins like this stands in quotation marks
    - a -> b: +
    ^""",
    "hunger, thirst -> mood: -": """\
line 1: one cause and one effect a line; a name with a comma in it stands in quotation marks
    hunger, thirst -> mood: -
          ^""",
    "hunger -> mood, work: -": """\
line 1: one cause and one effect a line; a name with a comma in it stands in quotation marks
    hunger -> mood, work: -
                  ^""",
    "day 1: hunger -> mood: -": """\
line 1: the colon stands behind the effect: 'cause -> effect: +'; \
a name with a colon in it stands in quotation marks
    day 1: hunger -> mood: -
         ^""",
    "hunger -> “mood”: -": """\
line 1: quotation marks around a name are straight, double ones: "
    hunger -> “mood”: -
              ^""",
    "hunger -> 'mood': -": """\
line 1: quotation marks around a name are straight, double ones: "
    hunger -> 'mood': -
              ^""",
    "“hunger -> mood”: -": """\
line 1: quotation marks around a name are straight, double ones: "
    “hunger -> mood”: -
    ^""",
    "• hunger -> mood: -": """\
line 1: a dot or star before a name would become part of it; leave it out
    • hunger -> mood: -
    ^""",
    "a <= b: +": """\
line 1: an arrow points from the cause on the left to the effect on the right; \
write one line for each direction
    a <= b: +
      ^""",
    "a" * 300 + " -> b: up": """\
line 1: 'up' is not a sign; a sign is + (both move the same way), \
- (they move opposite ways) or ? (it cannot be said)
    """
    + "a" * 91
    + """ -> b: up
    """
    + " " * 98
    + "^",
    'a -> b: + "after weeks"': """\
line 1: '"after weeks"' is not understood; after the sign comes only the word 'delayed', \
and a reason after '#'
    a -> b: + "after weeks"
              ^""",
    "a -> b: positive": """\
line 1: 'positive' is not a sign; a sign is + (both move the same way), \
- (they move opposite ways) or ? (it cannot be said)
    a -> b: positive
            ^""",
    "a -> b: + slowly": """\
line 1: 'slowly' is not understood; after the sign comes only the word 'delayed', \
and a reason after '#'
    a -> b: + slowly
              ^""",
    '"a -> b: +': """\
line 1: this quotation mark is not closed
    "a -> b: +
    ^""",
    "a\t-> !!: +": """\
line 1: '!!' is not a name; a variable's name has a letter or a digit in it
    a\t-> !!: +
     \t   ^""",
    'the "big" one -> b': """\
line 1: the name the "big" one has a quotation mark inside; \
leave it out, or put one at each end of the whole name
    the "big" one -> b
    ^""",
    "a -> b: +\nb -> a: +\nloop: a, b": """\
line 3: the loop has no name; write 'loop its name: first variable, second, third'
    loop: a, b
        ^""",
    "a -> b: +\nb -> c: +\nloop round trip: a, b, c": """\
line 3: this is no loop, because there is no link 'c' → 'a'""",
    "effort -> skill: +\nskill -> effort: +\nloop practice: efort, skill": """\
line 3: nothing is called 'efort'; did you mean 'effort'?""",
    "self: mood,, trust": """\
line 1: a name is missing; names stand with a comma between them
    self: mood,, trust
               ^""",
    "x\ny\na -> b: +\nz\nw\nv": """\
line 1: there is no arrow; a link is written 'cause -> effect: +'
    x
    ^
line 2: there is no arrow; a link is written 'cause -> effect: +'
    y
    ^
line 4: there is no arrow; a link is written 'cause -> effect: +'
    z
    ^
and 2 more lines like these""",
}


@pytest.mark.parametrize("text", LESSONS)
def test_a_line_that_cannot_be_read_gets_a_lesson(text):
    with pytest.raises((ModelError, UnknownNameError)) as lesson:
        CausalLoopDiagram(text)
    assert str(lesson.value) == LESSONS[text]


_letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='"')
_names = (
    st.text(_letters, min_size=1, max_size=12)
    .map(label)
    .filter(lambda name: any(letter.isalnum() for letter in key(name)) and label(name) == name)
)
_marked = st.sampled_from(["a -> b", "a: b", "C#", "x,y", "up +", "down (-)", "a <- b", "self"])
_marked |= st.sampled_from(["a => b", "'quoted'", "“half", "* starred", "a\u200bb"])
_marked |= st.sampled_from(["+ up", "- down", "(?) why", "b[+]", "“quoted”", "-5 degrees"])
_reasons = st.text(_letters | st.sampled_from("#[]:\n"), max_size=20)


@given(
    lonely=st.lists(st.tuples(_names, st.sampled_from(["", "self", "others", "world"]))),
    links=st.lists(
        st.tuples(
            _names | _marked, _names | _marked, st.sampled_from("+-?"), st.booleans(), _reasons
        )
    ),
)
def test_a_map_written_and_read_again_is_the_same_map(lonely, links):
    first = CausalLoopDiagram()
    for name, lens in lonely:
        first.variable(name, lens=lens)
    for cause, effect, sign, delayed, reason in links:
        first.link(cause, effect, sign, delayed=delayed, reason=reason)
    again = CausalLoopDiagram(first.to_text())
    assert again.links == first.links
    assert [again[name] for name in again.variables] == [first[name] for name in first.variables]


@given(st.text())
def test_any_text_is_a_map_or_a_lesson(text):
    try:
        map_ = CausalLoopDiagram(text)
    except (ModelError, UnknownNameError) as lesson:
        first_words = str(lesson)[:5]
    else:
        first_words = "line "
        assert CausalLoopDiagram(map_.to_text()).links == map_.links
    assert first_words == "line "
