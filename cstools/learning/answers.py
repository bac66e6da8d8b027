"""An answer as data: plain numbers, texts and lists, which a file holds and no code hides in.

Receipts keep answers in this form, and the gradebook carries them so from the process in which a
learner's notebook ran to the one that judges them. ``from_data(as_data(x))`` is judged as ``x`` is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from cstools.errors import CstoolsError

_LONGEST, _MOST_ITEMS, _DEEPEST = 50_000, 5_000, 6
_MARK = "~"


class _Unreadable:
    """What stands for an answer that is no number, text, list, sketch, map or model."""


def as_data(answer: Any) -> Any:
    """Return an answer as JSON holds it; what is none of the forms of an answer is marked so.

    Never raises: an answer may be any object, broken ones too.
    """
    try:
        return _encoded(answer, 0)
    except Exception:
        return {_MARK: "unreadable"}


def from_data(data: Any) -> Any:
    """Return the answer that some data stands for.

    Whatever the data is, nothing in it is run; data that is no answer comes back as an object
    that every check calls unreadable.
    """
    try:
        return _decoded(data, 0)
    except (CstoolsError, ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return _Unreadable()


def _encoded(answer: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        raise ValueError("too deep")
    if answer is ... or answer is None:
        return None
    if isinstance(answer, bool):
        return answer
    if isinstance(answer, str):
        return str(answer)[:_LONGEST]
    if isinstance(answer, Mapping):
        pairs = list(answer.items())[:_MOST_ITEMS]
        return {_MARK: "by name", "of": [[_encoded(x, depth + 1) for x in pair] for pair in pairs]}
    if isinstance(answer, list | tuple):
        return [_encoded(one, depth + 1) for one in answer[:_MOST_ITEMS]]
    return _thing(answer, depth)


def _thing(answer: Any, depth: int) -> Any:
    if hasattr(answer, "links") and hasattr(answer, "to_text"):
        return {_MARK: "map", "of": answer.to_text()[:_LONGEST]}
    if hasattr(answer, "parts") and hasattr(answer, "clock"):
        return {_MARK: "model", "of": _model_as_data(answer)}
    if hasattr(answer, "points"):
        return _encoded(list(answer.points), depth + 1)
    number = float(answer)
    if not math.isfinite(number):
        return {_MARK: "no number"}
    return int(number) if isinstance(answer, int) else number


def _decoded(data: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        raise ValueError("too deep")
    if isinstance(data, str):
        return data[:_LONGEST]
    if isinstance(data, list):
        return [_decoded(one, depth + 1) for one in data[:_MOST_ITEMS]]
    if not isinstance(data, dict):
        return data
    if data[_MARK] == "by name":
        return {key: _decoded(value, depth + 1) for key, value in data["of"][:_MOST_ITEMS]}
    if data[_MARK] == "map":
        from cstools.causal_loops.diagram import CausalLoopDiagram

        return CausalLoopDiagram(data["of"][:_LONGEST])
    if data[_MARK] == "model":
        return _model_from_data(data["of"])
    if data[_MARK] == "no number":
        return math.nan
    return _Unreadable()


# --- models ---------------------------------------------------------------------------------------

_FIELDS = ("name", "units", "initial", "equation", "value", "points", "mode")
_ENDS = ("out_of", "into", "non_negative")
_MOST_PARTS = 400


def _model_as_data(model: Any) -> dict[str, Any]:
    """Return what a model says, part by part, each element of an array a part of its own."""
    plain = model.without_arrays() if model.arrays() else model
    parts = []
    for part in list(plain.parts.values())[:_MOST_PARTS]:
        said = {word: getattr(part, word) for word in _FIELDS + _ENDS if hasattr(part, word)}
        parts.append({"kind": part.kind, **{word: _plain(value) for word, value in said.items()}})
    clock = [float(x) for x in (plain.start, plain.stop, plain.dt)]
    return {
        "clock": clock,
        "time_units": plain.time_units,
        "method": plain.method,
        "parts": parts,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [[float(x), float(y)] for x, y in value[:_MOST_ITEMS]]
    return value[:_LONGEST] if isinstance(value, str) else value


def _model_from_data(data: Mapping[str, Any]) -> Any:
    from cstools.stock_flow.model import StockFlow

    start, stop, dt = data["clock"]
    model = StockFlow("model", start, stop, dt, data["time_units"], data["method"])
    for part in data["parts"][:_MOST_PARTS]:
        name, units = part["name"], part["units"]
        if part["kind"] == "stock":
            model.stock(name, part["initial"], units, non_negative=bool(part["non_negative"]))
        elif part["kind"] == "flow":
            ends, never = (part["out_of"], part["into"]), bool(part["non_negative"])
            model.flow(name, part["equation"], *ends, units=units, non_negative=never)
        elif part["kind"] == "auxiliary":
            model.auxiliary(name, part["equation"], units)
        elif part["kind"] == "constant":
            model.constant(name, part["value"], units)
        elif part["kind"] == "lookup":
            model.lookup(name, part["points"], units, mode=part["mode"])
    return model
