"""PySD, imported without the warnings that libraries beneath it give about each other.

They are no concern of a teacher's, and JupyterLab prints them in red.
"""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pysd
    from pysd.translators.structures import abstract_expressions
    from pysd.translators.vensim.vensim_file import VensimFile

__all__ = ["VensimFile", "abstract_expressions", "pysd"]
