"""What was observed of a model's variables, and when: tables and points become numbers in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cstools.errors import DataError, ModelError
from cstools.names import key
from cstools.on_demand import numpy as np
from cstools.plotting.words import moment
from cstools.stock_flow.running import times

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow


@dataclass(frozen=True, eq=False)
class Observed:
    """What was observed of one variable.

    Attributes
    ----------
    name, key, units : str
        Of the variable.
    time, values : array (observations,)
        In the order of time; without gaps.
    scale : float
        The spread of the values, against which misses are measured; 1 if they do not differ.
    """

    name: str
    key: str
    units: str
    time: np.ndarray
    values: np.ndarray
    scale: float

    def in_runs(self, saved: np.ndarray, runs: np.ndarray) -> np.ndarray:
        """Return the values ``(observations, runs)`` at the observed times, of ``(times, runs)``.

        Between saved times a run is taken as straight.
        """
        runs = np.broadcast_to(runs, (len(saved), runs.shape[1]))
        before = np.clip(np.searchsorted(saved, self.time, side="right") - 1, 0, len(saved) - 2)
        share = (self.time - saved[before]) / (saved[before + 1] - saved[before])
        inside = share[:, np.newaxis]
        # At a saved time the next row counts for nothing, also when it is no number.
        after = np.where(inside > 0, inside * runs[before + 1], 0.0)
        return np.where(inside < 1, (1 - inside) * runs[before], 0.0) + after


def observed(model: StockFlow, data: Any) -> tuple[Observed, ...]:
    """Return what a table or some points say about a model's variables.

    Raises
    ------
    DataError
        When there are no times or no numbers, or they lie outside the run.
    ModelError, UnknownNameError
        When the model has no such variable.
    """
    found = tuple(_one(model, name, *columns) for name, columns in _columns(model, data).items())
    if not found:
        raise DataError(f"these data hold no variable besides the time; {_shape()}")
    return found


def _columns(model: StockFlow, data: Any) -> dict[str, tuple[Any, Any]]:
    """Return name → (times, values), as they were given."""
    names = _names(data)
    clock = [name for name in names if key(str(name)) in _clock_names(model)]
    if clock:
        return {str(n): (data[clock[0]], data[n]) for n in names if n != clock[0]}
    if hasattr(data, "columns"):
        return {str(name): (data.index, data[name]) for name in names}
    return {str(name): _points(str(name), data[name]) for name in names}


def _names(data: Any) -> list[Any]:
    if hasattr(data, "columns"):
        return list(data.columns)
    if isinstance(data, Mapping):
        return list(data)
    raise DataError(f"data of the kind '{type(data).__name__}' cannot be read; {_shape()}")


def _clock_names(model: StockFlow) -> set[str]:
    return ({"time", key(model.time_units)} - {""}) - set(model.scalars)


def _shape() -> str:
    return (
        'give a DataFrame with the time as its index, or {"time": […], "name": […]}, or '
        '{"name": [(time, value), …]}'
    )


def _points(name: str, points: Any) -> tuple[Any, Any]:
    try:
        pairs = [(time, value) for time, value in points]
    except (TypeError, ValueError):
        raise DataError(f"the data of '{name}' have no times; {_shape()}") from None
    return tuple(zip(*pairs, strict=True)) if pairs else ((), ())  # type: ignore[return-value]


def _one(model: StockFlow, name: str, when: Iterable[Any], what: Iterable[Any]) -> Observed:
    parts = model.single_values(name)
    if len(parts) > 1:
        raise ModelError(
            f"'{name}' is an array; name the element that was observed, such as '{parts[0].name}'"
        )
    part, time, values = parts[0], _numbers(name, when), _numbers(name, what)
    if len(time) != len(values):
        raise DataError(f"'{name}' has {len(values)} values at {len(time)} times; each needs one")
    there = np.isfinite(time) & np.isfinite(values)
    if not there.any():
        raise DataError(f"the data of '{name}' hold no number at any time; {_shape()}")
    order = np.argsort(time[there], kind="stable")
    time, values = time[there][order], values[there][order]
    _within(model, name, time)
    spread = float(np.std(values))
    return Observed(part.name, part.key, part.units, time, values, spread or 1.0)


def _numbers(name: str, values: Any) -> np.ndarray:
    try:
        return np.asarray([np.nan if v is None else v for v in values], dtype=float)
    except (TypeError, ValueError):
        raise DataError(
            f"the data of '{name}' hold something that is no number; leave a gap empty, and "
            "write times as numbers in the model's units"
        ) from None


def _within(model: StockFlow, name: str, time: np.ndarray) -> None:
    saved = times(model.clock)
    slack = 1e-9 * (saved[-1] - saved[0])
    for at in (time[0], time[-1]):
        if not saved[0] - slack <= at <= saved[-1] + slack:
            raise DataError(
                f"'{name}' was observed at {moment(at, model.time_units)}, and the run goes from "
                f"{moment(saved[0], model.time_units)} to {moment(saved[-1], model.time_units)}; "
                "give the model another start or stop, or leave that time out"
            )
