"""The live parts as anywidget knows them: what the page and the kernel tell each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import traitlets

from cstools.errors import CstoolsError
from cstools.widgets.assets import script, style
from cstools.widgets.page import write_page
from cstools.widgets.part import LivePart, framed, html_of


class LiveExplorer(LivePart):
    """The explorer in the page; the kernel hears of a value after the curve has moved.

    Attributes
    ----------
    values : dict
        What the sliders say, by name; setting it moves them.
    shown : list
        The variables that are drawn.
    answer : dict
        The kernel's newest sentence, and the values it is about.
    sketch : dict
        A learner's points and the variable they belong to.
    """

    _esm = script("explorer.js")
    _css = style("explorer.css")
    payload = traitlets.Dict().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    shown = traitlets.List().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True)
    sketch = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        page: Mapping[str, Any],
        shown: Sequence[str],
        describe: Callable[[dict[str, float]], str],
        still: Callable[[], Any],
    ) -> None:
        self._describe, self._still = describe, still
        start = {p["key"]: p["value"] for p in page["parameters"] if p["slider"]}
        super().__init__(payload=dict(page), shown=list(shown), values=start)
        self.observe(self._answer, "values")

    def _answer(self, change: Mapping[str, Any]) -> None:
        """Say in a sentence what the run with these values does, or why there is none."""
        values = dict(change["new"])
        try:
            sentence = self._describe(values)
        except CstoolsError as error:
            sentence = str(error)
        self.answer = {"values": values, "sentence": sentence}

    def sentence(self) -> str:
        """Return the model's name and what its newest run shows."""
        said = self.answer.get("sentence") or self.payload["sentence"]
        return f"{self.payload['name']}: {said}"

    def still(self) -> str:
        """Return the curves of the model's own values, with their sentence."""
        return html_of(self._still())

    def save(self, path: str | Path) -> Path:
        """Write the explorer to an HTML file in which the sliders still move the model."""
        return write_page(self, path, str(self.payload["name"]))


class LiveSketch(LivePart):
    """A grid on which a learner draws what they expect.

    Attributes
    ----------
    points : list of [time, value]
        What has been drawn so far, in the order of time.
    """

    _esm = script("sketch.js")
    _css = style("sketch.css")
    payload = traitlets.Dict().tag(sync=True)
    points = traitlets.List().tag(sync=True)

    def __init__(
        self,
        page: Mapping[str, Any],
        points: Sequence[Sequence[float]],
        words: Callable[[Any], str],
    ) -> None:
        self._words = words
        super().__init__(payload=dict(page), points=[list(point) for point in points])

    @property
    def label(self) -> str:
        """What the sketch is about."""
        return str(self.payload["label"])

    def sentence(self) -> str:
        """Return the points that are drawn so far, in words."""
        return self._words(self.points)

    def still(self) -> str:
        """Return the points in words: an empty grid is nothing to look at."""
        return framed("", self.sentence())

    def save(self, path: str | Path) -> Path:
        """Write the sketch to an HTML file on which others can draw theirs."""
        return write_page(self, path, f"Sketch {self.label}")
