"""Tuition as rows of the store: amounts as text, so that no cent passes through a fraction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cstools.cohorts.tuition.tuition import Scholarship, Tuition, with_order

Tables = Mapping[str, Mapping[tuple[Any, ...], Mapping[str, Any]]]


def tuition_to_rows(tuition: Tuition, id_of: Mapping[str, str]) -> Tables:
    """Return the terms as one row, none where nothing is decided, and a row per scholarship."""
    terms = {"fund": _text(tuition.fund), "order": list(tuition.order)}
    decided = tuition.fund is not None or tuition.order
    return {
        "tuition": {(): {"terms": json.dumps(terms, sort_keys=True)}} if decided else {},
        "scholarships": {
            (id_of[each.code],): {"amount": _text(each.amount), "percent": _text(each.percent)}
            for each in tuition.scholarships
        },
    }


def tuition_from_rows(tables: Tables, code_of: Mapping[str, str]) -> Tuition:
    """Return what was decided about money, scholarships in order of code."""
    row = tables.get("tuition", {}).get(())
    terms = json.loads(row["terms"]) if row else {"fund": None, "order": []}
    granted = (
        Scholarship(code_of[person_id], _decimal(each["amount"]), _decimal(each["percent"]))
        for (person_id,), each in tables.get("scholarships", {}).items()
    )
    kept = tuple(sorted(granted, key=lambda each: each.code))
    return with_order(Tuition(_decimal(terms["fund"]), (), kept), tuple(terms["order"]))


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
