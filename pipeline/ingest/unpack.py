"""Everything a mail brings, with containers opened one level: zip files and mails attached as files. Bounded by what really comes out, not by what a header says."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from models.mail import Attachment, FileKind, InboundMail
from pipeline.ingest.message import PERSON_DEFECTS, parse
from pipeline.ingest.parts import make_file

_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, KeyError, IndexError, EOFError, NotImplementedError, OverflowError)
_CLUTTER = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_PIECE = 256 * 1024


@dataclass(frozen=True, slots=True)
class UnpackLimits:
    """How far containers are opened. What lies beyond stays packed, and the container's own row says so by having nothing inside."""

    entries: int = 200
    bytes: int = 200 * 1024 * 1024
    ratio: int = 200
    mails: int = 10


@dataclass(frozen=True, slots=True)
class Unpacked:
    """`files` in order, each container followed by what it held. `unopened` says by index which containers a person must open, and why."""

    files: tuple[Attachment, ...]
    unopened: tuple[tuple[int, str], ...] = ()


class _TooMuch(Exception):
    """A container gives out more than the limits allow."""


def unpack(mail: InboundMail, limits: UnpackLimits | None = None) -> Unpacked:
    """All files of a mail, renumbered, with zips and attached mails opened. Never raises."""
    limits = limits or UnpackLimits()
    files: list[Attachment] = []
    unopened: list[tuple[int, str]] = []
    already = {file.sha256 for file in mail.attachments if file.inside}
    for attachment in mail.attachments:
        number = _append(files, attachment)
        try:
            for inner in _inner(attachment, limits, already):
                _append(files, inner)
        except _TooMuch as reason:
            del files[number + 1 :]
            unopened.append((number, str(reason)))
        except _ZIP_FAULTS:
            del files[number + 1 :]
            unopened.append((number, "damaged"))
    return Unpacked(tuple(files), tuple(unopened))


def _append(files: list[Attachment], file: Attachment) -> int:
    files.append(file.model_copy(update={"index": len(files)}))
    return len(files) - 1


def _inner(attachment: Attachment, limits: UnpackLimits, already: set[str]) -> Iterator[Attachment]:
    if attachment.kind is FileKind.ZIP:
        yield from _zipped(attachment, limits)
    elif attachment.kind is FileKind.EML and attachment.declared_type != "message/rfc822":
        yield from _attached_mail(attachment, already)


def _zipped(attachment: Attachment, limits: UnpackLimits) -> Iterator[Attachment]:
    place = _place(attachment, "zip file")
    with zipfile.ZipFile(io.BytesIO(attachment.content)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _CLUTTER.search(entry.filename)]
        if len(entries) > limits.entries:
            raise _TooMuch("too many files inside")
        if any(entry.flag_bits & 1 for entry in entries):
            raise _TooMuch("encrypted")
        left = limits.bytes
        for entry in entries:
            data = _inflate(archive, entry, left, limits.ratio)
            left -= len(data)
            yield _file(data, entry.filename, place)


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, ratio: int) -> bytes:
    """The real bytes of an entry, counted while they come."""
    most = min(left, max(entry.compress_size * ratio, 1024 * 1024))
    pieces, total = [], 0
    with archive.open(entry) as stream:
        while piece := stream.read(_PIECE):
            total += len(piece)
            if total > most:
                raise _TooMuch("unpacks to far more than its size")
            pieces.append(piece)
    return b"".join(pieces)


def _attached_mail(attachment: Attachment, already: set[str]) -> Iterator[Attachment]:
    place = _place(attachment, "attached mail")
    inner = parse(attachment.content)
    if PERSON_DEFECTS & set(inner.defects):
        raise _TooMuch("not wholly readable")
    body = inner.body_html or inner.body_text
    if body:
        name = "body.html" if inner.body_html else "body.txt"
        yield _file(body.encode(), name, place)
    for file in inner.attachments:
        if file.sha256 not in already:
            yield file.model_copy(update={"inside": f"{place}, {file.inside}" if file.inside else place})


def _place(attachment: Attachment, otherwise: str) -> str:
    name = attachment.filename or otherwise
    return f"{attachment.inside}, {name}" if attachment.inside else name


def _file(data: bytes, name: str, place: str) -> Attachment:
    short = re.split(r"[/\\]", name)[-1][:200]
    return make_file(data, short, None, place)
