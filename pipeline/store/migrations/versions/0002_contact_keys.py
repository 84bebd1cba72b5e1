"""Keys by which an earlier contact about the same child, or with the same file, is found. Contacts kept before get theirs when next saved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "contact_keys",
        sa.Column("contact_reference", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_reference"], ["contacts.reference"], name=op.f("fk_contact_keys_contact_reference_contacts")
        ),
        sa.PrimaryKeyConstraint("contact_reference", "key", name=op.f("pk_contact_keys")),
    )
    op.create_index(op.f("ix_contact_keys_key"), "contact_keys", ["key"], unique=False)


def downgrade() -> None:
    """Drop the table."""
    op.drop_index(op.f("ix_contact_keys_key"), table_name="contact_keys")
    op.drop_table("contact_keys")
