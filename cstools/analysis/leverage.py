"""Leverage: what the same share of each parameter does to a result, and how sure the order is.

1. Draw the parameters that have a range, all at once: each draw is a model as it might be.
2. In each draw, move every parameter by the same share, up and down, one at a time.
3. Rank by how far the result moves, the median of the draws; the interval is that of nine draws in
   ten.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any

from cstools.analysis.levers import Lever, Leverage
from cstools.analysis.outcomes import At, Outcome, finite, outcome
from cstools.engine import many_runs
from cstools.errors import DataError, ModelError, brief, shown
from cstools.on_demand import numpy as np
from cstools.plotting.bars import Estimate
from cstools.stock_flow.ensemble import batch, drawn, settable, target_of
from cstools.stock_flow.parts import AnyPart, Constant
from cstools.stock_flow.running import given, parameter
from cstools.stock_flow.spreads import Spread, spread

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

DRAWS = 100
_FEWEST_DRAWS = 20
# Below this share of the result, a difference is rounding.
_ROUNDING = 1e-9


def leverage(
    model: StockFlow,
    of: str | None = None,
    at: At = None,
    share: float = 0.1,
    inputs: Any = None,
    draws: int = DRAWS,
    seed: int = 0,
    executor: Executor | None = None,
    engine: str = "cstools",
) -> Leverage:
    """Return what the same share of each parameter does; see ``StockFlow.leverage``."""
    if not isinstance(share, (int, float)) or not 0 < share < 1:
        raise DataError(
            f"share={shown(share)}: each parameter is moved by a part of itself, between 0 and 1, "
            "such as share=0.1"
        )
    if not isinstance(draws, int) or draws < _FEWEST_DRAWS:
        raise DataError(
            f"draws={shown(draws)}: an interval needs {_FEWEST_DRAWS} draws at the very least"
        )
    result, target = outcome(model, of, at), target_of(engine)
    own, chosen = given(model, {}), _chosen(model, inputs)
    values = {part.name: own[parameter(part)] for part, _ in chosen}
    levers = [(part, one) for part, one in chosen if values[part.name] != 0]
    if not levers:
        raise ModelError(
            f"model '{brief(model.name)}' has no parameter that is not 0, so there is nothing to "
            "take a share of"
        )
    ranges = {part.name: one for part, one in levers if one is not None}
    table = _moved({part.name: values[part.name] for part, _ in levers}, ranges, share, draws, seed)
    results = _results(model, table, result, np.repeat(seed + np.arange(draws), _each(levers)),
                       executor, target).reshape(draws, _each(levers))  # fmt: skip
    found = _levers([part for part, _ in levers], values, results)
    unsaid = tuple(name for name, value in values.items() if value == 0)
    return Leverage(
        model.name, result, float(share), found, float(results[0, 0]), unsaid, tuple(ranges), draws
    )


def _each(levers: list[Any]) -> int:
    """Return how many runs a draw takes: one as it is, and two for each parameter."""
    return 1 + 2 * len(levers)


def _chosen(model: StockFlow, inputs: Any) -> list[tuple[AnyPart, Spread | None]]:
    """Return the parameters, each with its distribution or none; elements of arrays by themselves.

    All constants, if nothing is said; else those named, also first values of stocks.
    """
    if inputs is None:
        parts = [part for part in model.scalars.values() if isinstance(part, Constant)]
        return [(part, _own(part)) for part in parts]
    if isinstance(inputs, str):
        inputs = [inputs]
    if not isinstance(inputs, (Mapping, list, tuple)):
        raise DataError(
            f"inputs={shown(inputs)} have no names; list names, or say ranges: "
            '{"name": (low, high)}'
        )
    found: dict[str, tuple[AnyPart, Spread | None]] = {}
    for name in inputs:
        settable(model, name)
        for part in model.single_values(name):
            said = inputs[name] if isinstance(inputs, Mapping) else None
            found[part.name] = part, _own(part) if said is None else spread(part.name, said)
    return list(found.values())


def _own(part: AnyPart) -> Spread | None:
    between = getattr(part, "between", None)
    return None if between is None else spread(part.name, between)


def _moved(
    values: Mapping[str, float],
    ranges: Mapping[str, Spread],
    share: float,
    draws: int,
    seed: int,
) -> dict[str, np.ndarray]:
    """Return the inputs of all runs, ``(draws × (1 + 2 × parameters),)`` each.

    The first draw is the model as it is; in each, a run as drawn comes before each parameter
    raised and lowered in turn.
    """
    random = drawn(ranges, draws - 1, seed) if ranges else {}
    table = {}
    for place, (name, value) in enumerate(values.items()):
        column = np.concatenate(([value], random.get(name, np.full(draws - 1, value))))
        runs = np.repeat(column[:, None], 1 + 2 * len(values), axis=1)
        runs[:, 1 + 2 * place] *= 1 + share
        runs[:, 2 + 2 * place] *= 1 - share
        table[name] = runs.ravel()
    return table


def _results(
    model: StockFlow,
    table: dict[str, np.ndarray],
    result: Outcome,
    seeds: np.ndarray,
    executor: Executor | None,
    target: str,
) -> np.ndarray:
    results = np.empty(len(seeds))

    def take(where: slice, chunk: many_runs.Chunk) -> None:
        count = where.stop - where.start
        results[where] = result.of(np.broadcast_to(chunk[result.key], (len(result.time), count)))

    many_runs.compute(batch(model, table, [result.key], seeds), take, executor, target=target)
    return finite(results, table, result.said)


def _levers(
    parts: list[AnyPart], values: Mapping[str, float], results: np.ndarray
) -> tuple[Lever, ...]:
    """Return the levers, the farthest reaching first, from results ``(draws, runs of each)``."""
    change = results[:, 1:] - results[:, :1]
    change[np.abs(change) <= _ROUNDING * np.abs(results).max()] = 0.0
    raised, lowered = change[:, ::2], change[:, 1::2]
    sizes = (np.abs(raised) + np.abs(lowered)) / 2
    first = sizes.argmax(axis=1)
    found = [
        Lever(
            name=part.name,
            units=part.units,
            value=values[part.name],
            raised=_estimate(raised[:, i]),
            lowered=_estimate(lowered[:, i]),
            size=_estimate(sizes[:, i]),
            rises=_rises(raised[:, i] - lowered[:, i]),
            first=float(np.mean((first == i) & (sizes[:, i] > 0))),
        )
        for i, part in enumerate(parts)
    ]
    return tuple(sorted(found, key=lambda lever: -lever.size.value))


def _rises(difference: np.ndarray) -> float:
    """Return in what share of the draws that differ at all more means more; of none, in half."""
    moved = difference[difference != 0]
    return float(np.mean(moved > 0)) if len(moved) else 0.5


def _estimate(values: np.ndarray) -> Estimate:
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
    return Estimate(float(middle), float(low), float(high))
