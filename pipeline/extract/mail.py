"""A whole mail, read: every file that hangs on it, and the form that may be pasted into its body."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from models.extraction import Extraction, Problem, ProblemCode
from models.mail import Attachment, FileKind, InboundMail
from models.record import Person, Record

PASSED_OVER = frozenset({FileKind.CALENDAR, FileKind.SIGNATURE, FileKind.EML, FileKind.ZIP, FileKind.MSG, FileKind.TNEF})
"""What holds no form itself: what containers hold stands beside them, and those that could not be opened are named as such."""
BODY = "the mail itself"
FORM_IN_BODY = 5
"""A body is taken for a form from this many values on: a covering note with a name and a telephone number is not one."""


FORM_BESIDE_A_FORM = 10
"""Beside a form that is attached, a body counts from this many values on."""


class FileReader(Protocol):
    """What reads one file or one body, safely: it answers and never raises."""

    def file(self, data: bytes, name: str, kind: FileKind) -> Extraction:
        """Read a file as one form."""
        ...

    def files(self, data: bytes, name: str, kind: FileKind) -> tuple[Extraction, ...]:
        """Read a file that may hold several forms, one after another."""
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
    found: list[Extraction] = []
    for one in mail.attachments:
        if one.index in shut:
            found.append(_shut(one, shut[one.index]))
        elif _counts(one):
            found.extend(reader.files(one.content, shown_name(one), one.kind))
    body = reader.body(mail.body_text, mail.body_html, BODY) if mail.body_text or mail.body_html else None
    if body is not None and _is_a_form(body, found):
        found.append(body)
    return tuple(found)


def _counts(attachment: Attachment) -> bool:
    return not attachment.decorative and attachment.kind not in PASSED_OVER


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
    """A body counts when it names a child and fills in enough; by itself also when it fills in much and no child could be made out, for a person to see.
    Beside a file that is a form it must be a form in its own right, about another child: a covering letter is none, and what it tells is kept with the
    narrative.
    """
    if body.status != "read" or len(body.fields) < FORM_IN_BODY:
        return False
    beside = [one.record for one in others if one.status == "read" and one.record.children]
    if not beside:
        return bool(body.record.children) or len(body.fields) >= FORM_BESIDE_A_FORM
    if not body.record.children:
        return False
    placed = any(child.date_of_birth or child.address or child.expected_delivery_date for child in body.record.children)
    return placed and len(body.fields) >= FORM_BESIDE_A_FORM and not any(_speak_of_one_child(body.record, other) for other in beside)


def _speak_of_one_child(one: Record, other: Record) -> bool:
    return any(_may_be_one(mine, theirs) for mine in one.children for theirs in (*other.children, *other.people))


def _may_be_one(one: Person, other: Person) -> bool:
    """One birth date, or one name with nothing that speaks against it."""
    if one.date_of_birth and other.date_of_birth:
        return one.date_of_birth == other.date_of_birth
    mine, theirs = ((person.given_names or person.name or "").casefold().split() for person in (one, other))
    return mine[:1] == theirs[:1]
