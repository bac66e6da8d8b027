"""PySD, imported without the warnings that libraries beneath it give about each other.

They are no concern of a teacher's, and JupyterLab prints them in red.
"""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pysd
    from pysd.py_backend import external
    from pysd.translators.structures import abstract_expressions
    from pysd.translators.vensim.vensim_element import Element as LeftSide
    from pysd.translators.vensim.vensim_element import EquationVisitor, SubscriptRange, parsimonious
    from pysd.translators.vensim.vensim_structures import parsing_ops
    from pysd.translators.vensim.vensim_utils import Grammar

# The parser that PySD reads with; its own exceptions are the only thing asked of it.
ParsimoniousError: type[Exception] = parsimonious.exceptions.ParsimoniousError

__all__ = [
    "EquationVisitor",
    "Grammar",
    "LeftSide",
    "ParsimoniousError",
    "SubscriptRange",
    "abstract_expressions",
    "external",
    "parsing_ops",
    "pysd",
]
