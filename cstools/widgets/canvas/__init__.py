"""Boards to think on: the iceberg, the ladder of inference, the mandala for systems change.

Nothing is stored unless somebody says so: what is written lives in the page and in the kernel's
memory, until it is kept with :meth:`Canvas.write`, :meth:`Canvas.save` or the page's own button.
"""

from __future__ import annotations

import json
import warnings
from asyncio import get_running_loop
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import traitlets

from cstools.causal_loops.plain import from_plain
from cstools.errors import CstoolsError, DataError, FileError, shown
from cstools.whole_files import write_whole
from cstools.widgets.assets import script, style
from cstools.widgets.canvas.board_file import data_in, plain
from cstools.widgets.canvas.board_notes import Notes, checked_notes, layer_of, tidy
from cstools.widgets.canvas.board_read import board_in
from cstools.widgets.canvas.board_still import board_html, board_sentence
from cstools.widgets.canvas.board_things import (
    Thing,
    map_of,
    object_of,
    picture_in,
    regrid,
    same_map,
    thing_of,
)
from cstools.widgets.canvas.boards import BOARDS
from cstools.widgets.page import write_page
from cstools.widgets.part import LivePart
from cstools.widgets.sketch.live import LiveSketch


def iceberg(topic: str = "") -> Canvas:
    """Return a board with events, patterns over time, structures and mental models.

    The upper three are the levels of explanation in [Senge1990]_.
    """
    return Canvas("iceberg", topic)


def ladder(topic: str = "") -> Canvas:
    """Return the ladder of inference, from all there was to see up to what one did.

    It is Argyris's [Argyris1990]_; the page asks on the way up and on the way back down.
    """
    return Canvas("ladder", topic)


def mandala(topic: str = "") -> Canvas:
    """Return the mandala for systems change: four fields around what the change is for."""
    return Canvas("mandala", topic)


def read_board(path: str | Path) -> Canvas:
    """Return the board in a file that :meth:`Canvas.write` or the page's button made.

    What of it cannot be read is told in a warning and on the board (:attr:`Canvas.unread`); the
    rest is there. The file stays as it is.

    Raises
    ------
    FileError
        When the file is missing, no JSON, no board, or too large.
    """
    data, name = data_in(path), Path(path).name
    try:
        board = Canvas.from_dict(data)
    except FileError as error:
        raise FileError(f"'{name}': {error}") from None
    if board.unread:
        warnings.warn(f"'{name}' could not all be read. {' '.join(board.unread)}", stacklevel=2)
    return board


