"""Walking the parts of a mail, guarded: what the standard parser raises on somebody's mail is noted as a defect, and the walk goes on."""

from __future__ import annotations

import base64
import binascii
import hashlib
import quopri
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from models.mail import Attachment, FileKind
from pipeline.ingest import text
from pipeline.ingest.attachments import identify
from pipeline.ingest.html_text import without_embedded
from pipeline.ingest.text import PARSER_FAULTS


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one mail is looked at. Beyond them a person gets the mail; its bytes are kept whole either way."""

    size: int = 128 * 1024 * 1024
    parts: int = 500
    depth: int = 30
    forwards: int = 5
    body: int = 4 * 1024 * 1024


@dataclass(slots=True)
class Found:
    """What the walk gathers."""

    limits: Limits
    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    content_ids: dict[str, str] = field(default_factory=dict)
    inline: set[str] = field(default_factory=set)
    defects: list[str] = field(default_factory=list)
    parts: int = 0
    forwards: int = 0

    def note(self, defect: str) -> None:
        """Remember a defect, once."""
        if defect not in self.defects:
            self.defects.append(defect)


def safely(look: Callable[[], object], default: str = "") -> str:
    """The answer of one of the standard parser's accessors as clean text; `default` where it is None or the accessor falls over."""
    try:
        value = look()
    except PARSER_FAULTS:
        return default
    return default if value is None else text.header_text(value)


def content_type(part: Message) -> str:
    """The type a part declares, in lower case; `application/octet-stream` where it cannot be made out."""
    return safely(part.get_content_type, "application/octet-stream").lower()


def walk(part: Message, found: Found, depth: int = 0, inside: str | None = None) -> None:
    """Gather bodies and files of a part and all it holds, in order."""
    found.parts += 1
    if found.parts > found.limits.parts:
        found.note("too_many_parts")
        return
    if depth > found.limits.depth:
        found.note("too_deep")
        return
    try:
        _visit(part, found, depth, inside)
    except PARSER_FAULTS:
        found.note("part_unreadable")


def _visit(part: Message, found: Found, depth: int, inside: str | None) -> None:
    declared = content_type(part)
    if declared == "message/rfc822" or (declared == "message/global" and part.is_multipart()):
        _forwarded(part, found, depth, inside)
    elif part.is_multipart() and declared.startswith("message/"):
        _keep(found, part, part.as_bytes(policy=compat32), declared, inside)
    elif part.is_multipart():
        for child in part.get_payload():
            if isinstance(child, Message):
                walk(child, found, depth + 1, inside)
    else:
        _leaf(part, found, declared, inside)
    if part.defects:
        found.note("mime_repaired")


def _forwarded(part: Message, found: Found, depth: int, inside: str | None) -> None:
    """A mail inside the mail: kept whole as a file, then walked itself."""
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    if not isinstance(inner, Message):
        # Not the parts of a mail after all: kept as a file, which is opened with the other containers.
        _leaf(part, found, "application/octet-stream", inside)
        return
    raw = inner.as_bytes(policy=compat32)
    wrapped = _unwrapped(raw, safely(lambda: part.get("Content-Transfer-Encoding")).lower())
    if wrapped is not None:
        raw, inner = wrapped, message_from_bytes(wrapped, policy=compat32)
    subject = safely(lambda: inner.get("Subject"))
    _keep(found, part, raw, "message/rfc822", inside, name=f"{subject or 'forwarded mail'}.eml")
    walk_mail(inner, found, depth + 1, inside)


def _unwrapped(raw: bytes, encoding: str) -> bytes | None:
    """Some senders encode a forwarded mail as a whole, which the standard forbids and the standard parser does not undo."""
    try:
        if encoding == "base64":
            return base64.b64decode(raw, validate=False) or None
        if encoding == "quoted-printable":
            return quopri.decodestring(raw) or None
    except (binascii.Error, ValueError):
        return None
    return None


def walk_mail(inner: Message, found: Found, depth: int, inside: str | None) -> None:
    """Walk a forwarded mail. Its bodies become files, so that a form pasted into them is read like any other."""
    found.forwards += 1
    if found.forwards > found.limits.forwards:
        found.note("too_many_forwards")
        return
    label = f"forwarded mail {found.forwards}"
    place = f"{inside}, {label}" if inside else label
    nested = Found(
        found.limits, content_ids=found.content_ids, inline=found.inline, defects=found.defects, parts=found.parts, forwards=found.forwards
    )
    walk(inner, nested, depth, place)
    found.parts, found.forwards = nested.parts, nested.forwards
    html, plain = "\n".join(nested.html).strip(), "\n\n".join(nested.plain).strip()
    if html:
        found.files.append(make_file(html.encode(), "body.html", "text/html", place, FileKind.HTML))
    elif plain:
        found.files.append(make_file(plain.encode(), "body.txt", "text/plain", place, FileKind.TEXT))
    found.files.extend(nested.files)


def _leaf(part: Message, found: Found, declared: str, inside: str | None) -> None:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        data = str(part.get_payload()).encode("utf-8", "surrogateescape")
    if declared in ("text/plain", "text/html") and not _is_file(part):
        _body(part, found, data, declared)
    else:
        _keep(found, part, data, declared, inside)


def _is_file(part: Message) -> bool:
    disposition = safely(part.get_content_disposition).lower()
    return disposition == "attachment" or bool(_filename(part))


def _body(part: Message, found: Found, data: bytes, declared: str) -> None:
    words, guessed = text.decode(data, safely(part.get_content_charset))
    if guessed:
        found.note("charset_guessed")
    if declared == "text/html":
        words = without_embedded(words)
    if len(words) > found.limits.body:
        found.note("body_cut")
        words = words[: found.limits.body]
    (found.html if declared == "text/html" else found.plain).append(text.clean(words))


def _filename(part: Message) -> str:
    name = safely(part.get_filename)
    # The path separators of any system, and names that are only dots, have no business in a file's name.
    return re.split(r"[/\\]", name)[-1].strip(". ")[:200]


def _keep(found: Found, part: Message, data: bytes, declared: str, inside: str | None, name: str | None = None) -> None:
    filename = _filename(part) or (re.sub(r"[/\\]", " ", name)[:200] if name else None)
    file = make_file(data, filename, declared, inside, FileKind.EML if declared == "message/rfc822" else None)
    found.files.append(file)
    content_id = safely(lambda: part.get("Content-ID")).strip("<> ")
    if content_id:
        found.content_ids[file.sha256] = content_id
    if safely(part.get_content_disposition).lower() == "inline":
        found.inline.add(file.sha256)


def make_file(data: bytes, filename: str | None, declared: str | None, inside: str | None, kind: FileKind | None = None) -> Attachment:
    """An attachment from its bytes. Its index is given when all are found."""
    return Attachment(
        index=0,
        filename=filename or None,
        declared_type=declared,
        kind=kind or identify(data, filename, declared),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        content=data,
        inside=inside,
    )
