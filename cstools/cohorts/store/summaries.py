"""Every run of an organisation in a line, counted by the database, not read person by person."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select

from cstools.cohorts.store.tables_of_store import buddies, decisions, participants, runs


@dataclass(frozen=True)
class Summary:
    """One run: its name, its programme, and how many people are how far."""

    name: str
    programme: str
    enrolled: int
    accepted: int
    with_buddies: int


def summaries(connection: Connection, organisation: str) -> tuple[Summary, ...]:
    """Return a summary of each run, in order of name."""
    enrolled = _counted(connection, organisation, participants)
    accepted = _counted(connection, organisation, decisions, decisions.c.outcome == "accepted")
    paired = _counted(connection, organisation, buddies, buddies.c.others != "[]")
    chosen = select(runs.c.run_id, runs.c.name, runs.c.programme)
    found = (
        Summary(
            row.name,
            row.programme,
            enrolled.get(row.run_id, 0),
            accepted.get(row.run_id, 0),
            paired.get(row.run_id, 0),
        )
        for row in connection.execute(chosen.where(runs.c.org_id == organisation))
    )
    return tuple(sorted(found, key=lambda summary: summary.name))


def _counted(
    connection: Connection, organisation: str, place: Table, *conditions: object
) -> dict[str, int]:
    asked = (
        select(place.c.run_id, func.count())
        .where(place.c.org_id == organisation, *conditions)  # type: ignore[arg-type]
        .group_by(place.c.run_id)
    )
    return {str(row[0]): int(row[1]) for row in connection.execute(asked)}
