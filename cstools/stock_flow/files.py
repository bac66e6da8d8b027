"""One door for model files of any kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cstools.errors import FileError
from cstools.stock_flow.model import StockFlow

_XMILE = (".xmile", ".stmx", ".xml", ".itmx")
_VENSIM = (".mdl",)


def read_model(path: str | Path) -> StockFlow:
    """Return the model in a file: XMILE (``.xmile``, ``.stmx``) or Vensim (``.mdl``).

    Raises
    ------
    FileError
        When the file is missing, empty, damaged or of another kind, or holds something this
        package cannot run. The message names the file, the part and the construct.
    """
    path = Path(path)
    model = _reader_of(path)(path)
    model.came_from(path.name)
    return model


def _reader_of(path: Path) -> Callable[[Path], StockFlow]:
    """Return what reads files with such an ending."""
    ending = path.suffix.lower()
    if ending in _XMILE:
        from cstools.stock_flow.xmile import reading

        return reading.read
    if ending in _VENSIM:
        from cstools.stock_flow import vensim  # brings PySD, which takes most of a second

        return vensim.read
    raise FileError(
        f"'{path.name}': a model is read from .xmile, .stmx or Vensim's .mdl, not from "
        f"'{ending or 'a file without an ending'}'"
    )
