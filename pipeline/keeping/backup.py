"""A backup in one file, and back from it. What is in it is sealed as it lies; the key is never in it."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, BinaryIO

from pipeline.errors import BytesLost, WrongSetup
from pipeline.keeping.held import Held
from pipeline.store import audit, holding
from pipeline.store.blobs import Blobs
from pipeline.store.copying import copy_to, is_whole
from pipeline.store.engine import open_store
from pipeline.store.keyring import Keyring

STORE, NOTE, MAIL = "mash-intake.sqlite3", "backup.json", "mail"
_OURS = re.compile(rf"{re.escape(STORE)}|{MAIL}/[0-9a-f]{{2}}/[0-9a-f]{{64}}")


def backup(held: Held, file: Path, who: str, now: datetime, *, without_store: bool = False) -> int:
    """Write the store and every kept mail to a new file that only its owner may read, and say how many mails. First the store: all that it tells of is then there.

    `without_store` leaves the database to its own tools. Raises WrongSetup when the file is there already or cannot be written; half a backup is not left.
    """
    with held.store.session() as session:
        audit.append(session, who, "backed up", None, now)
        end = audit.head(session)
    # A database that is copied apart was copied earlier: its audit does not hold the row just written.
    head = "" if without_store else f"{end.number}:{end.chain}"
    note = {"made": now.isoformat(), "version": version("mash-intake"), "key": held.store.sealer.ring.newest.id, "audit": head}
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise WrongSetup(f"{file} cannot be written ({error.strerror}): choose a new name in a folder that there is") from None
    try:
        with os.fdopen(handle, "wb") as opened:
            mails = _written(held, opened, json.dumps(note).encode(), without_store=without_store)
            opened.flush()
            os.fsync(opened.fileno())
    except BaseException as error:
        file.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise WrongSetup(
                f"{file} could not be written whole ({error.strerror}), and was taken away again: make room, or choose another disk"
            ) from None
        raise
    return mails


def _written(held: Held, file: BinaryIO, note: bytes, *, without_store: bool) -> int:
    mails = 0
    with tarfile.open(fileobj=file, mode="w") as archive, tempfile.TemporaryDirectory() as scratch:
        _add(archive, NOTE, note)
        if not without_store:
            copy = Path(scratch) / STORE
            copy_to(held.store, copy)
            archive.add(copy, STORE, filter=_private)
        for sha256 in held.blobs.names():
            kept = held.blobs.kept(sha256)
            if kept is not None:
                _add(archive, f"{MAIL}/{sha256[:2]}/{sha256}", kept)
                mails += 1
    return mails


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), 0o600
    archive.addfile(member, io.BytesIO(data))


def _private(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.mode, member.uid, member.gid, member.uname, member.gname = 0o600, 0, 0, "", ""
    return member


def restore(file: Path, data_dir: Path, keys: Callable[[], Keyring], database_url: str | None = None) -> tuple[int, tuple[str, ...]]:
    """Unpack a backup into an empty data folder, open it with the keys, and check all of it. Says how many mails, and what is wrong.

    A backup of the mails alone is checked against the database at `database_url`, which must be back already. Raises WrongSetup when the folder holds a store
    already, the file is no backup of ours, or the key is another.
    """
    if (data_dir / STORE).exists() or any((data_dir / MAIL).glob("??/*")):
        raise WrongSetup(f"{data_dir} already holds a store: restore into an empty folder (MASH_DATA_DIR), so that nothing is overwritten")
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with tarfile.open(file, "r:") as archive:
            noted = _head_of(archive)
            if STORE not in archive.getnames() and not database_url:
                raise WrongSetup(
                    f"{file} holds the mails alone: bring the database back with its own tools, set MASH_DATABASE_URL to it, and run this again"
                )
            for member in archive:
                _unpack(archive, member, data_dir)
    except (OSError, tarfile.TarError, KeyError, ValueError) as error:
        raise WrongSetup(f"{file} is no whole backup of this program ({type(error).__name__})") from None
    url = f"sqlite:///{(data_dir / STORE).absolute()}" if (data_dir / STORE).exists() else str(database_url)
    return check(url, data_dir, keys(), noted)


def _head_of(archive: tarfile.TarFile) -> audit.Head | None:
    """The head of the audit that the backup's note tells of. Raises ValueError or TarError where the note is none of ours."""
    told = json.loads(_opened(archive, archive.getmember(NOTE)).read())
    if not isinstance(told, dict):
        raise tarfile.ReadError
    number, _, chain = str(told.get("audit") or "").partition(":")
    return audit.Head(int(number), chain) if number else None


def _unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, data_dir: Path) -> None:
    """One file, for its owner alone, and only those that a backup of ours has, whatever else an archive names."""
    if member.name == NOTE:
        return
    if not member.isfile() or not _OURS.fullmatch(member.name):
        raise ValueError
    path = data_dir / member.name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(_opened(archive, member), file)  # a piece at a time: a database may be larger than the memory
        file.flush()
        os.fsync(file.fileno())


def _opened(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    opened = archive.extractfile(member)
    if opened is None:
        raise ValueError
    return opened


def check(url: str, data_dir: Path, ring: Keyring, noted: audit.Head | None) -> tuple[int, tuple[str, ...]]:
    """Open everything: the database is whole, the audit holds up to the noted head, every mail opens and is the one that it is named for."""
    store = open_store(url, ring)
    wrong: list[str] = []
    try:
        blobs = Blobs(data_dir / MAIL, store.sealer)
        if not is_whole(store):
            wrong.append("the database is damaged")
        with store.reading() as session:
            wrong += [f"audit row {fault.number}: {fault.kind}" for fault in audit.faults(session)]
            if noted is not None and not audit.holds(session, noted):
                wrong.append("the audit is not the one that was backed up")
            known = holding.kept_mails(session)
        for sha256 in sorted(known):
            try:
                blobs.get(sha256)
            except BytesLost:
                wrong.append(f"mail {sha256[:12]} is missing or damaged")
        return len(known), tuple(wrong)
    finally:
        store.close()
