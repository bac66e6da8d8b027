"""What a check says: one of four outcomes, and words that help with the next step.

The first line of a feedback is plain text and always the same for an outcome: ``Correct.``,
``Close.``, ``Incorrect.``, ``Not attempted.`` (a reflection says ``Complete.`` or ``Not yet.``), or
the words for it in the language that is spoken (:mod:`cstools.languages`).
Nothing a learner wrote is ever repeated in it.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cstools.languages import spoken
from cstools.learning.emphasis import as_plain

_LINE = 88
_ITEM = re.compile(r"- |\d+\. ")


class Outcome(StrEnum):
    """How far an answer is; the words are the same in every language of the interface."""

    NOT_ATTEMPTED = "not attempted"
    INCORRECT = "incorrect"
    CLOSE = "close"
    CORRECT = "correct"


@dataclass(frozen=True)
class Words:
    """A short text that a notebook sets as prose and a console prints as lines."""

    text: str

    def __repr__(self) -> str:
        """Return the text in lines that fit a page."""
        return wrapped(self.text)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/markdown": self.text}


@dataclass(frozen=True, repr=False)
class Feedback(Words):
    """An outcome and the words that go with it.

    ``misconception`` is the name of the idea behind the answer, where it was recognised, and
    empty otherwise. It can mislead: the same wrong number can come from a slip of the pen.
    """

    outcome: Outcome = Outcome.NOT_ATTEMPTED
    misconception: str = ""


def feedback(outcome: Outcome, says: str, misconception: str = "", first: str = "") -> Feedback:
    """Return the feedback whose first line is that of its outcome, or ``first``."""
    line = first or _first_line(outcome)
    return Feedback(f"{line}\n\n{says.strip()}" if says else line, outcome, misconception)


def _first_line(outcome: Outcome) -> str:
    lines = {
        Outcome.NOT_ATTEMPTED: spoken("Not attempted."),
        Outcome.INCORRECT: spoken("Incorrect."),
        Outcome.CLOSE: spoken("Close."),
        Outcome.CORRECT: spoken("Correct."),
    }
    return lines[outcome]


def wrapped(text: str) -> str:
    """Return a text broken into lines that fit a page; indented lines and tables keep theirs.

    Marks of emphasis are left out, as a console cannot show them.
    """
    paragraphs = [paragraph.strip("\n") for paragraph in text.strip().split("\n\n")]
    return "\n".join(_paragraph(paragraph) for paragraph in paragraphs if paragraph)


def _paragraph(paragraph: str) -> str:
    lines = paragraph.splitlines()
    if all(_ITEM.match(line) for line in lines):
        return "\n".join(_filled(as_plain(line), hang="  ") for line in lines)
    if any(line.startswith(("    ", "|")) for line in lines):
        return paragraph
    return _filled(as_plain(" ".join(line.strip() for line in lines)))


def _filled(line: str, hang: str = "") -> str:
    """Break a line between words only: an address or a name with hyphens stays whole."""
    return textwrap.fill(
        line, _LINE, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
    )
