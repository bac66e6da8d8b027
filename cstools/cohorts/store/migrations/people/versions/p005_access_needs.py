"""What somebody needs to take part stands with the names.

Revision ID: p005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "p005"
down_revision = "p004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of people who are kept already nothing is known."""
    needs = sa.Column("access_needs", sa.Text, nullable=False, server_default="")
    op.add_column("people", needs)


def downgrade() -> None:
    """Drop the column again."""
    op.drop_column("people", "access_needs")
