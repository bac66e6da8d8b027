"""Numbers that a Vensim file keeps in spreadsheets beside it, read by PySD's readers."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from cstools.errors import FileError
from cstools.stock_flow.quiet_pysd import external

# What Vensim has where there is no value, and writes as an empty cell.
NOT_AVAILABLE = -(2.0**109)

# Vensim's words for how data go between their points, and the mode of a lookup that does so.
MODES = {
    "": "interpolate",
    "interpolate": "interpolate",
    "look_forward": "forward",
    "hold_backward": "step",
    "raw": "step",
}
_AN_INSTANT = 1e-6  # of the time between two of them: raw data are there at their own times only


@dataclass(frozen=True)
class Series:
    """Columns of numbers over time, or over what a lookup looks up.

    Attributes
    ----------
    xs : array (points,)
    values : array (points, elements…)
    """

    xs: np.ndarray
    values: np.ndarray

    def points(self, place: tuple[int, ...]) -> list[tuple[float, float]]:
        """Return the points of one element."""
        here: Any = (slice(None), *place)
        column = self.values[here]
        return [(float(x), float(y)) for x, y in zip(self.xs, column, strict=True) if y == y]


def constants(
    arguments: Sequence[Any], sides: Sequence[Sequence[str]], folder: Path, name: str
) -> np.ndarray:
    """Return the numbers of ``GET XLS CONSTANTS``, one for each element ``(elements…)``.

    ``arguments`` are the file, the sheet or separator, and the cell; ``sides`` are the elements of
    each dimension.
    """
    with _told(arguments, name, 3):
        coordinates = _coordinates(sides)
        reader = external.ExtConstant(*arguments, coordinates, folder, coordinates, name)
        reader.initialize()
        values = np.asarray(getattr(reader.data, "values", reader.data), dtype=float)
    if np.isnan(values).any():
        raise FileError(
            f"'{name}': a cell of '{arguments[0]}' that it needs is empty, or no number"
        )
    return values.reshape([len(side) for side in sides])


def series(
    arguments: Sequence[Any],
    sides: Sequence[Sequence[str]],
    folder: Path,
    name: str,
    keyword: str | None = None,
) -> Series:
    """Return the points of ``GET XLS LOOKUPS``, or of ``GET XLS DATA`` with its keyword."""
    with _told(arguments, name, 4):
        coordinates = _coordinates(sides)
        if keyword is None:
            reader = external.ExtLookup(*arguments, coordinates, folder, coordinates, name)
        else:
            file, tab, times, cell = arguments
            reader = external.ExtData(
                file, tab, times, cell, keyword or None, coordinates, folder, coordinates, name
            )
        reader.initialize()
        xs = np.asarray(reader.data.coords[reader.data.dims[0]].values, dtype=float)
        values = np.asarray(reader.data.values, dtype=float)
    return Series(xs, values.reshape([len(xs), *(len(side) for side in sides)]))


def subscripts(definition: dict[str, str], folder: Path, name: str) -> list[str]:
    """Return the elements that ``GET XLS SUBSCRIPT`` finds."""
    words = [definition[word] for word in ("file", "tab", "firstcell", "lastcell", "prefix")]
    with _told(words, name, 5):
        return list(external.ExtSubscript(*words, folder).subscript)


def at_their_own_times(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return raw data as steps: each value for an instant, and between them nothing."""
    instant = _AN_INSTANT * min((b[0] - a[0] for a, b in pairwise(points)), default=1.0)
    around = [((x - instant, y), (x + instant, NOT_AVAILABLE)) for x, y in points]
    before = (points[0][0] - 2 * instant, NOT_AVAILABLE)
    return [before, *(step for steps in around for step in steps)]


def forget() -> None:
    """Let go of the spreadsheets that were read: one that is saved again is read again."""
    external.Excels.clean()


def _coordinates(sides: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    return {f"axis {place}": list(side) for place, side in enumerate(sides)}


@contextmanager
def _told(arguments: Sequence[Any], name: str, count: int) -> Iterator[None]:
    """Say in a sentence what PySD's reader, pandas or openpyxl cannot do with a file."""
    if len(arguments) != count or not all(isinstance(word, str) for word in arguments):
        raise FileError(
            f"'{name}': it is not said where its numbers are; {count} texts in single quotes are "
            "needed: the file, the sheet, and the cells"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of missing values, which it fills as Vensim does
            yield
    except FileNotFoundError:
        raise FileError(
            f"'{name}' has its numbers in '{arguments[0]}', and there is no such file beside the "
            "model; put it there"
        ) from None
    except Exception as error:  # a spreadsheet's errors are of many kinds
        told = str(error).strip().splitlines() or [type(error).__name__]
        raise FileError(
            f"'{name}' has its numbers in '{arguments[0]}', where they cannot be read: {told[-1]}"
        ) from None
