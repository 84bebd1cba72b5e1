"""`mash-intake init`: the few questions that a deployment must answer, asked one by one, written to the settings file for its owner alone, and proved."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.authorities import authority_names
from pipeline.errors import WrongSetup
from pipeline.settings import SETTINGS_FILE
from pipeline.store.keyring import FILE, new_file, new_key

Ask = Callable[["Question"], str]


@dataclass(frozen=True, slots=True)
class Question:
    """One setting: what is asked, what it is when nothing is typed, and what may be typed. `needs` is the answer to another that it depends on."""

    name: str
    text: str
    default: str = ""
    choices: tuple[str, ...] = ()
    secret: bool = False
    number: bool = False
    optional: bool = False
    needs: tuple[str, str] | None = None


SECURITY = ("tls", "starttls", "none")


def questions() -> tuple[Question, ...]:
    """In the order in which they are asked."""
    return (
        Question("authority", f"Council: {', '.join(authority_names())}, or a folder of your own"),
        Question("data_dir", "Folder for mail, contacts and reports", "data"),
        Question("key_file", "File of the key that all of it is sealed with, outside that folder; made if it is not there", "mash-intake.key"),
        Question("database_url", "PostgreSQL address, for several machines; empty is SQLite in that folder", optional=True),
        Question("imap_host", "Mailbox: server"),
        Question("imap_security", "Mailbox: how the connection is secured", "tls", SECURITY),
        Question("imap_port", "Mailbox: port; empty is the usual one", number=True, optional=True),
        Question("imap_user", "Mailbox: user"),
        Question("imap_auth", "Mailbox: how it signs in", "password", ("password", "oauth2")),
        Question("imap_password", "Mailbox: password", secret=True, needs=("imap_auth", "password")),
        Question("oauth_tenant", "Microsoft 365: tenant", needs=("imap_auth", "oauth2")),
        Question("oauth_client_id", "Microsoft 365: application (client) id", needs=("imap_auth", "oauth2")),
        Question("oauth_client_secret", "Microsoft 365: client secret", secret=True, needs=("imap_auth", "oauth2")),
        Question("imap_stored_folder", "Mailbox: folder that mail is moved to once it is safe", "Stored"),
        Question("smtp_host", "Letters: server"),
        Question("smtp_security", "Letters: how the connection is secured", "tls", SECURITY),
        Question("smtp_port", "Letters: port; empty is the usual one", number=True, optional=True),
        Question("smtp_from", "Letters: address they come from"),
        Question("smtp_auth", "Letters: how it signs in", "password", ("password", "oauth2")),
        Question("smtp_user", "Letters: user; empty where the server asks for none", optional=True),
        Question(
            "smtp_password", "Letters: password; empty where the server asks for none", secret=True, optional=True, needs=("smtp_auth", "password")
        ),
    )


def asked(ask: Ask) -> dict[str, str]:
    """The answers, by setting. A wrong one is asked again; what depends on another answer is asked only then."""
    given: dict[str, str] = {}
    for question in questions():
        if question.needs and given.get(question.needs[0]) != question.needs[1]:
            continue
        answer = ask(question).strip()
        while fault := fault_in(question, answer):
            answer = ask(Question(question.name, f"{fault} {question.text}", question.default, question.choices, question.secret)).strip()
        if answer:
            given[question.name] = answer
    return given


def with_key(given: dict[str, str], now: datetime) -> dict[str, str]:
    """The answers with the key file as a full path, made where there is none. What is held already stays sealed with the key that lies in the data folder."""
    beside, wanted = Path(given["data_dir"]) / FILE, Path(given["key_file"])
    if not wanted.exists() and beside.exists():
        wanted = beside
    if not wanted.exists():
        new_file(wanted, new_key(now))
    return given | {"key_file": str(wanted.absolute())}


def fault_in(question: Question, answer: str) -> str | None:
    """What is wrong with an answer, in words for whoever typed it."""
    if not answer:
        return None if question.optional else "This is needed."
    if question.choices and answer not in question.choices:
        return f"One of {', '.join(question.choices)}."
    if question.number and not (answer.isdigit() and 0 < int(answer) < 65536):
        return "A number from 1 to 65535."
    if re.search(r"[\x00-\x1f\x7f]", answer):
        return "No control characters."
    return None


def written(given: dict[str, str], folder: Path, *, again: bool = False) -> Path:
    """The settings file, readable and writable by its owner alone from the first moment. Raises WrongSetup where there is one, unless `again`."""
    path = folder / SETTINGS_FILE
    numbers = {question.name for question in questions() if question.number}
    lines = [f"{name} = {value if name in numbers else json.dumps(value, ensure_ascii=False)}" for name, value in given.items()]
    text = (
        "# Written by `mash-intake init`. Holds passwords: for its owner alone. Environment variables MASH_... win over it.\n"
        + "\n".join(lines)
        + "\n"
    )
    fresh = path.with_suffix(".new")
    try:
        if path.exists() and not again:
            raise WrongSetup(f"{path} is there already. Change it by hand, or run `mash-intake init --again` to write it anew.")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        fresh.replace(path)
    except OSError as error:
        raise WrongSetup(f"{path} could not be written: {error.strerror}. Run it in a folder that you may write to.") from None
    return path
