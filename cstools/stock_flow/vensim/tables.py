"""Data that a Vensim model names and a data set holds: a table beside the model, by column.

Vensim chooses the data set when it runs a model; the model does not name it. Here it is a table
exported from there, ``data.tab`` or ``data.csv``, or with the model's own name before ``_data``.
"""

from __future__ import annotations

import csv
import math
from pathlib import Path

from cstools.errors import FileError
from cstools.names import key

Points = list[tuple[float, float]]


class Tables:
    """The table beside a model, read when it is first asked for."""

    def __init__(self, model: Path) -> None:
        names = [
            f"{base}{end}" for base in (f"{model.stem}_data", "data") for end in (".tab", ".csv")
        ]
        self.names = names
        found = [model.parent / name for name in names if (model.parent / name).is_file()]
        self.file = found[0] if found else None
        self._columns: dict[str, Points] | None = None

    def points(self, name: str) -> Points:
        """Return the values of a variable, or of one element of an array, over time.

        Raises
        ------
        FileError
            When there is no table, or none of its columns has this name.
        """
        if self.file is None:
            raise FileError(
                f"'{name}' has no equation: its values come with a data set, which no model names; "
                f"export it from Vensim as '{self.names[2]}' or '{self.names[0]}', and put it "
                "beside the model"
            )
        if self._columns is None:
            self._columns = _columns(self.file)
        if not self._columns.get(key(name)):
            raise FileError(
                f"'{name}' has no equation, and '{self.file.name}' has no column of its values"
            )
        return self._columns[key(name)]


def _columns(file: Path) -> dict[str, Points]:
    """Return the columns of a table by key, each as points over its first column, the time."""
    text = file.read_text(encoding="utf-8-sig", errors="replace")
    delimiter = "\t" if file.suffix == ".tab" else ","
    rows = [row for row in csv.reader(text.splitlines(), delimiter=delimiter) if row]
    if len(rows) < 2 or key(rows[0][0]) != "time":
        raise FileError(
            f"'{file.name}' is no table of values: its first line names the variables, Time first, "
            "and each line after it is a moment"
        )
    columns: dict[str, Points] = {key(name): [] for name in rows[0]}
    for row in rows[1:]:
        for name, cell in zip(rows[0], row, strict=False):
            point = (_number(row[0]), _number(cell))
            if math.isfinite(point[0]) and math.isfinite(point[1]):
                columns[key(name)].append(point)
    return columns


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return math.nan  # an empty cell: no value at this moment
