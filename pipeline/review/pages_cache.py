"""What was drawn once, sealed on disk under the mail it came from. Only a cache: everything in it can be made again, and old things are swept."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import time
from pathlib import Path

from pipeline.store.sealer import Damaged, Sealer

KEPT_SECONDS = 7 * 24 * 3600
_SWEEP_EVERY = 3600
_NAME = re.compile(r"[a-z0-9.-]{1,60}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class PagesCache:
    """Files by mail and name. A file that is damaged, swept or purged meanwhile is simply not there."""

    def __init__(self, folder: Path, sealer: Sealer) -> None:
        self._folder, self._sealer = folder, sealer
        self._swept = 0.0

    def get(self, sha256: str, name: str) -> bytes | None:
        """What was kept, or None."""
        path = self._path(sha256, name)
        if path is None:
            return None
        try:
            return self._sealer.open(path.read_bytes(), _bound(sha256, name))
        except (OSError, Damaged):
            return None

    def put(self, sha256: str, name: str, data: bytes) -> None:
        """Keep it. A full disk costs the cache, never the page."""
        path = self._path(sha256, name)
        if path is None:
            return
        with contextlib.suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, made = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            with os.fdopen(handle, "wb") as file:
                file.write(self._sealer.seal(data, _bound(sha256, name)))
            Path(made).rename(path)
        self._sweep()

    def _sweep(self) -> None:
        """Remove what is old, now and then."""
        now = time.time()
        if now - self._swept < _SWEEP_EVERY:
            return
        self._swept = now
        for path in self._folder.glob("*/*"):
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < now - KEPT_SECONDS:
                    path.unlink()

    def _path(self, sha256: str, name: str) -> Path | None:
        return self._folder / sha256 / name if _SHA256.fullmatch(sha256) and _NAME.fullmatch(name) else None


def _bound(sha256: str, name: str) -> str:
    return f"page\0{sha256}\0{name}"
