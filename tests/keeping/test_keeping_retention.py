"""Retention by the authority's rules: what is due goes and nothing else, with every trace; open and held things stay."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.contact import Contact
from models.hub import Retention
from models.mail import OutboundMail
from models.record import Person, Record
from pipeline.authorities import load_authority
from pipeline.errors import WrongSetup
from pipeline.keeping.held import Held
from pipeline.keeping.retention import due, erase, kept_until, purge, remove
from pipeline.store import audit, contacts, holding, ledger, outbox
from pipeline.store.blobs import Blobs
from pipeline.store.engine import open_store
from tests.factory import contact

THEN = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
YEAR = timedelta(days=366)
MARKER = "Quillmarker"
LEWISHAM = load_authority("lewisham")
CHILD = Person(given_names="Ann", family_name=MARKER, date_of_birth="2016-02-29")


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Held]:
    store = open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    yield Held(store, Blobs(tmp_path / "mail", store.sealer), tmp_path)
    store.close()


def keep(held: Held, reference: str, *, state: str = "decided", raw: bytes | None = None, at: datetime = THEN) -> Contact:
    """A contact with its mail, its letter and a picture of a page, all of them told in the ledger."""
    data = raw or f"mail of {reference} about {MARKER}".encode()
    sha256 = held.blobs.put(data)
    made = contact(reference=reference, record=Record(children=(CHILD,)), received_at=at)
    made = made.model_copy(update={"message": made.message.model_copy(update={"sha256": sha256})})
    letter = OutboundMail(message_id=f"<{reference}@hub.example>", sender="hub@council.example", recipient="a@b.example", subject="s", text=MARKER)
    with held.store.session() as session:
        contacts.save(session, made, now=at, state=state)
        number = ledger.record(
            session, ledger.Arrived("hub", "INBOX", 1, int.from_bytes(os.urandom(4)), sha256, len(data), at, message_id=f"<{MARKER}>")
        )
        claimed = ledger.claim(session, "worker", at, DAY, only=number)
        if claimed is not None:
            ledger.finish(session, claimed, at, reference)
        outbox.queue(session, reference, "acknowledgement", letter, now=at)
        taken = outbox.mark_sending(session, outbox.letters_of(session, reference)[0].id, at)
        assert taken is not None
        outbox.mark_sent(session, taken, at)
    page = held.pages / sha256 / "1"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_bytes(b"sealed picture")
    return made


def told(held: Held, now: datetime) -> dict[str, list[str | None]]:
    """What is due, by what it is: references."""
    found: dict[str, list[str | None]] = {}
    for item in due(held, LEWISHAM, now):
        if item.what != "files":
            found.setdefault(item.what, []).append(item.reference)
    return found


def test_each_thing_is_due_when_its_rule_says_so(held: Held) -> None:
    keep(held, "TH-26-2222-2222")
    assert told(held, THEN + 89 * DAY) == {}
    assert told(held, THEN + 91 * DAY) == {"mail": ["TH-26-2222-2222"]}
    assert told(held, THEN + 6.1 * YEAR) == {"mail": ["TH-26-2222-2222"], "letters": ["TH-26-2222-2222"]}
    assert "contact" not in told(held, datetime(2041, 2, 28, tzinfo=UTC))
    assert told(held, datetime(2041, 3, 2, tzinfo=UTC))["contact"] == ["TH-26-2222-2222"]


def test_what_is_open_or_held_stays_whatever_its_age(held: Held) -> None:
    keep(held, "TH-26-2222-2222", state="open")
    keep(held, "TH-26-3333-3333")
    with held.store.session() as session:
        holding.hold(session, "TH-26-3333-3333", "command:ops", f"inquest {MARKER}", THEN)
        assert [one.because for one in holding.holds(session)] == [f"inquest {MARKER}"]
    assert told(held, THEN + 100 * YEAR) == {}
    with pytest.raises(WrongSetup, match="legal hold"):
        erase(held, "TH-26-3333-3333", "command:ops", THEN)
    with held.store.session() as session:
        assert holding.release(session, "TH-26-3333-3333")
        assert not holding.release(session, "TH-26-3333-3333")
    assert set(told(held, THEN + 100 * YEAR)) == {"contact", "letters", "mail"}


def test_a_dry_run_tells_the_same_and_removes_nothing(held: Held) -> None:
    keep(held, "TH-26-2222-2222")
    later = THEN + 91 * DAY
    first = purge(held, LEWISHAM, "flow:purge", later, dry_run=True)
    assert (first.dry_run, "1 mails" in first.told) == (True, True)
    done = purge(held, LEWISHAM, "flow:purge", later, dry_run=False)
    assert {item.id for item in done.items if item.what == "mail"} == {item.id for item in first.items if item.what == "mail"}
    assert list(held.blobs.names()) == []
    assert not any(held.pages.iterdir())
    with held.store.reading() as session:
        saved = contacts.get(session, "TH-26-2222-2222")
        assert saved is not None, "only its mail is old enough"
        assert [row.what for row in audit.rows(session)] == ["purged by retention: mail (LE-17)"]


def test_the_same_bytes_that_come_again_after_a_purge_are_a_mail_of_their_own(held: Held) -> None:
    raw = b"the same mail"
    keep(held, "TH-26-2222-2222", raw=raw)
    purge(held, LEWISHAM, "flow:purge", THEN + 91 * DAY, dry_run=False)
    with held.store.session() as session:
        number = ledger.record(session, ledger.Arrived("hub", "INBOX", 1, 9, held.blobs.put(raw), 9, THEN))
        assert number in ledger.pending(session, THEN)


def test_a_contact_that_was_opened_again_since_it_was_found_due_stays_with_all_that_is_its(held: Held) -> None:
    keep(held, "TH-26-2222-2222")
    items = due(held, LEWISHAM, THEN + 100 * YEAR)
    assert {item.what for item in items} >= {"contact", "letters", "mail"}
    with held.store.session() as session:
        saved = contacts.get(session, "TH-26-2222-2222")
        assert saved is not None
        contacts.save(session, saved.contact, now=THEN, version=saved.version, state=contacts.OPEN)
    assert not any(remove(held, item, "flow:purge", THEN) for item in items if item.reference)
    erase(held, "TH-26-2222-2222", "command:ops", THEN)
    with held.store.reading() as session:
        assert contacts.get(session, "TH-26-2222-2222") is None, "a decision to erase needs no closed contact"


def test_an_erasure_stands_though_the_file_cannot_be_written_anew_now(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    keep(held, "TH-26-2222-2222")
    monkeypatch.setattr("pipeline.keeping.retention.scrub", busy)
    assert "next purge" in str(erase(held, "TH-26-2222-2222", "command:ops", THEN))
    with held.store.reading() as session:
        assert contacts.get(session, "TH-26-2222-2222") is None


def test_erasure_leaves_no_word_anywhere_and_a_line_in_the_audit(held: Held, tmp_path: Path) -> None:
    keep(held, "TH-26-2222-2222")
    kept = keep(held, "TH-26-3333-3333")
    erase(held, "TH-26-2222-2222", "command:ops", THEN)
    with held.store.session() as session:
        assert contacts.get(session, "TH-26-2222-2222") is None
        assert outbox.letters_of(session, "TH-26-2222-2222") == []
        assert contacts.get(session, "TH-26-3333-3333") is not None
        trail = audit.rows(session, "TH-26-2222-2222")
        assert [(row.who, row.what) for row in trail] == [("command:ops", "purged by retention: contact (erasure decided)")]
        assert audit.verify(session) is None
        assert ledger.orphans(session) == []
    assert list(held.blobs.names()) == [kept.message.sha256]
    assert [path.name for path in held.pages.iterdir()] == [kept.message.sha256]
    from tests.store.raw import everything

    assert "TH-26-2222-2222" not in everything(held.store, but=("audit",))


def test_a_mail_that_two_contacts_share_stays_with_the_other(held: Held) -> None:
    for reference in ("TH-26-2222-2222", "TH-26-3333-3333"):
        keep(held, reference, raw=b"of two families")
    erase(held, "TH-26-2222-2222", "command:ops", THEN)
    assert len(list(held.blobs.names())) == 1
    erase(held, "TH-26-3333-3333", "command:ops", THEN)
    assert list(held.blobs.names()) == []


def test_a_mail_that_nothing_knows_of_goes_after_a_day(held: Held) -> None:
    stray, fresh = held.blobs.put(b"left by a crash"), held.blobs.put(b"just being taken in")
    old = time.time() - 2 * 24 * 3600
    os.utime(held.data_dir / "mail" / stray[:2] / stray, (old, old))
    assert purge(held, LEWISHAM, "flow:purge", THEN, dry_run=False).strays == 1
    assert list(held.blobs.names()) == [fresh]


@pytest.mark.parametrize(
    ("births", "year"),
    [
        (["2016-02-29"], 2041),
        (["2010-05-05", "2020-06-01"], 2045),
        (["2016"], 2041),
        ([None], 2051),
        (["2016-02-29", None], 2051),
        (["1984-02-01"], 2051),
        (["nonsense"], 2051),
        ([], 2051),
    ],
)
def test_a_contact_is_kept_by_its_youngest_child_and_longest_where_a_birth_is_doubtful(births: list[str | None], year: int) -> None:
    rule = Retention(what="contact", years=25, from_birth=True, rule="LE-17")
    made = contact(record=Record(children=tuple(Person(family_name="Q", date_of_birth=born) for born in births)), received_at=THEN)
    assert kept_until(made, THEN, rule).year == year
