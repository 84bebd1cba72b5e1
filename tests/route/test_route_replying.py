"""Caps against loops, and whom to write to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.contact import LetterKind
from models.routing import MailFacts
from pipeline.authorities import load_authority
from pipeline.route.replying import SentLetter, is_trusted, may_send, on_domains, why_nobody

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
LEWISHAM = load_authority("lewisham")
TO = "a@example.org"


def sent(minutes: int, **given: Any) -> SentLetter:
    whole: dict[str, Any] = {"recipient": TO, "thread": "LE-1", "kind": LetterKind.INCOMPLETE, "at": NOW - timedelta(minutes=minutes)}
    return SentLetter(**(whole | given))


def answer(*history: SentLetter) -> str:
    return may_send(LetterKind.INCOMPLETE, TO, "LE-1", history, NOW, LEWISHAM).answer


def test_two_of_a_kind_in_a_thread_and_the_third_is_held() -> None:
    assert answer(sent(10)) == "send"
    assert answer(sent(10), sent(100)) == "hold"
    assert answer(sent(10), sent(200)) == "send"
    assert answer(sent(10), sent(20, recipient="A@EXAMPLE.ORG")) == "hold"


def test_ten_a_day_to_one_sender() -> None:
    history = [sent(60 * hour, thread=f"LE-{hour}") for hour in range(1, 11)]
    assert answer(*history) == "hold"
    assert answer(*history[:9]) == "send"


def test_a_hundred_an_hour_in_all() -> None:
    history = [sent(5, recipient=f"x{number}@example.org", thread=str(number)) for number in range(100)]
    assert answer(*history) == "hold"
    assert answer(*history[:99]) == "send"


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("a@nhs.net", True),
        ("a@x.nhs.net", True),
        ("a@notnhs.net", False),
        ("a@nhs.net.example.com", False),
        ("a@NHS.NET", True),
        ("a", False),
        ("", False),
    ],
)
def test_a_domain_is_itself_or_below(address: str, there: bool) -> None:
    assert on_domains(address, ("nhs.net",)) is there


@pytest.mark.parametrize(
    "sender",
    [
        "mailer-daemon@x.example",
        "MAILER-DAEMON@x.example",
        "noreply@x.example",
        "no_reply@x.example",
        "bounces+a=b@x.example",
        "list-request@x.example",
    ],
)
def test_machines_by_their_address(sender: str) -> None:
    assert why_nobody(MailFacts(received_at=NOW, sender=sender), LEWISHAM)


@pytest.mark.parametrize("sender", ["normal.person@x.example", "n.o.reply-smith@x.example", "o'brien+mash@x.example"])
def test_people_by_their_address(sender: str) -> None:
    assert why_nobody(MailFacts(received_at=NOW, sender=sender), LEWISHAM) is None


def test_trust_needs_both_the_domain_and_its_proof() -> None:
    assert is_trusted(MailFacts(received_at=NOW, sender="a@nhs.net", authentication="pass"), LEWISHAM)
    assert not is_trusted(MailFacts(received_at=NOW, sender="a@nhs.net", authentication="none"), LEWISHAM)
    assert not is_trusted(MailFacts(received_at=NOW, sender="a@example.net", authentication="pass"), LEWISHAM)
    assert not is_trusted(MailFacts(received_at=NOW, authentication="pass"), LEWISHAM)
