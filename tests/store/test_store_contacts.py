"""Contacts, references, and the one transaction that writes the outcome of a mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from models.alike import child_keys
from models.contact import Contact, ContactLink, Event, MessageRef, Routing
from models.mail import OutboundFile, OutboundMail
from models.record import Person, Record
from pipeline.errors import OurBug, Retry
from pipeline.store import audit, contacts, ledger, outbox, references
from pipeline.store.engine import Store
from pipeline.store.outcome import LetterToSend, commit_outcome
from pipeline.store.tables import ContactKey

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def contact(
    reference: str = "TH-26-2222-2222", *, sha256: str = "a" * 64, message_id: str | None = "<1@agency.example>", **changes: object
) -> Contact:
    made = Contact(
        reference=reference,
        authority="tower-hamlets",
        received_at=NOW,
        message=MessageRef(id="1", sha256=sha256, message_id=message_id, received_at=NOW),
        routing=Routing(decision="screen"),
        history=(Event(at=NOW, by="pipeline", what="received"),),
    )
    return made.model_copy(update=changes)


def letter(message_id: str = "<letter-1@hub.example>") -> OutboundMail:
    return OutboundMail(
        message_id=message_id,
        sender="hub@council.example",
        recipient="Worker@Agency.example",
        subject="Your referral",
        text="Thank you.",
        files=(OutboundFile(filename="contact.docx", content_type="application/octet-stream", content=bytes(range(256))),),
    )


def claimed(store: Store, uid: int = 1) -> ledger.Claimed:
    with store.session() as session:
        ledger.record(session, ledger.Arrived("hub@mail.example", "INBOX", 7, uid, f"{uid:064x}", 10, NOW))
    with store.session() as session:
        found = ledger.claim(session, "worker", NOW, 10 * MINUTE)
    assert found is not None
    return found


def link(reference: str) -> ContactLink:
    return ContactLink(reference=reference, relation="same_mail", because="came in the same mail")


def test_a_contact_comes_back_as_it_was(store: Store) -> None:
    with store.session() as session:
        assert contacts.save(session, contact(), now=NOW) == 1
    with store.reading() as session:
        saved = contacts.get(session, "TH-26-2222-2222")
        assert saved is not None
        assert (saved.contact, saved.version, saved.state) == (contact(), 1, "open")
        assert contacts.get(session, "TH-26-3333-3333") is None


def test_a_stale_version_is_refused_and_writes_nothing(store: Store) -> None:
    with store.session() as session:
        contacts.save(session, contact(), now=NOW)
        contacts.save(session, contact(linked=(link("first"),)), now=NOW, version=1)
    with pytest.raises(Retry, match="changed by somebody else"), store.session() as session:
        contacts.save(session, contact(linked=(link("second"),)), now=NOW, version=1)
    with store.reading() as session:
        saved = contacts.get(session, "TH-26-2222-2222")
        assert saved is not None
        assert (saved.contact.linked, saved.version) == ((link("first"),), 2)


def test_contacts_about_the_same_child_are_found_by_keys_without_names(store: Store) -> None:
    child = Person(given_names="Ann Mary", family_name="Gale", date_of_birth="2016-03-01")
    known = contact(record=Record(children=(child,)), message=MessageRef(id="1", sha256="a" * 64, received_at=NOW, forms=("f" * 64,)))
    with store.session() as session:
        contacts.save(session, known, now=NOW)
        contacts.save(session, contact("TH-26-3333-3333", sha256="b" * 64), now=NOW)

    def found(keys: Iterable[str], since: datetime = NOW) -> list[str]:
        with store.reading() as session:
            return [saved.contact.reference for saved in contacts.sharing(session, keys, since=since)]

    shorter = Record(children=(Person(given_names="Ann", family_name="GALE"),))
    other = Record(children=(Person(given_names="Ann", family_name="Marsh"),))
    assert found(child_keys(shorter)) == found({"f" * 64}) == [known.reference]
    assert found(child_keys(other)) == found(()) == found(child_keys(shorter), NOW + MINUTE) == []
    with store.session() as session:
        assert not any("gale" in key.casefold() for key in session.scalars(select(ContactKey.key)))
        contacts.save(session, known.model_copy(update={"record": other}), now=NOW, version=1)
    assert found(child_keys(shorter)) == []
    assert found(child_keys(other)) == [known.reference]


def test_the_same_reference_twice_is_a_bug_of_ours(store: Store) -> None:
    with store.session() as session:
        contacts.save(session, contact(), now=NOW)
    with pytest.raises(OurBug), store.session() as session:
        contacts.save(session, contact(), now=NOW)


def test_events_are_only_added(store: Store) -> None:
    more = Event(at=NOW + MINUTE, by="user-7", what="opened")
    with store.session() as session:
        contacts.save(session, contact(), now=NOW)
        longer = contact().model_copy(update={"history": (*contact().history, more)})
        assert contacts.save(session, longer, now=NOW, version=1) == 2
        assert contacts.events(session, "TH-26-2222-2222") == [*contact().history, more]


def test_newest_first(store: Store) -> None:
    with store.session() as session:
        for number in range(3):
            contacts.save(session, contact(f"TH-26-222{number + 2}-2222", received_at=NOW + number * MINUTE), now=NOW)
        contacts.save(session, contact("TH-26-9999-2222", received_at=NOW - MINUTE), now=NOW, state="closed")
        assert [one.contact.reference for one in contacts.newest(session, 2)] == ["TH-26-2224-2222", "TH-26-2223-2222"]
        assert [one.contact.reference for one in contacts.newest(session, states=["closed"])] == ["TH-26-9999-2222"]


def test_an_answer_is_found_by_our_letter_or_by_an_earlier_mail(store: Store) -> None:
    with store.session() as session:
        contacts.save(session, contact(), now=NOW)
        contacts.save(session, contact("TH-26-3333-3333", sha256="b" * 64, message_id="<2@agency.example>"), now=NOW)
        outbox.queue(session, "TH-26-2222-2222", "acknowledgement", letter(), now=NOW)
        assert contacts.find_by_message_ids(session, ["<letter-1@hub.example>"]) == ("TH-26-2222-2222",)
        assert contacts.find_by_message_ids(session, ["<2@agency.example>", "<letter-1@hub.example>"]) == ("TH-26-2222-2222", "TH-26-3333-3333")
        assert contacts.find_by_message_ids(session, ["<else@agency.example>"]) == ()
        assert contacts.find_by_message_ids(session, []) == ()


def test_an_outcome_is_written_whole(store: Store) -> None:
    mail = claimed(store)
    with store.session() as session:
        commit_outcome(session, mail, contact(), [LetterToSend("acknowledgement", letter())], now=NOW)
    with store.reading() as session:
        row = ledger.get(session, mail.id)
        assert row is not None
        assert (row.state, row.contact_reference) == ("done", "TH-26-2222-2222")
        assert outbox.counts(session)["queued"] == 1
        assert [row.reference for row in audit.rows(session)] == ["TH-26-2222-2222"]


def test_an_outcome_after_a_lost_lease_is_not_written_at_all(store: Store) -> None:
    mail = claimed(store)
    with store.session() as session:
        assert ledger.claim(session, "another", NOW + 11 * MINUTE, 10 * MINUTE) is not None
    with pytest.raises(Retry), store.session() as session:
        commit_outcome(session, mail, contact(), [LetterToSend("acknowledgement", letter())], now=NOW)
    with store.reading() as session:
        assert list(contacts.newest(session)) == []
        assert outbox.counts(session)["queued"] == 0
        assert audit.rows(session) == []


def test_references_can_be_typed_and_are_checked() -> None:
    made = references.make("th", NOW)
    code, year, left, right = made.split("-")
    assert (code, year) == ("TH", "26")
    for typed in (
        made,
        made.lower(),
        f"{code}{year}{left}{right}",
        f"Re: {code} {year} {left} {right} - more",
        f"[{made}]",
        f"{code}–{year}–{left}–{right}",
    ):
        assert references.find(typed) == (made,)


def test_a_mistyped_reference_is_not_somebody_elses() -> None:
    made = references.make("LE", NOW)
    letters = made[6:10] + made[11:]
    wrong = set()
    for place, right in enumerate(letters):
        wrong |= {letters[:place] + other + letters[place + 1 :] for other in references.ALPHABET if other != right}
    wrong |= {
        letters[:place] + letters[place + 1] + letters[place] + letters[place + 2 :] for place in range(7) if letters[place] != letters[place + 1]
    }
    assert len(wrong) > 170
    for one in wrong:
        assert references.find(f"LE-26-{one[:4]}-{one[4:]}") == ()
    assert references.find(made.replace("LE", "TK", 1)) == ()


def test_ordinary_text_holds_no_references() -> None:
    for text in ("", None, "Date of birth 12-03-2016, NHS 999 123 4567, E1 6AN, TH-26", "GP 20 7946 0123 rang"):
        assert references.find(text) == ()


def test_references_cannot_be_counted_up() -> None:
    made = {references.make("OX", NOW) for _ in range(2000)}
    assert len(made) == 2000
