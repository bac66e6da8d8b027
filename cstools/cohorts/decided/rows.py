"""Which entries of diaries a cohort has been through, as rows of the store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Tables = Mapping[str, Mapping[tuple[Any, ...], Mapping[str, Any]]]


def diary_to_rows(diary: tuple[str, ...], id_of: Mapping[str, str]) -> Tables:
    """Return one row for each entry, numbered in the order in which they were done."""
    return {"diary": {(number,): {"entry": mark} for number, mark in enumerate(diary, start=1)}}


def diary_from_rows(tables: Tables, code_of: Mapping[str, str]) -> tuple[str, ...]:
    """Return the entries in their order; none without the file of names, where they are kept."""
    return tuple(row["entry"] for _, row in sorted(tables.get("diary", {}).items()))
