"""A question and a set of questions: what is asked, how it is judged, what helps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from cstools.errors import MissingPartError, unknown_name
from cstools.floors import upstairs
from cstools.learning.checks import Feedback, Outcome, Words, feedback
from cstools.learning.kinds.choice import Choice
from cstools.learning.kinds.kind import Kind, Misconception, is_blank
from cstools.names import key

_VIEW = "application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True, repr=False)
class Question:
    """One question of a set: what is asked, how it is judged, and what helps.

    ``explanation`` is the solution in words; ``right`` is said to a right answer; ``position``
    is the number in its set, 0 for a question that stands alone.
    """

    name: str
    title: str
    ask: str
    kind: Kind
    hints: tuple[str, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    explanation: str = ""
    right: str = ""
    position: int = 0

    def check(self, answer: Any = None) -> Feedback:
        """Judge an answer; whatever is handed over, the result is words.

        Nothing, ``...`` or a blank text is *not attempted*; an answer that cannot be read is
        *incorrect*, with a sentence that says how to write it.
        """
        try:
            if is_blank(answer):
                return feedback(Outcome.NOT_ATTEMPTED, self.kind.how)
            judged = self.kind.judge(answer, self.misconceptions)
        except Exception:
            # An answer may be any object, broken ones too; a learner never meets a traceback.
            return feedback(Outcome.INCORRECT, f"I cannot read this answer. {self.kind.how}")
        if judged.outcome is Outcome.CORRECT and self.right:
            return replace(judged, text=f"{judged.text}\n\n{self.right.strip()}")
        return judged

    def hint(self, number: int = 1) -> Words:
        """Return a hint; the first says least, the last most."""
        count = len(self.hints)
        if not count:
            return Words("There is no hint to this one: take your time.")
        if number not in range(1, count + 1):
            return Words(f"There are {count} hints: hint(1) to hint({count}). Then solution().")
        return Words(f"Hint {int(number)} of {count}. {self.hints[int(number) - 1].strip()}")

    def solution(self) -> Words:
        """Return the answer and why it is the answer."""
        return Words(f"Solution: {self.kind.shown_solution}\n\n{self.explanation.strip()}")

    @property
    def form(self) -> Form:
        """The place for the answer alone, where the question stands above it already."""
        return Form(self, asked=False)

    @property
    def text(self) -> str:
        """The question as it is read: title, what is asked, the choices, how to answer."""
        return f"**{self.heading}**\n\n{self.ask.strip()}\n\n{self.how}"

    @property
    def heading(self) -> str:
        """The title, with the number that the question has in its set."""
        return f"{self.position}. {self.title}" if self.position else self.title

    @property
    def how(self) -> str:
        """The choices, if there are any, and how to answer."""
        if not isinstance(self.kind, Choice):
            return self.kind.how
        choices = "\n".join(f"- {key}. {says}" for key, says in self.kind.choices.items())
        return f"{choices}\n\n{self.kind.how}"

    def __repr__(self) -> str:
        """Return the question as plain text."""
        return repr(Form(self))

    def _ipython_display_(self) -> None:
        Form(self)._ipython_display_()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return Form(self)._repr_mimebundle_()


@dataclass(frozen=True, repr=False)
class Form:
    """A question with a place for its answer, as a notebook shows it."""

    question: Question
    asked: bool = True

    @property
    def text(self) -> str:
        """What is shown where no form can be."""
        return self.question.text if self.asked else self.question.how

    def __repr__(self) -> str:
        """Return the question as plain text."""
        return repr(Words(self.text.replace("**", "")))

    def _ipython_display_(self) -> None:
        """Show the question, and then the form, which covers it while there is a kernel."""
        from IPython.display import display

        bundle = self._repr_mimebundle_()
        view = {name: bundle.pop(name) for name in (_VIEW,) if name in bundle}
        for shown in filter(None, (bundle, view)):
            display(shown, raw=True)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """Offer the question as text, as prose, and as a form where the browser shows one."""
        bundle: dict[str, Any] = {"text/plain": repr(self), "text/markdown": self.text}
        try:
            room = upstairs("widgets.question")
        except MissingPartError:
            return bundle
        shown = room.question_form(self.question, self.asked)._repr_mimebundle_()
        return {**bundle, **{name: view for name, view in shown.items() if name == _VIEW}}


@dataclass(frozen=True, repr=False)
class ExerciseSet:
    """The questions that go with a notebook, by name or by position from 1."""

    name: str
    title: str
    introduction: str
    minutes: int
    references: tuple[str, ...]
    questions: tuple[Question, ...]

    def __getitem__(self, name: str | int) -> Question:
        """Return a question by its name, in any spelling, or by its position."""
        for question in self.questions:
            if name == question.position or key(str(name)) == key(question.name):
                return question
        raise unknown_name(
            str(name), [question.name for question in self.questions], f"exercises '{self.name}'"
        )

    def __iter__(self) -> Iterator[Question]:
        """Go through the questions in order."""
        return iter(self.questions)

    def __len__(self) -> int:
        """Return the number of questions."""
        return len(self.questions)

    @property
    def text(self) -> str:
        """The title and the questions by name."""
        names = "\n".join(
            f'{question.position}. {question.title} `["{question.name}"]`' for question in self
        )
        return f"**{self.title}**, {self.minutes} minutes\n\n{names}"

    def __repr__(self) -> str:
        """Return the title and the questions as plain text."""
        return repr(Words(self.text.replace("**", "").replace("`", "")))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/markdown": self.text}
