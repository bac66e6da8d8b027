"""Why names were shown stands with the names; the audit log holds its seal.

Revision ID: p004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "p004"
down_revision = "p003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of reasons, by the line of the audit log that each belongs to."""
    op.create_table(
        "reveal_reasons",
        sa.Column("org_id", sa.String(36), primary_key=True),
        sa.Column("run_id", sa.String(36), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
    )


def downgrade() -> None:
    """Drop the table again."""
    op.drop_table("reveal_reasons")
