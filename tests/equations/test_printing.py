"""Trees become text again: the same when read back, and the same value in every language."""

from __future__ import annotations

import json
import shutil
import subprocess

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cstools.engine import many_runs, words
from cstools.engine.javascript import HELPERS
from cstools.engine.program import Table
from cstools.equations import printing
from cstools.equations.text import parse
from cstools.equations.tree import Apply, Name, Number
from tests.equations.random_trees import (
    CLOCK_KEYS,
    LOOKUPS,
    PLAIN_NAMES,
    NoValueError,
    any_name,
    any_number,
    small_number,
    trees,
    value,
)

# --- text that is read back -------------------------------------------------------------------

written = trees(
    st.one_of(
        any_number,
        any_name.map(Name),
        st.sampled_from(CLOCK_KEYS).map(Name),
        st.builds(lambda name, x: Apply(name, (x,)), st.sampled_from(LOOKUPS), any_number),
    )
)


@given(written)
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_printed_is_read_back_as_the_same_tree(tree):
    assert parse(printing.to_text(tree)) == tree


@given(written)
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_written_for_xmile_is_read_back_as_the_same_tree(tree):
    assert parse(printing.to_xmile(tree)) == tree


def test_names_are_printed_as_their_author_wrote_them():
    tree = parse('max(room temperature, 2) * -"3rd year" - time')
    spelling = {"room_temperature": "Room Temperature", "3rd_year": "3rd Year"}
    assert printing.to_text(tree, spelling) == 'max(Room Temperature, 2) * -"3rd Year" - TIME'
    assert printing.to_print(tree, spelling) == "max(Room Temperature, 2) × -3rd Year − time"
    assert printing.to_xmile(tree, spelling) == 'MAX(Room_Temperature, 2) * -"3rd_Year" - TIME'


@pytest.mark.parametrize(
    ("text", "xmile"),
    [
        ("if a > b then 1 else 2", "(IF a > b THEN 1 ELSE 2)"),
        ("not a = b and c", "NOT (a = b) AND c"),
        ("2 * (not a)", "2 * (NOT (a))"),
        ("a mod 3", "a mod 3"),
        ("step(2, 10)", "STEP(2, 10)"),
        ("effect of crowding(a / b)", "effect_of_crowding(a / b)"),
    ],
)
def test_xmile_gets_its_own_words(text, xmile):
    assert printing.to_xmile(parse(text)) == xmile


@pytest.mark.parametrize(
    ("number", "text"),
    [(90.0, "90"), (0.1, "0.1"), (-2.0, "-2"), (1e15, "1000000000000000.0"), (1e300, "1e+300")],
)
def test_numbers_are_written_as_people_write_them(number, text):
    assert printing.plain_number(number) == text
    assert float(text) == number


# --- programs that come to the same value -------------------------------------------------------

NAMES = (*PLAIN_NAMES, "time", "dt")
IDENTIFIERS = dict(zip(NAMES, ("a", "b", "c", "time", "dt"), strict=True))
some_values = st.fixed_dictionaries(
    {name: st.sampled_from([-3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 10.0]) for name in PLAIN_NAMES}
    | {"time": st.sampled_from([0.0, 1.0, 9.75, 10.0]), "dt": st.sampled_from([0.25, 1.0])}
)
leaf = st.sampled_from(NAMES).map(Name) | small_number

# By hand these are added up exactly, in the program from the left; the last digit may differ.
ADDED_UP = ("sum", "mean", "stddev")
# Functions whose last digit may differ between libraries: a comparison or a rounding behind
INEXACT = (
    "^", "exp", "sinh", "cosh", "tanh", "ln", "log10", "sin", "cos", "tan",
    "arcsin", "arccos", "arctan", *ADDED_UP,
)  # fmt: skip


def reckoned(tree, values):
    try:
        return value(tree, values)
    except NoValueError:
        assume(False)


@pytest.mark.parametrize("name", ADDED_UP)
@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=6))
def test_python_and_numpy_add_up_as_by_hand(name, numbers):
    tree = Apply(name, tuple(map(Number, numbers)))
    text = printing.expression(tree, printing.python(IDENTIFIERS.__getitem__))
    expected = pytest.approx(value(tree, {}), rel=1e-9, abs=1e-6)
    assert eval(text, dict(words.PYTHON)) == expected
    assert many_runs.evaluate(tree, {}, {}) == expected


