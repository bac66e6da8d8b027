"""Progress: what was answered so far, kept in a small file that a learner takes along.

Binder forgets everything when a page is closed. So a learner downloads a *receipt* and loads it
again on another day. It is a text in JSON::

    {"cstools receipt": 1, "set": "01-bathtub", "version": "8a1f…", "saved": "2026-11-26",
     "answers": {"fullest": "b", "my bath": true}, "outcomes": {"fullest": "correct", …},
     "seal": "…"}

Nothing that a receipt says is believed: when it is loaded, its answers are checked again, by the
exercises as they are now. The outcomes in it are for people to read. The seal tells a slip of the
editor's hand from a receipt as it was saved; whoever wants to can make another, and gains nothing
by it, as no grade comes from a receipt. Of a reflection it holds that it is done, and no word.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cstools.errors import FileError, brief
from cstools.languages import speaking, spoken
from cstools.learning.answers import as_data, from_data
from cstools.learning.checks import Feedback, Outcome, wrapped
from cstools.learning.kinds.reflection import Reflection
from cstools.whole_files import write_whole

if TYPE_CHECKING:
    from cstools.learning.question import ExerciseSet, Question

#: The form of a receipt; another number is another form.
FORM = 1
_NAME = "cstools receipt"
_LARGEST = 2_000_000
#: How far an outcome is, to say which of two is the better.
RANK = {Outcome.NOT_ATTEMPTED: 0, Outcome.INCORRECT: 1, Outcome.CLOSE: 2, Outcome.CORRECT: 3}
_MARKS = {
    Outcome.CORRECT: ("✓", "#009E73"),
    Outcome.CLOSE: ("≈", "#E69F00"),
    Outcome.INCORRECT: ("↻", "#D55E00"),
    Outcome.NOT_ATTEMPTED: ("○", "#8a96a3"),
}


class Record:
    """What was answered to a set in this session: of each question the best answer so far."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Outcome, Any]] = {}
        self._watching: Callable[[], None] | None = None

    def note(self, question: Question, answer: Any, judged: Feedback) -> None:
        """Keep an answer as good as the one kept, or better; of a reflection, that it is done."""
        before = self._kept.get(question.name, (Outcome.NOT_ATTEMPTED, None))[0]
        if RANK[judged.outcome] >= RANK[before]:
            data = True if isinstance(question.kind, Reflection) else as_data(answer)
            self._kept[question.name] = (judged.outcome, data)
        if self._watching is not None:
            self._watching()

    def watch(self, told: Callable[[], None]) -> None:
        """Call a function after every check, in place of the one called so far."""
        self._watching = told

    @property
    def kept(self) -> Mapping[str, tuple[Outcome, Any]]:
        """Outcome and answer, as data, by the name of the question."""
        return dict(self._kept)


