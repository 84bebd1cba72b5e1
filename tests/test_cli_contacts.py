"""What a person does with one contact at the command line: its papers, and passing it on."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pdfplumber
import pytest
from typer.testing import CliRunner

from models.contact import Contact
from pipeline.cli import app
from pipeline.errors import WrongSetup
from pipeline.settings import Settings
from pipeline.store import contacts
from pipeline.store.engine import open_store
from tests import factory

NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)


@pytest.fixture
def kept(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Contact:
    """A contact in a store that the command line finds by its settings."""
    data_dir.mkdir(exist_ok=True)
    monkeypatch.setenv("MASH_DATA_DIR", str(data_dir))
    monkeypatch.setenv("MASH_AUTHORITY", "lewisham")
    monkeypatch.delenv("MASH_DATABASE_URL", raising=False)
    contact = factory.contact()
    store = open_store(Settings().store_url)
    with store.session() as session:
        contacts.save(session, contact, now=NOW)
    store.close()
    return contact


def run(*words: str) -> tuple[int, str]:
    answer = CliRunner().invoke(app, words)
    return answer.exit_code, answer.output


def test_the_contact_record_as_pdf_word_and_json(kept: Contact, tmp_path: Path) -> None:
    name = kept.record.children[0].family_name or ""
    for kind in ("pdf", "docx", "json"):
        assert run("record", kept.reference, "-o", str(tmp_path / f"record.{kind}"), "--shareable")[0] == 0
    with pdfplumber.open(tmp_path / "record.pdf") as paper:
        assert name in (paper.pages[0].extract_text() or "")
    words = docx.Document(BytesIO((tmp_path / "record.docx").read_bytes())).element.xml
    assert name in words
    assert json.loads((tmp_path / "record.json").read_text(encoding="utf-8"))["reference"] == kept.reference


def test_a_record_for_a_sender_who_may_not_have_it_holds_only_questions(kept: Contact, tmp_path: Path) -> None:
    assert run("record", kept.reference, "-o", str(tmp_path / "record.json"))[0] == 0
    assert (kept.record.children[0].family_name or "?") not in (tmp_path / "record.json").read_text(encoding="utf-8")


def test_another_ending_is_answered_with_those_there_are(kept: Contact, tmp_path: Path) -> None:
    answer = CliRunner().invoke(app, ["record", kept.reference, "-o", str(tmp_path / "record.xls")])
    assert isinstance(answer.exception, WrongSetup)
    assert ".pdf, .docx or .json" in str(answer.exception)


def test_a_contact_is_passed_on_with_its_duty(kept: Contact) -> None:
    code, said = run("pass", kept.reference, "--to", "Family Support North", "--by", "user-7")
    assert (code, "Family Support North" in said) == (0, True)
    code, said = run("contact", kept.reference, "--json")
    after = json.loads(said)
    assert after["routing"]["pass_to"] == "Family Support North"
    assert after["history"][-1]["by"] == "user-7"
    assert "Family Support North" not in after["history"][-1]["what"]
