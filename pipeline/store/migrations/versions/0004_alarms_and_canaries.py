"""The newest alarm of a folder's census is kept; canary mails are known by their Message-ID; letters are counted by when they were written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import pipeline.store.tables

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new; nothing that is there changes."""
    op.add_column("mailboxes", sa.Column("alarm", sa.Text(), nullable=True))
    op.add_column("mailboxes", sa.Column("alarm_at", pipeline.store.tables.UtcTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_outbox_created_at"), "outbox", ["created_at"], unique=False)
    op.create_table(
        "canaries",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("sent_at", pipeline.store.tables.UtcTime(timezone=True), nullable=False),
        sa.Column("came_back_at", pipeline.store.tables.UtcTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_canaries")),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("canaries")
    op.drop_index(op.f("ix_outbox_created_at"), table_name="outbox")
    with op.batch_alter_table("mailboxes") as batch:
        batch.drop_column("alarm_at")
        batch.drop_column("alarm")
