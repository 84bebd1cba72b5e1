"""Keys are changed while the hub runs, and broken off anywhere; the old one goes only when nothing needs it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from models.matching import KnownPerson
from pipeline.cli import app
from pipeline.errors import WrongSetup
from pipeline.keeping.held import Held
from pipeline.keeping.keys import lies_beside, retire, rotate, uses
from pipeline.store import audit, contacts, people
from pipeline.store.blobs import Blobs
from pipeline.store.engine import open_store
from pipeline.store.keyring import FILE, Keyring, new_key
from pipeline.store.resealing import BATCH
from tests.factory import contact

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
MANY = BATCH * 2 + 7


def nothing(_done: int) -> None:
    """No progress is shown."""


def opened(folder: Path, ring: Keyring | None = None) -> Held:
    store = open_store(f"sqlite:///{folder / 'store.sqlite3'}", ring)
    return Held(store, Blobs(folder / "mail", store.sealer), folder)


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Held]:
    """A data folder with its key beside it: records, a contact, two mails, one of them from before mails were sealed, and a picture of a page."""
    found = opened(tmp_path)
    fill(found)
    yield found
    found.store.close()


def fill(found: Held) -> None:
    with found.store.session() as session:
        people.import_people(session, (KnownPerson(record_id=f"R{number}", family_name="Quill") for number in range(MANY)))
        contacts.save(session, contact(), now=NOW)
    found.blobs.put(b"sealed mail")
    Blobs(found.data_dir / "mail").put(b"older mail")
    page = found.pages / "a" / "1"
    page.parent.mkdir(parents=True)
    page.write_bytes(found.store.sealer.seal(b"picture", "page"))


def all_there(found: Held) -> bool:
    with found.store.reading() as session:
        return people.count(session) == sum(1 for _ in people.all_people(session)) == MANY and contacts.get(session, contact().reference) is not None


def test_everything_is_sealed_with_a_new_key_and_the_old_one_goes_when_nothing_needs_it(held: Held) -> None:
    old = held.store.sealer.ring.newest.id
    rotate(held, "command:ops", NOW, nothing)
    newest, before = uses(held)
    assert (before.id, before.things, newest.newest) == (old, 0, True)
    assert newest.things > MANY
    assert not held.pages.exists()
    with pytest.raises(WrongSetup, match="younger than an hour"):
        retire(held, "command:ops", NOW + HOUR / 2)
    assert retire(held, "command:ops", NOW + HOUR) == (old,)
    assert retire(held, "command:ops", NOW + HOUR) == ()
    again = opened(held.data_dir)
    assert [key.id for key in again.store.sealer.ring.keys] == [newest.id]
    assert all_there(again)
    assert sorted(again.blobs.get(name) for name in again.blobs.names()) == [b"older mail", b"sealed mail"]
    with again.store.reading() as session:
        assert [row.who for row in audit.rows(session)] == ["command:ops", "command:ops"]
    again.store.close()


def test_a_change_of_key_that_was_broken_off_goes_on_with_the_same_key(held: Held) -> None:
    def stop(done: int) -> None:
        if done > BATCH:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(held, "command:ops", NOW, stop)
    ring = held.store.sealer.ring
    assert len(ring.keys) == 2
    assert all(use.things for use in uses(held))
    assert all_there(held), "half of it under each key is no state that anybody must repair"
    assert retire(held, "command:ops", NOW + HOUR, at_once=True) == (), "both are in use"
    rotate(held, "command:ops", NOW, nothing)
    assert len(ring.keys) == 2
    assert [use.things for use in uses(held)][1] == 0


def test_a_process_that_runs_all_the_while_reads_and_writes_with_the_new_key(held: Held) -> None:
    running = opened(held.data_dir)
    rotate(held, "command:ops", NOW, nothing)
    assert all_there(running)
    with running.store.session() as session:
        people.import_people(session, [KnownPerson(record_id="R0", family_name="Changed")])
    assert [use.things for use in uses(held)][1] == 0
    running.store.close()


def test_one_command_at_a_time_changes_the_keys(held: Held) -> None:
    """Of two that write the file at the same moment one's key would be lost."""

    def meanwhile(_: int) -> None:
        for change in (lambda: rotate(held, "command:other", NOW, nothing), lambda: retire(held, "command:other", NOW, at_once=True)):
            with pytest.raises(WrongSetup, match="another command"):
                change()

    rotate(held, "command:ops", NOW, meanwhile)
    assert len(held.store.sealer.ring.keys) == 2
    assert len(retire(held, "command:ops", NOW, at_once=True)) == 1, "and the next may as soon as it is done"


