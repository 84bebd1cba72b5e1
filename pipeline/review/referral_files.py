"""A referral's files: pages as pictures, downloads that never open in the browser, the original mail and its headers."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from models.contact import MessageRef
from models.extraction import Problem
from models.mail import FileKind
from pipeline.errors import IntakeError
from pipeline.review.pages import FileEntry, Pages, mails_of
from pipeline.review.referral import looked_at, pages_of
from pipeline.review.web.console import console_of
from pipeline.review.web.frame import page
from pipeline.review.web.guards import Screener
from pipeline.review.web.trouble import Trouble
from pipeline.store.contacts import Saved

router = APIRouter()
_LOCKED = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
_MOST_HEADERS = 200


@router.get("/referral/{reference}/page/{name}/{number}.png")
def picture(request: Request, reference: str, user: Screener, name: str, number: int) -> Response:
    """A page as a picture, drawn here: never the file itself."""
    saved = looked_at(request, reference, user)
    pages = pages_of(request)
    drawn = pages.picture(saved.contact, _file(pages, saved, name), number)
    if isinstance(drawn, Problem):
        raise Trouble(404, "This page cannot be shown", drawn.detail, "Download the file and open it by hand.")
    return Response(drawn, media_type="image/png", headers=_LOCKED)


@router.get("/referral/{reference}/file/{name}")
def show(request: Request, reference: str, user: Screener, name: str, number: int = 1) -> HTMLResponse:
    """One page of a file, or the file in words where it has no pages."""
    saved = looked_at(request, reference, user)
    pages = pages_of(request)
    entry = _file(pages, saved, name)
    console_of(request).note(user, f"looked at file {name}", saved.contact.reference)
    sheets = pages.sheets(saved.contact, entry) if entry.has_pages else Problem(code="unsupported", detail="This file has no pages to draw.")
    parts: object = ()
    trouble = None
    if isinstance(sheets, Problem):
        trouble = sheets.detail
        parts = () if entry.kind in _NEVER_READ else pages.parts(saved.contact, entry)
        if isinstance(parts, Problem):
            trouble, parts = parts.detail, ()
    size = None
    if not isinstance(sheets, Problem):
        number = min(max(1, number), max(1, len(sheets.sizes)))
        size = sheets.sizes[number - 1] if sheets.sizes else None
    more: dict[str, Any] = {
        "sheets": None if isinstance(sheets, Problem) else sheets,
        "number": number,
        "size": size,
        "parts": parts,
        "trouble": trouble,
    }
    return page(request, "referral/file.html", contact=saved.contact, entry=entry, **more)


_NEVER_READ = frozenset({FileKind.ZIP, FileKind.EML, FileKind.MSG, FileKind.TNEF, FileKind.CALENDAR, FileKind.SIGNATURE, FileKind.OTHER})


@router.get("/referral/{reference}/download/{name}")
def download(request: Request, reference: str, user: Screener, name: str) -> Response:
    """A file as it came: saved by the browser, never opened in it."""
    saved = looked_at(request, reference, user)
    pages = pages_of(request)
    entry = _file(pages, saved, name)
    try:
        content = pages.content(saved.contact, entry)
    except IntakeError:
        raise _no_bytes() from None
    console_of(request).note(user, f"downloaded file {name}", saved.contact.reference)
    return _saved_as(content, entry.document.rpartition(" / ")[2])


@router.get("/referral/{reference}/mail/{number}")
def mail(request: Request, reference: str, user: Screener, number: int) -> HTMLResponse:
    """A mail in its own words, with its headers."""
    saved = looked_at(request, reference, user)
    ref = _mail(saved, number)
    try:
        found = pages_of(request).mail(ref)
    except IntakeError:
        raise _no_bytes() from None
    console_of(request).note(user, f"looked at mail {number + 1}", saved.contact.reference)
    lines = found.headers[:_MOST_HEADERS]
    return page(request, "referral/mail.html", contact=saved.contact, ref=ref, mail=found, lines=lines, number=number)


@router.get("/referral/{reference}/mail/{number}/original")
def original(request: Request, reference: str, user: Screener, number: int) -> Response:
    """A mail as it came, byte by byte."""
    saved = looked_at(request, reference, user)
    try:
        raw = pages_of(request).raw(_mail(saved, number))
    except IntakeError:
        raise _no_bytes() from None
    console_of(request).note(user, f"downloaded mail {number + 1}", saved.contact.reference)
    return _saved_as(raw, f"{saved.contact.reference}-mail-{number + 1}.eml")


def _file(pages: Pages, saved: Saved, name: str) -> FileEntry:
    entry = pages.entry(saved.contact, name)
    if entry is None:
        raise Trouble(404, "This file is not here", "It was removed, or the address is wrong.", "Go back to the referral.")
    return entry


def _mail(saved: Saved, number: int) -> MessageRef:
    mails = mails_of(saved.contact)
    if not 0 <= number < len(mails):
        raise Trouble(404, "This mail is not here", "Go back to the referral.")
    return mails[number]


def _no_bytes() -> Trouble:
    return Trouble(
        404, "The mail is no longer kept", "Its bytes were removed under the retention rules, or lost. What was read of it stands on the referral."
    )


def _saved_as(content: bytes, name: str) -> Response:
    """For saving only: whatever it is, the browser is told that it is nothing it could open."""
    plain = "".join(letter if letter.isalnum() or letter in " .-_()" else "_" for letter in name)[-120:] or "file"
    ascii_name = plain.encode("ascii", "replace").decode().replace("?", "_")
    disposition = f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(plain)}"
    return Response(content, media_type="application/octet-stream", headers={**_LOCKED, "Content-Disposition": disposition})
