"""The first tables of people.sqlite: who is behind a random id.

Revision ID: p001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "p001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of people and the table of code phrases."""
    op.create_table(
        "people",
        sa.Column("org_id", sa.String(36), primary_key=True),
        sa.Column("run_id", sa.String(36), primary_key=True),
        sa.Column("person_id", sa.String(36), primary_key=True),
        sa.Column("natural_key", sa.Text, nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("postcode", sa.Text, nullable=False),
        sa.UniqueConstraint("org_id", "run_id", "natural_key", name="one_person_once"),
    )
    op.create_table(
        "code_phrases",
        sa.Column("org_id", sa.String(36), primary_key=True),
        sa.Column("run_id", sa.String(36), primary_key=True),
        sa.Column("phrase", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Drop both tables."""
    op.drop_table("code_phrases")
    op.drop_table("people")
