"""The table of functions: every row has its line of help and means the same in each language."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from cstools.engine import many_runs, words
from cstools.equations import printing
from cstools.equations.functions import FUNCTIONS, function_named
from cstools.equations.text import parse
from cstools.equations.tree import Apply, Name, replace
from cstools.errors import EquationError
from tests.equations.random_trees import BY_HAND, NoValueError, value

SAMPLES = (-7.5, -3.0, -1.0, -0.25, 0.0, 0.25, 1.0, 3.0, 7.5)
CLOCK = {"time": 3.0, "dt": 0.25}

# The C library behind Python and the one behind NumPy may each be off by an ulp or two.
ULPS = 4 * np.finfo(float).eps

rows = pytest.mark.parametrize("row", FUNCTIONS.values(), ids=lambda row: row.name)


@rows
def test_a_row_has_a_line_of_help(row):
    assert row.doc
    assert row.doc[0].islower()
    assert not row.doc.endswith(".")


@rows
def test_a_row_knows_the_direction_of_each_argument(row):
    assert set(row.slopes) <= set("+-0?")
    assert {row.slope(position) for position in range(row.fewest)} <= set("+-0?")


def points(row):
    return itertools.product(SAMPLES, repeat=min(row.most, max(row.fewest, 2)))


def evaluated_in_python(tree, values):
    """Return the value, or NaN where Python stops; a single run is then done again by NumPy."""
    text = printing.expression(tree, printing.python(str))
    try:
        return float(eval(text, {**words.PYTHON, **values}))
    except (ArithmeticError, ValueError):
        return math.nan


@pytest.mark.parametrize("row", BY_HAND, ids=lambda row: row.name)
def test_a_row_means_the_same_in_python_in_numpy_and_by_hand(row):
    names = "xyz"[: min(row.most, max(row.fewest, 2))]
    tree = Apply(row.name, tuple(map(Name, names)))
    table = np.array(list(points(row))).T
    columns = dict(zip(names, table, strict=True)) | {
        k: np.full(table.shape[1], v) for k, v in CLOCK.items()
    }
    together = many_runs.evaluate(tree, columns, {})
    compared = 0
    for column, result in enumerate(together):
        values = {k: float(v[column]) for k, v in columns.items()}
        alone = evaluated_in_python(tree, values)
        try:
            expected = value(tree, values)
        except NoValueError:
            assert not math.isfinite(alone)
            assert not math.isfinite(result)
            continue
        compared += 1
        assert alone == pytest.approx(expected, rel=ULPS, abs=0)
        assert result == pytest.approx(expected, rel=ULPS, abs=0)
    assert compared >= 3


def known(node):
    if isinstance(node, Apply) and node.function[0].isalpha():
        return Apply(function_named(node.function), node.arguments)
    return node


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("int(-1.5)", -2),
        ("int(1.5)", 1),
        ("integer(-1.5)", -1),
        ("-7 mod 3", 2),
        ("7 mod -3", -2),
        ("modulo(-7, 3)", -1),
        ("modulo(7, -3)", 1),
        ("cosh(0)", 1),
        ("min(3, 1, 2)", 1),
        ("max(3, 1, 2)", 3),
        ("sqrt(9)", 3),
        ("ln(exp(2))", 2),
        ("log10(1000)", 3),
        ("step(5, 3)", 5),  # from that very moment on
        ("step(5, 3.25)", 0),
        ("ramp(2, 1)", 4),
        ("ramp(2, 9)", 0),
        ("ramp(2, 1, 2)", 2),
        ("pulse(5, 3)", 20),  # all of it in one step of a quarter
        ("pulse(5, 2.75)", 0),
        ("pulse(5, 1, 2)", 20),
        ("pulse(5, 1, 3)", 0),
        ("during(3, 1)", 1),
        ("during(1, 2)", 0),
        ("during(3, 0)", 1),
        ("pulse_train(1, 1, 2, 9)", 1),
        ("pulse_train(0, 1, 2, 9)", 0),
        ("pulse_train(1, 1, 2, 3)", 0),
        ("pulse_train(3, 1, 0, 9)", 1),
        ("safediv(6, 3)", 2),
        ("safediv(6, 0)", 0),
        ("safediv(6, 0, 7)", 7),
        ("xidz(6, 0.0000001, 7)", 7),
        ("zidz(6, 0)", 0),
        ("quantum(7.9, 2)", 6),
        ("quantum(-7.9, 2)", -6),
        ("quantum(7.9, 0)", 7.9),
        ("log(100)", 2),
        ("log(8, 2)", 3),
        ("abs(-4)", 4),
    ],
)
def test_examples_come_out_as_by_hand(text, result):
    tree = replace(parse(text), known)
    at = {name: np.array([number]) for name, number in CLOCK.items()}
    assert evaluated_in_python(tree, CLOCK) == pytest.approx(result, rel=ULPS)
    assert many_runs.evaluate(tree, at, {})[0] == pytest.approx(result, rel=ULPS)


@pytest.mark.parametrize(
    ("word", "name"),
    [("MAX", "max"), ("if_then_else", "if"), ("IF THEN ELSE", "if"), ("smth1", "smooth1")],
)
def test_other_spellings_find_the_row(word, name):
    assert function_named(word) == name


def test_a_lookup_may_have_the_name_of_a_function():
    assert function_named("Max", lookups=("max",)) == "max"
    assert function_named("Effect of Crowding", ("effect_of_crowding",)) == "effect_of_crowding"


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("maxx", "there is no function or lookup called 'maxx'; did you mean 'max'?"),
        ("sqr", "there is no function or lookup called 'sqr'; did you mean 'sqrt'?"),
        (
            "effect of crowd",
            "there is no function or lookup called 'effect of crowd'; "
            "did you mean 'effect_of_crowding'?",
        ),
        (
            "room temperature",
            "there is no function or lookup called 'room temperature'; "
            "if 'room temperature' times something, write *",
        ),
    ],
)
def test_an_unknown_function_is_a_lesson(word, message):
    with pytest.raises(EquationError) as caught:
        function_named(word, lookups=("effect_of_crowding",))
    assert str(caught.value) == message
