"""Printing Word documents to PDF with LibreOffice, many in one call, and taking out what would differ from one run to the next."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pikepdf


class PrinterMissing(RuntimeError):
    """LibreOffice is not installed."""


def soffice() -> str:
    """Where LibreOffice is."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if not found:
        raise PrinterMissing("LibreOffice is needed to print the samples: install the package libreoffice-writer and run this again.")
    return found


def settle(data: bytes) -> bytes:
    """The same PDF without dates, producer and random identifiers."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for key in ("/CreationDate", "/ModDate", "/Producer", "/Creator"):
            if key in pdf.docinfo:
                del pdf.docinfo[key]
        if "/Metadata" in pdf.Root:
            del pdf.Root["/Metadata"]
        for key in ("/DocChecksum", "/ID"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def print_all(documents: Mapping[str, bytes], suffix: str = ".docx") -> dict[str, bytes]:
    """Each document (by name) as a PDF; one LibreOffice for all of them."""
    program = soffice()
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        for name, data in documents.items():
            (room / f"{name}{suffix}").write_bytes(data)
        files = [str(room / f"{name}{suffix}") for name in documents]
        command = [
            program,
            f"-env:UserInstallation=file://{room}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(room / "out"),
            *files,
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
        return {name: settle((room / "out" / f"{name}.pdf").read_bytes()) for name in documents}
