"""Who stands in the rows of a participant report, all rows of a column at once.

A year of reports has a million rows. No row is looked at by itself here but those of people who
come more than once; what a report needs for that has been checked before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import TypeVar

from cstools.cohorts.basics.spans import spans_text, united
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


def spans_of(marks: Sequence[str], starts: Sequence[int], stops: Sequence[int]) -> dict[str, str]:
    """Return everybody's spans by mark, united, as text; each row has one start and one stop."""
    texts = [f"{start}-{stop}" for start, stop in zip(starts, stops, strict=True)]
    found = dict(zip(marks, texts, strict=True))
    if len(found) < len(marks):
        several = of_several(marks, zip(starts, stops, strict=True))
        found.update(zip(several, map(spans_text, map(united, several.values())), strict=True))
    return found


def of_several(marks: Sequence[str], things: Iterable[Thing]) -> dict[str, list[Thing]]:
    """Return what stands in the rows of those who come more than once, by mark."""
    again = {mark for mark, count in Counter(marks).items() if count > 1}
    there = list(map(again.__contains__, marks))
    found: dict[str, list[Thing]] = {mark: [] for mark in again}
    for mark, thing in zip(compress(marks, there), compress(things, there), strict=True):
        found[mark].append(thing)
    return found
