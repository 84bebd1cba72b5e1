"""Older and locked office files: turned into DOCX by LibreOffice where it is installed, or opened with a password the authority has set."""

from __future__ import annotations

import io
import tempfile
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

from models.document import Document
from models.mail import FileKind
from pipeline.errors import Unreadable
from pipeline.extract.caps import CAPS, problem
from pipeline.extract.docx import read_docx
from pipeline.extract.programs import OFFICE, ProgramFailed, find_program, run_program
from pipeline.extract.zips import open_zip, read_bounded

_SECONDS = 18.0
_NO_MACROS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def read_office(data: bytes, name: str, kind: FileKind) -> Document:
    """Read a .doc, .rtf or .odt by way of DOCX."""
    if kind is FileKind.DOC and is_locked(data):
        raise locked(name)
    if kind is FileKind.ODT:
        _check_parts(data, name)
    return replace(read_docx(to_docx(data, name, kind), name), format=kind)


def to_docx(data: bytes, name: str, kind: FileKind) -> bytes:
    """The file as DOCX."""
    return _converted(data, name, kind, "docx:MS Word 2007 XML")


def to_pdf(data: bytes, name: str, kind: FileKind) -> bytes:
    """The file as PDF, page by page as a word processor shows it."""
    if kind in {FileKind.ODT, FileKind.DOCX, FileKind.DOCM}:
        _check_parts(data, name)
    return _converted(data, name, kind, "pdf:writer_pdf_Export")


def _converted(data: bytes, name: str, kind: FileKind, target: str) -> bytes:
    """The file in another format. Each conversion has a profile of its own, in which no macro runs and no link is followed."""
    program = find_program(OFFICE)
    if program is None:
        raise problem(
            "unsupported", name, f"a .{kind} file is read only where LibreOffice is installed. Install it, or ask for the form as .docx or PDF."
        )
    with tempfile.TemporaryDirectory(prefix="mash-office-") as folder:
        source, profile = Path(folder, f"form.{kind}"), Path(folder, "profile")
        Path(profile, "user").mkdir(parents=True)
        Path(profile, "user", "registrymodifications.xcu").write_text(_NO_MACROS, encoding="utf-8")
        source.write_bytes(data)
        arguments = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", target]
        try:
            run_program([*arguments, "--outdir", str(Path(folder, "out")), str(source)], seconds=_SECONDS, folder=folder, roomy=True)
        except ProgramFailed as error:
            raise _failed(name, slow=error.slow) from error
        converted = Path(folder, "out", f"form.{target.partition(':')[0]}")
        if not converted.is_file():
            raise _failed(name, slow=False)
        return converted.read_bytes()


def _check_parts(data: bytes, name: str) -> None:
    """Refuse a bomb before another program unpacks it."""
    with open_zip(data, name, CAPS) as archive:
        for entry in archive.infolist():
            if entry.filename.endswith(".xml"):
                try:
                    read_bounded(archive, entry, CAPS.xml_part, name)
                except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError) as error:
                    raise problem("corrupt", name, "part of the document is damaged. Ask for it to be sent again.") from error


def _failed(name: str, *, slow: bool) -> Unreadable:
    if slow:
        return problem("too_slow", name, "turning it into a Word document takes too long. Ask for the form as .docx or PDF.")
    return problem("corrupt", name, "it cannot be turned into a Word document. Ask for the form as .docx or PDF.")


def is_locked(data: bytes) -> bool:
    """Whether an office file is encrypted."""
    import msoffcrypto

    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted())
    except Exception:
        return False


def unlock(data: bytes, name: str, passwords: tuple[str, ...]) -> bytes:
    """An encrypted office file opened with the first password that fits."""
    import msoffcrypto

    for password in passwords:
        opened = io.BytesIO()
        try:
            office = msoffcrypto.OfficeFile(io.BytesIO(data))
            office.load_key(password=password)
            office.decrypt(opened)
        except Exception:  # noqa: S112  (a wrong password and an unknown scheme raise a dozen types; the next password may fit)
            continue
        return opened.getvalue()
    raise locked(name)


def locked(name: str) -> Unreadable:
    """The answer to a file locked with a password nobody has given us."""
    return problem("encrypted", name, "the file is locked with a password. Ask for the password by telephone, or for a copy without one.")
