"""The calendar that people hold already, and the next one numbered after it."""

from __future__ import annotations

from sqlalchemy import Connection, select

from cstools.cohorts.calendar.year_calendar import Calendar
from cstools.cohorts.cohort import Cohort
from cstools.cohorts.store.differences import Key, mine
from cstools.cohorts.store.rows import event_from_text
from cstools.cohorts.store.tables_of_store import events


def numbered(connection: Connection, key: Key, cohort: Cohort) -> Calendar:
    """Return a cohort's calendar, numbered after the one that is kept as published."""
    rows = connection.execute(select(events.c.content).where(*mine(events, key)))
    before = tuple(event_from_text(row.content) for row in rows)
    calendar = cohort.calendar()
    return calendar.after(Calendar(calendar.title, before))
