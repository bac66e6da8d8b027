"""The same live parts made of ipywidgets alone, for machines without anywidget.

Every movement asks the kernel, which draws on a matplotlib figure and sends it as SVG.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import floor, log10
from typing import TYPE_CHECKING, Any

import ipywidgets
import traitlets

from cstools.errors import CstoolsError
from cstools.widgets.explorer.state import moved
from cstools.widgets.shown import show
from cstools.widgets.sketch.drawn import Drawn, picture, words

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow
    from cstools.widgets.explorer.drawing import Drawing

_WIDE = {"description_width": "40%"}
_FONT = "font:600 16px/1.4 system-ui,sans-serif;margin:0"


class PlainExplorer(ipywidgets.VBox):  # type: ignore[misc]
    """Sliders, and under them the picture of the run with their values."""

    values = traitlets.Dict()

    def __init__(
        self,
        model: StockFlow,
        page: Mapping[str, Any],
        shown: Sequence[str],
        sketch: object,
        map_: str,
        drawing: Drawing,
    ) -> None:
        self._model, self._page, self._shown, self._sketch = model, page, shown, sketch
        self._start, self._sentence, self._moving = model.run(), page["sentence"], False
        self._drawing = drawing
        self._sliders = {p["key"]: _slider(p) for p in page["parameters"] if p["slider"]}
        self._picture = ipywidgets.HTML()
        back = ipywidgets.Button(description="Reset all")
        back.on_click(lambda _: self._put_back())
        diagram = ipywidgets.HTML(map_)
        beyond = [ipywidgets.HTML(_note(p["beyond"])) for p in page["parameters"] if p["beyond"]]
        super().__init__([*self._sliders.values(), *beyond, back, self._picture, diagram])
        self.layout.max_width = "760px"
        self.values = {name: slider.value for name, slider in self._sliders.items()}
        for slider in self._sliders.values():
            slider.observe(lambda _: self._take(), "value")
        self.observe(self._move, "values")
        self.draw()

    def follow(self, sketch: object) -> None:
        """Draw again with a sketch that has changed."""
        self._sketch = sketch
        self.draw()

    def _take(self) -> None:
        """Read the sliders, unless it is this object that is moving them."""
        if not self._moving:
            self.values = {name: slider.value for name, slider in self._sliders.items()}

    def _move(self, change: Mapping[str, Any]) -> None:
        """Set the sliders to the values, and draw once."""
        self._moving = True
        for name, value in change["new"].items():
            if name in self._sliders:
                self._sliders[name].value = value
        self._moving = False
        self.draw()

    def _put_back(self) -> None:
        self.values = {p["key"]: p["value"] for p in self._page["parameters"] if p["slider"]}

    def draw(self) -> None:
        """Draw the run of what the sliders say, and of what is drawn by hand."""
        paths = self._drawing.paths()
        try:
            run = self._model.run({**moved(self.values, self._page), **paths})
            start = self._start if run.settings or paths else None
            picture = run.plot(*self._shown, sketch=self._sketch, compare=start)
        except CstoolsError as error:
            self._picture.value = _note(str(error))
            return
        self._sentence = run.describe(*self._shown)
        self._picture.value = picture._repr_mimebundle_()["text/html"]

    def __repr__(self) -> str:
        return f"{self._page['name']}: {self._sentence}"

    def _ipython_display_(self, **options: Any) -> None:
        """Show the picture that stays in a notebook's file, and then what can be moved."""
        sketch = getattr(self._sketch, "kept", self._sketch)
        values = {**moved(self.values, self._page), **self._drawing.kept()}
        picture = self._model.run(values).plot(*self._shown, sketch=sketch)
        still = picture._repr_mimebundle_()["text/html"]
        show(self._repr_mimebundle_(**options), repr(self), still)


class PlainSketch(Drawn, ipywidgets.VBox):  # type: ignore[misc]
    """A row of upright sliders, one for each moment; a moment counts once it was moved."""

    points = traitlets.List()

    def __init__(
        self,
        page: Mapping[str, Any],
        points: Sequence[tuple[float, float]],
    ) -> None:
        self._page, self._times = page, page["times"]
        self.kept = [list(point) for point in points]
        given = dict(points)
        self._columns = [_upright(page, time, given.get(time)) for time in self._times]
        self._drawn = [time in given for time in self._times]
        title = ipywidgets.HTML(
            _title(page.get("title") or f"What do you expect? Sketch {page['label']}")
        )
        super().__init__([title, ipywidgets.HBox(self._columns)])
        self.points = [list(point) for point in points]
        for position, column in enumerate(self._columns):
            column.observe(lambda _, at=position: self._take(at), "value")

    def _take(self, position: int) -> None:
        self._drawn[position] = True
        self.points = [
            [time, column.value]
            for time, column, drawn in zip(self._times, self._columns, self._drawn, strict=True)
            if drawn
        ]

    def __repr__(self) -> str:
        return words(self._page, self.points)

    def _ipython_display_(self, **options: Any) -> None:
        """Show what was kept, which stays in a notebook's file, and then what can be drawn on."""
        kept = picture(self._page, self.kept)
        still = kept._repr_mimebundle_()["text/html"]
        show(self._repr_mimebundle_(**options), kept.sentence, still)

    def grid(self) -> Mapping[str, Any]:
        """Return what the sketch is drawn on: what it is about, its units and bounds."""
        return self._page


def _slider(parameter: Mapping[str, Any]) -> Any:
    named = parameter["label"]
    units = f" ({parameter['units']})" if parameter["units"] else ""
    return ipywidgets.FloatSlider(
        value=parameter["value"],
        min=parameter["low"],
        max=parameter["high"],
        step=_step(parameter["high"] - parameter["low"]),
        description=f"{named}{units}",
        tooltip=parameter["doc"] or named,
        readout_format=".4g",
        style=_WIDE,
        layout=ipywidgets.Layout(width="98%"),
    )


def _upright(page: Mapping[str, Any], time: float, value: float | None) -> Any:
    return ipywidgets.FloatSlider(
        value=page["low"] if value is None else value,
        min=page["low"],
        max=page["high"],
        step=_step(page["high"] - page["low"]),
        description=f"{page['timeUnits']} {time:g}".strip(),
        orientation="vertical",
        readout_format=".4g",
        layout=ipywidgets.Layout(height="220px", width="84px"),
    )


def _step(width: float) -> float:
    """Return a hundredth of a range, rounded down to 1, 2 or 5 times a power of ten."""
    power: float = 10.0 ** floor(log10(width / 100))
    digit = width / 100 / power
    return power * (5 if digit >= 5 else 2 if digit >= 2 else 1)


def _title(text: str) -> str:
    return f'<p style="{_FONT}">{escape(text)}</p>'


def _note(text: str) -> str:
    return f"<p>{escape(text)}</p>"
