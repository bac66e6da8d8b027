"""The audit log as a table: an organisation's own lines, and whether the chain of all is whole."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.store import audit
from cstools.cohorts.store.place import Place
from cstools.cohorts.store.revealing import changed_reasons, with_reasons

_TOLD = ("position", "at", "action", "detail")


def log_table(connection: Connection, place: Place, organisation: str) -> Table:
    """Return the lines of one organisation; of the others only how many there are."""
    everything = list(audit.lines(connection))
    own: Iterable[dict[str, object]] = [e for e in everything if e["org_id"] == organisation]
    changed: list[int] = []
    if place.with_people:
        own = with_reasons(connection, organisation, own)
        changed = changed_reasons(connection)
    rows = [tuple(str(line[part]) for part in _TOLD) for line in own]
    broken = audit.broken_at(connection, with_people=place.with_people)
    notes = [f"The chain is {'whole' if broken is None else f'broken at line {broken}'}."]
    notes += [f"The reason of line {number} was changed or is gone." for number in changed]
    if others := len(everything) - len(rows):
        notes.append(f"Lines of other organisations, which are not shown: {others}.")
    columns = ("line", "when (UTC)", "what", "detail")
    return table(f"Log of '{place.title}'", columns, rows, notes)
