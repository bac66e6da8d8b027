"""What coordinators write about people stands with the names.

Revision ID: p002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "p002"
down_revision = "p001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of reasons, and of guests whom nobody could place by an e-mail."""
    op.create_table(
        "overruling_reasons",
        sa.Column("org_id", sa.String(36), primary_key=True),
        sa.Column("run_id", sa.String(36), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("taken_back", sa.Text, nullable=False),
    )
    op.create_table(
        "guests",
        sa.Column("org_id", sa.String(36), primary_key=True),
        sa.Column("run_id", sa.String(36), primary_key=True),
        sa.Column("guest", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
    )
    op.create_table(
        "certificate_names",
        sa.Column("org_id", sa.String(36), primary_key=True),
        sa.Column("run_id", sa.String(36), primary_key=True),
        sa.Column("certificate", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables again."""
    op.drop_table("certificate_names")
    op.drop_table("guests")
    op.drop_table("overruling_reasons")
