"""A mail parsed and unpacked, in a child process: a hostile mail may take the parser's time, memory or life, and must not take the hub's.

What crosses back is JSON, with the files' bytes behind it as they are: a mail of forty megabytes is not written out as text on its way.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from models.mail import Attachment, FileKind, InboundMail, MailClass
from pipeline.errors import Unreadable
from pipeline.extract.sandbox import Limits as SandboxLimits
from pipeline.ingest.message import parse
from pipeline.ingest.parts import Limits
from pipeline.ingest.returned import returned
from pipeline.ingest.sender import classify
from pipeline.ingest.unpack import unpack

T = TypeVar("T")
MEGABYTE = 2**20
WHOLE = SandboxLimits(memory=900 * MEGABYTE, cpu=18, wall=20.0, scan_wall=20.0, file_bytes=128 * MEGABYTE)
HEADERS = SandboxLimits(memory=200 * MEGABYTE, cpu=3, wall=4.0, scan_wall=4.0, file_bytes=MEGABYTE)
TOP = 512 * 1024


@dataclass(frozen=True, slots=True)
class OpenedMail:
    """A mail with its files, those of containers among them; `unopened` says by index which containers a person must open, and why."""

    mail: InboundMail
    unopened: tuple[tuple[int, str], ...] = ()


OpenMail = Callable[[bytes], OpenedMail]


class Children(Protocol):
    """What runs a function in a child process: the sandbox."""

    def run(self, function: Callable[..., T], data: bytes, name: str, kind: FileKind, *more: object, limits: SandboxLimits | None = None) -> T:
        """Run it, or raise Unreadable."""
        ...


def opened(raw: bytes, children: Children) -> OpenedMail:
    """The mail in these bytes. Never raises for what they are: where they bring the reader down, its headers and a defect that puts it before a person."""
    for function, data, limits in ((whole, raw, WHOLE), (headers, raw[:TOP], HEADERS)):
        try:
            packed = children.run(function, data, "mail", FileKind.EML, limits=limits)
        except Unreadable:
            continue
        return _unpacked(packed, raw)
    return OpenedMail(_named(InboundMail(sha256="", size=0, defects=("unparseable", "no_sender")), raw))


def opened_here(raw: bytes) -> OpenedMail:
    """The same without a child: for mails of our own making."""
    return _unpacked(whole(raw, "mail", FileKind.EML), raw)


def whole(data: bytes, name: str, kind: FileKind) -> bytes:
    """Parse and unpack all of a mail; runs in the child."""
    del name, kind
    mail = parse(data)
    unpacked = unpack(mail)
    told = returned(data) if classify(mail, ())[0] is MailClass.BOUNCE else mail.returned
    return _packed(mail.model_copy(update={"attachments": unpacked.files, "returned": told}), unpacked.unopened)


def headers(data: bytes, name: str, kind: FileKind) -> bytes:
    """Only what the headers say; runs in the child."""
    del name, kind
    mail = parse(data, Limits(size=0))
    return _packed(mail.model_copy(update={"defects": (*(one for one in mail.defects if one != "too_large"), "unparseable")}), ())


def _packed(mail: InboundMail, unopened: tuple[tuple[int, str], ...]) -> bytes:
    contents = [file.content for file in mail.attachments]
    bare = mail.model_copy(update={"attachments": tuple(file.model_copy(update={"content": b""}) for file in mail.attachments)})
    said = json.dumps({"mail": bare.model_dump_json(), "unopened": unopened, "lengths": [len(content) for content in contents]}).encode()
    return b"".join((len(said).to_bytes(8, "big"), said, *contents))


def _unpacked(packed: bytes, raw: bytes) -> OpenedMail:
    length = int.from_bytes(packed[:8], "big")
    said: dict[str, Any] = json.loads(packed[8 : 8 + length])
    mail = InboundMail.model_validate_json(said["mail"])
    files = tuple(_filled(mail.attachments, said["lengths"], packed, 8 + length))
    unopened = tuple((int(number), str(why)) for number, why in said["unopened"])
    return OpenedMail(_named(mail.model_copy(update={"attachments": files}), raw), unopened)


def _filled(files: tuple[Attachment, ...], lengths: list[int], packed: bytes, place: int) -> Iterator[Attachment]:
    for file, length in zip(files, lengths, strict=True):
        yield file.model_copy(update={"content": packed[place : place + length]})
        place += length


def _named(mail: InboundMail, raw: bytes) -> InboundMail:
    """Under the hash and size of the bytes as we hold them, whatever the child said."""
    return mail.model_copy(update={"sha256": hashlib.sha256(raw).hexdigest(), "size": len(raw)})
