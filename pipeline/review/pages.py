"""The files of a contact and their pages: listed, drawn in the sandbox, and the place of a value on them."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeVar

from pydantic import TypeAdapter

from models.base import Frozen
from models.contact import Contact, MessageRef
from models.document import Box
from models.extraction import FieldValue, Problem, Source
from models.mail import Attachment, FileKind, InboundMail
from pipeline.app import App
from pipeline.errors import IntakeError, Unreadable
from pipeline.extract import page_pictures as drawing
from pipeline.extract.mail import BODY, shown_name
from pipeline.extract.page_pictures import DRAWN, OFFICE, Found, Part, Sheets
from pipeline.extract.safe import limits
from pipeline.extract.sandbox import Sandbox
from pipeline.opening import opened
from pipeline.review.pages_cache import PagesCache

T = TypeVar("T")
_PARTS = TypeAdapter(tuple[Part, ...])
_FOUND = TypeAdapter(tuple[Found, ...])


class FileEntry(Frozen):
    """A file of a contact: `id` names it in addresses ("0-2": first mail, third file), `document` is how values name it."""

    id: str
    document: str
    kind: FileKind
    size: int
    decorative: bool = False

    @property
    def has_pages(self) -> bool:
        """Whether it can be shown as pages."""
        return self.kind in DRAWN or self.kind in OFFICE


_ENTRIES = TypeAdapter(tuple[FileEntry, ...])


@dataclass(frozen=True, slots=True)
class Lit:
    """Where a value stands, for the picture: `boxes` in points of the page, empty where the words were not found on it."""

    page: int = 1
    boxes: tuple[Box, ...] = ()


class Pages:
    """Pages of one hub's files. Everything hostile happens in child processes, two at a time; what was drawn is kept sealed."""

    def __init__(self, intake: App) -> None:
        settings = intake.settings
        self._blobs = intake.blobs
        self._cache = PagesCache(settings.data_dir / "pages", intake.store.sealer)
        self._passwords = tuple(one.get_secret_value() for one in settings.document_passwords)
        self._sandbox = Sandbox(limits(settings.document_seconds, settings.document_megabytes), ("pipeline.extract.page_pictures",))
        self._at_once = threading.BoundedSemaphore(2)

    def close(self) -> None:
        """End the child processes."""
        self._sandbox.close()

    # --- files

    def files(self, contact: Contact) -> tuple[FileEntry, ...]:
        """Every file that came with the contact's mails. A mail whose bytes are gone has none."""
        return tuple(entry for number, ref in enumerate(mails_of(contact)) for entry in self._files_of(number, ref))

    def _files_of(self, number: int, ref: MessageRef) -> tuple[FileEntry, ...]:
        kept = self._cache.get(ref.sha256, "files.json")
        if kept is None:
            try:
                mail = self.mail(ref)
            except IntakeError:
                return ()
            entries = tuple(_entry(one) for one in mail.attachments)
            kept = _ENTRIES.dump_json(entries)
            self._cache.put(ref.sha256, "files.json", kept)
        return tuple(entry.model_copy(update={"id": f"{number}-{entry.id}"}) for entry in _ENTRIES.validate_json(kept))

    def mail(self, ref: MessageRef) -> InboundMail:
        """A kept mail with its files unpacked. Raises IntakeError where its bytes are gone."""
        return opened(self.raw(ref), self._sandbox).mail

    def raw(self, ref: MessageRef) -> bytes:
        """A kept mail as it came. Raises IntakeError where its bytes are gone."""
        return self._blobs.get(ref.sha256)

    def entry(self, contact: Contact, name: str) -> FileEntry | None:
        """The file of an address."""
        return next((one for one in self.files(contact) if one.id == name), None)

    def of_document(self, contact: Contact, document: str) -> FileEntry | None:
        """The file that a value names. Of several forms in one file, "batch.pdf#2" is of "batch.pdf"."""
        name, mark, number = document.rpartition("#")
        wanted = {document, name} if mark and number.isdigit() else {document}
        return next((one for one in self.files(contact) if one.document in wanted), None)

    def content(self, contact: Contact, entry: FileEntry) -> bytes:
        """A file's bytes. Raises IntakeError where the mail's bytes are gone."""
        return self._attachment(contact, entry).content

    def _attachment(self, contact: Contact, entry: FileEntry) -> Attachment:
        number, _, index = entry.id.partition("-")
        mail = self.mail(mails_of(contact)[int(number)])
        return next(one for one in mail.attachments if one.index == int(index))

    # --- pages

    def sheets(self, contact: Contact, entry: FileEntry) -> Sheets | Problem:
        """How many pages, and their sizes."""
        return self._kept(contact, entry, "sheets.json", lambda data: self._run(drawing.sheets_of, data, entry, self._passwords), TypeAdapter(Sheets))

    def picture(self, contact: Contact, entry: FileEntry, page: int) -> bytes | Problem:
        """A page as PNG."""
        text = self._kept(
            contact,
            entry,
            f"page-{page}.json",
            lambda data: self._run(drawing.picture_of, data, entry, page, self._passwords),
            TypeAdapter(str),
        )
        return text if isinstance(text, Problem) else base64.b64decode(text)

    def lit(self, contact: Contact, entry: FileEntry, field: FieldValue) -> Lit:
        """Where a value stands on the pages of its file, as far as that can be said."""
        source = field.source
        if entry.kind in DRAWN:
            return Lit(source.page or 1, (source.box,) if source.box else ())
        words = field.raw or source.text or ""
        label = self._label(contact, entry, source.where or "")
        name = f"found-{abs(hash_of(words + chr(0) + label)):x}.json"
        found = self._kept(contact, entry, name, lambda data: self._run(drawing.find_words, data, entry, words, label, self._passwords), _FOUND)
        if isinstance(found, Problem) or not found:
            return Lit(source.page or 1)
        return Lit(found[0].page, found[0].boxes)

    def parts(self, contact: Contact, entry: FileEntry) -> tuple[Part, ...] | Problem:
        """A file as paragraphs and tables."""
        return self._kept(
            contact, entry, "parts.json", lambda data: self._run(drawing.parts_of, data, entry, self._passwords), _PARTS, as_pages=False
        )

    def _label(self, contact: Contact, entry: FileEntry, where: str) -> str:
        """The words of the first cell of the row where a value stands."""
        parts = self.parts(contact, entry)
        if isinstance(parts, Problem) or not where:
            return ""
        row = next((row for part in parts for row in part.rows if any(cell.where == where for cell in row)), ())
        before = [cell for cell in row if cell.where != where and cell.text.strip()]
        return before[0].text if before else ""

    def _kept(
        self, contact: Contact, entry: FileEntry, name: str, make: Callable[[bytes], T], shape: TypeAdapter[T], *, as_pages: bool = True
    ) -> T | Problem:
        """From the cache, or made now. A file that cannot be drawn is a Problem with a remedy, and is tried again next time."""
        number, _, index = entry.id.partition("-")
        sha256 = mails_of(contact)[int(number)].sha256
        kept = self._cache.get(sha256, f"{index}-{name}")
        if kept is not None:
            return shape.validate_json(kept)
        try:
            with self._at_once:
                data = self._as_pdf(contact, entry, sha256, index) if as_pages and entry.kind in OFFICE else self.content(contact, entry)
                made = make(data)
        except Unreadable as error:
            return error.problem
        except IntakeError:
            return Problem(code="corrupt", detail="The kept mail could not be opened, so its files cannot be shown.")
        self._cache.put(sha256, f"{index}-{name}", shape.dump_json(made))
        return made

    def _as_pdf(self, contact: Contact, entry: FileEntry, sha256: str, index: str) -> bytes:
        kept = self._cache.get(sha256, f"{index}-office.pdf")
        if kept is None:
            told = self._sandbox.run(drawing.pdf_of, self.content(contact, entry), _safe(entry), entry.kind)
            kept = base64.b64decode(told)
            self._cache.put(sha256, f"{index}-office.pdf", kept)
        return kept

    def _run(self, function: Callable[..., T], data: bytes, entry: FileEntry, *more: object) -> T:
        drawn = function is not drawing.parts_of and entry.kind in OFFICE
        return self._sandbox.run(function, data, _safe(entry), FileKind.PDF if drawn else entry.kind, *more)


def mails_of(contact: Contact) -> tuple[MessageRef, ...]:
    """The contact's mails, each once, in the order they came."""
    return tuple({one.sha256: one for one in (contact.message, *contact.messages)}.values())


def from_body(source: Source) -> bool:
    """Whether a value was read in a mail's own words."""
    return source.document == BODY or source.document.startswith("reply")


def hash_of(words: str) -> int:
    """A short stable number for words, so that no name of a cached file says anything."""
    return int.from_bytes(hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()[:8], "big")


def _entry(attachment: Attachment) -> FileEntry:
    return FileEntry(
        id=str(attachment.index), document=shown_name(attachment), kind=attachment.kind, size=attachment.size, decorative=attachment.decorative
    )


def _safe(entry: FileEntry) -> str:
    """What a child calls the file in its refusals: file names hold children's names."""
    return f"this file{PurePath(entry.document).suffix[:6]}"
