"""The live parts as anywidget knows them: what the page and the kernel tell each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import anywidget
import traitlets

from cstools.errors import CstoolsError
from cstools.widgets.assets import script, style


class LiveExplorer(anywidget.AnyWidget):  # type: ignore[misc]
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

    def __repr__(self) -> str:
        sentence = self.answer.get("sentence") or self.payload["sentence"]
        return f"{self.payload['name']}: {sentence}"

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """Beside the live part, give the picture that is shown where nothing can be live."""
        bundle = super()._repr_mimebundle_(**options)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        data["text/html"] = self._still()._repr_mimebundle_()["text/html"]
        return bundle


class LiveSketch(anywidget.AnyWidget):  # type: ignore[misc]
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

    def __repr__(self) -> str:
        return self._words(self.points)
