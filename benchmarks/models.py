"""The models that are timed: a cooling teacup, an epidemic, and World3 where its file is at hand.

World3 is not part of this project. Name a Vensim file of it (the 2003 version is meant: 400 steps
of half a year) in the environment variable ``CSTOOLS_WORLD3``; without it, its rows say
"not measured".
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import numpy as np

from cstools import StockFlow, read_model
from cstools.stock_flow.running import given

WORLD3 = os.environ.get("CSTOOLS_WORLD3", "")
NOT_MEASURED = "World3: not measured; name its Vensim file in CSTOOLS_WORLD3"


def teacup() -> StockFlow:
    model = StockFlow("Teacup", stop=30, dt=0.125, time_units="minute")
    model.stock("temperature", 180, units="degF")
    model.flow("cooling", "(temperature - room) / cooling time", out_of="temperature")
    model.constant("room", 70, units="degF")
    model.constant("cooling time", 10, units="minute")
    return model


def sir() -> StockFlow:
    model = StockFlow("SIR", stop=100, dt=0.01, time_units="day")
    model.stock("susceptible", 995, units="people")
    model.stock("infectious", 5, units="people")
    model.stock("recovered", 0, units="people")
    model.flow(
        "catching", "susceptible * infectious / population * contacts", "susceptible", "infectious"
    )
    model.flow("recovering", "infectious / duration", "infectious", "recovered")
    model.constant("population", 1000, units="people")
    model.constant("contacts", 0.3, units="1/day")
    model.constant("duration", 5, units="day")
    return model


def world3() -> StockFlow | None:
    """Return World3, or ``None`` where no file was named."""
    if not WORLD3:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return read_model(Path(WORLD3))


def inputs(model: StockFlow, runs: int) -> dict[str, np.ndarray]:
    """Return each parameter of a model, ``(runs,)``; the first constant with a value differs."""
    table = {key: np.full(runs, value) for key, value in given(model, {}).items()}
    name = varied(model)
    table[name] = table[name] * np.linspace(0.9, 1.1, runs)
    return table


def varied(model: StockFlow) -> str:
    """Return the key of the constant that differs between the runs."""
    for name in ("contacts", "cooling_time"):
        if name in model.parts:
            return name
    return next(part.key for part in model.parts.values() if part.kind == "constant")


def shown(model: StockFlow) -> str:
    """Return the key of the variable that is saved of many runs."""
    return next(key for key in ("infectious", "temperature", "population") if key in model.parts)
