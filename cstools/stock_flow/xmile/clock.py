"""When a file's model runs: ``<sim_specs>``."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

from cstools.errors import FileError
from cstools.stock_flow.checked import fitting
from cstools.stock_flow.xmile.elements import attribute, child, is_true, number, text_of

_METHODS = {"euler": "euler", "rk4": "rk4", "rk2": "heun", "": "euler"}


def settings(specs: ET.Element | None) -> dict[str, Any]:
    """Return what a model is made with: start, stop, step, how often it is saved, method.

    Raises
    ------
    FileError
        When there are no ``<sim_specs>``, or they hold what this package cannot do.
    """
    if specs is None:
        raise FileError("no <sim_specs>, so it is not known how long a run lasts")
    run = child(specs, "run")
    if run is not None and run.get("by", "all").casefold() != "all":
        raise FileError(f"it runs by {run.get('by')}, and only a whole model can be run here")
    return {
        "start": _time(specs, "start", 0.0),
        "stop": _time(specs, "stop", 100.0),
        "dt": _step(specs),
        "saveper": fitting(_saveper(specs), _step(specs)),
        "time_units": specs.get("time_units", ""),
        "method": _method(specs),
    }


def _time(specs: ET.Element, tag: str, default: float) -> float:
    text = text_of(child(specs, tag))
    if not text and tag == "stop":
        raise FileError("<sim_specs> does not say when a run stops")
    return number(text, f"<{tag}>") if text else default


def _step(specs: ET.Element) -> float:
    element, value = child(specs, "dt"), _time(specs, "dt", 1.0)
    reciprocal = element is not None and is_true(element.get("reciprocal", ""))
    return 1.0 / value if reciprocal and value else value


def _saveper(specs: ET.Element) -> float | None:
    text = text_of(child(specs, "save_step")) or attribute(specs, "save_interval")
    return number(text, "the save interval") if text else None


def _method(specs: ET.Element) -> str:
    """Return the first method of the file's list that is known here: ``gear, rk4`` is RK4."""
    text = specs.get("method", "")
    wanted = [word.strip().casefold() for word in text.split(",")]
    known = next((_METHODS[word] for word in wanted if word in _METHODS), None)
    if known is None:
        raise FileError(f"the integration method '{text}' cannot be run here")
    return known
