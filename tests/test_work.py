"""A mail that brings down whatever looks at it: it comes before a person, and no other mail waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from flows.watch_deadlines import _told
from models.mail import InboundMail
from pipeline import canary
from pipeline.errors import NeedsPerson
from pipeline.extract.narrative import Narrator
from pipeline.ingest.sender import classify
from pipeline.store import ledger
from pipeline.work import Worker
from tests.mails import form, mail
from tests.servers import Dovecot, SmtpServer
from tests.test_app import HUB, Hub, opened


@pytest.fixture(scope="module")
def narrator() -> Narrator:
    """Loaded once: it holds no state between texts."""
    return Narrator()


@pytest.fixture
def hub(dovecot: Dovecot, smtp_server: SmtpServer, data_dir: Path, narrator: Narrator) -> Iterator[Hub]:
    with opened(dovecot, smtp_server, data_dir, narrator, canary_to=HUB) as one:
        yield one


def test_a_mail_that_cannot_even_be_classed_is_before_a_person_and_holds_up_no_other(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(one: InboundMail, *more: Any) -> Any:
        if one.subject == "Poison":
            raise KeyError("words of a mail")
        return classify(one, *more)

    monkeypatch.setattr("pipeline.arriving.classify", broken)
    found = hub.round(mail(subject="Poison", body="x"), mail(body="The little girl was on the step alone at midnight again."))
    assert sorted(one.message.subject or "" for one in found) == ["", "Referral"]
    poison = next(one for one in found if not one.message.subject)
    assert poison.routing.decision == "manual"
    assert hub.app.blobs.has(poison.message.sha256), "its bytes are there for whoever looks"
    with hub.app.store.reading() as session:
        assert ledger.counts(session) == {"received": 0, "working": 0, "done": 1, "person": 1}


def test_an_orphan_that_no_contact_can_be_made_of_now_stops_no_round(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    hub.mailbox.deliver(mail(body="One."), mail(body="Two."))
    hub.app.poll_once()
    first, second = hub.app.pending()
    now = hub.app.now()
    with hub.app.store.session() as session:
        claimed = ledger.claim(session, "worker", now, ledger.LONGEST_LEASE, only=first)
        assert claimed is not None
        ledger.finish(session, claimed, now, None, "worker_died")

    def broken(*_: object) -> None:
        raise KeyError("words of a mail")

    with monkeypatch.context() as patch:
        patch.setattr(Worker, "_given_up", broken)
        assert hub.app.pending() == [second]
    assert hub.app.pending() == [second]
    assert len(list(hub.app.contacts())) == 1, "and it has its contact as soon as one can be made"


def test_a_canary_that_is_refused_for_good_keeps_no_letter_waiting(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise NeedsPerson("the mail server refused the recipient")

    monkeypatch.setattr(canary, "send", refused)
    (contact,) = hub.round(mail(body="The little girl was on the step alone at midnight again."))
    assert [letter.state for letter in contact.correspondence] == ["sent"]
    assert "no canary" in str(hub.app.deliver_due().note)


def test_the_same_referral_worked_by_two_at_once_is_one_contact(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other opens its contact after this one looked whether the same was said before: it looks once more."""
    paper = form()
    hub.mailbox.deliver(mail(("Referral.docx", paper)), mail(("Referral.docx", paper), body="Sent again, in case."))
    hub.app.poll_once()
    first, second = hub.app.pending()
    real, overtaken = Worker._said_before, list[int]()

    def slow(*given: Any) -> Any:
        found = real(*given)
        if not overtaken:
            overtaken.append(first)
            assert hub.app.process(first).state == "done"
        return found

    monkeypatch.setattr(Worker, "_said_before", slow)
    assert hub.app.process(second).state == "done"
    (contact,) = hub.app.contacts()
    assert len(contact.messages) == 2


def test_a_contact_that_no_longer_opens_is_named_and_the_clocks_of_the_others_are_watched(hub: Hub) -> None:
    one, two = hub.round(mail(body="One. He is hungry."), mail(body="Two. She is hungry.", sender="other@example.net"))
    with hub.app.store.session() as session:
        session.execute(text("UPDATE contacts SET body = substr(body, 1, length(body) - 8) WHERE reference = :one"), {"one": one.reference})
    hub.app.now = lambda: two.received_at + timedelta(days=30)
    watched = hub.app.watch()
    assert (watched.damaged, watched.overdue) == ((one.reference,), (two.reference,))
    assert one.reference in _told(watched)
