"""Any teaching model on the stage, chosen from a list: for faculty, without code."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets

from cstools.errors import unknown_name
from cstools.facets.as_files import models
from cstools.stock_flow.model import StockFlow
from cstools.widgets.shown import show

_SENTENCE = (
    "A list of the teaching models. The one that is chosen stands on a stage: predict, reveal, "
    "loops, discuss."
)
_WAIT = "One moment: the stage is being set."


class AnyStage(ipywidgets.VBox):  # type: ignore[misc]
    """The teaching models to choose from, and a stage for the one that is chosen.

    Attributes
    ----------
    stage : Presentation
        The stage of the chosen model, with its ``notes`` and ``save``.
    """

    def __init__(self, first: str) -> None:
        self._models = _by_title()
        if first not in self._models:
            raise unknown_name(first, list(self._models), "the teaching models")
        wide = ipywidgets.Layout(width="min(98%, 420px)")
        self.choice = ipywidgets.Dropdown(
            options=[(f"{facet}: {title}", title) for title, (facet, _) in self._models.items()],
            value=first,
            description="Model",
            layout=wide,
        )
        self.told, self.place = ipywidgets.HTML(), ipywidgets.VBox()
        self.choice.observe(lambda _: self._set(), "value")
        super().__init__([self.choice, self.told, self.place])
        self._set()

    def _set(self) -> None:
        """Set the stage for the chosen model; the one before goes when the new one is there."""
        self.told.value = f"<em>{_WAIT}</em>"
        _, make = self._models[self.choice.value]
        model = make()
        self.stage: Any = model.present()
        self.place.children = (self.stage,)
        self.told.value = escape(f"{model.doc} Evidence: {model.evidence}.")

    def sentence(self) -> str:
        """Return what this is."""
        return _SENTENCE

    def __repr__(self) -> str:
        return f"{_SENTENCE} On it now: “{self.choice.value}”."

    def _ipython_display_(self, **options: Any) -> None:
        show(self._repr_mimebundle_(**options), repr(self), f"<p>{escape(repr(self))}</p>")


def any_stage(first: str = "The shared pond") -> AnyStage:
    """Return the teaching models to choose from, and a stage for the chosen one.

    Raises
    ------
    UnknownNameError
        When no teaching model is called ``first``; the nearest name is given.
    """
    return AnyStage(first)


def _by_title() -> dict[str, tuple[str, Callable[[], StockFlow]]]:
    """Return facet and maker of each teaching model by its title, the facets in their order."""
    order = {"self": 0, "others": 1, "world": 2}
    made = [(facet, make().name, make) for facet, make in models().values()]
    made.sort(key=lambda one: (order[one[0]], one[1]))
    return {title: (facet, make) for facet, title, make in made}
