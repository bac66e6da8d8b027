"""A table of very many rows: whole parts of it are handed on, and no row is touched on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Marks = tuple[Any, ...]
Line = tuple[Any, ...]
"""The last mark of a row, and its values."""


@dataclass(frozen=True, eq=False)
class LongTable(Mapping[Marks, Mapping[str, Any]]):
    """Rows by their marks as in every other table, kept in parts.

    All rows of a part share every mark but their last one. Each row is a line ``(last mark,
    *values)``, the values in the order of ``names``. Within a part no last mark comes twice.
    """

    names: tuple[str, ...]
    parts: Mapping[Marks, Sequence[Line]]

    @classmethod
    def of(cls, names: tuple[str, ...], rows: Mapping[Marks, Mapping[str, Any]]) -> LongTable:
        """Return any table as a long one."""
        if isinstance(rows, cls):
            return rows
        parts: dict[Marks, list[Line]] = {}
        for marks, values in rows.items():
            line = (marks[-1], *(values.get(name) for name in names))
            parts.setdefault(marks[:-1], []).append(line)
        return cls(names, parts)

    @cached_property
    def _rows(self) -> dict[Marks, dict[str, Any]]:
        return {
            (*part, line[0]): dict(zip(self.names, line[1:], strict=True))
            for part, lines in self.parts.items()
            for line in lines
        }

    def __getitem__(self, marks: Marks) -> Mapping[str, Any]:
        return self._rows[marks]

    def __iter__(self) -> Iterator[Marks]:
        return iter(self._rows)

    def __len__(self) -> int:
        return sum(map(len, self.parts.values()))
