"""Systems awareness in notebooks: causal loops, stocks and flows, and the people who learn them."""

from cstools import archetypes, facets
from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.files import read_diagram
from cstools.errors import CstoolsError
from cstools.stock_flow.files import read_model
from cstools.stock_flow.model import StockFlow

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
