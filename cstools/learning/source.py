"""A set of exercises is one TOML file that a teacher can edit.

TOML, because it is text with names and values, is read without running anything, and Python
reads it out of the box. A set::

    title = "The bath"
    minutes = 20
    introduction = "A bath has a tap and a drain."
    references = ["BoothSweeneySterman2000"]

    [[question]]
    name = "net flow"
    title = "How fast does it rise?"
    kind = "number"              # number, choice, sketch, loops, model or reflection
    ask = "The tap gives 75 litres a minute, the drain takes 50. How fast does it rise?"
    value = 25
    unit = "litres per minute"
    hints = ["Look at both flows.", "Take what goes out from what comes in."]
    right = "The bath feels only the difference."
    solution = "75 in, 50 out: 25 more every minute."

    [[question.misconception]]
    name = "copies the inflow"
    answers = [75]
    says = "75 is what comes in. What goes out in the same minute?"

By kind, beside these:

- *number*: ``value``, ``unit``, ``tolerance``, ``near``, ``also`` (other spellings of the unit),
  ``conversions`` (other units, each with its factor);
- *choice*: ``choices`` (a table of letters) and ``answer``;
- *sketch*: ``points``, ``turn_within``, ``level_within``, ``time``, ``level``, ``unit``, and for
  the grid to draw on ``highest`` and ``count``;
- *loops*: ``map``, ``synonyms``, ``missing_allowed``;
- *model*: ``model`` (the lines of a right one, see :mod:`cstools.learning.kinds.model_text`),
  ``given`` (lines, or ``"facets.world.shared_pond"``), ``start``, ``stop``, ``dt``,
  ``time_units``, ``synonyms``, ``missing_allowed``, and at least one ``[[question.expect]]``;
- *reflection*: nothing.

An expectation is one of these, with ``says`` for whose model does not have it, and mostly ``of``,
the variable, and ``when``, values that its run sets::

    [[question.expect]]
    of = "fish"
    ends = 600                    # its last value; within = 5, near = 20, at = 10 (a time)
    says = "How many fish are there in the end?"

- ``is = "stock"`` (or flow, auxiliary, constant);
- ``ends = 600``; ``goes = ["up", "down"]`` (as a sketch) or ``["level"]``; ``stays = [0, 1000]``;
- ``behaves = "oscillation"``, a mode of :mod:`cstools.plotting.behaviour`, or a list of modes;
  ``period = 12``;
- ``follows = true``: runs as the right model does, ``within`` so much;
- ``conserved = ["here", "there"]``: stocks whose sum stays the same (no ``of``);
- ``units = "fit"``, or ``"said"``: they fit, and every part says them (no ``of``);
- ``loop = "B"``: a balancing loop runs through it; ``"R"``, a reinforcing one.

Every question but a reflection has at least two hints and one misconception. After a change:
``python -m cstools.learning.generate``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from cstools.errors import CstoolsError, DataError, FileError, did_you_mean
from cstools.languages import SOURCE
from cstools.learning.checks import Outcome
from cstools.learning.kinds.choice import Choice
from cstools.learning.kinds.expected import TESTS, Expectation
from cstools.learning.kinds.kind import Kind, Misconception
from cstools.learning.kinds.loops import LoopsAndSigns
from cstools.learning.kinds.model import Clock, Model
from cstools.learning.kinds.number import Number
from cstools.learning.kinds.reflection import Reflection
from cstools.learning.kinds.sketch import Sketch, read_points
from cstools.learning.progress import Record
from cstools.learning.question import ExerciseSet, Question
from cstools.learning.translation.exercise import in_set
from cstools.learning.translation.words import said_in

Table = Mapping[str, Any]

_SET = {"title": str, "minutes": int, "introduction": str, "references": list, "question": list}
_QUESTION = {"name": str, "title": str, "kind": str, "ask": str}
_MORE = {"hints": list, "right": str, "solution": str, "misconception": list}
_MISCONCEPTION = {"name": str, "answers": list, "says": str}
_FEWEST_HINTS = 2


@dataclass(frozen=True)
class _Recipe:
    """How a kind is made from its part of a source; ``read`` turns an answer into its form."""

    needs: Mapping[str, type | tuple[type, ...]]
    may: Mapping[str, type | tuple[type, ...]]
    make: Callable[[Table], Kind]
    read: Callable[[Any], Any]


def read_source(path: Path, language: str = SOURCE) -> ExerciseSet:
    """Return the set in a file; its name is that of the folder it lies in.

    In another ``language`` its words are those of the catalogue of its name.

    Raises
    ------
    FileError
        When the file cannot be read, or is not TOML; the line is given.
    DataError
        When a key is missing, unknown or of the wrong kind; the question is named. When the set
        is not translated into the language.
    """
    raw, version = read_table(path)
    exercises = _exercises(raw, path.parent.name, version, SOURCE)
    if language == SOURCE:
        return exercises
    told = in_set(raw, said_in(language, exercises.name))
    return _exercises(told, exercises.name, version, language)


def read_table(path: Path) -> tuple[Table, str]:
    """Return what a file of a set says, as a table that nobody has looked at, and its version.

    Raises
    ------
    FileError
        When the file cannot be read, or is not TOML; the line is given.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text), version_of(text)
    except OSError as error:
        raise FileError(f"{path.name}: the source cannot be opened ({error.strerror})") from None
    except UnicodeDecodeError:
        raise FileError(f"{path.name}: the source is not text in UTF-8; save it as such") from None
    except tomllib.TOMLDecodeError as error:
        raise FileError(f"{path.name}: this is not TOML: {error}") from None


