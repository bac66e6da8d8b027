"""A run: what every variable did, to look at, to plot, to put into a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from cstools.errors import ModelError, unknown_name
from cstools.names import key, label
from cstools.plotting import describe
from cstools.stock_flow.parts import AnyPart, Stock

if TYPE_CHECKING:
    from cstools.plotting.picture import Picture


@dataclass(frozen=True, repr=False, eq=False)
class Run:
    """The values of every variable at every saved time.

    Attributes
    ----------
    title : str
        The model's name.
    time : array (times,)
        In the model's units of time.
    values : mapping
        Key → array ``(times,)``, read-only.
    parts : mapping
        Key → the part it belongs to: its spelling, units and kind.
    settings : mapping
        What this run set otherwise than the model, by name.
    trouble : str
        Where and when a value stopped being a number, and what fed it; empty when none did.
    """

    title: str
    time: np.ndarray
    values: Mapping[str, np.ndarray]
    parts: Mapping[str, AnyPart]
    time_units: str = ""
    settings: Mapping[str, float] = field(default_factory=dict)
    trouble: str = ""

    def __getitem__(self, name: str) -> np.ndarray:
        """Return the values of a variable, ``(times,)``; an unknown name says what is near."""
        if key(name) == "time":
            return self.time
        if key(name) not in self.values:
            raise unknown_name(name, self.names, f"run of '{self.title}'")
        return self.values[key(name)]

    @property
    def names(self) -> tuple[str, ...]:
        """The variables, as the author spelled them."""
        return tuple(self.parts[k].name if k in self.parts else label(k) for k in self.values)

    @property
    def stocks(self) -> tuple[str, ...]:
        """The names of the stocks."""
        return tuple(part.name for part in self.parts.values() if isinstance(part, Stock))

    def to_frame(self) -> Any:
        """Return a pandas ``DataFrame``: a row for each saved time, a column for each variable."""
        import pandas as pd

        index = pd.Index(self.time, name=self.time_units or "time")
        return pd.DataFrame(dict(zip(self.names, self.values.values(), strict=True)), index=index)

    def plot(self, *names: str, sketch: Any = None, compare: Run | None = None) -> Picture:
        """Return the picture of some variables over time; without names, of the stocks.

        Parameters
        ----------
        names
            What is drawn. Variables that share a unit share a panel.
        sketch
            What somebody expected: points ``(time, value)``, or anything with such ``points``.
        compare
            Another run, drawn beside this one.
        """
        from cstools.plotting import over_time

        curves = self._curves(names)
        if compare is not None:
            if not np.array_equal(self.time, compare.time):
                raise ModelError(
                    "the two runs are kept at different times; give both models the same start, "
                    "stop, dt and saveper"
                )
            curves += [
                over_time.Series(f"{c.label} ({compare.difference(self)})", c.values, c.units)
                for c in compare._curves(names)
            ]
        points: Sequence[tuple[float, float]] = getattr(sketch, "points", sketch) or ()
        return over_time.plot(self.time, curves, self.time_units, self.title, points)

    def describe(self, *names: str) -> str:
        """Return the sentence that says what some variables did; without names, the stocks."""
        chosen = names or self.stocks or self.names[:1]
        told = [
            describe.series(name, self.time, self[name], self.time_units, self._units(key(name)))
            for name in map(self._spelled, chosen)
        ]
        return describe.together([*told, self.trouble] if self.trouble else told)

    def difference(self, other: Run) -> str:
        """Say what this run set that another did not; of another model, its name."""
        if self.title != other.title:
            return self.title
        own = {n: v for n, v in self.settings.items() if other.settings.get(n) != v}
        told = [f"{name} {describe.number(value)}" for name, value in own.items()]
        return ", ".join(told) or "as the model has it"

    def _curves(self, names: Sequence[str]) -> list[Any]:
        from cstools.plotting import over_time

        chosen = [self._spelled(name) for name in names or self.stocks or self.names[:1]]
        return [over_time.Series(n, self[n], self._units(key(n))) for n in chosen]

    def _units(self, name: str) -> str:
        return self.parts[name].units if name in self.parts else ""

    def _spelled(self, name: str) -> str:
        return self.parts[key(name)].name if key(name) in self.parts else name

    def __repr__(self) -> str:
        span = f"{describe.number(self.time[0])} to {describe.number(self.time[-1])}"
        setting = "".join(f", {n} {describe.number(v)}" for n, v in self.settings.items())
        return (
            f"Run of {self.title}, {self.time_units or 'time'} {span}{setting}. {self.describe()}"
        )