@dataclass(frozen=True, repr=False)
class Progress:
    """How far a learner is with a set: a table to see, a receipt to take along.

    Attributes
    ----------
    exercises : ExerciseSet
    outcomes : mapping
        Of each question that was tried, the best so far, by its name.
    answers : mapping
        The answers they were given for, as data.
    told : tuple of str
        What is to be said about a receipt that was loaded.
    """

    exercises: ExerciseSet
    outcomes: Mapping[str, Outcome]
    answers: Mapping[str, Any] = field(default_factory=dict)
    told: tuple[str, ...] = ()

    @property
    def receipt(self) -> str:
        """The text of the receipt; see the head of this module."""
        said = {
            _NAME: FORM,
            "set": self.exercises.name,
            "version": self.exercises.version,
            "saved": date.today().isoformat(),
            "answers": dict(self.answers),
            "outcomes": {name: str(outcome) for name, outcome in self.outcomes.items()},
        }
        return json.dumps({**said, "seal": _seal(said)}, indent=1, ensure_ascii=False) + "\n"

    def write(self, path: str | Path) -> Path:
        """Write the receipt to a file, and return where it is.

        Raises
        ------
        FileError
            When the place cannot be written.
        """
        return write_whole(Path(path), self.receipt)

    def describe(self) -> str:
        """Return in a sentence how far this is."""
        counts = {outcome: self._count(outcome) for outcome in _MARKS}
        with speaking(self.exercises.language):
            told = [f"{number} {_said(outcome)}" for outcome, number in counts.items() if number]
            title, count = self.exercises.title, len(self.exercises)
            outcomes = ", ".join(told)
            if title.endswith(("?", "!")):
                counted = spoken(
                    "Of {count} questions, {outcomes}.", count=count, outcomes=outcomes
                )
                return f"{title} {counted}"
            return spoken(
                "{title}: of {count} questions, {outcomes}.",
                title=title,
                count=count,
                outcomes=outcomes,
            )

    def outcome(self, question: Question) -> Outcome:
        """Return the best outcome of a question so far."""
        return self.outcomes.get(question.name, Outcome.NOT_ATTEMPTED)

    def _word(self, question: Question) -> str:
        """Return the outcome as it is shown; what was reflected on is done, not correct."""
        done = isinstance(question.kind, Reflection) and question.name in self.outcomes
        with speaking(self.exercises.language):
            return spoken("done") if done else _said(self.outcome(question))

    def _count(self, outcome: Outcome) -> int:
        return sum(self.outcome(question) is outcome for question in self.exercises)

    def __repr__(self) -> str:
        """Return the sentence, what is to be said, and a line for each question."""
        lines = [
            f"- {_MARKS[self.outcome(one)][0]} {one.heading}: {self._word(one)}"
            for one in self.exercises
        ]
        return wrapped("\n\n".join([*self.told, self.describe(), "\n".join(lines)]))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self.table() + self.link()}

    def table(self) -> str:
        """Return the progress as HTML: a bar, and a table with a row for each question."""
        rows = "".join(self._row(question) for question in self.exercises)
        told = "".join(f"<p>{escape(sentence)}</p>" for sentence in self.told)
        with speaking(self.exercises.language):
            names = (spoken("Question"), spoken("So far"))
        head = "".join(f"<th scope='col'>{name}</th>" for name in names)
        return (
            f"{_STYLE}<div class='cs-progress'>{told}<p>{escape(self.describe())}</p>{self._bar()}"
            f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        )

    def link(self) -> str:
        """Return a link by which a browser saves the receipt; it goes nowhere else."""
        data = base64.b64encode(self.receipt.encode()).decode()
        name = escape(self.file_name)
        with speaking(self.exercises.language):
            says = spoken("Download my progress")
        return (
            f"<p class='cs-progress'><a class='cs-progress-door' download='{name}' "
            f"href='data:application/json;base64,{data}'>{says}</a></p>"
        )

    def points(self, question: Question) -> float:
        """Return 1 for a right answer and 0 for any other, as nbgrader counts."""
        return float(self.outcome(question) is Outcome.CORRECT)

    @property
    def file_name(self) -> str:
        """How the file with the receipt is called, if you do not say."""
        return f"{self.exercises.name}.progress.json"

    def _bar(self) -> str:
        parts = "".join(
            f"<span style='background:{_MARKS[self.outcome(one)][1]}'>"
            f"{_MARKS[self.outcome(one)][0]}</span>"
            for one in self.exercises
        )
        return f"<div class='cs-progress-bar' aria-hidden='true'>{parts}</div>"

    def _row(self, question: Question) -> str:
        outcome = self.outcome(question)
        mark = f"<span aria-hidden='true'>{_MARKS[outcome][0]}</span>"
        said = f"<td>{mark} {self._word(question)}</td>"
        return f"<tr><th scope='row'>{escape(question.heading)}</th>{said}</tr>"


def _said(outcome: Outcome) -> str:
    words = {
        Outcome.NOT_ATTEMPTED: spoken("not attempted"),
        Outcome.INCORRECT: spoken("incorrect"),
        Outcome.CLOSE: spoken("close"),
        Outcome.CORRECT: spoken("correct"),
    }
    return words[outcome]


def progress_of(exercises: ExerciseSet) -> Progress:
    """Return how far a learner is in this session."""
    kept = exercises.record.kept
    outcomes = {name: outcome for name, (outcome, _) in kept.items()}
    return Progress(exercises, outcomes, {name: data for name, (_, data) in kept.items()})


def resume(exercises: ExerciseSet, receipt: str | bytes | Path) -> Progress:
    """Check the answers of a receipt again, go on from there, and return how far that is.

    What was answered in this session stays where it is better. A receipt that cannot be used, or
    that is not as it was saved, gets a sentence; nothing is raised.
    """
    with speaking(exercises.language):
        try:
            said = _read(receipt, exercises)
        except FileError as error:
            return _with(progress_of(exercises), str(error))
        told = _remarks(said, exercises)
    for question in exercises:
        if question.name in said["answers"]:
            answer = from_data(said["answers"][question.name])
            question.check(answer is not False if isinstance(question.kind, Reflection) else answer)
    return _with(progress_of(exercises), *told)


