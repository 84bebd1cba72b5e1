"""Keys by which an earlier contact about the same child, or with the same file, is found. Contacts kept before get theirs when next saved.

A contact's links say what they are since then; before they were bare references, which are rewritten here.
"""

from __future__ import annotations

import json

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
    _say_what_links_are(op.get_bind())


def _say_what_links_are(connection: sa.Connection) -> None:
    """Why two contacts were linked was not kept then, so each such link is left to a person."""
    contacts = sa.table("contacts", sa.column("reference", sa.String), sa.column("body", sa.Text))
    older = connection.execute(sa.select(contacts.c.reference, contacts.c.body).where(contacts.c.body.like('%"linked":["%')))
    for reference, text in older.all():
        body = json.loads(text)
        body["linked"] = [_link(one) if isinstance(one, str) else one for one in body["linked"]]
        said = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        connection.execute(sa.update(contacts).where(contacts.c.reference == reference).values(body=said))


def _link(reference: str) -> dict[str, object]:
    return {"reference": reference, "relation": "names_it", "because": "linked by an earlier version, which kept no reason", "doubtful": True}


def downgrade() -> None:
    """Drop the table."""
    op.drop_index(op.f("ix_contact_keys_key"), table_name="contact_keys")
    op.drop_table("contact_keys")
