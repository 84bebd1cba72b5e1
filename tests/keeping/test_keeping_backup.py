"""A backup comes back whole, on another machine, with the key that is not in it; and what is not whole is told."""

from __future__ import annotations

import io
import shutil
import stat
import tarfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from models.record import Person, Record
from pipeline.cli import app
from pipeline.errors import WrongSetup
from pipeline.keeping.backup import STORE, backup, check, restore
from pipeline.keeping.held import Held
from pipeline.store import audit, contacts, ledger
from pipeline.store.blobs import Blobs
from pipeline.store.copying import copy_to
from pipeline.store.engine import open_store
from pipeline.store.keyring import FILE, Keyring
from tests.factory import contact

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
MARKER = "Quillmarker"


@pytest.fixture
def held(data_dir: Path) -> Iterator[Held]:
    data_dir.mkdir()
    store = open_store(f"sqlite:///{data_dir / STORE}")
    found = Held(store, Blobs(data_dir / "mail", store.sealer), data_dir)
    sha256 = found.blobs.put(f"about {MARKER}".encode())
    with store.session() as session:
        contacts.save(session, contact(record=Record(children=(Person(family_name=MARKER),))), now=NOW)
        ledger.record(session, ledger.Arrived("hub", "INBOX", 1, 1, sha256, 1, NOW))
        audit.append(session, "pipeline", "contact opened", contact().reference, NOW)
    yield found
    store.close()


def key_of(held: Held) -> Keyring:
    return Keyring.read(held.store.sealer.ring.newest.text, "MASH_KEY")


def test_everything_comes_back(held: Held, tmp_path: Path) -> None:
    file, home = tmp_path / "backup.tar", tmp_path / "other machine"
    assert backup(held, file, "command:ops", NOW) == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert MARKER.encode() not in file.read_bytes()
    with tarfile.open(file) as archive:
        assert FILE not in archive.getnames()
    assert restore(file, home, lambda: key_of(held)) == (1, ())
    store = open_store(f"sqlite:///{home / STORE}", key_of(held))
    with store.session() as session:
        saved = contacts.get(session, contact().reference)
        assert saved is not None
        assert saved.contact.record.children[0].family_name == MARKER
        assert len(ledger.pending(session, NOW)) == 1, "a mail that waited goes on where it was"
        assert [row.what for row in audit.rows(session)] == ["contact opened", "backed up"]
    store.close()
    assert stat.S_IMODE((home / STORE).stat().st_mode) == 0o600


def test_nothing_is_overwritten(held: Held, tmp_path: Path, data_dir: Path) -> None:
    file = tmp_path / "backup.tar"
    backup(held, file, "command:ops", NOW)
    with pytest.raises(WrongSetup, match="already holds"):
        restore(file, data_dir, lambda: key_of(held))
    with pytest.raises(WrongSetup, match="new name"):
        backup(held, file, "command:ops", NOW)


def test_what_is_not_whole_is_told(held: Held, tmp_path: Path) -> None:
    file, home = tmp_path / "backup.tar", tmp_path / "home"
    for path in (held.data_dir / "mail").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1] + b"x")
    backup(held, file, "command:ops", NOW)
    mails, wrong = restore(file, home, lambda: key_of(held))
    assert (mails, len(wrong)) == (1, 1)
    assert "missing or damaged" in wrong[0]
    cut = tmp_path / "cut.tar"
    cut.write_bytes(file.read_bytes()[:20_000])
    with pytest.raises(WrongSetup, match="no whole backup"):
        restore(cut, tmp_path / "home2", lambda: key_of(held))


def test_it_is_made_while_others_write(held: Held, tmp_path: Path) -> None:
    """A copy that began again after each write of somebody else would never end on a busy hub."""
    with held.store.session() as session:
        session.execute(text("CREATE TABLE ballast (words BLOB)"))
        for _ in range(30):
            session.execute(text("INSERT INTO ballast VALUES (randomblob(1000000))"))
    made, gave_up = threading.Event(), threading.Event()

    def write() -> None:
        end = time.monotonic() + 120
        while not made.is_set():
            with held.store.session() as session:
                session.execute(text("UPDATE counters SET value = value"))
            if time.monotonic() > end:
                gave_up.set()
                break

    writer = threading.Thread(target=write)
    writer.start()
    try:
        backup(held, tmp_path / "backup.tar", "command:ops", NOW)
        assert not gave_up.is_set(), "it ended only when nobody wrote any more"
    finally:
        made.set()
        writer.join()


