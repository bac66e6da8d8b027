"""What all kinds of exercise have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from cstools.languages import spoken
from cstools.learning.checks import Feedback, Outcome, feedback


@dataclass(frozen=True)
class Misconception:
    """A wrong idea that many people share, the answers it leads to, and what helps.

    ``answers`` are in the form in which the kind compares them.
    """

    name: str
    answers: tuple[Any, ...]
    says: str

    def feedback(self) -> Feedback:
        """Return what a learner with this idea is told."""
        return feedback(Outcome.INCORRECT, self.says, self.name)


class Kind(ABC):
    """How answers of one kind are asked for, read and judged."""

    #: How the kind is called in a source.
    name: str
    #: Whether judging takes no time, so that a source is held against its answers when it is read.
    light: bool = True
    #: Whether a picture, a model or a function cannot be an answer, whatever it is about.
    picky: bool = True

    @property
    @abstractmethod
    def how(self) -> str:
        """One sentence: how to answer."""

    @property
    @abstractmethod
    def solution(self) -> Any:
        """An answer that is right, as a learner would give it."""

    @property
    @abstractmethod
    def shown_solution(self) -> str:
        """The right answer as text."""

    @abstractmethod
    def judge(self, answer: Any, misconceptions: Iterable[Misconception]) -> Feedback:
        """Judge an answer that was attempted.

        May raise anything on an answer that cannot be read; the question turns that into words.
        """


def is_blank(answer: Any) -> bool:
    """Say whether nothing was answered: None, ``...``, a blank text, an empty list or sketch."""
    given = getattr(answer, "points", answer)
    if given is None or given is ...:
        return True
    if isinstance(given, str):
        return not given.strip()
    return isinstance(given, list | tuple | dict | set) and not given


def called(answer: Any) -> str:
    """Return a sentence that says what an answer is, where it is none of the forms of an answer.

    A picture in the place of a number, a function that was not called: people hand them over, and
    are helped by its name. For what may be an answer the sentence is empty.
    """
    module = f"{type(answer).__module__}."
    if module.startswith("matplotlib.") or hasattr(answer, "figure"):
        return spoken("This is a picture.")
    if hasattr(answer, "recipe") and hasattr(answer, "time"):
        return spoken("This is a run of a model.")
    if hasattr(answer, "parts") and hasattr(answer, "clock"):
        return spoken("This is a model.")
    if hasattr(answer, "kind") and hasattr(answer, "hints"):
        return spoken("This is the question itself.")
    if hasattr(answer, "outcome") and hasattr(answer, "misconception"):
        return spoken("This is what a check has said.")
    if isinstance(answer, ModuleType):
        return spoken("This is a part of Python.")
    if callable(answer) and not hasattr(answer, "points"):
        return spoken("This is a function; write () after its name for what it gives back.")
    return ""


def recognised(misconceptions: Iterable[Misconception], answer: Any) -> Misconception | None:
    """Return the misconception that one of whose answers is exactly this one."""
    return next((one for one in misconceptions if answer in one.answers), None)
