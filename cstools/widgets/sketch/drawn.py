"""What a sketch answers, live or plain: how it compares with a run, and what may be kept of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cstools.languages import name_spoken, spoken
from cstools.plotting.describe import amount, moment
from cstools.widgets.sketch.compared import compared

if TYPE_CHECKING:
    from cstools.plotting.picture import Picture
    from cstools.stock_flow.run import Run


class Drawn:
    """Points that somebody drew on a grid; abstract.

    Attributes
    ----------
    points : list of [time, value]
        What has been drawn so far, in the order of time.
    kept : list of [time, value]
        What a cell that shows the sketch leaves in the notebook's file: the points that code
        gave, and what was drawn when :meth:`keep` was called; nothing else.
    """

    points: list[list[float]]
    kept: list[list[float]]

    def grid(self) -> Mapping[str, Any]:
        """Return what the sketch is drawn on: what it is about, its units and bounds."""
        raise NotImplementedError

    @property
    def label(self) -> str:
        """What the sketch is about."""
        return str(self.grid()["label"])

    def compare(self, run: Run, name: str | None = None) -> str:
        """Return in a sentence how the sketch compares with a run: by its shape, not its values.

        Which way it goes, when it turns, whether it settles or goes past its end and comes back,
        how high it ends. A sketch can be like the run in all of these and still bend differently.

        Parameters
        ----------
        run
            What a model did: ``model.run()``.
        name
            The variable; the one that the sketch is named after, if not said.

        Raises
        ------
        UnknownNameError
            When the run has no such variable.
        DataError
            When fewer than three points are drawn, or the run has no numbers where they are.
        """
        return compared(self.grid(), self.points, run.time, run[name or self.label])

    def keep(self) -> Picture:
        """Return the sketch as a picture; from now on, a cell that shows it may store it.

        Until then, what is drawn stays in the page and in the kernel's memory.
        """
        self.kept = [list(point) for point in self.points]
        return picture(self.grid(), self.kept)


def words(grid: Mapping[str, Any], points: Sequence[Sequence[float]]) -> str:
    """Say what is drawn, point by point."""
    told = [
        spoken(
            "{amount} at {when}",
            amount=amount(value, grid["units"]), when=moment(time, grid["timeUnits"]),
        )
        for time, value in points
    ]  # fmt: skip
    name = name_spoken(grid["label"])
    if not told:
        return spoken("Sketch of {name}: no points drawn yet", name=name)
    return spoken("Sketch of {name}: {points}", name=name, points=", ".join(told))


def picture(grid: Mapping[str, Any], points: Sequence[Sequence[float]]) -> Picture:
    """Return the picture of some points, or an empty grid to print and draw on."""
    from cstools.plotting.expected import expected

    bounds = (grid["start"], grid["stop"], grid["low"], grid["high"])
    names = (grid["units"], grid["timeUnits"])
    return expected(name_spoken(grid["label"]), points, bounds, *names, words(grid, points))
