"""What retention, erasure and a change of key ask of the store, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect

from models.contact import Contact
from models.mail import OutboundMail
from models.record import Person, Record
from pipeline.store import audit, contacts, drafts, holding, ledger, outbox, people
from pipeline.store.all_tables import METADATA
from pipeline.store.blobs import Blobs
from pipeline.store.engine import Store, open_store
from pipeline.store.keyring import Keyring, new_key
from pipeline.store.resealing import in_use, reseal
from pipeline.store.scrub import scrub
from tests.factory import contact
from tests.store.raw import everything

THEN = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
REFERENCE = "TH-26-2222-2222"
SHA = "a" * 64


@pytest.fixture
def kept(store: Store) -> Contact:
    """A decided contact with a mail, a letter, a draft and a hold's reason, all told in the ledger."""
    made = contact(reference=REFERENCE, record=Record(children=(Person(family_name="Quillmarker"),)))
    made = made.model_copy(update={"message": made.message.model_copy(update={"sha256": SHA})})
    letter = OutboundMail(message_id="<1@hub.example>", sender="h@c.example", recipient="a@b.example", subject="s", text="t")
    with store.session() as session:
        contacts.save(session, made, now=THEN, state="decided")
        number = ledger.record(session, ledger.Arrived("hub", "INBOX", 1, 1, SHA, 1, THEN, message_id="<m@b.example>"))
        claimed = ledger.claim(session, "worker", THEN, DAY, only=number)
        assert claimed is not None
        ledger.finish(session, claimed, THEN, REFERENCE)
        outbox.queue(session, REFERENCE, "acknowledgement", letter, now=THEN, held="looked at first")
        drafts.keep(session, REFERENCE, "local:sam", "note", {"words": "Quillmarker came"}, THEN)
    return made


def test_what_is_old_is_found_and_what_is_held_is_not(store: Store, kept: Contact) -> None:
    later = THEN + 100 * DAY
    with store.session() as session:
        assert [*holding.old_mails(session, THEN), *holding.old_letters(session, THEN), *holding.settled(session, THEN)] == []
        assert holding.old_mails(session, later) == [(SHA, REFERENCE)]
        assert [reference for _, reference in holding.old_letters(session, later)] == [REFERENCE]
        assert [(one.reference, changed) for one, changed in holding.settled(session, later)] == [(kept.reference, THEN)]
        holding.hold(session, REFERENCE, "command:ops", "an inquest", THEN)
        holding.hold(session, REFERENCE, "command:ops", "another", THEN)
        assert [one.because for one in holding.holds(session)] == ["another"]
        assert [*holding.old_mails(session, later), *holding.old_letters(session, later), *holding.settled(session, later)] == []


def test_a_mail_that_is_let_go_is_no_twin_of_the_next(store: Store, kept: Contact) -> None:
    with store.session() as session:
        holding.forget_mail(session, SHA)
        assert holding.kept_mails(session) == set()
        number = ledger.record(session, ledger.Arrived("hub", "INBOX", 1, 2, SHA, 1, THEN, message_id="<m@b.example>"))
        row = ledger.get(session, number)
        assert row is not None
        assert (row.state, row.alias_of, row.possible_duplicate_of) == ("received", None, None)


def test_erasure_reaches_every_table_that_there_is_and_will_be(store: Store, kept: Contact) -> None:
    with store.session() as session:
        assert holding.work_on(session, REFERENCE)["drafts"][0]["who"] == "local:sam"
        holding.hold(session, REFERENCE, "command:ops", "an inquest", THEN)
        audit.append(session, "user-7", "opened the referral", REFERENCE, THEN)
    with store.session() as session:
        assert holding.erase(session, REFERENCE) == (SHA,)
        assert ledger.orphans(session) == []
    assert REFERENCE not in everything(store, but=("audit",))
    scrub(store.engine)
    with store.reading() as session:
        assert audit.verify(session) is None


def test_no_table_hangs_on_a_contact_under_another_name() -> None:
    """Erasure and a request to see one's data find rows by a foreign key: a table with a reference and without the key would be left behind."""
    loose = [
        f"{table.name}.{column.name}"
        for table in METADATA.sorted_tables
        for column in table.columns
        if "reference" in column.name and table.name not in ("contacts", "audit") and not column.foreign_keys
    ]
    assert loose == []


def test_every_sealed_thing_gets_the_new_key(store: Store, kept: Contact, keys: Keyring, tmp_path: Path) -> None:
    added = new_key(THEN)
    both = Keyring.read(f"{added.text} {keys.newest.text}", "MASH_KEY")
    again = open_store(store.engine.url.render_as_string(hide_password=False), both)
    blobs = Blobs(tmp_path / "mail", again.sealer)
    done = reseal(again, blobs, tmp_path / "pages", lambda _: None)
    counted = in_use(again, blobs)
    assert (done, counted[keys.newest.id]) == (counted[added.id], 0)
    assert done >= len(inspect(again.engine).get_table_names()) // 3
    assert reseal(again, blobs, tmp_path / "pages", lambda _: None) == 0
    again.close()
    alone = open_store(store.engine.url.render_as_string(hide_password=False), Keyring.read(added.text, "MASH_KEY"))
    with alone.reading() as session:
        saved = contacts.get(session, REFERENCE)
        assert saved is not None
        assert saved.contact.record == kept.record
        assert people.count(session) == 0
    alone.close()
