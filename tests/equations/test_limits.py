"""Whatever comes, it is read or refused with a lesson, and at once."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools import StockFlow
from cstools.equations.text import parse
from cstools.errors import EquationError

PIECES = [
    *"+-*/^()=<>,;.\"'{}[]%×−≤ \n\t_1²é室👍\u0301\x00",
    *["a", "b c", "12", "1.5", "1e9", "if ", " then ", " else ", " and ", " or ", "not ", " mod "],
    *[":AND:", "max(", "time", '"x y"', "{c}", "**", "<>", "\\"],
]


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_gets_a_lesson(text):
    try:
        parse(text, "flow 'x'")
    except EquationError as error:
        told, *place = str(error).split("\n")
        assert re.match(r"flow 'x': .+", told)
        if place:
            line, caret = place
            assert line.startswith("    ")
            assert caret.strip() == "^"


TOO_DEEP = {
    "parentheses": "(" * 10_000 + "a" + ")" * 10_000,
    "open parentheses": "(" * 10_000,
    "calls": "abs(" * 10_000,
    "minus signs": "-" * 10_000 + "a",
    "nots": "not " * 10_000 + "a",
    "powers": "a^" * 10_000 + "a",
    "choices": "if a then b else " * 10_000 + "c",
    "conditions": "if " * 10_000,
}


@pytest.mark.parametrize("what", TOO_DEEP)
def test_what_nobody_can_follow_is_refused_at_once(what):
    began = time.process_time()
    with pytest.raises(EquationError) as caught:
        parse(TOO_DEEP[what], "flow 'x'")
    assert str(caught.value).splitlines()[0] == (
        "flow 'x': too much stands inside one another here; "
        "give the inner part a name of its own, as an auxiliary"
    )
    # It takes some hundredths of a second; reading in squares or cubes of the length takes minutes.
    assert time.process_time() - began < 5


@pytest.mark.parametrize("sign", ["+", "*", "and", "mod"])
def test_an_equation_without_end_is_refused(sign):
    with pytest.raises(EquationError) as caught:
        parse(f" {sign} ".join(["a"] * 10_000), "flow 'x'")
    assert str(caught.value).splitlines()[0] == (
        "flow 'x': this equation is too long to follow; "
        "give parts of it names of their own, as auxiliaries"
    )


AT_THE_LIMIT = {
    "a long sum": " + ".join(["a"] * 150),
    "many conditions": " and ".join(["a"] * 150),
    "deep parentheses": "(" * 59 + "a" + ")" * 59,
    "a ladder of choices": "if a > 1 then 2 else " * 58 + "3",
    "a tower of nots": "not " * 59 + "a",
    "calls in calls": "max(1, " * 59 + "a" + ")" * 59,
}


@pytest.mark.parametrize("what", AT_THE_LIMIT)
def test_what_can_be_read_can_be_run(what):
    model = StockFlow("limit", stop=2, dt=1)
    model.constant("a", 1, between=(0, 2))
    model.stock("s", 0)
    model.flow("in", AT_THE_LIMIT[what], into="s")
    one = model.run()
    many = model.ensemble({"a": [1.0, 1.0]})
    assert one["s"][-1] == many["s"].values[1, -1] != 0 or what == "a tower of nots"
    assert model.causal_loops() is not None
