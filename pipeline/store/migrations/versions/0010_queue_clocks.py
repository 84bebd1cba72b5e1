"""The queue knows which clock runs out first: each has a warning of its own. Every glance is made again when the console starts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    with op.batch_alter_table("contact_glances") as batch:
        batch.add_column(sa.Column("clock", sa.String(length=16), nullable=True))


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("contact_glances") as batch:
        batch.drop_column("clock")
