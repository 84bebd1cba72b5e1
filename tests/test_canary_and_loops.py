"""Two hubs, real mail servers, and letters that really arrive: a canary goes round, and no letter of ours is ever answered by a letter of ours."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from pipeline import canary
from pipeline.app import App
from pipeline.errors import WrongSetup
from pipeline.extract.narrative import Narrator
from pipeline.settings import Settings
from pipeline.store import ledger, outbox
from tests.mails import form, mail
from tests.servers import Dovecot, Mailbox, SmtpServer

FIRST, SECOND = "mash@first-council.example", "mash@second-council.example"
ROUNDS = 6


class Hub:
    """A hub whose letters the post brings to whom they are for."""

    def __init__(self, folder: Path, address: str, mailbox: Mailbox, server: SmtpServer, narrator: Narrator, **more: Any) -> None:
        account = mailbox.account
        given: dict[str, Any] = {
            "authority": "lewisham",
            "data_dir": folder,
            "imap_host": account.host,
            "imap_port": account.port,
            "imap_user": account.user,
            "imap_password": SecretStr(account.password),
            "imap_ca_file": account.ca_file,
            "smtp_host": "localhost",
            "smtp_port": server.tls_port,
            "smtp_user": server.user,
            "smtp_password": SecretStr(server.password),
            "smtp_from": address,
            "smtp_ca_file": server.certificate.certificate,
        }
        self.address, self.mailbox, self.now = address, mailbox, datetime.now(UTC)
        self.app = App.open(Settings(**{**given, **more}), clock=lambda: self.now)
        self.app.narrator = narrator

    def round(self) -> None:
        self.app.poll_once()
        for number in self.app.pending():
            self.app.process(number)
        self.app.deliver_due()
        self.now += timedelta(minutes=5)

    def letters(self) -> int:
        with self.app.store.reading() as session:
            return sum(outbox.counts(session).values())


def post(server: SmtpServer, *hubs: Hub) -> list[bytes]:
    """Bring what was sent to the mailboxes it is for; give back what is for nobody here."""
    others = []
    for sent in server.received:
        raw = b"Return-Path: <" + sent.sender.encode() + b">\r\n" + sent.raw
        whose = [hub for hub in hubs if hub.address in sent.recipients]
        for hub in whose:
            hub.mailbox.deliver(raw)
        if not whose:
            others.append(sent.raw)
    server.received.clear()
    return others


@pytest.fixture(scope="module")
def narrator() -> Narrator:
    return Narrator()


@pytest.fixture
def hubs(tmp_path: Path, dovecot: Dovecot, smtp_server: SmtpServer, narrator: Narrator) -> Iterator[tuple[Hub, Hub]]:
    made = [Hub(tmp_path / name, address, dovecot.mailbox(), smtp_server, narrator) for name, address in (("one", FIRST), ("two", SECOND))]
    yield made[0], made[1]
    for hub in made:
        hub.app.close()


def test_two_hubs_that_write_to_one_another_stop_at_once(hubs: tuple[Hub, Hub], smtp_server: SmtpServer) -> None:
    one, two = hubs
    one.mailbox.deliver(mail(("Referral.docx", form()), sender=SECOND))
    for _ in range(ROUNDS):
        for hub in hubs:
            hub.round()
            post(smtp_server, *hubs)
    # The first answers what looks like a person's mail; the second sees that a program wrote the answer.
    assert (one.letters(), two.letters()) == (1, 0)


def test_a_hub_that_hears_itself_does_not_answer(hubs: tuple[Hub, Hub], smtp_server: SmtpServer) -> None:
    one, _ = hubs
    one.mailbox.deliver(mail(("Referral.docx", form()), sender=FIRST))
    for _ in range(ROUNDS):
        one.round()
        post(smtp_server, one)
    assert one.letters() == 0
    assert len(list(one.app.contacts())) == 1


def test_an_out_of_office_from_an_address_that_changes_each_time_ends_it(hubs: tuple[Hub, Hub], smtp_server: SmtpServer) -> None:
    """Such notes defeat caps that count by sender. The worst of them say nothing of being automatic but in their subject, and quote no thread."""
    one, _ = hubs
    one.mailbox.deliver(mail(("Referral.docx", form()), sender="clerk@school.example.org"))
    written = []
    for number in range(ROUNDS):
        one.round()
        for raw in post(smtp_server, one):
            letter = email.message_from_bytes(raw, policy=email.policy.default)
            written.append(str(letter["To"]))
            one.mailbox.deliver(
                mail(sender=f"away-{number}@school.example.org", subject=f"Automatic reply: {letter['Subject']}", body="I am on leave.")
            )
    assert written == ["clerk@school.example.org"]


def test_a_list_that_sends_our_letter_to_us_again_ends_it(hubs: tuple[Hub, Hub], smtp_server: SmtpServer) -> None:
    one, _ = hubs
    one.mailbox.deliver(mail(("Referral.docx", form()), sender="staff@school.example.org", headers=(("List-Id", "<staff.school.example.org>"),)))
    one.mailbox.deliver(mail(("Referral.docx", form()), sender="head@school.example.org", subject="Another"))
    for _ in range(ROUNDS):
        one.round()
        for raw in post(smtp_server, one):
            one.mailbox.deliver(b"List-Id: <staff.school.example.org>\r\nPrecedence: list\r\n" + raw)
    assert one.letters() == 1


def test_a_stubborn_robot_that_hides_meets_the_caps(hubs: tuple[Hub, Hub], smtp_server: SmtpServer) -> None:
    """It looks like a person in every way and answers each letter with a new mail: what is over the caps is held for a person."""
    one, _ = hubs
    one.mailbox.deliver(mail(sender="robot@school.example.org", subject="Hello", body="I am worried about a child."))
    sent = 0
    for number in range(16):
        one.round()
        for _ in post(smtp_server, one):
            sent += 1
            one.mailbox.deliver(mail(sender="robot@school.example.org", subject=f"Hello {number}", body=f"I am worried about child {number}."))
    assert 1 <= sent <= 10
    with one.app.store.reading() as session:
        assert outbox.counts(session)["queued"] == 0


@pytest.mark.parametrize(
    "subject", ["x\r\nBcc: b@evil.example", "=?utf-8?q?x=0D=0ABcc:_b@evil.example=0D=0A=0D=0Abody?=", "x\u2028Bcc: b@evil.example"]
)
def test_no_word_of_a_mail_becomes_a_header_of_ours(hubs: tuple[Hub, Hub], smtp_server: SmtpServer, subject: str) -> None:
    one, _ = hubs
    raw = mail(("Referral.docx", form()), sender="clerk@school.example.org").replace(b"Subject: Referral", b"Subject: " + subject.encode())
    raw = raw.replace(b"Message-ID: <", b"Message-ID: <x\r\n Bcc: b@evil.example\r\n\t")
    one.mailbox.deliver(raw)
    one.round()
    (sent,) = smtp_server.received
    letter = email.message_from_bytes(sent.raw, policy=email.policy.default)
    assert sent.recipients == ("clerk@school.example.org",)
    assert letter["Bcc"] is None
    assert sorted(name.lower() for name in letter.keys()) == sorted({name.lower() for name in letter.keys()})  # noqa: SIM118 - a message's keys repeat


def test_a_canary_goes_round_and_opens_no_contact(tmp_path: Path, dovecot: Dovecot, smtp_server: SmtpServer, narrator: Narrator) -> None:
    hub = Hub(tmp_path / "hub", FIRST, dovecot.mailbox(), smtp_server, narrator, canary_to=FIRST)
    try:
        assert canary.standing(hub.app.store, hub.app.settings, hub.now) == (True, "none was sent yet")
        hub.round()
        assert len(smtp_server.received) == 1
        assert "on its way" in canary.standing(hub.app.store, hub.app.settings, hub.now)[1]
        lost = hub.now + timedelta(hours=2)
        assert not canary.standing(hub.app.store, hub.app.settings, lost)[0]
        post(smtp_server, hub)
        hub.round()
        good, said = canary.standing(hub.app.store, hub.app.settings, hub.now)
        assert good
        assert "came back" in said
        assert list(hub.app.contacts()) == []
        with hub.app.store.reading() as session:
            assert ledger.counts(session) == {"received": 0, "working": 0, "done": 1, "person": 0}
        assert smtp_server.received == []
        assert not hub.app.figures().canary_lost
        hub.now += timedelta(hours=1)
        hub.round()
        assert len(smtp_server.received) == 1
        hub.now += timedelta(hours=2)
        assert hub.app.figures().canary_lost, "health tells it too"
    finally:
        hub.app.close()


def test_a_mail_that_only_looks_like_a_canary_is_a_mail(tmp_path: Path, dovecot: Dovecot, smtp_server: SmtpServer, narrator: Narrator) -> None:
    hub = Hub(tmp_path / "hub", FIRST, dovecot.mailbox(), smtp_server, narrator, canary_to=FIRST)
    try:
        hub.round()
        smtp_server.received.clear()
        hub.mailbox.deliver(mail(sender=FIRST, subject="Canary: please leave this mail alone", body="This mail shows."))
        hub.round()
        assert len(list(hub.app.contacts())) == 1
    finally:
        hub.app.close()


def test_without_an_address_no_canary_goes(tmp_path: Path, dovecot: Dovecot, smtp_server: SmtpServer, narrator: Narrator) -> None:
    hub = Hub(tmp_path / "hub", FIRST, dovecot.mailbox(), smtp_server, narrator)
    try:
        hub.round()
        assert smtp_server.received == []
        with pytest.raises(WrongSetup, match="MASH_CANARY_TO"):
            canary.send(hub.app.store, hub.app.settings, hub.now)
    finally:
        hub.app.close()
