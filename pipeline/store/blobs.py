"""Raw mails on disk, named by what is in them. A mail is ours once it is here and its ledger row is committed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import BytesLost, OurBug, Retry, WrongSetup
from pipeline.store.sealer import HEAD, Damaged, Sealer, key_of

_SHA256 = re.compile(r"[0-9a-f]{64}")


class Blobs:
    """A folder of immutable files, sealed. Writing the same bytes again changes nothing; a crash leaves either the whole file or none."""

    def __init__(self, folder: Path, sealer: Sealer | None = None) -> None:
        self._folder = folder
        self._sealer = sealer
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
            if path.exists() and self._whole(path, raw):
                os.utime(path)  # it is wanted again from now on: a purge that takes it for a stray must see that
                return sha256
            path.parent.mkdir(mode=0o700, exist_ok=True)
            self._write(path, self._sealer.seal(raw, bound(sha256)) if self._sealer else raw)
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
        except Damaged:
            raw = b""
        if hashlib.sha256(raw).hexdigest() != sha256:
            raise BytesLost(f"the kept mail {sha256[:12]} is damaged on disk; restore it from the backup")
        return raw

    def _opened(self, path: Path) -> bytes:
        """What is not sealed was kept by an earlier version: its name still tells whether it is whole."""
        kept = path.read_bytes()
        return self._sealer.open(kept, bound(path.name)) if self._sealer and key_of(kept) else kept

    def _whole(self, path: Path, raw: bytes) -> bool:
        try:
            return self._opened(path) == raw
        except Damaged:
            return False

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

    def names(self) -> Iterator[str]:
        """Every kept mail, by its sha256."""
        for path in self._folder.glob("??/*"):
            if _SHA256.fullmatch(path.name):
                yield path.name

    def kept(self, sha256: str) -> bytes | None:
        """A kept mail as it lies on the disk, sealed; None when it is gone."""
        try:
            return self._path(sha256).read_bytes()
        except FileNotFoundError:
            return None

    def written_at(self, sha256: str) -> float:
        """When a kept mail was written, in seconds of the epoch; now, when it is gone."""
        try:
            return self._path(sha256).stat().st_mtime
        except FileNotFoundError:
            return time.time()

    def key_of(self, sha256: str) -> str | None:
        """The id of the key that a kept mail is sealed with; None when it is kept in clear, or is gone."""
        try:
            with self._path(sha256).open("rb") as file:
                return key_of(file.read(HEAD))
        except FileNotFoundError:
            return None

    def reseal(self, sha256: str) -> bool:
        """Seal a kept mail with the newest key. Whether there was anything to do: a mail that is gone meanwhile is none."""
        if self._sealer is None or self.key_of(sha256) == self._sealer.ring.newest.id or not self.has(sha256):
            return False
        self._write(self._path(sha256), self._sealer.seal(self.get(sha256), bound(sha256)))
        return True

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise OurBug("a kept mail is asked for by something that is no sha256")
        return self._folder / sha256[:2] / sha256


def bound(sha256: str) -> str:
    """What the bytes of a kept mail are bound to."""
    return f"mail\0{sha256}"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
