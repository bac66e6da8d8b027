"""Scenarios side by side: the same model under different values, in one picture and one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cstools.analysis.tables import html, listed
from cstools.errors import CstoolsError, ModelError, unknown_name
from cstools.names import key
from cstools.on_demand import numpy as np
from cstools.plotting import describe, over_time
from cstools.plotting.picture import Picture
from cstools.plotting.words import amount, is_counted, moment, number, verb
from cstools.stock_flow.run import Run

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow


@dataclass(frozen=True, repr=False, eq=False)
class Scenarios:
    """Runs of one model under different values, by the names of the scenarios.

    Attributes
    ----------
    title : str
        The model's name.
    runs : mapping
        Name of the scenario → its :class:`cstools.stock_flow.run.Run`; the first one is what the
        others are compared with.
    """

    title: str
    runs: Mapping[str, Run]

    def __getitem__(self, name: str) -> Run:
        """Return the run of a scenario; an unknown name says what is near."""
        for said, run in self.runs.items():
            if key(said) == key(name):
                return run
        raise unknown_name(name, self.runs, f"scenarios of '{self.title}'")

    def plot(self, *names: str) -> Picture:
        """Return the picture of some variables, a curve for each scenario; else of the first stock.

        Each variable has a panel of its own.
        """
        chosen = self._chosen(names)
        curves = [
            over_time.Series(f"{n} ({scenario})", run[n], _units(run, n), group=n, end=scenario)
            for n in chosen
            for scenario, run in self.runs.items()
        ]
        title = f"{self.title}: {chosen[0]}" if len(chosen) == 1 else self.title
        first = self._first
        picture = over_time.plot(first.time, curves, first.time_units, title, panels="each")
        return replace(picture, sentence=self.describe(*chosen))

    def describe(self, *names: str) -> str:
        """Return in sentences what variables do in each scenario, and how far apart they end."""
        told: list[str] = []
        for name in self._chosen(names):
            for scenario, run in self.runs.items():
                does = describe.series(name, run.time, run[name], run.time_units, _units(run, name))
                told.append(f"{_capital(scenario)}: {does}.")
            told += self._apart(name)
        told += [f"{_capital(s)}: {run.trouble}." for s, run in self.runs.items() if run.trouble]
        return " ".join(told)

    def table(self, *names: str) -> Any:
        """Return a pandas ``DataFrame``: a row for each scenario, the key outcomes as columns.

        Of each variable, the stocks if not said: its end, its highest and its lowest, and when
        these two are reached first.
        """
        import pandas as pd

        chosen = self._chosen(names, every=True)
        rows = {
            scenario: {
                (name, what): value
                for name in chosen
                for what, value in _outcomes(run.time, run[name]).items()
            }
            for scenario, run in self.runs.items()
        }
        frame = pd.DataFrame.from_dict(rows, orient="index")
        frame.columns = pd.MultiIndex.from_tuples(frame.columns, names=["variable", "outcome"])
        return frame.rename_axis("scenario")

    @property
    def _first(self) -> Run:
        return next(iter(self.runs.values()))

    def _chosen(self, names: tuple[str, ...], every: bool = False) -> list[str]:
        """Return names as the model spells them, the elements in place of an array."""
        stocks = self._first.stocks or self._first.names
        chosen = names or (stocks if every else stocks[:1])
        for name in chosen:
            self._first[name]  # an unknown name is told before anything is drawn
        return self._first._chosen(chosen)

    def _apart(self, name: str) -> list[str]:
        """Say how far each scenario ends from the first; nothing where one has no number."""
        ends = {scenario: float(run[name][-1]) for scenario, run in self.runs.items()}
        base, *others = ends
        if not others or not np.isfinite(list(ends.values())).all():
            return []
        at = moment(self._first.time[-1], self._first.time_units)
        told = [f"{amount(ends[base], _units(self._first, name))} in '{base}'"]
        told += [
            f"{number(ends[o])} in '{o}' "
            f"({_against(ends[o], ends[base], _units(self._first, name) or name)})"
            for o in others
        ]
        return [f"At {at}, {name} {verb(name, 'stand')} at {listed(told)}."]

    def __repr__(self) -> str:
        return self.describe(*self._first.stocks)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        stocks = self._chosen((), every=True)
        at = moment(self._first.time[-1], self._first.time_units)
        heads = ["Scenario", "Sets"]
        for name in stocks:
            heads += [f"{name} at {at}", *(f"{what} {name}" for what in self._extremes)]
        rows = [self._row(scenario, run, stocks) for scenario, run in self.runs.items()]
        return {"text/plain": repr(self), "text/html": html(self.title, heads, rows)}

    @property
    def _extremes(self) -> tuple[str, ...]:
        """Which extremes stand in a cell's table: of many stocks none, for it would be too wide."""
        return ("highest", "lowest") if len(self._first.stocks) <= 2 else ()

    def _row(self, scenario: str, run: Run, names: list[str]) -> list[str]:
        sets = ", ".join(f"{name} {number(value)}" for name, value in run.settings.items())
        cells = [scenario, sets or "nothing"]
        for name in names:
            found, units = _outcomes(run.time, run[name]), _units(run, name)
            cells.append(amount(found["final"], units))
            for what in self._extremes:
                when = moment(found[f"{what} at"], run.time_units)
                cells.append(f"{number(found[what])} ({when})")
        return cells


def scenarios(
    model: StockFlow,
    values: Mapping[str, Mapping[str, float]],
    engine: str = "cstools",
    method: str | None = None,
    seed: int = 0,
) -> Scenarios:
    """Return the runs of a model under different values; see ``StockFlow.scenarios``."""
    if not isinstance(values, Mapping) or not values:
        raise ModelError(_shape())
    runs: dict[str, Run] = {}
    for scenario, settings in values.items():
        if not isinstance(settings, Mapping):
            raise ModelError(f"scenario '{scenario}': {settings!r} is no set of values; {_shape()}")
        try:
            runs[scenario] = model.run(settings, engine, method, seed)
        except CstoolsError as error:
            raise type(error)(f"scenario '{scenario}': {error}") from error
    return Scenarios(model.name, runs)


def _shape() -> str:
    return (
        "scenarios have names, and each says which values differ: "
        '{"as it is": {}, "longer delay": {"delay": 5}}'
    )


def _outcomes(time: np.ndarray, values: np.ndarray) -> dict[str, float]:
    """Return the end, the extremes and when they are reached; of what breaks, while it held."""
    held = np.where(np.isfinite(values), values, np.nan)
    if np.isnan(held).all():
        nothing = dict.fromkeys(("highest", "highest at", "lowest", "lowest at"), float("nan"))
        return {"final": float(values[-1]), **nothing}
    high, low = int(np.nanargmax(held)), int(np.nanargmin(held))
    return {
        "final": float(values[-1]),
        "highest": float(held[high]),
        "highest at": float(time[high]),
        "lowest": float(held[low]),
        "lowest at": float(time[low]),
    }


def _against(end: float, base: float, what: str) -> str:
    """Return how far a value is from another: ``220 more, 55%``; of what is counted, ``fewer``."""
    if number(end) == number(base):
        return "the same"
    word = "more" if end > base else "fewer" if is_counted(what) else "less"
    share = f", {abs(end / base - 1) * 100:.0f}%" if base > 0 and abs(end / base - 1) < 10 else ""
    return f"{number(abs(end - base))} {word}{share}"


def _units(run: Run, name: str) -> str:
    part = run.parts.get(key(name))
    return part.units if part else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
