"""What the page of a presentation is told: its steps as plain values, nothing left to ask."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.motion.signals import ASSUMES, story
from cstools.errors import CstoolsError, ModelError, brief, shown, unknown_name
from cstools.names import key
from cstools.plotting.words import amount, number, span
from cstools.stock_flow.parts import Constant, Stock
from cstools.widgets.explorer.payload import payload, shown_names
from cstools.widgets.explorer.pictures import MOST_WORDS
from cstools.widgets.presenter.steps import (
    Discuss,
    Loops,
    Predict,
    Reveal,
    Step,
    Tell,
    texts,
)
from cstools.widgets.sketch import moments_to_draw

if TYPE_CHECKING:
    from cstools.causal_loops.reveal import Stage
    from cstools.stock_flow.model import StockFlow
    from cstools.stock_flow.run import Run

MOST_SCENARIOS = 9  # one for each key
_ROUND = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
_WORDS = {"tell": "The story", "predict": "Predict", "reveal": "Reveal", "loops": "The loops"}
_HOW = {
    "tell": "Read it aloud, slowly. Ask who knows something like it.",
    "predict": (
        "Give everybody a minute alone, on paper. Then draw what the group agrees on. Ask for "
        "reasons; do not say yet what is right."
    ),
    "reveal": (
        "Let the curve be drawn in silence. Ask what people see before you say anything. Next "
        "gives the sentence. Keys 1 to 9 draw the scenarios: a prediction before every key."
    ),
    "loops": (
        "One loop at a time: let somebody say it aloud, link by link, before you go on. Ask what "
        "in the curve it explains."
    ),
    "discuss": (
        "One question at a time: a minute alone, two in pairs, then the room. What is said belongs "
        "to whoever says it."
    ),
}
_ASKED = (
    "Where did the run part from what you drew, and what had you not thought of?",
    "Which loop was strongest at the beginning, and which at the end?",
    "Where in your own school does something like this go on?",
)


@dataclass(frozen=True)
class Scenarios:
    """The runs that may be shown, by name; ``""`` is the model as it stands."""

    model: StockFlow
    settings: Mapping[str, Mapping[str, float]]

    @cached_property
    def runs(self) -> dict[str, Run]:
        """The run of each scenario."""
        return {name: self.model.run(values) for name, values in self.settings.items()}

    def named(self, name: str, where: str) -> str:
        """Return the name of a scenario as it was given."""
        spelled = {key(own): own for own in self.settings}
        if key(name) not in spelled:
            raise unknown_name(name, [own for own in self.settings if own], f"{where}: scenarios")
        return spelled[key(name)]


def as_scenarios(model: StockFlow, given: Any) -> Scenarios:
    """Return scenarios from name → values; the ends of the first sliders, if nothing is said.

    Raises
    ------
    ModelError, UnknownNameError
        When they are no such mapping, are more than nine, or the model cannot be run with one.
    """
    if given is None:
        given = _extremes(model)
    if not isinstance(given, Mapping):
        raise ModelError(
            "scenarios have names, and each says which values differ: "
            f"{{'longer delay': {{'delay': 5}}}}; this is {shown(given)}"
        )
    if len(given) > MOST_SCENARIOS:
        raise ModelError(
            f"scenarios lie on the keys 1 to 9, and these are {len(given)}; leave some out"
        )
    settings: dict[str, Mapping[str, float]] = {"": {}}
    for name, values in given.items():
        where = f"scenario '{brief(name)}'"
        if not isinstance(name, str) or not name.strip():
            raise ModelError(f"a scenario's name is a text, not {shown(name)}")
        try:
            model.run(values)
        except CstoolsError as error:
            raise type(error)(f"{where}: {error}") from error
        settings[name.strip()] = {
            part.name: float(value)
            for own, value in values.items()
            for part in model.single_values(own)
        }
    return Scenarios(model, settings)


def _extremes(model: StockFlow) -> dict[str, dict[str, float]]:
    """Return the two ends of the first three constants that have a slider."""
    found = [part for part in model.sliders() if isinstance(part, Constant) and part.between]
    return {
        f"{part.name} {number(end)}": {part.name: float(end)}
        for part in found[:3]
        for end in part.between or ()
    }


def default_steps(model: StockFlow) -> list[Step]:
    """Return steps made from the model itself: its words, its stocks, its loops."""
    stocks = [part.name for part in model.scalars.values() if isinstance(part, Stock)]
    if not stocks:
        raise ModelError(
            f"model '{brief(model.name)}' has no stock, so nothing in it has a course to predict; "
            "say the steps: steps=[Predict(of='a variable'), 'reveal', 'discuss']"
        )
    steps: list[Step] = [Tell(title=model.name, text=model.doc)] if model.doc else []
    steps += [Predict(of=stocks[0]), Reveal(stocks[0])]
    if len(stocks) > 1:
        steps.append(Reveal(stocks[:3], title="Beside it", text="What else moved meanwhile?"))
    map_ = model.causal_loops()
    if map_.links and len(map_.variables) <= MOST_WORDS:
        steps.append(Loops())
    return [*steps, Discuss(show=stocks[0])]


def page_of(
    model: StockFlow, steps: Sequence[Step], scenarios: Scenarios, notes: str
) -> dict[str, Any]:
    """Return all that the page needs: the model to run, and each step as plain values."""
    told = [_told(model, step, steps, place, scenarios) for place, step in enumerate(steps)]
    drawn = list(dict.fromkeys(name for one in told for name in one.get("shown", ())))
    drawn = drawn or shown_names(model, ())
    first = scenarios.runs[""].describe(*drawn)
    return {
        **payload(model, drawn, first, diagram=False),
        "presented": told,
        "scenarios": [
            {"name": name, "values": dict(values)}
            for name, values in scenarios.settings.items()
            if name
        ],
        "notes": notes,
    }


def _told(
    model: StockFlow, step: Step, steps: Sequence[Step], place: int, scenarios: Scenarios
) -> dict[str, Any]:
    """Return one step as plain values."""
    kind = type(step).__name__.casefold()
    where = f"step {place + 1}, {kind}"
    common = {
        "kind": kind,
        "title": step.title or _WORDS.get(kind, "Discuss"),
        "minutes": float(step.minutes),
        "notes": step.notes.strip(),
        "how": _HOW[kind],
    }
    if isinstance(step, Tell):
        return common | {"text": step.text.strip()}
    if isinstance(step, Loops):
        return common | _loops_told(model, step, where)
    assert isinstance(step, (Predict, Reveal, Discuss))
    scenario = scenarios.named(step.scenario, where) if step.scenario else ""
    names = _variables(model, steps, place, where)
    common |= {"scenario": scenario, "shown": names}
    if isinstance(step, Predict):
        grid = _grid(model, step, names[0], scenarios.runs[scenario], where)
        return common | {"question": step.question.strip() or _question(grid, scenarios), **grid}
    said = {name: run.describe(*names) for name, run in scenarios.runs.items()}
    if isinstance(step, Reveal):
        return common | {"text": step.text.strip(), "slowly": bool(step.slowly), "said": said}
    questions = texts(step.questions, f"{where}: questions") or list(_ASKED)
    return common | {"questions": questions, "said": said, **_map_told(model, step, where)}


def _map_told(model: StockFlow, step: Discuss, where: str) -> dict[str, Any]:
    """Return the whole map, in full ink, where it is asked for."""
    if step.map is False:
        return {}
    map_ = model.causal_loops() if step.map is True else step.map
    if not isinstance(map_, CausalLoopDiagram):
        raise ModelError(f"{where}: map= is True, or a causal loop diagram, not {shown(map_)}")
    # The last stage stands on the page of the others; of no loop, nothing of it is faint.
    whole = replace(map_.reveal()[-1], loop=None, new=(), sentence="The whole map.")
    return {"map": whole.svg()}


def _loops_told(model: StockFlow, step: Loops, where: str) -> dict[str, Any]:
    map_ = model.causal_loops() if step.diagram is None else step.diagram
    named = texts(step.loops, f"{where}: loops")
    try:
        revealed = map_.reveal(named) if named else map_.reveal()
    except CstoolsError as error:
        raise type(error)(f"{where}: {error}") from error
    return {"stages": list(_stages_told(revealed)), "rest": revealed.note}


def _stages_told(stages: Sequence[Stage]) -> Iterator[dict[str, Any]]:
    """Return each stage with its loop as a chain of steps, from where it joins the others."""
    before: set[str] = set()
    for stage in stages:
        if stage.loop is None:
            yield {"title": stage.title, "chain": [], "said": stage.sentence, "svg": stage.svg()}
            continue
        around = stage.loop.variables
        told = story(stage.loop, next((name for name in around if name in before), ""))
        chain = told.describe().removeprefix(f"{told.title}: ").removesuffix(f" {ASSUMES}")
        chain = chain.removesuffix(told.moral).rstrip(". ")
        before.update(around)
        yield {
            "title": told.title,
            "chain": chain.split(" → "),
            "said": told.moral,
            "svg": stage.svg(),
        }


def _variables(model: StockFlow, steps: Sequence[Step], place: int, where: str) -> list[str]:
    """Return what a step is about: what it says, or what was asked before, or is shown next."""
    before = [steps[n] for n in range(place, -1, -1)]
    after = steps[place + 1 :]
    own = _names_said(steps[place], where)
    others = (_names_said(one, where) for one in [*before, *after])
    chosen = own or next(filter(None, others), [])
    if isinstance(steps[place], Predict):
        chosen = own or next(filter(None, (_names_said(one, where) for one in after)), chosen)[:1]
    try:
        return shown_names(model, chosen)[: 1 if isinstance(steps[place], Predict) else None]
    except CstoolsError as error:
        raise type(error)(f"{where}: {error}") from error


def _names_said(step: Step, where: str) -> list[str]:
    if isinstance(step, Predict):
        return [step.of] if step.of else []
    return texts(getattr(step, "show", ()), f"{where}: show")


def _grid(model: StockFlow, step: Predict, name: str, run: Run, where: str) -> dict[str, Any]:
    """Return the grid of a prediction: what it covers tells nothing about the run."""
    low, high = _range(model, name, run)
    low, high = (
        own if said is None else said for own, said in ((low, step.low), (high, step.high))
    )
    if not (_finite(low) and _finite(high) and low < high):
        raise ModelError(f"{where}: low= is below high=, and both are numbers")
    part, start, stop = model.scalars[key(name)], float(run.time[0]), float(run.time[-1])
    grid = {
        "label": name,
        "units": part.units,
        "timeUnits": model.time_units,
        "start": start,
        "stop": stop,
        "low": float(low),
        "high": float(high),
        "times": moments_to_draw(start, stop),
    }
    begins = amount(float(run[name][0]), part.units) if isinstance(part, Stock) else ""
    return {"grid": grid, "begins": begins}


def _question(told: Mapping[str, Any], scenarios: Scenarios) -> str:
    """Return what is asked where the author asked nothing."""
    grid = told["grid"]
    begins = f"It begins at {told['begins']}. " if told["begins"] else ""
    length = span(grid["stop"] - grid["start"], scenarios.model.time_units)
    return f"{begins}What will {grid['label']} do over {length}?"


def _range(model: StockFlow, name: str, run: Run) -> tuple[float, float]:
    part, values = model.scalars[key(name)], np.asarray(run[name], dtype=float)
    values = values[np.isfinite(values)]
    least = min(0.0, float(values.min(initial=0.0)))
    most = float(values.max(initial=least))
    between: Any = getattr(part, "between", None)
    if between and between[0] <= least and most <= between[1]:
        return min(0.0, float(between[0])), float(between[1])
    return (-_roomy(-least) if least < 0 else 0.0), (_roomy(most) if most > 0 else 0.0) or 1.0


def _roomy(size: float) -> float:
    """Return a round number well above another, so that a grid does not give the end away."""
    wanted = 1.3 * size
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(step * power for step in _ROUND if step * power >= wanted * (1 - 1e-9))


def _finite(value: object) -> bool:
    real = isinstance(value, (int, float, np.number)) and not isinstance(value, bool)
    return real and math.isfinite(float(value))  # type: ignore[arg-type]
