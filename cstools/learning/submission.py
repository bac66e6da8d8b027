"""A learner's notebook run inside the fence: its cells from top to bottom, its answers reported.

What is reported is answers, never outcomes. Whatever the notebook does to this process, the
course's code in it included, the worst it can report is another answer, and an answer is judged
elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from cstools.languages import SOURCE
from cstools.learning import exercises, question
from cstools.learning.answers import as_data
from cstools.learning.kinds.reflection import Reflection

Say = Callable[[Mapping[str, Any]], None]


def run(work: Mapping[str, Any], say: Say) -> None:
    """Run the code cells of ``work["cells"]``, a file of sources; report answers as they come."""
    cells = json.loads(Path(work["cells"]).read_text(encoding="utf-8"))
    _report_answers(say)
    shell = _shell()
    for position, source in cells:
        say({"cell": position})
        if trouble := _trouble(shell, source):
            say({"cell": position, "failed": trouble})


def _report_answers(say: Say) -> None:
    """Let every question of a set that is loaded report what is answered to it."""
    load = exercises.load_set

    def note(name: str) -> Callable[[question.Question, Any, Any], None]:
        def told(one: question.Question, answer: Any, _: Any) -> None:
            data = True if isinstance(one.kind, Reflection) else as_data(answer)
            say({"set": name, "question": one.name, "answer": data})

        return told

    def load_and_listen(name: str | Path, language: str = SOURCE) -> question.ExerciseSet:
        found = load(name, language)
        return replace(found, questions=tuple(_noting(found, note(found.name))))

    import cstools.learning

    exercises.load_set = load_and_listen
    cstools.learning.load_set = load_and_listen


def _noting(found: question.ExerciseSet, note: Any) -> Iterator[question.Question]:
    for one in found:
        yield replace(one, note=note)


def _shell() -> Any:
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    shell.history_manager.enabled = False
    return shell


def _trouble(shell: Any, source: str) -> str:
    """Run one cell; return the kind of error it ended in, or nothing."""
    try:
        result = shell.run_cell(source, store_history=False, silent=True)
    except (Exception, SystemExit, KeyboardInterrupt) as stopped:
        return type(stopped).__name__
    error = result.error_before_exec or result.error_in_exec
    return type(error).__name__ if error is not None else ""
