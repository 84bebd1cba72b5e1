"""The round trip over a real Dovecot and a real SMTP server: an incomplete form in, a letter out, an answer in, the same contact complete."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pytest
from docx.oxml.ns import qn
from pydantic import SecretStr

from models.contact import Contact
from pipeline.app import App
from pipeline.extract.narrative import Narrator
from pipeline.settings import Settings
from tests.servers import Certificate, Dovecot, Mailbox, SmtpServer

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
SENDER = "h.verity@pinfold.example.org"
OURS = "mash@lewisham.example.org"
AUTHSERV = "mx.lewisham.example.org"
WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"


class Hub:
    """A hub on real servers, and what a referrer sees of it."""

    def __init__(self, app: App, mailbox: Mailbox, letters: SmtpServer) -> None:
        self.app, self._mailbox, self._letters = app, mailbox, letters

    def receive(self, mail: EmailMessage) -> None:
        """Put a mail into the inbox and work it through."""
        self._mailbox.deliver(mail.as_bytes())
        self.app.poll_once()
        for number in self.app.pending():
            self.app.process(number)
        self.app.deliver_due()

    @property
    def contact(self) -> Contact:
        """The one contact there is."""
        (only,) = self.app.contacts()
        return only

    def letter(self) -> EmailMessage:
        """The letter that left last."""
        message = message_from_bytes(self._letters.received[-1].raw, policy=default)
        assert isinstance(message, EmailMessage)
        return message


@pytest.fixture(scope="module")
def narrator() -> Narrator:
    """Loaded once: it holds no state between texts."""
    return Narrator()


@pytest.fixture
def hub(dovecot: Dovecot, smtp_server: SmtpServer, certificate: Certificate, narrator: Narrator, tmp_path: Path) -> Iterator[Hub]:
    mailbox = dovecot.mailbox()
    account = mailbox.account
    settings = Settings(
        authority="lewisham",
        data_dir=tmp_path / "data",
        imap_host=account.host,
        imap_port=account.port,
        imap_security="tls",
        imap_user=account.user,
        imap_password=SecretStr(account.password),
        imap_ca_file=account.ca_file,
        smtp_host="localhost",
        smtp_port=smtp_server.tls_port,
        smtp_security="tls",
        smtp_user=smtp_server.user,
        smtp_password=SecretStr(smtp_server.password),
        smtp_from=OURS,
        smtp_ca_file=certificate.certificate,
        authserv_id=AUTHSERV,
    )
    app = App.open(settings, clock=lambda: NOW)
    app.__dict__["narrator"] = narrator
    try:
        yield Hub(app, mailbox, smtp_server)
    finally:
        app.close()


def form(**values: str) -> bytes:
    """A referral form as a Word document: a label and a value a row."""
    paper = docx.Document()
    paper.add_heading("Multi-Agency Referral Form (MARF)", 0)
    for heading, rows in (
        ("Child's details", ("Child's first name", "Child's surname", "Date of birth", "Gender", "Home address", "Postcode", "School")),
        ("Parents and household", ("Mother's name",)),
        ("Consent", ("Has the parent given consent to the referral being made?", "Are the parents aware of this referral?")),
        ("Reason for referral", ("What are you worried about?",)),
        ("Referrer's details", ("Name of referrer", "Role", "Agency", "Telephone", "Email")),
    ):
        paper.add_heading(heading, 1)
        table = paper.add_table(rows=0, cols=2)
        table.style = "Table Grid"
        for label in rows:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = label, values.get(label, "")
    data = BytesIO()
    paper.save(data)
    return data.getvalue()


FIRST = {
    "Child's first name": "Orla",
    "Child's surname": "Tennick",
    "Home address": "14 Sallow Court, Exampleton",
    "What are you worried about?": "Orla came to school without a coat on three days.",
    "Name of referrer": "Hal Verity",
    "Role": "Deputy head",
    "Agency": "Pinfold Primary School",
    "Telephone": "020 7946 0123",
}


def mail(subject: str, text: str, file: bytes | None = None, answers: EmailMessage | None = None) -> EmailMessage:
    """A mail of the referrer's, as it stands in our mailbox after our own server checked its sender."""
    message = EmailMessage()
    message["Authentication-Results"] = (
        f"{AUTHSERV}; dmarc=pass header.from=pinfold.example.org; spf=pass smtp.mailfrom={SENDER}; dkim=pass header.d=pinfold.example.org"
    )
    message["From"], message["To"], message["Subject"] = f"Hal Verity <{SENDER}>", OURS, subject
    message["Message-ID"] = f"<{abs(hash((subject, text)))}@pinfold.example.org>"
    message["Date"] = "Wed, 18 Nov 2026 09:50:00 +0000"
    if answers is not None:
        message["In-Reply-To"] = message["References"] = str(answers["Message-ID"])
    message.set_content(text)
    if file is not None:
        message.add_attachment(file, maintype="application", subtype=WORD, filename="form.docx")
    return message


