"""A model that has one of everything, and all that can be said to it and asked of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from cstools import StockFlow
from tests.fuzz import soups

Call = tuple[str, tuple[Any, ...], dict[str, Any]]


def pond() -> StockFlow:
    model = StockFlow("a pond", stop=3, dt=0.5)
    model.dimension("Size", ["small", "big"])
    model.dimension("Place", 2)
    model.constant("rate", 0.5, between=(0, 1))
    model.lookup("effect", [(0, 0), (1, 2)])
    model.stock("pond", 1, between=(0, 5))
    model.stock("herd[Size]", [1, 2])
    model.constant("map[Size, Place]", [[1, 2], [3, 4]])
    model.flow("in", "rate * pond", into="pond")
    return model


def _call(
    word: str, /, *arguments: st.SearchStrategy[Any], **named: Any
) -> st.SearchStrategy[Call]:
    return st.tuples(
        st.just(word), st.tuples(*arguments), st.fixed_dictionaries({}, optional=named)
    )


_text = soups.equation | soups.thing
_end = st.sampled_from(["pond", "herd[Size]", "herd", "rate", None]) | soups.thing
_words = {"units": st.text(max_size=8) | soups.thing, "doc": soups.thing}
said = st.one_of(
    _call("dimension", soups.name, st.integers(-2, 4) | soups.thing, maps=soups.thing),
    _call("stock", soups.name, _text, **_words, between=soups.thing),
    _call("flow", soups.name, _text, out_of=_end, into=_end, non_negative=st.booleans(), **_words),
    _call("auxiliary", soups.name, _text, **_words),
    _call("constant", soups.name, soups.thing, **_words, between=soups.thing),
    _call(
        "lookup",
        soups.name,
        st.lists(st.tuples(soups.number, soups.number), max_size=4) | soups.thing,
        mode=st.sampled_from(["step", "forward", "extrapolate"]) | soups.thing,
    ),
)
_settings = st.dictionaries(
    st.sampled_from(["rate", "pond", "herd", "map"]) | soups.name, soups.thing
)
_values = _settings | soups.thing
asked = st.one_of(
    _call("run", values=_values, method=soups.thing, engine=soups.thing, seed=soups.thing),
    _call("run", values=_values),
    _call("ensemble", inputs=_values, runs=st.integers(-1, 5) | soups.number),
    _call("ensemble", inputs=_values, save=soups.thing, seed=soups.thing, sampling=soups.thing),
    _call("copy", name=soups.thing),
    _call("check_units", same_as=soups.thing),
    _call("code", method=soups.thing),
    _call("javascript", names=soups.thing),
    _call("single_values", soups.thing),
    _call("__getitem__", soups.thing),
    *(
        _call(word)
        for word in ("equations", "diagram", "causal_loops", "without_arrays", "sliders")
    ),
    *(_call(word) for word in ("code", "javascript", "check_units", "write", "ensemble", "run")),
)


def do(model: StockFlow, call: Call) -> Any:
    """Do to a model what a call says; what it returns is looked at, as a notebook would."""
    method, arguments, named = call
    if method == "write":
        with tempfile.TemporaryDirectory() as folder:
            return model.write(Path(folder, "model.xmile"))
    doing: Callable[..., Any] = getattr(model, method)
    result = doing(*arguments, **named)
    repr(result)
    return result
