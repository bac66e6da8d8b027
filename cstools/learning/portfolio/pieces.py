"""One piece of a portfolio: what it is, its picture and sentence, what its owner thinks of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from cstools.errors import DataError, MissingPartError, shown
from cstools.floors import upstairs
from cstools.learning.portfolio.blocks import Block, block, blocks_of, picture
from cstools.learning.progress import Progress
from cstools.learning.question import ExerciseSet
from cstools.stock_flow.run import Run

#: What a piece can be, as it is called on the page.
FORMS = {
    "map": "A map",
    "model": "A model",
    "sketch": "A sketch",
    "board": "A board",
    "picture": "A picture",
    "note": "A note",
    "progress": "Exercises",
    "notebook": "From a notebook",
}
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Piece:
    """A piece of work in a portfolio.

    Attributes
    ----------
    form : str
        One of :data:`FORMS`.
    title, sentence, reflection : str
        What it is called, what it shows, and what its owner thinks about it.
    shown : tuple of dict
        What is seen of it, in order; see :mod:`cstools.learning.portfolio.blocks`.
    source : dict or None
        What it is made from, where it can be made again.
    added : str
        The day on which it came in, ``"2026-11-26"``; two pieces do not differ by it.
    """

    form: str
    title: str
    sentence: str = ""
    reflection: str = ""
    shown: tuple[Block, ...] = ()
    source: Mapping[str, Any] | None = None
    added: str = field(default="", compare=False)

    def thing(self) -> Any:
        """Return the map, model, sketch or board itself, to go on with it.

        Of a note it is the text, of exercises the receipt that ``exercises.resume`` takes. What
        came in as a picture alone comes back as nothing.

        Raises
        ------
        CstoolsError
            When what it is made from cannot be read.
        """
        if self.form == "note":
            return "\n\n".join(one["text"] for one in self.shown)
        if self.source is None:
            return None
        if self.form == "progress":
            return json.dumps(self.source, indent=1, ensure_ascii=False) + "\n"
        if self.form == "board":
            return upstairs("widgets.canvas").Canvas.from_dict(self.source)
        room = upstairs("widgets.canvas.board_things")
        return room.object_of({"form": self.form, "source": self.source})


def piece_of(thing: object, title: str = "", reflection: str = "") -> Piece:
    """Return a thing as a piece of a portfolio.

    Raises
    ------
    DataError
        When the thing is private, or shows no picture; when title or reflection is no text.
    """
    made = _made(thing)
    return dressed(made, title or made.title[:1].upper() + made.title[1:], reflection)


def dressed(piece: Piece, title: str, reflection: str) -> Piece:
    """Return a piece with its title, what its owner thinks of it, and the day of today."""
    named = " ".join(_text(title, "title").split())
    if len(named) > LONGEST_TITLE:
        raise DataError(f"this title is {len(named)} characters long; {LONGEST_TITLE} fit")
    thought = _text(reflection, "reflection").strip()
    whole = replace(piece, title=named or FORMS[piece.form], reflection=thought)
    return replace(whole, added=date.today().isoformat())


def _made(thing: object) -> Piece:
    if getattr(thing, "private", False) is True:
        raise DataError(
            "this is private and stays with you: nothing of it goes into a portfolio. "
            'What you want to show of it, write as a note: portfolio.add("…")'
        )
    if isinstance(thing, str):
        return _note(thing)
    if isinstance(thing, ExerciseSet):
        return _progress(thing.progress)
    if isinstance(thing, Progress):
        return _progress(thing)
    if all(hasattr(thing, name) for name in ("to_dict", "still", "kind", "sentence")):
        return _board(thing)
    return _pictured(thing.plot() if isinstance(thing, Run) else thing)


def _note(text: str) -> Piece:
    if not text.strip():
        raise DataError('this note is empty; write it like portfolio.add("What I noticed today …")')
    parts = [part.strip() for part in well_formed(text).replace("\r\n", "\n").split("\n\n")]
    return Piece("note", "", shown=tuple(block("text", part) for part in parts if part))


def _progress(progress: Progress) -> Piece:
    rows = [block("item", f"{one.title} · {progress._word(one)}") for one in progress.exercises]
    return Piece(
        "progress",
        progress.exercises.title,
        progress.describe(),
        shown=tuple(rows),
        source=json.loads(progress.receipt),
    )


def _board(board: Any) -> Piece:
    """Return a board with all its notes; its title stands above the piece already."""
    source = json.loads(json.dumps(board.to_dict()))
    name = str(source["kind"]).capitalize()
    title = f"{name}: {source['topic']}" if source["topic"] else name
    sentence = board.sentence()
    shown = blocks_of(board.still(), without=[sentence])
    return Piece("board", title, sentence, shown=shown[1:], source=source)


def _pictured(thing: Any) -> Piece:
    """Return a sketch, a map, a model or a picture, as a board holds it."""
    try:
        held = upstairs("widgets.canvas.board_things").thing_of(thing, "portfolio")
    except DataError:
        raise DataError(
            "a portfolio holds maps, models, sketches, boards, pictures such as run.plot(), "
            f"exercises and notes; this is {shown(thing)}"
        ) from None
    sentence = held["sentence"]
    if "picture" in held:
        seen = [picture(held["picture"], sentence)]
    else:
        seen = [one for one in _still(thing) if one["as"] == "picture"]
    source = json.loads(json.dumps(held["source"])) if held.get("source") else None
    return Piece(held["form"], held["name"], sentence, shown=tuple(seen), source=source)


def _still(thing: Any) -> tuple[Block, ...]:
    """Return what is seen of a live part; nothing where what draws it is not installed."""
    try:
        return blocks_of(thing.still())
    except (MissingPartError, ImportError):
        return ()


def _text(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise DataError(f"a {what} is text, and this is {shown(value)}; write it in quotes")
    return well_formed(value)


def well_formed(text: str) -> str:
    """Return a text that can be written to a file: half a character becomes a question mark."""
    return text.encode("utf-8", "replace").decode()
