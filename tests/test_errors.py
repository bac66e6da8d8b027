"""Errors are lessons, and at the same time errors of Python's own kinds."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys

import pytest

from cstools import errors
from cstools.errors import CstoolsError, did_you_mean, unknown_name

KINDS = {
    errors.EquationError: ValueError,
    errors.UnknownNameError: KeyError,
    errors.ModelError: ValueError,
    errors.PlaceError: IndexError,
    errors.FileError: ValueError,
    errors.DataError: ValueError,
    errors.MissingPartError: ImportError,
}


def test_every_kind_of_error_is_listed_here():
    assert set(KINDS) == set(CstoolsError.__subclasses__())


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_is_caught_as_ours_and_as_pythons(kind):
    assert issubclass(kind, CstoolsError)
    assert issubclass(kind, KINDS[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_is_shown_as_it_was_written(kind):
    message = "flow 'x': a value is expected\n    a + * b\n        ^"
    assert str(kind(message)) == message
    # Another process must be able to send it back whole.
    assert str(pickle.loads(pickle.dumps(kind(message)))) == message


def test_a_notebook_shows_the_line_and_the_lesson_and_not_the_way_through_the_package(tmp_path):
    cell = "from cstools.learning import term\n\nprint(term('sock'))"
    done = subprocess.run(
        [sys.executable, "-m", "IPython", "--colors=NoColor", "-c", cell],
        env=os.environ | {"IPYTHONDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == (
        "Line 3:  print(term('sock'))\n\nglossary: nothing is called 'sock'; did you mean 'stock'?"
    )


KNOWN = ["Room Temperature", "cooling time", "Coffee", "coffee cup", "coffees", "cofee shop"]


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("roomtemperature", "; did you mean 'Room Temperature'?"),
        ("ROOM_TEMPRATURE", "; did you mean 'Room Temperature'?"),
        ("cofee", "; did you mean 'Coffee' or 'coffees' or 'coffee cup'?"),
        ("price", ""),
        ("", ""),
    ],
)
def test_the_nearest_names_are_offered_in_their_own_spelling(word, hint):
    assert did_you_mean(word, KNOWN) == hint


def test_with_nothing_known_nothing_is_offered():
    assert did_you_mean("coffee", []) == ""


@pytest.mark.parametrize(
    ("known", "message"),
    [
        (
            ["temperature", "heat"],
            "run: nothing is called 'temprature'; did you mean 'temperature'?",
        ),
        ([], "run: nothing is called 'temprature'"),
        (["fish"], "run: nothing is called 'temprature'; there is 'fish'"),
        (["fish", "boats"], "run: nothing is called 'temprature'; there are 'fish' and 'boats'"),
        (
            ["fish", "boats", "catch"],
            "run: nothing is called 'temprature'; there are 'fish', 'boats' and 'catch'",
        ),
        (
            list("abcdefghij"),
            "run: nothing is called 'temprature'; there are 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h' "
            "and 2 more",
        ),
    ],
)
def test_a_name_that_is_not_there_is_a_lesson(known, message):
    error = unknown_name("temprature", known, "run")
    assert str(error) == message
    assert isinstance(error, KeyError)
