"""The decisions and buddies before the last draw, so that a later look still says who was moved.

Revision ID: r003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r003"
down_revision = "r002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make two tables with the columns of those whose earlier state they hold."""
    _make("decisions_before", _text("outcome"), _text("reason"), _whole("place"))
    _make("buddies_before", _text("others"), _text("explanation"))


def _make(name: str, *columns: sa.Column[str] | sa.Column[int]) -> None:
    owner = ("org_id", "run_id", "person_id")
    op.create_table(
        name,
        *(sa.Column(mark, sa.String(36), primary_key=True) for mark in owner),
        *columns,
        sa.ForeignKeyConstraint(owner, [f"participants.{mark}" for mark in owner]),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def downgrade() -> None:
    """Take the two tables out again."""
    op.drop_table("buddies_before")
    op.drop_table("decisions_before")
