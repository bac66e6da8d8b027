"""A model to play with: sliders, its curves while they move, its map, and what it all says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cstools.widgets.assets import live_parts
from cstools.widgets.payload import payload, settings, shown_names, sketch_for

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow


def explore(model: StockFlow, *names: str, sketch: object = None, diagram: bool = True) -> Any:
    """Return a widget in which a model is moved by hand; it shows itself at the end of a cell.

    Constants that say ``between=(low, high)`` get a slider. The model runs in the page, so that
    the curves follow the hand; the numbers are those of ``model.run()`` to about twelve digits.

    Parameters
    ----------
    names
        What is drawn first; the stocks, if not said. The others can be ticked.
    sketch
        What somebody expected: a widget made by :func:`cstools.widgets.sketch.sketch`, whose
        points are followed while they are drawn, or points ``(time, value)``.
    diagram
        Whether the causal loop diagram stands beside the curves.

    Returns
    -------
    widget
        Its ``values`` hold what the sliders say, ready for ``model.run(widget.values)``. Where
        anywidget is not installed it is a plain one, made of ipywidgets, which asks the kernel
        at every movement.

    Raises
    ------
    UnknownNameError, ModelError
        When a name is not in the model or has no curve, or the model itself has a fault.
    """
    shown = shown_names(model, names)
    start = model.run()
    page = payload(model, shown, start.describe(*shown), model.causal_loops() if diagram else None)
    live = live_parts()
    if live is None:
        from cstools.widgets.plain import PlainExplorer

        plain = PlainExplorer(model, page, shown, sketch)
        _watch(sketch, lambda: plain.follow(sketch))
        return plain

    def describe(values: dict[str, float]) -> str:
        return model.run(settings(values, page)).describe(*shown)

    widget = live.LiveExplorer(page, shown, describe, lambda: start.plot(*shown, sketch=sketch))

    def follow() -> None:
        widget.sketch = sketch_for(sketch, model, shown)

    follow()
    _watch(sketch, follow)
    return widget


def _watch(sketch: object, changed: Callable[[], None]) -> None:
    """Call back when somebody draws on a sketch; plain points do not change."""
    if hasattr(sketch, "observe"):
        sketch.observe(lambda _: changed(), "points")
