"""A board as plain values and back: what the portfolio and a file hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cstools.errors import CstoolsError, FileError, shown
from cstools.widgets.canvas.board_notes import checked_notes, layer_of, tidy
from cstools.widgets.canvas.board_things import Thing, object_of, picture_in, thing_of
from cstools.widgets.canvas.boards import BOARDS, Board

VERSION = 1
_LARGEST = 20_000_000  # bytes; a board with some pictures has a hundredth of it
_FORMS = ("sketch", "map", "model", "picture")


def plain(kind: str, topic: str, notes: Mapping[str, Any], things: list[Thing]) -> dict[str, Any]:
    """Return a board as JSON holds it."""
    kept = {layer: list(texts) for layer, texts in notes.items()}
    return {"kind": kind, "version": VERSION, "topic": topic, "notes": kept, "things": things}


def checked(data: Any) -> tuple[Board, str, dict[str, list[str]], list[tuple[Thing, Any]]]:
    """Return the board, topic, notes and things that plain values say; each thing made again.

    Raises
    ------
    FileError
        When they are not those of a board, or of a version that is not known here.
    """
    board = _board(data)
    _check_version(data.get("version"))
    where = f"the {board.kind}"
    try:
        topic = tidy(data.get("topic", ""), f"{where}, topic")
        notes = checked_notes(board, data.get("notes", {}), where)
    except CstoolsError as error:
        raise FileError(str(error)) from None
    things = data.get("things", [])
    if not isinstance(things, list):
        raise FileError(f"{where}: its things are not a list, as they are in a board")
    return board, topic, notes, [_thing(board, row, at) for at, row in enumerate(things, start=1)]


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


def _board(data: Any) -> Board:
    kind = data.get("kind") if isinstance(data, dict) else None
    if not isinstance(kind, str) or kind not in BOARDS:
        raise FileError(
            "this is no board: a board says its kind, 'iceberg', 'ladder' or 'mandala', "
            "and keeps its notes by layer"
        )
    return BOARDS[kind]


def _check_version(version: object) -> None:
    whole = isinstance(version, int) and not isinstance(version, bool)
    if not whole or version < 1:  # type: ignore[operator]
        raise FileError(
            f"this board says version {shown(version)}, which no cstools has written; "
            f"boards of version {VERSION} can be opened"
        )
    if version > VERSION:  # type: ignore[operator]
        raise FileError(
            f"this board was written by a newer cstools (its version is {shown(version)}, and "
            f"this one knows {VERSION}); update cstools, and open it again"
        )


def _thing(board: Board, row: Any, number: int) -> tuple[Thing, Any]:
    """Return a thing, and the object that it is; a picture that came with it is not drawn again."""
    where = f"the {board.kind}, thing {number}"
    if not isinstance(row, dict) or row.get("form") not in _FORMS:
        raise FileError(f"{where}: it is no sketch, map, model or picture")
    try:
        layer = layer_of(board, row.get("layer"), where)
        made = object_of(row)
        drawn = made is not None and (row["form"] == "sketch" or not picture_in(row))
        new = thing_of(made, where) if drawn else _pictured(row, made, where)
    except CstoolsError as error:
        told = str(error)
        raise FileError(told if told.startswith(where) else f"{where}: {told}") from None
    return {**new, "layer": layer}, made


def _pictured(row: Thing, made: Any, where: str) -> Thing:
    """Return a thing with the picture and the words that the file has for it."""
    picture = picture_in(row)
    if not picture:
        raise FileError(f"{where}: its picture is no image")
    form = "picture" if made is None else row["form"]
    name, sentence = (tidy(row.get(field, ""), where) for field in ("name", "sentence"))
    thing = {"form": form, "name": name, "sentence": sentence, "picture": picture}
    return thing if made is None else {**thing, "source": row["source"]}
