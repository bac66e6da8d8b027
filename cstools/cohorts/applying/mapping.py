"""The mapping file: what only the coordinator can know about a form's answers."""

from __future__ import annotations

from collections.abc import Mapping as Table
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cstools.cohorts.applying.columns import BY_FIELD, COLUMNS
from cstools.cohorts.basics.asked import as_mapping_of
from cstools.cohorts.basics.files import place_of
from cstools.cohorts.basics.spelling import tidy
from cstools.cohorts.programmes.programme_file import read_toml
from cstools.errors import DataError, did_you_mean, shown
from cstools.names import key


class Mapping(BaseModel):
    """How one form's answers are to be read.

    ``columns``
        field = the head in the file, as ``site = "Where do you work?"``.
    ``spellings``
        for a field, "as it was written" = "as it is meant".
    ``date_order``
        ``day first`` or ``month first``, for dates that could be read both ways.
    ``dates_as_numbers``
        ``since 1900`` or ``since 1904``, for dates that Excel saved as a count of days.
    ``head_row``
        the row in which the heads stand, where titles stand above them.
    ``encoding``
        how the letters of a CSV file are written, where it is not UTF-8.
    ``duplicates``
        ``keep the last`` or ``keep the first`` of several applications of one e-mail; the day on
        which the person applied is that of the first.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    columns: dict[str, str] = {}
    spellings: dict[str, dict[str, str]] = {}
    date_order: Literal["day first", "month first"] | None = None
    duplicates: Literal["keep the last", "keep the first"] | None = None
    dates_as_numbers: Literal["since 1900", "since 1904"] | None = None
    head_row: int | None = Field(default=None, ge=1)
    encoding: Literal["Windows-1252", "Windows-1250", "Mac Roman", "Shift JIS"] | None = None


def as_mapping(given: str | Path | Table[str, Any] | None) -> Mapping:
    """Return a mapping from a TOML file, a dictionary or nothing.

    Raises
    ------
    FileError
        When the file cannot be read.
    DataError
        When it has a key or a column that no form has.
    """
    if given is None:
        return Mapping()
    if isinstance(given, str | Path):
        content, what = (
            read_toml(place_of(given), "mapping file")[0],
            f"mapping file '{Path(given).name}'",
        )
    else:
        rules_told = as_mapping_of(given, "the mapping's rules", "{'date_order': 'day first'}")
        content, what = dict(rules_told), "mapping"
    try:
        rules = Mapping.model_validate(content)
    except ValidationError as error:
        raise DataError(f"{what}: {_fault(dict(error.errors()[0]))}") from None
    for field in (*rules.columns, *rules.spellings):
        if field not in BY_FIELD:
            hint = _meant(field) or f"; there is {', '.join(BY_FIELD)}"
            raise DataError(f"{what}: no column is called '{field}'{hint}")
    for field, head in rules.columns.items():
        if twin := next((f for f in rules.columns if f < field and rules.columns[f] == head), ""):
            told = f"'{head}' is given as '{twin}' and as '{field}'; one head is one column"
            raise DataError(f"{what}: {told}")
    cleaned = {
        field: {tidy(old): tidy(new) for old, new in words.items()}
        for field, words in rules.spellings.items()
    }
    return rules.model_copy(update={"spellings": cleaned})


def _meant(name: str) -> str:
    """Return the column whose head somebody wrote in place of its name, or the nearest ones."""
    by_head = (c.field for c in COLUMNS if key(name) in map(key, c.spellings))
    found = next(by_head, "")
    return f"; did you mean '{found}'?" if found else did_you_mean(name, BY_FIELD)


_KEYS = tuple(Mapping.model_fields)


def _fault(fault: dict[str, Any]) -> str:
    place = ".".join(str(step) for step in fault["loc"])
    if fault["type"] == "extra_forbidden":
        known = did_you_mean(place, Mapping.model_fields) or f"; there is {', '.join(_KEYS)}"
        return f"'{place}' is no known key{known}"
    return f"'{place}' = {shown(fault['input'])}: {fault['msg']}"
