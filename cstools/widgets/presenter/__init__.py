"""A model presented to a room: predict, reveal, loops, discuss; the notes lie elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

import traitlets

from cstools.errors import CstoolsError, ModelError, PlaceError, shown
from cstools.widgets.assets import script, style
from cstools.widgets.page import write_page
from cstools.widgets.part import LivePart, html_of
from cstools.widgets.presenter.page import default_steps, page_of
from cstools.widgets.presenter.scenarios import Scenarios, as_scenarios
from cstools.widgets.presenter.steps import (
    Discuss as Discuss,
)
from cstools.widgets.presenter.steps import (
    Loops as Loops,
)
from cstools.widgets.presenter.steps import (
    Predict as Predict,
)
from cstools.widgets.presenter.steps import (
    Reveal as Reveal,
)
from cstools.widgets.presenter.steps import (
    Step,
    as_steps,
)
from cstools.widgets.presenter.steps import (
    Tell as Tell,
)

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

_SHARED = ("step", "beat", "values", "black", "clock")
_WIDE = 76  # letters; a cell breaks wider lines wherever they end


class Presentation(LivePart):
    """A stage that fills the window, with large type and no code; it opens with its button.

    Attributes
    ----------
    step : int
        Which step is on the stage, counted from 1.
    beat : int
        How far within the step, from 0: loops and questions come one by one.
    values : dict
        What differs from the model's own values in the run on the stage, ready for
        ``model.run(presentation.values)``.
    sketches : dict
        What the group drew: name of the variable (and scenario) → points ``[time, value]``. They
        are in memory only.
    black : bool
        Whether the stage is dark, for a moment of talk.
    """

    _esm = script("presenter/presenter.js")
    _css = style(
        "shared/map_view.css",
        "explorer/explorer.css",
        "sketch/sketch.css",
        "presenter/presenter.css",
        "presenter/notes.css",
    )
    payload = traitlets.Dict().tag(sync=True)
    step = traitlets.Int(1).tag(sync=True)
    beat = traitlets.Int(0).tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    sketches = traitlets.Dict().tag(sync=True)
    black = traitlets.Bool(False).tag(sync=True)
    clock = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True)

    def __init__(self, page: Mapping[str, Any], scenarios: Scenarios) -> None:
        self._scenarios = scenarios
        self._notes: PresenterNotes | None = None
        super().__init__(payload=dict(page))
        self.values = self._settings(1)
        self.observe(lambda _: setattr(self, "values", self._settings(self.step)), "step")
        self.observe(self._answer, ["values", "step"])

    @property
    def notes(self) -> PresenterNotes:
        """The notes for whoever presents, for another cell or tab; they keep in step."""
        if self._notes is None:
            self._notes = PresenterNotes(self)
        return self._notes

    def save(self, path: str | Path, notes: bool = True) -> Path:
        """Write the presentation to an HTML file that presents without a kernel.

        The notes are in it, for its own window of notes. ``notes=False`` leaves them out of a page
        that is given to participants.
        """
        if notes:
            return write_page(self, path, str(self.payload["name"]))
        bare = [one | {"notes": "", "how": ""} for one in self.payload["presented"]]
        page = self.payload | {"presented": bare, "notes": ""}
        return write_page(Presentation(page, self._scenarios), path, str(page["name"]))

    def sentence(self) -> str:
        """Return the steps, one a line."""
        steps = self.payload["presented"]
        minutes = sum(one["minutes"] for one in steps)
        time = f", about {minutes:g} minutes" if minutes else ""
        told = [f"{n}. {_in_short(one)}" for n, one in enumerate(steps, start=1)]
        count = f"{len(steps)} step{'s' * (len(steps) > 1)}"
        return "\n".join([f"Presentation of “{self.payload['name']}”, {count}{time}:", *told])

    def still(self) -> str:
        """Return the steps as a list, and folded away below it what the run shows."""
        steps = "".join(f"<li>{escape(_in_short(one))}</li>" for one in self.payload["presented"])
        run = self._scenarios.runs[""]
        picture = html_of(run.plot(*self.payload["shown"]))
        return (
            f"<p><strong>{escape(str(self.payload['name']))}</strong>, a presentation</p>"
            f"<ol>{steps}</ol><details><summary>What the run shows</summary>{picture}</details>"
        )

    def _settings(self, step: int) -> dict[str, float]:
        """Return what a step sets, by name."""
        told = self.payload["presented"][step - 1]
        return dict(self._scenarios.settings.get(told.get("scenario", ""), {}))

    def _answer(self, _: Any) -> None:
        """Say what the run on the stage does, if no scenario says it already."""
        names = self.payload["presented"][self.step - 1].get("shown", [])
        values = dict(self.values)
        if names and values not in self._scenarios.settings.values():
            try:
                said = self._scenarios.model.run(values).describe(*names)
            except CstoolsError as error:
                said = str(error)
            self.answer = {"values": values, "shown": list(names), "sentence": said}

    @traitlets.validate("step")  # type: ignore[untyped-decorator]
    def _known_step(self, proposal: Mapping[str, Any]) -> int:
        count = len(self.payload["presented"])
        if not 1 <= proposal["value"] <= count:
            raise PlaceError(f"step is a number from 1 to {count}, not {shown(proposal['value'])}")
        return int(proposal["value"])


class PresenterNotes(LivePart):
    """What whoever presents needs beside the stage: notes, what comes next, the time."""

    _esm = script("presenter/notes.js")
    _css = style("presenter/notes.css")
    payload = traitlets.Dict().tag(sync=True)
    step = traitlets.Int(1).tag(sync=True)
    beat = traitlets.Int(0).tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    black = traitlets.Bool(False).tag(sync=True)
    clock = traitlets.Dict().tag(sync=True)

    def __init__(self, stage: Presentation) -> None:
        super().__init__(payload=stage.payload)
        for name in _SHARED:
            traitlets.link((stage, name), (self, name))

    def sentence(self) -> str:
        """Return the notes as plain text, no line wider than a cell."""
        return "\n".join(map(_wrapped, self._told().splitlines()))

    def _told(self) -> str:
        """Return the notes, each paragraph on one line."""
        steps = self.payload["presented"]
        told = [self.payload["notes"]] if self.payload["notes"] else []
        for number, one in enumerate(steps, start=1):
            time = f" ({one['minutes']:g} min)" if one["minutes"] else ""
            told.append(f"{number}. {one['title']}{time}. {one['notes'] or one['how']}")
        return "\n".join(told)

    def still(self) -> str:
        """Return the notes as plain text, line by line."""
        lines = self._told().splitlines()
        return "".join(f"<p>{escape(line)}</p>" for line in lines if line.strip())


def present(
    model: StockFlow,
    steps: Sequence[Step | str] | None = None,
    scenarios: Mapping[str, Mapping[str, float]] | None = None,
    notes: str = "",
) -> Presentation:
    """Return a presentation of a model: large, without code, step by step.

    Its button opens a stage that fills the window. Arrow keys, space, Page Up and Page Down go
    through the steps, as a clicker does; 1 to 9 draw the scenarios, 0 goes back to the step's own
    run, ``s`` opens the sliders, ``b`` blacks the stage out, Escape leaves. What a run does is told
    in one line; *More*, or ``m``, tells all of it.

    Parameters
    ----------
    steps
        ``Predict(…)``, ``Reveal(…)``, ``Loops(…)``, ``Discuss(…)`` and ``Tell(…)`` of
        :mod:`cstools.widgets.presenter.steps`, or plain words: ``"predict"``,
        ``"discuss: What surprised you?"``. ``Discuss(map=True)`` puts the whole map beside the
        questions instead of the run. If not said, they are made from the model: its words, its
        first stock, its loops. Sources written as ``[Ostrom1990]`` are shown as author and year.
    scenarios
        Up to nine, name → values that differ; they lie on the keys 1 to 9 in this order. If not
        said, the ends of the first sliders.
    notes
        For whoever presents, about the whole: what to prepare, and where it can hurt.

    Raises
    ------
    ModelError, UnknownNameError
        When a step or a scenario names what is not in the model; the message begins with which.

    Notes
    -----
    A curve that a room watches being drawn convinces more than it should. Say what the numbers
    stand on (``model.evidence``) before you reveal it.
    """
    if not isinstance(notes, str):
        raise ModelError(f"notes= is a text in quotation marks, not {shown(notes)}")
    own = model.copy()  # a model that is changed in a later cell is another model
    chosen = default_steps(own) if steps is None else as_steps(steps)
    known = as_scenarios(own, scenarios)
    return Presentation(page_of(own, chosen, known, notes.strip()), known)


def _wrapped(line: str) -> str:
    """Return a line broken between words; what is listed stays under itself."""
    return fill(line, _WIDE, subsequent_indent="  " * line.startswith("- "), break_on_hyphens=False)


def _in_short(told: Mapping[str, Any]) -> str:
    """Return a step in a few words that do not give the run away."""
    about = {
        "predict": told.get("question", ""),
        "reveal": ", ".join(told.get("shown", ())),
        "loops": f"{len(told.get('stages', ()))} pictures",
        "discuss": " ".join(told.get("questions", ())),
    }.get(told["kind"], "")
    tail = f": {about}" if about else ""
    end = "" if tail.endswith(("?", ".", "!")) else "."
    return f"{told['title']}{tail}{end}"
