"""Mails with real forms in them, made by the test that needs them: a Word form by python-docx, and the mail around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.utils import make_msgid
from io import BytesIO

import docx

DOCX = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
TITLE = "Multi-Agency Referral Form (MARF)"
CHILD = {
    "Surname": "Ashdown",
    "Forename(s)": "Perran",
    "Date of birth": "14/03/2017",
    "Gender": "Male",
    "Home address": "9 Cobbler's Row, Easterham",
    "Postcode": "EJ4 2QX",
}
REFERRER = {
    "Name of referrer": "Imogen Sallow",
    "Role": "Deputy headteacher",
    "Agency": "Larkfield Primary School",
    "Telephone": "020 7946 0321",
    "Email": "i.sallow@larkfield.example.org",
}
REASON = (
    "On 18 November Perran came to school without a coat for the third time this week. He told the class teacher that there was no food at home. "
    "His mother said that she is waiting for a payment. I think that the family needs help with money."
)


def form(child: Mapping[str, str] = CHILD, referrer: Mapping[str, str] = REFERRER, reason: str = REASON, consent: str | None = "Yes") -> bytes:
    """A filled referral form with labels on the left. `consent` None leaves the question unanswered."""
    paper = docx.Document()
    paper.add_heading(TITLE, 1)
    _section(paper, "Details of child", child)
    _section(paper, "Details of person making the referral", referrer)
    consents = {"Are the parents aware of this referral?": "Yes", "Have the parents given consent to this referral?": consent or ""}
    _section(paper, "Consent", consents)
    _section(paper, "Concerns", {"Reason for referral": reason, "What are you worried about?": "That Perran goes hungry."})
    data = BytesIO()
    paper.save(data)
    return data.getvalue()


def _section(paper: docx.document.Document, heading: str, rows: Mapping[str, str]) -> None:
    paper.add_heading(heading, 2)
    table = paper.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for label, value in rows.items():
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value


def mail(
    *files: tuple[str, bytes],
    sender: str = "i.sallow@larkfield.example.org",
    subject: str = "Referral",
    body: str = "Please find a referral attached.",
    answers: str | None = None,
    headers: Sequence[tuple[str, str]] = (),
) -> bytes:
    """A mail to the hub with files attached; `answers` is the Message-ID it replies to."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "mash@example-council.example", subject
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Date"] = "Fri, 20 Nov 2026 10:15:00 +0000"
    if answers:
        message["In-Reply-To"] = message["References"] = answers
    for name, value in headers:
        message[name] = value
    message.set_content(body)
    for name, data in files:
        maintype, subtype = DOCX if name.endswith(".docx") else ("application", "octet-stream")
        message.add_attachment(data, maintype=maintype, subtype=subtype, filename=name)
    return message.as_bytes()


def report_of(message_id: str, action: str, status: str) -> bytes:
    """A mail system's report (RFC 3464) on a letter, which it quotes by its headers."""
    report = (
        "From: MAILER-DAEMON@mx.example.org (Mail Delivery System)\nTo: mash@example-council.example\nSubject: Undelivered Mail Returned to Sender\n"
        f"Message-ID: <report-{action}@mx.example.org>\nDate: Fri, 20 Nov 2026 11:00:00 +0000\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="part"\n\n'
        "--part\nContent-Type: text/plain\n\nThis is the mail system at host mx.example.org.\n"
        "--part\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"
        f"Final-Recipient: rfc822; i.sallow@larkfield.example.org\nAction: {action}\nStatus: {status}\n\n"
        f"--part\nContent-Type: text/rfc822-headers\n\nFrom: mash@example-council.example\nMessage-ID: {message_id}\nSubject: Your referral\n\n--part--\n"
    )
    return report.replace("\n", "\r\n").encode()
