"""What people hand over by mistake, to each of the six kinds: words that help, and never an error.

Stands for issue 6's list: a wrong type, a comma for a point, a unit in words, not a number, a
picture in the place of a number, an undefined name (see ``test_slips``), another name for the same
variable; and a check that needs nothing but the cell that sets it up.
"""

import itertools
import json
import math
from pathlib import Path

import pytest

from cstools import CausalLoopDiagram, StockFlow, facets
from cstools.learning import load_set
from cstools.learning.checks import Outcome
from cstools.learning.generate import answer_in_code, notebooks
from cstools.learning.kinds.choice import Choice
from cstools.learning.kinds.expected import Expectation
from cstools.learning.kinds.loops import LoopsAndSigns
from cstools.learning.kinds.model import Clock, Model
from cstools.learning.kinds.number import Number
from cstools.learning.kinds.reflection import Reflection
from cstools.learning.kinds.sketch import Sketch
from cstools.learning.question import Question

KINDS = {
    "number": Number(12.5, "litres per minute", 0.1, 2),
    "choice": Choice({"a": "Up", "b": "Down"}, "b"),
    "sketch": Sketch(((0, 1.5), (4, 9), (8, 1.5)), 1, 1),
    "loops": LoopsAndSigns("fish -> young: +\nyoung -> fish: +", {"young": ("new fish",)}),
    "model": Model(
        "stock water = 5\nflow out out of water = water / 2",
        (Expectation("ends", 0, "Where does it end?", "water", within=0.1),),
        clock=Clock(stop=20, dt=0.5, time_units="minute"),
    ),
    "reflection": Reflection(),
}
JUDGED = [name for name in KINDS if name != "reflection"]
TANK = facets.world.bathtub()


def asked(kind):
    return Question(kind, "A question", "What?", KINDS[kind])


MISTAKES = {
    "true": True,
    "not a number": math.nan,
    "infinity": -math.inf,
    "a huge number": 10**400,
    "a complex number": 1j,
    "bytes": b"\xff",
    "a list of texts": ["a", "b"],
    "a long text": "x" * 100_000,
    "digits without end": "9" * 100_000,
    "many brackets": "(" * 5_000,
    "an unending list": itertools.count(),
    "a set": {"b", 5},
    "an error": ValueError("no"),
    "a class": int,
    "a cell of another kind": {"~": "model"},
}


@pytest.mark.parametrize("kind", JUDGED)
@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_incorrect_and_told_in_words(kind, name):
    said = asked(kind).check(MISTAKES[name])
    assert said.outcome is Outcome.INCORRECT
    assert repr(said).startswith("Incorrect.\n")
    assert "Traceback" not in said.text
    assert len(said.text) < 1000


NAMED = {
    "a picture": (lambda: TANK.run().plot(), "This is a picture."),
    "a figure": (lambda: TANK.run().plot().figure, "This is a picture."),
    "axes": (lambda: TANK.run().plot().figure.axes[0], "This is a picture."),
    "a run": (lambda: TANK.run(), "This is a run of a model."),
    "the question": (lambda: asked("number"), "This is the question itself."),
    "a feedback": (lambda: asked("number").check(1), "This is what a check has said."),
    "a module": (lambda: math, "This is a part of Python."),
    "a function": (
        lambda: len,
        "This is a function; write () after its name for what it gives back.",
    ),
}


@pytest.mark.parametrize("kind", JUDGED)
@pytest.mark.parametrize("name", NAMED)
def test_what_is_no_answer_is_called_by_its_name(kind, name):
    make, words = NAMED[name]
    assert asked(kind).check(make()).text == f"Incorrect.\n\n{words} {KINDS[kind].how}"


def test_a_model_in_the_place_of_another_answer_is_called_one():
    for kind in ("number", "choice", "sketch", "loops"):
        said = asked(kind).check(StockFlow("x"))
        assert said.text == f"Incorrect.\n\nThis is a model. {KINDS[kind].how}"


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("number", "12,5"),
        ("number", "12,5 litres per minute"),
        ("number", "12.5 litres a minute"),
        ("number", "25/2"),
        ("choice", " B) "),
        ("choice", "down"),
        ("sketch", "(0; 1,5) (4; 9) (8; 1,5)"),
        ("sketch", {0: 1.5, 4: 9, 8: 1.5}),
        ("loops", "Fish -> New Fish: +\nnew fish -> fish: +"),
        ("loops", CausalLoopDiagram("fish -> young: +\nyoung -> fish: +")),
        ("model", "stock Wasser = 5,0 litres\nflow out out of Wasser = Wasser / 2"),
        ("reflection", "anything at all"),
    ],
)
def test_a_right_answer_in_another_spelling_is_right(kind, answer):
    assert asked(kind).check(answer).outcome is Outcome.CORRECT


def test_a_series_and_an_array_are_curves():
    numpy, pandas = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    points = [(0, 1.5), (4, 9), (8, 1.5)]
    assert asked("sketch").check(numpy.array(points)).outcome is Outcome.CORRECT
    series = pandas.Series([1.5, 9, 1.5], index=[0, 4, 8])
    assert asked("sketch").check(series).outcome is Outcome.CORRECT


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("blank", [None, ..., "", "  \n"], ids=repr)
def test_nothing_is_not_attempted_whatever_the_kind(kind, blank):
    assert asked(kind).check(blank).outcome is Outcome.NOT_ATTEMPTED


@pytest.mark.parametrize("kind", KINDS)
def test_the_solution_of_a_kind_is_right_as_it_stands_in_code(kind):
    answer = eval(answer_in_code(KINDS[kind]))
    assert asked(kind).check(answer).outcome is Outcome.CORRECT


class Odd:
    """A number of a hint that fails in every way."""

    def __eq__(self, other):
        raise RuntimeError

    __hash__ = None


@pytest.mark.parametrize("number", [Odd(), "two", None, 0.5, math.nan, [], -1])
def test_a_hint_asked_for_by_what_is_no_number_is_told(number):
    question = load_set("01-bathtub")["fullest"]
    assert question.hint(number).text == ("There are 2 hints: hint(1) to hint(2). Then solution().")


# --- nothing but the set-up cell ------------------------------------------------------------------

EXERCISES = Path(__file__).parents[2] / "exercises"
SETS = sorted(path.parent.name for path in EXERCISES.glob("*/source.toml"))


@pytest.mark.parametrize("name", SETS)
def test_each_cell_works_alone_after_the_one_that_sets_up(name):
    cells = json.loads(notebooks(load_set(name))[f"{name}.ipynb"])["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    set_up, *others = sources
    for source in others:
        names = {}
        exec(set_up, names)
        exec(source, names)
        assert set(names) <= {"__builtins__", "load_set", "exercises", "model"}
