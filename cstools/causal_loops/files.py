"""A map in a file: written as the text that people write, read back as the same map."""

from __future__ import annotations

from pathlib import Path

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.errors import CstoolsError, FileError


def read_diagram(path: str | Path) -> CausalLoopDiagram:
    """Return the causal loop diagram in a text file (``.txt``), one link a line.

    The text is the one that :class:`CausalLoopDiagram` takes: ``cause -> effect: + delayed``.

    Raises
    ------
    FileError
        When the file is missing, empty, of another kind or not text, or a line in it cannot be
        read; the message shows the line and the place.
    """
    path = Path(path)
    if path.suffix.lower() != ".txt":
        raise FileError(
            f"'{path.name}': a map is read from a .txt file, one 'cause -> effect: +' a line"
        )
    if not path.is_file():
        raise FileError(f"'{path}': there is no such file; is the name spelt as it is on the disk?")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise FileError(f"'{path.name}' is no UTF-8 text; save it as UTF-8 and try again") from None
    if not text.strip():
        raise FileError(f"'{path.name}' is empty")
    try:
        return CausalLoopDiagram(text, name=path.stem)
    except CstoolsError as error:
        raise FileError(f"'{path.name}': {error}") from None
