"""Every teaching model in the explorer: the page computes what Python computes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from cstools import StockFlow
from cstools.facets import as_files
from cstools.widgets.explorer import explore
from cstools.widgets.explorer.state import moved

MODELS: list[Callable[[], StockFlow]] = [make for _, make in as_files.models().values()]
RUN = """([page, values]) => {
    const simulate = new Function(`"use strict";\\n${page.source}\\nreturn simulate;`)();
    const given = page.parameters.map((p) => values[p.key] ?? p.value);
    const run = simulate(given, page.start, page.dt, page.steps, page.every);
    return run.columns.map((column) => column.join(" ")); }"""


def settings(page: Mapping[str, Any]) -> list[dict[str, float]]:
    """The model's own values, every slider at its low end, and every one at its high end."""
    sliders = [p for p in page["parameters"] if p["slider"]]
    return [{p["key"]: p[end] for p in sliders} for end in ("value", "low", "high")]


@pytest.mark.parametrize("make", MODELS, ids=lambda make: make.__name__)
def test_a_teaching_model_runs_in_the_page_as_in_python(
    page: Page, make: Callable[[], StockFlow]
) -> None:
    model = make()
    held = explore(model, diagram=False).payload
    for values in settings(held):
        there = page.evaluate(RUN, [held, values])
        run = model.run(moved(values, held))
        every = held["every"] // model.clock.every
        for column, numbers in zip(held["columns"], there, strict=True):
            got = np.array(numbers.split(), dtype=float)
            # The same float64 operations in the same order; exp and pow may round otherwise, and
            # what turns on a threshold carries such a last digit along.
            expected = run[column["key"]][::every]
            np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-12, err_msg=column["key"])
