"""A mail opened in a child process: the same mail comes back, and one that ruins its reader comes back as what can still be said of it."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from models.mail import FileKind
from pipeline import opening
from pipeline.errors import Unreadable
from pipeline.extract.sandbox import Sandbox
from pipeline.ingest.message import PERSON_DEFECTS
from pipeline.opening import OpenedMail, opened, opened_here
from tests.ingest.mails import attached, mail, multipart, text_part
from tests.mails import report_of


@pytest.fixture(scope="module")
def children() -> Iterator[Sandbox]:
    with Sandbox(preload=("pipeline.opening",)) as shared:
        yield shared


def packed() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.bin", bytes(range(256)) * 40)
        archive.writestr("b.txt", "words")
    return data.getvalue()


MAILS = {
    "words": mail(text_part("Grüße, ☒ Ada")),
    "files": mail(multipart(text_part("Here."), attached("papers.zip", packed()), attached("odd.bin", bytes(range(256)) * 9))),
    "forwarded": mail(multipart(text_part("Fwd"), attached("inner.eml", mail(text_part("Inner")), "message/rfc822"))),
    "a locked zip": mail(multipart(text_part("x"), attached("x.zip", b"PK\x03\x04" + bytes(60)))),
    "a bounce": report_of("<letter@hub.example>", "failed", "5.1.1"),
    "nothing": b"",
    "junk": bytes(range(256)) * 30,
}


@pytest.mark.parametrize("name", MAILS)
def test_what_comes_back_is_what_was_read(children: Sandbox, name: str) -> None:
    assert opened(MAILS[name], children) == opened_here(MAILS[name])


def test_files_come_back_byte_for_byte(children: Sandbox) -> None:
    files = {file.filename: file.content for file in opened(MAILS["files"], children).mail.attachments}
    assert files["a.bin"] == bytes(range(256)) * 40
    assert files["odd.bin"] == bytes(range(256)) * 9


def test_a_bounce_says_which_letter(children: Sandbox) -> None:
    assert opened(MAILS["a bounce"], children).mail.returned.message_ids == ("<letter@hub.example>",)


def ruin(data: bytes, name: str, kind: FileKind) -> bytes:
    """A parser that a hostile mail has brought down."""
    os.abort()


@pytest.mark.parametrize("also_headers", [False, True])
def test_a_mail_that_ruins_its_reader_goes_to_a_person_with_what_is_known(children: Sandbox, also_headers: bool) -> None:
    class Ruined:
        def run(self, function: Callable[..., Any], data: bytes, name: str, kind: FileKind, *more: object, limits: Any = None) -> Any:
            doomed = also_headers or function is opening.whole
            return children.run(ruin if doomed else function, data, name, kind, *more, limits=limits)

    found: OpenedMail = opened(MAILS["files"], Ruined())
    assert PERSON_DEFECTS & set(found.mail.defects)
    assert found.mail.sha256 == opened_here(MAILS["files"]).mail.sha256
    assert found.mail.size == len(MAILS["files"])
    assert found.mail.subject == (None if also_headers else "Referral")
    assert opened(MAILS["words"], children).mail.body_text == "Grüße, ☒ Ada"


def test_a_mail_that_is_too_large_to_open_still_has_its_sender(children: Sandbox) -> None:
    class Small:
        def run(self, function: Callable[..., Any], data: bytes, name: str, kind: FileKind, *more: object, limits: Any = None) -> Any:
            if function is opening.whole:
                raise Unreadable("too_large", "mail: too large")
            return children.run(function, data, name, kind, *more, limits=limits)

    assert opened(MAILS["words"], Small()).mail.sender.email