@given(trees(leaf, without=ADDED_UP), some_values)
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_python_reckons_as_by_hand(tree, values):
    expected = reckoned(tree, values)
    text = printing.expression(tree, printing.python(IDENTIFIERS.__getitem__))
    names = {IDENTIFIERS[name]: number for name, number in values.items()}
    # The same operations of the same library, so the same number to the last digit.
    assert eval(text, {**words.PYTHON, **names}) == expected


@given(trees(leaf, without=INEXACT), st.lists(some_values, min_size=1, max_size=4))
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_numpy_reckons_every_run_as_by_hand(tree, runs):
    expected = [reckoned(tree, values) for values in runs]
    columns = {name: np.array([values[name] for values in runs]) for name in NAMES}
    np.testing.assert_array_equal(many_runs.evaluate(tree, columns, {}), expected)


@pytest.mark.parametrize(
    "text", ["-a^2", "(-a)^2", "2^a^2", "(2^a)^2", "-exp(-a) * 2", "1/ln(a)^2"]
)
def test_powers_bind_the_same_in_every_language(text):
    tree, values = parse(text), {"a": 2.0}
    expected = value(tree, values)
    python = printing.expression(tree, printing.python(str))
    assert eval(python, {**words.PYTHON, **values}) == expected
    # One unit in the last place is what libraries differ by in a power.
    assert many_runs.evaluate(tree, {"a": np.array([2.0])}, {})[0] == pytest.approx(expected, 1e-15)


needs_node = pytest.mark.skipif(
    shutil.which("node") is None, reason="no node here; the browser tests reckon as well"
)


@needs_node
@given(st.lists(st.tuples(trees(leaf, without=INEXACT), some_values), min_size=40, max_size=60))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_javascript_reckons_as_by_hand(cases):
    told, expected = [], []
    for tree, values in cases:
        try:
            expected.append(value(tree, values))
        except NoValueError:
            continue
        text = printing.expression(tree, printing.javascript(IDENTIFIERS.__getitem__))
        given_values = ", ".join(f"{IDENTIFIERS[k]} = {v!r}" for k, v in values.items())
        told.append(f"(({given_values}) => {text})()")
    program = f"{HELPERS}console.log(JSON.stringify([{', '.join(told)}]))"
    answer = subprocess.run(
        ["node", "-"], input=program, text=True, capture_output=True, timeout=60
    )
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout) == expected


# By hand, from the points (-2, -1), (0, 0.5), (1, 2), (5, 2.5), at each of these x.
LOOKED_UP_AT = (-4.0, -2.0, -1.0, 0.0, 0.25, 1.0, 4.0, 5.0, 9.0)
LOOKED_UP = {
    "interpolate": (-1.0, -1.0, -0.25, 0.5, 0.875, 2.0, 2.375, 2.5, 2.5),
    "extrapolate": (-2.5, -1.0, -0.25, 0.5, 0.875, 2.0, 2.375, 2.5, 3.0),
    "step": (-1.0, -1.0, -1.0, 0.5, 0.5, 2.0, 2.0, 2.5, 2.5),
    "forward": (-1.0, -1.0, 0.5, 0.5, 2.0, 2.0, 2.5, 2.5, 2.5),
}


@pytest.mark.parametrize("mode", LOOKED_UP)
def test_a_lookup_goes_between_and_beyond_its_points_as_its_mode_says(mode):
    tree = Apply("curve", (Name("x"),))
    table = Table((-2.0, 0.0, 1.0, 5.0), (-1.0, 0.5, 2.0, 2.5), mode)
    text = printing.expression(tree, printing.python(str))
    points = {"curve": (table.xs, table.ys, table.mode)}
    alone = [eval(text, {**words.PYTHON, **points, "x": x}) for x in LOOKED_UP_AT]
    assert tuple(alone) == LOOKED_UP[mode]
    together = many_runs.evaluate(tree, {"x": np.array(LOOKED_UP_AT)}, {"curve": table})
    assert tuple(together) == LOOKED_UP[mode]
