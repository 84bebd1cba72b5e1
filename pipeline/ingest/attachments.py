"""What a file really is, decided from its bytes. A name or a declared type only breaks ties, and only towards reading more, never towards less."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

import olefile

from models.mail import FileKind

_HEAD = 4096
_PDF_WINDOW = 1024
_IMAGES = (
    (0, (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")),
    (8, (b"WEBP",)),
    (4, (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypavif")),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TNEF = b"\x78\x9f\x3e\x22"
_SIGNED = bytes.fromhex("06092a864886f70d010702")
_ENVELOPED = bytes.fromhex("06092a864886f70d010703")
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|table|div|meta)[\s>]", re.IGNORECASE)
_HEADER = re.compile(rb"^[A-Za-z][A-Za-z0-9-]{1,60}:", re.MULTILINE)
_MAIL_HEADERS = frozenset(
    {b"from", b"to", b"subject", b"date", b"message-id", b"received", b"mime-version", b"return-path", b"content-type", b"x-mailer"}
)
_WORD_PARTS = (b"word/document.xml", b"word/_rels", b"word/styles.xml")


def identify(data: bytes, filename: str | None = None, declared: str | None = None) -> FileKind:
    """The kind of a file. Never raises, whatever the bytes are."""
    if not data.strip(b"\x00 \t\r\n"):
        return FileKind.EMPTY
    head = data[:_HEAD]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if head.startswith(_OLE):
        return _compound(data)
    if (kind := _by_signature(head)) is not None:
        return kind
    # Real PDFs come with junk in front; a container that holds one unpacked shows the same mark, so containers are asked first.
    return FileKind.PDF if b"%PDF-" in data[:_PDF_WINDOW] else _by_words(data, filename, declared)


def _by_signature(head: bytes) -> FileKind | None:
    if head.startswith(_TNEF):
        return FileKind.TNEF
    if any(head.startswith(magic, offset) for offset, magics in _IMAGES for magic in magics):
        return FileKind.IMAGE
    if head.startswith(b"BM") and len(head) > 26 and head[6:10] == bytes(4):
        return FileKind.IMAGE
    if head.startswith(b"\x30") and _SIGNED in head[:64]:
        return FileKind.SIGNATURE
    if head.startswith(b"\x30") and _ENVELOPED in head[:64]:
        return FileKind.ENCRYPTED_MAIL
    return None


def _by_words(data: bytes, filename: str | None, declared: str | None) -> FileKind:
    start = data[:_HEAD].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    if start.startswith(b"{\\rtf"):
        return FileKind.RTF
    if start.startswith(b"-----BEGIN PGP MESSAGE") or _name_ends(filename, ".pgp", ".gpg"):
        return FileKind.ENCRYPTED_MAIL
    if start.startswith(b"-----BEGIN PGP SIGNATURE"):
        return FileKind.SIGNATURE
    if start[:15].upper().startswith(b"BEGIN:VCALENDAR"):
        return FileKind.CALENDAR
    if _looks_like_mail(start) or ((declared == "message/rfc822" or _name_ends(filename, ".eml")) and _HEADER.match(start)):
        return FileKind.EML
    plain = start.replace(b"\x00", b"")
    if _HTML.search(plain[:_PDF_WINDOW]) or (declared == "text/html" and b"<" in plain):
        return FileKind.HTML
    return FileKind.TEXT if _is_text(data) else FileKind.OTHER


def _name_ends(filename: str | None, *endings: str) -> bool:
    return (filename or "").lower().endswith(endings)


def _looks_like_mail(start: bytes) -> bool:
    top = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    if top.startswith(b"From "):
        top = top.partition(b"\n")[2]
    if not _HEADER.match(top):
        return False
    known = {name.rstrip(b":").lower() for name in _HEADER.findall(top)} & _MAIL_HEADERS
    # "From:, To:, Subject:" alone also open a forwarded mail pasted into a text file: a true mail says more than what people type.
    return len(known) >= 3 and bool(known & {b"message-id", b"received", b"mime-version", b"return-path"})


def _is_text(data: bytes) -> bool:
    sample = data[:65536]
    if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    odd = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return b"\x00" not in sample and odd * 50 <= len(sample)


def _zipped(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            kind = _office_kind(archive, set(names))
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, KeyError, IndexError, EOFError, NotImplementedError, OverflowError):
        # Cut short: the local headers at the front still name the parts, and the reader will say what is wrong with it.
        return FileKind.DOCX if any(part in data[:65536] for part in _WORD_PARTS) or b"[Content_Types].xml" in data[:200] else FileKind.ZIP
    return kind


def _office_kind(archive: zipfile.ZipFile, names: set[str]) -> FileKind:
    if "mimetype" in names:
        declared = _bounded(archive, "mimetype", 200)
        if declared.startswith(b"application/vnd.oasis.opendocument.text"):
            return FileKind.ODT
        if declared.startswith(b"application/vnd.oasis"):
            return FileKind.OTHER
    if "[Content_Types].xml" not in names:
        return FileKind.ZIP
    types = _bounded(archive, "[Content_Types].xml", 200_000)
    if b"ms-word." in types and b"macroEnabled" in types:
        return FileKind.DOCM
    if b"wordprocessingml" in types or any(name.lower().startswith("word/document") for name in names):
        return FileKind.DOCX
    return FileKind.OTHER if any(name.startswith(("xl/", "ppt/", "visio/")) for name in names) else FileKind.ZIP


def _bounded(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    with archive.open(name) as part:
        return part.read(limit)


def _compound(data: bytes) -> FileKind:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            names = {"/".join(path).lower() for path in ole.listdir()}
            if "encryptedpackage" in names or "encryptioninfo" in names:
                return FileKind.ENCRYPTED_OFFICE
            if "worddocument" in names:
                return FileKind.ENCRYPTED_OFFICE if _word_is_locked(ole) else FileKind.DOC
            if any(name.startswith(("__properties_version", "__nameid", "__substg1.0")) for name in names):
                return FileKind.MSG
    except Exception:  # noqa: S110 - olefile raises what it likes on hostile files, and none of it is news
        pass
    return FileKind.OTHER


def _word_is_locked(ole: olefile.OleFileIO) -> bool:
    with ole.openstream("WordDocument") as stream:
        block = stream.read(12)
    return len(block) == 12 and bool(block[11] & 0x01)
