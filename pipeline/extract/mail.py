"""A whole mail, read: every file that hangs on it, and the form that may be pasted into its body."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from models.extraction import Extraction, Problem, ProblemCode
from models.mail import Attachment, FileKind, InboundMail

PASSED_OVER = frozenset({FileKind.CALENDAR, FileKind.SIGNATURE, FileKind.EML, FileKind.ZIP, FileKind.MSG, FileKind.TNEF})
"""What holds no form itself: what containers hold stands beside them, and those that could not be opened are named as such."""
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

    def paper(self, data: bytes, name: str, kind: FileKind) -> dict[str, str]:
        """What a contact record of ours that came back says, by tag; empty for any other file."""
        ...


def read_mail(mail: InboundMail, reader: FileReader, unopened: Iterable[tuple[int, str]] = ()) -> tuple[Extraction, ...]:
    """One Extraction for each file that could hold a referral, and one for the body when a form was pasted there.

    `unopened` are containers by index that could not be unpacked, and why: each is answered with a problem.
    """
    shut = dict(unopened)
    found = [
        _shut(one, shut[one.index]) if one.index in shut else _read(one, reader) for one in mail.attachments if _counts(one) or one.index in shut
    ]
    body = reader.body(mail.body_text, mail.body_html, BODY) if mail.body_text or mail.body_html else None
    if body is not None and _is_a_form(body, found):
        found.append(body)
    return tuple(found)


def _counts(attachment: Attachment) -> bool:
    return not attachment.decorative and attachment.kind not in PASSED_OVER


def _read(attachment: Attachment, reader: FileReader) -> Extraction:
    return reader.file(attachment.content, shown_name(attachment), attachment.kind)


def _shut(attachment: Attachment, why: str) -> Extraction:
    detail = f"The files packed in it could not be taken out ({why}). Open it by hand, or ask for the files one by one."
    codes: dict[str, ProblemCode] = {
        "damaged": "corrupt",
        "encrypted": "encrypted",
        "nested": "unsupported",
        "packed in an unusual way": "unsupported",
    }
    return problem(shown_name(attachment), Problem(code=codes.get(why, "too_large"), detail=detail))


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
