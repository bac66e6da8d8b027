"""When somebody lost a seat who had it again later.

Revision ID: r005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r005"
down_revision = "r004"
branch_labels = None
depends_on = None

_TABLES = ("seat_days", "seat_days_before")


def upgrade() -> None:
    """Add the day to both tables; nobody had lost a seat and regained it before."""
    for name in _TABLES:
        op.add_column(name, sa.Column("lost_on", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Take the day out again."""
    for name in _TABLES:
        op.drop_column(name, "lost_on")
