"""The audit refuses to be changed, its chain is keyed, and contacts can be put under a legal hold."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import context, op

from pipeline.store.sealed import place
from pipeline.store.sealer import Sealer

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

REFUSED = "the audit is append-only"


def upgrade() -> None:
    """Chain the rows anew with the key, then let nobody change them."""
    op.create_table(
        "legal_holds",
        sa.Column("contact_reference", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["contact_reference"], ["contacts.reference"], name=op.f("fk_legal_holds_contact_reference_contacts")),
        sa.PrimaryKeyConstraint("contact_reference", name=op.f("pk_legal_holds")),
    )
    _chain()
    for order in _refusing():
        op.execute(sa.text(order))


def _chain() -> None:
    connection, ring = op.get_bind(), context.config.attributes["keys"]
    kept = connection.scalar(sa.text("SELECT value FROM secrets WHERE name = 'digests'"))
    sealer = Sealer(ring, bytes.fromhex(Sealer(ring).open_text(kept, place("secrets.value", "digests"))))
    table = sa.table(
        "audit", sa.column("id"), sa.column("at", sa.DateTime(timezone=True)), sa.column("who"), sa.column("what"), sa.column("reference"), sa.column("chain")
    )
    before = "0" * 64
    for number, at, who, what, reference in connection.execute(
        sa.select(table.c.id, table.c.at, table.c.who, table.c.what, table.c.reference).order_by(table.c.id)
    ).all():
        moment = (at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)).isoformat(timespec="microseconds")
        before = sealer.digest("audit", json.dumps([before, number, moment, who, what, reference]))
        connection.execute(sa.update(table).where(table.c.id == number).values(chain=before))


def _refusing() -> list[str]:
    if op.get_bind().dialect.name == "sqlite":
        return [
            f"CREATE TRIGGER audit_is_never_{done}d BEFORE {done.upper()} ON audit BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            for done in ("update", "delete")
        ]
    return [
        f"CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$",
        "CREATE TRIGGER audit_is_never_changed BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuses()",
        "CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()",
    ]


def downgrade() -> None:
    """There is no way back from a keyed chain. Restore the backup that goes with the older program."""
    raise NotImplementedError
