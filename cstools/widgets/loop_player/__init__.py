"""A loop told step by step on its map, and the other ways to let the map move beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets

from cstools.causal_loops.checked import as_switch, as_whole, as_words
from cstools.causal_loops.motion.signals import story
from cstools.causal_loops.motion.signed import signed_map
from cstools.causal_loops.parts import Link, Loop
from cstools.causal_loops.picture import drawn, marked
from cstools.causal_loops.telling import sentence
from cstools.errors import ModelError, UnknownNameError, shown, unknown_name
from cstools.names import key
from cstools.plotting.diagrams import drawing_svg
from cstools.widgets.assets import script, style
from cstools.widgets.loop_player.motion_page import moved
from cstools.widgets.loop_player.page import (
    badge_places,
    loop_told,
    loops_note,
    loops_to_offer,
    variables_told,
    with_room_for_badges,
)
from cstools.widgets.loop_player.ways import COMPARE, STORY, WAYS, ways_told
from cstools.widgets.page import write_page
from cstools.widgets.part import LivePart, framed

if TYPE_CHECKING:
    from cstools.causal_loops.diagram import CausalLoopDiagram
    from cstools.causal_loops.loops import Loops

NOT_BEHAVIOUR = "A map cannot say what will happen: it has no amounts, no speeds and no limits."
_MOST_STEPS = 10_000
_FIRST_ANSWER_UP_TO, _ALL_ANSWERS_UP_TO = 40, 15  # variables; more would keep people waiting


class LoopPlayer(LivePart):
    """A loop told link by link, and a map pressed in one place and moved in several ways.

    It shows the map as it was when the player was made.

    Attributes
    ----------
    loop, begin : str
        The loop that is told, by its name, and the variable with which its story begins.
    up : bool
        Whether the story begins with more of it.
    step : int
        How far it is told: 0 is the beginning. Of a motion, the step that is shown.
    way : str
        What is looked at: ``"story"``, one of the five ways to move a map (``"one pulse"``,
        ``"fuzzy map"``, ``"in words"``, ``"press"``, ``"random strengths"``), or ``"compare"``.
    pressed, pressed_up : str, bool
        The variable that is pressed in the five ways, and whether upwards.
    answer : dict
        What the ways say when that one is pressed, as plain values.
    """

    _esm = script("loop_player/loop_player.js")
    _css = style("shared/map_view.css", "loop_player/loop_player.css")
    payload = traitlets.Dict().tag(sync=True)
    loop = traitlets.Unicode().tag(sync=True)
    begin = traitlets.Unicode().tag(sync=True)
    up = traitlets.Bool(True).tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)
    way = traitlets.Unicode(STORY).tag(sync=True)
    pressed = traitlets.Unicode().tag(sync=True)
    pressed_up = traitlets.Bool(True).tag(sync=True)
    answer = traitlets.Dict().tag(sync=True)
    kept = traitlets.List().tag(sync=True)

    def __init__(self, page: Mapping[str, Any], parts: _Parts, **start: Any) -> None:
        self._parts = parts
        super().__init__(payload=dict(page), **start)
        if self.way != STORY or len(parts.map.variables) <= _FIRST_ANSWER_UP_TO:
            self.answer = parts.answer(self.pressed, self.pressed_up)
        self.observe(self._ask, ["pressed", "pressed_up", "way"])

    def sentence(self) -> str:
        """Return the loop told in a line, or what the map does when pressed."""
        if self.way == STORY and self.loop:
            told = story(self._parts.loops[self.loop], self.begin, self.up).describe()
        elif self.way == STORY:
            told = str(self.payload["note"])
        else:
            told = f"{self.payload['note'] * (not self.loop)} {self._moved_told()}".lstrip()
        return f"{told} {NOT_BEHAVIOUR}"

    def still(self) -> str:
        """Return the map with the sentence."""
        return framed(str(self.payload["picture"]), self.sentence())

    def save(self, path: str | Path) -> Path:
        """Write the player to an HTML file that works without a kernel.

        It tells every loop that can be chosen. On a map of up to 15 variables each can be
        pressed there; of a larger one, those that were pressed before. Beyond 40, that may be
        none.
        """
        parts = self._parts
        if self.way != STORY or len(parts.map.variables) <= _FIRST_ANSWER_UP_TO:
            parts.answer(self.pressed, self.pressed_up)
        if len(parts.map.variables) <= _ALL_ANSWERS_UP_TO:
            for name in parts.map.variables:
                for up in (True, False):
                    parts.answer(name, up)
        names = "loop", "begin", "up", "step", "way", "pressed", "pressed_up"
        kept = {"kept": list(parts.answers.values())}
        whole = LoopPlayer(self.payload, parts, **kept, **{n: getattr(self, n) for n in names})
        try:
            return write_page(whole, path, self.payload["name"] or "A causal loop diagram")
        finally:
            whole.close()

    def _ask(self, _: Any) -> None:
        if self.way != STORY:
            self.answer = self._parts.answer(self.pressed, self.pressed_up)

    def _moved_told(self) -> str:
        answer = self.answer
        if answer["error"] or self.way not in answer["ways"]:
            return str(answer["error"])
        lines = " ".join(answer["ways"][self.way]["lines"])
        return f"{lines} {WAYS[self.way].is_not}"

    @traitlets.validate("loop")  # type: ignore[untyped-decorator]
    def _known_loop(self, proposal: Mapping[str, Any]) -> str:
        if not proposal["value"] and not self._parts.loops:
            return ""
        return self._parts.named(proposal["value"]).name

    @traitlets.validate("begin")  # type: ignore[untyped-decorator]
    def _known_beginning(self, proposal: Mapping[str, Any]) -> str:
        name = proposal["value"]
        loop = self._parts.loops.get(self.loop)
        if not name or loop is None:
            return loop.variables[0] if loop else ""
        for variable in loop.variables:
            if key(variable) == key(name):
                return variable
        raise unknown_name(name, loop.variables, f"loop {loop.name}")

    @traitlets.validate("way")  # type: ignore[untyped-decorator]
    def _known_way(self, proposal: Mapping[str, Any]) -> str:
        for way in WAYS:
            if key(way) == key(proposal["value"]):
                return way
        raise unknown_name(proposal["value"], WAYS, "the ways to move a map")

    @traitlets.validate("pressed")  # type: ignore[untyped-decorator]
    def _known_variable(self, proposal: Mapping[str, Any]) -> str:
        map_ = self._parts.map
        return map_.variables[map_.place(proposal["value"])]

    @traitlets.validate("step")  # type: ignore[untyped-decorator]
    def _known_step(self, proposal: Mapping[str, Any]) -> int:
        return as_whole(proposal["value"], "step", 0, _MOST_STEPS)

    @traitlets.observe("loop")  # type: ignore[untyped-decorator]
    def _begin_in_the_loop(self, _: Any) -> None:
        loop = self._parts.loops.get(self.loop)
        if loop is not None and self.begin not in loop.variables:
            self.begin = loop.variables[0]


class _Parts:
    """What the kernel keeps of a map for its player: its loops, its signs, the answers so far."""

    def __init__(self, diagram: CausalLoopDiagram, offered: list[Loop]) -> None:
        self.links: tuple[Link, ...] = diagram.links
        self.map = signed_map(diagram.variables, diagram.links)
        self.loops = {loop.name: loop for loop in offered}
        self.answers: dict[tuple[str, bool], dict[str, Any]] = {}

    def answer(self, pressed: str, up: bool) -> dict[str, Any]:
        """Return what the ways say when a variable is pressed; reckoned once."""
        if (pressed, up) not in self.answers:
            self.answers[pressed, up] = moved(self.map, self.links, pressed, up)
        return self.answers[pressed, up]

    def named(self, name: str) -> Loop:
        """Return a loop by its name or title."""
        for loop in self.loops.values():
            if key(name) in (key(loop.name), key(loop.title)) and name:
                return loop
        titles = [loop.title for loop in self.loops.values() if loop.title]
        raise unknown_name(name, [*titles, *self.loops], "the loops of this player")


def play(
    diagram: CausalLoopDiagram, loop: str = "", begin: str = "", up: bool = True
) -> LoopPlayer:
    """Return a player that tells a loop of a map step by step; see :class:`LoopPlayer`.

    Parameters
    ----------
    loop
        The loop that is told first, by its name or title; if not said, the first that the map
        marks. The others can be chosen, up to sixty of them.
    begin
        The variable with which the story begins; if not said, the loop's first.
    up
        Whether it begins with more of it, or with less.

    Raises
    ------
    ModelError
        When the map is empty, or a loop is asked for and it has none.
    UnknownNameError
        When no loop, or nothing in the loop, is called so.

    Notes
    -----
    It can mislead as every story does: what comes first looks like the cause of the rest, while
    in the world all loops turn at once.
    """
    up = as_switch(up, "up")
    signed_map(diagram.variables, ())  # says what to do about an empty map
    found = diagram._loops_for_a_picture()
    asked = None if loop == "" else _asked_for(diagram, as_words(loop, "a loop's name"), found)
    on_map = marked(found)
    offered = loops_to_offer(found, on_map, asked)
    first = asked or (offered[0] if offered else None)
    drawing = drawn(diagram.variables, diagram.links, on_map, diagram.positions)
    badges = badge_places(drawing)
    told = sentence(diagram.name, diagram.variables, diagram.links, found)
    page = {
        "name": diagram.name,
        "picture": drawing_svg(with_room_for_badges(drawing, badges), told),
        "variables": variables_told(diagram.variables, badges),
        "loops": [loop_told(one, one in on_map) for one in offered],
        "note": loops_note(len(offered), found),
        "ways": ways_told(),
        "label": NOT_BEHAVIOUR,
    }
    parts = _Parts(diagram, offered)
    pressed = story(first, begin).beats[0].variable if first else diagram.variables[0]
    return LoopPlayer(
        page, parts, loop=first.name if first else "", begin=pressed if first else "", up=up,
        pressed=pressed, way=STORY if first else COMPARE,
    )  # fmt: skip


def _asked_for(diagram: CausalLoopDiagram, name: str, found: Loops) -> Loop:
    """Return a loop by its name, also one for which the search has to be longer."""
    if not found and found.complete:
        raise ModelError(
            f"there is no loop on this map, so none is called {shown(name)}; draw the link that "
            "closes one, or push a variable: .play()"
        )
    try:
        return found[name]
    except UnknownNameError:
        if found.complete:
            raise
    return diagram.loops()[name]
