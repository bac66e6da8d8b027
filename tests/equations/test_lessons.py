"""What every mistake in an equation is told, as a whole text with its caret."""

from __future__ import annotations

import pytest

from cstools.equations.text import parse
from cstools.errors import EquationError

# What was written, what is wrong with it, the caret, and the line shown where it is another.
LESSONS = {
    "nothing after a sign": (
        "a +",
        "something is missing after '+'",
        "   ^",
    ),
    "nothing between signs": (
        "a + * b",
        "a value is expected, and '*' stands here",
        "    ^",
    ),
    "a decimal comma": (
        "1,5 * x",
        "a comma stands only between arguments; write one half as 0.5, and a thousand as 1000",
        " ^",
    ),
    "a second point": (
        "1.000.000 * x",
        "a number has one point at most; write one half as 0.5, and a thousand as 1000",
        "     ^",
    ),
    "no operator": (
        "2 x",
        "an operator is missing before 'x'; times is *",
        "  ^",
    ),
    "no operator before a parenthesis": (
        "(a)(b)",
        "an operator is missing before '('; times is *",
        "   ^",
    ),
    "no operator inside a call": (
        "max(2 x, 1)",
        "an operator is missing before 'x'; times is *",
        "      ^",
    ),
    "a digit first": (
        "3rd year * 2",
        (
            "an operator is missing before 'rd year'; times is *, and a name that begins "
            "with a digit stands in double quotes"
        ),
        " ^",
    ),
    "a parenthesis left open": (
        "max(a, (b + c) * 2",
        "this ( is never closed",
        "   ^",
    ),
    "a parenthesis never opened": (
        "a + b) * 2",
        "this ) has no ( before it",
        "     ^",
    ),
    "empty parentheses": (
        "()",
        "something is missing before this )",
        " ^",
    ),
    "a lost argument": (
        "max(a, )",
        "something is missing before this )",
        "       ^",
    ),
    "a chain of comparisons": (
        "if 0 < a < 10 then 1 else 2",
        "two comparisons need 'and' between them: 0 < x and x < 10",
        "         ^",
    ),
    "no then": (
        "if a > b, c, d",
        "an IF needs a THEN: IF condition THEN value ELSE value",
        "        ^",
    ),
    "a spreadsheet's if": (
        "if(a > b, 1, 2)",
        "an IF needs a THEN: IF condition THEN value ELSE value",
        "        ^",
    ),
    "no else": (
        "if a then b",
        "an IF needs an ELSE: IF condition THEN value ELSE value",
        "           ^",
    ),
    "half of Vensim's form": (
        "if then (a, b, c)",
        "Vensim's form is IF THEN ELSE(condition, then, else)",
        "        ^",
    ),
    "Vensim's form without arguments": (
        "if then else a",
        "'if' needs its arguments in parentheses",
        "             ^",
    ),
    "mod as a function": (
        "mod(a, b)",
        "'mod' stands between two values: a mod b",
        "^",
    ),
    "a stray else": (
        "a else b",
        "'else' is not expected here; a name that holds the word 'else' stands in double quotes",
        "  ^",
    ),
    "a number past all bounds": (
        "2 * 1e999",
        "this number is larger than a computer can hold",
        "    ^",
    ),
    "a name of nothing": (
        'a + "_"',
        "a name needs at least one letter or digit",
        "    ^",
    ),
    "subscripts that are never closed": (
        "fish[cod, north",
        "this [ is never closed",
        "    ^",
    ),
    "subscripts that were never opened": (
        "fish + cod]",
        "this ] has no [ before it",
        "          ^",
    ),
    "subscripts of a number": (
        "2[cod]",
        "a [ stands only after the name of an array: population[North]",
        " ^",
    ),
    "a list of numbers": (
        "[1, 2]",
        "a value is expected, and '[' stands here",
        "^",
    ),
    "a share in per cent": (
        "5% * x",
        "'%' has no meaning here; write a share as a number: 0.1 for ten per cent",
        " ^",
    ),
    "a semicolon": (
        "max(1,5; 2)",
        "';' has no meaning here; arguments are separated by commas, and decimals have a point",
        "       ^",
    ),
    "a power above the line": (
        "radius²",
        "'²' has no meaning here; write a power with ^: x ^ 2",
        "      ^",
    ),
    "a fraction": (
        "½ * x",
        "'½' has no meaning here; write a fraction as a division: 1 / 2",
        "^",
    ),
    "a comment left open": (
        "a {and b",
        "'{' has no meaning here; a comment opens with { and must close with }",
        "  ^",
    ),
    "a quote left open": (
        'a + "room temperature',
        "'\"' has no meaning here; a quoted name has a straight quote at each end",
        "    ^",
    ),
    "a word processor's quotes": (
        "2 * “room temperature”",
        "'“' has no meaning here; quotes around a name are straight ones: \"",
        "    ^",
    ),
    "single quotes": (
        "2 * 'room temperature'",
        "''' has no meaning here; a name needs no quotes, or double ones",
        "    ^",
    ),
    "money": (
        "5€",
        "'€' has no meaning here; write the number alone, and its unit as units=",
        " ^",
    ),
    "an ampersand": (
        "a & b",
        "'&' has no meaning here; write and",
        "  ^",
    ),
    "a sign nobody knows": (
        "👍 + 1",
        "'👍' has no meaning here",
        "^",
    ),
    "a character nobody sees": (
        "a \x00+ b",
        (
            "an invisible character (U+0000) has no meaning here; delete it and write this "
            "place again"
        ),
        "  ^",
        "a �+ b",
    ),
    "the second of three lines": (
        "if a > b\n  then c +\n  else d",
        "a value is expected, and 'else' stands here",
        "  ^",
        "  else d",
    ),
    "the end of several lines": (
        "a\n + b *\r\n\n",
        "something is missing after '*'",
        "      ^",
        " + b *",
    ),
    "letters with accents of their own": (
        "gro\u0308ße + * 3",
        "a value is expected, and '*' stands here",
        "        ^",
    ),
    "letters two columns wide": (
        "室温 + * 3",
        "a value is expected, and '*' stands here",
        "       ^",
    ),
}


@pytest.mark.parametrize("mistake", LESSONS)
def test_a_mistake_is_a_short_lesson(mistake):
    text, problem, caret, *line = LESSONS[mistake]
    shown = line[0] if line else text
    with pytest.raises(EquationError) as caught:
        parse(text, "flow 'x'")
    assert str(caught.value) == f"flow 'x': {problem}\n    {shown}\n    {caret}"


@pytest.mark.parametrize("text", ["", "  \n ", "{later}"])
def test_an_empty_equation_shows_no_place(text):
    with pytest.raises(EquationError) as caught:
        parse(text, "flow 'x'")
    assert str(caught.value) == ("flow 'x': the equation is empty; write what it is computed from")


def test_a_tab_before_the_place_stands_before_the_caret_too():
    with pytest.raises(EquationError) as caught:
        parse("a\t+ * b", "flow 'x'")
    assert str(caught.value).splitlines()[1:] == ["    a\t+ * b", "     \t  ^"]


def test_of_a_very_long_line_the_part_around_the_place_is_shown():
    with pytest.raises(EquationError) as caught:
        parse("a + " * 30 + "* b" + " + c" * 30)
    _, line, caret = str(caught.value).splitlines()
    assert line[4] == line[-1] == "…"
    assert len(line) < 110
    assert line[caret.index("^")] == "*"


def test_the_error_is_a_value_error_as_well():
    with pytest.raises(ValueError, match="something is missing"):
        parse("1 +")
