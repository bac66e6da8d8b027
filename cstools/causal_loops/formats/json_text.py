"""JSON from a stranger: read with the place of a mistake, and its rows one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from cstools.errors import FileError


def json_in(text: str) -> Any:
    """Return what a JSON text says.

    Raises
    ------
    FileError
        When it is no JSON, with the place, or nests too deep.
    """
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise FileError(
            f"this is not JSON from line {error.lineno}, column {error.colno} on; "
            "was the file saved whole?"
        ) from None
    except RecursionError:
        raise FileError("this JSON nests deeper than any map does; it is not opened") from None
    except ValueError:  # a whole number of thousands of digits
        raise FileError("this JSON has a number of thousands of digits, as no map has") from None


def json_or_none(text: str) -> Any:
    """Return what a JSON text says, or ``None`` where it is none."""
    try:
        return json_in(text)
    except FileError:
        return None


def rows(data: dict[str, Any], field: str, one: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the objects of a list with their place, ``"connection 3"``; no list is an empty one."""
    listed = data.get(field) or []
    if not isinstance(listed, list):
        raise FileError(f"'{field}' is not a list, as it is in a map")
    for number, row in enumerate(listed, start=1):
        where = f"{one} {number}"
        if not isinstance(row, dict):
            raise FileError(f'{where}: it is not written as {{"name": value, …}}')
        yield where, row


def printed(data: Any) -> str:
    """Return JSON as people can read it: one row a line where it fits."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
