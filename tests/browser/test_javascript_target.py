"""The JavaScript target computes what the Python target computes, in a real browser."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from cstools import StockFlow
from cstools.engine import javascript
from cstools.engine.integrate import METHODS
from cstools.engine.single import run_once
from cstools.stock_flow.running import given as parameters_of
from tests.engine.random_models import agree, models, sir


def in_page(page: Any, model: StockFlow, method: str = "euler") -> dict[str, np.ndarray]:
    """Return what the generated JavaScript computes in a browser's page."""
    program = model.program()

    keys = program.columns
    source = javascript.source(program, keys, METHODS[method])
    values = [parameters_of(model, {})[key] for key in program.parameters]
    clock = model.clock
    text = f"""() => {{ {source}
        const run = simulate({values}, {clock.start}, {clock.dt}, {clock.steps}, {clock.every});
        return run.columns.map(column => column.join(" ")); }}"""
    columns = page.evaluate(text)
    return {
        key: np.array(column.split(), dtype=float)
        for key, column in zip(keys, columns, strict=True)
    }


@pytest.mark.browser
@pytest.mark.parametrize("method", METHODS)
def test_the_browser_computes_what_python_computes(page: Any, method: str) -> None:
    model = sir()
    there, here = (
        in_page(page, model, method),
        run_once(model.program(), model.clock, parameters_of(model, {}), METHODS[method]),
    )
    for key in here:
        assert agree(here[key], there[key]), key


@pytest.mark.browser
def test_the_browser_agrees_on_random_models(page: Any) -> None:
    drawn: list[StockFlow] = []

    @settings(max_examples=30, database=None, deadline=None)
    @given(models())
    def draw(model: StockFlow) -> None:
        drawn.append(model)

    draw()
    for model in drawn:
        here = run_once(model.program(), model.clock, parameters_of(model, {}))
        there = in_page(page, model)
        for key in here:
            assert agree(here[key], there[key]), (key, model.code())
