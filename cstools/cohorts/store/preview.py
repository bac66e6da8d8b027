"""What a save would do, told before it is done: the dry run of an import."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.store.differences import Difference, Marks, values_of

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SPOKEN = {"code_phrases": "phrase for the codes", "participants": "answers", "runs": "run"}


@dataclass(frozen=True)
class Preview:
    """What saving a cohort would add, change and take out; nothing was written for it.

    ``counts`` are rows: what is kept, and how many are added, changed and removed; ``about`` has
    the people whom these rows are about, in the same order. ``people`` has a line for each person
    who comes, goes, or answers anew, by code; ``unmatched`` says which guests of new reports are
    nobody enrolled; ``refused`` says why saving would be refused. It is true (``bool``) when there
    is anything to do.
    """

    cohort: str
    counts: tuple[tuple[str, int, int, int], ...]
    people: tuple[tuple[str, str], ...]
    unmatched: tuple[str, ...] = ()
    about: tuple[tuple[frozenset[str], ...], ...] = field(default=(), repr=False)
    refused: str = ""

    def __bool__(self) -> bool:
        return any(any(row[1:]) for row in self.counts)

    def _table(self) -> Table:
        notes = self.in_all()
        notes += [f"{what}: {', '.join(people)}." for what, people in self._by_kind().items()]
        last = "Nothing is written yet; saving does it." if self else "Nothing would change."
        if self.refused:
            last = f"Saving it is refused: {self.refused}."
        columns = ("kept of it", "to be added", "to be changed", "to be removed")
        return table(f"Before saving '{self.cohort}'", columns, self.cells(), [*notes, last])

    def cells(self) -> list[tuple[str, ...]]:
        """Return a line for each kind of row that is touched; people where their number differs."""
        return [
            (what, *map(_counted, rows, about))
            for (what, *rows), about in zip(self.counts, self.about, strict=True)
            if any(rows)
        ]

    def in_all(self) -> list[str]:
        """Return how many rows are touched, of how many people, and whom nothing matches."""
        rows = sum(sum(numbers) for _, *numbers in self.counts)
        about = len(frozenset().union(*(people for each in self.about for people in each)))
        told = f"{rows} row{'s' * (rows != 1)} in all"
        who = f", to do with {about} {'person' if about == 1 else 'people'}" if about else ""
        unmatched = [f"Not matched: {told}." for told in self.unmatched]
        return [f"{told}{who}.", *unmatched] if rows else []

    def _by_kind(self) -> dict[str, list[str]]:
        """Return the codes of the people to whom the same happens, in order."""
        kinds: dict[str, list[str]] = {}
        for code, told in sorted(self.people, key=lambda line: (line[1], line[0])):
            kinds.setdefault(told[0].upper() + told[1:], []).append(code)
        return kinds

    def __repr__(self) -> str:
        return repr(self._table())

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return self._table()._repr_mimebundle_()


def told_before(
    name: str, differences: Sequence[Difference], code_of: Mapping[str, str]
) -> Preview:
    """Return the preview of these differences; ``code_of`` knows the people on both sides."""
    counts = tuple((_spoken(d.place.name), *d.counts) for d in differences)
    answers = next(d for d in differences if d.place.name == "participants")
    lines = [(code_of[marks[0]], "new") for marks in answers.new]
    lines += [(code_of[marks[0]], _changed(answers, marks)) for marks in answers.other]
    lines += [(code_of[marks[0]], "kept here, and not in this cohort") for marks in answers.gone]
    about = tuple(_about(difference, code_of) for difference in differences)
    unmatched = _unmatched(next(d for d in differences if d.place.name == "attendance_guests"))
    return Preview(name, counts, tuple(sorted(lines)), unmatched, about)


def _unmatched(guests: Difference) -> tuple[str, ...]:
    """Return how many guests come whom nobody has told apart yet."""
    answer = values_of(guests.place).index("answer")
    waiting = sum(not values[answer] for values in guests.new.values())
    told = f"{waiting} guest{'s' * (waiting > 1)} of calls, with no e-mail of anybody enrolled"
    return (told,) * bool(waiting)


def _about(difference: Difference, code_of: Mapping[str, str]) -> tuple[frozenset[str], ...]:
    """Return the people whom the rows are about that come, change and go."""
    long = (mark for lines in difference.long.values() for mark, *_ in lines)
    new = chain(_texts(difference.new.items()), long)
    other = _texts((*difference.other.items(), *difference.before.items()))
    gone = chain.from_iterable(difference.gone)
    return tuple(_people(texts, code_of) for texts in (new, other, gone))


def _texts(rows: Iterable[tuple[Marks, tuple[object, ...]]]) -> Iterator[object]:
    for marks, values in rows:
        yield from (*marks, *values)


def _people(texts: Iterable[object], code_of: Mapping[str, str]) -> frozenset[str]:
    """Return those whose random ids stand in a mark or a value: alone, or in a list as text."""
    found = (_ID.findall(text) for text in texts if isinstance(text, str))
    return frozenset(id for ids in found for id in ids if id in code_of)


def _counted(rows: int, people: frozenset[str]) -> str:
    """Return a number of rows, and of people where it is another."""
    if not people or len(people) == rows:
        return str(rows)
    return f"{rows} ({len(people)} {'person' if len(people) == 1 else 'people'})"


def _spoken(name: str) -> str:
    return _SPOKEN.get(name, name.replace("_", " "))


def _changed(answers: Difference, marks: Marks) -> str:
    """Return which answers of a person differ, by name."""
    before, now = (json.loads(rows[marks][0]) for rows in (answers.before, answers.other))
    names = sorted(key for key in before.keys() | now.keys() if before.get(key) != now.get(key))
    return f"answers anew: {', '.join(name.replace('_', ' ') for name in names)}"
