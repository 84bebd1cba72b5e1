"""The file of the index of existing records in the data folder: sealed, written whole or not at all, by one process at a time. Only a cache."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.store import index_key, people
from pipeline.store.engine import Store
from pipeline.store.sealed_stream import SealedReader, SealedWriter
from pipeline.store.sealer import Sealer

FOLDER = "index"
_BOUND = "people index"
_LOOKS_AGAIN = 0.1


class IndexFile:
    """Where it lies, and who may write it."""

    def __init__(self, store: Store, data_dir: Path) -> None:
        self._store, self._folder = store, data_dir / FOLDER
        self._path, self._new = self._folder / "people", self._folder / "people.new"

    @contextlib.contextmanager
    def opened(self) -> Iterator[SealedReader | None]:
        """The file as it stands, to be read from its start; None when there is none, or nothing opens it any more.

        Raises Damaged or KeyMissing when it was not sealed here, is torn or changed; OSError when the disk does not give it.
        """
        with self._store.reading() as session:
            sealer = index_key.sealer(session)
        if sealer is None or not self._path.exists():
            yield None
            return
        with self._path.open("rb") as file:
            yield SealedReader(file, sealer, _BOUND)

    @contextlib.contextmanager
    def alone(self, patience: float) -> Iterator[bool]:
        """Be the only process on this machine that makes the file. False when another is still at it after so many seconds, or the folder cannot be written."""
        handle = self._lock_file()
        if handle is None:
            yield False
            return
        try:
            yield _locked(handle, time.monotonic() + patience)
        finally:
            os.close(handle)

    def write(self, version: int, dump: Callable[[SealedWriter, int], None]) -> bool:
        """Write what `dump` gives, with the version's mark. False when the records have changed since that version: follow them first. Raises OSError."""
        with self._store.session() as session:
            if people.locked_version(session) != version:
                return False
            sealer, mark = index_key.sealer_made(session), index_key.mark_made(session, version)
        self._put(sealer, lambda sink: dump(sink, mark))
        return True

    def knows(self, version: int, mark: int) -> bool:
        """Whether a file with that mark was made from this store: its later changes can then be followed."""
        with self._store.reading() as session:
            return index_key.mark(session, version) == mark

    def change_key(self, patience: float) -> None:
        """Another key for the file, as for everything held. What another machine has is made anew there. Raises OSError, Damaged."""
        with self.alone(patience):
            with self._store.session() as session:
                people.locked_version(session)
                before = index_key.sealer(session)
                if before is None:
                    return
                fresh = index_key.replace(session)
            with contextlib.suppress(FileNotFoundError), self._path.open("rb") as file:
                source = SealedReader(file, before, _BOUND)
                self._put(fresh, lambda sink: _copy(source, sink))

    def remove(self) -> None:
        """Take the file away. Asking again is harmless. Raises OSError."""
        for path in (self._path, self._new):
            path.unlink(missing_ok=True)

    def made_at(self) -> float | None:
        """When it was written, in seconds of the epoch."""
        try:
            return self._path.stat().st_mtime
        except OSError:
            return None

    def _put(self, sealer: Sealer, dump: Callable[[SealedWriter], None]) -> None:
        """The whole file, on the disk and not only in its cache, or as it was before."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._new.unlink(missing_ok=True)
        try:
            with os.fdopen(os.open(self._new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                sink = SealedWriter(file, sealer, _BOUND)
                dump(sink)
                sink.close()
                file.flush()
                os.fsync(file.fileno())
            self._new.rename(self._path)
        except BaseException:
            self._new.unlink(missing_ok=True)
            raise
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def _lock_file(self) -> int | None:
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            return os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return None


def _locked(handle: int, until: float) -> bool:
    """Whether the lock came to us in time. It goes with the process that has it, whatever ends that."""
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(_LOOKS_AGAIN)
        except OSError:
            return False
        else:
            return True


def _copy(source: SealedReader, sink: SealedWriter) -> None:
    while piece := source.piece():
        sink.write(piece)
