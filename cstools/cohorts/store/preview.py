"""What a save would do, told before it is done: the dry run of an import."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.store.differences import Difference, Marks

_SPOKEN = {"code_phrases": "phrase for the codes", "participants": "answers", "runs": "run"}


@dataclass(frozen=True)
class Preview:
    """What saving a cohort would add, change and take out; nothing was written for it.

    ``people`` has a line for each person who comes, goes, or answers anew, by code. It is true
    (``bool``) when there is anything to do.
    """

    cohort: str
    counts: tuple[tuple[str, int, int, int], ...]
    people: tuple[tuple[str, str], ...]
    unmatched: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(any(row[1:]) for row in self.counts)

    def _table(self) -> Table:
        rows: list[Sequence[object]] = [
            (what, added, changed, removed)
            for what, added, changed, removed in self.counts
            if added or changed or removed
        ]
        notes = [f"{what}: {', '.join(people)}." for what, people in self._by_kind().items()]
        notes += [f"Not matched: {told}." for told in self.unmatched]
        last = "Nothing is written yet; save(cohort) does it." if self else "Nothing would change."
        columns = ("kept of it", "to be added", "to be changed", "to be removed")
        return table(f"Before saving '{self.cohort}'", columns, rows, [*notes, last])

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
    name: str,
    differences: Sequence[Difference],
    code_of: Mapping[str, str],
    unmatched: Sequence[str] = (),
) -> Preview:
    """Return the preview of these differences; ``code_of`` knows the people on both sides."""
    counts = tuple((_spoken(d.place.name), *d.counts) for d in differences)
    answers = next(d for d in differences if d.place.name == "participants")
    lines = [(code_of[marks[0]], "new") for marks in answers.new]
    lines += [(code_of[marks[0]], _changed(answers, marks)) for marks in answers.other]
    lines += [(code_of[marks[0]], "kept here, and not in this cohort") for marks in answers.gone]
    return Preview(name, counts, tuple(sorted(lines)), tuple(unmatched))


def _spoken(name: str) -> str:
    return _SPOKEN.get(name, name.replace("_", " "))


def _changed(answers: Difference, marks: Marks) -> str:
    """Return which answers of a person differ, by name."""
    before, now = (json.loads(rows[marks][0]) for rows in (answers.before, answers.other))
    names = sorted(key for key in before.keys() | now.keys() if before.get(key) != now.get(key))
    return f"answers anew: {', '.join(name.replace('_', ' ') for name in names)}"
