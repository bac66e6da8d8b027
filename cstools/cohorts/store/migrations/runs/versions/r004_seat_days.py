"""From which day and until which a seat is had; and whether buddies stand while seats are open.

Revision ID: r004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r004"
down_revision = "r003"
branch_labels = None
depends_on = None

_RUN = ("org_id", "run_id")


def upgrade() -> None:
    """Make three tables; a seat without a row in them is had from the beginning."""
    for name in ("seat_days", "seat_days_before"):
        _make(name, (*_RUN, "person_id"), "participants", _text("valid_from"), _text("valid_to"))
    stand = sa.Column("buddies_stand", sa.Integer, nullable=False)
    _make("opened", _RUN, "runs", stand)


def _make(
    name: str, marks: tuple[str, ...], of: str, *columns: sa.Column[str] | sa.Column[int]
) -> None:
    op.create_table(
        name,
        *(sa.Column(mark, sa.String(36), primary_key=True) for mark in marks),
        *columns,
        sa.ForeignKeyConstraint(marks, [f"{of}.{mark}" for mark in marks]),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def downgrade() -> None:
    """Take the three tables out again."""
    for name in ("opened", "seat_days_before", "seat_days"):
        op.drop_table(name)
