"""From the source of a set: the learner's notebook, and the same with every answer given.

``python -m cstools.learning.generate`` writes both for every set under ``exercises/``. The
learner's has never been run; the solution's results are those its questions give, and a test
holds every solution to what its cells give.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cstools.errors import CstoolsError
from cstools.languages import SOURCE, speaking, spoken
from cstools.learning.exercises import load_set
from cstools.learning.kinds.kind import Kind
from cstools.learning.kinds.model import Model
from cstools.learning.kinds.reflection import Reflection
from cstools.learning.question import ExerciseSet, Question
from cstools.learning.references import cite
from cstools.learning.refresh import as_text, tidied
from cstools.learning.source import hold_against_answers

#: The version of nbgrader's cell metadata that is written here; see its guide for contributors,
#: "JSON Metadata Format", and its schema v3.json.
NBGRADER_SCHEMA = 3
_LONGEST_LINE = 100

Cell = dict[str, Any]


def notebooks(exercises: ExerciseSet) -> dict[str, str]:
    """Return the text of both notebooks of a set, by the names of their files.

    In another language there is the learner's alone: solutions are for faculty.
    """
    with speaking(exercises.language):
        learner = _learners(exercises)
        if exercises.language != SOURCE:
            return {f"{exercises.name}.{exercises.language}.ipynb": as_text(tidied(learner))}
        return {
            f"{exercises.name}.ipynb": as_text(tidied(learner)),
            f"{exercises.name}.solution.ipynb": as_text(tidied(_solution(exercises))),
        }


def _learners(exercises: ExerciseSet) -> dict[str, list[Cell]]:
    cells = [_opening(exercises), *_set_up(exercises)]
    for question in exercises:
        cells += [_asked(question), _form(question)]
    cells += [_take_along(), _keep(), _sources(exercises)]
    cells += [_in_code(), *map(_to_write, exercises)]
    return {"cells": [*cells, _for_faculty(), *map(_points, exercises)]}


def _solution(exercises: ExerciseSet) -> dict[str, list[Cell]]:
    cells = [_opening(exercises, " (solution)"), *_set_up(exercises)]
    for question in exercises:
        cells += [_asked(question), *_answered(question)]
    return {"cells": _counted([*cells, _sources(exercises)])}


def generate(folder: Path) -> list[Path]:
    """Write the notebooks of every set under a folder; return the files that changed.

    Raises
    ------
    CstoolsError
        When a source has something wrong in it; nothing is written then, for any set.
    """
    texts: dict[Path, str] = {}
    for source in sorted(folder.rglob("source.toml")):
        exercises = load_set(source)
        hold_against_answers(exercises)
        texts |= {source.parent / name: text for name, text in notebooks(exercises).items()}
    changed = [path for path, text in texts.items() if not _holds(path, text)]
    for path in changed:
        path.write_text(texts[path], encoding="utf-8")
    return changed


def _opening(exercises: ExerciseSet, kind: str = "") -> Cell:
    how = spoken(
        "Choose *Run ▸ Run All Cells*. Every question then has a place for your answer and three\n"
        "buttons; no code is needed. Check as often as you like: nothing is counted, and nothing "
        "is sent\nanywhere."
    )
    about = spoken("About {minutes} minutes.", minutes=exercises.minutes)
    return _markdown(
        f"# {exercises.title}{kind}\n\n{exercises.introduction.strip()}\n\n{about}\n\n{how}"
    )


def _asked(question: Question) -> Cell:
    return _markdown(f"## {question.position}. {question.title}\n\n{question.ask.strip()}")


def _take_along() -> Cell:
    words = spoken(
        "Binder forgets everything when this page is closed. Download your progress here, and load "
        "it again\non another day. The file stays on your own computer. It holds your answers; of "
        "what you thought\nover, it holds only that you did."
    )
    handed_in = spoken(
        "Does your course ask for your answers? Then this file is what to hand in; nothing sends "
        "it for you."
    )
    return _markdown(f"## {spoken('Take it along')}\n\n{words}\n\n{handed_in}")


def _sources(exercises: ExerciseSet) -> Cell:
    return _markdown(f"## {spoken('Sources')}\n\n{cite(*exercises.references).text}")


def _in_code() -> Cell:
    words = spoken(
        "The same questions for whoever prefers to write: put each answer in place of the three "
        "dots, and\nrun its cell."
    )
    return _markdown(f"## {spoken('In code, if you like')}\n\n{words}")


def _for_faculty() -> Cell:
    words = spoken(
        "Whoever grades with nbgrader finds the points in these cells; nobody else needs them. "
        "`cstools\ngradebook` needs none of them."
    )
    return _markdown(f"## {spoken('For faculty')}\n\n{words}")


def _set_up(exercises: ExerciseSet) -> list[Cell]:
    name, language = exercises.name, exercises.language
    if language == SOURCE:
        imported, loaded = "load_set", f'exercises = load_set("{name}")'
    else:
        imported, loaded = "load_set, speak", f'exercises = load_set("{name}", "{language}")'
        loaded = f'speak("{language}", "{name}")\n{loaded}'
    return [_code(f"from cstools.learning import {imported}\n\n{loaded}", folded=True)]


def _form(question: Question) -> Cell:
    return _code(f'exercises["{question.name}"].form', folded=True)


def _to_write(question: Question) -> Cell:
    """Return the cell for whoever prefers to write; what was reflected on is said, not written."""
    if isinstance(question.kind, Model):
        cell = _check(question, "model")
        cell["source"] = f'model = exercises["{question.name}"].given\n\n{cell["source"]}'
    else:
        cell = _check(question, "False" if isinstance(question.kind, Reflection) else "...")
    cell["metadata"]["nbgrader"] = _nbgrader(f"answer-{_identity(question)}", solution=True)
    return cell


def _points(question: Question) -> Cell:
    """Return a cell whose result nbgrader reads as the points of a question, of one.

    Code and result are folded away: to whoever learns, 0.0 says nothing but "wrong".
    """
    cell = _code(f'exercises.points("{question.name}")', folded=True)
    cell["metadata"]["jupyter"]["outputs_hidden"] = True
    marked = _nbgrader(f"points-{_identity(question)}", grade=True, locked=True)
    cell["metadata"]["nbgrader"] = {**marked, "points": 1}
    return cell


def _nbgrader(identity: str, **is_what: bool) -> dict[str, Any]:
    """Return the metadata by which nbgrader knows a cell."""
    what = dict.fromkeys(("grade", "locked", "solution", "task"), False)
    return {"schema_version": NBGRADER_SCHEMA, "grade_id": identity, **what, **is_what}


def _identity(question: Question) -> str:
    """Return the name of a question in the letters that nbgrader allows: ``best-catch``."""
    return re.sub(r"[^a-z0-9]+", "-", question.name.casefold()).strip("-") or str(question.position)


def _keep() -> Cell:
    return _code("exercises.keep", folded=True)


def _check(question: Question, answer: str) -> Cell:
    return _code(_in_lines(f'exercises["{question.name}"].check(', answer))


def _in_lines(call: str, answer: str) -> str:
    """Return a call with its answer; one that is too long for a line as formatters break it."""
    if len(call) + len(answer) < _LONGEST_LINE or "\n" in answer:
        return f"{call}{answer})"
    if len(answer) + 4 <= _LONGEST_LINE:
        return f"{call}\n    {answer}\n)"
    points = "".join(f"        {point}),\n" for point in answer[1:-2].split("), "))
    return f"{call}\n    [\n{points}    ]\n)"


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
