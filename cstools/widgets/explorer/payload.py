"""What a browser needs of a model: its equations as JavaScript, its sliders, its curves."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from cstools.engine import javascript
from cstools.engine.integrate import method_named
from cstools.errors import DataError, ModelError
from cstools.errors import shown as as_typed
from cstools.languages import name_spoken, spoken, unit_spoken
from cstools.names import key
from cstools.plotting import style
from cstools.plotting.lit_diagram import looks
from cstools.plotting.words import number
from cstools.stock_flow.courses import courses
from cstools.stock_flow.lowering import parameters
from cstools.stock_flow.parts import AnyPart, Constant, Lookup, Stock
from cstools.widgets.explorer.lit_loops import moments

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

# More rows than a screen has pixels would be drawn on top of each other.
MOST_ROWS = 2000
# All columns of a run are computed anew at every movement; more numbers than this take too long.
_MOST_NUMBERS = 240_000
_LINE_WIDTH = 2.5


def payload(
    model: StockFlow, shown: Sequence[str], sentence: str, diagram: bool, loops: bool
) -> dict[str, Any]:
    """Return what the explorer needs to run the model and to draw it, as plain values.

    Parameters
    ----------
    shown
        Names of the variables drawn first; their curves get the first colours.
    sentence
        What the run with the model's own values shows.
    diagram
        Whether the pictures of the model stand under the curves; see :mod:`.pictures`.
    loops
        Whether the loops are told, and their diagram is among the pictures.
    """
    program, clock = model.program(), model.clock
    columns = [part for part in model.scalars.values() if _varies(part) or part.name in shown]
    rows = min(MOST_ROWS, max(101, _MOST_NUMBERS // max(1, len(columns))))
    every = clock.every * ceil(clock.rows / rows)
    title = name_spoken(model.name)
    return {
        "name": model.name,
        **({"title": title} if title != model.name else {}),
        "timeUnits": unit_spoken(model.time_units or "time"),
        "source": javascript.source(
            program, [part.key for part in columns], method_named(model.method)
        ),
        "start": clock.start,
        "dt": clock.dt,
        "steps": clock.steps,
        "every": every,
        "parameters": [_parameter(model, name) for name in program.parameters],
        "columns": [_column(part) for part in columns],
        "courses": [course.as_page() for course in courses(model)],
        "palette": list(style.PALETTE),
        "dashes": [dash_in_pixels(pattern) for pattern in style.DASHES],
        "sentence": sentence,
        "shown": list(shown),
        "diagram": diagram,
        "loops": loops,
        "moments": moments(clock.steps // every + 1),
        "looks": [list(look) for look in looks()],
    }


def shown_names(model: StockFlow, names: Sequence[str]) -> list[str]:
    """Return the names to draw as the model spells them; without names, of the stocks.

    Raises
    ------
    UnknownNameError
        When the model has nothing of that name.
    ModelError
        When it is a lookup, which has no values over time.
    """
    chosen = [part for name in names for part in model.single_values(name)]
    for part in chosen:
        if isinstance(part, Lookup):
            raise ModelError(
                f"{part.where} is a relation and has no values over time; show what uses it"
            )
    stocks = [part for part in model.scalars.values() if isinstance(part, Stock)]
    return [part.name for part in chosen or stocks[: len(style.PALETTE)]]


def _varies(part: AnyPart) -> bool:
    return not isinstance(part, (Constant, Lookup))


def _column(part: AnyPart) -> dict[str, str]:
    label, units = name_spoken(part.name), unit_spoken(part.units)
    return {"key": part.name, "label": label, "units": units, "kind": part.kind}


def _parameter(model: StockFlow, name: str) -> dict[str, Any]:
    """Return one number that a run may set; it has a slider when its part says ``between=``."""
    part = model.scalars[name.removesuffix(" at_start")]
    value = parameters(model.scalars)[name]
    between: tuple[float, float] | None = getattr(part, "between", None)
    # A value beyond its own range is the author's; the slider then reaches that far, and says so.
    low, high = (min(between[0], value), max(between[1], value)) if between else (value, value)
    label = name_spoken(part.name)
    if isinstance(part, Stock):
        label = spoken("{name} at the start", name=label)
    return {
        "key": part.name,
        "label": label,
        "value": value,
        "low": low,
        "high": high,
        "units": unit_spoken(part.units),
        "doc": name_spoken(part.doc),
        "slider": between is not None,
        "beyond": _beyond(value, between),
    }


def _beyond(value: float, between: tuple[float, float] | None) -> str:
    """Say that a value lies outside the range that its author gave; empty where it does not."""
    if between is None or between[0] <= value <= between[1]:
        return ""
    return spoken(
        "The model has {value} here, outside the range of {low} to {high} that it gives; the "
        "slider reaches that far.",
        value=number(value), low=number(between[0]), high=number(between[1]),
    )  # fmt: skip


def dash_in_pixels(pattern: str | tuple[float, tuple[float, ...]]) -> list[float]:
    """Return a line style as a canvas wants it: lengths in pixels."""
    return [] if isinstance(pattern, str) else [_LINE_WIDTH * length for length in pattern[1]]


def sketch_for(sketch: object, model: StockFlow, shown: Sequence[str]) -> dict[str, Any]:
    """Return a sketch as ``{"key": variable, "points": [[time, value], …]}``, or ``{}``.

    A sketch that carries a name of the model belongs to that variable; plain points, or a sketch
    called otherwise, to the first one shown.

    Raises
    ------
    DataError
        When it is neither a sketch nor points.
    """
    given: Any = getattr(sketch, "points", sketch)
    try:
        points = [] if given is None else [[float(time), float(value)] for time, value in given]
    except (TypeError, ValueError):
        raise DataError(
            "sketch= is what sketch(…) returned, or points (time, value) such as "
            f"[(0, 10), (5, 40)]; not {as_typed(sketch)}"
        ) from None
    if not points:
        return {}
    named = key(str(getattr(sketch, "label", "")))
    owner = model.scalars[named].name if named in model.scalars else shown[0]
    return {"key": owner, "points": points}
