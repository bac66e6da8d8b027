"""The explorer as anywidget knows it: what the page and the kernel tell each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import traitlets

from cstools.errors import CstoolsError, ModelError, brief, unknown_name
from cstools.names import key
from cstools.plotting.style import svg
from cstools.plotting.words import number
from cstools.widgets.assets import script, style
from cstools.widgets.explorer.behind import Behind
from cstools.widgets.explorer.drawing import Drawing
from cstools.widgets.explorer.state import (
    apart,
    as_path,
    moved,
    read_state,
    state_of,
    taken,
    text_of,
)
from cstools.widgets.page import write_page
from cstools.widgets.part import LivePart, drawn, html_of


def _in_order(scenarios: Mapping[str, Any], _: object) -> list[list[Any]]:
    """Return scenarios as the page has them: pairs, as an object would put ``2030`` first."""
    return [[name, own] for name, own in scenarios.items()]


def _by_name(pairs: Sequence[tuple[str, Any]], _: object) -> dict[str, Any]:
    return dict(pairs)


class LiveExplorer(LivePart):
    """The explorer in the page; the kernel hears of a value after the curve has moved.

    Attributes
    ----------
    values : dict
        What the sliders say, by name; setting it moves them.
    shown : list
        The variables that are drawn.
    scenarios : dict
        Settings that were kept: name → values, each ready for ``model.run(values)``.
    answer : dict
        The kernel's newest sentence, and the values and variables it is about.
    lit : dict
        Which loops matter when, of the run with ``lit["values"]``.
    start_lit, pictures : dict
        The same of the starting settings, and the diagrams; empty until the page asks.
    sketch : dict
        A learner's points and the variable they belong to.
    drawn : dict
        The paths that variables follow, drawn by hand: name → points; none where nothing is drawn.
    notice : str
        What is to be said once: about settings that were opened.
    """

    _esm = script("explorer/explorer.js")
    _css = style("explorer/explorer.css", "shared/map_view.css", "explorer/parts.css")
    payload = traitlets.Dict().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    shown = traitlets.List().tag(sync=True)
    scenarios = traitlets.Dict().tag(sync=True, to_json=_in_order, from_json=_by_name)
    answer = traitlets.Dict().tag(sync=True)
    lit = traitlets.Dict().tag(sync=True)
    start_lit = traitlets.Dict().tag(sync=True)
    pictures = traitlets.Dict().tag(sync=True)
    sketch = traitlets.Dict().tag(sync=True)
    drawn = traitlets.Dict().tag(sync=True)
    notice = traitlets.Unicode().tag(sync=True)
    wanted = traitlets.Dict().tag(sync=True)
    printed = traitlets.Dict().tag(sync=True)

    def __init__(
        self, page: Mapping[str, Any], shown: Sequence[str], behind: Behind, drawing: Drawing
    ) -> None:
        self._behind, self._drawing = behind, drawing
        super().__init__(
            payload=dict(page),
            shown=list(shown),
            values=self._starting(page),
            drawn=drawing.paths(),
        )
        self.observe(self._answer, ["values", "shown"])
        self.observe(self._give, "wanted")
        self.observe(lambda change: drawing.put(change["new"]), "drawn")

    def follow_drawing(self) -> None:
        """Take what is drawn now; the page asks for the sentence on it when the hand rests."""
        self.drawn = self._drawing.paths()

    @property
    def _settings(self) -> dict[str, Any]:
        """What the sliders say and what is drawn, together."""
        return {**self.values, **self.drawn}

    @staticmethod
    def _starting(page: Mapping[str, Any]) -> dict[str, float]:
        return {p["key"]: p["value"] for p in page["parameters"] if p["slider"]}

    @property
    def state(self) -> str:
        """The sliders, what is drawn and the scenarios, as text for ``model.explore(state=…)``."""
        return text_of(state_of(self.payload, self._settings, self.shown, self.scenarios))

    def take(self, state: object) -> None:
        """Take the sliders, what is drawn and the scenarios from a state that was saved.

        What does not fit this model is told in ``notice``, and the rest is used.
        """
        found = taken(read_state(state), self.payload)
        if found["used"]:
            self.values, self.drawn = apart(found["values"])
        self.shown = found["shown"] or self.shown
        self.scenarios = {**self.scenarios, **found["scenarios"]}
        self.notice = found["sentence"]

    def complete(self) -> LiveExplorer:
        """Hold all that a page without a kernel can show: the pictures, and the loops' scores."""
        if self.payload["diagram"] and not self.pictures:
            self.pictures = self._behind.pictures()
        if self.payload["loops"] and not self.start_lit:
            self.start_lit = self._behind.lit(self._starting(self.payload))
        return self

    @traitlets.validate("scenarios")  # type: ignore[untyped-decorator]
    def _check_scenarios(self, proposal: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        """Keep what ``model.run`` can take, each name and value as the model has it."""
        start = self._starting(self.payload) if self.payload else {}
        spelled = {key(name): name for name in start}
        drawn = {key(name): name for name in self.payload.get("drawn", ())}
        kept: dict[str, dict[str, Any]] = {}
        for name, own in proposal["value"].items():
            where = f"scenario '{brief(name)}'"
            if not isinstance(own, Mapping):
                raise ModelError(f"{where} is values by name: {{'name of a slider': 5}}")
            paths: dict[str, Any] = {}
            for said, value in own.items():
                if key(said) in drawn and (path := as_path(value)):
                    paths[drawn[key(said)]] = path
                    continue
                if key(said) not in spelled:
                    raise unknown_name(said, start, where)
                if isinstance(value, bool) or not isinstance(value, (int, float)):
                    raise ModelError(f"{where}: '{brief(said)}' is a number")
            numbers = {n: v for n, v in own.items() if key(n) in spelled}
            kept[str(name)] = start | {spelled[key(n)]: float(v) for n, v in numbers.items()}
            kept[str(name)] |= paths
        return kept

    @traitlets.validate("values")  # type: ignore[untyped-decorator]
    def _check_values(self, proposal: Mapping[str, Any]) -> dict[str, float]:
        """Keep a number for every slider; beyond its end it stops there, which is told."""
        if not self.payload:
            return dict(proposal["value"])
        sliders = {p["key"]: p for p in self.payload["parameters"] if p["slider"]}
        spelled = {key(name): name for name in sliders}
        values, told = self._starting(self.payload), []
        for said, value in proposal["value"].items():
            if key(str(said)) not in spelled:
                raise unknown_name(str(said), sliders, "values")
            if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value:
                raise ModelError(f"values: '{brief(said)}' is a number, not {brief(value)}")
            slider = sliders[spelled[key(str(said))]]
            ends = min(max(float(value), slider["low"]), slider["high"])
            if ends != value:
                told.append(
                    f"'{slider['key']}' was {number(value)}, and its slider ends at {number(ends)}."
                )
            values[slider["key"]] = ends
        if told:
            self.notice = " ".join(told)
        return values

    @traitlets.validate("shown")  # type: ignore[untyped-decorator]
    def _check_shown(self, proposal: Mapping[str, Any]) -> list[str]:
        """Keep names of curves as the model has them, each once."""
        if not self.payload:
            return list(proposal["value"])
        columns = [column["key"] for column in self.payload["columns"]]
        spelled = {key(name): name for name in columns}
        for said in proposal["value"]:
            if key(str(said)) not in spelled:
                raise unknown_name(str(said), columns, "shown")
        return list(dict.fromkeys(spelled[key(str(said))] for said in proposal["value"]))

    def _answer(self, change: Mapping[str, Any]) -> None:
        """Say in a sentence what the run with these values does, and which loops matter in it."""
        values, shown, drawn = dict(self.values), list(self.shown), dict(self.drawn)
        settings = self._settings
        told = self._behind.say(settings, shown)
        about = {"drawn": drawn} if drawn else {}
        self.answer = {"values": values, "shown": shown, "sentence": told} | about
        if change["name"] == "shown" or not self.payload["loops"]:
            return
        if moved(settings, self.payload):
            self.lit = self._behind.lit(settings) | {"values": values} | about

    def _give(self, change: Mapping[str, Any]) -> None:
        """Give the page what it asked for: the pictures, or the curves for print."""
        wanted = change["new"]
        if wanted.get("what") == "pictures":
            self.complete()
        elif wanted.get("what") == "answer":
            self._answer({"name": "drawn"})
        elif wanted.get("what") == "print":
            others = [self.scenarios[n] for n in wanted.get("beside", []) if n in self.scenarios]
            try:
                picture = self._behind.plot(self._settings, self.shown, others)
                drawn = {"svg": svg(picture.figure, picture.sentence), "fault": ""}
            except CstoolsError as error:
                drawn = {"svg": "", "fault": str(error)}
            self.printed = {"number": wanted.get("number", 0), **drawn}

    @property
    def _title(self) -> str:
        """The name of the model as it is shown."""
        return str(self.payload.get("title", self.payload["name"]))

    def sentence(self) -> str:
        """Return the model's name and what its newest run shows."""
        said = self.answer.get("sentence") or self.payload["sentence"]
        if self.drawn != self.answer.get("drawn", {}):
            said = self._behind.say(self._settings, self.shown)
        return f"{self._title}: {said}" if said else f"{self._title}."

    def still(self) -> str:
        """Return the curves of the present values, with their sentence."""
        return self._still(self.drawn)

    def stays(self) -> tuple[str, str]:
        """Return the words and the picture that a notebook keeps: of a drawing, what was kept."""
        if not self._drawing:
            return super().stays()
        kept = self._drawing.kept()
        said = self._behind.say({**self.values, **kept}, self.shown)
        said = f"{self._title}: {said}"
        return said, drawn(lambda: self._still(kept), said)

    def _still(self, paths: Mapping[str, Any]) -> str:
        shown = self.shown or self.payload["shown"]
        return html_of(self._behind.still({**self.values, **paths}, shown))

    def save(self, path: str | Path) -> Path:
        """Write the explorer to an HTML file in which the sliders still move the model."""
        return write_page(self.complete(), path, self._title)
