"""Notes on a board: texts by layer, checked at the moment they are written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from cstools.errors import DataError, shown, unknown_name
from cstools.names import key
from cstools.widgets.canvas.boards import Board


class Notes(list[str]):
    """The notes of one layer, to be read; they are changed through the board.

    A note put into this list would not be on the page, so it refuses instead of losing it.
    """

    def _refuse(self, *values: object, **options: object) -> NoReturn:
        raise DataError(
            "this list is a copy of what is on the board: write a note with "
            'board.add("layer", "text"), or set all of them with board.notes = {…}'
        )

    append = extend = insert = remove = pop = clear = sort = reverse = _refuse
    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse


def layer_of(board: Board, name: object, where: str) -> str:
    """Return the key of a layer, whose name may be written in any spelling.

    Raises
    ------
    UnknownNameError
        When the board has no such layer; those it has are named.
    """
    spelling = {layer.key: layer.key for layer in board.layers}
    spelling |= {key(layer.title): layer.key for layer in board.layers}
    wanted = key(name) if isinstance(name, str) else ""
    if wanted not in spelling:
        raise unknown_name(str(name), [layer.key for layer in board.layers], where)
    return spelling[wanted]


def checked_notes(board: Board, notes: Any, where: str) -> dict[str, list[str]]:
    """Return the notes of every layer, in the board's order; an empty note is left out.

    Raises
    ------
    DataError
        When the notes are not texts by layer.
    UnknownNameError
        When the board has no such layer.
    """
    if not isinstance(notes, Mapping):
        raise DataError(
            f'{where}: notes are written by layer, {{"{board.layers[0].key}": ["a text"]}}; '
            f"this is {shown(notes)}"
        )
    found = {layer_of(board, name, where): texts for name, texts in notes.items()}
    return {
        layer.key: Notes(_texts(found.get(layer.key, ()), f"{where}, {layer.title}"))
        for layer in board.layers
    }


def tidy(text: object, where: str) -> str:
    """Return a text as the board keeps it: trimmed, and without signs that nobody can see.

    Raises
    ------
    DataError
        When it is no text.
    """
    if not isinstance(text, str):
        raise DataError(f"{where}: a text in quotation marks is needed; this is {shown(text)}")
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    seen = (c for c in whole if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(seen).strip()


def _texts(texts: Any, where: str) -> list[str]:
    if isinstance(texts, str):
        texts = [texts]
    if not isinstance(texts, Iterable) or isinstance(texts, Mapping | bytes):
        raise DataError(f"{where}: the notes are a list of texts; this is {shown(texts)}")
    return [kept for text in texts if (kept := tidy(text, where))]
