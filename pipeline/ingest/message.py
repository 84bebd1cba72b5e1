"""Stored bytes to an InboundMail. Nothing in a mail makes this raise: what cannot be parsed is a defect, and a person gets the mail.

The standard parser is used with its old `compat32` policy: the newer one raises on Message-IDs that real Microsoft servers write.
"""

from __future__ import annotations

import hashlib
import io
import re
from datetime import UTC, datetime
from email import message_from_bytes, utils
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32

from PIL import Image

from models.mail import Address, Attachment, FileKind, InboundMail
from pipeline.ingest import text
from pipeline.ingest.html_text import html_to_text
from pipeline.ingest.parts import Found, Limits, walk
from pipeline.ingest.text import PARSER_FAULTS

PERSON_DEFECTS = frozenset({"unparseable", "too_large", "too_deep", "too_many_parts", "too_many_forwards", "part_unreadable", "body_cut"})
"""Defects after which something of the mail may not have been seen: such a mail goes to a person, whatever was read."""

_ID = re.compile(r"<[^<>\s]{1,990}>")
_MOST_HEADERS = 400
_LONGEST_HEADER = 8000
_MOST_EDGES = 20_000
_LONGEST_TYPE = 20_000
_TYPE_HEADERS = re.compile(rb"^content-(?:type|disposition|transfer-encoding):[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_SMALL_FILE = 20_000
_SMALL_SIDE = 150


def parse(raw: bytes, limits: Limits | None = None) -> InboundMail:
    """The mail in these bytes. Never raises; see `defects`."""
    limits = limits or Limits()
    found = Found(limits)
    mail = _opened(raw, found)
    if "unparseable" not in found.defects and "too_large" not in found.defects:
        walk(mail, found)
    plain, html = "\n\n".join(found.plain), "\n".join(found.html)
    if html.strip() and not plain.strip():
        plain, whole = html_to_text(html)
        if not whole:
            found.note("html_repaired")
    facts = _header_facts(mail, found)
    return InboundMail(
        sha256=hashlib.sha256(raw).hexdigest(),
        size=len(raw),
        body_text=plain.strip() or None,
        body_html=html if html.strip() else None,
        attachments=_with_decoration(found),
        defects=tuple(found.defects),
        **facts,
    )


def thread_ids(raw: bytes) -> tuple[str | None, tuple[str, ...]]:
    """Message-ID and the ids it answers, from the headers alone: cheap enough for the poll. Never raises."""
    mail = _headers_only(raw)
    message_id = _ids(mail, "Message-ID")
    answers = dict.fromkeys((*_ids(mail, "In-Reply-To"), *_ids(mail, "References")))
    return (message_id[0] if message_id else None), tuple(answers)


def _opened(raw: bytes, found: Found) -> Message:
    if len(raw) > found.limits.size:
        found.note("too_large")
        return _headers_only(raw)
    if raw.count(b"\n--") > _MOST_EDGES or any(len(header[0]) > _LONGEST_TYPE for header in _TYPE_HEADERS.finditer(raw)):
        # The standard parser would build an object for each part before anybody could count them, and takes a time that
        # grows with the square of a content type's length.
        found.note("unparseable")
        return _headers_only(raw)
    try:
        return message_from_bytes(raw, policy=compat32)
    except PARSER_FAULTS:
        found.note("unparseable")
        return _headers_only(raw)


def _headers_only(raw: bytes) -> Message:
    top = re.split(rb"\r?\n\r?\n", raw[: 512 * 1024], maxsplit=1)[0]
    try:
        return BytesHeaderParser(policy=compat32).parsebytes(top + b"\r\n\r\n")
    except PARSER_FAULTS:
        return Message(policy=compat32)


def _values(mail: Message, name: str) -> list[str]:
    """Every value of a header as the bytes came, raw 8-bit kept as surrogates."""
    return [_bounded(str(value)) for key, value in mail.raw_items() if key.lower() == name.lower()]


def _bounded(value: str) -> str:
    """A header of bearable length. Both ends are kept: the newest of a long row of references stands last."""
    return value if len(value) <= _LONGEST_HEADER else f"{value[: _LONGEST_HEADER // 2]} {value[-_LONGEST_HEADER // 2 :]}"


def _ids(mail: Message, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for value in _values(mail, name) for found in _ID.findall(text.header_text(value))))


def _message_id(mail: Message) -> str | None:
    found = _ids(mail, "Message-ID")
    if found:
        return found[0]
    bare = next((text.header_text(value) for value in _values(mail, "Message-ID")), "")
    return bare[:990] or None


def _mailboxes(mail: Message, name: str) -> tuple[Address, ...]:
    return text.addresses(_values(mail, name))


def _header_facts(mail: Message, found: Found) -> dict[str, object]:
    sender = next(iter(_mailboxes(mail, "From")), None) or next(iter(_mailboxes(mail, "Sender")), None)
    if sender is None or sender.email is None:
        found.note("no_sender")
    sent_at = _date(mail)
    if sent_at is None:
        found.note("no_date")
    headers = [(text.one_line(str(key)), text.header_text(_bounded(str(value)))) for key, value in list(mail.raw_items())[:_MOST_HEADERS]]
    return {
        "message_id": _message_id(mail),
        "in_reply_to": _ids(mail, "In-Reply-To"),
        "references": _ids(mail, "References"),
        "subject": next((text.header_text(value) for value in _values(mail, "Subject")), "") or None,
        "sender": sender or Address(),
        "reply_to": next(iter(_mailboxes(mail, "Reply-To")), None),
        "return_path": _return_path(mail),
        "to": _mailboxes(mail, "To"),
        "cc": _mailboxes(mail, "Cc"),
        "sent_at": sent_at,
        "headers": tuple(headers),
    }


def _return_path(mail: Message) -> str | None:
    """The envelope's sender as our own server wrote it; `<>` for the null sender of bounces."""
    value = next((text.header_text(value) for value in _values(mail, "Return-Path")), "")
    if not value:
        return None
    return "<>" if value.replace(" ", "") == "<>" else value.strip("<> ") or None


def _date(mail: Message) -> datetime | None:
    for value in _values(mail, "Date"):
        try:
            date = utils.parsedate_to_datetime(text.header_text(value))
            return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
        except (*PARSER_FAULTS, OSError):
            continue
    return None


def _with_decoration(found: Found) -> tuple[Attachment, ...]:
    shown = "\n".join(found.html) + "\n".join(
        file.content.decode("utf-8", "ignore") for file in found.files if file.kind is FileKind.HTML and file.inside
    )
    return tuple(
        file.model_copy(update={"index": number, "decorative": file.kind is FileKind.IMAGE and _dresses(file, found, shown)})
        for number, file in enumerate(found.files)
    )


def _dresses(file: Attachment, found: Found, shown: str) -> bool:
    """Whether a picture only dresses a signature: shown in the text by its Content-ID (or inline), and small. Anything else may be a photographed form."""
    content_id = found.content_ids.get(file.sha256)
    placed = (content_id is not None and f"cid:{content_id}" in shown) or file.sha256 in found.inline
    return placed and (file.size < _SMALL_FILE or _is_small(file.content))


def _is_small(content: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            width, height = picture.size
    except Exception:  # not a picture Pillow knows: then it is not known to be small
        return False
    return width < _SMALL_SIDE or height < _SMALL_SIDE
