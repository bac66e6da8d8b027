"""Which notebook when: the lessons dealt out over the sittings of a year, in their own order.

1. The lessons are read from their title blocks, 00 to 43: number, module, minutes.
2. A programme is a row of sittings: a day in person, or a call for which something is read before.
   Each has a weight, how much it takes, and the modules that it is for.
3. The lessons of a module are dealt over its sittings in proportion to their weights. So every
   lesson comes exactly once, and none before one with a lower number.

What is dealt is time with the notebooks; what else a day or a call holds is not counted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cstools.errors import DataError
from cstools.learning.notebook import Notebook, read_notebook

IN_PERSON, BEFOREHAND = "in person", "beforehand"
_ALL = (1, 2, 3)
_LAST = 43


@dataclass(frozen=True)
class Lesson:
    """A notebook as its title block tells of it; ``module`` is the first that it is for."""

    number: str
    title: str
    module: int
    minutes: int


@dataclass(frozen=True)
class Sitting:
    """A day in person, or a call for which something is read beforehand.

    Attributes
    ----------
    name : str
        What it is called: ``"Module 1, day 2"``.
    how : str
        ``"in person"`` or ``"beforehand"``.
    weight : float
        How much it takes, beside the others.
    modules : tuple of int
        Which modules' lessons it is for.
    """

    name: str
    how: str
    weight: float = 1.0
    modules: tuple[int, ...] = _ALL


@dataclass(frozen=True, repr=False)
class ReadingOrder:
    """The lessons of each sitting.

    Attributes
    ----------
    title : str
    sittings : tuple of (Sitting, tuple of Lesson)
        In order; a sitting may be without a lesson.
    """

    title: str
    sittings: tuple[tuple[Sitting, tuple[Lesson, ...]], ...] = field(default=())

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """All lessons, in the order in which they come."""
        return tuple(lesson for _, lessons in self.sittings for lesson in lessons)

    def minutes(self, how: str = "") -> int:
        """Return the minutes with the notebooks: all, or those in person, or those beforehand."""
        return sum(
            lesson.minutes
            for sitting, lessons in self.sittings
            for lesson in lessons
            if how in ("", sitting.how)
        )

    def table(self) -> str:
        """Return the order as a table in markdown, a row for each sitting."""
        rows = ["| When | How | Notebooks | Minutes |", "|--|--|--|--|"]
        for sitting, lessons in self.sittings:
            told = "; ".join(f"{one.number} {one.title}" for one in lessons) or "–"
            minutes = sum(one.minutes for one in lessons)
            rows.append(f"| {sitting.name} | {sitting.how} | {told} | {minutes or '–'} |")
        return "\n".join(rows)

    def describe(self) -> str:
        """Return in a sentence how many notebooks there are, and how much of it is where."""
        most = max(sum(one.minutes for one in lessons) for _, lessons in self.sittings)
        here, before = self.minutes(IN_PERSON), self.minutes(BEFOREHAND)
        return (
            f"{self.title}: {len(self.lessons)} notebooks, {here} minutes in person and {before} "
            f"beforehand, at most {most} for one sitting."
        )

    def __repr__(self) -> str:
        return self.describe()

    def _repr_markdown_(self) -> str:
        return f"{self.table()}\n\n{self.describe()}"


def lessons(folder: str | Path) -> tuple[Lesson, ...]:
    """Return the lessons in a folder of notebooks, 00 to 43, by number; no translations.

    Raises
    ------
    DataError
        When there is none, or one says no module or no minutes.
    """
    paths = sorted(Path(folder).rglob("[0-4]*.ipynb"))
    books = [read_notebook(path) for path in paths if ".ipynb_checkpoints" not in path.parts]
    numbered = [
        book for book in books
        if book.number and int(book.number) <= _LAST and not book.language
    ]  # fmt: skip
    if not numbered:
        raise DataError(f"no lesson, 00 to {_LAST}, in '{Path(folder).name}'")
    return tuple(sorted(map(_lesson, numbered), key=lambda one: one.number))


def deal(title: str, wanted: Iterable[Lesson], sittings: Sequence[Sitting]) -> ReadingOrder:
    """Return the lessons dealt over sittings, each once and in their order.

    Raises
    ------
    DataError
        When a module has lessons and no sitting, or its sittings come before those of a lower one
        have ended.
    """
    found: dict[int, list[Lesson]] = {}
    start = 0
    ordered = sorted(wanted, key=lambda one: one.number)
    for group in _groups(ordered, sittings):
        module = group[0].module
        places = [i for i, one in enumerate(sittings) if module in one.modules and i >= start]
        if not places:
            raise DataError(f"{title}: module {module} has notebooks and no sitting")
        for lesson, place in zip(group, _dealt(len(group), sittings, places), strict=True):
            found.setdefault(place, []).append(lesson)
            start = max(start, place)
    return ReadingOrder(
        title, tuple((one, tuple(found.get(i, ()))) for i, one in enumerate(sittings))
    )


def calls(first: int, count: int, modules: tuple[int, ...] = _ALL) -> tuple[Sitting, ...]:
    """Return calls, numbered from ``first``, for each of which something is read beforehand."""
    return tuple(
        Sitting(f"Call {number}", BEFOREHAND, 1.0, modules)
        for number in range(first, first + count)
    )


def days(what: str, count: int, modules: tuple[int, ...] = _ALL) -> tuple[Sitting, ...]:
    """Return days in person: ``"Workshop 1, day 1"``, and so on."""
    return tuple(
        Sitting(f"{what}, day {number}", IN_PERSON, 1.0, modules) for number in range(1, count + 1)
    )


def three_workshops(in_person: int, between: int) -> tuple[Sitting, ...]:
    """Return the sittings of a year with a workshop for each module and calls between them.

    Parameters
    ----------
    in_person
        The days of the three workshops together, the same for each.
    between
        The calls between one workshop and the next. They are for the module that comes.
    """
    each = in_person // 3
    return (
        *days("Workshop 1", each, (1,)),
        *calls(1, between, (2,)),
        *days("Workshop 2", each, (2,)),
        *calls(between + 1, between, (3,)),
        *days("Workshop 3", each, (3,)),
    )


def retreat(before: int, in_person: int, after: int) -> tuple[Sitting, ...]:
    """Return the sittings of a year with one retreat, and calls before and after it."""
    return (*calls(1, before), *days("Retreat", in_person), *calls(before + 1, after))


def _lesson(book: Notebook) -> Lesson:
    block = book.title_block
    module, minutes = block.module[:1] or "1", block.minutes  # 00 says no module: it begins
    if not minutes.isdecimal() or module not in "123":
        raise DataError(f"'{book.path.name}' says no minutes, or no module, in its first cell")
    return Lesson(book.number, block.title, int(module), int(minutes))


def _groups(ordered: Sequence[Lesson], sittings: Sequence[Sitting]) -> list[list[Lesson]]:
    """Return the lessons by module; as one group where every sitting is for every module."""
    if all(one.modules == _ALL for one in sittings):
        return [list(ordered)]
    modules = dict.fromkeys(one.module for one in ordered)
    return [[one for one in ordered if one.module == module] for module in modules]


def _dealt(count: int, sittings: Sequence[Sitting], places: Sequence[int]) -> list[int]:
    """Return the place of each of so many lessons, in proportion to the places' weights."""
    total = sum(sittings[place].weight for place in places)
    dealt, filled, at = [], 0.0, 0
    for lesson in range(count):
        middle = (lesson + 0.5) / count
        while at < len(places) - 1 and middle > (filled + sittings[places[at]].weight) / total:
            filled += sittings[places[at]].weight
            at += 1
        dealt.append(places[at])
    return dealt
