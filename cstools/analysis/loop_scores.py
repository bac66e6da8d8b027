"""Loops That Matter: which feedback loops made a run what it is, and when.

The method is that of [SchoenbergDavidsenEberlein2020]_. A loop's score is the product of the scores
of its links, see :mod:`.link_scores`. Its share is that score over the sum of all, without their
signs, in the same component: the stocks that are tied together by loops. Loops are compared with
the loops of their own component only. Where everything in a component has come to rest, none of its
loops has a score; :mod:`.link_scores` says what rest is, and why that has to be said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cstools.analysis import loop_dominance, loop_telling, loops_of_run
from cstools.analysis.link_scores import link_scores
from cstools.analysis.loop_dominance import Period
from cstools.analysis.loop_search import find, products
from cstools.analysis.scored import ScoredLinks, ScoredLoops
from cstools.analysis.simplified import Simplified, simplified
from cstools.analysis.tables import html, percent
from cstools.causal_loops.parts import Loop
from cstools.engine.integrate import method_named
from cstools.errors import ModelError
from cstools.on_demand import numpy as np
from cstools.stock_flow.checked import as_number, as_whole
from cstools.stock_flow.run import Recipe, Run

if TYPE_CHECKING:
    from cstools.plotting.lit_diagram import LitDiagram
    from cstools.plotting.lit_film import LitFilm
    from cstools.plotting.picture import Picture


@dataclass(frozen=True, eq=False, repr=False)
class LoopScores:
    """Which loops matter in a run, and when.

    Attributes
    ----------
    title, time_units : str
    time : array (times,)
    loops : ScoredLoops
        The loops, one for each column; ``loops.complete`` says whether these are all.
    raw : array (times, loops)
        Loop scores: the products of their links' scores. The score at a time belongs to the step
        that ends there, so the first row is 0, and so is one in which the component is at rest.
    relative : array (times, loops)
        Shares from -1 to 1, below 0 where a loop is balancing. Without their signs they add up to
        1 in each component, or to 0 while nothing changes there. A loop that is alone in its
        component has 1 or -1, by construction.
    links : ScoredLinks
    groups : tuple of int
        The number of each loop's component.
    stocks : tuple of str
        What carries something on from step to step: the stocks, and what holds a delay.
    trouble : str
        Where and when a value of the run stopped being a number; empty when none did. Loops have
        no score from there on.
    """

    title: str
    time: np.ndarray
    time_units: str
    loops: ScoredLoops
    raw: np.ndarray
    relative: np.ndarray
    links: ScoredLinks
    groups: tuple[int, ...]
    stocks: tuple[str, ...]
    trouble: str = ""

    @property
    def polarity(self) -> np.ndarray:
        """``"R"``, ``"B"``, or ``""`` while the loop does not act: array of str (times, loops)."""
        return np.where(self.raw > 0, "R", np.where(self.raw < 0, "B", ""))

    def __getitem__(self, name: str) -> np.ndarray:
        """Return the shares of a loop, ``(times,)``, by its name."""
        return np.asarray(self.relative[:, self.loops.place(name)])

    def dominant(self, at: float | None = None) -> tuple[Loop, ...]:
        """Return the loops that dominate at a time; of each component, the strongest first.

        They pull the same way, reinforcing or balancing, and are the fewest that together explain
        more than half of what their component does; where nothing changes there are none. Without
        a time, it is about the mean shares of the whole run.
        """
        if at is None:
            sides = np.where(self.relative.mean(axis=0) >= 0, 1, -1)
            shares = sides * self._mean_while_acting
        else:
            shares = self.relative[self._row(at)]
        chosen: list[Loop] = []
        for columns in self._components:
            places = loop_dominance.dominant(shares[columns])
            chosen += [self.loops[columns[place]] for place in places]
        return tuple(chosen)

    def periods(self) -> tuple[Period, ...]:
        """Return the stretches of time through which the same loops dominate.

        Those of each component stand together, in the order of their first loops.
        """
        return tuple(period for periods in self._periods for period in periods)

    @property
    def mean(self) -> np.ndarray:
        """The mean share of each loop without its sign, from its first action on, ``(loops,)``.

        Times at which nothing in its component changes are not counted.
        """
        means = np.zeros(len(self.loops))
        for columns in self._components:
            own = self.relative[:, columns]
            means[columns] = loop_dominance.mean_shares(own[own.any(axis=1)])
        return means

    def describe(self) -> str:
        """Return in words which loops dominate when."""
        return loop_telling.told(
            self.title,
            self.time,
            self.time_units,
            self._periods,
            self._components,
            self.loops,
            [self.loops.note, self.trouble and f"{self.trouble}."],
            self.loops.complete,
        )

    def plot(self) -> Picture:
        """Return the shares as stacked areas over time, what is balancing below zero.

        The strip below says which loops dominate. Of many loops the strongest are drawn each, and
        the others together.
        """
        from cstools.plotting.loop_areas import Areas, loop_areas

        several = sum(len(columns) > 1 for columns in self._components) > 1
        panels = [
            Areas(
                tuple(self.loops[n].name for n in columns),
                tuple(self.loops[n].polarity for n in columns),
                self.relative[:, columns],
                tuple((p.start, p.stop, p.loops) for p in periods),
                loop_telling.around(columns, self.loops) if several else "",
            )
            for columns, periods in zip(self._components, self._periods, strict=True)
        ]
        return loop_areas(self.time, panels, self.time_units, self.title, self.describe())

    def diagram(
        self,
        at: float | Sequence[float] | None = None,
        positions: Mapping[str, tuple[float, float]] | None = None,
    ) -> LitDiagram:
        """Return the map of the model, its links lit by their scores at a time, or at several.

        A link is as dark and as wide as its share in what moves its effect; a loop is marked with
        its share in what moves its stocks. Without a time, the middle of each period of dominance
        is taken, of the longest six. The words stand in the same place at each time.
        ``positions`` are the places of some of them, by name, such as ``map_.positions``.

        Notes
        -----
        How it can mislead: a dark link rules its effect. Whether a loop rules is told by its mark.
        """
        from cstools.analysis.lit import lit

        return lit(self, at, positions)

    def film(self, moments: int = 100) -> LitFilm:
        """Return the map with a slider through the run, its links lit as time moves.

        Parameters
        ----------
        moments
            At how many times, evenly spread, the slider stops; at least two.
        """
        from cstools.analysis.lit import film

        return film(self, as_whole(moments, f"film of '{self.title}', moments="))

    def simplified(self, loops: float = 0.05, links: float = 1.0, flows: bool = True) -> Simplified:
        """Return the map of only what matters: strong loops, and links whose share varies.

        Parameters
        ----------
        loops
            The least mean share of a loop that is shown, from 0 to 1.
        links
            A variable between stocks is shown where the share of a link into it varies by at least
            this much over the run, from 0 (all variables) to above 1 (none).
        flows
            Show the flows of every stock that is shown.

        Raises
        ------
        ModelError
            When a threshold is no number, or below 0.
        """
        return simplified(
            self.title, self.loops, self.relative, self.links, self.stocks, loops, links, flows
        )

    def to_frame(self) -> Any:
        """Return the shares as a pandas ``DataFrame``: a row for each time, a column per loop."""
        import pandas as pd

        index = pd.Index(self.time, name=self.time_units or "time")
        return pd.DataFrame(self.relative, index=index, columns=list(self.loops.names))

    @cached_property
    def _components(self) -> list[list[int]]:
        numbers = dict.fromkeys(self.groups)
        return [[n for n, own in enumerate(self.groups) if own == group] for group in numbers]

    @cached_property
    def _mean_while_acting(self) -> np.ndarray:
        """The mean share of each loop without its sign, over the times when its component acts."""
        size = np.abs(self.relative)
        means = np.zeros(len(self.loops))
        for columns in self._components:
            acting = size[:, columns].any(axis=1)
            means[columns] = size[np.ix_(acting, columns)].sum(axis=0) / max(1, acting.sum())
        return means

    @cached_property
    def _periods(self) -> list[tuple[Period, ...]]:
        return [
            loop_dominance.periods(
                self.time, self.relative[:, columns], [self.loops[n].name for n in columns]
            )
            for columns in self._components
        ]

    def _row(self, at: float) -> int:
        """Return the row of the saved time that is nearest."""
        return loop_telling.row(self.time, at)

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        picture = self.plot()._repr_mimebundle_()["text/html"]
        order = np.argsort(-self.mean, kind="stable")[:12]
        rows = [
            [loop.name, " → ".join((*loop.variables, loop.variables[0])), share]
            for loop, share in ((self.loops[int(n)], percent(self.mean[n])) for n in order)
        ]
        heads = ["Loop", "Way round", "Mean share"]
        table = html("", heads, rows) if rows else ""
        return {"text/plain": repr(self), "text/html": picture + table}


def loop_scores(run: Run, seconds: float, most: int, own_steps: bool = False) -> LoopScores:
    """Return which loops matter in a run; see :meth:`cstools.stock_flow.run.Run.loop_scores`.

    With ``own_steps``, a run by another method than Euler's is scored along its own steps; see
    :func:`.link_scores.step_gap` for when that says the same.
    """
    recipe = _recipe(run) if own_steps else _euler(run)
    where = f"loop scores of '{run.title}'"
    seconds, most = (
        as_number(seconds, f"{where}, seconds="),
        max(1, as_whole(most, f"{where}, most=")),
    )
    every = link_scores(
        recipe.program, recipe.clock, recipe.parameters, recipe.seed, method_named(recipe.method)
    )
    scored = loops_of_run.as_said(every, run)
    nodes = sorted({end for pair in scored.pairs for end in pair})
    number = {node: place for place, node in enumerate(nodes)}
    pairs = [(number[cause], number[effect]) for cause, effect in scored.pairs]
    holding = loops_of_run.remembering(recipe.program)
    starts = [number[node] for node in holding if node in number]
    found = find(pairs, scored.scores, starts, seconds, most)
    ways = [[nodes[node] for node in path] for path in found.paths]
    raw, scored = loops_of_run.quietened(
        products(found.paths, pairs, scored.scores), ways, found.groups, scored
    )
    shares = loop_dominance.relative(raw, found.groups, found.others)
    links = loops_of_run.named_links(scored, recipe.program, run)
    loops = ScoredLoops(loops_of_run.named_loops(ways, links.links, shares, run), found.note)
    stocks = tuple(run.parts[node].name for node in holding)
    return LoopScores(
        run.title,
        run.time,
        run.time_units,
        loops,
        raw,
        shares,
        links,
        found.groups,
        stocks,
        run.trouble,
    )


def _recipe(run: Run) -> Recipe:
    if run.recipe is None:
        raise ModelError("this run does not say what it was made from; run the model again")
    return run.recipe


def _euler(run: Run) -> Recipe:
    """Return what a run was made from; the scores are defined for Euler's method only."""
    recipe = _recipe(run)
    if recipe.method != "euler":
        raise ModelError(
            "loop scores are defined step by step, for Euler's method, and this run was made by "
            f"'{recipe.method}'; run the model again with method='euler', and with a dt so "
            "short that its curves look the same"
        )
    return recipe
