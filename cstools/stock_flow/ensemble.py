"""Many runs of a model: what their inputs are, who computes them, what is made of the numbers."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from cstools.engine import many_runs
from cstools.engine.integrate import method_named
from cstools.errors import DataError, ModelError, brief, did_you_mean
from cstools.names import key, same, split_subscripts, with_subscripts
from cstools.on_demand import numpy as np
from cstools.plotting.words import number
from cstools.stock_flow import progress as showing
from cstools.stock_flow.checked import as_list, as_whole
from cstools.stock_flow.parts import Stock
from cstools.stock_flow.running import checked, given, parameter, times
from cstools.stock_flow.spreads import Spread, draw, is_spread, spread

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

RUNS = 200
_TARGETS = {"cstools": "numpy", "fast": "machine"}


def ensemble(
    model: StockFlow,
    inputs: Any = None,
    executor: Executor | None = None,
    save: Sequence[str] | None = None,
    runs: int | None = None,
    seed: int = 0,
    sampling: str = "latin hypercube",
    progress: bool | showing.Report | None = None,
    cancel: Any = None,
    workers: int | None = None,
    engine: str = "cstools",
) -> Any:
    """Return many runs at once as an xarray ``Dataset``; see ``StockFlow.ensemble``."""
    where = f"the ensemble of '{brief(model.name)}'"
    seed = as_whole(seed, f"{where}, seed=")
    runs = None if runs is None else as_whole(runs, f"{where}, runs=")
    variables = [variable(model, name) for name in _saved(model, save, where)]
    keys = keys_of(model, variables)
    _check_room((runs or 0) * model.clock.rows * len(keys), where)  # before so many are drawn
    table = columns(model, inputs, runs, seed, sampling)
    many = batch(model, table, keys, seed)
    _check_room(many.runs * many.clock.rows * len(keys), where)
    places = [one.place(many.runs, many.clock.rows) for one in variables]
    pairs = zip(variables, places, strict=True)
    views = [view for one, place in pairs for view in one.views(place)]
    for unsaid in (view for name, view in views if name not in many.keys):
        unsaid[:] = np.nan  # an element of an array that has no equation
    done = np.zeros(many.runs, dtype=bool)
    kept = many_runs.Kept([view for view in views if view[0] in many.keys], done)
    report = showing.reporter(progress)

    def take(where: slice, chunk: many_runs.Chunk) -> None:
        kept.take(where, chunk)
        if report is not None:
            report(int(done.sum()), many.runs)

    # Asked or shown, the runs come in more chunks, so that there is something to ask between.
    stopped = showing.asked(cancel) if report or cancel is not None else None
    with suppress(KeyboardInterrupt):  # the stop button: what is done is returned, with a word
        many_runs.compute(many, take, executor, workers, stopped, target_of(engine))
    return _dataset(model, dict(zip(variables, places, strict=True)), table, done)


# Two gigabytes of float64.
_MOST_NUMBERS = 250_000_000


def _check_room(numbers: int, where: str) -> None:
    if numbers > _MOST_NUMBERS:
        raise DataError(
            f"{where} would keep {number(numbers)} numbers, more than a computer holds; ask for "
            "fewer runs, fewer variables (save=) or fewer rows (saveper=)"
        )


def _saved(model: StockFlow, save: Any, where: str) -> list[str]:
    """Return the names of the variables to keep; the stocks, if none are said."""
    if save is None:
        return _stocks(model)
    listed = [save] if isinstance(save, str) else save
    return as_list(listed, where, "save= is a list of names") or _stocks(model)


def keys_of(model: StockFlow, variables: Iterable[Variable]) -> list[str]:
    """Return the keys that are saved for some variables, each once."""
    keys = dict.fromkeys(key for one in variables for key in one.keys)
    return [key for key in keys if key in model.scalars]


def batch(
    model: StockFlow,
    table: Mapping[str, np.ndarray],
    keys: Iterable[str],
    seed: int | np.ndarray = 0,
) -> many_runs.Batch:
    """Return the runs of a table of inputs, ready to be computed.

    Parameters
    ----------
    table
        Name of a constant or stock → values ``(runs,)``.
    keys
        What is saved.
    """
    count = len(next(iter(table.values()))) if table else np.size(seed)
    own = {k: np.full(count, value) for k, value in given(model, {}).items()}
    for name, column in table.items():
        own |= {parameter(part): column for part in model.single_values(name)}
    method = method_named(model.method)
    return many_runs.batch(model.program(), model.clock, own, tuple(keys), method, seed)


# --- inputs ---------------------------------------------------------------------------------------


def columns(
    model: StockFlow, inputs: Any, runs: int | None, seed: int, sampling: str
) -> dict[str, np.ndarray]:
    """Return the inputs of an ensemble by name, ``(runs,)`` each, as said or drawn."""
    _checked_shape(inputs)
    if inputs is None or isinstance(inputs, str) or _only_names(inputs):
        return drawn(spreads(model, inputs), RUNS if runs is None else runs, seed, sampling)
    described = [name for name in inputs if is_spread(inputs[name])]
    if not described:
        return _listed(model, inputs, runs)
    for name in inputs:
        if name not in described:
            raise DataError(
                f"the input '{name}' is a list of values and '{described[0]}' a distribution; an "
                "ensemble takes either a table of values or distributions"
            )
    return drawn(spreads(model, inputs), RUNS if runs is None else runs, seed, sampling)


def spreads(model: StockFlow, inputs: Any = None) -> dict[str, Spread]:
    """Return the distributions of some inputs, by the model's own spelling of their names.

    Parameters
    ----------
    inputs
        Name → distribution, as :func:`cstools.stock_flow.spreads.spread` reads it; or the names
        of parts that have a range, ``between=``; or nothing, for all of these.
    """
    _checked_shape(inputs)
    if inputs is None:
        found = {part.name: part.between for part in model.sliders()}
        if not found:
            raise ModelError(
                f"nothing in model '{brief(model.name)}' has a range; give a constant one with "
                'between=(low, high), or say the inputs here: {"name": (low, high)}'
            )
        return {name: spread(name, between) for name, between in found.items()}
    if isinstance(inputs, str) or _only_names(inputs):
        names = [inputs] if isinstance(inputs, str) else list(inputs)
        return {spelled(model, name): spread(name, _between(model, name)) for name in names}
    return {settable(model, name): spread(name, inputs[name]) for name in inputs}


def drawn(
    of: Mapping[str, Spread], runs: int, seed: int, sampling: str = "latin hypercube"
) -> dict[str, np.ndarray]:
    """Return inputs drawn from distributions, name → values ``(runs,)``."""
    if not isinstance(runs, (int, np.integer)) or runs < 1:
        raise DataError(f"runs={runs!r}: an ensemble has one run or more, a whole number")
    _check_room(int(runs) * len(of), "the ensemble")
    return dict(zip(of, draw(list(of.values()), int(runs), sampling, seed), strict=True))


def _checked_shape(inputs: Any) -> None:
    """Refuse inputs that have no names."""
    named = isinstance(inputs, Mapping) or hasattr(inputs, "columns")
    if not (named or inputs is None or isinstance(inputs, str) or _only_names(inputs)):
        raise DataError(
            f"inputs of the kind '{type(inputs).__name__}' have no names; give a table, "
            '{"name": [value, value, …]}, or ranges, {"name": (low, high)}'
        )


def _only_names(inputs: Any) -> bool:
    listed = isinstance(inputs, (list, tuple)) and bool(inputs)
    return listed and all(isinstance(name, str) for name in inputs)


def settable(model: StockFlow, name: str) -> str:
    """Return a name as the model spells it; what a run cannot set is an error."""
    checked(model, dict.fromkeys([part.name for part in model.single_values(name)], 0.0))
    return spelled(model, name)


def spelled(model: StockFlow, name: str) -> str:
    """Return a name as the model spells it; of a whole array, without its subscripts."""
    parts = model.single_values(name)
    return parts[0].name if same(parts[0].name, name) else parts[0].base


def _between(model: StockFlow, name: str) -> tuple[float, float]:
    part = model.single_values(name)[0]
    between: tuple[float, float] | None = getattr(part, "between", None)
    if between is None:
        raise ModelError(
            f"{part.where} has no range; give it one with between=(low, high), or say it here: "
            f'{{"{part.name}": (low, high)}}'
        )
    return between


def _listed(model: StockFlow, inputs: Any, runs: int | None) -> dict[str, np.ndarray]:
    """Return the columns of a table of inputs."""
    listed = {name: _column(name, inputs[name]) for name in inputs}
    sizes = {len(column) for column in listed.values()}
    if len(sizes) > 1:
        told = ", ".join(f"'{name}' {len(column)}" for name, column in listed.items())
        raise DataError(f"every input of an ensemble needs one value for each run: {told}")
    if runs is not None and sizes and sizes != {runs}:
        raise DataError(
            f"the table of inputs has {sizes.pop()} runs, not {number(runs)}; runs= is for inputs "
            "that are distributions"
        )
    return {settable(model, name): column for name, column in listed.items()}


def _column(name: str, values: Any) -> np.ndarray:
    """Return one input of an ensemble as numbers, one for each run."""
    try:
        column = np.asarray(values, dtype=float)
    except (TypeError, ValueError, OverflowError, Warning):
        column = np.empty((0, 0))
    if column.ndim != 1 or not column.size or not np.isfinite(column).all():
        raise DataError(
            f"the input '{name}' of an ensemble is a list of numbers, one for each run; "
            "a blank or a word is none"
        )
    return column


# --- results --------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Variable:
    """What is saved of a model under one name.

    Attributes
    ----------
    kind : str
        What the field calls such a part.
    keys : tuple of str
        Of its values: one, or one for each element of an array, the last dimension fastest.
    dimensions : mapping
        Name of a dimension → its elements; empty for a single value.
    """

    name: str
    kind: str
    units: str
    keys: tuple[str, ...]
    dimensions: Mapping[str, tuple[str, ...]]

    def place(self, runs: int, rows: int) -> np.ndarray:
        """Return an empty place for its values, ``(runs, times, …)``."""
        return np.empty((runs, rows, *map(len, self.dimensions.values())))

    def views(self, place: np.ndarray) -> list[tuple[str, np.ndarray]]:
        """Return where in that place the values of each key lie, ``(runs, times)`` each."""
        flat = place.reshape(*place.shape[:2], len(self.keys))
        return [(key, flat[..., position]) for position, key in enumerate(self.keys)]


def variable(model: StockFlow, name: str) -> Variable:
    """Return what a name stands for: a single value, or a whole array over its dimensions."""
    parts = model.single_values(name)
    first, whole = parts[0], key(split_subscripts(name)[0])
    if same(first.name, name) or whole not in model.arrays():
        return Variable(first.name, first.kind, first.units, (first.key,), {})
    dimensions: dict[str, tuple[str, ...]] = {}
    for one in model.arrays()[whole]:
        # An array may range over a dimension twice: from each region to each region.
        again = f"{one.name} {len(dimensions) + 1}" if one.name in dimensions else one.name
        dimensions[again] = one.elements
    cells = product(*dimensions.values())
    keys = tuple(key(with_subscripts(whole, chosen)) for chosen in cells)
    return Variable(first.base, first.kind, first.units, keys, dimensions)


def _stocks(model: StockFlow) -> list[str]:
    stocks = [part for part in model.scalars.values() if isinstance(part, Stock)]
    return list(dict.fromkeys(part.base if part.subscripts else part.name for part in stocks))


def target_of(engine: str) -> str:
    """Return which generated code computes the runs; an unknown engine says which there are."""
    if engine not in _TARGETS:
        raise ModelError(
            f"there is no engine '{engine}' for many runs"
            + (did_you_mean(engine, _TARGETS) or "; choose 'cstools' or 'fast'")
        )
    return _TARGETS[engine]


def _dataset(
    model: StockFlow,
    values: Mapping[Variable, np.ndarray],
    table: Mapping[str, np.ndarray],
    done: np.ndarray,
) -> Any:
    """Return the runs that are done, with their inputs beside them."""
    import xarray as xr  # heavy, and wanted only here

    which = slice(None) if done.all() else np.flatnonzero(done)  # no copy where all are
    taken = {"run", "time", *(name for one in values for name in one.dimensions)}
    data = {
        _free(one.name, one.kind, taken): _column_of(one, place[which])
        for one, place in values.items()
    }
    elements = {name: list(of) for one in values for name, of in one.dimensions.items()}
    coordinates: dict[str, Any] = {
        "time": ("time", times(model.clock), {"units": model.time_units}),
        "run": np.flatnonzero(done),
        **elements,
    }
    saved = {one.name for one in values}
    for name, column in table.items():
        part = model.single_values(name)[0]
        free = f"{name} (first value)" if name in saved else _free(name, part.kind, taken)
        coordinates[free] = ("run", column[which], {"units": part.units})
    result = xr.Dataset(data, coordinates, {"model": model.name})
    if not done.all():
        result.attrs["stopped"] = _stopped(done)
    return result


def _column_of(one: Variable, values: np.ndarray) -> tuple[Any, ...]:
    return ("run", "time", *one.dimensions), values, {"units": one.units}


def _free(name: str, kind: str, taken: set[str]) -> str:
    """Return a name that no axis has already: a stock may be called ``run``."""
    return f"{name} ({kind})" if name in taken else name


def _stopped(done: np.ndarray) -> str:
    """Return, and warn with, how far it came."""
    told = showing.counted(int(done.sum()), len(done))
    sentence = f"Stopped: {told} were done; these are returned."
    warnings.warn(sentence, stacklevel=5)
    return sentence
