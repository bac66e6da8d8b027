"""The gradebook: what a group of learners submitted, run again and judged, as a table.

How a grade comes about
-----------------------
1. Every notebook is read as data: the sources of its code cells, and nothing else. Its stored
   results are never looked at; neither is what a receipt says of outcomes.
2. The cells run inside a fence (:mod:`cstools.learning.fenced`), on a copy, with limits on time,
   memory and disk. What comes out of it is answers: numbers, texts, points, models as data.
3. The answers are judged by another process, with the sources of the exercises that you hold, in
   which no code of a learner has ever run. So a notebook that changes the checker changes its own
   copy, and what it prints or stores counts for nothing.

The last answer given to a question counts. A receipt among the submissions is a list of answers,
no more: they are judged as those of a notebook are, whatever else the receipt says. It is how
somebody hands in who answered in the forms, whose entries no notebook stores.

How it can mislead: solutions are open to all who learn here, so *correct* says that an answer is
right, not how it was found. And whoever submits under another's name gets that name's row.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from cstools.errors import CstoolsError, FileError, brief
from cstools.learning.checks import Outcome
from cstools.learning.exercises import load_set, sources_of_sets
from cstools.learning.fenced import Fences, Limits, Report, fences, run_fenced
from cstools.learning.grade_journal import Guarded, Journal
from cstools.learning.grade_table import Row, as_csv
from cstools.learning.notebook import read_notebook
from cstools.learning.progress import answers_in_receipt
from cstools.learning.question import ExerciseSet
from cstools.learning.scratch import scratch_folder
from cstools.whole_files import write_whole

Say = Callable[[str], None]
Answers = dict[str, dict[str, Any]]

_LARGEST = 20_000_000
_SETS_IN_CODE = re.compile(r"load_set\(\s*[\"']([^\"']{1,100})[\"']\s*[,)]")
_PLAIN_WORD = re.compile(r"[A-Za-z_]{1,40}")
_JUDGING = Limits(seconds=60)
_OUTCOMES = frozenset(map(str, Outcome))
_NOT_JUDGED = "not judged"
_TO_THE_END, _A_RECEIPT = "ran to the end", "a receipt; its answers judged anew"
_WHOLE = frozenset({_TO_THE_END, _A_RECEIPT})
_IN_THE_FORMS = (
    "no answers in its code; if it was answered in the forms, ask for the .progress.json file"
)
_GRADED = (".ipynb", ".json")
#: What a system lays into every folder by itself.
_NOBODYS = frozenset({"thumbs.db", "desktop.ini"})


def collect(
    submissions: Path,
    out: Path,
    limits: Limits = Limits(),  # noqa: B008 — a frozen value
    again: bool = False,
    say: Say = print,
) -> list[Row]:
    """Run and judge everything submitted in a folder, and write the table; return its rows.

    Parameters
    ----------
    submissions
        A folder with a folder for each learner, or with a file for each; ``.ipynb`` and receipts.
        Nothing in it is changed.
    out
        The CSV file. Beside it stands, until the table is whole, a journal from which the same
        call goes on where it was stopped; with ``again`` it begins anew.
    say
        Is told each line of progress.

    Raises
    ------
    FileError
        When the folder is not there, holds nothing to grade, or the table cannot be written.
    DataError
        When a submission got over to your files, which only a system without fences lets happen.
    """
    names, sets = _submitted(submissions, out), _known_sets(say)
    if not out.absolute().parent.is_dir():
        raise FileError(f"'{brief(out, 300)}' cannot be written: there is no such folder")
    held = {path: content_of(path) for path in names}
    fence = fences()
    say(f"{_count(len(names), 'file')} to grade. {fence}")
    journal = Journal(out, limits, sets, again)
    rows: list[Row] = []
    guarded = Guarded(held, fence, content_of)
    for number, (path, content) in enumerate(held.items(), start=1):
        name = names[path]
        found = journal.rows(name, content)
        if found is None:
            found = graded(name, content, sets, limits, fence)
            guarded.look()
            journal.keep(name, content, found)
        rows += found
        say(f"{number} of {len(names)}  {brief(name, 120)}: {_told(found)}")
    write_whole(out, as_csv(rows))
    journal.done()
    return rows


def graded(
    name: str,
    content: bytes | str,
    sets: Mapping[str, Path],
    limits: Limits,
    fence: Fences,
) -> list[Row]:
    """Return the rows of one submission: one for each set in it, at least one.

    ``content`` is the file, or, as text, why it cannot be read. Whatever goes wrong with this one
    is its row: others wait behind it.
    """
    if isinstance(content, str):
        return [_no_row(name, content)]
    try:
        with scratch_folder() as scratch:
            return _run_and_judged(name, content, sets, limits, fence, scratch)
    except CstoolsError as error:
        return [_no_row(name, f"could not run: {brief(error, 300)}")]
    except Exception as error:  # what a submission can bring about has no end
        kind = type(error).__name__
        return [_no_row(name, f"could not run: the gradebook itself stumbled over it ({kind})")]


def _run_and_judged(
    name: str,
    content: bytes,
    sets: Mapping[str, Path],
    limits: Limits,
    fence: Fences,
    scratch: Path,
) -> list[Row]:
    answers, how, named = _answers(name, content, sets, limits, fence, scratch)
    known = {set_name: load_set(sets[set_name]) for set_name in named}
    if not known:
        return [_no_row(name, f"{how}; no exercises of this course are in it")]
    outcomes = _judged({s: answers.get(s, {}) for s in known}, sets, fence, scratch)
    return [_row(name, how, exercises, outcomes) for exercises in known.values()]


# --- what was submitted ---------------------------------------------------------------------------


def _submitted(folder: Path, out: Path) -> dict[Path, str]:
    """Return what was handed in and its names, in an order that does not depend on the machine.

    A name is text that can be written anywhere, whatever bytes a file is called by. Folders, what
    is hidden, and what this gradebook writes itself are left out.
    """
    shown = brief(folder, 300)
    if not folder.is_dir():
        raise FileError(f"there is no folder '{shown}'; say where the submissions are")
    ours = {out.absolute(), out.absolute().with_name(f"{out.name}.journal")}
    found = [
        path
        for path in folder.rglob("*")
        if (path.is_symlink() or not path.is_dir())
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.name.lower() not in _NOBODYS
        and path.absolute() not in ours
    ]
    if not any(path.suffix.lower() in _GRADED for path in found):
        raise FileError(
            f"'{shown}' holds no notebook (.ipynb) and no receipt (.json); nothing to grade"
        )
    names = {path: _safe(path.relative_to(folder)) for path in found}
    return dict(sorted(names.items(), key=lambda item: (item[1].casefold(), item[1])))


def _safe(path: Path) -> str:
    """Return a path as text of UTF-8; a byte that is none is written as a number."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def content_of(path: Path) -> bytes | str:
    """Return what is in a file, or why it is not read."""
    try:
        if path.is_symlink():
            return "could not run: it is a link to another file; ask for the file itself"
        if path.suffix.lower() not in _GRADED:
            return "not a notebook and no receipt: ask for the .ipynb"
        if path.exists() and not path.is_file():
            return "could not run: it is no file that can be read; ask for the .ipynb"
        if path.stat().st_size > _LARGEST:
            return "could not run: it is larger than 20 MB; clear its results and save it again"
        return path.read_bytes()
    except OSError as error:
        return f"could not run: it cannot be opened ({error.strerror})"


