"""Raw mails on disk, named by what is in them. A mail is ours once it is here and its ledger row is committed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
import time
from pathlib import Path
from typing import Protocol

from pipeline.errors import BytesLost, OurBug, Retry, WrongSetup

_SHA256 = re.compile(r"[0-9a-f]{64}")


class Seal(Protocol):
    """How bytes are kept at rest: `close` before they are written, `open` after they are read. The place for encryption."""

    def close(self, plain: bytes) -> bytes:
        """What is written to disk."""

    def open(self, kept: bytes) -> bytes:
        """The bytes as they were."""


class Blobs:
    """A folder of immutable files. Writing the same bytes again changes nothing; a crash leaves either the whole file or none."""

    def __init__(self, folder: Path, seal: Seal | None = None) -> None:
        self._folder = folder
        self._seal = seal
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
        except OSError as fault:
            raise WrongSetup(f"the mail folder {folder} cannot be made or entered; check MASH_DATA_DIR and its permissions") from fault

    def put(self, raw: bytes) -> str:
        """Keep the bytes and say their sha256. On return they are on the disk, not only in its cache."""
        sha256 = hashlib.sha256(raw).hexdigest()
        path = self._path(sha256)
        try:
            if path.exists() and self._opened(path) == raw:
                return sha256
            path.parent.mkdir(mode=0o700, exist_ok=True)
            self._write(path, self._seal.close(raw) if self._seal else raw)
        except OSError as fault:
            raise Retry(f"the mail folder {self._folder} cannot be written (full, or not allowed?); the mail stays on the server") from fault
        return sha256

    def _write(self, path: Path, data: bytes) -> None:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).rename(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
        _sync_folder(self._folder)

    def get(self, sha256: str) -> bytes:
        """The bytes of a kept mail, checked against their name."""
        try:
            raw = self._opened(self._path(sha256))
        except FileNotFoundError:
            raise BytesLost(f"the kept mail {sha256[:12]} is not in {self._folder}; restore the folder from the backup") from None
        except OSError as fault:
            raise Retry(f"the kept mail {sha256[:12]} cannot be read; check the disk of {self._folder}") from fault
        if hashlib.sha256(raw).hexdigest() != sha256:
            raise BytesLost(f"the kept mail {sha256[:12]} is damaged on disk; restore it from the backup")
        return raw

    def _opened(self, path: Path) -> bytes:
        kept = path.read_bytes()
        return self._seal.open(kept) if self._seal else kept

    def has(self, sha256: str) -> bool:
        """Whether these bytes are kept."""
        return self._path(sha256).exists()

    def delete(self, sha256: str) -> None:
        """Remove a kept mail for good. Asking again is harmless."""
        path = self._path(sha256)
        path.unlink(missing_ok=True)
        if path.parent.exists():
            _sync_folder(path.parent)

    def sweep(self, older_than: float = 0.0) -> int:
        """Remove half-written files that a crash left behind, and say how many. Where others may be writing, only those of so many seconds ago."""
        newest, swept = time.time() - older_than, 0
        for path in self._folder.glob("*/.new-*"):
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime <= newest:
                    path.unlink()
                    swept += 1
        return swept

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise OurBug("a kept mail is asked for by something that is no sha256")
        return self._folder / sha256[:2] / sha256


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
