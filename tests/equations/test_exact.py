"""Sines of whole multiples of π."""

from __future__ import annotations

import math

import pytest

from cstools import StockFlow


@pytest.mark.parametrize(
    ("equation", "value"),
    [
        ("sin(pi)", 0),
        ("sin(-2 * pi)", 0),
        ("sin(pi / 0.25)", 0),
        ("cos(pi / 2)", 0),
        ("cos(-3 * pi / 2)", 0),
        ("tan(pi * 3)", 0),
        ("sin(0 * pi)", 0),
        ("cos(pi)", -1),
        ("sin(pi / 2)", 1),
        ("cos(0 * pi)", 1),
        # What is not written as a multiple of π is reckoned as it stands.
        ("sin(3.141592653589793)", math.sin(math.pi)),
        ("sin(pi + 0)", math.sin(math.pi)),
        ("sin(pi / 3)", math.sin(math.pi / 3)),
    ],
)
def test_a_sine_that_is_nothing_is_nothing(equation: str, value: float) -> None:
    model = StockFlow("angles", stop=1)
    model.stock("any", 0)
    model.auxiliary("side", equation)
    assert model.run()["side"][0] == value


def test_an_angle_that_moves_is_reckoned() -> None:
    model = StockFlow("season", start=0, stop=12)
    model.stock("any", 0)
    model.auxiliary("wave", "sin(2 * pi * time / 12)")
    assert model.run()["wave"][6] == math.sin(2 * math.pi * 6 / 12)
