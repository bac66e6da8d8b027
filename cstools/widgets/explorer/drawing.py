"""Paths that somebody draws, and that constants of the model follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cstools.errors import DataError
from cstools.errors import shown as as_typed
from cstools.stock_flow.courses import Course, as_course, courses
from cstools.stock_flow.parts import Constant

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

Paths = dict[str, list[list[float]]]
# What a sketch holds before anybody draws is the value it begins with, and that is no path yet.
_FEWEST = 2


def drawable(model: StockFlow, drawn: object) -> StockFlow:
    """Return a model in which each constant that is drawn is free to follow a course.

    Raises
    ------
    DataError
        When ``drawn`` is no mapping from names to sketches.
    UnknownNameError, ModelError
        When a name is not in the model, or no constant.
    """
    if not isinstance(drawn, Mapping):
        raise DataError(
            "drawn= names constants and what each follows: {'emissions': my_sketch}; "
            f"{as_typed(drawn)} does not"
        )
    for name in drawn:
        part = model[str(name)]
        own = part.value if isinstance(part, Constant) else 0.0
        if isinstance(part, Constant) or part.name not in {c.name for c in courses(model)}:
            model = model.with_course(str(name), [(model.start, own)])
    return model


class Drawing:
    """What is drawn at this moment, and for which variable.

    Parameters
    ----------
    model
        As :func:`drawable` gave it.
    drawn
        Name of a variable → a sketch, or points ``(time, value)``.
    """

    def __init__(self, model: StockFlow, drawn: Mapping[str, Any]) -> None:
        found = {course.name: course for course in courses(model)}
        self._by_name: dict[str, tuple[Course, Any]] = {
            model[name].name: (found[model[name].name], sketch) for name, sketch in drawn.items()
        }

    def __bool__(self) -> bool:
        return bool(self._by_name)

    def paths(self) -> Paths:
        """Return what each variable follows: the model's own course up to where one is drawn."""
        return self._laid("points")

    def kept(self) -> Paths:
        """Return the same of what may stay in a notebook's file."""
        return self._laid("kept")

    def put(self, paths: Mapping[str, Any]) -> None:
        """Show on the sketches what is followed now: points that lie at their moments."""
        for name, (_, sketch) in self._by_name.items():
            if not hasattr(sketch, "grid") or paths.get(name) == self.paths().get(name):
                continue
            grid = sketch.grid()
            first = [[grid["start"], grid["begins"]]] if grid.get("begins") is not None else []
            points = [list(p) for p in paths.get(name, ()) if p[0] in grid["times"]]
            sketch.points = points or first

    def _laid(self, which: str) -> Paths:
        laid: Paths = {}
        for name, (course, sketch) in self._by_name.items():
            points = [tuple(point) for point in getattr(sketch, which, sketch)]
            if len(points) >= _FEWEST:
                whole = course.laid_over(as_course(points, f"the path of '{name}'"))
                laid[name] = [[time, value] for time, value in whole]
        return laid
