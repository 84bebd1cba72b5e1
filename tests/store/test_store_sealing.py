"""What is held is sealed: it opens only with its key and in its own place, and nothing is lost when the key is wrong."""

from __future__ import annotations

import os
import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import JSON, String, Text, text

from models.contact import Event
from models.mail import OutboundMail
from models.matching import KnownPerson
from models.record import Person, Record
from pipeline.errors import OurBug, Retry, WrongSetup
from pipeline.store import contacts, ledger, outbox, people
from pipeline.store.all_tables import METADATA
from pipeline.store.blobs import Blobs
from pipeline.store.engine import Store, open_store
from pipeline.store.keyring import FILE, Key, Keyring, new_key
from pipeline.store.resealing import sealed_columns
from pipeline.store.sealed import Sealed
from pipeline.store.sealer import Damaged, Sealer, key_of, text_key_of
from pipeline.store.tables import ContactRow
from tests.factory import contact
from tests.store.raw import everything

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
MARKER = "Quillmarker"
MAIL = f"From: someone@{MARKER}.example\r\n\r\nAbout {MARKER}.\r\n".encode() * 50


def key() -> Key:
    return new_key(NOW)


@pytest.fixture
def sealer() -> Sealer:
    return Sealer(Keyring([key()], "the test"), b"k" * 32)


@pytest.mark.parametrize("plain", [b"", b"short", b"long enough to be packed " * 200, os.urandom(5000)])
def test_what_is_sealed_opens_in_its_place_alone(sealer: Sealer, plain: bytes) -> None:
    kept = sealer.seal(plain, "mail\0one")
    assert sealer.open(kept, "mail\0one") == plain
    assert len(plain) < 8 or plain not in kept
    assert kept != sealer.seal(plain, "mail\0one")
    for wrong in (kept[:-1], kept[:20], b"", plain, bytes([*kept[:-1], kept[-1] ^ 1])):
        with pytest.raises(Damaged):
            sealer.open(wrong, "mail\0one")
    with pytest.raises(Damaged, match="mail two"):
        sealer.open(kept, "mail\0two")


def test_every_byte_of_a_sealed_text_counts(sealer: Sealer) -> None:
    kept = sealer.seal_text("Zoë – “whole” \udcff", "t.c\0row")
    assert sealer.open_text(kept, "t.c\0row") == "Zoë – “whole” \udcff"
    assert text_key_of(kept) == sealer.ring.newest.id
    for place in range(12, len(kept), 7):
        other = "A" if kept[place] != "A" else "B"
        with pytest.raises(Damaged):
            sealer.open_text(kept[:place] + other + kept[place + 1 :], "t.c\0row")
    for wrong in ("", "{}", "s1.", kept[:12], kept[:-1], "s1.zz"):
        with pytest.raises(WrongSetup):
            sealer.open_text(wrong, "t.c\0row")


def test_digests_tell_nothing_without_the_key_and_differ_by_purpose(sealer: Sealer) -> None:
    assert sealer.digest("child", "a") == sealer.digest("child", "a")
    others = {sealer.digest("word", "a"), sealer.digest("child", "b"), Sealer(sealer.ring, b"x" * 32).digest("child", "a")}
    assert sealer.digest("child", "a") not in others
    assert len(others) == 3


def test_a_missing_key_is_named_and_the_right_one_opens_again() -> None:
    first, second = key(), key()
    kept = Sealer(Keyring([first], "MASH_KEY")).seal(b"held", "mail")
    assert key_of(kept) == first.id
    with pytest.raises(WrongSetup, match=f"{first.id}.*nothing is lost"):
        Sealer(Keyring([second], "MASH_KEY")).open(kept, "mail")
    assert Sealer(Keyring([second, first], "MASH_KEY")).open(kept, "mail") == b"held"


def test_keys_are_read_from_the_environment_as_they_are_written() -> None:
    first, second = key(), key()
    ring = Keyring.read(f" {second.text},{first.text}\n", "MASH_KEY")
    assert [one.id for one in ring.keys] == [second.id, first.id]
    assert first.text not in repr(ring.keys) + repr(ring)
    for wrong in ("", " ", "secret", first.text[:-4], f"{first.text} secret"):
        with pytest.raises(WrongSetup, match="MASH_KEY") as caught:
            Keyring.read(wrong, "MASH_KEY")
        assert "secret" not in str(caught.value)


