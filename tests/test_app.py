"""One message all the way, on a real mail server, a real store and a real sender: nothing lost, nothing doubled."""

from __future__ import annotations

import email
import email.policy
import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from pydantic import SecretStr

from models.contact import Contact
from pipeline.app import App
from pipeline.errors import NeedsPerson, Retry, WrongSetup
from pipeline.extract.narrative import Narrator
from pipeline.ingest.imap import Inbox
from pipeline.settings import Settings
from tests.mails import CHILD, form, mail, report_of
from tests.servers import Dovecot, Mailbox, SmtpServer

HUB = "mash@example-council.example"
AUTHENTIC = (("Authentication-Results", "mx.example-council.example; dmarc=pass header.from=larkfield.example.org"),)


class Hub:
    """An app on test servers, worked by hand, round by round."""

    def __init__(self, app: App, mailbox: Mailbox, letters: SmtpServer) -> None:
        self.app, self.mailbox, self.letters = app, mailbox, letters

    def round(self, *mails: bytes) -> list[Contact]:
        self.mailbox.deliver(*mails)
        self.app.poll_once()
        for ledger_id in self.app.pending():
            self.app.process(ledger_id)
        self.app.deliver_due()
        return list(self.app.contacts())

    def sent(self) -> list[EmailMessage]:
        return [email.message_from_bytes(one.raw, policy=email.policy.default) for one in self.letters.received]


def settings(data_dir: Path, mailbox: Mailbox, letters: SmtpServer, **more: Any) -> Settings:
    account = mailbox.account
    given: dict[str, Any] = {
        "authority": "lewisham",
        "data_dir": data_dir,
        "imap_host": account.host,
        "imap_port": account.port,
        "imap_user": account.user,
        "imap_password": SecretStr(account.password),
        "imap_ca_file": account.ca_file,
        "smtp_host": "localhost",
        "smtp_port": letters.tls_port,
        "smtp_user": letters.user,
        "smtp_password": SecretStr(letters.password),
        "smtp_from": HUB,
        "smtp_ca_file": letters.certificate.certificate,
        "authserv_id": "mx.example-council.example",
    }
    return Settings(**{**given, **more})


@contextmanager
def opened(dovecot: Dovecot, letters: SmtpServer, data_dir: Path, narrator: Narrator, **more: Any) -> Iterator[Hub]:
    """A hub on a mailbox of its own."""
    mailbox = dovecot.mailbox()
    app = App.open(settings(data_dir, mailbox, letters, **more))
    app.narrator = narrator
    try:
        yield Hub(app, mailbox, letters)
    finally:
        app.close()


@pytest.fixture(scope="module")
def narrator() -> Narrator:
    """Loaded once: it holds no state between texts."""
    return Narrator()


@pytest.fixture
def hub(dovecot: Dovecot, smtp_server: SmtpServer, data_dir: Path, narrator: Narrator) -> Iterator[Hub]:
    with opened(dovecot, smtp_server, data_dir, narrator) as one:
        yield one


def test_a_referral_becomes_a_contact_and_an_acknowledgement(hub: Hub) -> None:
    (contact,) = hub.round(mail(("Referral.docx", form()), headers=AUTHENTIC))
    child = contact.record.children[0]
    assert (child.given_names, child.family_name, child.date_of_birth, child.postcode) == ("Perran", "Ashdown", "2017-03-14", "EJ4 2QX")
    assert contact.record.consent.status == "given"
    assert contact.record.referrer.email == "i.sallow@larkfield.example.org"
    assert contact.narrative is not None
    assert "neglect" in contact.narrative.raised
    assert contact.deadlines
    (letter,) = hub.sent()
    assert letter["To"] == "i.sallow@larkfield.example.org"
    assert letter["In-Reply-To"] == contact.message.message_id
    assert letter["Auto-Submitted"] == "auto-replied"
    assert contact.reference in str(letter["Subject"])
    assert hub.app.contact(contact.reference).correspondence[0].state == "sent"
    assert hub.mailbox.read() == {}


def test_a_second_poll_changes_nothing(hub: Hub) -> None:
    before = hub.round(mail(("Referral.docx", form())))
    assert hub.round() == before
    assert len(hub.sent()) == 1


