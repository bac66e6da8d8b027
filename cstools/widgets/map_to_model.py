"""From a map to a model that runs, without code: tick what lasts, and the sliders come.

The map is followed while it is drawn on; the model is made anew when its button is pressed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

import ipywidgets

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.errors import CstoolsError, ModelError
from cstools.names import key
from cstools.stock_flow.guided import Guide
from cstools.stock_flow.model import StockFlow
from cstools.stock_flow.rough import check_loops, rough_model
from cstools.widgets.explorer import explore
from cstools.widgets.shown import show
from cstools.widgets.sketch import sketch as a_sketch

_UNITS = ("day", "week", "month", "year")
_LOOPS_TOLD = 2
_QUESTION = "If time stopped this minute, what would still be there? Tick it."
_ADVICE = (
    "People, trust, tiredness, money would still be there: a stock. Talking, spending, deciding "
    "only happen, and would not."
)
_SENTENCE = (
    "A form that makes a model of a map: one ticks what would still be there if time stopped, and "
    "presses a button. Then the sliders come. Nothing here is kept."
)
_WIDE = ipywidgets.Layout(width="98%")


class MapToModel(ipywidgets.VBox):  # type: ignore[misc]
    """A map on its way to a model.

    Attributes
    ----------
    diagram : CausalLoopDiagram
        The map; what is drawn on it is followed.
    model : StockFlow or None
        The newest model made here.
    explorer
        Its sliders, or None.
    """

    def __init__(
        self,
        diagram: CausalLoopDiagram,
        ticked: Iterable[str] = (),
        begin: Mapping[str, float] | None = None,
        stop: float = 24,
        time_units: str = "month",
        sketch: object = None,
    ) -> None:
        self.diagram, self._begin, self._sketch = diagram, begin, sketch
        self._sketches: dict[tuple[str, float, str], Any] = {}
        self.model: StockFlow | None = None
        self.explorer: Any = None
        self._ticked = {*map(key, ticked)}
        self.boxes = ipywidgets.VBox()
        self.unit = ipywidgets.Dropdown(
            options=_UNITS, value=time_units, description="Counted in", layout=_WIDE
        )
        self.stop = ipywidgets.BoundedFloatText(
            value=stop, min=1, max=1000, description="How long", layout=_WIDE
        )
        self.expected, self.told = ipywidgets.VBox(), ipywidgets.HTML()
        self.make = ipywidgets.Button(
            description="Make the model", layout=ipywidgets.Layout(width="max-content")
        )
        self.checked, self.place = ipywidgets.HTML(), ipywidgets.VBox()
        question = ipywidgets.HTML(f"<strong>{_QUESTION}</strong><br>{_ADVICE}")
        form = [question, self.boxes, self.unit, self.stop, self.expected, self.told, self.make]
        narrow = ipywidgets.VBox([*form, self.checked], layout=ipywidgets.Layout(max_width="760px"))
        super().__init__([narrow, self.place])
        self.make.on_click(lambda _: self.build())
        for clock in (self.unit, self.stop):
            clock.observe(lambda _: self._tell(), names="value")
        self._stop: Callable[[], None] = diagram.on_change(self.refresh)
        self.refresh()

    @property
    def stocks(self) -> tuple[str, ...]:
        """What is ticked, as the map spells it."""
        return tuple(name for name in self.diagram.variables if key(name) in self._ticked)

    def refresh(self) -> None:
        """Show the words of the map as it is now, what is ticked, and what is still missing."""
        self.boxes.children = [self._box(name) for name in self.diagram.variables]
        self._tell()

    def build(self) -> None:
        """Make the model of what is ticked, and put its sliders under the form."""
        try:
            model = rough_model(
                self.diagram, self.stocks, self._begins(), self.stop.value, self.unit.value
            )
            loops = check_loops(self.diagram, model)
            explorer = explore(model, *self.stocks, sketch=self._fitting(model), loops=False)
        except CstoolsError as error:
            self.told.value = _status(_lesson(error, self._guide()))
            return
        self.model, self.explorer = model, explorer
        self.place.children = [explorer]
        self.checked.value = _status(loops.describe())
        self._tell()

    def sentence(self) -> str:
        """Return what is ticked, and what the newest model shows."""
        if self.model is None:
            return _missing(self._guide())
        found = check_loops(self.diagram, self.model)
        return f"{found.describe()} {self.model.run().describe(*self.stocks)}"

    def close(self) -> None:
        """Let the map go."""
        self._stop()
        super().close()

    def __repr__(self) -> str:
        return _SENTENCE

    def _ipython_display_(self, **options: Any) -> None:
        show(self._repr_mimebundle_(**options), _SENTENCE, f"<p>{escape(_SENTENCE)}</p>")

    def _guide(self) -> Guide:
        guide: Guide = self.diagram.to_model(stocks=self.stocks)
        return guide

    def _begins(self) -> Mapping[str, float] | None:
        """Return what was said of beginnings, of what is on the map."""
        if self._begin is None:
            return None
        here = {key(name) for name in self.diagram.variables}
        return {name: level for name, level in self._begin.items() if key(name) in here}

    def _fitting(self, model: StockFlow) -> object:
        """Return the sketch, if what it is of is in the model."""
        drawn = self._sketch if self._sketch is not None else self._own_sketch()
        return drawn if key(str(getattr(drawn, "label", ""))) in model.parts else None

    def _own_sketch(self) -> Any:
        """Return a grid for what is ticked first; the same one, when it is asked for again."""
        if not self.stocks:
            return None
        which = (self.stocks[0], float(self.stop.value), str(self.unit.value))
        if which not in self._sketches:
            name, stop, unit = which
            self._sketches[which] = a_sketch(
                name, stop=stop, high=100, units="points", time_units=unit
            )
        return self._sketches[which]

    def _box(self, name: str) -> ipywidgets.Checkbox:
        box = ipywidgets.Checkbox(
            value=key(name) in self._ticked, description=name, indent=False, layout=_WIDE
        )
        box.observe(lambda change: self._tick(name, bool(change["new"])), names="value")
        return box

    def _tick(self, name: str, ticked: bool) -> None:
        self._ticked = self._ticked | {key(name)} if ticked else self._ticked - {key(name)}
        self._tell()

    def _tell(self) -> None:
        drawn = None if self._sketch is not None else self._own_sketch()
        self.expected.children = [] if drawn is None else [_expected(), drawn]
        self.told.value = _status(_missing(self._guide()))


def _expected() -> ipywidgets.HTML:
    return ipywidgets.HTML("<strong>What do you expect?</strong> 50 is as usual; it begins at 60.")


def map_to_model(
    diagram: CausalLoopDiagram,
    ticked: Iterable[str] = (),
    begin: Mapping[str, float] | None = None,
    stop: float = 24,
    time_units: str = "month",
    sketch: object = None,
) -> MapToModel:
    """Return a form in which a map becomes a model that runs; see :mod:`cstools.stock_flow.rough`.

    Parameters
    ----------
    diagram
        The map, which may be open in an editor beside it.
    ticked
        What is ticked at first.
    begin
        Where something begins other than as usual, which is 50.
    stop, time_units
        How long, counted in days, weeks, months or years.
    sketch
        What somebody expected; laid over the curves where the model has what it is of. Without
        one, a grid for what is ticked first stands in the form.

    Raises
    ------
    ModelError
        When it is no map, or time is counted in something else.
    UnknownNameError
        When something is ticked that the map does not have.
    """
    if not isinstance(diagram, CausalLoopDiagram):
        raise ModelError(f"map_to_model(…) needs a map; this is {type(diagram).__name__}")
    if time_units not in _UNITS:
        raise ModelError(f"time is counted in {', '.join(_UNITS)} here; not in '{time_units}'")
    known = [diagram[name].name for name in ticked]
    return MapToModel(diagram, known, begin, stop, time_units, sketch)


def _missing(guide: Guide) -> str:
    """Return what is still to be ticked, or that the model can be made."""
    if not guide.variables:
        return "The map is empty. Write what acts on what first."
    if not guide.stocks:
        return "Nothing is ticked yet."
    if guide.without:
        told = [
            f"The loop {' → '.join((*loop.variables, loop.variables[0]))} holds nothing that lasts."
            for loop in guide.without[:_LOOPS_TOLD]
        ]
        return f"{' '.join(told)} What on it would still be there if time stopped?"
    last = "lasts" if len(guide.stocks) == 1 else "last"
    every = " Every loop holds something that lasts." if guide.has_loops else ""
    return f"{_and(guide.stocks)} {last}.{every} The model can be made."


def _lesson(error: CstoolsError, guide: Guide) -> str:
    """Return what is missing, where something is; else what the error says."""
    unfinished = not guide.stocks or guide.without
    return _missing(guide) if unfinished else str(error)


def _and(names: tuple[str, ...]) -> str:
    told = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    return f"{told[:1].upper()}{told[1:]}"


def _status(words: str) -> str:
    return f'<p role="status">{escape(words)}</p>'
