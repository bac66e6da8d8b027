"""A run: what every variable did, to look at, to plot, to put into a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING, Any

from cstools.engine.program import Clock, Program
from cstools.errors import ModelError, brief, unknown_name
from cstools.floors import upstairs
from cstools.languages import name_spoken, spoken
from cstools.names import key, label, split_subscripts, with_subscripts
from cstools.on_demand import numpy as np
from cstools.plotting import describe
from cstools.plotting.behaviour import Behaviour, recognise
from cstools.stock_flow.parts import AnyPart, Dimension, Stock

if TYPE_CHECKING:
    from cstools.plotting.picture import Picture


@dataclass(frozen=True, eq=False)
class Recipe:
    """What a run was made from, to look again at what happened inside it.

    Attributes
    ----------
    program, clock
        The model's equations in order, and its time.
    parameters : mapping
        Key → number, of all that a run can set.
    method : str
        ``"euler"``, ``"heun"`` or ``"rk4"``.
    seed : int
        Of the random numbers.
    """

    program: Program
    clock: Clock
    parameters: Mapping[str, float]
    method: str
    seed: int


# Nobody reads on after as many sentences.
_MOST_TOLD = 30


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
    recipe : Recipe or None
        What it was made from.
    """

    title: str
    time: np.ndarray
    values: Mapping[str, np.ndarray]
    parts: Mapping[str, AnyPart]
    time_units: str = ""
    settings: Mapping[str, float] = field(default_factory=dict)
    trouble: str = ""
    arrays: Mapping[str, tuple[Dimension, ...]] = field(default_factory=dict)
    recipe: Recipe | None = None

    def __getitem__(self, name: str) -> np.ndarray:
        """Return the values of a variable, ``(times,)``; an unknown name says what is near.

        The name of an array alone gives all of it, ``(times, elements, …)``, an axis for each of
        its dimensions; an element that no equation says is "not a number".
        """
        if key(name) == "time":
            return self.time
        if key(name) in self.arrays:
            return self._array(key(name))
        if key(name) not in self.values:
            raise unknown_name(name, self.names, f"run of '{brief(self.title)}'")
        return self.values[key(name)]

    def _array(self, name: str) -> np.ndarray:
        sides = [dimension.elements for dimension in self.arrays[name]]
        cells = [key(with_subscripts(name, chosen)) for chosen in product(*sides)]
        unsaid = np.full(len(self.time), np.nan)
        columns = np.array([self.values.get(cell, unsaid) for cell in cells])
        return columns.T.reshape(len(self.time), *map(len, sides))

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

    def plot(
        self,
        *names: str,
        sketch: Any = None,
        compare: Run | Sequence[Run] | None = None,
        panels: str = "units",
    ) -> Picture:
        """Return the picture of some variables over time; without names, of the stocks.

        Lines carry their names at their ends; a legend takes over where those would collide.

        Parameters
        ----------
        names
            What is drawn; of an array, each of its elements.
        sketch
            What somebody expected: points ``(time, value)``, or anything with such ``points``.
        compare
            Another run, or several, drawn beside this one and told apart by what they set.
        panels
            ``"units"``: variables that share a unit share a panel. ``"each"``: a small panel for
            each variable, with its own scale.

        Raises
        ------
        UnknownNameError
            When nothing in the run has a name; the message offers the nearest.
        ModelError
            When ``compare`` is no run, or was kept at other times; when ``panels`` is no such word.
        """
        from cstools.plotting import over_time

        others = _runs(compare)
        if any(not np.array_equal(self.time, other.time) for other in others):
            raise ModelError(
                "the two runs are kept at different times; give both models the same start, "
                "stop, dt and saveper"
            )
        curves = _beside([self, *others], names) if others else self._curves(names)
        points = _sketched(sketch)
        title = name_spoken(self.title)
        return over_time.plot(self.time, curves, self.time_units, title, points, panels)

    def describe(self, *names: str) -> str:
        """Return the sentence that says what some variables did; without names, the stocks.

        What a variable does as a whole is told by its mode, see :meth:`behaviour`.
        """
        chosen = self._chosen(names)
        shown = [(name, self[name]) for name in chosen[:_MOST_TOLD]]  # a wrong name is told first
        told = [
            describe.series(
                name_spoken(name), self.time, values, self.time_units, self._units(key(name))
            )
            for name, values in shown
        ]
        if more := len(chosen) - len(told):
            told.append(
                spoken("{count} more are not told here; ask for them by name", count=f"{more:,}")
            )
        return describe.together([*told, self.trouble] if self.trouble else told)

    def behaviour(self, name: str) -> Behaviour:
        """Return which mode of behaviour a variable shows: growth, goal-seeking, an S, and so on.

        Its numbers come with it, such as a period or a goal; how they can mislead stands in
        :func:`cstools.plotting.behaviour.recognise`.
        """
        return recognise(self.time, self[name])

    def loop_scores(self, seconds: float = 2.0, most: int = 1000) -> Any:
        """Return which feedback loops made this run what it is, and when each of them mattered.

        Parameters
        ----------
        seconds
            How long to look for all loops; where that is not enough, the strongest are looked for.
        most
            How many loops are told at most.

        Returns
        -------
        cstools.analysis.loop_scores.LoopScores
            With ``.relative`` ``(times, loops)``, ``.loops``, ``.links``, ``.periods()``,
            ``.plot()``, ``.diagram(at=…)``, ``.film()`` and ``.simplified(…)``.

        Raises
        ------
        ModelError
            When the run was not made by Euler's method, for which the scores are defined.

        Notes
        -----
        It tells about this run, with these values. Other values can bring other loops to the fore.
        And where nothing changes no loop acts: a balance of strong loops looks like no loop at all.
        """
        return upstairs("analysis.loop_scores").loop_scores(self, seconds, most)

    def difference(self, other: Run) -> str:
        """Say what this run set that another did not; of another model, its name."""
        if self.title != other.title:
            return name_spoken(self.title)
        own = {n: v for n, v in self.settings.items() if other.settings.get(n) != v}
        told = [f"{name_spoken(name)} {describe.number(value)}" for name, value in own.items()]
        return ", ".join(told) or spoken("as the model has it")

    def _curves(self, names: Sequence[str]) -> list[Any]:
        from cstools.plotting import over_time

        curves = []
        for name in self._chosen(names):
            # The elements of one array are told apart at the ends of their lines.
            array, subscripts = split_subscripts(name)
            group, end = (array, ", ".join(subscripts)) if subscripts else ("", "")
            units = self._units(key(name))
            label = name_spoken(name)
            curves.append(over_time.Series(label, self[name], units, name_spoken(group), end))
        return curves

    def _chosen(self, names: Sequence[str]) -> list[str]:
        """Return the names as their author spelled them, the elements in place of an array."""
        chosen = names or self.stocks or self.names[:1]
        return [self._spelled(element) for name in chosen for element in self._elements(name)]

    def _elements(self, name: str) -> list[str]:
        if key(name) not in self.arrays:
            return [name]
        sides = [dimension.elements for dimension in self.arrays[key(name)]]
        cells = [with_subscripts(name, chosen) for chosen in product(*sides)]
        return [cell for cell in cells if key(cell) in self.values]

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