def test_a_key_file_is_private_whole_and_made_once(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        ring = Keyring.beside(tmp_path / "data")
    finally:
        os.umask(old)
    file = tmp_path / "data" / FILE
    assert (ring.made_now, stat.S_IMODE(file.stat().st_mode)) == (True, 0o600)
    again = Keyring.beside(tmp_path / "data")
    assert (again.made_now, again.keys) == (False, ring.keys)
    assert [path.name for path in file.parent.iterdir()] == [FILE]
    file.chmod(0o640)
    with pytest.raises(WrongSetup, match="chmod 600"):
        Keyring.beside(tmp_path / "data")
    file.chmod(0o600)
    file.write_text("# nothing else\n")
    with pytest.raises(WrongSetup, match="no key"):
        Keyring.beside(tmp_path / "data")


def test_a_running_process_follows_its_key_file(tmp_path: Path) -> None:
    running, rotating = Keyring.beside(tmp_path), Keyring.beside(tmp_path)
    added = key()
    rotating.replace([added, *rotating.keys])
    kept = Sealer(rotating).seal(b"held", "mail")
    assert Sealer(running).open(kept, "mail") == b"held"
    assert running.newest == added
    with pytest.raises(WrongSetup, match="MASH_KEY"):
        Keyring.read(added.text, "MASH_KEY").replace([added])


def filled(store: Store) -> None:
    """A store with personal words in every place that may hold them."""
    child = Person(given_names=MARKER, family_name=f"{MARKER}son", date_of_birth="2016-03-01")
    made = contact(record=Record(children=(child,)), history=(Event(at=NOW, by="pipeline", what=f"passed to {MARKER}"),))
    told = made.message.model_copy(update={"message_id": f"<{MARKER}@agency.example>", "forms": ("f" * 64,)})
    made = made.model_copy(update={"message": told})
    letter = OutboundMail(
        message_id="<1@hub.example>", sender="hub@council.example", recipient=f"{MARKER}@agency.example", subject=MARKER, text=MARKER
    )
    arrived = ledger.Arrived("hub", "INBOX", 1, 1, "a" * 64, 10, NOW, message_id=told.message_id, in_reply_to=(f"<{MARKER}.2@agency.example>",))
    with store.session() as session:
        ledger.record(session, arrived)
        contacts.save(session, made, now=NOW)
        outbox.queue(session, made.reference, "acknowledgement", letter, now=NOW)
        people.import_people(
            session, [KnownPerson(record_id="R1", family_name=MARKER, postcode="ZZ9 9ZZ", nhs_number="9990000018", household_id="H1")]
        )


def test_nobody_reads_the_database_without_the_key(store: Store) -> None:
    filled(store)
    held = everything(store)
    assert "acknowledgement" in held
    for word in (MARKER.casefold(), "9990000018", "zz9 9zz", "2016-03-01"):
        assert word not in held.casefold()
    with store.reading() as session:
        assert contacts.events(session, contact().reference)[0].what == f"passed to {MARKER}"
        assert contacts.find_by_message_ids(session, [f"<{MARKER}@agency.example>"]) == (contact().reference,)
        person = people.get(session, "R1")
        assert person is not None
        assert (person.family_name, person.nhs_number) == (MARKER, "9990000018")
        letter = outbox.letters_of(session, contact().reference)[0]
        assert outbox.letter(letter).text == MARKER
        recipients = outbox.history(session, [f"{MARKER}@AGENCY.example"], NOW - timedelta(days=1), NOW + timedelta(days=1), 10)
        assert [one[0] for one in recipients] == [f"{MARKER}@agency.example"]


def test_nor_the_bytes_of_the_file_and_its_log(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    filled(store)
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith("store"))
    assert b"acknowledgement" in held
    assert MARKER.encode() not in held
    store.close()


def test_a_text_moved_to_another_row_does_not_open(store: Store) -> None:
    with store.session() as session:
        contacts.save(session, contact(reference="TH-26-2222-2222"), now=NOW)
        contacts.save(session, contact(reference="TH-26-3333-3333"), now=NOW)
    with store.session() as session:
        session.execute(text("UPDATE contacts SET body = (SELECT body FROM contacts WHERE reference = 'TH-26-2222-2222')"))
    with store.reading() as session:
        assert contacts.get(session, "TH-26-2222-2222") is not None
        with pytest.raises(Damaged, match="TH-26-3333-3333"):
            contacts.get(session, "TH-26-3333-3333")
        row = session.get(ContactRow, "TH-26-2222-2222")
        assert row is not None
        with pytest.raises(OurBug):
            Sealed("text", "one").open("two")


def test_a_store_with_the_wrong_key_opens_for_nobody_and_loses_nothing(tmp_path: Path) -> None:
    url, right = f"sqlite:///{tmp_path / 'store.sqlite3'}", Keyring([key()], "MASH_KEY")
    store = open_store(url, right)
    filled(store)
    store.close()
    with pytest.raises(WrongSetup, match=right.newest.id):
        open_store(url, Keyring([key()], "MASH_KEY"))
    with pytest.raises(WrongSetup, match=right.newest.id):
        open_store(url)
    assert not (tmp_path / FILE).exists(), "a key made for nothing would hide the right one"
    again = open_store(url, right)
    with again.reading() as session:
        assert contacts.get(session, contact().reference) is not None
    again.close()


def test_a_key_that_another_process_may_be_sealing_with_is_not_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes start; one makes the key, the other seals with it while the first gives up waiting. Without the key nothing would ever open again."""
    monkeypatch.setattr("pipeline.store.engine.BUSY_SECONDS", 0)
    other = sqlite3.connect(tmp_path / "store.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Retry, match="locked"):
        open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    other.rollback()
    other.close()
    assert (tmp_path / FILE).exists()


def test_postgresql_asks_for_a_key() -> None:
    with pytest.raises(WrongSetup, match="MASH_KEY"):
        open_store("postgresql://mash@127.0.0.1:9/none")


def test_kept_mails_are_sealed_and_older_ones_are_read(tmp_path: Path, sealer: Sealer) -> None:
    plain = Blobs(tmp_path / "mail")
    older = plain.put(MAIL)
    blobs = Blobs(tmp_path / "mail", sealer)
    assert blobs.get(older) == MAIL
    newer = blobs.put(MAIL + b"more")
    kept = (tmp_path / "mail" / newer[:2] / newer).read_bytes()
    assert MARKER.encode() not in kept
    assert blobs.get(newer) == MAIL + b"more"
    path = tmp_path / "mail" / newer[:2] / newer
    path.write_bytes(kept[:-1])
    assert blobs.put(MAIL + b"more") == newer
    assert blobs.get(newer) == MAIL + b"more"


IN_CLEAR = {
    "audit": {"who", "what", "reference", "chain"},
    "canaries": {"message_id"},
    "console_sessions": {"digest", "who", "name", "roles", "reasons", "held"},
    "contacts": {"reference", "authority", "state", "decision"},
    "mailboxes": {"account", "folder", "last_error", "alarm"},
    "messages": {"account", "folder", "sha256", "message_id", "in_reply_to", "state", "lease_owner", "error_code"},
    "outbox": {"kind", "message_id", "recipient_digest", "state", "reason", "lease_owner"},
    "people": {"record_id"},
}
"""Columns of words that stand in clear: ids, digests, states and words of our own. Whoever adds one looks first whether it should be sealed, and says so in
docs/governance/security.md."""
HARMLESS = {"contact_reference", "name", "owner", "by", "who", "kind", "form", "key", "word", "sha256", "message_id", "state", "clock"}
"""The same in every other table: ids, digests, names of counters and leases."""


def test_every_column_of_words_is_sealed_or_known_to_be_harmless() -> None:
    loose = [
        f"{table.name}.{column.name}"
        for table in METADATA.sorted_tables
        for column in table.columns
        if isinstance(column.type, (String, Text, JSON)) and column.name not in IN_CLEAR.get(table.name, set()) | HARMLESS
    ]
    assert loose == []


def test_every_sealed_column_says_where_it_stands_and_which_row() -> None:
    for table, column, kind in sealed_columns():
        assert kind.name == f"{table.name}.{column.name}"
        assert set(kind.by) <= set(table.columns.keys())
        assert column.name not in kind.by
