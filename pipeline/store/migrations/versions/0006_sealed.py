"""What tells of people is sealed from here on; what it is found by are keyed digests. Everything kept before is sealed in place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from pipeline.store.secret import DIGESTS, made

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BATCH = 500


def upgrade() -> None:
    """Make the key of the digests, seal the columns, and drop the plain ones that records were once looked up by."""
    sealer, kept = made(context.config.attributes["keys"])
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secrets")),
    )
    connection = op.get_bind()
    connection.execute(sa.insert(_table("secrets", "name", "value")).values(name=DIGESTS, value=kept))
    with op.batch_alter_table("outbox") as batch:
        batch.drop_index("ix_outbox_recipient")
        batch.add_column(sa.Column("recipient_digest", sa.String(length=64), nullable=True))
        batch.create_index("ix_outbox_recipient_digest", ["recipient_digest"])
    with op.batch_alter_table("people") as batch:
        for name in ("surname", "postcode", "nhs_number", "household_id"):
            batch.drop_index(f"ix_people_{name}")
        for name in ("surname", "born", "postcode", "nhs_number", "household_id"):
            batch.drop_column(name)

    def sealed(column: str, text: str, *row: object) -> str:
        return sealer.seal_text(text, "\0".join((column, *(str(part) for part in row))))

    def digest(purpose: str, value: str | None) -> str | None:
        return sealer.digest(purpose, value) if value else None

    _change("contacts", ("reference",), ("body",), lambda reference, body: {"body": sealed("contacts.body", body, reference)})
    _change("events", ("contact_reference", "number"), ("what",), lambda reference, number, what: {"what": sealed("events.what", what, reference, number)})
    _change("people", ("record_id",), ("body", "removed"), lambda record_id, body, removed: {
        "body": sealed("people.body", body, record_id),
        "content": b"" if removed else bytes.fromhex(sealer.digest("person", body))[:16],
    })
    _change("outbox", ("id",), ("message_id", "recipient", "letter"), lambda _id, message_id, recipient, letter: {
        "recipient": sealed("outbox.recipient", recipient, message_id),
        "recipient_digest": sealer.digest("address", recipient.lower()),
        "letter": sealed("outbox.letter", letter, message_id),
    })
    _change("messages", ("id",), ("message_id", "in_reply_to"), lambda _id, message_id, answers: {
        "message_id": digest("message-id", message_id),
        "in_reply_to": json.dumps([sealer.digest("message-id", one) for one in (json.loads(answers) if isinstance(answers, str) else answers or [])]),
    })
    _change("contact_messages", ("contact_reference", "sha256"), ("message_id",), lambda _r, _s, message_id: {"message_id": digest("message-id", message_id)})
    _change("contact_keys", ("contact_reference", "key"), (), lambda _reference, key: {"key": sealer.digest("child", key)})
    with op.batch_alter_table("outbox") as batch:
        batch.alter_column("recipient_digest", existing_type=sa.String(length=64), nullable=False)


def _change(name: str, key: tuple[str, ...], columns: tuple[str, ...], new: Callable[..., dict[str, Any]]) -> None:
    """Give each row new values, a batch at a time; the rows to change are listed before the first is changed."""
    connection, table = op.get_bind(), _table(name, *key, *columns)
    keys = [tuple(row) for row in connection.execute(sa.select(*(table.c[one] for one in key)))]
    for some in _batches(keys):
        for number in some:
            mine = sa.and_(*(table.c[one] == value for one, value in zip(key, number, strict=True)))
            row = connection.execute(sa.select(*(table.c[one] for one in (*key, *columns))).where(mine)).one()
            values = new(*row)
            written = sa.table(name, *(sa.column(one, sa.JSON) if one == "in_reply_to" and _is_postgresql() else sa.column(one) for one in {*key, *values}))
            if "in_reply_to" in values and _is_postgresql():
                values["in_reply_to"] = json.loads(values["in_reply_to"])
            connection.execute(sa.update(written).where(sa.and_(*(written.c[one] == value for one, value in zip(key, number, strict=True)))).values(values))


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _batches(keys: list[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(one) for one in columns))


def downgrade() -> None:
    """There is no way back: what was sealed is not written in clear again. Restore the backup that goes with the older program."""
    raise NotImplementedError
