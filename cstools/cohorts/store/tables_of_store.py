"""The tables of the two files as SQLAlchemy Core sees them; Alembic's steps make them.

Every row carries ``org_id`` and ``run_id``. ``people`` stands in its own file, which the store
attaches under the name ``people``; nothing in ``runs.sqlite`` refers to a name.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String, Table, Text

RUNS = MetaData()
PEOPLE = MetaData(schema="people")


def _owner() -> list[Column[str]]:
    return [
        Column("org_id", String(36), primary_key=True),
        Column("run_id", String(36), primary_key=True),
    ]


people = Table(
    "people",
    PEOPLE,
    *_owner(),
    Column("person_id", String(36), primary_key=True),
    Column("natural_key", Text),
    Column("code", String(64)),
    Column("name", Text),
    Column("email", Text),
    Column("postcode", Text),
    Column("access_needs", Text),
)
code_phrases = Table("code_phrases", PEOPLE, *_owner(), Column("phrase", Text))
# By the lines of the log: why names were shown, or the beginning of the line's hash as its salt
reveal_reasons = Table(
    "reveal_reasons",
    PEOPLE,
    *_owner(),
    Column("position", Integer, primary_key=True),
    Column("why", Text),
    Column("salt", String(32)),
)
runs = Table(
    "runs",
    RUNS,
    *_owner(),
    Column("name", Text),
    Column("programme", Text),
    Column("facts", Text),
    Column("sources", Text),
    Column("seats", Integer),
    Column("tzdata", String(16)),
)
participants = Table(
    "participants",
    RUNS,
    *_owner(),
    Column("person_id", String(36), primary_key=True),
    Column("answers", Text),
)
decisions = Table(
    "decisions",
    RUNS,
    *_owner(),
    Column("person_id", String(36), primary_key=True),
    Column("outcome", String(24)),
    Column("place", Integer),
    Column("reason", Text),
)
buddies = Table(
    "buddies",
    RUNS,
    *_owner(),
    Column("person_id", String(36), primary_key=True),
    Column("others", Text),
    Column("explanation", Text),
)
events = Table(
    "events", RUNS, *_owner(), Column("uid", String(64), primary_key=True), Column("content", Text)
)
audit = Table(
    "audit",
    RUNS,
    Column("position", Integer, primary_key=True),
    Column("org_id", String(36)),
    Column("run_id", String(36)),
    Column("at", String(32)),
    Column("action", String(24)),
    Column("detail", Text),
    Column("previous", String(64)),
    Column("hash", String(64)),
)
