"""A teacher who edits a set is told what is wrong, in which question, and what to do."""

import pytest

from cstools.errors import DataError, FileError
from cstools.learning import load_set

GOOD = """title = "The bath"
minutes = 20
introduction = "A tap and a drain."
references = ["BoothSweeneySterman2000"]

[[question]]
name = "net flow"
title = "How fast?"
kind = "number"
ask = "75 in, 50 out."
value = 25
hints = ["Two flows.", "Take one from the other."]
solution = "75 less 50."

[[question.misconception]]
name = "copies the inflow"
answers = [75]
says = "That is what comes in."
"""
HERE = "exercises 'mine', question 1 'net flow'"


@pytest.fixture
def source(tmp_path):
    def write(text):
        path = tmp_path / "mine" / "source.toml"
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_set_is_read(source):
    exercises = load_set(source(GOOD))
    assert (exercises.name, exercises.minutes, len(exercises)) == ("mine", 20, 1)
    assert exercises["net flow"].check("25").outcome == "correct"


SLIPS = {
    'kind = "number"': ('kind = "numbr"', f"{HERE}: 'kind' is 'numbr'; did you mean 'number'?"),
    'title = "How': ('titel = "How', f"{HERE}: nothing here is called 'titel'; "
        "did you mean 'title'?"),
    "value = 25\n": ("", f"{HERE}: 'value' is missing"),
    "value = 25": ('value = "many"', f"{HERE}: 'value' must be a number"),
    "minutes = 20": ('minutes = "20"', "exercises 'mine': 'minutes' must be a whole number"),
    "minutes = 20\n": ("", "exercises 'mine': 'minutes' is missing"),
    ', "Take one from the other."': ("", f"{HERE}: it has 1 of the two hints that it needs"),
    'solution = "75 less 50."\n': ("", f"{HERE}: it has no 'solution'; say why the answer is "
        "right"),
    "answers = [75]": ("answers = [25]", f"{HERE}: an answer of the misconception 'copies the "
        "inflow' is judged as 'correct'; look at the answer or at the tolerance"),
    "[75]": ('["many"]', f"{HERE}, misconception 'copies the inflow': an answer cannot be read "
        "(could not convert string to float: 'many')"),
    'says = "That is what comes in."\n': ("", f"{HERE}, misconception: 'says' is missing"),
}  # fmt: skip


@pytest.mark.parametrize("old", SLIPS)
def test_a_slip_is_named(source, old):
    new, message = SLIPS[old]
    with pytest.raises(DataError) as error:
        load_set(source(GOOD.replace(old, new)))
    assert str(error.value) == message


def test_a_question_without_a_misconception_is_refused(source):
    with pytest.raises(DataError) as error:
        load_set(source(GOOD[: GOOD.index("[[question.misconception]]")]))
    assert str(error.value) == (
        f"{HERE}: it names no misconception; add [[question.misconception]]"
    )


def test_one_name_twice_is_refused(source):
    again = GOOD[GOOD.index("[[question]]") :]
    with pytest.raises(DataError) as error:
        load_set(source(GOOD + again))
    assert str(error.value) == (
        "exercises 'mine': two questions are called 'net flow'; give one another name"
    )


KINDS = {
    'kind = "choice"\nchoices = { a = "1", b = "2" }\nanswer = "c"': (
        "its answer cannot be read ('c' is none of the letters a, b)"
    ),
    'kind = "sketch"\npoints = [[0, 1, 2]]\nturn_within = 1\nlevel_within = 1': (
        "its answer cannot be read (too many values to unpack (expected 2))"
    ),
    'kind = "loops"\nmap = "a ->"': (
        "its answer cannot be read (line 1: the effect is missing after the arrow\n"
        "    a ->\n        ^)"
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_that_cannot_be_read_is_named(source, kind):
    with pytest.raises(DataError) as error:
        load_set(source(GOOD.replace('kind = "number"', kind).replace("value = 25\n", "")))
    assert str(error.value) == f"{HERE}: {KINDS[kind]}"


def test_a_file_that_is_not_toml_is_named_with_its_line(source):
    with pytest.raises(FileError) as error:
        load_set(source("title = "))
    assert str(error.value) == ("source.toml: this is not TOML: Invalid value (at end of document)")


def test_a_file_that_is_not_there_or_not_text_is_named(source, tmp_path):
    with pytest.raises(FileError) as error:
        load_set(tmp_path / "none.toml")
    assert str(error.value) == (
        "none.toml: the source cannot be opened (No such file or directory)"
    )
    path = source("")
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FileError) as error:
        load_set(path)
    assert str(error.value) == "source.toml: the source is not text in UTF-8; save it as such"
