"""One rule of spelling: what is the same name, how it is shown, and what it is called in code."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools.names import identifiers, key, label, same

any_text = st.text(max_size=20)
letters = st.text(st.characters(categories=["Ll", "Lu", "Lo", "Mn", "Mc", "Nd"]), min_size=1)

quick = settings(max_examples=200, deadline=None)


@pytest.mark.parametrize(
    "other",
    [
        "Room Temperature",
        "room_temperature",
        "  room   temperature ",
        '"Room Temperature"',
        "ROOM\nTEMPERATURE",
        r"room\ntemperature",
        "room\u00a0temperature",
        "room _ temperature",
        "_room temperature_",
    ],
)
def test_case_gaps_and_quotes_do_not_count(other):
    assert key(other) == "room_temperature"
    assert same(other, "room temperature")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Größe", "GRÖSSE"), ("e\u0301tat", "ÉTAT"), ("ﬁsh", "fish"), ("CO₂", "co2"), ("Σ", "ς")],
)
def test_letters_of_any_script_compare_as_their_readers_do(one, other):
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("room temperature", "roomtemperature"), ("a.b", "a b"), ("a-b", "a b"), ("e", "é")],
)
def test_other_names_stay_apart(one, other):
    assert not same(one, other)


@quick
@given(any_text)
def test_a_key_is_its_own_key(text):
    assert key(key(text)) == key(text)


@quick
@given(any_text)
def test_a_name_is_the_same_as_the_way_it_is_shown(text):
    assert same(label(text), text)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("room_temperature", "room temperature"),
        ('"Room Temperature"', "Room Temperature"),
        (r"Room\nTemperature", "Room Temperature"),
        ("e\u0301tat", "état"),
        ("CO₂", "CO₂"),
    ],
)
def test_a_name_is_shown_in_its_own_case_with_spaces(name, shown):
    assert label(name) == shown


def test_identifiers_stay_readable():
    assert identifiers(["room_temperature", "größe", "室温"]) == {
        "room_temperature": "room_temperature",
        "größe": "größe",
        "室温": "室温",
    }


def test_identifiers_avoid_each_other_and_the_words_of_both_languages():
    made = identifiers(["a-b", "a.b", "class", "new", "3rd", "time", "%"], reserved=["time"])
    assert made == {
        "a-b": "a_b",
        "a.b": "a_b_2",
        "class": "_class",
        "new": "new_2",
        "3rd": "_3rd",
        "time": "time_2",
        "%": "_",
    }


@quick
@given(st.lists((any_text | letters).map(key), unique=True))
def test_every_name_gets_an_identifier_of_its_own_that_runs(names):
    made = identifiers(names)
    assert list(made) == names
    space: dict[str, int] = {}
    exec("\n".join(f"{word} = {number}" for number, word in enumerate(made.values())), space)
    assert [space[word] for word in made.values()] == list(range(len(names)))