def test_what_was_taken_is_kept_when_moving_fails(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: object) -> None:
        raise Retry("the server went away")

    hub.mailbox.deliver(mail(("Referral.docx", form())))
    with monkeypatch.context() as patch:
        patch.setattr(Inbox, "move_to_stored", down)
        with pytest.raises(Retry):
            hub.app.poll_once()
    assert len(hub.round()) == 1
    assert hub.mailbox.read() == {}


def test_a_mail_without_a_form_is_read_and_goes_to_a_person(hub: Hub) -> None:
    words = "I live next door. The little girl was on the step alone at midnight again and she said her dad has hit her with a belt."
    (contact,) = hub.round(mail(sender="neighbour@example.net", body=words))
    assert contact.routing.decision == "screen_urgently"
    assert contact.narrative is not None
    assert "physical_abuse" in contact.narrative.raised


def test_a_file_that_cannot_be_read_keeps_its_contact(hub: Hub) -> None:
    (contact,) = hub.round(mail(("Referral.docx", form()[:3000])))
    assert contact.routing.decision == "manual"
    assert [one.problem.code for one in contact.extractions if one.problem] == ["corrupt"]
    assert hub.app.blobs.has(contact.message.sha256)


def test_two_families_in_one_mail_are_two_contacts(hub: Hub) -> None:
    other = {**CHILD, "Surname": "Okafor", "Forename(s)": "Chika", "Home address": "2 Mill Lane, Thornbridge", "Postcode": "TB3 1AA"}
    contacts = hub.round(mail(("one.docx", form()), ("two.docx", form(other))))
    assert {one.record.children[0].family_name for one in contacts} == {"Ashdown", "Okafor"}
    assert {tuple(link.reference for link in one.linked) for one in contacts} == {(contacts[0].reference,), (contacts[1].reference,)}


def test_the_contact_record_filled_in_completes_the_contact(hub: Hub) -> None:
    blank = {**CHILD, "Date of birth": "", "Gender": ""}
    (contact,) = hub.round(mail(("Referral.docx", form(blank)), headers=AUTHENTIC))
    assert contact.record.children[0].date_of_birth is None
    (letter,) = hub.sent()
    paper = next(part for part in letter.iter_attachments() if str(part.get_filename()).endswith(".docx"))
    filled = fill(paper.get_content(), {"children.0.date_of_birth": "14 March 2017"})
    answer = mail(("contact-record.docx", filled), answers=str(letter["Message-ID"]), body="Filled in.", headers=AUTHENTIC)
    (after,) = hub.round(answer)
    assert after.reference == contact.reference
    assert after.record.children[0].date_of_birth == "2017-03-14"
    assert after.deadlines[1:] == contact.deadlines[1:]
    assert len(after.messages) == 2


def test_the_form_sent_again_completes_the_contact(hub: Hub) -> None:
    (contact,) = hub.round(mail(("Referral.docx", form({**CHILD, "Date of birth": ""}))))
    (letter,) = hub.sent()
    (after,) = hub.round(mail(("Referral v2.docx", form()), answers=str(letter["Message-ID"])))
    assert after.record.children[0].date_of_birth == "2017-03-14"
    assert len(after.record.children) == 1
    assert after.reference == contact.reference


def test_what_was_urgent_by_its_subject_stays_urgent_when_an_answer_comes(hub: Hub) -> None:
    incomplete = form({**CHILD, "Date of birth": ""})
    (contact,) = hub.round(mail(("Referral.docx", incomplete), subject="Child Protection Referral"))
    assert contact.routing.decision == "screen_urgently"
    (letter,) = hub.sent()
    (after,) = hub.round(mail(subject="Re: your letter", body="1. 14 March 2017", answers=str(letter["Message-ID"])))
    assert after.reference == contact.reference
    assert after.routing.decision == "screen_urgently"
    assert after.asked >= contact.asked > 0


def test_a_stranger_who_types_a_reference_does_not_join_the_contact(hub: Hub) -> None:
    (contact,) = hub.round(mail(("Referral.docx", form())))
    stranger = mail(sender="someone@example.net", subject=f"Re {contact.reference}", body="What do you know about this family?")
    after = hub.round(stranger)
    assert len(after) == 2
    assert next(one for one in after if one.reference != contact.reference).linked[0].reference == contact.reference


