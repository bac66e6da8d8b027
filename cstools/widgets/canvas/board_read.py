"""Reading a board: all that can be read is read, and each thing that cannot is told.

The page reads a board by the same rules, in ``open.js``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from cstools.errors import CstoolsError, FileError, UnknownNameError
from cstools.widgets.canvas.board_file import VERSION
from cstools.widgets.canvas.board_notes import layer_of, tidy
from cstools.widgets.canvas.board_things import Thing, object_of, picture_in, thing_of
from cstools.widgets.canvas.boards import BOARDS, Board, Layer

_FORMS = ("sketch", "map", "model", "picture")
_MOST_SHOWN = 40


class BoardRead(NamedTuple):
    """What plain values say of a board; ``unread`` tells in sentences what they do not."""

    board: Board
    topic: str
    notes: dict[str, list[str]]
    things: list[tuple[Thing, Any]]
    unread: list[str]


def board_in(data: Any) -> BoardRead:
    """Return the board that plain values say; each thing is made again.

    What cannot be taken as it is, is left out or put where it is seen, and told. Texts are never
    left out: those of a layer that is not known stand on the first one.

    Raises
    ------
    FileError
        When the values do not say which board they are.
    """
    board = _board(data)
    unread: list[str] = []
    _tell_version(data.get("version"), "version" in data, unread)
    try:
        topic = " ".join(_texts(data.get("topic"), "The topic", unread))
        notes = _notes(board, data.get("notes"), unread)
        return BoardRead(board, topic, notes, _things(board, data.get("things"), unread), unread)
    except RecursionError:
        raise FileError("this nests deeper than a board") from None


def _board(data: Any) -> Board:
    kind = data.get("kind") if isinstance(data, dict) else None
    if not isinstance(kind, str) or kind not in BOARDS:
        raise FileError(
            "this is no board: a board says its kind, 'iceberg', 'ladder' or 'mandala', "
            "and keeps its notes by layer"
        )
    return BOARDS[kind]


def _tell_version(version: object, said: bool, unread: list[str]) -> None:
    whole = isinstance(version, int) and not isinstance(version, bool)
    if whole and version == VERSION:
        return
    if whole and version > VERSION:  # type: ignore[operator]
        unread.append(
            f"It was written by a newer cstools (version {version} of boards; this one knows "
            f"{VERSION}). What is known here is read; to see the rest, update cstools."
        )
    else:
        told = _shortly(version) if said else "it says none"
        unread.append(
            f"Which version it is of is not clear ({told}). What could be understood is read."
        )


def _notes(board: Board, said: Any, unread: list[str]) -> dict[str, list[str]]:
    notes: dict[str, list[str]] = {layer.key: [] for layer in board.layers}
    first = board.layers[0]
    if not isinstance(said, Mapping):
        notes[first.key] = _texts(said, "The notes", unread)
        if notes[first.key]:
            unread.append(
                f"Its notes are not sorted by layer: all of them stand on “{first.title}”."
            )
        return notes
    for name, texts in said.items():
        known = _layer(board, name)
        found = _texts(texts, f"“{known.title if known else name}”", unread)
        notes[(known or first).key] += found
        if known is None and found:
            unread.append(
                f"A layer “{name}” is not known here: what it holds stands on “{first.title}”."
            )
    return notes


def _texts(said: Any, where: str, unread: list[str]) -> list[str]:
    """Return all texts that a value holds, however it holds them."""
    if said is None:
        return []
    if isinstance(said, str):
        return [kept] if (kept := tidy(said, where)) else []
    if isinstance(said, int | float) and not isinstance(said, bool):
        return [str(said)]
    if isinstance(said, list):
        return [text for one in said for text in _texts(one, where, unread)]
    if isinstance(said, Mapping) and isinstance(said.get("text"), str):
        return _texts(said["text"], where, unread)
    unread.append(f"{where}: this is no text, and is left out: {_shortly(said)}")
    return []


def _things(board: Board, said: Any, unread: list[str]) -> list[tuple[Thing, Any]]:
    if said is not None and not isinstance(said, list):
        unread.append(
            "Its sketches, maps and models are not in a list, and are left out: " + _shortly(said)
        )
    found = []
    for number, row in enumerate(said if isinstance(said, list) else (), start=1):
        made = _thing(board, row, number, unread)
        if made is not None:
            found.append(made)
    return found


def _thing(board: Board, row: Any, number: int, unread: list[str]) -> tuple[Thing, Any] | None:
    """Return a thing, and the object that it is; a picture that came with it is not drawn again."""
    known = isinstance(row, dict) and row.get("form") in _FORMS
    name = _word(row, "name") if known else ""
    called = f"The {row['form']} “{name}”" if name else f"Thing {number} beside the notes"
    if not known:
        unread.append(f"{called} is left out: it is no sketch, map, model or picture.")
        return None
    try:
        made, trouble = object_of(row), "its picture is no image"
    except CstoolsError as error:
        made, trouble = None, str(error).splitlines()[0].rstrip(".")
        if picture_in(row):
            unread.append(f"{called} is there as a picture only: {trouble}.")
    if made is None and not picture_in(row):
        unread.append(f"{called} is left out: {trouble}.")
        return None
    layer = _layer(board, row.get("layer"))
    if layer is None:
        layer = board.layers[0]
        unread.append(
            f"{called} lies on a layer that is not known here: it is put on “{layer.title}”."
        )
    drawn = made is not None and (row["form"] == "sketch" or not picture_in(row))
    return {**(thing_of(made, called) if drawn else _pictured(row, made)), "layer": layer.key}, made


def _pictured(row: Thing, made: Any) -> Thing:
    """Return a thing with the picture and the words that the file has for it."""
    form = "picture" if made is None else row["form"]
    words = {field: _word(row, field) for field in ("name", "sentence")}
    thing = {"form": form, **words, "picture": picture_in(row)}
    return thing if made is None else {**thing, "source": row["source"]}


def _word(row: Mapping[str, Any], field: str) -> str:
    value = row.get(field)
    return tidy(value, field) if isinstance(value, str) else ""


def _layer(board: Board, name: object) -> Layer | None:
    try:
        return board.layer(layer_of(board, name, ""))
    except UnknownNameError:
        return None


def _shortly(value: object) -> str:
    """Return a value as it stands in the file, the beginning of it."""
    whole = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"{whole[:_MOST_SHOWN]}…" if len(whole) > _MOST_SHOWN else whole
