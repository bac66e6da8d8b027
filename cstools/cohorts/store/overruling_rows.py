"""Overrulings as rows: by random id, the reasons apart with the names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cstools.cohorts.basics.overruling import Overruling

Tables = Mapping[str, Mapping[tuple[Any, ...], Mapping[str, Any]]]
ELSEWHERE = "kept in the file of names, which is not here"


def overruled_to_rows(overruled: tuple[Overruling, ...], id_of: Mapping[str, str]) -> Tables:
    """Return the overrulings as rows of two tables, by their numbers from 1."""
    numbered = list(enumerate(overruled, start=1))
    return {
        "overrulings": {(number,): _row(held, id_of) for number, held in numbered},
        "overruling_reasons": {
            (number,): {"why": held.why, "taken_back": held.taken_back} for number, held in numbered
        },
    }


def overruled_from_rows(tables: Tables, code_of: Mapping[str, str]) -> tuple[Overruling, ...]:
    """Return the overrulings in their order; without the names the reasons are elsewhere."""
    reasons = tables.get("overruling_reasons", {})
    return tuple(
        _overruling(row, reasons.get(marks), code_of)
        for marks, row in sorted(tables.get("overrulings", {}).items())
    )


def _overruling(
    row: Mapping[str, Any], told: Mapping[str, Any] | None, code_of: Mapping[str, str]
) -> Overruling:
    taken_back = ELSEWHERE if row["taken_back"] else ""
    return Overruling(
        step=row["step"],
        wish=row["wish"],
        people=_codes(row["people"], code_of),
        by=row["by_role"],
        why=told["why"] if told else ELSEWHERE,
        things=tuple(json.loads(row["things"])),
        cost=row["cost"],
        pays=_codes(row["pays"], code_of),
        taken_back=told["taken_back"] if told else taken_back,
    )


def _row(held: Overruling, id_of: Mapping[str, str]) -> dict[str, Any]:
    return {
        "step": held.step,
        "wish": held.wish,
        "people": json.dumps([id_of[code] for code in held.people]),
        "things": json.dumps(list(held.things), ensure_ascii=False),
        "by_role": held.by,
        "cost": held.cost,
        "pays": json.dumps([id_of[code] for code in held.pays]),
        "taken_back": int(bool(held.taken_back)),
    }


def _codes(ids: str, code_of: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(code_of[person_id] for person_id in json.loads(ids))