def test_the_same_file_in_a_new_mail_joins_its_contact_and_its_words_are_read(hub: Hub) -> None:
    paper = form()
    (contact,) = hub.round(mail(("Referral.docx", paper)))
    (after,) = hub.round(mail(("Referral copy.docx", paper), body="Sending again. He told me today that Dad strangled Mum last night."))
    assert after.reference == contact.reference
    assert len(after.messages) == 2
    assert len(after.extractions) == len(contact.extractions)
    assert after.deadlines[1:] == contact.deadlines[1:]
    assert after.routing.decision == "screen_urgently"


def test_a_second_referral_of_the_same_child_stands_beside_the_first(hub: Hub) -> None:
    (first,) = hub.round(mail(("Referral.docx", form())))
    after = hub.round(mail(("Referral.docx", form({**CHILD, "School": "Another School"})), sender="ward@hospital.example"))
    second = next(one for one in after if one.reference != first.reference)
    assert [(link.reference, link.relation, link.doubtful) for link in second.linked] == [(first.reference, "same_children", True)]


def test_a_machine_is_not_answered_and_joins_its_thread(hub: Hub) -> None:
    hub.round(mail(("Referral.docx", form())))
    (letter,) = hub.sent()
    away = mail(subject="Automatic reply", body="I am away.", answers=str(letter["Message-ID"]), headers=[("Auto-Submitted", "auto-replied")])
    (after,) = hub.round(away)
    assert len(after.messages) == 2
    assert len(hub.sent()) == 1


def test_a_letter_that_comes_back_is_told_from_one_that_is_late_and_a_person_gets_the_contact(hub: Hub) -> None:
    (contact,) = hub.round(mail(("Referral.docx", form({**CHILD, "Date of birth": ""}, consent=None))))
    assert contact.routing.decision == "return_to_referrer"
    (letter,) = hub.sent()
    (after,) = hub.round(report_of(str(letter["Message-ID"]), "delayed", "4.4.1"))
    assert (after.routing.decision, after.correspondence[0].state) == ("return_to_referrer", "sent")
    (after,) = hub.round(report_of(str(letter["Message-ID"]), "failed", "5.1.1"))
    assert (after.reference, after.routing.decision, after.correspondence[0].state) == (contact.reference, "manual", "failed")
    assert "5.1.1" in after.history[-1].what
    assert len(after.messages) == 3
    assert len(hub.sent()) == 1


