"""From the source of a set: the learner's notebook, and the same with every answer given.

``python -m cstools.learning.generate`` writes both for every set under ``exercises/``. The
learner's has never been run; the solution's results are those its questions give, and strict
nbval runs it to see that they are.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cstools.errors import CstoolsError
from cstools.learning.exercises import load_set
from cstools.learning.kinds.kind import Kind
from cstools.learning.kinds.reflection import Reflection
from cstools.learning.question import ExerciseSet, Question
from cstools.learning.references import cite
from cstools.learning.refresh import as_text, tidied

_HOW = """Choose *Run ▸ Run All Cells*. Every question then has a place for your answer and three
buttons; no code is needed. Check as often as you like: nothing is counted, and nothing is sent
anywhere."""
_IN_CODE = """## In code, if you like

The same questions for whoever prefers to write: put each answer in place of the three dots, and
run its cell."""

Cell = dict[str, Any]


def notebooks(exercises: ExerciseSet) -> dict[str, str]:
    """Return the text of both notebooks of a set, by the names of their files."""
    learner = [_opening(exercises), *_set_up(exercises)]
    solution = [_opening(exercises, " (solution)"), *_set_up(exercises)]
    for question in exercises:
        asked = _markdown(f"## {question.position}. {question.title}\n\n{question.ask.strip()}")
        learner += [asked, _form(question)]
        solution += [asked, *_answered(question)]
    sources = [_markdown(f"## Sources\n\n{cite(*exercises.references).text}")]
    learner += [*sources, _markdown(_IN_CODE), *(_check(one, _blank(one)) for one in exercises)]
    solution += sources
    return {
        f"{exercises.name}.ipynb": as_text(tidied({"cells": learner})),
        f"{exercises.name}.solution.ipynb": as_text(tidied({"cells": _counted(solution)})),
    }


def generate(folder: Path) -> list[Path]:
    """Write the notebooks of every set under a folder; return the files that changed.

    Raises
    ------
    CstoolsError
        When a source has something wrong in it; nothing is written then, for any set.
    """
    texts = {
        source.parent / name: text
        for source in sorted(folder.rglob("source.toml"))
        for name, text in notebooks(load_set(source)).items()
    }
    changed = [path for path, text in texts.items() if not _holds(path, text)]
    for path in changed:
        path.write_text(texts[path], encoding="utf-8")
    return changed


def _opening(exercises: ExerciseSet, kind: str = "") -> Cell:
    return _markdown(
        f"# {exercises.title}{kind}\n\n{exercises.introduction.strip()}\n\n"
        f"About {exercises.minutes} minutes.\n\n{_HOW}"
    )


def _set_up(exercises: ExerciseSet) -> list[Cell]:
    source = f'from cstools.learning import load_set\n\nexercises = load_set("{exercises.name}")'
    return [_code(source, folded=True)]


def _form(question: Question) -> Cell:
    return _code(f'exercises["{question.name}"].form', folded=True)


def _blank(question: Question) -> str:
    """Return what stands where an answer goes; what was reflected on is said, never written."""
    return "False" if isinstance(question.kind, Reflection) else "..."


def _check(question: Question, answer: str) -> Cell:
    return _code(f'exercises["{question.name}"].check({answer})')


def _answered(question: Question) -> list[Cell]:
    """Return the form, the check of the right answer and the solution, with their results."""
    check = _check(question, answer_in_code(question.kind))
    check["outputs"] = [_result(question.check(question.kind.solution))]
    explanation = _code(f'exercises["{question.name}"].solution()')
    explanation["outputs"] = [_result(question.solution())]
    form = _form(question)
    form["outputs"] = [_result(question.form)]
    return [form, check, explanation]


def answer_in_code(kind: Kind) -> str:
    """Return the right answer as a person would write it in a cell."""
    answer = kind.solution
    if isinstance(answer, str) and "\n" in answer:
        return f'"""\n{answer}\n"""'
    if isinstance(answer, str):
        return f'"{answer}"'
    if isinstance(answer, list):
        return "[" + ", ".join(f"({time:g}, {level:g})" for time, level in answer) + "]"
    return f"{answer:g}" if isinstance(answer, float) else repr(answer)


def _result(shown: Any) -> Cell:
    texts = {"text/plain": repr(shown), "text/markdown": shown.text}
    return {"output_type": "execute_result", "metadata": {}, "data": texts, "execution_count": 0}


def _counted(cells: list[Cell]) -> list[Cell]:
    """Return the cells with the counts that a run from top to bottom gives them."""
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    for count, cell in enumerate(code, start=1):
        cell["execution_count"] = count
        for output in cell["outputs"]:
            output["execution_count"] = count
    return cells


def _markdown(source: str) -> Cell:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _code(source: str, folded: bool = False) -> Cell:
    metadata = {"jupyter": {"source_hidden": True}} if folded else {}
    return {
        "cell_type": "code",
        "metadata": metadata,
        "source": source,
        "execution_count": None,
        "outputs": [],
    }


def _holds(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


def main(arguments: Iterable[str]) -> int:
    """Write the notebooks under each folder named, or under ``exercises``."""
    try:
        for folder in list(arguments) or ["exercises"]:
            for path in generate(Path(folder)):
                print(f"{path.name}: written")
    except CstoolsError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
