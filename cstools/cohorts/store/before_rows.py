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
    return {
        "decisions_before": decisions_to_rows(decisions, id_of)["decisions"],
        "buddies_before": buddies_to_rows(buddies, id_of)["buddies"],
    }


def before_from_rows(tables: Tables, code_of: Mapping[str, str]) -> Before:
    """Return the earlier decisions and buddies; a run that was drawn once has none."""
    return Before(
        decisions_from_rows({"decisions": tables.get("decisions_before", {})}, code_of),
        buddies_from_rows({"buddies": tables.get("buddies_before", {})}, code_of),
    )
