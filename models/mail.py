"""Mail as it arrived and as it leaves."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from models.base import Frozen


class FileKind(StrEnum):
    """What a file really is, decided from its bytes and not from what its sender called it."""

    DOCX = "docx"
    DOCM = "docm"
    DOC = "doc"
    RTF = "rtf"
    ODT = "odt"
    PDF = "pdf"
    EML = "eml"
    MSG = "msg"
    TNEF = "tnef"
    ZIP = "zip"
    HTML = "html"
    TEXT = "text"
    IMAGE = "image"
    CALENDAR = "calendar"
    SIGNATURE = "signature"
    ENCRYPTED_OFFICE = "encrypted_office"
    ENCRYPTED_MAIL = "encrypted_mail"
    EMPTY = "empty"
    OTHER = "other"


class Address(Frozen):
    """One mailbox of a header. `email` is lower-cased at the domain only; either part may be empty when the header was broken."""

    name: str | None = None
    email: str | None = None


class Attachment(Frozen):
    """A file that came with a mail, in order of appearance.

    `inside` names what it was unpacked from ("forwarded mail 1", "papers.zip"); None when it hung on the mail itself.
    `decorative` marks a small picture that only dresses a signature: kept, but never read as a referral.
    """

    index: int
    filename: str | None = None
    declared_type: str | None = None
    kind: FileKind
    sha256: str
    size: int
    content: bytes = Field(repr=False)
    inside: str | None = None
    decorative: bool = False


class MailClass(StrEnum):
    """What sort of mail this is. Only the answer depends on it; every mail is taken in."""

    PERSON = "person"
    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    LIST = "list"
    OURSELVES = "ourselves"


class Returned(Frozen):
    """What a mail system's report says: the letters it speaks of by Message-ID, its word for what became of them, and the status code (5.1.1)."""

    message_ids: tuple[str, ...] = ()
    action: str | None = None
    status: str | None = None


class InboundMail(Frozen):
    """A mail parsed from its stored bytes. Text fields are decoded and free of control characters; `defects` says what had to be repaired or guessed."""

    sha256: str
    size: int
    message_id: str | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    subject: str | None = None
    sender: Address = Address()
    reply_to: Address | None = None
    return_path: str | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    sent_at: datetime | None = None
    body_text: str | None = None
    body_html: str | None = None
    attachments: tuple[Attachment, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    mail_class: MailClass = MailClass.PERSON
    class_reasons: tuple[str, ...] = ()
    defects: tuple[str, ...] = ()
    returned: Returned = Returned()


class OutboundFile(Frozen):
    """A file that leaves with a letter."""

    filename: str
    content_type: str
    content: bytes = Field(repr=False)


class OutboundMail(Frozen):
    """A letter ready to be sent: one recipient, a Message-ID that is the same however often it is built."""

    message_id: str
    sender: str
    recipient: str
    subject: str
    text: str = Field(repr=False)
    html: str | None = Field(default=None, repr=False)
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    files: tuple[OutboundFile, ...] = ()
