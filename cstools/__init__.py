"""Systems awareness in notebooks: causal loops, stocks and flows, and the people who learn them."""

from typing import TYPE_CHECKING, Any

from cstools import facets
from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.errors import CstoolsError
from cstools.stock_flow.files import read_model
from cstools.stock_flow.model import StockFlow

if TYPE_CHECKING:
    from cstools import archetypes
    from cstools.causal_loops.files import read_diagram

__version__ = "0.1.0"

__all__ = [
    "CausalLoopDiagram",
    "CstoolsError",
    "StockFlow",
    "archetypes",
    "facets",
    "read_diagram",
    "read_model",
]


def __getattr__(name: str) -> Any:
    """Return what few notebooks ask for, imported when one does: so all others begin sooner."""
    if name == "read_diagram":
        from cstools.causal_loops.files import read_diagram

        return read_diagram
    if name == "archetypes":
        import cstools.archetypes

        return cstools.archetypes
    raise AttributeError(f"module 'cstools' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
