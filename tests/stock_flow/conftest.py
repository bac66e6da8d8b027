"""Two models that tests of this room share."""

import pytest

from cstools import StockFlow


@pytest.fixture
def coffee() -> StockFlow:
    model = StockFlow("Coffee cooling", stop=60, dt=0.25, time_units="minute")
    model.stock("temperature", 90, units="degC")
    model.flow("cooling", "(temperature - room temperature) / cooling time", out_of="temperature")
    model.constant("room temperature", 20, units="degC")
    model.constant("cooling time", 10, units="minute", between=(1, 30))
    return model


@pytest.fixture
def two_tubs() -> StockFlow:
    """One tub drains into another, along a curve that a lookup gives."""
    model = StockFlow("Two tubs", stop=20, dt=0.5)
    model.stock("upper", 100, units="litre")
    model.stock("lower", "upper / 4", units="litre")
    model.flow("draining", "opening(upper)", out_of="upper", into="lower", units="litre/minute")
    model.lookup("opening", [(0, 0), (50, 4), (100, 6)])
    return model