def test_a_disk_that_fills_up_is_told_and_leaves_no_half_backup(held: Held, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.keeping.backup._add", full)
    with pytest.raises(WrongSetup, match="No space left"):
        backup(held, tmp_path / "backup.tar", "command:ops", NOW)
    assert not (tmp_path / "backup.tar").exists()


def test_a_backup_of_the_mails_alone_is_checked_against_the_database_that_came_back_first(held: Held, tmp_path: Path) -> None:
    """What a hub on PostgreSQL makes: the database by its own tools, and before the mails."""
    file, database = tmp_path / "mails.tar", tmp_path / "database.sqlite3"
    copy_to(held.store, database)
    assert backup(held, file, "command:ops", NOW, without_store=True) == 1
    with pytest.raises(WrongSetup, match="MASH_DATABASE_URL"):
        restore(file, tmp_path / "one", lambda: key_of(held))
    assert not (tmp_path / "one" / STORE).exists()
    assert restore(file, tmp_path / "two", lambda: key_of(held), f"sqlite:///{database}") == (1, ())
    shutil.rmtree(tmp_path / "two" / "mail")
    assert "missing" in check(f"sqlite:///{database}", tmp_path / "two", key_of(held), None)[1][0]


def test_without_its_key_it_is_told_which_one_is_missing(held: Held, tmp_path: Path) -> None:
    file, home = tmp_path / "backup.tar", tmp_path / "home"
    backup(held, file, "command:ops", NOW)
    with pytest.raises(WrongSetup, match=held.store.sealer.ring.newest.id):
        restore(file, home, lambda: Keyring.beside(home))
    assert not (home / FILE).exists()


@pytest.mark.parametrize("name", ["../outside", "/outside", "mail/../../outside", "key", "seal.key"])
def test_an_archive_that_holds_anything_else_is_refused(tmp_path: Path, held: Held, name: str) -> None:
    file = tmp_path / "bad.tar"
    with tarfile.open(file, "w") as archive:
        note = tarfile.TarInfo("backup.json")
        note.size = 2
        archive.addfile(note, io.BytesIO(b"{}"))
        archive.addfile(tarfile.TarInfo(name))
    with pytest.raises(WrongSetup):
        restore(file, tmp_path / "home", lambda: key_of(held))
    assert not (tmp_path / "outside").exists()
    assert not [path for path in (tmp_path / "home").rglob("*") if path.is_file()]


def test_the_commands(held: Held, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MASH_KEY_FILE", "MASH_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MASH_KEY", held.store.sealer.ring.newest.text)
    monkeypatch.setenv("MASH_AUTHORITY", "lewisham")
    monkeypatch.setenv("MASH_DATA_DIR", str(data_dir))

    def run(*words: str) -> tuple[int, str]:
        answer = CliRunner().invoke(app, words)
        return answer.exit_code, answer.output + str(answer.exception or "")

    file, reference = tmp_path / "backup.tar", contact().reference
    assert run("backup", str(file))[0] == 0
    code, told = run("audit", "verify")
    head = told.rpartition("Head: ")[2].strip()
    assert (code, "the chain holds" in told) == (0, True)
    assert run("audit", "verify", "--head", head)[0] == 0
    assert "rewritten" in run("audit", "verify", "--head", "1:" + "f" * 64)[1]
    assert "backed up" in run("audit", "show")[1]
    assert run("export", reference)[0] == run("contact", reference)[0] == run("report", reference, "-o", str(tmp_path / "r.html"))[0] == 0
    shown = run("audit", "show", reference)[1]
    assert all(words in shown for words in ("exported the contact", "read the contact", "wrote the confidence report", "command:"))
    assert "no such record" in run("records", "remove", "R9")[1]
    assert run("hold", "add", reference, "--because", "an inquest")[0] == 0
    assert "an inquest" in run("hold", "list")[1]
    assert "legal hold" in run("erase", reference, "--sure")[1]
    assert run("hold", "release", reference)[0] == 0
    assert "under no hold" in run("hold", "release", reference)[1]
    assert "--sure" in run("erase", reference)[1]
    assert run("erase", reference, "--sure")[0] == 0
    assert "no contact" in run("contact", reference)[1]
    assert "would go" in run("purge", "--dry-run")[1]
    assert run("purge")[0] == 0
    monkeypatch.setenv("MASH_DATA_DIR", str(tmp_path / "elsewhere"))
    code, told = run("restore", str(file))
    assert (code, "everything opens and is whole" in told) == (0, True), told
    assert run("contact", reference)[0] == 0, "what was erased is still in the backup, as erase says"
