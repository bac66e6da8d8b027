"""A question with a place for the answer and three buttons: the road without code.

What is entered lives in the page and in the kernel's memory; nothing is written to a file. An
answer is judged only when *Check* is pressed, and by the same check that code would call.
"""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets

from cstools.languages import speaking, spoken
from cstools.learning.checks import Feedback, Outcome, Words, feedback
from cstools.learning.emphasis import as_html, as_plain
from cstools.learning.kinds.choice import Choice
from cstools.learning.kinds.kind import Kind
from cstools.learning.kinds.loops import LoopsAndSigns
from cstools.learning.kinds.model import Model
from cstools.learning.kinds.number import Number
from cstools.learning.kinds.reflection import Reflection
from cstools.learning.kinds.sketch import Sketch
from cstools.learning.question import Question
from cstools.widgets.sketch import sketch

_MARKS = {
    Outcome.CORRECT: ("✓", "#009E73"),
    Outcome.CLOSE: ("≈", "#E69F00"),
    Outcome.INCORRECT: ("↻", "#D55E00"),
    Outcome.NOT_ATTEMPTED: ("○", "#8a96a3"),
}
_BOX = "color:var(--jp-content-font-color1,inherit);line-height:1.5;font-size:14px;max-width:70ch"
_SAID = f"{_BOX};border-left:4px solid {{colour}};padding:2px 0 2px 12px;margin:6px 0"
# ipywidgets gives every choice one line of fixed height; on a narrow page a choice needs two. The
# question as text, which stays in the file, stands before the form: it is not needed twice.
_STYLE = """<style>
.cs-question .widget-radio-box label {
  display: flex; gap: 8px; align-items: flex-start; height: auto; padding: 3px 0;
  line-height: 1.4; white-space: normal; }
.cs-question .widget-radio-box label input {
  order: -1; flex: none; float: none; height: 1.4em; margin: 0; }
.cs-question .widget-html p { margin: 0 0 0.5em; }
.jp-OutputArea-child:has(> .jp-RenderedMarkdown):has(
  + .jp-OutputArea-child > .jp-OutputArea-output > .cs-question) { display: none; }
</style>"""


class QuestionForm(ipywidgets.VBox):  # type: ignore[misc]
    """A question, its input, the buttons Check, Hint and Solution, and what they say."""

    def __init__(self, question: Question, asked: bool = True) -> None:
        self.question = question
        self.said = ipywidgets.HTML()
        self._hints = 0
        with speaking(question.language):
            self.answer = _answer_input(question.kind)
            shown = _buttons(self, question)
            above = ipywidgets.HTML(_STYLE + (_asked(question) if asked else _how(question)))
        row = ipywidgets.HBox(shown, layout=ipywidgets.Layout(flex_flow="row wrap"))
        super().__init__([above, self.answer, row, self.said])
        self.add_class("cs-question")
        self.layout.margin = "4px 0 12px 0"
        self.layout.max_width = "760px"

    def check(self) -> None:
        """Show what the check says of the answer as it stands."""
        judged = self.question.check(_given(self.answer))
        with speaking(self.question.language):
            if judged.outcome is Outcome.NOT_ATTEMPTED:
                judged = _not_attempted(self.question.kind) or judged
        self.said.value = _feedback_html(judged)

    def hint(self) -> None:
        """Show one hint more each time; those shown before stay."""
        self._hints = min(self._hints + 1, len(self.question.hints))
        hints = [self.question.hint(number) for number in range(1, self._hints + 1)]
        self.said.value = _words_html(*(hints or [self.question.hint()]))

    def solve(self) -> None:
        """Show the solution."""
        self.said.value = _words_html(self.question.solution())


def _not_attempted(kind: Kind) -> Feedback | None:
    """Return what helps whoever pressed Check too early, where this form has words of its own."""
    if isinstance(kind, Choice):
        words = spoken("Choose one of them, then press Check.")
        return feedback(Outcome.NOT_ATTEMPTED, words)
    if isinstance(kind, Sketch):
        words = spoken("Draw across the grid first, then press Check.")
        return feedback(Outcome.NOT_ATTEMPTED, words)
    return None


def question_form(question: Question, asked: bool = True) -> QuestionForm:
    """Return the form of a question, with the question above it unless ``asked`` is false."""
    return QuestionForm(question, asked)


