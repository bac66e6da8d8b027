"""A model to play with: sliders, its curves while they move, its map, and what it all says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from cstools.errors import MissingPartError
from cstools.widgets.assets import live_side
from cstools.widgets.explorer.behind import Behind
from cstools.widgets.explorer.drawing import Drawing, drawable
from cstools.widgets.explorer.payload import payload, shown_names, sketch_for
from cstools.widgets.explorer.state import read_state, taken

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow


def explore(
    model: StockFlow,
    *names: str,
    sketch: object = None,
    diagram: bool = True,
    loops: bool | None = None,
    state: object = None,
    drawn: Mapping[str, Any] | None = None,
) -> Any:
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
        Whether the stock-flow diagram and the causal loop diagram stand under the curves.
    loops
        Whether the loops of the model are told: a strip of their shares under the curves, the
        words on which of them dominate, and the causal loop diagram lit by their scores. As
        ``diagram`` says, if not said. Without them nothing of loops is reckoned or shown, and of
        the diagrams the stock-flow diagram stands alone.
    state
        What another explorer gave under "Save, share, open": its settings as a link, a line or a
        file, with sliders, what is drawn, and scenarios. What does not fit is told, and the rest
        is used.
    drawn
        Constants that follow a course drawn by hand, ``{"emissions": my_sketch}``: the curves move
        while somebody draws. Up to the first point that is drawn, the model's own course holds;
        where nothing is drawn, all of it. See :meth:`cstools.StockFlow.with_course`.

    Returns
    -------
    widget
        Its ``values`` hold what the sliders say, ready for ``model.run(widget.values)``, and its
        ``scenarios`` what was kept: ``model.run(widget.scenarios["more boats"])``. Where
        anywidget is not installed it is a plain one, made of ipywidgets, which asks the kernel
        at every movement.

    Raises
    ------
    UnknownNameError, ModelError
        When a name is not in the model or has no curve, or the model itself has a fault.
    FileError
        When ``state`` is no state of an explorer.
    DataError
        When ``drawn`` or ``sketch`` is not what it has to be.
    """
    model = drawable(model, drawn or {})
    drawing = Drawing(model, drawn or {})
    shown = shown_names(model, names)
    told = diagram if loops is None else loops
    page = payload(model, shown, _start(model, shown), diagram, told)
    page["drawn"] = [model[name].name for name in drawn or {}]
    live = live_side("explorer")
    if live is None:
        plain = _plain(model, page, shown, sketch, state, drawing)
        _watch_all(drawn, plain.draw)
        return plain
    widget = live.LiveExplorer(page, shown, Behind(model, page, lambda: sketch), drawing)
    _watch_all(drawn, widget.follow_drawing)
    if state is not None:
        widget.take(state)

    def follow() -> None:
        widget.sketch = sketch_for(sketch, model, shown)

    follow()
    _watch(sketch, follow)
    return widget


def _start(model: StockFlow, shown: list[str]) -> str:
    """Return what the first run does; nothing without numpy: the page then says it in short."""
    try:
        return model.run().describe(*shown)
    except MissingPartError:
        return ""


def _plain(
    model: StockFlow,
    page: dict[str, Any],
    shown: list[str],
    sketch: object,
    state: object,
    drawing: Drawing,
) -> Any:
    """Return the explorer made of ipywidgets alone."""
    from cstools.widgets.plain import PlainExplorer

    map_ = model.causal_loops() if page["diagram"] and page["loops"] else None
    svg = map_.svg() if map_ and map_.links else ""
    plain = PlainExplorer(model, page, shown, sketch, svg, drawing)
    if state is not None:
        plain.values = taken(read_state(state), page)["values"]
    _watch(sketch, lambda: plain.follow(sketch))
    return plain


def _watch_all(sketches: Mapping[str, Any] | None, changed: Callable[[], None]) -> None:
    for sketch in (sketches or {}).values():
        _watch(sketch, changed)


def _watch(sketch: object, changed: Callable[[], None]) -> None:
    """Call back when somebody draws on a sketch; plain points do not change."""
    if hasattr(sketch, "observe"):
        sketch.observe(lambda _: changed(), "points")