def _known_sets(say: Say) -> dict[str, Path]:
    """Return the sources of the sets that can be judged by; a broken one stops no other."""
    sets = {}
    for path in sources_of_sets():
        try:
            load_set(path)
        except CstoolsError as error:
            say(f"Left out, as it cannot be read: {brief(error, 300)}")
        else:
            sets[path.parent.name] = path
    return sets


# --- running and judging --------------------------------------------------------------------------


def _answers(
    name: str,
    content: bytes,
    sets: Mapping[str, Path],
    limits: Limits,
    fence: Fences,
    scratch: Path,
) -> tuple[Answers, str, list[str]]:
    """Return the answers in a submission, how it ran, and the sets that it is about."""
    copy = scratch / ("submitted" + Path(name).suffix.lower())
    copy.write_bytes(content)
    if copy.suffix == ".json":
        set_name, answers = answers_in_receipt(copy, Path(name).name)
        return {set_name: answers}, _A_RECEIPT, _of(sets, [set_name])
    cells = _cells(copy, Path(name).name)
    folder = scratch / "run"
    _lay_out(folder, sets)
    sources = [source for _, source in cells]
    (folder / "cells.json").write_text(json.dumps(cells), encoding="utf-8")
    work = {"cells": "cells.json"}
    report = run_fenced("run", folder, limits, fence, work)
    answers_given = _last_answers(report, sets)
    named = [found for source in sources for found in _SETS_IN_CODE.findall(source)]
    return (
        answers_given,
        _how(report, limits, [at for at, _ in cells]),
        _of(sets, [*named, *answers_given]),
    )


def _cells(copy: Path, name: str) -> list[tuple[int, str]]:
    try:
        book = read_notebook(copy)
    except (FileError, RecursionError):
        raise FileError(f"'{brief(name)}' is not a notebook") from None
    return [(cell.position, cell.source) for cell in book.code]


