"""The sign of a link read off its equation: never contradicted by trying numbers."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from cstools.equations.polarity import by_rules, plus, sign, times
from cstools.equations.text import parse
from cstools.equations.tree import Name
from tests.equations.random_trees import PLAIN_NAMES, NoValueError, small_number, trees, value

RANGES = {"+": (0.0, 4.0), "-": (-4.0, 0.0), "?": (-4.0, 4.0)}
ROOM = 1e-9  # rounding, relative to the sizes at hand

signs = st.fixed_dictionaries({name: st.sampled_from("+-?") for name in PLAIN_NAMES})
equations = trees(
    st.sampled_from(PLAIN_NAMES).map(Name) | small_number,
    without=("sin", "cos", "tan", "mod", "modulo", "=", "<>"),  # of which the rules say nothing
    leaves_at_most=5,
)


def values_that_fit(data: st.DataObject, sign_of: dict[str, str]) -> dict[str, float]:
    drawn = {name: data.draw(st.floats(*RANGES[s], width=16)) for name, s in sign_of.items()}
    return drawn | {"time": 3.0, "dt": 0.25}


@given(equations, signs, st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_rules_are_never_contradicted_by_numbers(tree, sign_of, data):
    told = by_rules(tree, "a", sign_of)
    assume(told != "?")
    values = values_that_fit(data, sign_of)
    low, high = sorted((values["a"], values_that_fit(data, sign_of)["a"]))
    assume(low < high)
    try:
        before, after = value(tree, {**values, "a": low}), value(tree, {**values, "a": high})
    except NoValueError:
        assume(False)
    event(told)
    room = ROOM * max(1.0, abs(before), abs(after))
    if told in "+0":
        assert after >= before - room
    if told in "-0":
        assert after <= before + room


@given(equations, signs, st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_value_that_is_said_to_keep_its_sign_keeps_it(tree, sign_of, data):
    told = sign(tree, sign_of)
    assume(told != "?")
    try:
        result = value(tree, values_that_fit(data, sign_of))
    except NoValueError:
        assume(False)
    event(told)
    assert result >= 0 if told == "+" else result <= 0 if told == "-" else result == 0


POSITIVE = dict.fromkeys(("a", "b", "c", "k"), "+")

TOLD = [
    ("a + b", "+"),
    ("b - a", "-"),
    ("a * b", "+"),
    ("-a * b", "-"),
    ("a / b", "+"),
    ("b / a", "-"),
    ("b - a / k", "-"),
    ("(b - a) / k", "-"),
    ("a * (b - a)", "?"),
    ("a - a", "?"),
    ("b", "0"),
    ("max(a - b, 0)", "+"),
    ("a * max(0, b - c)", "+"),
    ("a * min(0, b - c)", "-"),
    ("a * max(-1, b - c)", "?"),
    ("exp(-a)", "-"),
    ("a ^ 3", "+"),
    ("a ^ 2", "+"),
    ("a ^ -1", "-"),
    ("a ^ 0.5", "+"),
    ("if b > c then a else 2 * a", "+"),
    ("if b > c then a else -a", "?"),
    ("if a > b then 1 else 0", "?"),
    ("sin(a)", "?"),
    ("effect(a)", "-"),
    ("effect(b / a)", "+"),
    ("other(a)", "?"),
]


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_the_rules_are_a_persons(text, told):
    assert by_rules(parse(text), "a", POSITIVE, {"effect": "-"}) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a * b", "?"),
        ("b / a", "?"),
        ("a ^ 2", "?"),
        ("a ^ 3", "+"),
        ("a ^ -1", "?"),
        ("a ^ -3", "?"),
        ("a * time", "?"),  # a run may begin before the zero of its time
        ("a * dt", "+"),
    ],
)
def test_where_signs_are_unknown_the_rules_do_not_guess(text, told):
    assert by_rules(parse(text), "a", {}) == told


def test_signs_multiply_and_add_as_numbers_do():
    assert [times(one, two) for one, two in ("++", "+-", "--", "0?", "?+")] == list("+-+0?")
    assert [plus(each) for each in ("++", "+-", "-0", "00", "", "?+", "?0")] == list("+?-00??")
