"""Running a model: what is set and checked before, what is made of the numbers after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cstools.engine import machine, single
from cstools.engine.integrate import method_named
from cstools.engine.memory import owner
from cstools.engine.program import Clock
from cstools.equations.tree import Number
from cstools.equations.tree import names as names_in
from cstools.errors import ModelError, brief, did_you_mean
from cstools.on_demand import numpy as np
from cstools.plotting.describe import moment, number
from cstools.stock_flow import lowering
from cstools.stock_flow.checked import as_number, as_settings, as_whole
from cstools.stock_flow.parts import AnyPart, Constant, Flow, Stock
from cstools.stock_flow.run import Recipe, Run
from cstools.stock_flow.unfilled import check_filled, is_unfilled

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

ENGINES = ("cstools", "fast", "pysd")


def run(
    model: StockFlow, values: Mapping[str, float], engine: str, method: str | None, seed: int = 0
) -> Run:
    """Return a run of a model with some values set otherwise; see ``StockFlow.run``."""
    settings = checked(model, values)
    chosen = method_named(model.method if method is None else method)
    seed = as_whole(seed, f"model '{brief(model.name)}', seed=")
    if str(engine) not in ENGINES:
        raise ModelError(
            f"there is no engine '{brief(engine)}'"
            + (did_you_mean(engine, ENGINES) or "; choose 'cstools', 'fast' or 'pysd'")
        )
    _check_room(model)
    recipe = Recipe(model.program(), model.clock, given(model, settings), chosen.name, seed)
    if engine == "pysd":
        from cstools.stock_flow import second_opinion  # PySD takes most of a second to import

        return as_run(model, second_opinion.columns(model, settings, chosen), settings, recipe)
    run_once = machine.run_once if engine == "fast" else single.run_once
    columns = run_once(model.program(), model.clock, recipe.parameters, chosen, seed)
    return as_run(model, columns, settings, recipe)


# Two gigabytes of float64.
_MOST_NUMBERS = 250_000_000


def _check_room(model: StockFlow) -> None:
    numbers = model.clock.rows * len(model.program().columns)
    if numbers > _MOST_NUMBERS:
        raise ModelError(
            f"a run of '{brief(model.name)}' would keep {number(numbers)} numbers, more than a "
            "computer holds; keep fewer rows with saveper="
        )


def checked(model: StockFlow, values: Mapping[str, float]) -> dict[str, float]:
    """Return what a run sets, by the model's own spelling; what cannot be set is an error."""
    settings: dict[str, float] = {}
    for name, value in as_settings(values, f"model '{brief(model.name)}'").items():
        for part in model.single_values(name):
            if is_unfilled(part):
                check_filled(model.name, model.parts.values())
            if not _can_be_set(part):
                raise ModelError(
                    f"{part.where} is computed by an equation; a run can set constants and the "
                    "first values of stocks; to change an equation, change it in a .copy()"
                )
            settings[part.name] = as_number(value, part.where)
    return settings


def given(model: StockFlow, settings: Mapping[str, float]) -> dict[str, float]:
    """Return the program's parameters: the model's own numbers with some set otherwise."""
    own = lowering.parameters(model.scalars)
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
    model: StockFlow,
    columns: Mapping[str, np.ndarray],
    settings: Mapping[str, float],
    recipe: Recipe | None = None,
) -> Run:
    """Return columns of numbers as a run of a model."""
    parts = model.scalars
    shown = {k: columns[k] for k in parts if k in columns}
    for values in shown.values():
        values.setflags(write=False)
    trouble = _trouble(model, columns)
    return Run(
        model.name,
        times(model.clock),
        shown,
        parts,
        model.time_units,
        dict(settings),
        trouble,
        model.arrays(),
        recipe,
    )


def _can_be_set(part: AnyPart) -> bool:
    if isinstance(part, Stock):
        return lowering.starting_value(part) is not None
    return isinstance(part, Constant)


def _trouble(model: StockFlow, columns: Mapping[str, np.ndarray]) -> str:
    """Say which variable stopped being a number, when, and what fed it; empty when none did."""
    found = single.first_trouble(model.program(), model.clock, columns)
    if found is None:
        return ""
    name, at = found
    name = owner(name)  # a delay's own state speaks for the part whose equation holds the delay
    part, clock = model.scalars[name], model.clock
    row = round((at - clock.start) / (clock.every * clock.dt)) - isinstance(part, Stock)
    fed = [k for k in _feeds(model, part) if k in columns]
    values = ", ".join(f"{model.scalars[k].name} {number(columns[k][max(row, 0)])}" for k in fed)
    return (
        f"The {part.where} is no longer a number at {moment(at, model.time_units)}"
        + (f"; it was computed from {values}" if values else "")
        + "; look for a division by zero or for growth without limit"
    )


def _feeds(model: StockFlow, part: AnyPart) -> tuple[str, ...]:
    """Return the keys that a part is computed from."""
    if isinstance(part, Stock):
        flows = (p for p in model.scalars.values() if isinstance(p, Flow))
        return names_in(lowering.net_flows(flows).get(part.key, Number(0.0)))
    return names_in(getattr(part, "tree", None) or Number(0.0))
