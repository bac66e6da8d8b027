"""What a run comes to, as one number: how it ends, its highest, its value at some time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cstools.errors import DataError, ModelError, did_you_mean
from cstools.plotting.words import moment, number
from cstools.stock_flow.parts import Stock
from cstools.stock_flow.running import times

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

Measure = Callable[[np.ndarray, np.ndarray], float]
At = str | float | Measure | None

_WORDS: dict[str, tuple[str, Callable[..., np.ndarray]]] = {
    "max": ("the highest {}", np.max),
    "min": ("the lowest {}", np.min),
    "mean": ("the mean {}", np.mean),
}


@dataclass(frozen=True)
class Outcome:
    """One number that each run comes to.

    Attributes
    ----------
    name, key, units : str
        Of the variable that it is about.
    said : str
        What it is, in words: ``"fish at year 80"``, ``"the highest fish"``.
    time : array (times,)
    of : callable
        Values ``(times, runs)`` → the numbers ``(runs,)``.
    """

    name: str
    key: str
    units: str
    said: str
    time: np.ndarray
    of: Callable[[np.ndarray], np.ndarray]


def outcome(model: StockFlow, of: str | None, at: At) -> Outcome:
    """Return the number that runs are compared by.

    Parameters
    ----------
    of
        A variable with a single value; the first stock, if not said.
    at
        ``"final"`` (or nothing), ``"max"``, ``"min"``, ``"mean"``, a time, or a function of the
        saved times and one run's values that returns a number.

    Raises
    ------
    ModelError
        When ``at`` is none of these, or a time outside the run.
    UnknownNameError
        When the model has no such variable.
    """
    part = model.single_values(of)[0] if of is not None else _first_stock(model)
    if of is not None and len(model.single_values(of)) > 1:
        raise ModelError(
            f"'{of}' is an array; runs are compared by one number each: name an element, such as "
            f"'{part.name}'"
        )
    time = times(model.clock)
    said, measure = _measure(model, part.name, at, time)
    return Outcome(part.name, part.key, part.units, said, time, measure)


def _first_stock(model: StockFlow) -> Any:
    for part in model.scalars.values():
        if isinstance(part, Stock):
            return part
    raise ModelError(f"model '{model.name}' has no stock; say which variable it is about: of=")


def _measure(
    model: StockFlow, name: str, at: At, time: np.ndarray
) -> tuple[str, Callable[[np.ndarray], np.ndarray]]:
    if callable(at):
        return f"{name}, as measured by {_called(at)}", lambda v: _each(at, time, v)
    if at is None or (isinstance(at, str) and at.strip().casefold() == "final"):
        return f"{name} at {moment(time[-1], model.time_units)}", lambda v: v[-1]
    if isinstance(at, str):
        found = _WORDS.get(at.strip().casefold())
        if found is None:
            raise ModelError(
                f"at='{at}' is no moment of a run"
                + (did_you_mean(at, ["final", *_WORDS]) or _advice())
            )
        words, reduce = found
        return words.format(name), lambda v: reduce(v, axis=0)
    row = _row(model, at, time)
    return f"{name} at {moment(time[row], model.time_units)}", lambda v: v[row]


def _row(model: StockFlow, at: Any, time: np.ndarray) -> int:
    """Return the saved row that is nearest to a time within the run."""
    try:
        wanted = float(at)
    except (TypeError, ValueError):
        raise ModelError(f"at={at!r} is no moment of a run{_advice()}") from None
    if not time[0] <= wanted <= time[-1]:
        raise ModelError(
            f"at={number(wanted)} is outside the run, which goes from "
            f"{moment(time[0], model.time_units)} to {number(time[-1])}"
        )
    return int(np.argmin(np.abs(time - wanted)))


def _advice() -> str:
    return "; say 'final', 'max', 'min', 'mean', a time, or a function of (time, values)"


def _each(measure: Measure, time: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return what somebody's own function makes of each run."""
    try:
        return np.array([float(measure(time, run)) for run in values.T])
    except (TypeError, ValueError) as error:
        raise DataError(
            f"{_called(measure)} should return one number for the times and values of a run: "
            f"{error}"
        ) from error


def _called(measure: Measure) -> str:
    name = getattr(measure, "__name__", "")
    return f"'{name}'" if name and name != "<lambda>" else "a function of your own"


def finite(results: np.ndarray, inputs: dict[str, np.ndarray], said: str) -> np.ndarray:
    """Return results that are all numbers; else a lesson that names a run that broke.

    Raises
    ------
    DataError
        When some are infinite or "not a number".
    """
    broken = np.flatnonzero(~np.isfinite(results))
    if not len(broken):
        return results
    first = ", ".join(f"{name} {number(column[broken[0]])}" for name, column in inputs.items())
    told = f"{len(broken):,} of {len(results):,} runs" if len(broken) > 1 else "one run"
    raise DataError(
        f"{said} is no number in {told}, such as the one with {first}; narrow the ranges, or look "
        "into that run: its .trouble says where it broke"
    )
