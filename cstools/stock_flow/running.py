"""Running a model: what is set and checked before, what is made of the numbers after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any

import numpy as np

from cstools.engine import single
from cstools.engine.integrate import method_named
from cstools.engine.many_runs import run_many
from cstools.engine.memory import owner
from cstools.engine.program import Clock
from cstools.equations.tree import Number
from cstools.equations.tree import names as names_in
from cstools.errors import DataError, ModelError, did_you_mean
from cstools.plotting.describe import moment, number
from cstools.stock_flow import lowering
from cstools.stock_flow.checked import as_number
from cstools.stock_flow.parts import AnyPart, Constant, Flow, Stock
from cstools.stock_flow.run import Run

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

ENGINES = ("cstools", "pysd")


def run(
    model: StockFlow, values: Mapping[str, float], engine: str, method: str | None, seed: int = 0
) -> Run:
    """Return a run of a model with some values set otherwise; see ``StockFlow.run``."""
    settings = checked(model, values)
    chosen = method_named(method or model.method)
    if engine not in ENGINES:
        raise ModelError(
            f"there is no engine '{engine}'"
            + (did_you_mean(engine, ENGINES) or "; choose 'cstools' or 'pysd'")
        )
    if engine == "pysd":
        from cstools.stock_flow import second_opinion  # PySD takes most of a second to import

        return as_run(model, second_opinion.columns(model, settings, chosen), settings)
    parameters = given(model, settings)
    return as_run(
        model, single.run_once(model.program(), model.clock, parameters, chosen, seed), settings
    )


def ensemble(
    model: StockFlow,
    inputs: Any,
    executor: Executor | None,
    save: Sequence[str] | None,
    seed: int = 0,
) -> Any:
    """Return many runs at once as an xarray ``Dataset``; see ``StockFlow.ensemble``."""
    import xarray as xr  # heavy, and wanted only here

    table = _table(model, inputs)
    runs = len(next(iter(table.values()))) if table else 1
    parameters = {k: table.get(k, np.full(runs, v)) for k, v in given(model, {}).items()}
    stocks = [part.name for part in model.parts.values() if isinstance(part, Stock)]
    kept = [model[name] for name in save or stocks]
    method = method_named(model.method)
    keys = [part.key for part in kept]
    done = run_many(model.program(), model.clock, parameters, keys, method, executor, seed)
    columns = {p.name: (("run", "time"), done[p.key], {"units": p.units}) for p in kept}
    return xr.Dataset(columns, coords={"time": times(model.clock), "run": np.arange(runs)})


def checked(model: StockFlow, values: Mapping[str, float]) -> dict[str, float]:
    """Return what a run sets, by the model's own spelling; what cannot be set is an error."""
    settings: dict[str, float] = {}
    for name, value in values.items():
        part = model[name]
        if not _can_be_set(part):
            raise ModelError(
                f"{part.where} is computed by an equation; a run can set constants and the "
                "first values of stocks; to change an equation, change it in a .copy()"
            )
        settings[part.name] = as_number(value, part.where)
    return settings


def given(model: StockFlow, settings: Mapping[str, float]) -> dict[str, float]:
    """Return the program's parameters: the model's own numbers with some set otherwise."""
    own = lowering.parameters(model.parts)
    return own | {parameter(model[name]): value for name, value in settings.items()}


def parameter(part: AnyPart) -> str:
    """Return the key under which a program takes a constant, or a stock's first value."""
    return lowering.at_start(part.key) if isinstance(part, Stock) else part.key


def times(clock: Clock) -> np.ndarray:
    """Return the saved times of a run, ``(rows,)``."""
    moments = clock.start + np.arange(clock.rows) * clock.every * clock.dt
    moments.setflags(write=False)
    return moments


def as_run(
    model: StockFlow, columns: Mapping[str, np.ndarray], settings: Mapping[str, float]
) -> Run:
    """Return columns of numbers as a run of a model."""
    parts = model.parts
    shown = {k: columns[k] for k in parts if k in columns}
    for values in shown.values():
        values.setflags(write=False)
    trouble = _trouble(model, columns)
    return Run(
        model.name, times(model.clock), shown, parts, model.time_units, dict(settings), trouble
    )


def _can_be_set(part: AnyPart) -> bool:
    if isinstance(part, Stock):
        return lowering.starting_value(part) is not None
    return isinstance(part, Constant)


def _table(model: StockFlow, inputs: Any) -> dict[str, np.ndarray]:
    """Return the columns of an ensemble's inputs, by parameter."""
    columns = {name: _column(name, inputs[name]) for name in inputs}
    if len({len(column) for column in columns.values()}) > 1:
        sizes = ", ".join(f"'{name}' {len(column)}" for name, column in columns.items())
        raise DataError(f"every input of an ensemble needs one value for each run: {sizes}")
    checked(model, dict.fromkeys(columns, 0.0))
    return {parameter(model[name]): column for name, column in columns.items()}


def _column(name: str, values: Any) -> np.ndarray:
    """Return one input of an ensemble as numbers, one for each run."""
    try:
        column = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        column = np.empty((0, 0))
    if column.ndim != 1 or not column.size or not np.isfinite(column).all():
        raise DataError(
            f"the input '{name}' of an ensemble is a list of numbers, one for each run; "
            "a blank or a word is none"
        )
    return column


def _trouble(model: StockFlow, columns: Mapping[str, np.ndarray]) -> str:
    """Say which variable stopped being a number, when, and what fed it; empty when none did."""
    found = single.first_trouble(model.program(), model.clock, columns)
    if found is None:
        return ""
    name, at = found
    name = owner(name)  # a delay's own state speaks for the part whose equation holds the delay
    part, clock = model.parts[name], model.clock
    row = round((at - clock.start) / (clock.every * clock.dt)) - isinstance(part, Stock)
    fed = [k for k in _feeds(model, part) if k in columns]
    values = ", ".join(f"{model.parts[k].name} {number(columns[k][max(row, 0)])}" for k in fed)
    return (
        f"The {part.where} is no longer a number at {moment(at, model.time_units)}"
        + (f"; it was computed from {values}" if values else "")
        + "; look for a division by zero or for growth without limit"
    )


def _feeds(model: StockFlow, part: AnyPart) -> tuple[str, ...]:
    """Return the keys that a part is computed from."""
    flows = [p for p in model.parts.values() if isinstance(p, Flow)]
    if isinstance(part, Stock):
        return names_in(lowering.net_flow(part, flows))
    return names_in(getattr(part, "tree", None) or Number(0.0))
