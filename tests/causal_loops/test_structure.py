"""Where each variable stands, the loops through each part, and what goes without it."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.loops import Loops
from cstools.errors import ModelError, UnknownNameError

REWORK = CausalLoopDiagram(
    """
    deadline -> schedule pressure: +
    schedule pressure -> overtime: +
    overtime -> work done: +
    work done -> work remaining: -
    work remaining -> schedule pressure: +
    overtime -> tiredness: + delayed
    tiredness -> mistakes: +
    mistakes -> work remaining: +
    mistakes -> complaints: +
    variables: weather
    loop burnout (slow): overtime, tiredness, mistakes, work remaining, schedule pressure
""",
    name="rework",
)


def test_each_variable_has_its_links_and_its_loops():
    shape = REWORK.structure()
    assert [(p.name, p.incoming, p.outgoing, p.loops, p.kind) for p in shape] == [
        ("deadline", 0, 1, 0, "transmitter"),
        ("schedule pressure", 2, 1, 2, "ordinary"),
        ("overtime", 1, 2, 2, "ordinary"),
        ("work done", 1, 1, 1, "ordinary"),
        ("work remaining", 2, 1, 2, "ordinary"),
        ("tiredness", 1, 1, 1, "ordinary"),
        ("mistakes", 1, 2, 1, "ordinary"),
        ("complaints", 1, 0, 0, "receiver"),
        ("weather", 0, 0, 0, "alone"),
    ]


def test_the_structure_is_told_in_sentences_and_shown_as_a_table():
    shape = REWORK.structure()
    assert repr(shape) == (
        "9 variables and 9 links: 1 transmitter (deadline), 1 receiver (complaints), 6 ordinary "
        "and 1 alone (weather). Most links: schedule pressure, overtime, work remaining and "
        "mistakes, with 3. Most loops: schedule pressure, overtime and work remaining, with 2 of 2."
    )
    page = shape._repr_mimebundle_()["text/html"]
    assert page.count("<tr>") == 1 + 9
    assert repr(CausalLoopDiagram().structure()) == "The map is empty."


def test_a_link_to_itself_and_parallel_links_all_count():
    place = CausalLoopDiagram("a -> a: -\na -> b: +\na -> b: -").structure()["A"]
    assert (place.incoming, place.outgoing, place.loops, place.kind) == (1, 3, 1, "ordinary")


def test_the_loops_through_a_variable_and_through_a_link():
    shape = REWORK.structure()
    assert [loop.name for loop in shape.loops_through("Overtime")] == ["B1", "R1"]
    assert [loop.name for loop in shape.loops_through("overtime", "tiredness")] == ["R1"]
    assert shape.loops_through("deadline") == ()


def test_what_vanishes_without_a_part_is_told_and_the_map_stays():
    gone = REWORK.removal("tiredness")
    assert [loop.name for loop in gone.vanishing] == ["R1"]
    assert [loop.name for loop in gone.staying] == ["B1"]
    assert repr(gone) == (
        "Without 'tiredness', 1 of 2 loops vanishes; 1 loop left.\n"
        "R1 “burnout (slow)” (reinforcing): schedule pressure → overtime → tiredness → mistakes "
        "→ work remaining → schedule pressure"
    )
    assert "R1 “burnout (slow)”" in gone._repr_mimebundle_()["text/html"]
    assert "tiredness" in REWORK.variables


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        (("overtime",), "Without 'overtime', 2 of 2 loops vanish; no loop is left."),
        (("weather",), "Without 'weather' every loop stays: none goes through it."),
        (
            ("overtime", "work done"),
            "Without the link 'overtime' → 'work done', 1 of 2 loops vanishes; 1 loop left.",
        ),
    ],
)
def test_the_first_line_says_how_many(part, sentence):
    assert repr(REWORK.removal(*part)).splitlines()[0] == sentence


def test_a_map_without_loops_has_none_to_lose():
    gone = CausalLoopDiagram("a -> b: +").removal("a")
    assert gone._repr_mimebundle_() == {
        "text/plain": "Without 'a' no loop vanishes: there is none."
    }


def test_a_map_with_more_loops_than_are_found_says_so():
    map_ = CausalLoopDiagram()
    for cause, effect in permutations(range(12), 2):  # more than a hundred million loops
        map_.link(f"v{cause}", f"v{effect}", "+")
    gone = map_.removal("v0", seconds=0.05)
    assert "These are not all the loops" in repr(gone)
    assert "more" in gone._repr_mimebundle_()["text/html"]
    assert "These are not all the loops" in repr(map_.structure(seconds=0.05))


def test_loops_are_made_only_when_somebody_looks_at_them(monkeypatch):
    made = []
    own = Loops._loop
    monkeypatch.setattr(
        Loops, "_loop", lambda loops, place: made.append(place) or own(loops, place)
    )
    map_ = CausalLoopDiagram()
    for cause, effect in permutations(range(6), 2):  # 409 loops
        map_.link(f"v{cause}", f"v{effect}", "+")
    gone, lenses = map_.removal("v0"), map_.loops_by_lens()
    assert (len(gone.vanishing), len(gone.staying), len(lenses)) == (325, 84, 409)
    assert not made
    assert gone.staying[0] == map_.loops()["R6"]
    assert len(made) == 2


def test_chosen_loops_equal_any_list_of_the_same_and_are_listed():
    through = REWORK.structure().loops_through("tiredness")
    assert through == [REWORK.loops()["R1"]] != through[:0]
    assert hash(through) == hash(REWORK.removal("mistakes").vanishing)
    assert repr(through) == str(REWORK.loops()["R1"])
    assert repr(REWORK.structure().loops_through("weather")) == "no loops"


def test_what_is_not_there_gets_a_lesson():
    with pytest.raises(UnknownNameError) as lesson:
        REWORK.removal("overtme")
    assert str(lesson.value) == (
        "the map 'rework': nothing is called 'overtme'; did you mean 'overtime'?"
    )
    with pytest.raises(ModelError) as lesson:
        REWORK.removal("work done", "overtime")
    assert str(lesson.value) == "the map 'rework': there is no link 'work done' → 'overtime'"


@given(
    st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=14),
    st.data(),
)
def test_the_loops_that_stay_are_those_of_the_map_without_the_link(pairs, data):
    pairs = sorted(pairs)
    cause, effect = data.draw(st.sampled_from(pairs))
    map_ = CausalLoopDiagram("\n".join(f"v{a} -> v{b}: +" for a, b in pairs))
    stays = {loop.links for loop in map_.removal(f"v{cause}", f"v{effect}").staying}
    left = map_.unlink(f"v{cause}", f"v{effect}").loops()
    # The links of a loop begin at another place where the first variable of the map changed.
    assert {frozenset(links) for links in stays} == {frozenset(loop.links) for loop in left}
