"""A bath to explore, and an installation without anywidget."""

from __future__ import annotations

import sys

import pytest

from cstools.stock_flow.model import StockFlow


@pytest.fixture
def bath() -> StockFlow:
    model = StockFlow("A bath", stop=16, dt=0.125, time_units="minute")
    model.stock("water", 40, units="litre", between=(0, 100))
    model.flow("tap", "opening", into="water", units="litre/minute")
    model.flow("drain", "water / emptying time", out_of="water", units="litre/minute")
    model.constant("opening", 12, units="litre/minute", between=(0, 30), doc="How far it is open.")
    model.constant("emptying time", 8, units="minute", between=(2, 20))
    model.constant("height of the house", 9, units="metre")
    return model


@pytest.fixture
def without_anywidget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "anywidget", None)  # importing it fails, as if not installed
    for room in ("sketch.live", "explorer.live", "page", "part"):
        monkeypatch.delitem(sys.modules, f"cstools.widgets.{room}", raising=False)
