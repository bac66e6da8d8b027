"""The first tables of runs.sqlite: everything but names, by random id, and the audit log.

Revision ID: r001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r001"
down_revision = None
branch_labels = None
depends_on = None


def _owner() -> list[sa.Column[str]]:
    return [
        sa.Column("org_id", sa.String(36), primary_key=True),
        sa.Column("run_id", sa.String(36), primary_key=True),
    ]


def _of_run() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["org_id", "run_id"], ["runs.org_id", "runs.run_id"])


def _of_participant() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["org_id", "run_id", "person_id"],
        ["participants.org_id", "participants.run_id", "participants.person_id"],
        ondelete="CASCADE",
    )


def upgrade() -> None:
    """Make the tables, and the triggers that keep the audit log append-only."""
    op.create_table(
        "runs",
        *_owner(),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("programme", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("sources", sa.Text, nullable=False),
        sa.Column("seats", sa.Integer),
        sa.Column("tzdata", sa.String(16), nullable=False),
        sa.UniqueConstraint("org_id", "name", name="one_run_of_a_name"),
    )
    op.create_table(
        "participants",
        *_owner(),
        sa.Column("person_id", sa.String(36), primary_key=True),
        sa.Column("answers", sa.Text, nullable=False),
        _of_run(),
    )
    op.create_table(
        "decisions",
        *_owner(),
        sa.Column("person_id", sa.String(36), primary_key=True),
        sa.Column("outcome", sa.String(24), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        _of_participant(),
    )
    op.create_table(
        "buddies",
        *_owner(),
        sa.Column("person_id", sa.String(36), primary_key=True),
        sa.Column("others", sa.Text, nullable=False),
        sa.Column("explanation", sa.Text, nullable=False),
        _of_participant(),
    )
    op.create_table(
        "events",
        *_owner(),
        sa.Column("uid", sa.String(64), primary_key=True),
        sa.Column("content", sa.Text, nullable=False),
        _of_run(),
    )
    op.create_table(
        "audit",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("run_id", sa.String(36), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("action", sa.String(24), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_keeps_{verb.lower()} BEFORE {verb} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END"
            )


def downgrade() -> None:
    """Drop every table."""
    for name in ("audit", "events", "buddies", "decisions", "participants", "runs"):
        op.drop_table(name)
