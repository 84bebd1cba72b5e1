"""The queue sorts by its own columns, without leafing through whole contacts. Every glance is made again when the console starts, or its contact changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table anew: it holds nothing that is not on the contacts."""
    op.drop_index(op.f("ix_contact_glances_due_at"), table_name="contact_glances")
    op.drop_table("contact_glances")
    op.create_table(
        "contact_glances",
        sa.Column("contact_reference", sa.String(length=32), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened", sa.Boolean(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("for_reading", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("glance", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_reference"], ["contacts.reference"], name=op.f("fk_contact_glances_contact_reference_contacts")
        ),
        sa.PrimaryKeyConstraint("contact_reference", name=op.f("pk_contact_glances")),
    )
    op.create_index(
        "ix_contact_glances_queue",
        "contact_glances",
        ["state", "urgent", "opened", "due_at", "received_at", "waiting", "for_reading", "changed_at"],
        unique=False,
    )


def downgrade() -> None:
    """Back to the table that follows the contacts' own columns."""
    op.drop_index("ix_contact_glances_queue", table_name="contact_glances")
    op.drop_table("contact_glances")
    op.create_table(
        "contact_glances",
        sa.Column("contact_reference", sa.String(length=32), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Boolean(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("for_reading", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("glance", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("contact_reference", name=op.f("pk_contact_glances")),
    )
    op.create_index(op.f("ix_contact_glances_due_at"), "contact_glances", ["due_at"], unique=False)
