"""The second opinion: the same model, run by PySD."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cstools.engine.integrate import Method
from cstools.equations.printing import to_text
from cstools.equations.tree import Number, substitute
from cstools.errors import ModelError
from cstools.names import key
from cstools.stock_flow import lowering
from cstools.stock_flow.parts import Flow, Lookup, Stock
from cstools.stock_flow.quiet_pysd import pysd
from cstools.stock_flow.running import times
from cstools.stock_flow.written_out import plain_names
from cstools.stock_flow.xmile import writing

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow


def columns(
    model: StockFlow, settings: Mapping[str, float], method: Method
) -> dict[str, np.ndarray]:
    """Return what PySD computes for a model, key → array ``(times,)``.

    The model is written as XMILE, translated and run by PySD in a folder of its own, which is
    gone afterwards. PySD knows Euler's method only.

    Notes
    -----
    Agreement says that two programs read the same equations alike. It says nothing about whether
    the equations are right.
    """
    if method.name != "euler":
        raise ModelError(f"PySD runs Euler's method only, not '{method.name}'")
    names = plain_names(model.scalars)
    told = _as_told(model, settings, names)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PySD warns of things that are as they should be here
        file = writing.write(told, Path(folder) / "model.xmile", verbatim=False, picture=False)
        try:
            loaded = pysd.read_xmile(str(file))
            wanted = [k for k, part in model.scalars.items() if not isinstance(part, Lookup)]
            spelled = {k: _known_to(loaded, names[k]) for k in wanted}
            frame = loaded.run(
                return_columns=list(spelled.values()), return_timestamps=times(model.clock)
            )
        except Exception as error:  # a translator's errors are of many kinds
            raise ModelError(f"PySD cannot run this model: {error}") from None
    return {k: np.array(frame[name], dtype=float) for k, name in spelled.items()}


def _as_told(
    model: StockFlow, settings: Mapping[str, float], names: Mapping[str, str]
) -> StockFlow:
    """Return a copy of the model that has this run's settings as its own numbers, and no arrays.

    PySD keeps a stock above zero by cutting it off, which makes matter out of nothing where the
    flow goes on elsewhere. So the flows are told with what holds them back written out.
    """
    set_here = {names[model[name].key]: value for name, value in settings.items()}
    told = model.copy()
    if model.arrays():
        told = model = model.without_arrays()
    spelling = model.spelling
    for k, tree in lowering.held_back(model.parts).items():
        flow = model.parts[k]
        if isinstance(flow, Flow):
            # PySD knows no DT in XMILE, so its number is told.
            text = to_text(substitute(tree, {"dt": Number(model.dt)}), spelling)
            told.flow(flow.name, text, flow.out_of, flow.into, flow.units, flow.doc)
    for stock in model.parts.values():
        if isinstance(stock, Stock) and stock.non_negative:
            told.stock(stock.name, stock.initial, stock.units, stock.doc)
    for name, value in set_here.items():
        part = model[name]
        if isinstance(part, Stock):
            told.stock(part.name, value, part.units, part.doc)
        else:
            told.constant(part.name, value, part.units, part.doc)
    return told


def _known_to(loaded: Any, told: str) -> str:
    """Return the identifier under which PySD holds a part."""
    name = writing.spelled(told)
    for spelling in (name, name.replace("_", " "), told):
        if spelling in loaded.namespace:
            return str(loaded.namespace[spelling])
    lowered = {str(k).casefold().replace("_", " "): v for k, v in loaded.namespace.items()}
    return str(lowered[key(told).replace("_", " ")])
