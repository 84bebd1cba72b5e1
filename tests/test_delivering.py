"""Letters on their way to a real SMTP server that is down, refuses, stands still or dies: none is lost, none goes under a second Message-ID."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from models.contact import Contact, Deadline, MessageRef, Routing
from models.mail import OutboundMail
from models.runs import DeliverSummary
from pipeline import afterwards
from pipeline.authorities import load_authority
from pipeline.delivering import MOST_FAILURES, Deliverer
from pipeline.errors import Retry
from pipeline.route.smtp import Sender, SmtpAccount
from pipeline.store import contacts, outbox
from pipeline.store.engine import Store, open_store
from tests.servers import SmtpServer, free_port

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LETTERS = 6


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Store]:
    """A store with one contact and letters to it that are due."""
    store = open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    clock = Deadline(what="acknowledge", due_at=NOW + timedelta(days=1))
    message = MessageRef(id="1", sha256="a" * 64, received_at=NOW)
    made = Contact(
        reference="TH-26-2222-2222", authority="a", received_at=NOW, message=message, routing=Routing(decision="manual"), deadlines=(clock,)
    )
    with store.session() as session:
        contacts.save(session, made, now=NOW)
        for number in range(LETTERS):
            outbox.queue(session, made.reference, "acknowledgement", letter(number), now=NOW, sequence=number)
    yield store
    store.close()


def letter(number: int) -> OutboundMail:
    return OutboundMail(
        message_id=f"<letter-{number}@hub.example>", sender="hub@council.example", recipient="a@school.example", subject="Yours", text="Thank you."
    )


def deliver(post: Store, server: SmtpServer, now: datetime = NOW, **changes: Any) -> DeliverSummary:
    given: dict[str, Any] = {"host": "localhost", "port": server.tls_port, "user": server.user, "password": server.password}
    account = SmtpAccount(**{**given, "ca_file": server.certificate.certificate, "timeout": 60.0, **changes})
    with post.reading() as session:
        ready = outbox.due(session, now)
    return Deliverer(post, Sender(account), load_authority("tower-hamlets"), lambda: now).deliver(ready)


def attempts(post: Store) -> list[int]:
    with post.reading() as session:
        return [row.attempts for row in outbox.letters_of(session, "TH-26-2222-2222")]


def states(post: Store) -> dict[str, int]:
    with post.reading() as session:
        return {state: count for state, count in outbox.counts(session).items() if count}


def test_a_server_that_is_down_costs_no_letter_an_attempt_and_is_asked_once(post: Store, smtp_server: SmtpServer) -> None:
    for day in range(30):
        told = deliver(post, smtp_server, NOW + timedelta(days=day), port=free_port())
        assert (told.sent, told.failed, told.waiting) == (0, 1, LETTERS)
        assert "cannot be reached" in str(told.note)
    assert attempts(post) == [0] * LETTERS
    assert deliver(post, smtp_server, NOW + timedelta(days=31)).sent == LETTERS


def test_a_sign_in_that_is_refused_costs_no_letter_an_attempt(post: Store, smtp_server: SmtpServer) -> None:
    told = deliver(post, smtp_server, password="not-the-word")
    assert "MASH_SMTP_PASSWORD" in str(told.note)
    assert attempts(post) == [0] * LETTERS
    assert deliver(post, smtp_server, NOW + timedelta(minutes=1)).sent == LETTERS


def test_a_server_that_refuses_each_letter_for_now_is_not_asked_for_all_of_them(post: Store, smtp_server: SmtpServer) -> None:
    smtp_server.answers = ["451 later"] * LETTERS
    told = deliver(post, smtp_server)
    assert (told.sent, told.failed) == (0, MOST_FAILURES)
    assert attempts(post) == [1] * MOST_FAILURES + [0] * (LETTERS - MOST_FAILURES)
    smtp_server.answers = []
    deliver(post, smtp_server, NOW + timedelta(hours=3))
    assert states(post) == {"sent": LETTERS}


def test_one_letter_that_is_refused_for_good_holds_up_no_other(post: Store, smtp_server: SmtpServer) -> None:
    smtp_server.answers = ["250 OK", "554 no", "250 OK"]
    told = deliver(post, smtp_server)
    assert (told.sent, told.failed) == (LETTERS - 1, 1)
    assert states(post) == {"sent": LETTERS - 1, "failed": 1}


def test_a_letter_that_will_not_go_puts_a_decided_contact_before_a_person_again(post: Store, smtp_server: SmtpServer) -> None:
    with post.session() as session:
        saved = contacts.get(session, "TH-26-2222-2222")
        assert saved is not None
        contacts.save(session, saved.contact, now=NOW, version=saved.version, state="decided")
    smtp_server.answers = ["554 no"]
    deliver(post, smtp_server)
    with post.reading() as session:
        again = contacts.get(session, "TH-26-2222-2222")
    assert again is not None
    assert again.state == contacts.OPEN
    assert any(event.what.startswith("opened again") for event in again.contact.history)


def test_a_letter_that_cannot_be_built_holds_up_no_other(post: Store, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Sender.send

    def send(edge: Sender, one: OutboundMail) -> None:
        if one.message_id == letter(0).message_id:
            raise UnicodeError("words of a letter")
        real(edge, one)

    monkeypatch.setattr(Sender, "send", send)
    assert deliver(post, smtp_server).sent == LETTERS - 1
    with post.reading() as session:
        assert outbox.letters_of(session, "TH-26-2222-2222")[0].reason == "it could not be built or handed over (UnicodeError)"


def test_a_letter_that_is_damaged_on_the_disk_holds_up_no_other(post: Store, smtp_server: SmtpServer) -> None:
    with post.session() as session:
        session.execute(text("UPDATE outbox SET letter = (SELECT letter FROM outbox WHERE sequence = 1) WHERE sequence = 0"))
    assert (deliver(post, smtp_server).sent, states(post)) == (LETTERS - 1, {"sent": LETTERS - 1, "failed": 1})
    with post.reading() as session:
        saved = contacts.get(session, "TH-26-2222-2222")
        assert "damaged" in str(session.scalar(text("SELECT reason FROM outbox WHERE sequence = 0")))
    assert saved is not None
    assert any("letter not delivered" in event.what for event in saved.contact.history)


def test_a_letter_of_a_contact_that_no_longer_opens_goes_once_and_not_again_and_again(post: Store, smtp_server: SmtpServer) -> None:
    with post.session() as session:
        session.execute(text("UPDATE contacts SET body = substr(body, 1, length(body) - 8)"))
    assert deliver(post, smtp_server).sent == LETTERS
    assert (deliver(post, smtp_server, NOW + timedelta(hours=3)).sent, len(smtp_server.received)) == (0, LETTERS)


def test_a_server_that_stands_still_is_waited_for_and_not_for_ever(post: Store, smtp_server: SmtpServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        told = deliver(post, smtp_server, port=mute.getsockname()[1], security="none", timeout=0.5)
    assert "cannot be reached" in str(told.note)
    assert attempts(post) == [0] * LETTERS


@pytest.mark.parametrize("after", [outbox.mark_sent, afterwards.sent])
def test_what_a_sent_letter_means_for_its_contact_is_written_with_it_or_not_at_all(
    post: Store, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch, after: Callable[..., None]
) -> None:
    module = outbox if after is outbox.mark_sent else afterwards

    def broken(*given: Any) -> None:
        after(*given)
        raise Retry("the power went")

    monkeypatch.setattr(module, after.__name__, broken)
    with pytest.raises(Retry):
        deliver(post, smtp_server)
    monkeypatch.undo()
    assert states(post) == {"queued": LETTERS - 1, "sending": 1}
    with post.reading() as session:
        saved = contacts.get(session, "TH-26-2222-2222")
    assert saved is not None
    assert saved.contact.history == ()
    deliver(post, smtp_server, NOW + timedelta(hours=3))
    assert states(post) == {"sent": LETTERS}
    went = [one.raw.split(b"Message-ID: ")[1].split(b"\r\n")[0].decode() for one in smtp_server.received]
    assert set(went) == {letter(number).message_id for number in range(LETTERS)}
    with post.reading() as session:
        saved = contacts.get(session, "TH-26-2222-2222")
    assert saved is not None
    assert len(saved.contact.history) == LETTERS
    assert saved.contact.deadlines[0].met_at is not None


def test_a_contact_that_somebody_changes_meanwhile_keeps_both_changes(post: Store, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch) -> None:
    real, conflicts = contacts.save, [2]

    def save(*given: Any, **named: Any) -> int:
        if conflicts[0]:
            conflicts[0] -= 1
            raise Retry("contact was changed by somebody else meanwhile")
        return real(*given, **named)

    monkeypatch.setattr(contacts, "save", save)
    assert deliver(post, smtp_server).sent == LETTERS
    assert states(post) == {"sent": LETTERS}
    assert len(smtp_server.received) == LETTERS
