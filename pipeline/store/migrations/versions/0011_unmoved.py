"""What lies in an inbox still is found without leafing through all that ever came."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

UNMOVED = sa.text("moved_at IS NULL")


def upgrade() -> None:
    """Add the index."""
    op.create_index(
        "ix_messages_unmoved", "messages", ["account", "folder", "uid_validity"], unique=False, sqlite_where=UNMOVED, postgresql_where=UNMOVED
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_messages_unmoved", table_name="messages")
