"""How people learn here: exercises, references, and the shape that every notebook has."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cstools.languages import speak
from cstools.learning.checks import Words
from cstools.learning.exercises import check_in, load_set
from cstools.learning.references import cite, reference, term

if TYPE_CHECKING:
    from cstools.learning.portfolio import Portfolio, read_portfolio

__all__ = [
    "Portfolio",
    "Words",
    "check_in",
    "cite",
    "load_set",
    "read_portfolio",
    "reference",
    "speak",
    "term",
]

_LATER = ("Portfolio", "read_portfolio")


def __getattr__(name: str) -> Any:
    """Return one of the names that few notebooks ask for."""
    if name in _LATER:
        return getattr(import_module("cstools.learning.portfolio"), name)
    raise AttributeError(f"module 'cstools.learning' has no attribute '{name}'")
