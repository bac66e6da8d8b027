"""The table of a gradebook: a row for each submission and set, and no cell that runs anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from cstools.learning.checks import Outcome
from cstools.spreadsheet_text import guarded

MOST_QUESTIONS = 8


@dataclass(frozen=True)
class Row:
    """One submission's answers to one set.

    Attributes
    ----------
    learner : str
        The first folder below the submissions, or the name of the file.
    file : str
        Where it lies below the submissions.
    exercises, version : str
        The set, and the state of it by which the answers were judged.
    how : str
        Whether it ran, and if not, why.
    outcomes : tuple of str
        One for each question, in the order of the set.
    whole : bool
        Whether it ran to its end, without a cell that failed, and every answer was judged.
    """

    learner: str
    file: str
    exercises: str
    version: str
    how: str
    outcomes: tuple[str, ...]
    whole: bool = False


def as_csv(rows: Iterable[Row]) -> str:
    """Return the table as text: a line for each row, and no cell that a spreadsheet would run."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    questions = [f"question {number}" for number in range(1, MOST_QUESTIONS + 1)]
    counted = [*map(str, Outcome), "questions"]
    writer.writerow(["learner", "file", "exercises", "version", "how it ran", *counted, *questions])
    for row in rows:
        counts = [row.outcomes.count(outcome) for outcome in Outcome]
        told = [row.learner, row.file, row.exercises, row.version, row.how]
        numbers = [*counts, len(row.outcomes)] if row.outcomes else []
        writer.writerow([*map(no_formula, told), *numbers, *row.outcomes])
    return "\ufeff" + text.getvalue()  # by which Excel knows that it is UTF-8


def no_formula(text: str) -> str:
    """Return a text that a spreadsheet shows and does not run, on one line.

    An apostrophe goes before what would be a formula, and before what held unprintable letters.
    """
    plain = "".join(c if c.isprintable() else " " for c in text)
    shown = guarded(plain)
    return shown if text == plain or shown.startswith("'") else f"'{shown}"
