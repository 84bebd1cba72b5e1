"""A database of the first schema, written in clear, is sealed when it is opened, and everything in it is found again."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import pipeline.store
from models.alike import child_keys
from models.mail import OutboundMail
from models.matching import KnownPerson
from models.record import Person, Record
from pipeline.store import audit, contacts, ledger, outbox, people
from pipeline.store.engine import Store, open_store
from pipeline.store.keyring import Keyring
from tests.factory import contact

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MARKER = "Quillmarker"
REFERENCE = "LEWI-26-2222-2222"
MESSAGE_ID = f"<{MARKER}@agency.example>"
CHILD = Record(children=(Person(given_names="Ann", family_name=MARKER),))
KNOWN = KnownPerson(record_id="R1", family_name=MARKER, postcode="ZZ9 9ZZ", nhs_number="9990000018", household_id="H1", date_of_birth="2012-03")


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> sa.URL:
    """A database as the first version left it, with a row in every table that tells of people."""
    if request.param == "sqlite":
        url = sa.make_url(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    else:
        url = sa.make_url(str(request.getfixturevalue("postgresql_url"))).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(url)
    if request.param == "postgresql":
        with engine.begin() as connection:
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))
    _to(engine, "0001")
    _fill(engine)
    _to(engine, "0002")
    with engine.begin() as connection:
        for key in child_keys(CHILD):
            _add(connection, "contact_keys", contact_reference=REFERENCE, key=key)
    engine.dispose()
    return url


def _to(engine: sa.Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(pipeline.store.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _fill(engine: sa.Engine) -> None:
    body = json.loads(contact(reference=REFERENCE).model_copy(update={"record": CHILD}).model_dump_json())
    letter = OutboundMail(
        message_id="<1@hub.example>", sender="hub@council.example", recipient=f"{MARKER}@agency.example", subject=MARKER, text=MARKER
    )
    known = KNOWN.model_dump_json(exclude_none=True, exclude_defaults=True)
    with engine.begin() as connection:
        _add(
            connection,
            "contacts",
            reference=REFERENCE,
            authority="lewisham",
            received_at=AT,
            updated_at=AT,
            state="open",
            decision="screen",
            urgent=False,
            body=json.dumps(body),
            version=1,
        )
        _add(connection, "events", contact_reference=REFERENCE, number=0, at=AT, by="pipeline", what=f"passed to {MARKER}")
        _add(connection, "contact_messages", contact_reference=REFERENCE, sha256="a" * 64, message_id=MESSAGE_ID, received_at=AT)
        _add(
            connection,
            "messages",
            account="hub",
            folder="INBOX",
            uid_validity=1,
            uid=1,
            sha256="a" * 64,
            message_id=MESSAGE_ID,
            in_reply_to=[MESSAGE_ID],
            received_at=AT,
            size=1,
            state="done",
            attempts=1,
            contact_reference=REFERENCE,
        )
        _add(
            connection,
            "outbox",
            contact_reference=REFERENCE,
            kind="acknowledgement",
            sequence=0,
            message_id=letter.message_id,
            recipient=letter.recipient,
            state="sent",
            attempts=1,
            letter=letter.model_dump_json(),
            created_at=AT,
        )
        content = hashlib.blake2b(known.encode(), digest_size=16).digest()
        _add(
            connection,
            "people",
            record_id="R1",
            version=1,
            content=content,
            removed=False,
            surname=MARKER.lower(),
            born="2012-03",
            postcode="ZZ99ZZ",
            nhs_number="9990000018",
            household_id="H1",
            body=known,
        )
        _add(connection, "people", record_id="R2", version=1, content=b"", removed=True, body="{}")
        _add(connection, "counters", name="people", value=1)
        for number in (1, 2):
            _add(connection, "audit", id=number, at=AT, who="pipeline", what="contact opened", reference=REFERENCE, chain="0" * 64)
        _add(connection, "counters", name="audit", value=2)


def _add(connection: sa.Connection, table: str, **values: Any) -> None:
    columns = [
        sa.column(name, sa.JSON if name == "in_reply_to" else sa.DateTime(timezone=True) if name.endswith("_at") or name == "at" else None)
        for name in values
    ]
    connection.execute(sa.insert(sa.table(table, *columns)).values(**values))


@pytest.fixture
def store(old: sa.URL, keys: Keyring) -> Store:
    return open_store(old.render_as_string(hide_password=False), keys)


def test_everything_kept_before_is_found_and_nothing_is_left_in_clear(store: Store, tmp_path: Path) -> None:
    with store.session() as session:
        saved = contacts.get(session, REFERENCE)
        assert saved is not None
        assert saved.contact.record == CHILD
        assert [event.what for event in contacts.events(session, REFERENCE)] == [f"passed to {MARKER}"]
        assert contacts.find_by_message_ids(session, [MESSAGE_ID]) == (REFERENCE,)
        assert [one.contact.reference for one in contacts.sharing(session, child_keys(CHILD), since=AT - timedelta(days=9999))] == [REFERENCE]
        assert outbox.letter(outbox.letters_of(session, REFERENCE)[0]).text == MARKER
        assert [one[0] for one in outbox.history(session, [f"{MARKER}@agency.example"], AT, AT, 5)] == [f"{MARKER}@agency.example"]
        assert list(people.all_people(session)) == [KNOWN]
        assert (audit.verify(session), len(audit.rows(session))) == (None, 2)
        assert people.import_people(session, [KNOWN]).changed == 0
        again = ledger.record(session, ledger.Arrived("hub", "INBOX", 1, 2, "b" * 64, 1, AT, message_id=MESSAGE_ID))
        row = ledger.get(session, again)
        assert row is not None
        assert row.possible_duplicate_of is not None
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith("old"))
    assert MARKER.encode() not in held
    assert b"9990000018" not in held
    store.close()
