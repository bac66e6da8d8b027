"""The live parts as anywidget knows them: what the page and the kernel tell each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import traitlets

from cstools.widgets.assets import script, style
from cstools.widgets.page import write_page
from cstools.widgets.part import LivePart, drawn, html_of
from cstools.widgets.sketch import points_on
from cstools.widgets.sketch.drawn import Drawn, picture, words


class LiveSketch(Drawn, LivePart):
    """A grid on which a learner draws what they expect.

    Attributes
    ----------
    points : list of [time, value]
        What has been drawn so far, in the order of time.
    kept : list of [time, value]
        What may stay in a notebook's file.
    """

    _esm = script("sketch/sketch.js")
    _css = style("sketch/sketch.css")
    payload = traitlets.Dict().tag(sync=True)
    points = traitlets.List().tag(sync=True)

    def __init__(self, page: Mapping[str, Any], points: Sequence[Sequence[float]]) -> None:
        self.kept = [list(point) for point in points]
        super().__init__(payload=dict(page), points=[list(point) for point in points])

    @traitlets.validate("points")  # type: ignore[untyped-decorator]
    def _check_points(self, proposal: Mapping[str, Any]) -> list[list[float]]:
        return points_on(self.payload, proposal["value"]) if self.payload else proposal["value"]

    def grid(self) -> Mapping[str, Any]:
        """Return what the sketch is drawn on: what it is about, its units and bounds."""
        return dict(self.payload)

    def sentence(self) -> str:
        """Return the points that are drawn so far, in words."""
        return words(self.grid(), self.points)

    def still(self) -> str:
        """Return the points on their grid; an empty one can be printed and drawn on."""
        return html_of(picture(self.grid(), self.points))

    def stays(self) -> tuple[str, str]:
        """Return the words and the picture of what was kept, which may be less than is drawn."""
        said = words(self.grid(), self.kept)
        return said, drawn(lambda: html_of(picture(self.grid(), self.kept)), said)

    def save(self, path: str | Path) -> Path:
        """Write the sketch to an HTML file on which others can draw theirs."""
        return write_page(self, path, f"Sketch {self.label}")
