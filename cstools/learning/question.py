"""A question and a set of questions: what is asked, how it is judged, what helps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cstools.errors import MissingPartError, unknown_name
from cstools.floors import upstairs
from cstools.languages import SOURCE, speaking, spoken
from cstools.learning.checks import Feedback, Outcome, Words, feedback
from cstools.learning.kinds.choice import Choice
from cstools.learning.kinds.kind import Kind, Misconception, called, is_blank
from cstools.learning.kinds.model import Model
from cstools.learning.progress import Progress, Record, progress_of, resume
from cstools.names import key

_VIEW = "application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True, repr=False)
class Question:
    """One question of a set: what is asked, how it is judged, and what helps.

    ``explanation`` is the solution in words; ``right`` is said to a right answer; ``position``
    is the number in its set, 0 for a question that stands alone; ``note`` is told each answer
    with what was said to it, and keeps the learner's progress; ``language`` is that of its words
    and of what a check says.
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
    note: Callable[[Question, Any, Feedback], None] | None = field(
        default=None, compare=False, repr=False
    )
    language: str = SOURCE

    def check(self, answer: Any = None, *more: Any) -> Feedback:
        """Judge an answer; whatever is handed over, the result is words.

        Nothing, ``...`` or a blank text is *not attempted*; an answer that cannot be read is
        *incorrect*, with a sentence that says how to write it. ``check(0,5)`` is read as a half,
        as in the countries that write it so.
        """
        if more:
            answer = _together(answer, *more)
        with speaking(self.language):
            judged = self._judged(answer)
        if self.note is not None and judged.outcome is not Outcome.NOT_ATTEMPTED:
            self.note(self, answer, judged)
        return judged

    def _judged(self, answer: Any) -> Feedback:
        try:
            if is_blank(answer):
                return feedback(Outcome.NOT_ATTEMPTED, self.kind.how)
            if self.kind.picky and (name := called(answer)):
                return feedback(Outcome.INCORRECT, f"{name} {self.kind.how}")
            judged = self.kind.judge(answer, self.misconceptions)
        except Exception:
            # An answer may be any object, broken ones too; a learner never meets a traceback.
            words = spoken("I cannot read this answer.")
            return feedback(Outcome.INCORRECT, f"{words} {self.kind.how}")
        if judged.outcome is Outcome.CORRECT and self.right:
            return replace(judged, text=f"{judged.text}\n\n{self.right.strip()}")
        return judged

    def hint(self, number: int = 1) -> Words:
        """Return a hint; the first says least, the last most."""
        with speaking(self.language):
            return Words(self._hint(number))

    def _hint(self, number: int) -> str:
        count = len(self.hints)
        if not count:
            return spoken("There is no hint to this one: take your time.")
        if not isinstance(number, int) or not 1 <= number <= count:
            return spoken(
                "There are {count} hints: hint(1) to hint({count}). Then solution().", count=count
            )
        which = spoken("Hint {number} of {count}.", number=int(number), count=count)
        return f"{which} {self.hints[int(number) - 1].strip()}"

    def solution(self) -> Words:
        """Return the answer and why it is the answer."""
        with speaking(self.language):
            answer = spoken("Solution: {answer}", answer=self.kind.shown_solution)
        return Words(f"{answer}\n\n{self.explanation.strip()}")

    @property
    def given(self) -> Any:
        """The model that a question about a model begins with, to change in code; else nothing."""
        return self.kind.given_model() if isinstance(self.kind, Model) else None

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
        with speaking(self.language):
            how = self.kind.how
        if not isinstance(self.kind, Choice):
            return how
        choices = "\n".join(f"- {key}. {says}" for key, says in self.kind.choices.items())
        return f"{choices}\n\n{how}"

    def __repr__(self) -> str:
        """Return the question as plain text."""
        return repr(Form(self))

    def _ipython_display_(self) -> None:
        Form(self)._ipython_display_()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return Form(self)._repr_mimebundle_()


def _together(*answers: Any) -> Any:
    """Return ``0, 5`` as the number that it is where a comma is the point; else all of them."""
    if len(answers) == 2 and all(type(one) is int for one in answers) and answers[1] >= 0:
        return f"{answers[0]},{answers[1]}"
    return answers


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
        return repr(Words(self.text))

    def _ipython_display_(self) -> None:
        """Show the question, and then the form, which covers it while there is a kernel."""
        _shown_first(self._repr_mimebundle_())

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """Offer the question as text, as prose, and as a form where the browser shows one."""
        bundle: dict[str, Any] = {"text/plain": repr(self), "text/markdown": self.text}
        try:
            room = upstairs("widgets.question")
        except MissingPartError:
            return bundle
        with speaking(self.question.language):
            shown = room.question_form(self.question, self.asked)._repr_mimebundle_()
        return {**bundle, **{name: view for name, view in shown.items() if name == _VIEW}}


@dataclass(frozen=True, repr=False)
class Keep:
    """The place where progress is seen, downloaded and loaded again."""

    exercises: ExerciseSet

    @property
    def text(self) -> str:
        """What is shown where there is no live part; it stays the same whatever was answered."""
        with speaking(self.exercises.language):
            return spoken(
                "Your progress: `exercises.progress` shows it, `exercises.progress.write(…)` "
                'writes it to a file, and `exercises.resume("{name}.progress.json")` loads it '
                "again.",
                name=self.exercises.name,
            )

    def __repr__(self) -> str:
        """Return the text as plain lines."""
        return repr(Words(self.text.replace("`", "")))

    def _ipython_display_(self) -> None:
        _shown_first(self._repr_mimebundle_())

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """Offer the text, and the live part where the browser shows one."""
        bundle: dict[str, Any] = {"text/plain": repr(self), "text/markdown": self.text}
        try:
            room = upstairs("widgets.progress")
        except MissingPartError:
            return bundle
        with speaking(self.exercises.language):
            shown = room.keeper(self.exercises)._repr_mimebundle_()
        return {**bundle, **{name: view for name, view in shown.items() if name == _VIEW}}


def _shown_first(bundle: dict[str, Any]) -> None:
    """Show the text, and then the live part, which covers it while there is a kernel."""
    from IPython.display import display

    view = {name: bundle.pop(name) for name in (_VIEW,) if name in bundle}
    for shown in filter(None, (bundle, view)):
        display(shown, raw=True)


@dataclass(frozen=True, repr=False)
class ExerciseSet:
    """The questions that go with a notebook, by name or by position from 1.

    ``version`` tells one state of the set from another: it changes with every change of the
    source, and is the same in every ``language``.
    """

    name: str
    title: str
    introduction: str
    minutes: int
    references: tuple[str, ...]
    questions: tuple[Question, ...]
    version: str = ""
    record: Record = field(default_factory=Record, compare=False, repr=False)
    language: str = SOURCE

    @property
    def progress(self) -> Progress:
        """How far you are in this session: a table, and a receipt to take along."""
        return progress_of(self)

    @property
    def keep(self) -> Keep:
        """The place where progress is seen, downloaded and loaded again, for a notebook."""
        return Keep(self)

    def points(self, name: str | int) -> float:
        """Return 1 where the question was answered rightly in this session, else 0."""
        return self.progress.points(self[name])

    def resume(self, receipt: str | bytes | Path) -> Progress:
        """Go on from a receipt: a file, or its text. Its answers are checked again.

        A receipt of other exercises, or one that was changed, gets a sentence, not an error.
        """
        return resume(self, receipt)

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
