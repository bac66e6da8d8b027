"""Who was in one report of a call, kept as columns: a year of calls has a million such rows.

A row is made when somebody asks for it. From a report into the store and back no row is touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, overload

from cstools.cohorts.basics.spans import Span, spans_from_texts, spans_text

Line = tuple[str, str, int]
"""One row as it is kept: who, the spans as text, the minutes."""
_SHOWN = 3


class Presence(NamedTuple):
    """One person or guest in one report: spans in UTC seconds, or minutes where it has no times."""

    who: str
    spans: tuple[Span, ...] = ()
    minutes: int = 0


@dataclass(frozen=True, repr=False)
class Presences(Sequence[Presence]):
    """The presences of one report in order of ``who``, each code or guest's mark once.

    It is read like a tuple of :class:`Presence`, and made from them by :meth:`of`. The columns
    are as long as each other; ``spans`` holds texts, see :func:`spans_text`.
    """

    who: tuple[str, ...] = ()
    spans: tuple[str, ...] = ()
    minutes: tuple[int, ...] = ()

    @classmethod
    def of(cls, rows: Iterable[Presence]) -> Presences:
        """Return presences from rows in any order."""
        return cls.of_lines((row.who, spans_text(row.spans), row.minutes) for row in rows)

    @classmethod
    def of_lines(cls, lines: Iterable[Line]) -> Presences:
        """Return presences from lines in any order."""
        held = sorted(lines)
        return cls(*zip(*held, strict=True)) if held else cls()

    def with_others(self, others: Presences) -> Presences:
        """Return these and others in order; nobody is in both."""
        if self.who and others.who and others.who[-1] < self.who[0]:  # guests before codes
            return Presences(
                others.who + self.who, others.spans + self.spans, others.minutes + self.minutes
            )
        return Presences.of_lines(chain(self.lines(), others.lines()))

    def lines(self) -> Iterator[Line]:
        """Return the rows as they are kept."""
        return zip(self.who, self.spans, self.minutes, strict=True)

    def __len__(self) -> int:
        return len(self.who)

    def __iter__(self) -> Iterator[Presence]:
        return map(Presence, self.who, spans_from_texts(self.spans), self.minutes)

    @overload
    def __getitem__(self, place: int) -> Presence: ...
    @overload
    def __getitem__(self, place: slice) -> Presences: ...
    def __getitem__(self, place: int | slice) -> Presence | Presences:
        if isinstance(place, slice):
            return Presences(self.who[place], self.spans[place], self.minutes[place])
        (spans,) = spans_from_texts([self.spans[place]])
        return Presence(self.who[place], spans, self.minutes[place])

    def __repr__(self) -> str:
        told = [repr(row) for row in self[:_SHOWN]]
        if len(self) > _SHOWN:
            told.append(f"… {len(self) - _SHOWN} more")
        return f"Presences({', '.join(told)})"
