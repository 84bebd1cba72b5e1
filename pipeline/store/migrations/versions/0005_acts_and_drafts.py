"""What people do to contacts, and what they were typing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "acts",
        sa.Column("contact_reference", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["contact_reference"], ["contacts.reference"], name=op.f("fk_acts_contact_reference_contacts")),
        sa.PrimaryKeyConstraint("contact_reference", "number", name=op.f("pk_acts")),
    )
    op.create_index("ix_acts_kind_at", "acts", ["kind", "at"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("contact_reference", sa.String(length=32), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("form", sa.String(length=120), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["contact_reference"], ["contacts.reference"], name=op.f("fk_drafts_contact_reference_contacts")),
        sa.PrimaryKeyConstraint("contact_reference", "who", "form", name=op.f("pk_drafts")),
    )


def downgrade() -> None:
    """Drop both."""
    op.drop_table("drafts")
    op.drop_index("ix_acts_kind_at", table_name="acts")
    op.drop_table("acts")
