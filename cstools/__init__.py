"""Systems awareness in notebooks: causal loops, stocks and flows, and the people who learn them."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cstools import facets
from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.errors import CstoolsError
from cstools.stock_flow.files import read_model
from cstools.stock_flow.model import StockFlow

if TYPE_CHECKING:
    from cstools import archetypes
    from cstools.causal_loops.files import read_diagram
    from cstools.widgets.canvas import iceberg, ladder, mandala, read_board
    from cstools.widgets.check_in import check_in
    from cstools.widgets.practice_log import practice_log
    from cstools.widgets.sketch import sketch

__version__ = "0.1.0"

__all__ = [
    "CausalLoopDiagram",
    "CstoolsError",
    "StockFlow",
    "archetypes",
    "check_in",
    "facets",
    "iceberg",
    "ladder",
    "mandala",
    "practice_log",
    "read_board",
    "read_diagram",
    "read_model",
    "sketch",
]

# What few notebooks ask for is imported when one does, so that all others begin sooner.
_LATER = {
    "check_in": "cstools.widgets.check_in",
    "iceberg": "cstools.widgets.canvas",
    "ladder": "cstools.widgets.canvas",
    "mandala": "cstools.widgets.canvas",
    "practice_log": "cstools.widgets.practice_log",
    "read_board": "cstools.widgets.canvas",
    "read_diagram": "cstools.causal_loops.files",
    "sketch": "cstools.widgets.sketch",
}


def __getattr__(name: str) -> Any:
    """Return one of the names that come later, or a room of the package."""
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    if name == "archetypes":
        return import_module("cstools.archetypes")
    raise AttributeError(f"module 'cstools' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
