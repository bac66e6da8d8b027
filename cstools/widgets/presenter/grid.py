"""The grid on which a room draws what it expects: what it covers, and what is asked over it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cstools.errors import ModelError
from cstools.names import key
from cstools.on_demand import numpy as np
from cstools.plotting.words import amount, span
from cstools.stock_flow.parts import Stock
from cstools.widgets.presenter.scenarios import Scenarios
from cstools.widgets.presenter.steps import Predict
from cstools.widgets.sketch import moments_to_draw

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow
    from cstools.stock_flow.run import Run

_ROUND = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


def grid_told(model: StockFlow, step: Predict, name: str, run: Run, where: str) -> dict[str, Any]:
    """Return the grid of a prediction: what it covers tells nothing about the run."""
    low, high = _range(model, name, run)
    low, high = (
        own if said is None else said for own, said in ((low, step.low), (high, step.high))
    )
    if not (_finite(low) and _finite(high) and low < high):
        raise ModelError(f"{where}: low= is below high=, and both are numbers")
    part, start, stop = model.scalars[key(name)], float(run.time[0]), float(run.time[-1])
    grid = {
        "label": name,
        "units": part.units,
        "timeUnits": model.time_units,
        "start": start,
        "stop": stop,
        "low": float(low),
        "high": float(high),
        "times": moments_to_draw(start, stop),
    }
    begins = amount(float(run[name][0]), part.units) if isinstance(part, Stock) else ""
    return {"grid": grid, "begins": begins}


def question_told(told: Mapping[str, Any], scenarios: Scenarios) -> str:
    """Return what is asked where the author asked nothing."""
    grid = told["grid"]
    begins = f"It begins at {told['begins']}. " if told["begins"] else ""
    length = span(grid["stop"] - grid["start"], scenarios.model.time_units)
    return f"{begins}What will {grid['label']} do over {length}?"


def _range(model: StockFlow, name: str, run: Run) -> tuple[float, float]:
    part, values = model.scalars[key(name)], np.asarray(run[name], dtype=float)
    values = values[np.isfinite(values)]
    least = min(0.0, float(values.min(initial=0.0)))
    most = float(values.max(initial=least))
    between: Any = getattr(part, "between", None)
    if between and between[0] <= least and most <= between[1]:
        return min(0.0, float(between[0])), float(between[1])
    return (-_roomy(-least) if least < 0 else 0.0), (_roomy(most) if most > 0 else 0.0) or 1.0


def _roomy(size: float) -> float:
    """Return a round number well above another, so that a grid does not give the end away."""
    wanted = 1.3 * size
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(step * power for step in _ROUND if step * power >= wanted * (1 - 1e-9))


def _finite(value: object) -> bool:
    real = isinstance(value, (int, float, np.number)) and not isinstance(value, bool)
    return real and math.isfinite(float(value))  # type: ignore[arg-type]
