"""Answers judged inside a fence of their own, by a process in which no learner's code ever ran.

An answer may be made to take for ever, such as a model with an endless equation; the fence ends it,
and those judged before it count.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cstools.learning.answers import from_data
from cstools.learning.checks import Outcome
from cstools.learning.exercises import load_set
from cstools.learning.kinds.reflection import Reflection
from cstools.learning.progress import RANK
from cstools.learning.question import Question
from cstools.learning.translation.words import languages_of


def judge(work: Mapping[str, Any], say: Callable[[Mapping[str, Any]], None]) -> None:
    """Judge the answers of ``work["answers"]``, a file; report the outcome of each, in order."""
    answers = json.loads(Path(work["answers"]).read_text(encoding="utf-8"))
    for name, given in answers.items():
        source = Path(work["sources"][name])
        sets = [load_set(source, language) for language in languages_of(name)]
        for questions in zip(*sets, strict=True):
            if questions[0].name not in given:
                continue
            outcome = _outcome(questions, from_data(given[questions[0].name]))
            say({"set": name, "question": questions[0].name, "outcome": str(outcome)})


def _outcome(questions: Sequence[Question], answer: Any) -> Outcome:
    """Return the outcome of an answer in the language in which it is nearest to right.

    Units and the words of a map are answered in the language of the learner's notebook.
    """
    if isinstance(questions[0].kind, Reflection):
        answer = answer is not False
    outcome = questions[0].check(answer).outcome
    for question in questions[1:]:
        if outcome is Outcome.CORRECT:
            break
        outcome = max(outcome, question.check(answer).outcome, key=RANK.__getitem__)
    return outcome
