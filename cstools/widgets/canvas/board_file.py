"""A board as plain values, and what a file of one says: what the portfolio and a file hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cstools.errors import FileError
from cstools.widgets.canvas.board_things import Thing

VERSION = 1
_LARGEST = 20_000_000  # bytes; a board with some pictures has a hundredth of it


def plain(kind: str, topic: str, notes: Mapping[str, Any], things: list[Thing]) -> dict[str, Any]:
    """Return a board as JSON holds it."""
    kept = {layer: list(texts) for layer, texts in notes.items()}
    return {"kind": kind, "version": VERSION, "topic": topic, "notes": kept, "things": things}


def data_in(path: str | Path) -> Any:
    """Return what a file says, before anybody has looked whether it is a board.

    Raises
    ------
    FileError
        When it is missing, empty, too large, no UTF-8 text or no JSON.
    """
    path = Path(path)
    if not path.is_file():
        raise FileError(f"'{path}': there is no such file; is the name spelt as it is on the disk?")
    if path.stat().st_size > _LARGEST:
        raise FileError(f"'{path.name}' has more than {_LARGEST // 10**6} MB, which is no board")
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise FileError(f"'{path.name}' is no text, and so no board") from None
    except OSError as error:
        raise FileError(f"'{path.name}' cannot be read: {error.strerror}") from None
    return _json(text, path.name)


def _json(text: str, name: str) -> Any:
    if not text.strip():
        raise FileError(f"'{name}' is empty")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise FileError(
            f"'{name}' is no board from line {error.lineno}, column {error.colno} on; "
            "was the file saved whole?"
        ) from None
    except (RecursionError, ValueError):
        raise FileError(f"'{name}' nests deeper, or has longer numbers, than a board") from None
