"""The sheet of a participant report: where its head stands, and what stands in its columns.

Most files are read column by column: their lines are cut, and no row is looked at. The rows
themselves are read where a line may not be a row, and where something in them has to be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from pathlib import Path

from cstools.cohorts.basics.line_by_line import rows_of_lines
from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.basics.spreadsheet import read_rows, text_of
from cstools.errors import DataError

Row = tuple[int, tuple[str, ...]]
_HEADS = {
    "name": {"name original name", "user name", "name", "participant", "participant name"},
    "email": {"user email", "email", "e mail", "email address"},
    "join": {"join time"},
    "leave": {"leave time"},
    "minutes": {"duration minutes", "total duration minutes", "duration"},
}
TITLES = {
    "name": "Name (Original Name)",
    "email": "User Email",
    "join": "Join Time",
    "leave": "Leave Time",
    "minutes": "Duration (Minutes)",
}
_MEETING = {"start time", "end time"}
_FIRST_ROWS = 12  # the head stands among them, or it is no report


@dataclass(frozen=True)
class Sheet:
    """A report's rows above its head, where its columns stand by name, and what is under it.

    ``lines`` has the cells of every row, where each line under the head is one.
    """

    path: Path
    above: Sequence[Row]
    columns: Mapping[str, int]
    lines: Sequence[Sequence[str]] | None = field(repr=False)

    @property
    def file(self) -> str:
        """The file's name."""
        return self.path.name

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows under the head with their numbers, blank ones left out."""
        return _under_the_head(self.path)[2]

    def cells(self, *names: str) -> Iterator[list[list[str]]]:
        """Give the cells of some columns, column by column: of the lines, then of the rows.

        Of the lines a blank one is a row; of rows that are too short there is nothing.
        """
        places = [self.columns[name] for name in names]
        if self.lines is not None:
            yield [list(map(itemgetter(place), self.lines)) for place in places]
        rows = [row for _, row in self.rows]
        if max(places) < min(map(len, rows)):
            yield [list(map(itemgetter(place), rows)) for place in places]

    def written(self, *names: str) -> Iterable[str]:
        """Return every cell of some columns, whatever it is."""
        places = [self.columns[name] for name in names if name in self.columns]
        rows = self.lines if self.lines is not None else [row for _, row in self.rows]
        return (row[place] for place in places for row in rows if place < len(row))


def sheet_of(path: Path) -> Sheet:
    """Return the sheet of a participant report.

    Raises
    ------
    FileError
        When the file is not there, is empty or cannot be read.
    DataError
        When there is no head in it, or nothing under the head.
    """
    if (cut := _cut(path)) is not None:
        return cut
    above, columns, _ = _under_the_head(path)
    return Sheet(path, above, columns, None)


def _under_the_head(path: Path) -> tuple[Sequence[Row], Mapping[str, int], tuple[Row, ...]]:
    rows = read_rows(path)
    number, columns = _head(rows, path.name)
    if len(rows) == number + 1:
        raise DataError(f"{path.name}: there is a head and no row under it; download it again")
    return rows[:number], columns, rows[number + 1 :]


def _cut(path: Path) -> Sheet | None:
    """Return the sheet of a file with times in which each line is a row, or ``None``."""
    text, delimiter = text_of(path)
    *beginning, _ = text.split("\n", _FIRST_ROWS)
    first = rows_of_lines("".join(f"{line}\n" for line in beginning), delimiter) or []
    filled = [(k, tuple(row)) for k, row in enumerate(first, start=1) if "".join(row).strip()]
    found = _place_of_head(filled)
    if found is None or "join" not in found[1]:
        return None
    place, columns = found
    least = max(columns[name] for name in ("name", "email", "join", "leave"))
    body = text.split("\n", filled[place][0])[-1]
    lines = rows_of_lines(body, delimiter, least + 1)
    if lines is None or min(map(len, lines)) <= least:
        return None
    return Sheet(path, filled[:place], columns, lines)


def _head(rows: Sequence[Row], file: str) -> tuple[int, dict[str, int]]:
    """Return the place of the head among the rows, and where its columns stand."""
    found = _place_of_head(rows)
    if found is not None:
        return found
    best = max((_columns(row) for _, row in rows[:_FIRST_ROWS]), key=len)
    missing = [TITLES[name] for name in ("name", "email", "join", "leave") if name not in best]
    raise DataError(
        f"{file}: this is no participant report of Zoom; it has no column "
        f"{' and no column '.join(repr(name) for name in missing)}. In Zoom choose Reports, "
        "Usage, the number of participants, Export"
    )


def _place_of_head(rows: Sequence[Row]) -> tuple[int, dict[str, int]] | None:
    for place, (_, row) in enumerate(rows[:_FIRST_ROWS]):
        found = _columns(row)
        if "name" in found and "email" in found and ({"join", "leave"} <= set(found)):
            return place, found
        if "name" in found and "email" in found and "minutes" in found and "join" not in found:
            return place, found
    return None


def _columns(row: Sequence[str]) -> dict[str, int]:
    words = [folded(cell) for cell in row]
    if _MEETING & set(words) and "join time" not in words:
        return {}  # the row of heads about the meeting, which has an e-mail and a duration too
    found: dict[str, int] = {}
    for name, spellings in _HEADS.items():
        places = [k for k, word in enumerate(words) if word in spellings]
        if places:
            found[name] = places[0]
    return found


def meeting_cells(above: Sequence[Row]) -> list[str]:
    """Return when the meeting began and ended, as written above the head, or nothing."""
    for (_, head), (_, values) in pairwise(above):
        words = [folded(cell) for cell in head]
        if set(words) >= _MEETING and len(values) >= len(_filled(head)):
            return [values[words.index("start time")], values[words.index("end time")]]
    return []


def _filled(row: Sequence[str]) -> list[str]:
    return [cell for cell in row if cell.strip()]
