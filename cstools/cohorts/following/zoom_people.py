"""Who stands in the rows of a participant report, all rows of a column at once.

A year of reports has a million rows. No row is looked at by itself here but those of people who
come more than once; what a report needs for that has been checked before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from cstools.cohorts.basics.spans import Span, united
from cstools.cohorts.basics.spelling import folded, tidy

Person = tuple[str, str]
"""An e-mail and a name."""
Thing = TypeVar("Thing")


class Mails(dict[str, str]):
    """The mark of an e-mail, by a cell as it is written; "" where the cell is blank.

    One dictionary serves many reports, for mostly the same people come again.
    """

    def __missing__(self, cell: str) -> str:
        self[cell] = mark = cell.strip().casefold()
        return mark


@dataclass(frozen=True)
class Written:
    """Who stands in each row: a mark, and the e-mail and the name as they are written.

    The mark is the e-mail, or the name where there is none: a changed name is one person.
    """

    marks: Sequence[str] = field(repr=False)
    emails: Sequence[str] = field(repr=False)
    names: Sequence[str] = field(repr=False)

    def people(self, marks: Collection[str]) -> dict[str, Person]:
        """Return how some are written, without blanks around it; of several ways, the first."""
        rows = zip(self.marks, self.emails, self.names, strict=True)
        some = sorted((row for row in rows if row[0] in marks), reverse=True)
        return {mark: (email.strip(), name.strip()) for mark, email, name in some}


def written(emails: Sequence[str], names: Sequence[str], mails: Mails) -> Written:
    """Return who stands in each row."""
    marks = list(map(mails.__getitem__, emails))
    if "" in marks:
        both = zip(marks, names, strict=True)
        marks = [mark or f" {folded(tidy(name))}" for mark, name in both]
    return Written(marks, emails, names)


def spans_of(marks: Sequence[str], spans: Iterable[Span]) -> dict[str, tuple[Span, ...]]:
    """Return everybody's spans by mark, united; ``spans`` has one for each row."""
    once, several = by_mark(marks, spans)
    found: dict[str, tuple[Span, ...]] = {**once}
    found.update((mark, united(held)) for mark, held in several.items())
    return found


def by_mark(
    marks: Sequence[str], things: Iterable[Thing]
) -> tuple[dict[str, tuple[Thing]], dict[str, list[Thing]]]:
    """Return something of every row by mark, and all of it for those who come more than once."""
    each = list(zip(things, strict=False))
    found: dict[str, tuple[Thing]] = dict(zip(marks, each, strict=True))
    several: dict[str, list[Thing]] = {}
    if len(found) < len(marks):
        again = {mark for mark, count in Counter(marks).items() if count > 1}
        for mark, (thing,) in zip(marks, each, strict=True):
            if mark in again:
                several.setdefault(mark, []).append(thing)
    return found, several
