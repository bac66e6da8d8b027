"""How far runs are from what was observed, for many sets of inputs at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cstools.analysis.observations import Observed
from cstools.analysis.search import Misses
from cstools.engine import many_runs
from cstools.on_demand import numpy as np
from cstools.stock_flow.ensemble import batch
from cstools.stock_flow.progress import Report
from cstools.stock_flow.running import given, parameter, times
from cstools.stock_flow.spreads import Spread

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow


@dataclass(frozen=True, eq=False)
class Far:
    """How far runs are from data: shares of the inputs' ranges → misses, all runs at once."""

    model: StockFlow
    sought: Mapping[str, Spread]
    seen: tuple[Observed, ...]
    weights: Mapping[str, float]
    seed: int
    target: str

    def __call__(self, shares: np.ndarray) -> np.ndarray:
        """Return the misses ``(observations, runs)`` at some shares ``(inputs, runs)``."""
        runs = shares.shape[1]
        keys = tuple(dict.fromkeys(one.key for one in self.seen))
        # The same chance in every run: else the search would chase it.
        many = batch(self.model, self.inputs(shares), keys, np.full(runs, self.seed))
        saved = times(self.model.clock)
        misses = np.empty((sum(len(one.values) for one in self.seen), runs))

        def take(where: slice, chunk: many_runs.Chunk) -> None:
            misses[:, where] = np.concatenate([self._missed(o, saved, chunk) for o in self.seen])

        many_runs.compute(many, take, target=self.target)
        return misses

    def _missed(self, one: Observed, saved: np.ndarray, chunk: many_runs.Chunk) -> np.ndarray:
        weight = self.weights[one.name] / one.scale
        with np.errstate(all="ignore"):  # a run that broke is told as such by the search
            missed = one.values[:, np.newaxis] - one.in_runs(saved, chunk[one.key])
            return np.asarray(weight * missed)

    def inputs(self, shares: np.ndarray) -> dict[str, np.ndarray]:
        """Return the inputs at some shares of their ranges."""
        return {
            name: low + share * (high - low)
            for (name, (low, high)), share in zip(self.ranges().items(), shares, strict=True)
        }

    def ranges(self) -> dict[str, tuple[float, float]]:
        """Return within what each input is sought."""
        return {name: one.ends() for name, one in self.sought.items()}

    def as_it_is(self) -> np.ndarray:
        """Return where the model's own values lie in their ranges; the nearest end if outside."""
        own = given(self.model, {})
        shares = [
            (own[parameter(self.model.single_values(name)[0])] - low) / (high - low)
            for name, (low, high) in self.ranges().items()
        ]
        return np.asarray(np.clip(shares, 0.0, 1.0))


def reporting(far: Far, report: Report | None, generations: int) -> Misses:
    """Return the same misses, and tell of each generation that asks for them."""
    if report is None:
        return far
    asked = 0

    def misses(shares: np.ndarray) -> np.ndarray:
        nonlocal asked
        asked = min(asked + 1, generations)
        report(asked, generations)
        return far(shares)

    return misses