def _lay_out(folder: Path, sets: Mapping[str, Path]) -> None:
    """Copy the sources of the sets to where a notebook looks for them."""
    for name, source in sets.items():
        (folder / "exercises" / name).mkdir(parents=True)
        shutil.copyfile(source, folder / "exercises" / name / "source.toml")


def _last_answers(report: Report, sets: Mapping[str, Path]) -> Answers:
    answers: Answers = {}
    for line in report.lines:
        set_name, question = line.get("set"), line.get("question")
        if isinstance(set_name, str) and isinstance(question, str) and set_name in sets:
            answers.setdefault(set_name, {})[question] = line.get("answer")
    return answers


def _of(sets: Mapping[str, Path], named: Iterable[str]) -> list[str]:
    return sorted({name for name in named if name in sets})


def _judged(
    answers: Answers, sets: Mapping[str, Path], fence: Fences, scratch: Path
) -> dict[tuple[str, str], str]:
    """Return the outcome of each answer by set and question; one that took too long is missing."""
    if not any(answers.values()):
        return {}
    folder = scratch / "judge"
    _lay_out(folder, {name: sets[name] for name in answers})
    (folder / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    where = {name: str(folder / "exercises" / name / "source.toml") for name in answers}
    work = {"answers": "answers.json", "sources": where}
    report = run_fenced("judge", folder, _JUDGING, fence, work)
    outcomes = {
        (line["set"], line["question"]): line["outcome"]
        for line in report.lines
        if line.get("outcome") in _OUTCOMES
    }
    if report.ended == "done":
        return outcomes
    given = {(name, question) for name, by_name in answers.items() for question in by_name}
    return {**dict.fromkeys(given, _NOT_JUDGED), **outcomes}


def _row(
    name: str, how: str, exercises: ExerciseSet, outcomes: Mapping[tuple[str, str], str]
) -> Row:
    found = tuple(
        outcomes.get((exercises.name, question.name), str(Outcome.NOT_ATTEMPTED))
        for question in exercises
    )
    whole = how in _WHOLE and _NOT_JUDGED not in found
    if _NOT_JUDGED in found:
        how += "; an answer took too long to judge"
    if how.startswith(_TO_THE_END) and set(found) <= {str(Outcome.NOT_ATTEMPTED)}:
        how += f"; {_IN_THE_FORMS}"
    return Row(_learner(name), name, exercises.name, exercises.version, how, found, whole)


def _no_row(name: str, how: str) -> Row:
    return Row(_learner(name), name, "", "", how, ())


def _learner(name: str) -> str:
    path = Path(name)
    return path.parts[0] if len(path.parts) > 1 else path.stem


def _how(report: Report, limits: Limits, cells: list[int]) -> str:
    """Say how a notebook ran, in words of ours: what it reports itself is only counted.

    Only cells that it has are counted, and it is done when the last of them has begun.
    """
    of_cells = [line for line in report.lines if _is_of(line, cells)]
    at = max((line["cell"] for line in of_cells), default=0)
    failed = sorted(_failed(of_cells).items())
    where = "its last" if cells and at == cells[-1] else "before its last cell"
    early = report.ended == "done" and bool(cells) and at != cells[-1]
    ended = {
        "done": _TO_THE_END,
        "time": f"stopped in cell {at}: it ran longer than {limits.seconds:g} seconds",
        "memory": f"stopped in cell {at}: it took more than {limits.memory} MB of memory",
        "disk": f"stopped in cell {at}: it wrote more than {limits.disk} MB",
        "files": f"stopped in cell {at}: it made too many files, or folders too deep",
        "processes": f"stopped in cell {at}: it started too many processes",
        "report": f"stopped in cell {at}: it gave answers without end",
        "itself": f"it ended by itself in cell {at}, {where}",
    }["itself" if early else report.ended]
    if not failed:
        return ended
    more = f" and {len(failed) - 1} more" if len(failed) > 1 else ""
    return f"{ended}; cell {failed[0][0]} failed ({failed[0][1]}){more}"


def _is_of(line: Mapping[str, Any], cells: list[int]) -> bool:
    return type(line.get("cell")) is int and line["cell"] in cells


def _failed(of_cells: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """Return the kind of error of each cell that failed, by its position."""
    failed = {}
    for line in of_cells:
        if isinstance(kind := line.get("failed"), str):
            failed[line["cell"]] = kind if _PLAIN_WORD.fullmatch(kind) else "an error"
    return failed


def _told(rows: list[Row]) -> str:
    told = []
    for row in rows:
        right = row.outcomes.count(str(Outcome.CORRECT))
        counted = (
            f"{row.exercises} {right} of {len(row.outcomes)} correct; " if row.outcomes else ""
        )
        told.append(f"{counted}{row.how}")
    return " | ".join(told)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
