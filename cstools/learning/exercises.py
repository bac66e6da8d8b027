"""Exercises: a question, a check that is kind, hints in order, a solution that explains.

::

    bath = load_set("01-bathtub")
    bath["fullest"]                 # shows the question, with a form where widgets work
    bath["fullest"].check("b")      # Correct. / Close. / Incorrect. / Not attempted.
    bath["fullest"].hint()
    bath["fullest"].solution()

A check never raises and never shows a traceback. What was answered stays in memory until the
kernel ends, for ``bath.progress`` and the receipt that it gives; see
:mod:`cstools.learning.progress`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cstools.errors import DataError, MissingPartError, unknown_name
from cstools.floors import upstairs
from cstools.languages import SOURCE
from cstools.learning.kinds.reflection import Reflection
from cstools.learning.question import ExerciseSet, Question
from cstools.learning.slips import listen
from cstools.learning.source import read_source


def check_in(prompt: str) -> Any:
    """Return a private check-in for the beginning of a notebook, which ends with a question.

    What is entered stays in the page and never reaches Python; see
    :mod:`cstools.widgets.check_in`. Where live parts are not installed, it is the question alone.
    """
    if not isinstance(prompt, str) or not prompt.strip():
        raise DataError('a check-in asks something; write it like check_in("How are you?")')
    try:
        return upstairs("widgets.check_in").check_in(prompt)
    except MissingPartError:
        return Question("check-in", "For you alone", prompt, Reflection())


def load_set(name: str | Path, language: str = SOURCE) -> ExerciseSet:
    """Return the exercises of that name, ``"01-bathtub"``, or those in a ``.toml`` file.

    ``load_set("10-creative-tension", "es")`` asks and answers in Spanish.

    A set is looked for in a folder ``exercises/`` here or above, so that a set you edit is the
    one you see; then beside the package, as in a copy of the project; then among the sets that
    the installed package brings.

    Raises
    ------
    UnknownNameError
        When there is no such set, or no such language; the nearest names are given.
    DataError
        When the source has something wrong in it; the message says where. When the set is not
        translated into the language.
    """
    listen()
    if str(name).endswith(".toml"):
        return read_source(Path(name), language)
    folders = [folder for folder in _shelves() if folder.is_dir()]
    for folder in folders:
        source = folder / str(name) / "source.toml"
        if source.is_file():
            return read_source(source, language)
    known = {path.parent.name for folder in folders for path in folder.glob("*/source.toml")}
    raise unknown_name(str(name), sorted(known), "exercises")


def sources_of_sets() -> list[Path]:
    """Return the source of each set that :func:`load_set` finds by its name, in their order."""
    found: dict[str, Path] = {}
    for folder in _shelves():
        for source in sorted(folder.glob("*/source.toml")) if folder.is_dir() else ():
            found.setdefault(source.parent.name, source)
    return [found[name] for name in sorted(found)]


def _shelves() -> tuple[Path, ...]:
    """Return the folders that may hold sets, the nearest to the reader first."""
    here = Path.cwd()
    package = Path(__file__).parents[1]
    return (
        *(folder / "exercises" for folder in (here, *here.parents)),
        package.parent / "exercises",
        package / "data" / "exercises",
    )
