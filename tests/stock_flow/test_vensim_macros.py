"""Vensim's macros: each call becomes parts of its own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cstools import CstoolsError, StockFlow, read_model
from cstools.stock_flow.parts import Flow
from tests.stock_flow.vensim_models import written

FILLING = """\
:MACRO: FILLING(inflow, first)
FILLING = held * 2 ~ ~ |
held = INTEG(inflow - leak, first) ~ ~ |
leak = held / Lifetime$ ~ ~ |
:END OF MACRO:"""


def read_macro(folder: Path, text: str, macro: str = FILLING) -> StockFlow:
    """Read a model that calls a macro."""
    path = written(folder, text)
    path.write_text(path.read_text(encoding="utf-8").replace("}", "}" + macro, 1), "utf-8")
    return read_model(path)


def test_each_call_of_a_macro_has_a_stock_of_its_own(tmp_path: Path) -> None:
    model = read_macro(tmp_path, "Lifetime = 10\nx = FILLING(1, 5) + FILLING(Time, 0)")
    run = model.run()
    assert {"x.held", "x.held 2"} <= {*run.names}
    assert run["x"][0] == 10
    np.testing.assert_allclose(run["x.held"][1], 5 + 1 - 0.5, rtol=1e-12)


def test_a_stock_in_a_macro_has_its_flows(tmp_path: Path) -> None:
    flow = read_macro(tmp_path, "Lifetime = 10\nx = FILLING(1, 5)")["x.leak"]
    assert isinstance(flow, Flow)
    assert flow.out_of == "x.held"


def test_a_macro_over_an_array_is_one_for_each_element(tmp_path: Path) -> None:
    text = "d: A, B\nLifetime = 10\nrate[d] = 1, 2\nx[d] = FILLING(rate[d], 0)"
    run = read_macro(tmp_path, text).run()
    np.testing.assert_allclose(run["x.held"][1], [1, 2], rtol=1e-12)


def test_an_argument_draws_its_random_number_once(tmp_path: Path) -> None:
    macro = ":MACRO: NOUGHT(a)\nNOUGHT = a - a ~ ~ |\n:END OF MACRO:"
    run = read_macro(tmp_path, "x = NOUGHT(RANDOM UNIFORM(0, 1, 5) * 2)", macro).run()
    assert set(run["x"]) == {0}


FAULTS = {
    "too few arguments": (
        "Lifetime = 10\nx = FILLING(1)",
        FILLING,
        "'model.mdl': 'x': the macro FILLING takes 2 arguments, and here it has 1",
    ),
    "a name from nowhere": (
        "x = FILLING(1, 2)",
        FILLING.replace("$", ""),
        "'model.mdl': 'x.leak': nothing in the macro is called 'lifetime'",
    ),
    "itself": (
        "x = M(1)",
        ":MACRO: M(a)\nM = M(a) ~ ~ |\n:END OF MACRO:",
        "'model.mdl': 'x.M': the macro M calls itself, and would never end",
    ),
    "no result": (
        "x = M(1)",
        ":MACRO: M(a)\nb = a ~ ~ |\n:END OF MACRO:",
        "'model.mdl': 'x': the macro M has no equation for its own result",
    ),
    "several results": (
        "x = M(1)",
        ":MACRO: M(a : b)\nM = a ~ ~ |\nb = a ~ ~ |\n:END OF MACRO:",
        "'model.mdl': 'x': the macro M gives several results, which cannot be run here yet",
    ),
    "no end": (
        "x = M(1)",
        ":MACRO: M(a)\nM = a ~ ~ |",
        "'model.mdl': a macro in it begins and does not end; was the file saved whole?",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_macro_that_cannot_be_run_is_told(tmp_path: Path, fault: str) -> None:
    text, macro, told = FAULTS[fault]
    with pytest.raises(CstoolsError) as found:
        read_macro(tmp_path, text, macro)
    assert str(found.value) == told
