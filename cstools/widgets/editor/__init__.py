"""A map that is edited in the page: the Python object follows, and the page follows it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from threading import RLock
from time import monotonic
from typing import Any

import traitlets

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.picture import drawing_of
from cstools.causal_loops.plain import from_plain, merged, to_plain
from cstools.causal_loops.telling import links_sentence
from cstools.errors import CstoolsError, ModelError
from cstools.names import key
from cstools.plotting.diagrams import drawing_svg
from cstools.widgets.assets import script, style
from cstools.widgets.editor.places import Bows, Place, arranged, beside
from cstools.widgets.page import write_page
from cstools.widgets.part import LivePart, framed

_KEPT_LINES = 50
_NOTHING: dict[str, Any] = {"name": "", "variables": [], "links": [], "titles": []}
_BREATH = 0.2  # seconds: a cell that says a hundred links is told to the page a few times


def edit(diagram: CausalLoopDiagram) -> LiveEditor:
    """Return the editor of a map; see :meth:`cstools.CausalLoopDiagram.edit`.

    Raises
    ------
    ModelError
        When it is no causal loop diagram.
    """
    if not isinstance(diagram, CausalLoopDiagram):
        raise ModelError(f"edit(…) needs a causal loop diagram; this is {type(diagram).__name__}")
    return LiveEditor(diagram)


class LiveEditor(LivePart):
    """A causal loop diagram to draw on: variables and links, loops and notes as one draws.

    What is done in the page happens to ``diagram``, and what is done to ``diagram`` shows in the
    page, both at once. Where both happen in the same moment, both stay.

    Attributes
    ----------
    diagram : CausalLoopDiagram
        The map that was given: this very object is edited.
    map : dict
        The map as plain values, with the place of every word; see
        :mod:`cstools.causal_loops.plain`. ``revision`` is the newest change from Python that it
        knows, ``edit`` counts the page's own.
    notes : dict
        What the lint remarks on, for the map that ``diagram`` is now.
    asked, arranged : dict
        A wish for a new layout, and the places and bows that the package's layout gives.
    heard : int
        The newest edit of the page that has reached ``diagram``.
    refused : str
        Why an edit could not be taken, in a sentence; empty when all is well.
    """

    _esm = script("editor/editor.js")
    _css = style("editor/editor.css")
    map = traitlets.Dict().tag(sync=True)
    notes = traitlets.Dict().tag(sync=True)
    asked = traitlets.Dict().tag(sync=True)
    arranged = traitlets.Dict().tag(sync=True)
    heard = traitlets.Int(0).tag(sync=True)
    refused = traitlets.Unicode("").tag(sync=True)

    def __init__(self, diagram: CausalLoopDiagram) -> None:
        self.diagram = diagram
        self._lock, self._own = RLock(), False
        self._told, self._waits = 0.0, False
        self._revision = 0
        self._agreed: dict[int, dict[str, Any]] = {}
        self._known, self._bows = arranged(diagram)
        super().__init__(notes=_notes(diagram))
        self._publish()
        self.observe(self._take, "map")
        self.observe(self._arrange, "asked")
        self._stop = diagram.on_change(self._follow)

    def close(self) -> None:
        """Let the map go: the page is closed, and hears of no further change."""
        if hasattr(self, "_stop"):
            self._stop()
        super().close()

    def sentence(self) -> str:
        """Return what the map shows, in words."""
        return self.diagram.describe()

    def still(self) -> str:
        """Return the map as it stands in the editor, with its sentence."""
        map_ = self.diagram
        loops = map_._loops_for_a_picture()
        known = beside(map_, self._known)
        places = {name: known[key(name)] for name in map_.variables}
        drawing = drawing_of(map_.variables, map_.links, loops, places)
        described = f"{map_.describe()} {links_sentence(map_.links)}".strip()
        scrolled = f'<div style="overflow-x:auto">{drawing_svg(drawing, described)}</div>'
        return framed(scrolled, map_.describe())

    def save(self, path: str | Path) -> Path:
        """Write an HTML file in which the map can be edited further, and taken out as text."""
        return write_page(self, path, self.diagram.name or "Causal loop diagram")

    def _take(self, change: Mapping[str, Any]) -> None:
        """Let the diagram become what the page says."""
        with self._lock:
            if self._own:
                return
            said = dict(change["new"])
            try:
                stale = said.get("revision") != self._revision
                whole = self._joined(said) if stale else said
                self._become(from_plain(whole), whole)
            except CstoolsError as error:
                self.refused = str(error)
                self._publish()
            else:
                self.refused = ""
                self._agreed[said.get("revision", 0)] = said
                if stale or _words(said) != _words(self._plain()):
                    self._publish()
            self.heard = int(said.get("edit", 0))
            self.notes = _notes(self.diagram)

    def _joined(self, said: dict[str, Any]) -> dict[str, Any]:
        """Return the page's map with what Python did since the page last heard."""
        # Where nobody remembers what the page began with, what either says is said.
        base = self._agreed.get(said.get("revision", -1), _NOTHING)
        return merged(base, said, self._plain())

    def _become(self, map_: CausalLoopDiagram, plain: Mapping[str, Any]) -> None:
        self._known |= _places_in(plain)
        self._bows = _bows_in(plain)
        self._own = True
        try:
            self.diagram._become(map_)
        finally:
            self._own = False

    def _follow(self) -> None:
        """Hear of a change in Python: tell the page now, or at the end of a breath."""
        with self._lock:
            if self._own:
                return
            if monotonic() - self._told >= _BREATH:
                self._tell()
            elif not self._waits:
                try:
                    loop = asyncio.get_running_loop()
                except RuntimeError:  # no notebook: there is no later
                    self._tell()
                else:
                    self._waits = True
                    loop.call_soon(self._tell)

    def _tell(self) -> None:
        with self._lock:
            self._waits = False
            pins = {key(name): at for name, at in self.diagram.positions.items()}
            self._known = beside(self.diagram, self._known | pins)
            self._publish()
            self.notes = _notes(self.diagram)
            self._told = monotonic()

    def _publish(self) -> None:
        """Show the page what the diagram says now."""
        self._agreed.setdefault(self._revision, dict(self.map))
        self._revision += 1
        self._agreed[self._revision] = now = self._plain()
        for old in sorted(self._agreed)[:-_KEPT_LINES]:
            del self._agreed[old]
        self._own = True
        try:
            self.map = now
        finally:
            self._own = False

    def _plain(self) -> dict[str, Any]:
        plain = to_plain(self.diagram)
        known = beside(self.diagram, self._known)
        for variable in plain["variables"]:
            pinned = "x" in variable
            x, y = (variable["x"], variable["y"]) if pinned else known[key(variable["name"])]
            variable.update(x=x if pinned else round(x, 1), y=y if pinned else round(y, 1))
            variable["pinned"] = pinned
        for link in plain["links"]:
            link["bow"] = self._bows.get(_identity(link), 1)
        return {**plain, "revision": self._revision, "edit": self.heard}

    def _arrange(self, change: Mapping[str, Any]) -> None:
        """Answer the wish for a new layout, in which nothing is pinned."""
        with self._lock:
            free = from_plain(to_plain(self.diagram))
            free._places = {}
        places, bows = arranged(free)
        self.arranged = {
            "number": change["new"].get("number", 0),
            "places": {free[k].name: [round(x, 1), round(y, 1)] for k, (x, y) in places.items()},
            "bows": [
                {"cause": free[cause].name, "effect": free[effect].name, "sign": sign, "bow": bow}
                for (cause, effect, sign), bow in bows.items()
            ],
        }


def _notes(diagram: CausalLoopDiagram) -> dict[str, Any]:
    """Return the gentle notes on a map as plain values; an empty map gets none here."""
    lint = diagram.lint()
    notes = [
        {"kind": note.kind, "about": list(note.about), "text": note.text}
        for note in lint
        if note.kind != "empty"
    ]
    return {"notes": notes, "remark": lint.remark}


def _words(plain: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Return what is said of a map, without where it stands."""
    names = [(variable["name"], variable.get("lens", "")) for variable in plain["variables"]]
    words = [(x["delayed"], x.get("reason", ""), x.get("source", "")) for x in plain["links"]]
    return [*names, *map(_identity, plain["links"]), *words]


def _identity(link: Mapping[str, Any]) -> tuple[str, str, str]:
    return key(link["cause"]), key(link["effect"]), link["sign"]


def _places_in(plain: Mapping[str, Any]) -> dict[str, Place]:
    return {key(v["name"]): (float(v["x"]), float(v["y"])) for v in plain["variables"] if "x" in v}


def _bows_in(plain: Mapping[str, Any]) -> Bows:
    return {_identity(x): float(x["bow"]) for x in plain["links"] if x.get("bow", 1) != 1}
