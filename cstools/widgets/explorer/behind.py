"""What stands behind an explorer in the kernel: runs, sentences, scores and pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cstools.errors import CstoolsError, MissingPartError
from cstools.widgets.explorer.lit_loops import lit_loops
from cstools.widgets.explorer.pictures import loops_of, map_of, pictures
from cstools.widgets.explorer.state import moved

if TYPE_CHECKING:
    from cstools.causal_loops.parts import Loop
    from cstools.plotting.picture import Picture
    from cstools.stock_flow.model import StockFlow
    from cstools.stock_flow.run import Run

Values = Mapping[str, Any]


class Behind:
    """A model as an explorer's page asks for it; it looks at the model and never changes it.

    Parameters
    ----------
    page
        What :func:`cstools.widgets.explorer.payload.payload` gave the page.
    sketch
        Returns what somebody expected, at this moment.
    """

    def __init__(
        self, model: StockFlow, page: Mapping[str, Any], sketch: Callable[[], object]
    ) -> None:
        # A model that is changed in a later cell is another model than the one on the page.
        self._model, self._page, self._sketch = model.copy(), page, sketch

    def run(self, values: Values) -> Run:
        """Return the run that belongs to what the sliders say, and to what is drawn."""
        return self._model.run(moved(values, self._page))

    def say(self, values: Values, shown: Sequence[str]) -> str:
        """Return what a run does in a sentence, or why there is none."""
        try:
            return self.run(values).describe(*shown)
        except MissingPartError:
            return ""  # without numpy; the page says in short what its curves do
        except CstoolsError as error:
            return str(error)

    def lit(self, values: Values) -> dict[str, Any]:
        """Return which loops matter when, as :mod:`cstools.widgets.explorer.lit_loops` finds it."""
        rows = self._page["steps"] // self._page["every"] + 1
        try:
            return dict(lit_loops(self.run(values), values, rows, self._loops))
        except CstoolsError as error:
            # Without numpy there is no picture to light, and the place of the picture says so.
            note = "" if isinstance(error, MissingPartError) else str(error)
            return {"values": dict(values), "note": note, "sentence": "", "rows": []}

    def pictures(self) -> dict[str, Any]:
        """Return both pictures of the model, which the page shows side by side, or why not."""
        try:
            return pictures(self._model, self._page["loops"])
        except MissingPartError:
            none = {"svg": "", "said": "This picture needs numpy, which is not installed here."}
            return {"loops": none, "stocks": none, "ways": {}}

    def plot(self, values: Values, shown: Sequence[str], others: Sequence[Values] = ()) -> Picture:
        """Return the curves of some settings for print, beside those of others."""
        beside = [self.run(other) for other in others]
        return self.run(values).plot(*shown, sketch=self._sketch(), compare=beside or None)

    def still(self, values: Values, shown: Sequence[str]) -> Picture:
        """Return the curves as a notebook's file holds them: of a sketch, only what was kept."""
        sketch = self._sketch()
        return self.run(values).plot(*shown, sketch=getattr(sketch, "kept", sketch))

    @cached_property
    def _loops(self) -> list[Loop]:
        return loops_of(map_of(self._model))
