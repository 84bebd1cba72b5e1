"""Everything a mail brings, with containers opened: zip files, attached mails, mails signed as one block, Outlook's `.msg` and `winmail.dat`.

Bounded by what really comes out, not by what a header says. A container that could not be opened whole keeps what came out, and is told to a person.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from models.mail import Attachment, FileKind, InboundMail
from pipeline.ingest.message import PERSON_DEFECTS, parse
from pipeline.ingest.outlook import Damaged, Opened, as_files, open_msg, open_tnef
from pipeline.ingest.parts import make_file
from pipeline.ingest.smime import signed_content

_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
    EOFError,
    NotImplementedError,
    OverflowError,
    MemoryError,
)
_ORDINARY = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CLUTTER = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_PIECE = 256 * 1024
_FREE_RATIO = 1024 * 1024


@dataclass(frozen=True, slots=True)
class UnpackLimits:
    """How far containers are opened, over one whole mail. `ratio` is for one file of a zip; `depth` counts containers within containers."""

    entries: int = 200
    bytes: int = 200 * 1024 * 1024
    ratio: int = 200
    depth: int = 4


@dataclass(frozen=True, slots=True)
class Unpacked:
    """`files` in order, each container followed by what it held. `unopened` says by index which containers a person must open, and why."""

    files: tuple[Attachment, ...]
    unopened: tuple[tuple[int, str], ...] = ()


class _Shut(Exception):
    """A container that cannot be opened, or not whole."""


@dataclass(slots=True)
class _Opening:
    limits: UnpackLimits
    bytes_left: int
    entries_left: int
    files: list[Attachment] = field(default_factory=list)
    unopened: list[tuple[int, str]] = field(default_factory=list)

    def spend(self, size: int) -> None:
        """Count what came out."""
        self.bytes_left -= size
        self.entries_left -= 1
        if self.entries_left < 0:
            raise _Shut("too many files inside")
        if self.bytes_left < 0:
            raise _Shut("unpacks to far more than its size")


def unpack(mail: InboundMail, limits: UnpackLimits | None = None) -> Unpacked:
    """All files of a mail, renumbered, with containers opened. Never raises."""
    limits = limits or UnpackLimits()
    opening = _Opening(limits, limits.bytes, limits.entries)
    for attachment in mail.attachments:
        _take(attachment, opening, 0, walked=attachment.declared_type == "message/rfc822")
    return Unpacked(tuple(opening.files), tuple(opening.unopened))


def _take(file: Attachment, opening: _Opening, depth: int, *, walked: bool = False, zipped: bool = False) -> None:
    """Keep a file, and what is inside it. `walked` mails were followed when the mail was parsed; a zip inside a zip stays shut."""
    number = len(opening.files)
    opening.files.append(file.model_copy(update={"index": number}))
    opener = _OPENERS.get(file.kind)
    if opener is None or walked:
        return
    if depth >= opening.limits.depth or (zipped and file.kind is FileKind.ZIP):
        opening.unopened.append((number, "nested"))
        return
    try:
        for inner in opener(file, opening):
            was_walked = file.kind in (FileKind.EML, FileKind.SIGNATURE) and inner.declared_type == "message/rfc822"
            _take(inner, opening, depth + 1, walked=was_walked, zipped=zipped or file.kind is FileKind.ZIP)
    except _Shut as reason:
        opening.unopened.append((number, str(reason)))
    except (Damaged, *_ZIP_FAULTS):
        opening.unopened.append((number, "damaged"))


def _zipped(file: Attachment, opening: _Opening) -> Iterator[Attachment]:
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _CLUTTER.search(entry.filename)]
        if len(entries) > opening.entries_left:
            raise _Shut("too many files inside")
        if any(entry.flag_bits & 1 for entry in entries):
            raise _Shut("encrypted")
        if any(entry.compress_type not in _ORDINARY for entry in entries):
            raise _Shut("packed in an unusual way")
        for entry in entries:
            data = _inflate(archive, entry, opening)
            yield _inside(file, entry.filename, data)


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, opening: _Opening) -> bytes:
    """The real bytes of an entry, counted while they come."""
    most = min(opening.bytes_left, max(entry.compress_size * opening.limits.ratio, _FREE_RATIO))
    pieces, total = [], 0
    with archive.open(entry) as stream:
        while piece := stream.read(_PIECE):
            total += len(piece)
            if total > most:
                raise _Shut("unpacks to far more than its size")
            pieces.append(piece)
    opening.spend(total)
    return b"".join(pieces)


def _signed(file: Attachment, opening: _Opening) -> Iterator[Attachment]:
    """A mail signed as one block; nothing for a signature that stands beside what it signs."""
    if file.content.startswith(b"\x30") and (content := signed_content(file.content)) is not None:
        opening.spend(len(content))
        yield from _mail_parts(file, content, opening)


def _attached_mail(file: Attachment, opening: _Opening) -> Iterator[Attachment]:
    return _mail_parts(file, file.content, opening)


def _mail_parts(file: Attachment, raw: bytes, opening: _Opening) -> Iterator[Attachment]:
    inner = parse(raw)
    if inner.body_html:
        yield _inside(file, "body.html", inner.body_html.encode(), "text/html", FileKind.HTML)
    elif inner.body_text:
        yield _inside(file, "body.txt", inner.body_text.encode(), "text/plain", FileKind.TEXT)
    place = _place(file)
    for one in inner.attachments:
        opening.spend(one.size)
        yield one.model_copy(update={"inside": f"{place}, {one.inside}" if one.inside else place})
    if PERSON_DEFECTS & set(inner.defects):
        raise _Shut("not wholly readable")


def _outlook(read: Callable[[bytes], Opened]) -> Callable[[Attachment, _Opening], Iterator[Attachment]]:
    def opener(file: Attachment, opening: _Opening) -> Iterator[Attachment]:
        for packed in as_files(read(file.content)):
            opening.spend(len(packed.data))
            inner = packed.place.partition(", ")[2] if packed.place else ""
            made = _inside(file, packed.name, packed.data, packed.declared)
            yield made.model_copy(update={"inside": f"{made.inside}, {inner}"}) if inner else made

    return opener


def _place(file: Attachment) -> str:
    name = file.filename or {FileKind.ZIP: "zip file", FileKind.TNEF: "winmail.dat", FileKind.SIGNATURE: "signed mail"}.get(
        file.kind, "attached mail"
    )
    return f"{file.inside}, {name}" if file.inside else name


def _inside(file: Attachment, name: str, data: bytes, declared: str | None = None, kind: FileKind | None = None) -> Attachment:
    short = re.split(r"[/\\]", name)[-1][:200]
    return make_file(data, short, declared, _place(file), kind)


_OPENERS: dict[FileKind, Callable[[Attachment, _Opening], Iterator[Attachment]]] = {
    FileKind.ZIP: _zipped,
    FileKind.EML: _attached_mail,
    FileKind.SIGNATURE: _signed,
    FileKind.MSG: _outlook(open_msg),
    FileKind.TNEF: _outlook(open_tnef),
}