class Canvas(LivePart):
    """A board of layers that hold notes, and sketches, maps, models and pictures beside them.

    Attributes
    ----------
    topic : str
        What the board is about.
    notes : dict of str to list of str
        The notes by layer. Set the whole, or :meth:`add` to it; a layer's list is a copy.
    things : list of dict
        What was put on the board, as plain values; :meth:`put` adds to it.
    drawn : dict
        The points of each sketch, by the key of its thing.
    unread : list of str
        What of the file that the board came from could not be read, in sentences; empty when all
        could, and when somebody has seen it.
    """

    _esm = script("canvas/canvas.js")
    _css = style("sketch/sketch.css", "editor/editor.css", "canvas/canvas.css")
    frame = traitlets.Dict().tag(sync=True)
    topic = traitlets.Any("").tag(sync=True)  # checked below, with lessons of our own
    notes = traitlets.Any().tag(sync=True)
    things = traitlets.List().tag(sync=True)
    drawn = traitlets.Dict().tag(sync=True)
    unread = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, kind: str, topic: str = "") -> None:
        self._board = BOARDS[kind]
        self._objects: dict[str, Any] = {}
        self._stop: list[Callable[[], None]] = []
        self._changed: set[str] = set()
        self._edits: dict[str, int] = {}
        empty = {layer.key: Notes() for layer in self._board.layers}
        about = tidy(topic, f"{kind}, topic")
        super().__init__(frame=self._board.frame(), topic=about, notes=empty)
        self.observe(self._meet, "things")
        self.observe(self._redraw, "drawn")

    @property
    def kind(self) -> str:
        """``"iceberg"``, ``"ladder"`` or ``"mandala"``."""
        return self._board.kind

    @property
    def layers(self) -> tuple[str, ...]:
        """The names of the layers, in the order of the page."""
        return tuple(layer.key for layer in self._board.layers)

    def add(self, layer: str, *texts: str) -> Self:
        """Write notes on a layer, behind those that are there; return the board.

        Raises
        ------
        UnknownNameError
            When the board has no such layer.
        DataError
            When a note is no text.
        """
        name = self._layer(layer)
        self.notes = {**self.notes, name: [*self.notes[name], *texts]}
        return self

    def put(self, layer: str, thing: object) -> Self:
        """Lay a sketch, a causal loop diagram, a model or a picture on a layer; return the board.

        A sketch stays live: points that are drawn on the board are in the sketch, and the other
        way about. A map that is open in an editor is followed. A model is shown as it is now.
        Put on again, a thing moves to that layer and shows its newest state.

        A model comes to a board by this call alone, which the page cannot make:
        ``board = iceberg("Late again")``, then ``board.put("structures", model)``.

        Raises
        ------
        UnknownNameError
            When the board has no such layer.
        DataError
            When the thing shows no picture.
        """
        name = self._layer(layer)
        known = next((k for k, held in self._objects.items() if held is thing), None)
        key = known or self._free_key()
        new = self._counted({**thing_of(thing, self._called()), "layer": name, "key": key})
        self._hold(key, thing)
        others = [other for other in self.things if other["key"] != key]
        self._lay([*others, new])
        return self

    def take_off(self, thing: object) -> Self:
        """Take a sketch, map, model or picture off the board again; return the board.

        Raises
        ------
        DataError
            When it is not on the board.
        """
        key = next((k for k, held in self._objects.items() if held is thing), None)
        if key is None or all(other["key"] != key for other in self.things):
            raise DataError(f"{self._called()}: {shown(thing)} is not on the board")
        self._lay([other for other in self.things if other["key"] != key])
        return self

    def on(self, layer: str) -> tuple[Any, ...]:
        """Return what lies on a layer: sketches, maps, models and pictures, as what they are.

        A picture that came from a file is nothing but its picture, and not among them.
        """
        name = self._layer(layer)
        keys = [thing["key"] for thing in self.things if thing["layer"] == name]
        return tuple(held for key in keys if (held := self._objects.get(key)) is not None)

    def to_dict(self) -> dict[str, Any]:
        """Return the board as plain values, for JSON: kind, version, topic, notes and things."""
        self._draw_changed()
        return plain(self.kind, self.topic, self.notes, [self._kept(t) for t in self.things])

    @classmethod
    def from_dict(cls, data: Any) -> Canvas:
        """Return the board that such plain values say; what they do not is in :attr:`unread`.

        Raises
        ------
        FileError
            When they are not those of a board.
        """
        read = board_in(data)
        board = cls(read.board.kind, read.topic)
        board.notes, board.unread = read.notes, read.unread
        for thing, made in read.things:
            key = board._free_key()
            if made is not None:
                board._hold(key, made)
            board._lay([*board.things, {**thing, "key": key}])
        return board

    def write(self, path: str | Path) -> Path:
        """Write the board to a ``.json`` file, which :func:`read_board` reads; return its path.

        Raises
        ------
        FileError
            For any other ending, or a place that cannot be written to.
        """
        path = Path(path)
        if path.suffix.lower() != ".json":
            raise FileError(f"'{path.name}': a board is written as .json, and saved as .html")
        return write_whole(path, json.dumps(self.to_dict(), ensure_ascii=False, indent=1) + "\n")

    def save(self, path: str | Path) -> Path:
        """Write the board to an HTML file in which it can still be written on."""
        self._draw_changed()
        return write_page(self, path, self._titled())

    def close(self) -> None:
        """Let the page go, and whatever was followed."""
        for stop in getattr(self, "_stop", ()):
            stop()
        super().close()

    def sentence(self) -> str:
        """Return what is on the board, counted."""
        told = board_sentence(self._board, self.topic, self.notes, self.things)
        return " ".join(
            [told, *(("Not all of its file could be read:",) if self.unread else ()), *self.unread]
        )

    def still(self) -> str:
        """Return the board as HTML with all its notes, without a script."""
        self._draw_changed()
        live = {key: held for key, held in self._objects.items() if isinstance(held, LiveSketch)}
        return board_html(self._board, self.topic, self.notes, self.things, live, self.sentence())

    @traitlets.validate("notes")  # type: ignore[untyped-decorator]
    def _check_notes(self, proposal: Mapping[str, Any]) -> dict[str, list[str]]:
        return checked_notes(self._board, proposal["value"], self._called())

    @traitlets.validate("topic")  # type: ignore[untyped-decorator]
    def _check_topic(self, proposal: Mapping[str, Any]) -> str:
        return tidy(proposal["value"], f"{self.kind}, topic")

    def _layer(self, name: str) -> str:
        return layer_of(self._board, name, self._called())

    def _titled(self) -> str:
        return f"{self._board.title}: {self.topic}" if self.topic else self._board.title

    def _called(self) -> str:
        return f"{self.kind} '{self.topic}'" if self.topic else self.kind

    def _free_key(self) -> str:
        used = {*self._objects, *(thing["key"] for thing in self.things)}
        return next(key for n in range(1, len(used) + 2) if (key := f"t{n}") not in used)

    def _lay(self, things: Iterable[Thing]) -> None:
        """Show these things, with the newest points of the sketches among them."""
        self.things = list(things)
        self._tell_points()

    def _hold(self, key: str, thing: Any) -> None:
        """Keep what was put on the board, and follow it where it changes."""
        if key in self._objects:
            return
        self._objects[key] = thing
        if isinstance(thing, LiveSketch):
            thing.observe(self._hear_points, "points")
            self._stop.append(lambda: thing.unobserve(self._hear_points, "points"))
        elif (mapped := map_of(thing)) is not None:
            self._stop.append(mapped.on_change(lambda: self._mark(key)))

    def _mark(self, key: str) -> None:
        """Remember that a map has changed; it is drawn once, when the cell that changes it ends."""
        if key not in self._changed:
            self._changed.add(key)
            with suppress(RuntimeError):  # outside a notebook: it is drawn when it is asked for
                get_running_loop().call_soon(self._draw_changed)

    def _draw_changed(self) -> None:
        """Draw the maps on the board that have changed since they were drawn."""
        changed = self._changed & {thing["key"] for thing in self.things}
        self._changed -= changed
        if changed:
            self.things = [self._redrawn(t) if t["key"] in changed else t for t in self.things]

    def _redrawn(self, thing: Thing) -> Thing:
        new = {**thing, **thing_of(self._objects[thing["key"]], self._called())}
        return {**new, "source": thing["source"]} if same_map(thing, new) else self._counted(new)

    def _counted(self, thing: Thing) -> Thing:
        """Return a map with the number of the page's newest edit that is in it."""
        edit = self._edits.get(thing["key"])
        return thing if edit is None else {**thing, "source": {**thing["source"], "edit": edit}}

    def _hear_points(self, change: Mapping[str, Any]) -> None:
        self._tell_points()

    def _tell_points(self) -> None:
        """Tell the page what is drawn on the sketches."""
        live = ((key, held) for key, held in self._objects.items() if isinstance(held, LiveSketch))
        self.drawn = {key: [list(point) for point in held.points] for key, held in live}

    def _redraw(self, change: Mapping[str, Any]) -> None:
        """Put what was drawn on the board into the sketches themselves."""
        for key, points in change["new"].items():
            held = self._objects.get(key)
            if isinstance(held, LiveSketch) and held.points != points:
                with suppress(CstoolsError):  # points of a grid that has changed meanwhile
                    held.points = points

    def _meet(self, change: Mapping[str, Any]) -> None:
        """Make the objects of things that came from the page, or change those that it drew on."""
        for thing in change["new"]:
            held = self._objects.get(thing["key"])
            with suppress(CstoolsError):  # its picture is there, and the page has shown it
                if held is None:
                    self._make(thing)
                elif isinstance(held, LiveSketch):
                    regrid(held, thing.get("source") or {})
                elif (mapped := map_of(held)) is not None and self._is_new(thing):
                    mapped._become(from_plain(thing["source"]))
        self._draw_changed()  # undo may have brought back what changed while it was away

    def _make(self, thing: Thing) -> None:
        made = object_of(thing)
        if made is None:
            return
        self._is_new(thing)
        self._hold(thing["key"], made)
        if thing["form"] == "map" and made.variables and not picture_in(thing):
            self._changed.add(thing["key"])

    def _is_new(self, thing: Thing) -> bool:
        """Say whether the page has drawn on a map since it was heard of last."""
        key, edit = thing["key"], (thing.get("source") or {}).get("edit")
        if not isinstance(edit, int) or edit <= self._edits.get(key, 0):
            return False
        self._edits[key] = edit
        return True

    def _kept(self, thing: Thing) -> Thing:
        """Return a thing as a file keeps it: without its key, a sketch with its newest points."""
        kept = {name: value for name, value in thing.items() if name != "key"}
        if thing["form"] == "map" and isinstance(thing.get("source"), dict):
            kept["source"] = {k: v for k, v in thing["source"].items() if k != "edit"}
        held = self._objects.get(thing["key"])
        return {**kept, **thing_of(held, "")} if isinstance(held, LiveSketch) else kept
