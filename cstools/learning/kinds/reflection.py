"""Something to think over: done or not done, and nobody else's business.

What a learner thinks is not read, not kept and not printed; a tick is enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cstools.languages import spoken
from cstools.learning.checks import Feedback, Outcome, feedback
from cstools.learning.kinds.kind import Kind, Misconception


@dataclass(frozen=True)
class Reflection(Kind):
    """A question without a right answer."""

    name = "reflection"
    picky = False

    @property
    def how(self) -> str:
        """Say that nothing is kept."""
        return spoken(
            "Think, or write on paper; then say that it is done. Nothing you write is kept."
        )

    @property
    def solution(self) -> bool:
        """That it is done."""
        return True

    @property
    def shown_solution(self) -> str:
        """There is none."""
        return spoken("There is no right answer; yours is your own.")

    def judge(self, answer: Any, misconceptions: Iterable[Misconception]) -> Feedback:
        """Accept anything but an explicit no, without looking at what it says."""
        if answer is False:
            kindly = spoken("Take your time. Tick the box when you like, or simply read on.")
            return feedback(Outcome.NOT_ATTEMPTED, kindly, first=spoken("Not yet."))
        thanks = spoken("Thank you. It stays with you.")
        return feedback(Outcome.CORRECT, thanks, first=spoken("Complete."))