def filled_record(contact: Contact, letter: EmailMessage) -> EmailMessage:
    """The contact record of the letter, filled in and sent back."""
    (paper,) = [part for part in letter.iter_attachments() if (part.get_filename() or "").endswith(".docx")]
    document = docx.Document(BytesIO(paper.get_payload(decode=True)))  # type: ignore[arg-type]
    answers = {"children.0.date_of_birth": "04/03/2019", "consent.status": "Given", "consent.parents_aware": "Yes"}
    answers |= {f"answer.{gap.number}": "Una Tennick, mother" for gap in contact.gaps if gap.field == "people"}
    for holder in document.element.body.iter(qn("w:sdt")):
        properties = holder.find(qn("w:sdtPr"))
        tag = properties.find(qn("w:tag")).get(qn("w:val"))
        if tag in answers:
            properties.remove(properties.find(qn("w:showingPlcHdr")))
            next(holder.iter(qn("w:t"))).text = answers[tag]
    data = BytesIO()
    document.save(data)
    return mail("Re: your letter", "Filled in, see attached.", data.getvalue(), letter)


def corrected_form(contact: Contact, letter: EmailMessage) -> EmailMessage:
    """The form again, with the gaps filled."""
    del contact
    more = {
        "Date of birth": "04/03/2019",
        "Mother's name": "Una Tennick",
        "Has the parent given consent to the referral being made?": "Yes",
        "Are the parents aware of this referral?": "Yes",
    }
    return mail("Re: your letter", "The form again, now complete.", form(**FIRST, **more), letter)


def own_words(contact: Contact, letter: EmailMessage) -> EmailMessage:
    """Answers by number, above the quoted letter."""
    numbers = {gap.field: gap.number for gap in contact.gaps}
    said = {
        "children.0.date_of_birth": "4 March 2019",
        "people": "Una Tennick, mother",
        "consent.status": "Yes, mum agreed",
        "consent.parents_aware": "Yes",
    }
    lines = [f"{numbers[field]}. {words}" for field, words in said.items() if field in numbers]
    quoted = "\n".join(f"> {line}" for line in _text(letter).splitlines())
    return mail(
        "Re: your letter",
        "Hello,\n\n" + "\n".join(lines) + f"\n\nKind regards\nHal Verity\n\nOn Wed, 18 Nov 2026 the hub wrote:\n{quoted}\n",
        None,
        letter,
    )


def _text(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def saved_as(suffix: str) -> Callable[[Contact, EmailMessage], EmailMessage]:
    """The filled contact record as another word processor saves it, or as a PDF of it."""

    def answer(contact: Contact, letter: EmailMessage) -> EmailMessage:
        (word,) = filled_record(contact, letter).iter_attachments()
        with TemporaryDirectory() as folder:
            source = Path(folder, "filled.docx")
            source.write_bytes(word.get_payload(decode=True))  # type: ignore[arg-type]
            profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
            command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", f"{folder}/out", str(source)]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            saved = Path(folder, "out", f"filled.{suffix}").read_bytes()
        return mail("Re: your letter", "Filled in, see attached.", saved, letter)

    return answer


needs_office = pytest.mark.skipif(shutil.which("soffice") is None and "CI" not in os.environ, reason="LibreOffice is not installed")


@pytest.mark.parametrize(
    "answer",
    [
        filled_record,
        corrected_form,
        own_words,
        pytest.param(saved_as("docx"), marks=needs_office, id="saved by LibreOffice"),
        pytest.param(saved_as("doc"), marks=needs_office, id="saved in the old Word format, which loses a table"),
        pytest.param(saved_as("pdf"), marks=needs_office, id="saved as PDF"),
    ],
)
def test_an_incomplete_referral_is_completed_by_its_answer_dc_8_dc_9(hub: Hub, answer: Callable[[Contact, EmailMessage], EmailMessage]) -> None:
    hub.receive(mail("Referral", "Please find a referral attached.", form(**FIRST)))
    first, letter = hub.contact, hub.letter()
    assert first.routing.decision == "return_to_referrer"
    assert first.record.children[0].date_of_birth is None
    assert letter["To"] == SENDER
    assert letter["Auto-Submitted"] == "auto-replied"
    assert first.reference in str(letter["Subject"])
    assert "What is the child's date of birth?" in _text(letter)

    hub.receive(answer(first, letter))
    last, reply = hub.contact, hub.letter()
    assert last.reference == first.reference
    assert last.record.children[0].date_of_birth == "2019-03-04"
    assert last.record.consent.status == "given"
    assert [person.name for person in last.record.people] == ["Una Tennick"]
    assert not [gap for gap in last.gaps if gap.needed]
    assert not [gap for gap in last.gaps if gap.kind == "conflict"]
    assert last.routing.decision == "screen"
    assert [clock.due_at for clock in last.deadlines] == [clock.due_at for clock in first.deadlines]
    assert len(last.messages) == 2
    assert "Nothing we need is missing any more." in _text(reply)
    assert reply["Message-ID"] != letter["Message-ID"]
