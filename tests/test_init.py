"""`mash-intake init`: a few questions, a file for its owner alone, and the proof."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import WrongSetup
from pipeline.settings import SETTINGS_FILE, Settings
from pipeline.shell.setting_up import Question, asked, fault_in, questions, with_key, written
from pipeline.store.keyring import Keyring, new_file, new_key
from tests.servers import Dovecot, SmtpServer

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ANSWERS = {
    "authority": "lewisham",
    "data_dir": "here",
    "key_file": "hub.key",
    "imap_host": "mail.example",
    "imap_security": "starttls",
    "imap_user": "mash@council.example",
    "imap_auth": "password",
    "imap_password": 'qu"o\\te é',
    "imap_stored_folder": "Stored",
    "smtp_host": "smtp.example",
    "smtp_port": "587",
    "smtp_security": "starttls",
    "smtp_from": "mash@council.example",
    "smtp_auth": "password",
}


def test_what_was_answered_is_what_is_read_and_the_file_is_its_owners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(asked(lambda question: ANSWERS.get(question.name, "")), tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert tomllib.loads(path.read_text())["smtp_port"] == 587
    monkeypatch.chdir(tmp_path)
    for name in [name for name in __import__("os").environ if name.startswith("MASH_")]:
        monkeypatch.delenv(name)
    settings = Settings()
    assert settings.imap_password is not None
    assert settings.imap_password.get_secret_value() == ANSWERS["imap_password"]
    assert (settings.imap_security, settings.smtp_port, settings.database_url) == ("starttls", 587, None)


def test_every_question_is_a_setting() -> None:
    assert {question.name for question in questions()} <= set(Settings.model_fields)


def test_what_hangs_on_another_answer_is_asked_only_then() -> None:
    put: list[str] = []
    given = ANSWERS | {"imap_auth": "oauth2", "oauth_tenant": "t", "oauth_client_id": "c", "oauth_client_secret": "s"}

    def ask(question: Question) -> str:
        put.append(question.name)
        return given.get(question.name, "")

    asked(ask)
    assert "oauth_client_secret" in put
    assert "imap_password" not in put


def test_a_wrong_answer_is_asked_again_with_the_reason() -> None:
    given = iter(["tsl", "tls"])
    texts: list[str] = []

    def ask(question: object) -> str:
        texts.append(getattr(question, "text", ""))
        name = getattr(question, "name", "")
        return next(given) if name == "imap_security" else ANSWERS.get(name, "")

    assert asked(ask)["imap_security"] == "tls"
    assert any(text.startswith("One of tls, starttls, none.") for text in texts)


@pytest.mark.parametrize(("name", "answer"), [("imap_port", "70000"), ("imap_port", "x"), ("imap_host", ""), ("imap_user", "a\nb")])
def test_what_is_wrong_is_said(name: str, answer: str) -> None:
    (question,) = [one for one in questions() if one.name == name]
    assert fault_in(question, answer)


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_FILE).write_text("authority = 'thurrock'\n")
    with pytest.raises(WrongSetup, match="--again"):
        written(ANSWERS, tmp_path)
    written(ANSWERS, tmp_path, again=True)
    assert "lewisham" in (tmp_path / SETTINGS_FILE).read_text()


def test_the_whole_of_it_at_real_servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dovecot: Dovecot, smtp_server: SmtpServer) -> None:
    account = dovecot.mailbox().account
    for name in [name for name in __import__("os").environ if name.startswith("MASH_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("MASH_IMAP_CA_FILE", str(account.ca_file))
    monkeypatch.setenv("MASH_SMTP_CA_FILE", str(smtp_server.certificate.certificate))
    monkeypatch.chdir(tmp_path)
    lines = ["lewisham", "data", "", "", account.host, "tls", str(account.port), account.user, "password", account.password, "Stored"]
    lines += ["localhost", "starttls", str(smtp_server.port), "mash@example-council.example", "password", smtp_server.user, smtp_server.password]
    answer = CliRunner().invoke(app, ["init"], input="\n".join(lines) + "\n")
    assert answer.exit_code == 0, answer.output
    assert "All is well" in answer.output
    assert account.password not in answer.output
    assert (tmp_path / "mash-intake.key").stat().st_mode & 0o777 == 0o600
    assert "BESIDE" not in answer.output


def test_a_key_that_is_in_use_is_never_replaced(tmp_path: Path) -> None:
    """Asked again over a hub that holds something: with another key nothing of it could be read."""
    given = {"data_dir": str(tmp_path / "data"), "key_file": str(tmp_path / "hub.key")}
    beside = Keyring.beside(tmp_path / "data")
    assert with_key(given, NOW)["key_file"] == str(tmp_path / "data" / "seal.key")
    new_file(tmp_path / "hub.key", new_key(NOW))
    kept = (tmp_path / "hub.key").read_bytes()
    assert with_key(given, NOW)["key_file"] == str(tmp_path / "hub.key")
    assert (tmp_path / "hub.key").read_bytes() == kept
    assert beside.newest == Keyring.beside(tmp_path / "data").newest
