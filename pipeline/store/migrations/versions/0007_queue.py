"""The screeners' queue: each contact at a glance, sealed, and the digests it is found by. Contacts kept before get theirs when the console starts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "contact_glances",
        sa.Column("contact_reference", sa.String(length=32), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
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
    op.create_index(op.f("ix_contact_glances_due_at"), "contact_glances", ["due_at"], unique=False)
    op.create_table(
        "contact_words",
        sa.Column("contact_reference", sa.String(length=32), nullable=False),
        sa.Column("word", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_reference"], ["contacts.reference"], name=op.f("fk_contact_words_contact_reference_contacts")
        ),
        sa.PrimaryKeyConstraint("contact_reference", "word", name=op.f("pk_contact_words")),
    )
    op.create_index(op.f("ix_contact_words_word"), "contact_words", ["word"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index(op.f("ix_contact_words_word"), table_name="contact_words")
    op.drop_table("contact_words")
    op.drop_index(op.f("ix_contact_glances_due_at"), table_name="contact_glances")
    op.drop_table("contact_glances")
