"""A whole mail, read: every file that hangs on it, and the form that may be pasted into its body."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from models.extraction import Extraction, Problem
from models.mail import Attachment, FileKind, InboundMail

READABLE = frozenset(
    {FileKind.DOCX, FileKind.DOCM, FileKind.DOC, FileKind.RTF, FileKind.ODT, FileKind.PDF, FileKind.IMAGE, FileKind.HTML, FileKind.TEXT}
)
PASSED_OVER = frozenset({FileKind.CALENDAR, FileKind.SIGNATURE, FileKind.EML, FileKind.ZIP})
BODY = "the mail itself"
FORM_IN_BODY = 5
"""A body is taken for a form from this many values on: a covering note with a name and a telephone number is not one."""


class FileReader(Protocol):
    """What reads one file or one body, safely: it answers and never raises."""

    def file(self, data: bytes, name: str, kind: FileKind) -> Extraction:
        """Read a file."""
        ...

    def body(self, text: str | None, html: str | None, name: str) -> Extraction:
        """Read a mail's own words."""
        ...


def read_mail(mail: InboundMail, reader: FileReader) -> tuple[Extraction, ...]:
    """One Extraction for each file that could hold a referral, and one for the body when a form was pasted there."""
    found = [answer for attachment in mail.attachments if (answer := _attachment(attachment, reader)) is not None]
    body = reader.body(mail.body_text, mail.body_html, BODY) if mail.body_text or mail.body_html else None
    if body is not None and _is_a_form(body, found):
        found.append(body)
    return tuple(found)


def _attachment(attachment: Attachment, reader: FileReader) -> Extraction | None:
    """Read one file; what cannot be read is answered with its problem, and what is no document is passed over."""
    if attachment.decorative or attachment.kind in PASSED_OVER:
        return None
    name = shown_name(attachment)
    if attachment.kind is FileKind.EMPTY:
        return problem(name, Problem(code="empty", detail="The file is empty. Ask for it to be sent again."))
    if attachment.kind in {FileKind.ENCRYPTED_OFFICE, FileKind.ENCRYPTED_MAIL}:
        return problem(
            name,
            Problem(code="encrypted", detail="The file is protected by a password. Ask for the password by telephone, or for a copy without one."),
        )
    if attachment.kind not in READABLE:
        return problem(name, Problem(code="unsupported", detail="This kind of file cannot be read. Ask for a Word or PDF file, or open it by hand."))
    return reader.file(attachment.content, name, attachment.kind)


def shown_name(attachment: Attachment) -> str:
    """What to call a file: its own name, or its number where it has none."""
    name = attachment.filename or f"file {attachment.index + 1}"
    return f"{attachment.inside} / {name}" if attachment.inside else name


def problem(path: str, what: Problem) -> Extraction:
    """The answer for a file that could not be read."""
    return Extraction(path=path, status="unreadable", problem=what)


def _is_a_form(body: Extraction, others: Iterable[Extraction]) -> bool:
    """A body counts when it names a child and fills in enough, and no file beside it is the form."""
    if any(one.status == "read" and one.record.children for one in others):
        return False
    return body.status == "read" and bool(body.record.children) and len(body.fields) >= FORM_IN_BODY
