"""Standing at the mailbox: told by the server, or looking; and the bell that rings."""

from __future__ import annotations

import threading

import pytest
from pydantic import SecretStr

from pipeline.ingest.imap import Inbox
from pipeline.settings import Settings
from pipeline.workers.doorbell import Doorbell
from tests.mails import mail
from tests.servers import Dovecot

SECONDS = 60


@pytest.mark.parametrize("be_told", [True, False])
def test_mail_that_comes_ends_the_wait(dovecot: Dovecot, be_told: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.ingest.imap.LOOK_SECONDS", 0.2)
    mailbox = dovecot.mailbox()
    with Inbox(mailbox.account) as inbox:
        assert inbox.wait(0.2, be_told=be_told) is False
        mailbox.deliver(mail(body="Hello."))
        assert any(inbox.wait(1, be_told=be_told) for _ in range(SECONDS))
        assert len(inbox.uids()) == 1, "the connection is good for more"


def test_the_bell_rings_when_it_opens_and_when_mail_comes(dovecot: Dovecot) -> None:
    mailbox = dovecot.mailbox()
    account = mailbox.account
    settings = Settings(
        imap_host=account.host, imap_port=account.port, imap_user=account.user, imap_password=account.password, imap_ca_file=account.ca_file
    )
    rung: list[int] = []
    heard = threading.Condition()

    def ring() -> None:
        with heard:
            rung.append(1)
            heard.notify_all()

    bell = Doorbell(settings, ring)
    bell.start()
    with heard:
        assert heard.wait_for(lambda: len(rung) >= 1, SECONDS)
    mailbox.deliver(mail(body="Hello."))
    with heard:
        assert heard.wait_for(lambda: len(rung) >= 2, SECONDS)
    bell.stop()


def test_no_fault_of_any_kind_ends_the_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    heard = threading.Condition()

    def broken(_: object) -> None:
        with heard:
            tried.append(1)
            heard.notify_all()
        raise KeyError("what nobody foresaw")

    monkeypatch.setattr("pipeline.workers.doorbell.Inbox", broken)
    monkeypatch.setattr("pipeline.workers.doorbell.PAUSE_SECONDS", 0.01)
    bell = Doorbell(Settings(imap_host="localhost", imap_user="hub", imap_password=SecretStr("p")), lambda: None)
    bell.start()
    with heard:
        assert heard.wait_for(lambda: len(tried) >= 3, SECONDS)
    bell.stop()