def answers_in_receipt(path: Path, name: str = "") -> tuple[str, dict[str, Any]]:
    """Return the set that a receipt is of, and the answers in it as data, by question.

    Raises
    ------
    FileError
        When it is none.
    """
    said = _parsed(_text(path, name or path.name), f"'{name or path.name}'")
    return said["set"], said["answers"]


# --- reading --------------------------------------------------------------------------------------


def _read(receipt: str | bytes | Path, exercises: ExerciseSet) -> dict[str, Any]:
    """Return what a receipt of this set says."""
    looks_like_text = isinstance(receipt, bytes) or (
        isinstance(receipt, str) and receipt.lstrip().startswith("{")
    )
    if looks_like_text:
        text = receipt.decode("utf-8", "replace") if isinstance(receipt, bytes) else str(receipt)
        said = _parsed(text[:_LARGEST], "This")
    else:
        path = Path(str(receipt))
        name = path.name if len(path.name) < 60 else brief(path.name)
        said = _parsed(_text(path, name), f"'{name}'")
    if said["set"] != exercises.name:
        raise FileError(
            spoken(
                "This receipt is of other exercises, '{other}'. Here it is about '{this}'. "
                "Nothing was loaded, and nothing is lost.",
                other=brief(said["set"], 40),
                this=exercises.name,
            )
        )
    return said


def _text(path: Path, name: str) -> str:
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a device may have no end
            raise ValueError
        if path.stat().st_size > _LARGEST:
            raise FileError(spoken("'{name}' is far too large for a receipt.", name=name))
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        if isinstance(error, FileError):
            raise
        why = getattr(error, "strerror", None) or spoken("it is no text")
        raise FileError(spoken("'{name}' cannot be opened: {why}.", name=name, why=why)) from None


def _parsed(text: str, name: str) -> dict[str, Any]:
    """Return a receipt in its form; whatever else a file holds is left aside."""
    try:
        said = json.loads(text.removeprefix("\ufeff"))
        if said[_NAME] != FORM:
            raise ValueError
        kept = {"set": str(said["set"]), "version": str(said.get("version", ""))}
        answers = {str(question): data for question, data in said["answers"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise FileError(
            spoken(
                "{name} is not a receipt, or a part of it is missing. Look for a file that ends in "
                ".progress.json. Nothing was loaded, and nothing is lost.",
                name=name,
            )
        ) from None
    return {**kept, "answers": answers, "whole": said.get("seal") == _seal(_without_seal(said))}


def _remarks(said: Mapping[str, Any], exercises: ExerciseSet) -> tuple[str, ...]:
    """Return what a learner should know about the receipt that was loaded."""
    remarks = []
    if not said["whole"]:
        remarks.append(
            spoken(
                "This receipt is not as it was saved; somebody changed it. That does no harm: the "
                "answers in it were checked again just now, and this is what they give."
            )
        )
    if said["version"] != exercises.version:
        remarks.append(
            spoken(
                "The exercises have changed since this receipt was saved. Your answers were "
                "checked again by the new ones."
            )
        )
    return tuple(remarks)


def _without_seal(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name != "seal"}


def _seal(said: Mapping[str, Any]) -> str:
    """Return what changes with any change of a receipt; it is no secret and proves nothing."""
    plain = json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return sha256(plain.encode()).hexdigest()[:16]


def _with(progress: Progress, *told: str) -> Progress:
    return Progress(progress.exercises, progress.outcomes, progress.answers, told)


_STYLE = """<style>
.cs-progress { font-size: 14px; line-height: 1.5; max-width: 70ch; }
.cs-progress p { margin: 0 0 .5em; }
.cs-progress table { border-collapse: collapse; margin: .5em 0; }
.cs-progress th, .cs-progress td { text-align: left; padding: .2em 1.2em .2em 0; }
.cs-progress tbody th { font-weight: normal; }
.cs-progress-door, .cs-progress-door:visited { display: inline-block; padding: .4em 1em;
  border-radius: 4px; background: #0072b2; color: #fff !important; text-decoration: none; }
.cs-progress-door:hover, .cs-progress-door:focus { background: #005a8c;
  text-decoration: underline; }
.cs-progress-bar { display: flex; gap: 3px; max-width: 420px; }
.cs-progress-bar span { flex: 1; height: 1.6em; line-height: 1.6em; text-align: center;
  color: #000; font-weight: bold; border-radius: 3px; }
</style>"""
