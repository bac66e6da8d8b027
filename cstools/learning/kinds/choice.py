"""One of several statements, chosen by its letter or its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cstools.languages import spoken
from cstools.learning.checks import Feedback, Outcome, feedback
from cstools.learning.kinds.kind import Kind, Misconception, recognised


@dataclass(frozen=True)
class Choice(Kind):
    """Statements by letter, one of which is right."""

    choices: Mapping[str, str]
    right: str
    name = "choice"

    @property
    def how(self) -> str:
        """Say which letters there are."""
        letters = list(self.choices)
        return spoken(
            "Answer with a letter: {letters} or {last}.",
            letters=", ".join(letters[:-1]),
            last=letters[-1],
        )

    @property
    def solution(self) -> str:
        """The letter."""
        return self.right

    @property
    def shown_solution(self) -> str:
        """The letter and its statement."""
        return f"{self.right}. {self.choices[self.right]}"

    def judge(self, answer: Any, misconceptions: Iterable[Misconception]) -> Feedback:
        """Compare the letter."""
        letter = self.letter(answer)
        if not letter:
            words = spoken("This is none of the choices.")
            return feedback(Outcome.INCORRECT, f"{words} {self.how}")
        if letter == self.right:
            return feedback(Outcome.CORRECT, "")
        one = recognised(misconceptions, letter)
        if one:
            return one.feedback()
        return feedback(Outcome.INCORRECT, spoken("This is not it. A hint may help."))

    def letter(self, answer: Any) -> str:
        """Return the letter that an answer means: ``"(B)"``, ``"b."`` or the words; or nothing."""
        plain = " ".join(str(answer).split()).casefold() if isinstance(answer, str) else ""
        letter = re.sub(r"^[\s(\[]+|[\s)\].:]+$", "", plain)
        if letter in self.choices:
            return letter
        spoken = {" ".join(words.split()).casefold(): key for key, words in self.choices.items()}
        return spoken.get(plain, "")