def _exercises(raw: Table, name: str, version: str, language: str) -> ExerciseSet:
    where = f"exercises '{name}'"
    _checked(raw, _SET, {}, where)
    questions = tuple(
        _question(table, position, where) for position, table in enumerate(raw["question"], 1)
    )
    names = [question.name for question in questions]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise DataError(f"{where}: two questions are called '{twice}'; give one another name")
    record = Record()
    return ExerciseSet(
        name,
        raw["title"],
        raw["introduction"],
        raw["minutes"],
        tuple(raw["references"]),
        tuple(replace(question, note=record.note, language=language) for question in questions),
        version,
        record,
        language,
    )


def version_of(source: str) -> str:
    """Return what tells one state of a source from another: twelve letters and digits."""
    return sha256("\n".join(source.splitlines()).encode()).hexdigest()[:12]


def _question(table: Table, position: int, where: str) -> Question:
    if not isinstance(table, Mapping):
        raise DataError(f"{where}: a question begins with [[question]] on a line of its own")
    here = f"{where}, question {position}" + f" '{table['name']}'" * ("name" in table)
    kind = table.get("kind", "")
    if kind not in _RECIPES:
        near = did_you_mean(str(kind), _RECIPES) or f"; it is one of {', '.join(_RECIPES)}"
        raise DataError(f"{here}: 'kind' is '{kind}'{near}")
    recipe = _RECIPES[kind]
    _checked(table, {**_QUESTION, **recipe.needs}, {**_MORE, **recipe.may}, here)
    made = _made(recipe.make, table, here)
    misconceptions = tuple(
        _misconception(one, recipe, here) for one in table.get("misconception", ())
    )
    hints = tuple(table.get("hints", ()))
    if kind != "reflection":
        _complete(hints, misconceptions, table, here)
    question = Question(
        table["name"],
        table["title"],
        table["ask"],
        made,
        hints,
        misconceptions,
        table.get("solution", ""),
        table.get("right", ""),
        position,
    )
    if made.light:
        _sound(question, here)
    return question


def _made(make: Callable[[Table], Kind], table: Table, here: str) -> Kind:
    """Make the kind and ask it for its solution, so that a slip shows when the set is read."""
    try:
        kind = make(table)
        _ = kind.how, kind.shown_solution
    except (CstoolsError, ValueError, TypeError, KeyError, IndexError) as error:
        raise DataError(f"{here}: its answer cannot be read ({error})") from None
    return kind


def _misconception(table: Table, recipe: _Recipe, here: str) -> Misconception:
    _checked(table, _MISCONCEPTION, {}, f"{here}, misconception")
    try:
        answers = tuple(recipe.read(answer) for answer in table["answers"])
    except (CstoolsError, ValueError, TypeError) as error:
        raise DataError(
            f"{here}, misconception '{table['name']}': an answer cannot be read ({error})"
        ) from None
    return Misconception(table["name"], answers, table["says"].strip())


def _complete(
    hints: tuple[str, ...], misconceptions: tuple[Misconception, ...], table: Table, here: str
) -> None:
    if len(hints) < _FEWEST_HINTS:
        raise DataError(f"{here}: it has {len(hints)} of the two hints that it needs")
    if not misconceptions:
        raise DataError(f"{here}: it names no misconception; add [[question.misconception]]")
    if not table.get("solution", "").strip():
        raise DataError(f"{here}: it has no 'solution'; say why the answer is right")


def hold_against_answers(exercises: ExerciseSet) -> None:
    """Judge the answers that a source itself gives to the questions that take time to judge.

    The others are held against theirs whenever a source is read; a model would have to run.

    Raises
    ------
    DataError
        When a solution is not correct, or a misconception would never be met.
    """
    for question in exercises:
        _sound(question, f"exercises '{exercises.name}', question '{question.name}'")


def _sound(question: Question, here: str) -> None:
    """Refuse a solution that is not correct, and a misconception that nobody would ever meet."""
    judged = question.check(question.kind.solution)
    if judged.outcome is not Outcome.CORRECT:
        raise DataError(f"{here}: its own solution is judged as '{judged.outcome}': {judged.text}")
    for one in question.misconceptions:
        for answer in one.answers:
            if question.check(answer).misconception != one.name:
                raise DataError(
                    f"{here}: an answer of the misconception '{one.name}' is judged as "
                    f"'{question.check(answer).outcome}'; look at the answer or at the tolerance"
                )