def test_with_keys_from_the_environment_the_operator_says_which(tmp_path: Path) -> None:
    first, second = new_key(NOW), new_key(NOW)
    found = opened(tmp_path, Keyring.read(first.text, "MASH_KEY"))
    fill(found)
    Blobs(tmp_path / "mail", found.store.sealer).reseal(next(name for name in found.blobs.names() if found.blobs.key_of(name) is None))
    with pytest.raises(WrongSetup, match="keys new"):
        rotate(found, "command:ops", NOW, nothing)
    found.store.close()
    both = opened(tmp_path, Keyring.read(f"{second.text} {first.text}", "MASH_KEY"))
    assert rotate(both, "command:ops", NOW, nothing) > MANY
    with pytest.raises(WrongSetup, match=f"{first.id}.*take it out of MASH_KEY"):
        retire(both, "command:ops", NOW)
    both.store.close()
    alone = opened(tmp_path, Keyring.read(second.text, "MASH_KEY"))
    assert all_there(alone)
    alone.store.close()


def test_a_key_file_that_cannot_be_written_is_told_and_nothing_is_changed(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("pipeline.store.keyring._write", refused)
    with pytest.raises(WrongSetup, match="Read-only file system"):
        rotate(held, "command:ops", NOW, nothing)
    assert len(held.store.sealer.ring.keys) == 1
    assert all_there(held)


def test_where_the_key_lies_is_known(held: Held, tmp_path: Path) -> None:
    assert lies_beside(held.store.sealer.ring, tmp_path)
    assert not lies_beside(held.store.sealer.ring, tmp_path / "elsewhere")
    assert not lies_beside(Keyring.read(new_key(NOW).text, "MASH_KEY"), tmp_path)


@pytest.fixture
def run(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    for name in ("MASH_KEY", "MASH_KEY_FILE", "MASH_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MASH_DATA_DIR", str(data_dir))
    return CliRunner()


def test_the_commands_tell_what_a_person_needs(run: CliRunner, data_dir: Path, tmp_path: Path) -> None:
    first = run.invoke(app, ["keys", "check"])
    assert (first.exit_code, "lies beside the data" in first.output) == (0, True)
    rotated = run.invoke(app, ["keys", "rotate"])
    assert rotated.exit_code == 0, rotated.output
    assert isinstance(run.invoke(app, ["keys", "retire"]).exception, WrongSetup)
    assert "Taken away" in run.invoke(app, ["keys", "retire", "--now"]).output
    assert len(re.findall(r"^mash-key-1:", (data_dir / FILE).read_text(), re.MULTILINE)) == 1
    apart = tmp_path / "apart.key"
    assert run.invoke(app, ["keys", "new", "--file", str(apart)]).exit_code == 0
    assert isinstance(run.invoke(app, ["keys", "new", "--file", str(apart)]).exception, WrongSetup)
    assert run.invoke(app, ["keys", "new"], env={"MASH_KEY_FILE": str(apart)}).output.startswith("mash-key-1:")


def test_a_key_that_is_missing_for_some_mails_is_named(run: CliRunner, data_dir: Path) -> None:
    assert run.invoke(app, ["keys", "check"]).exit_code == 0
    from pipeline.store.sealer import Sealer

    lost = Keyring([new_key(NOW)], "lost")
    Blobs(data_dir / "mail", Sealer(lost)).put(b"restored from an old backup")
    answer = run.invoke(app, ["keys", "check"])
    assert (answer.exit_code, f"{lost.newest.id}  seals 1, and is NOT GIVEN" in answer.output) == (1, True)


def test_the_wrong_key_is_one_clear_line(run: CliRunner, data_dir: Path) -> None:
    assert run.invoke(app, ["keys", "check"]).exit_code == 0
    answer = run.invoke(app, ["contacts"], env={"MASH_KEY": new_key(NOW).text})
    assert isinstance(answer.exception, WrongSetup)
    assert "nothing is lost" in str(answer.exception)
    both = run.invoke(app, ["contacts"], env={"MASH_KEY": new_key(NOW).text, "MASH_KEY_FILE": str(data_dir / FILE)})
    assert isinstance(both.exception, WrongSetup)
