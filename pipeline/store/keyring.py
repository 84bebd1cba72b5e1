"""The keys that everything held is sealed with: several at a time, newest first, so that one can be changed for another while the hub runs.

A key comes from MASH_KEY, from a file that MASH_KEY_FILE names, or from `seal.key` in the data folder, which the first start makes. A key is named
by eight characters made from it, so that what is sealed can say which key opens it.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pipeline.errors import WrongSetup

FILE = "seal.key"
_MARK = "mash-key-1:"
_HEAD = "# The keys of this hub, newest first. Who has this file can read everything that the hub holds: keep a copy of it apart from the backups.\n"
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Key:
    """One key. `text` is how it is written down; it never shows in a repr."""

    id: str
    text: str = field(repr=False)
    cipher: AESGCM = field(repr=False, compare=False)
    made: datetime | None = None


def new_key(made: datetime) -> Key:
    """A key that nobody had before."""
    return _key(_MARK + base64.urlsafe_b64encode(secrets.token_bytes(_SECRET_BYTES)).decode("ascii").rstrip("="), made)


def _key(text: str, made: datetime | None) -> Key:
    secret = base64.urlsafe_b64decode(text.removeprefix(_MARK) + "=" * (-len(text.removeprefix(_MARK)) % 4))
    if not text.startswith(_MARK) or len(secret) != _SECRET_BYTES:
        raise ValueError
    return Key(_derived(secret, b"mash-intake key id", 4).hex(), text, AESGCM(_derived(secret, b"mash-intake seal", 32)), made)


def _derived(secret: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=purpose).derive(secret)


class KeyMissing(WrongSetup):
    """What is held was sealed with a key that is not among those given."""


class Keyring:
    """The keys of a deployment. One read from a file notices when the file changes, so that a rotation needs no restart."""

    def __init__(self, keys: Sequence[Key], source: str, file: Path | None = None) -> None:
        self._keys, self.source, self.file = {key.id: key for key in keys}, source, file
        self.made_now = False
        self._seen = _stamp(file) if file else None

    @classmethod
    def read(cls, text: str, source: str) -> Self:
        """The keys in a text such as MASH_KEY holds: one, or several with blanks or commas between. Raises WrongSetup."""
        return cls(_keys(re.split(r"[\s,]+", text.strip()), source), source)

    @classmethod
    def from_file(cls, file: Path, source: str) -> Self:
        """The keys of a file that only its owner may read. Raises WrongSetup."""
        return cls(_keys_in(file, source), source, file)

    @classmethod
    def beside(cls, folder: Path) -> Self:
        """The keys of the file in the data folder; the first start makes it."""
        file = folder / FILE
        made = False
        if not file.exists():
            made = _make(file, [new_key(datetime.now(UTC))])
        ring = cls.from_file(file, f"{FILE} in the data folder")
        ring.made_now = made
        return ring

    @property
    def newest(self) -> Key:
        """The key that new things are sealed with."""
        self._follow()
        return next(iter(self._keys.values()))

    @property
    def keys(self) -> tuple[Key, ...]:
        """All of them, newest first."""
        self._follow()
        return tuple(self._keys.values())

    def find(self, name: str) -> Key:
        """The key of that id. Raises KeyMissing when it is not among them."""
        if name not in self._keys:
            self._follow()
        try:
            return self._keys[name]
        except KeyError:
            raise KeyMissing(
                f"what is held was sealed with the key {name}, which is not in {self.source} ({', '.join(self._keys)}): "
                "give that key back by MASH_KEY or MASH_KEY_FILE and run again; nothing is lost"
            ) from None

    def replace(self, keys: Sequence[Key]) -> None:
        """Write other keys to the file, whole or not at all. Raises WrongSetup when the keys are not in a file."""
        if self.file is None:
            raise WrongSetup("the keys stand in MASH_KEY: change them there, all of them with blanks between, newest first")
        try:
            _write(self.file, keys)
        except OSError as fault:
            raise WrongSetup(
                f"the key file {self.file} cannot be written ({fault.strerror}); make it writable for as long as the keys change"
            ) from None
        self._keys, self._seen = {key.id: key for key in keys}, _stamp(self.file)

    def forget_file(self) -> None:
        """Take back a file that this process made needlessly. Only once the store is known to be sealed with other keys: till then another process may use it."""
        if self.made_now and self.file is not None:
            self.file.unlink(missing_ok=True)

    def _follow(self) -> None:
        if self.file is not None and (stamp := _stamp(self.file)) != self._seen and stamp is not None:
            self._keys, self._seen = {key.id: key for key in _keys_in(self.file, self.source)}, stamp


def _keys(words: Sequence[str], source: str) -> list[Key]:
    try:
        found = [_key(word, None) for word in words if word]
    except (ValueError, binascii.Error):
        raise WrongSetup(f"{source} holds something that is no key; `mash-intake keys new` makes one") from None
    if not found:
        raise WrongSetup(f"{source} holds no key; `mash-intake keys new` makes one")
    return found


def _keys_in(file: Path, source: str) -> list[Key]:
    try:
        told = file.stat()
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise WrongSetup(f"the key file {file} cannot be read ({type(fault).__name__}); check {source} and the file's owner") from None
    if told.st_mode & 0o077:
        raise WrongSetup(f"the key file {file} can be read by others than its owner: chmod 600 {file}")
    keys = []
    for line in lines:
        word, _, moment = line.strip().partition(" ")
        if word and not word.startswith("#"):
            keys += [Key(key.id, key.text, key.cipher, _moment(moment)) for key in _keys([word], f"the key file {file}")]
    if not keys:
        raise WrongSetup(f"the key file {file} holds no key; put the key back from where you keep its copy")
    return keys


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def new_file(file: Path, key: Key) -> None:
    """Write a key to a file of its own. Raises WrongSetup when there is one already."""
    if file.exists() or not _make(file, [key]):
        raise WrongSetup(f"{file} is there already, and a key in use must not be lost: choose another name")


def _make(file: Path, keys: Sequence[Key]) -> bool:
    """Make the file unless another process was faster. Whether it was made here."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        scratch = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
        _write(scratch, keys)
        try:
            os.link(scratch, file)
        except FileExistsError:
            return False
        finally:
            scratch.unlink(missing_ok=True)
    except OSError as fault:
        raise WrongSetup(f"the key file {file} cannot be made ({fault.strerror}); check MASH_DATA_DIR and its permissions") from None
    return True


def _write(file: Path, keys: Sequence[Key]) -> None:
    scratch = file.with_name(f".{file.name}.new")
    with suppress(FileNotFoundError):
        scratch.unlink()
    handle = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as opened:
        opened.write(_HEAD)
        opened.writelines(f"{key.text} {key.made.isoformat(timespec='seconds') if key.made else ''}".rstrip() + "\n" for key in keys)
        opened.flush()
        os.fsync(opened.fileno())
    scratch.rename(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _stamp(file: Path) -> tuple[int, int, int] | None:
    try:
        told = file.stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_ino, told.st_size
