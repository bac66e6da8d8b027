"""The translated notebooks, made from the English ones and the catalogues."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cstools.errors import FileError, unknown_name
from cstools.languages import languages
from cstools.learning.exercises import load_set
from cstools.learning.generate import notebooks
from cstools.learning.refresh import as_text, refresh, tidied
from cstools.learning.translation.catalogues import STAYS_ENGLISH, path_of
from cstools.learning.translation.code import in_code
from cstools.learning.translation.prose import in_prose
from cstools.learning.translation.words import said_in

_LINK = re.compile(r"\]\(([^)\s]*/([\w-]+))\.ipynb(#[^)\s]*)?\)")


@dataclass(frozen=True)
class Lesson:
    """A notebook that can be translated, and the source of its exercises where it has any."""

    notebook: Path
    source: Path | None

    @property
    def name(self) -> str:
        """The name that the notebook, its exercises and its catalogues share."""
        return self.notebook.stem


def lessons(course: Path) -> dict[str, Lesson]:
    """Return the notebooks of a course by their names: the numbered ones, in English.

    Raises
    ------
    FileError
        When the folder is not that of the course.
    """
    found = {}
    for path in sorted(course.glob("notebooks/**/[0-9][0-9]-*.ipynb"), key=lambda one: one.name):
        source = course / "exercises" / path.stem / "source.toml"
        if "." not in path.stem and ".ipynb_checkpoints" not in path.parts:
            found[path.stem] = Lesson(path, source if source.is_file() else None)
    if not found:
        raise FileError(
            f"'{course}' holds no notebooks; run this in the folder of the course, "
            "in which 'notebooks' lies"
        )
    return found


def lesson(course: Path, name: str) -> Lesson:
    """Return the notebook of that name.

    Raises
    ------
    UnknownNameError
        When there is none; the nearest names are given.
    """
    known = lessons(course)
    if name not in known:
        raise unknown_name(name, known, "notebooks")
    return known[name]


def translations(course: Path) -> Iterator[tuple[str, Lesson]]:
    """Yield each language and notebook for which there is a catalogue."""
    for language in languages()[1:]:
        for one in lessons(course).values():
            if path_of(language, one.name).is_file():
                yield language, one


def translated(one: Lesson, language: str) -> dict[str, Any]:
    """Return the notebook in a language, not yet run."""
    say = said_in(language, one.name)
    content = json.loads(one.notebook.read_text(encoding="utf-8"))
    cells: list[dict[str, Any]] = []
    for position, cell in enumerate(content["cells"]):
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            source = in_code(source, say, language)
            if not any(other["cell_type"] == "code" for other in cells):
                source = speaking_from_here(source, language, one.name)
            cell |= {"source": source, "outputs": []}
            cell["execution_count"] = None
        else:
            aside = f"\n\n{say(STAYS_ENGLISH)}" if position == 0 else ""
            cell["source"] = _links(in_prose(source, say), one, language) + aside
        cells.append(cell)
    return tidied({"cells": cells})


def speaking_from_here(source: str, language: str, name: str) -> str:
    """Return the code of a first cell with the line after its imports that speaks a language."""
    imports = [
        node for node in ast.parse(source).body if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    lines = source.split("\n")
    last = imports[-1].end_lineno or 0 if imports else 0
    lines.insert(last, f'\nspeak("{language}", "{name}")')
    ours = (node for node in imports if getattr(node, "module", "") == "cstools.learning")
    own = next(ours, None)
    if own is None or own.lineno != own.end_lineno:
        lines.insert(last, "from cstools.learning import speak")
    else:
        assert isinstance(own, ast.ImportFrom)
        called = sorted({*(one.name for one in own.names), "speak"})
        lines[own.lineno - 1] = f"from cstools.learning import {', '.join(called)}"
    return "\n".join(lines).replace(f'"{name}")\n\n', f'"{name}")\n', 1)


def _links(source: str, one: Lesson, language: str) -> str:
    """Lead to the exercises of this notebook in the same language."""

    def led(found: re.Match[str]) -> str:
        if found[2] != one.name or one.source is None:
            return found[0]
        return f"]({found[1]}.{language}.ipynb{found[3] or ''})"

    return _LINK.sub(led, source)


def place(notebook: Path, language: str) -> Path:
    """Return where the translation of a notebook lies: beside it, with the language in its name."""
    return notebook.with_suffix(f".{language}.ipynb")


def build(one: Lesson, language: str) -> list[Path]:
    """Write a notebook and its exercises in a language; return the files that changed.

    A notebook whose cells are as they were is not run again.

    Raises
    ------
    FileError
        When a cell fails; the notebook that stood there is gone then.
    """
    changed = []
    path, content = place(one.notebook, language), translated(one, language)
    if not path.is_file() or sources(path) != cells_of(content):
        path.write_text(as_text(content), encoding="utf-8")
        refresh(path)
        changed.append(path)
    for path, text in exercise_notebooks(one, language).items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def exercise_notebooks(one: Lesson, language: str) -> dict[Path, str]:
    """Return the text of the learner's notebook of exercises in a language, by its place."""
    if one.source is None:
        return {}
    made = notebooks(load_set(one.source, language))
    return {one.source.parent / name: text for name, text in made.items()}


def sources(path: Path) -> list[tuple[str, str, str]]:
    """Return the cells of a file as :func:`cells_of` does."""
    return cells_of(json.loads(path.read_text(encoding="utf-8")))


def cells_of(content: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return the id, the kind and the text of each cell, without its results."""
    return [(cell["id"], cell["cell_type"], "".join(cell["source"])) for cell in content["cells"]]


def stale(one: Lesson, language: str) -> list[Path]:
    """Return the built files of a notebook that are not as the build would make them."""
    path, wanted = place(one.notebook, language), translated(one, language)
    old = [] if path.is_file() and sources(path) == cells_of(wanted) else [path]
    made = exercise_notebooks(one, language)
    return old + [p for p, text in made.items() if not p.is_file() or p.read_text("utf-8") != text]