def _buttons(form: QuestionForm, question: Question) -> list[Any]:
    if isinstance(question.kind, Reflection):
        return [_button(spoken("Done"), f"{spoken('Done')}: {question.title}", form.check)]
    hint, solution = spoken("Show a hint"), spoken("Show the solution")
    return [
        _button(spoken("Check"), f"{spoken('Check')}: {question.title}", form.check),
        _button(spoken("Hint"), f"{hint}: {question.title}", form.hint),
        _button(spoken("Solution"), f"{solution}: {question.title}", form.solve),
    ]


def _button(name: str, tooltip: str, press: Any) -> ipywidgets.Button:
    button = ipywidgets.Button(description=name, tooltip=tooltip)
    button.on_click(lambda _: press())
    return button


def _answer_input(kind: Kind) -> Any:
    """Return the input that fits a kind of answer."""
    wide = ipywidgets.Layout(width="100%", max_width="560px")
    style = {"description_width": "initial"}
    if isinstance(kind, Choice):
        options = [(f"{letter}. {as_plain(says)}", letter) for letter, says in kind.choices.items()]
        tall = ipywidgets.Layout(width="100%")
        return ipywidgets.RadioButtons(options=options, value=None, layout=tall)
    if isinstance(kind, Number):
        label = spoken("Your answer:")
        if kind.unit:
            label = spoken("Your answer ({unit}):", unit=kind.unit)
        return ipywidgets.Text(description=label, layout=wide, style=style)
    if isinstance(kind, Sketch):
        return _pad(kind)
    if isinstance(kind, LoopsAndSigns):
        lines = "fish -> catch: +" if "fish" in kind.text else spoken("cause -> effect: +")
        return ipywidgets.Textarea(
            description=spoken("Your links:"),
            placeholder=lines,
            rows=8,
            layout=wide,
            style=style,
        )
    if isinstance(kind, Model):
        return ipywidgets.Textarea(
            description=spoken("Your lines:"),
            placeholder=kind.example,
            rows=8,
            layout=wide,
            style=style,
        )
    words = spoken("I have thought about it")
    return ipywidgets.Checkbox(description=words, indent=False, layout=wide)


def _pad(kind: Sketch) -> Any:
    """Return a grid to draw on that is wide and high enough for the right sketch and more."""
    times, levels = zip(*kind.points, strict=True)
    return sketch(
        kind.level,
        start=min(times),
        stop=max(times),
        low=min(0.0, *levels),
        high=kind.highest or 1.5 * max(levels),
        units=kind.unit,
        time_units=kind.time,
        count=kind.count,
    )


def _given(answer: Any) -> Any:
    """Return what has been entered so far."""
    return answer.points if hasattr(answer, "points") else answer.value


def _asked(question: Question) -> str:
    title = f"<strong>{_prose(question.heading)}</strong>"
    asked = "".join(f"<p>{_prose(part)}</p>" for part in question.ask.strip().split("\n\n"))
    return f'<div style="{_BOX}"><p>{title}</p>{asked}</div>{_how(question)}'


def _how(question: Question) -> str:
    """Say how to answer, where the input does not show it."""
    if isinstance(question.kind, Choice | Sketch):
        return ""
    return f'<div style="{_BOX}"><p>{_prose(question.kind.how)}</p></div>'


def _feedback_html(judged: Feedback) -> str:
    mark, colour = _MARKS[judged.outcome]
    first, _, rest = judged.text.partition("\n\n")
    return (
        f'<div role="status" style="{_SAID.format(colour=colour)}">'
        f'<strong><span aria-hidden="true">{mark}</span> {_prose(first)}</strong>'
        f"{_paragraphs(rest)}</div>"
    )


def _words_html(*words: Words) -> str:
    said = "".join(_paragraphs(one.text) for one in words)
    return f'<div role="status" style="{_SAID.format(colour="#0072B2")}">{said}</div>'


def _paragraphs(text: str) -> str:
    """Return paragraphs; one that is indented is shown line by line, as code is."""
    parts = [part for part in text.split("\n\n") if part.strip()]
    return "".join(
        f"<pre>{escape(part)}</pre>" if part.startswith("    ") else f"<p>{_prose(part)}</p>"
        for part in parts
    )


def _prose(text: str) -> str:
    """Return one paragraph as HTML, its emphasis set as such."""
    return as_html(" ".join(text.split()))
