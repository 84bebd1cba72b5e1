"""What is held about a person, in one folder: all of it, with everybody else named, and nothing of other families."""

from __future__ import annotations

import csv
import io
import json
import stat
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from models.contact import Contact
from models.mail import OutboundFile, OutboundMail
from models.matching import KnownPerson
from models.record import Person, Record, Referrer
from pipeline.cli import app
from pipeline.errors import WrongSetup
from pipeline.keeping.held import Held
from pipeline.keeping.subject import gather
from pipeline.store import audit, contacts, outbox, people
from pipeline.store.blobs import Blobs
from pipeline.store.engine import open_store
from tests.factory import contact

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ANN = Person(given_names="Ann Mary", family_name="Gale", date_of_birth="2016-02-29")
BROTHER = Person(given_names="Tom", family_name="Gale", date_of_birth="2018-01-01", relationship_to_child="Brother")
STRANGER = Person(given_names="Orla", family_name="Tennick", date_of_birth="2016-02-29")


@pytest.fixture
def held(data_dir: Path) -> Iterator[Held]:
    data_dir.mkdir()
    store = open_store(f"sqlite:///{data_dir / 'mash-intake.sqlite3'}")
    found = Held(store, Blobs(data_dir / "mail", store.sealer), data_dir)
    keep(found, "TH-26-2222-2222", Record(children=(ANN,), people=(BROTHER,), referrer=Referrer(name="=Hal Verity", role="Deputy head")))
    keep(found, "TH-26-3333-3333", Record(children=(STRANGER,)))
    with store.session() as session:
        people.import_people(
            session,
            [
                KnownPerson(record_id="R1", given_names="Ann", family_name="Gale", date_of_birth="2016-02-29"),
                KnownPerson(record_id="R2", given_names="Ann Mary", family_name="Gale", date_of_birth="1990-02-01"),
                KnownPerson(record_id="R3", family_name="Tennick"),
            ],
        )
        audit.append(session, "user-7", "opened the referral", "TH-26-2222-2222", NOW)
    yield found
    store.close()


def keep(held: Held, reference: str, record: Record) -> Contact:
    made = contact(reference=reference, record=record)
    made = made.model_copy(update={"message": made.message.model_copy(update={"sha256": held.blobs.put(reference.encode())})})
    file = OutboundFile(filename="../../contact.docx", content_type="application/octet-stream", content=b"paper")
    letter = OutboundMail(
        message_id=f"<{reference}@hub.example>", sender="hub@council.example", recipient="a@b.example", subject="s", text="Thank you.", files=(file,)
    )
    with held.store.session() as session:
        contacts.save(session, made, now=NOW)
        outbox.queue(session, reference, "acknowledgement", letter, now=NOW)
    return made


@pytest.mark.parametrize(
    ("asked", "born"), [("Ann Gale", "2016-02-29"), ("ann mary GALE", None), ("Ann Gale", "2016"), ("R1", None), ("TH-26-2222-2222", None)]
)
def test_a_person_is_found_however_asked_for(held: Held, asked: str, born: str | None) -> None:
    found = gather(held, asked, born, "command:ops", NOW)
    assert found.references == ("TH-26-2222-2222",)
    assert "R1" in {one["record_id"] for one in json.loads(found.files["records.json"])}
    home = "contacts/TH-26-2222-2222"
    assert found.files[f"{home}/mails/1.eml"] == b"TH-26-2222-2222"
    assert b"Thank you." in found.files[f"{home}/letters/1-acknowledgement.txt"]
    assert found.files[f"{home}/letters/1-acknowledgement.docx"] == b"paper"
    assert b"opened the referral" in found.files[f"{home}/audit.csv"]
    assert json.loads(found.files[f"{home}/contact.json"])["record"]["children"][0]["family_name"] == "Gale"
    assert "events" in json.loads(found.files[f"{home}/work.json"])
    assert not any(".." in name or name.startswith("/") for name in found.files)
    assert b"Tennick" not in b"".join(found.files.values())


@pytest.mark.parametrize("born", ["29/02/2016", "29 Feb 2016", "2016-13", "2016-02-30", "16", "", "2016-2-9"])
def test_a_birth_date_written_otherwise_is_refused_and_does_not_find_nobody(held: Held, born: str) -> None:
    with pytest.raises(WrongSetup, match="2016-02-29"):
        gather(held, "Ann Gale", born, "command:ops", NOW)


def test_everyone_else_is_named_as_a_third_party(held: Held) -> None:
    found = gather(held, "Ann Gale", "2016-02-29", "command:ops", NOW)
    rows = list(csv.reader(io.StringIO(found.files["third-parties.csv"].decode("utf-8-sig"))))
    assert rows[1:] == [["TH-26-2222-2222", "people.0", "Tom Gale", "Brother"], ["TH-26-2222-2222", "referrer", "'=Hal Verity", "Deputy head"]]
    assert json.loads(found.files["summary.json"])["contacts"] == {"TH-26-2222-2222": ["children.0"]}
    assert b"MUST BE REVIEWED" in found.files["README.txt"]
    brother = gather(held, "Tom Gale", None, "command:ops", NOW)
    assert b"Ann Mary Gale" in brother.files["third-parties.csv"]


def test_an_erased_mail_is_told_as_missing(held: Held) -> None:
    for sha256 in list(held.blobs.names()):
        held.blobs.delete(sha256)
    found = gather(held, "Ann Gale", None, "command:ops", NOW)
    assert json.loads(found.files["summary.json"])["missing"] == ["TH-26-2222-2222: mail 1 is no longer kept"]


def test_who_gathered_it_is_in_the_audit_and_whom_it_was_about_is_not(held: Held) -> None:
    gather(held, "Ann Gale", None, "command:ops", NOW)
    gather(held, "Nobody Anywhere", None, "command:ops", NOW)
    with held.store.reading() as session:
        told = [(row.reference, row.what) for row in audit.rows(session)][1:]
    assert told == [("TH-26-2222-2222", "gathered for a subject access request"), (None, "subject access request: no contact, 0 records")]


def test_the_command_writes_a_folder_or_a_zip_for_the_owner_alone(
    held: Held, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("MASH_KEY", "MASH_KEY_FILE", "MASH_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MASH_DATA_DIR", str(data_dir))
    folder, packed = tmp_path / "out", tmp_path / "out.zip"
    for output in (folder, packed):
        answer = CliRunner().invoke(app, ["subject-access", "Ann Gale", "--born", "2016-02-29", "-o", str(output)])
        assert (answer.exit_code, "1 contacts and 1 records" in answer.output) == (0, True), answer.output
        assert isinstance(CliRunner().invoke(app, ["subject-access", "Ann Gale", "-o", str(output)]).exception, WrongSetup)
    for output in (tmp_path / "no such folder" / "out.zip", packed / "out"):
        answer = CliRunner().invoke(app, ["subject-access", "Ann Gale", "-o", str(output)])
        assert isinstance(answer.exception, WrongSetup), answer.exception
        assert "could not be written" in str(answer.exception)
    assert stat.S_IMODE(packed.stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "records.json").stat().st_mode) == 0o600
    with zipfile.ZipFile(packed) as opened:
        assert set(opened.namelist()) == {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
