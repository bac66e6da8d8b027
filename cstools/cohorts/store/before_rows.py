"""What stood before the last draw, as rows of the store: who is told of it later knows it still."""

from __future__ import annotations

from collections.abc import Mapping

from cstools.cohorts.basics.before import Before
from cstools.cohorts.store.rows import (
    Tables,
    buddies_from_rows,
    buddies_to_rows,
    decisions_from_rows,
    decisions_to_rows,
)


def before_to_rows(before: Before, id_of: Mapping[str, str]) -> Tables:
    """Return the earlier decisions and buddies of those who are enrolled, by random id."""
    decisions = [held for held in before.decisions if held.code in id_of]
    buddies = [held for held in before.buddies if {held.code, *held.buddies} <= id_of.keys()]
    seats = decisions_to_rows(decisions, id_of)
    return {
        "decisions_before": seats["decisions"],
        "seat_days_before": seats["seat_days"],
        "opened": {(): {"buddies_stand": 1}} if before.stand else {},
        "buddies_before": buddies_to_rows(buddies, id_of)["buddies"],
    }


def before_from_rows(tables: Tables, code_of: Mapping[str, str]) -> Before:
    """Return the earlier decisions and buddies; a run that was drawn once has none."""
    seats = {name: tables.get(f"{name}_before", {}) for name in ("decisions", "seat_days")}
    return Before(
        decisions_from_rows(seats, code_of),
        buddies_from_rows({"buddies": tables.get("buddies_before", {})}, code_of),
        stand=bool(tables.get("opened")),
    )
