"""What the page of a presentation is told: its steps as plain values, nothing left to ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cstools.errors import CstoolsError, ModelError, brief
from cstools.learning.references import keys_in_words
from cstools.stock_flow.parts import Stock
from cstools.widgets.explorer.payload import payload, shown_names
from cstools.widgets.explorer.pictures import MOST_WORDS
from cstools.widgets.presenter.grid import grid_told, question_told
from cstools.widgets.presenter.maps import Maps
from cstools.widgets.presenter.scenarios import Scenarios
from cstools.widgets.presenter.steps import (
    Discuss,
    Loops,
    Predict,
    Reveal,
    Step,
    Tell,
    texts,
)

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

_WORDS = {"tell": "The story", "predict": "Predict", "reveal": "Reveal", "loops": "The loops"}
_HOW = {
    "tell": "Read it aloud, slowly. Ask who knows something like it.",
    "predict": (
        "Give everybody a minute alone, on paper. Then draw what the group agrees on. Ask for "
        "reasons; do not say yet what is right."
    ),
    "reveal": (
        "Let the curve be drawn in silence. Ask what people see before you say anything. Next "
        "says it in one line, More all of it. Keys 1 to 9 draw the scenarios: a prediction before "
        "every key."
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
_TEXTS = ("title", "notes", "text", "question")
_ASKED = (
    "Where did the run part from what you drew, and what had you not thought of?",
    "Which loop was strongest at the beginning, and which at the end?",
    "Where in your own school does something like this go on?",
)


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
    maps = Maps(model, steps)
    told = [_read_aloud(_told(maps, steps, place, scenarios)) for place in range(len(steps))]
    drawn = list(dict.fromkeys(name for one in told for name in one.get("shown", ())))
    drawn = drawn or shown_names(model, ())
    first = scenarios.runs[""].describe(*drawn)
    return {
        **payload(model, drawn, first, diagram=False, loops=False),
        "presented": told,
        "scenarios": [
            {"name": name, "values": dict(values)}
            for name, values in scenarios.settings.items()
            if name
        ],
        "notes": keys_in_words(notes),
    }


def _told(maps: Maps, steps: Sequence[Step], place: int, scenarios: Scenarios) -> dict[str, Any]:
    """Return one step as plain values."""
    model, step = maps.model, steps[place]
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
        return common | maps.told(place, where)
    assert isinstance(step, (Predict, Reveal, Discuss))
    scenario = scenarios.named(step.scenario, where) if step.scenario else ""
    names = _variables(model, steps, place, where)
    common |= {"scenario": scenario, "shown": names}
    if isinstance(step, Predict):
        grid = grid_told(model, step, names[0], scenarios.runs[scenario], where)
        return common | {
            "question": step.question.strip() or question_told(grid, scenarios),
            **grid,
        }
    said = {name: run.describe(*names) for name, run in scenarios.runs.items()}
    if isinstance(step, Reveal):
        return common | {"text": step.text.strip(), "slowly": bool(step.slowly), "said": said}
    questions = texts(step.questions, f"{where}: questions") or list(_ASKED)
    return common | {"questions": questions, "said": said, **maps.beside(place, where)}


def _read_aloud(told: dict[str, Any]) -> dict[str, Any]:
    """Return a step in which sources are said by author and year, as whoever presents says them."""
    words: dict[str, Any] = {n: keys_in_words(told[n]) for n in _TEXTS if n in told}
    if "questions" in told:
        words["questions"] = [keys_in_words(question) for question in told["questions"]]
    return {**told, **words}


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
