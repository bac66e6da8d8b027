"""Reading equations: what binds to what, how it may be spelt, and what a name may be."""

from __future__ import annotations

import pytest

from cstools import StockFlow
from cstools.equations.text import is_portable, parse, spelled
from cstools.equations.tree import Apply, Name, Number, Tree, names
from cstools.errors import UnknownNameError
from cstools.names import key
from tests.equations.random_trees import value


def shape(tree: Tree) -> str:
    """Return a tree with a parenthesis around everything, its function first."""
    if isinstance(tree, Number):
        return f"{tree.value:g}"
    if isinstance(tree, Name):
        return tree.key
    return f"({' '.join([tree.function, *map(shape, tree.arguments)])})"


# --- what binds to what ---------------------------------------------------------------------

GROUPED = {
    "a - b - c": "(- (- a b) c)",
    "a / b / c": "(/ (/ a b) c)",
    "a / b * c": "(* (/ a b) c)",
    "a ^ b ^ c": "(^ a (^ b c))",
    "-a ^ 2": "(neg (^ a 2))",
    "a ^ -b ^ c": "(^ a (neg (^ b c)))",
    "-a * b": "(* (neg a) b)",
    "a - -b": "(- a (neg b))",
    "a + b * c ^ d": "(+ a (* b (^ c d)))",
    "(a + b) * c": "(* (+ a b) c)",
    "a mod b * c": "(* (mod a b) c)",
    "a + b > c * d": "(> (+ a b) (* c d))",
    "not a and b or c": "(or (and (not a) b) c)",
    "a or b and not c": "(or a (and b (not c)))",
    "not a > b": "(not (> a b))",
    "not not a": "(not (not a))",
    "a > 0 and a < 1": "(and (> a 0) (< a 1))",
    "if a > b then c else d + 1": "(if (> a b) c (+ d 1))",
    "if a then b else if c then d else e": "(if a b (if c d e))",
    "1 + (if a then b else c)": "(+ 1 (if a b c))",
    "max(a, b + c, -1)": "(max a (+ b c) -1)",
}


@pytest.mark.parametrize("text", GROUPED)
def test_signs_bind_as_in_print(text):
    assert shape(parse(text)) == GROUPED[text]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("-2^2", -4),
        ("(-2)^2", 4),
        ("2^3^2", 512),
        ("2^-1", 0.5),
        ("10 - 4 - 3", 3),
        ("8 / 4 / 2", 1),
        ("2 + 3 * 4", 14),
        ("7 mod 4", 3),
        ("-7 mod 4", 1),
        ("not 0 and 1", 1),
        ("1 or 0 and 0", 1),
        ("3 > 2", 1),
        ("2 >= 3", 0),
        ("1.5e3 + .5", 1500.5),
    ],
)
def test_numbers_come_out_as_by_hand(text, result):
    assert value(parse(text), {}) == result


# --- other spellings ------------------------------------------------------------------------

ALIKE = [
    ("Room  Temperature * 2", "room_temperature * 2"),
    ("room\ntemperature", "room temperature"),
    ('"room temperature" * 2', "room temperature * 2"),
    ("room {in degrees} temperature", "room temperature"),
    ("a {a comment} + b", "a + b"),
    ("a × b ÷ c · d", "a * b / c * d"),
    ("a − b", "a - b"),
    ("a ** 2", "a ^ 2"),
    ("a ≤ b", "a <= b"),
    ("a ≥ b", "a >= b"),
    ("a ≠ b", "a <> b"),
    ("a != b", "a <> b"),
    ("a == b", "a = b"),
    ("IF THEN ELSE(a > b, c, d)", "if a > b then c else d"),
    ("If A > B Then C Else D", "if a > b then c else d"),
    ("a :AND: :NOT: b :or: c", "a and not b or c"),
    ("MAX(a, b)", "max(a, b)"),
    ("Time", "TIME"),
    ("time()", "TIME"),
    ("TIME STEP", "dt"),
    ("INITIAL TIME", "starttime"),
    ("Final_Time", "stoptime"),
    ("\ufeffa +\u200b b", "a + b"),  # what copying from a web page leaves behind
]


@pytest.mark.parametrize(("text", "plain"), ALIKE)
def test_other_spellings_are_understood(text, plain):
    assert parse(text) == parse(plain)


NAMES = [
    "room temperature",
    "Größe der Gruppe",
    "températu\u0301re",  # an accent as a character of its own
    "室温",
    "कमरे का तापमान",
    "درجة حرارة الغرفة",
    "комната 2",
    "CO₂ level",
    "level of CO₂",
    "grade 10a",
    "people's share",
    "people’s share",
    "_private",
    "a.b",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_any_letters_needs_no_quotes(name):
    assert parse(f"2 * {name} + 1") == parse(f'2 * "{name}" + 1')
    assert names(parse(name)) == (key(name),)
    assert spelled(name) == name


@pytest.mark.parametrize(
    "name",
    ["supply and demand", "3rd year", "share (%)", 'the "best"', "a-b", "if", "time", "C:\\new"],
)
def test_any_other_name_stands_in_quotes(name):
    assert spelled(name).startswith('"')
    assert names(parse(spelled(name))) == (key(name),)


def test_a_digit_belongs_to_the_name_before_it():
    assert parse("year 1a * 2") == Apply("*", (Name("year_1a"), Number(2)))


def test_only_text_that_others_read_the_same_way_is_portable():
    assert is_portable('"room temperature" * max(a, 2) ^ -b {comment}')
    assert is_portable("IF a > b AND c <> d THEN 1 ELSE TIME")
    for text in (
        "room temperature * 2",
        "grade 10 * 2",
        "a × b",
        "a == b",
        "IF THEN ELSE(a, b, c)",
        "IF_THEN_ELSE(a, b, c)",
        "a :AND: b",
        "MODULO(a, b)",
        "INTEGER(a)",
        "TIME_STEP",
        "NOT a = b",
    ):
        assert not is_portable(text), text


def test_a_part_called_stop_is_not_the_end_of_the_run():
    model = StockFlow("race", stop=4, dt=1)
    model.constant("stop", 99)
    model.stock("s", 0)
    model.flow("by the clock", "STOPTIME - STARTTIME", into="s")
    model.flow("by name", "stop", into="s")
    run = model.run()
    assert run["by the clock"][0] == 4
    assert run["by name"][0] == 99


def test_nothing_is_called_stop_unless_somebody_says_so():
    model = StockFlow("race", stop=4, dt=1)
    model.stock("s", 0)
    model.flow("f", "stop", into="s")
    with pytest.raises(UnknownNameError, match="nothing in this model is called 'stop'"):
        model.run()
