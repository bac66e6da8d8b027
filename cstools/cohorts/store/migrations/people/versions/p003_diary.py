"""Which entries of the coordinator's diary a run has been through, by their marks.

Revision ID: p003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "p003"
down_revision = "p002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; a mark is a hash of what was decided and why, and stands with the names."""
    op.create_table(
        "diary",
        sa.Column("org_id", sa.String(36), primary_key=True),
        sa.Column("run_id", sa.String(36), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("entry", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Drop the table again."""
    op.drop_table("diary")