def _checked(
    table: Any,
    needs: Mapping[str, Any],
    may: Mapping[str, Any],
    where: str,
) -> None:
    if not isinstance(table, Mapping):
        raise DataError(f"{where}: here must be names with values, 'name = value'")
    kinds = {**needs, **may}
    for name, value in table.items():
        if name not in kinds:
            near = did_you_mean(name, kinds) or f"; there is {', '.join(kinds)}"
            raise DataError(f"{where}: nothing here is called '{name}'{near}")
        odd = isinstance(value, bool) and kinds[name] is not object
        if not isinstance(value, kinds[name]) or odd:
            raise DataError(f"{where}: '{name}' must be {_KIND_NAMES[kinds[name]]}")
    missing = [name for name in needs if name not in table]
    if missing:
        raise DataError(f"{where}: '{missing[0]}' is missing")


def _choice(table: Table) -> Choice:
    choices = {str(letter).casefold(): str(says) for letter, says in table["choices"].items()}
    if table["answer"] not in choices:
        raise DataError(f"'{table['answer']}' is none of the letters {', '.join(choices)}")
    return Choice(choices, table["answer"])


def _number(table: Table) -> Number:
    return Number(
        float(table["value"]),
        table.get("unit", ""),
        float(table.get("tolerance", 0)),
        float(table.get("near", 0)),
        tuple(table.get("also", ())),
        dict(table.get("conversions", {})),
    )


def _sketch(table: Table) -> Sketch:
    return Sketch(
        read_points(table["points"]),
        float(table["turn_within"]),
        float(table["level_within"]),
        table.get("time", "time"),
        table.get("level", "level"),
        table.get("unit", ""),
        float(table.get("highest", 0)),
        table.get("count", 9),
    )


def _loops(table: Table) -> LoopsAndSigns:
    synonyms = {word: tuple(others) for word, others in table.get("synonyms", {}).items()}
    return LoopsAndSigns(table["map"], synonyms, table.get("missing_allowed", 1))


def _model(table: Table) -> Model:
    numbers = {word: float(table[word]) for word in ("start", "stop", "dt") if word in table}
    if not table.get("given", "").startswith("facets.") and not {"stop", "dt"} <= {*numbers}:
        raise DataError("it says no 'stop' and 'dt', so it cannot run")
    return Model(
        table["model"],
        tuple(_expectations(table["expect"])),
        table.get("given", ""),
        Clock(**numbers, time_units=table.get("time_units", "")),
        {word: tuple(others) for word, others in table.get("synonyms", {}).items()},
        table.get("missing_allowed", 1),
    )


def _expectations(tables: Iterable[Table]) -> Iterable[Expectation]:
    for number, table in enumerate(tables, start=1):
        here = f"expectation {number}"
        tests = [word for word in table if word in TESTS]
        if len(tests) != 1:
            raise DataError(f"{here}: it tests one thing, one of {', '.join(TESTS)}")
        [test] = tests
        _checked(table, {test: object, "says": str}, _EXPECTATION, here)
        numbers = {word: float(table[word]) for word in ("within", "near", "at") if word in table}
        values = {name: float(value) for name, value in table.get("when", {}).items()}
        yield Expectation(
            test, table[test], table["says"].strip(), table.get("of", ""), values, **numbers
        )
    if not tables:
        raise DataError("it expects nothing; add [[question.expect]]")


_REAL = (int, float)
_EXPECTATION = {"of": str, "when": dict, "within": _REAL, "near": _REAL, "at": _REAL}
_KIND_NAMES: dict[Any, str] = {
    str: "a text in quotation marks",
    int: "a whole number",
    _REAL: "a number",
    list: "a list in [ ]",
    dict: "names with values in { }",
}
_RECIPES: dict[str, _Recipe] = {
    "number": _Recipe(
        {"value": _REAL},
        {"unit": str, "tolerance": _REAL, "near": _REAL, "also": list, "conversions": dict},
        _number,
        float,
    ),
    "choice": _Recipe({"choices": dict, "answer": str}, {}, _choice, str),
    "sketch": _Recipe(
        {"points": list, "turn_within": _REAL, "level_within": _REAL},
        {"time": str, "level": str, "unit": str, "highest": _REAL, "count": int},
        _sketch,
        read_points,
    ),
    "loops": _Recipe({"map": str}, {"synonyms": dict, "missing_allowed": int}, _loops, str),
    "model": _Recipe(
        {"model": str, "expect": list},
        {
            **dict.fromkeys(("given", "time_units"), str),
            **dict.fromkeys(("start", "stop", "dt"), _REAL),
            "synonyms": dict,
            "missing_allowed": int,
        },
        _model,
        str,
    ),
    "reflection": _Recipe({}, {}, lambda _: Reflection(), str),
}
