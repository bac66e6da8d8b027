"""Whatever stands for a number is a number, or is told to be none."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from cstools import StockFlow
from cstools.errors import ModelError
from tests.fuzz.models import pond

NUMBERS = {
    "a whole number": (3, 3.0),
    "a very small one": (1e-400, 0.0),
    "the smallest there is": (5e-324, 5e-324),
    "NumPy's float32": (np.float32(0.5), 0.5),
    "NumPy's int64": (np.int64(3), 3.0),
    "an array of no dimensions": (np.array(2.0), 2.0),
    "Decimal": (Decimal("1.5"), 1.5),
    "Fraction": (Fraction(1, 4), 0.25),
    "yes": (True, 1.0),
    "text": ("2.5", 2.5),
}
LARGE = "is larger than a computer can hold"
NONE = "is not a number; write the number alone, and its unit as units="
NO_NUMBERS = {
    "1e400": (1e400, f"inf {LARGE}"),
    "10**400": (10**400, f"1{'0' * 57}…0 {LARGE}"),
    "thousands of digits": (10**5000, f"a number of thousands of digits {LARGE}"),
    "a large Decimal": (Decimal("1e999"), f"Decimal('1E+999') {LARGE}"),
    "nothing": (None, f"None {NONE}"),
    "not a number": (math.nan, f"nan {NONE}"),
    "NumPy's masked": (np.ma.masked, f"masked {NONE}"),
    "a complex number": (1j, f"1j {NONE}"),
    "a share": ("5%", f"'5%' {NONE}"),
    "a long text": ("x" * 500, f"'{'x' * 57}…' {NONE}"),
    "a function": (len, f"a 'builtin_function_or_method' {NONE}"),
    "a set": ({1}, f"{{1}} {NONE}"),
}


@pytest.mark.parametrize("what", NUMBERS)
def test_what_is_a_number_is_taken_as_one(what):
    said, meant = NUMBERS[what]
    model = pond()
    model.constant("rate", said)
    assert model.run()["rate"][0] == meant
    assert model.run({"pond": said})["pond"][0] == meant


@pytest.mark.parametrize("what", NO_NUMBERS)
def test_what_is_no_number_is_told(what):
    said, told = NO_NUMBERS[what]
    model = pond()
    for call in (lambda: model.constant("rate", said), lambda: model.run({"rate": said})):
        with pytest.raises(ModelError) as caught:
            call()
        assert str(caught.value) == f"constant 'rate': {told}"


@pytest.mark.parametrize("word", ["start", "stop", "dt", "saveper"])
@pytest.mark.parametrize("what", NO_NUMBERS)
def test_a_clock_is_set_with_numbers(word, what):
    said, told = NO_NUMBERS[what]
    if said is None and word == "saveper":
        return  # then every step is kept
    with pytest.raises(ModelError) as caught:
        StockFlow("pond", **{word: said})
    assert str(caught.value) == f"model 'pond': {told}"


CLOCKS = {
    "a negative step": (
        {"dt": -1},
        "dt=-1 must be above 0 and no longer than the run, 100",
    ),
    "a step longer than the run": (
        {"stop": 2, "dt": 3},
        "dt=3 must be above 0 and no longer than the run, 2",
    ),
    "no time at all": ({"stop": 0}, "stop=0 must come after start=0"),
    "steps without number": (
        {"stop": 1e12},
        (
            "from 0 to 1 trillion there are more than 100,000,000 steps of dt=1; make dt longer, "
            "or the time units"
        ),
    ),
    "a step that changes nothing": (
        {"start": 1e17, "stop": 1e17 + 100},
        (
            "beside a time of 1 × 10¹⁷, a step of dt=1 makes no difference to a computer; begin "
            "nearer to 0"
        ),
    ),
}


@pytest.mark.parametrize("what", CLOCKS)
def test_a_clock_that_cannot_go_is_told(what):
    words, told = CLOCKS[what]
    with pytest.raises(ModelError) as caught:
        StockFlow("pond", **words)
    assert str(caught.value) == f"model 'pond': {told}"