def _runs(compare: Run | Sequence[Run] | None) -> list[Run]:
    """Return the runs to compare with."""
    runs = [compare] if isinstance(compare, Run) else compare
    if runs is None:
        return []
    if not isinstance(runs, list | tuple) or not all(isinstance(run, Run) for run in runs):
        raise ModelError(
            "compare is a run, or a list of runs: compare=model.run({'name of a constant': 5})"
        )
    return list(runs)


def _beside(runs: Sequence[Run], names: Sequence[str]) -> list[Any]:
    """Return the curves of several runs; of each but the first the label says what it set."""
    first, *others = runs
    ends = [first.difference(others[0]), *(other.difference(first) for other in others)]
    ends = [f"{end} ({n})" if ends.count(end) > 1 else end for n, end in enumerate(ends, start=1)]
    return [
        replace(curve, label=label, group=curve.label, end=end)
        for run, end in zip(runs, ends, strict=True)
        for curve in run._curves(names)
        for label in [curve.label if run is first else f"{curve.label} ({end})"]
    ]


def _sketched(sketch: Any) -> list[tuple[float, float]]:
    """Return the points of a sketch, as numbers."""
    points = getattr(sketch, "points", sketch)
    try:
        found = [(float(time), float(value)) for time, value in (() if points is None else points)]
    except (TypeError, ValueError):
        raise ModelError(
            "a sketch is a list of points, each a time and a value: [(0, 10), (5, 40), (10, 30)]"
        ) from None
    return [point for point in found if np.isfinite(point).all()]
