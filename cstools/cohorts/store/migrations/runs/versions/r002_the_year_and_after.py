"""Tables for what a run goes through after its buddies, and the log's keepers on a server.

Revision ID: r002
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "r002"
down_revision = "r001"
branch_labels = None
depends_on = None

TABLES = (
    "imports", "draws", "overrulings", "tuition", "scholarships", "attendance", "attendance_guests",
    "followed", "counting", "review_terms", "attempts", "signatures", "certificates",
    "sites", "teams", "memberships", "mentors", "mentorings", "earlier_pairs",
)  # fmt: skip
PERSON = ("person_id", sa.String(36))
NUMBER = ("number", sa.Integer)


def upgrade() -> None:
    """Make the tables; on a server also the trigger that keeps the audit log append-only."""
    digests = [("file", sa.String(64)), ("mapping", sa.String(64))]
    _make("imports", digests, _text("taken"))
    _make_selection()
    _make_tuition()
    _make_following()
    _make_review()
    _make_groups()
    if op.get_bind().dialect.name == "postgresql":
        _keep_the_log_on_a_server()


def _make_selection() -> None:
    _make("draws", [], _text("seed"), sa.Column("teams_whole", sa.Integer, nullable=False))
    told = ("step", "wish", "people", "things", "by_role", "cost", "pays")
    taken_back = sa.Column("taken_back", sa.Integer, nullable=False)
    _make("overrulings", [NUMBER], *map(_text, told), taken_back)


def _make_tuition() -> None:
    _make("tuition", [], _text("terms"))
    _make("scholarships", [PERSON], sa.Column("amount", sa.Text), sa.Column("percent", sa.Text))


def _make_following() -> None:
    # without the hidden row number each row is kept once, not twice: half the file, twice the pace
    _make(
        "attendance",
        [("call", sa.Text), ("report", sa.Text), ("who", sa.Text)],
        _text("spans"),
        sa.Column("minutes", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    _make("attendance_guests", [("guest", sa.Text)], _text("call"), _text("answer"))
    _make("followed", [NUMBER], *map(_text, ("kind", "who", "day", "content")))
    _make("counting", [], *map(_text, ("share", "team", "check_ins")))


def _make_review() -> None:
    _make("review_terms", [NUMBER], *map(_text, ("kind", "who", "content")))
    attempt = [("unit", sa.Text), NUMBER]
    _make("attempts", attempt, *map(_text, ("day", "portfolio", "members")), _whole("files"))
    signed = map(_text, ("unit", "faculty", "kind", "outcome", "day"))
    _make("signatures", [NUMBER], *signed, _whole("attempt"))
    given = map(_text, ("unit", "who", "title", "day", "supersedes"))
    numbers = map(_whole, ("attempt", "position"))
    _make("certificates", [("certificate", sa.Text)], *given, *numbers)
    op.create_index("certificates_by_id", "certificates", ["certificate"])


def _make_groups() -> None:
    team, dates = ("team", sa.Text), ("valid_from", "valid_to")
    _make("sites", [("site", sa.Text)], _text("cluster"))
    _make("teams", [team], _text("site"), _text("champions"))
    _make("memberships", [PERSON, NUMBER], *map(_text, ("team", *dates)))
    mentor = map(_text, ("site", "languages", "zone", "free"))
    _make("mentors", [("mentor", sa.Text)], *mentor, sa.Column("most", sa.Integer))
    _make("mentorings", [team, NUMBER], *map(_text, ("mentor", *dates, "reason")))
    _make("earlier_pairs", [PERSON, ("other_id", sa.String(36))])


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _make(
    name: str, marks: Sequence[tuple[str, Any]], *columns: sa.Column[Any], **options: Any
) -> None:
    """Make a table of a run's rows; one that is marked by a person first hangs on that person."""
    keys = [("org_id", sa.String(36)), ("run_id", sa.String(36)), *marks]
    of_person = PERSON in marks
    owner = ["org_id", "run_id", *(["person_id"] if of_person else [])]
    parent = "participants" if of_person else "runs"
    op.create_table(
        name,
        *(sa.Column(mark, kind, primary_key=True) for mark, kind in keys),
        *columns,
        sa.ForeignKeyConstraint(owner, [f"{parent}.{mark}" for mark in owner]),
        **options,
    )


def _keep_the_log_on_a_server() -> None:
    """PostgreSQL's triggers need a function; unlike SQLite it also minds how long a text is."""
    op.execute(
        "CREATE FUNCTION audit_keeps() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log is only ever added to'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_keeps_all BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_keeps()"
    )
    op.alter_column("events", "uid", type_=sa.Text)


def downgrade() -> None:
    """Take the tables out again."""
    for name in reversed(TABLES):
        op.drop_table(name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_keeps_all ON audit")
        op.execute("DROP FUNCTION audit_keeps()")