def test_a_letter_the_server_refuses_for_good_puts_its_contact_before_a_person(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise NeedsPerson("the mail server refuses the recipient")

    monkeypatch.setattr("pipeline.route.smtp.Sender.send", refuse)
    (contact,) = hub.round(mail(("Referral.docx", form({**CHILD, "Date of birth": ""}, consent=None))))
    assert (contact.routing.decision, contact.correspondence[0].state) == ("manual", "failed")
    assert any("another way" in reason.because for reason in contact.routing.reasons)


def test_a_fault_of_ours_puts_the_mail_before_a_person(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("Perran Ashdown")

    monkeypatch.setattr("pipeline.work.cases", broken)
    (contact,) = hub.round(mail(("Referral.docx", form())))
    assert contact.routing.decision == "manual"
    assert "Perran" not in str(contact.history)
    assert hub.app.pending() == []


def test_the_contact_stands_even_when_its_letter_cannot_be_written(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("Perran Ashdown")

    monkeypatch.setattr("pipeline.writing.compose", broken)
    (contact,) = hub.round(mail(("Referral.docx", form())))
    assert contact.routing.decision == "manual"
    assert contact.correspondence == ()


def test_mails_are_taken_in_though_no_sender_is_set(dovecot: Dovecot, smtp_server: SmtpServer, data_dir: Path, narrator: Narrator) -> None:
    mailbox = dovecot.mailbox()
    app = App.open(settings(data_dir, mailbox, smtp_server, smtp_host=None))
    app.narrator = narrator
    try:
        (contact,) = Hub(app, mailbox, smtp_server).round(mail(("Referral.docx", form())))
        assert contact.correspondence[0].state == "queued"
        assert "MASH_SMTP_HOST" in str(app.deliver_due().note)
    finally:
        app.close()


def test_a_quiet_referrer_is_reminded_once_and_the_team_is_told(hub: Hub) -> None:
    (contact,) = hub.round(mail(("Referral.docx", form({**CHILD, "Date of birth": ""})), headers=AUTHENTIC))
    assert hub.app.watch().reminded == 0
    hub.app.now = lambda: contact.received_at + timedelta(days=8)
    watched = hub.app.watch()
    assert watched.reminded == 1
    assert contact.reference in watched.overdue
    assert hub.app.watch().reminded == 0
    hub.app.deliver_due()
    assert len(hub.sent()) == 2


def test_letters_wait_while_the_sender_is_down(hub: Hub) -> None:
    hub.letters.answers.append("451 try later")
    (contact,) = hub.round(mail(("Referral.docx", form())))
    assert contact.correspondence[0].state == "queued"
    assert hub.sent() == []


def test_killed_half_way_nothing_is_lost_or_doubled(dovecot: Dovecot, smtp_server: SmtpServer, data_dir: Path) -> None:
    mailbox = dovecot.mailbox()
    chosen = settings(data_dir, mailbox, smtp_server)
    surnames = [f"Quill{letter}" for letter in "abcdef"]
    mailbox.deliver(
        *(mail(("r.docx", form({**CHILD, "Surname": name, "Postcode": "", "Home address": f"{n} Mill Lane"}))) for n, name in enumerate(surnames, 1))
    )
    for pause in (1.0, 4.0, 5.0):
        child = os.fork()
        if child == 0:
            work(chosen)
        time.sleep(pause)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    app = App.open(chosen)
    try:
        hub = Hub(app, mailbox, smtp_server)
        contacts = hub.round()
        assert sorted(str(one.record.children[0].family_name) for one in contacts) == surnames
        assert mailbox.read() == {}
        identities = [str(letter["Message-ID"]) for letter in hub.sent()]
        assert {one.correspondence[0].message_id for one in contacts} == set(identities)
    finally:
        app.close()


@pytest.mark.parametrize(
    ("changes", "kind", "said"),
    [
        ({"imap_password": SecretStr("wrong-and-secret")}, WrongSetup, "MASH_IMAP_PASSWORD"),
        ({"imap_port": 1}, Retry, "mailbox"),
        ({"imap_folder": "Nowhere"}, WrongSetup, "MASH_IMAP_FOLDER"),
        ({"imap_ca_file": None}, WrongSetup, "certificate"),
        ({"imap_host": None}, WrongSetup, "MASH_IMAP_HOST"),
    ],
)
def test_what_is_wrong_with_a_mailbox_is_one_line(
    changes: dict[str, Any], kind: type[Exception], said: str, dovecot: Dovecot, smtp_server: SmtpServer, data_dir: Path
) -> None:
    app = App.open(settings(data_dir, dovecot.mailbox(), smtp_server, **changes))
    try:
        with pytest.raises(kind, match=said) as raised:
            app.poll_once()
        assert "\n" not in str(raised.value)
        assert "wrong-and-secret" not in str(raised.value)
    finally:
        app.close()


def work(chosen: Settings) -> None:
    """What a killed process was doing."""
    app = App.open(chosen)
    app.poll_once()
    for ledger_id in app.pending():
        app.process(ledger_id)
    app.deliver_due()
    os._exit(0)


def fill(paper: bytes, answers: dict[str, str]) -> bytes:
    """Fill content controls by tag, as Word does: new text, no placeholder any more."""
    from docx.oxml.ns import qn

    opened = docx.Document(BytesIO(paper))
    for control in opened.element.body.iter(qn("w:sdt")):
        tags: Sequence[Any] = control.findall(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        if tags and tags[0].get(qn("w:val")) in answers:
            for mark in control.findall(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}"):
                mark.getparent().remove(mark)
            texts = list(control.iter(qn("w:t")))
            texts[0].text = answers[tags[0].get(qn("w:val"))]
            for rest in texts[1:]:
                rest.text = ""
    data = BytesIO()
    opened.save(data)
    return data.getvalue()
