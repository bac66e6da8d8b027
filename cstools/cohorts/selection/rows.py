"""How the seats were drawn, as a row of the store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cstools.cohorts.selection.decisions import Draw

Tables = Mapping[str, Mapping[tuple[Any, ...], Mapping[str, Any]]]


def draw_to_rows(draw: Draw, id_of: Mapping[str, str]) -> Tables:
    """Return the draw as the one row that a run has; none for the usual one, as before draws were.

    The seed is text, since it may be longer than a database's numbers.
    """
    if draw == Draw():
        return {"draws": {}}
    return {"draws": {(): {"seed": str(draw.seed), "teams_whole": int(draw.teams_whole)}}}


def draw_from_rows(tables: Tables, code_of: Mapping[str, str]) -> Draw:
    """Return the draw; a run without its row has the usual one."""
    row = tables.get("draws", {}).get(())
    return Draw(int(row["seed"]), bool(row["teams_whole"])) if row else Draw()
