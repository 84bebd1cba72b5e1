"""Kept mails: whole or not at all, private, and the same bytes for ever."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import BytesLost, OurBug, Retry, WrongSetup
from pipeline.store.blobs import Blobs

RAW = b"From: a@b.example\r\n\r\n" + bytes(range(256)) * 40


def test_the_same_bytes_come_back_however_often_they_are_put(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "mail")
    names = {blobs.put(RAW) for _ in range(3)}
    assert names == {hashlib.sha256(RAW).hexdigest()}
    assert blobs.get(names.pop()) == RAW
    assert len([path for path in (tmp_path / "mail").rglob("*") if path.is_file()]) == 1


def test_an_empty_mail_is_kept_too(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "mail")
    assert blobs.get(blobs.put(b"")) == b""


def test_only_the_owner_may_look(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        Blobs(tmp_path / "mail").put(RAW)
    finally:
        os.umask(old)
    modes = {path.is_dir(): stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "mail").rglob("*")}
    assert modes == {True: 0o700, False: 0o600}
    assert stat.S_IMODE((tmp_path / "mail").stat().st_mode) == 0o700


def test_a_missing_a_damaged_and_a_wrongly_named_mail_are_told(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "mail")
    sha256 = blobs.put(RAW)
    with pytest.raises(BytesLost, match="backup"):
        blobs.get("0" * 64)
    with pytest.raises(OurBug):
        blobs.get("../../etc/passwd")
    path = next(path for path in (tmp_path / "mail").rglob("*") if path.is_file())
    path.write_bytes(RAW[:-1])
    with pytest.raises(BytesLost, match="damaged"):
        blobs.get(sha256)


def test_a_damaged_mail_is_healed_when_the_same_bytes_come_again(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "mail")
    sha256 = blobs.put(RAW)
    path = next(path for path in (tmp_path / "mail").rglob("*") if path.is_file())
    path.write_bytes(b"")
    assert blobs.put(RAW) == sha256
    assert blobs.get(sha256) == RAW


def test_a_mail_that_comes_again_is_young_again_and_no_stray(tmp_path: Path) -> None:
    """Between its bytes and its ledger row nothing knows of it yet: a purge at that moment goes by the file's age."""
    blobs = Blobs(tmp_path / "mail")
    sha256 = blobs.put(RAW)
    path = next(path for path in (tmp_path / "mail").rglob("*") if path.is_file())
    os.utime(path, (0, 0))
    blobs.put(RAW)
    assert blobs.written_at(sha256) > 1_700_000_000


def test_what_a_crash_left_half_written_is_no_mail_and_is_swept(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "mail")
    kept = blobs.put(RAW)
    (tmp_path / "mail" / kept[:2] / ".new-half").write_bytes(RAW[:10])
    assert blobs.sweep() == 1
    assert blobs.get(kept) == RAW


def test_a_killed_writer_leaves_whole_mails_only(tmp_path: Path) -> None:
    write = (
        f"from pipeline.store.blobs import Blobs; from pathlib import Path\nb = Blobs(Path({str(tmp_path / 'mail')!r}))\nprint('go', flush=True)\n"
    )
    write += "n = 0\nwhile True:\n    n += 1\n    b.put(str(n).encode() * 100_000)\n"
    with subprocess.Popen([sys.executable, "-c", write], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        while not any(path.is_file() and not path.name.startswith(".") for path in (tmp_path / "mail").rglob("*")):
            assert process.poll() is None
        process.kill()
    for path in (tmp_path / "mail").rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name


def test_a_deleted_mail_is_gone(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "mail")
    sha256 = blobs.put(RAW)
    assert blobs.has(sha256)
    blobs.delete(sha256)
    blobs.delete(sha256)
    assert not blobs.has(sha256)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file")
    with pytest.raises(WrongSetup, match="MASH_DATA_DIR"):
        Blobs(tmp_path / "mail")


def test_a_full_disk_is_a_retry_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = Blobs(tmp_path / "mail")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Retry, match="stays on the server"):
        blobs.put(RAW)
    assert not [path for path in (tmp_path / "mail").rglob("*") if path.is_file()]
