"""The reminder of the third working day, and the warning before it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.contact import Contact, Deadline, Letter, LetterKind
from pipeline.authorities import load_authority
from pipeline.route.reminders import reminder_due
from tests import factory

LEWISHAM = load_authority("lewisham")
RECEIVED = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)
THIRD = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


def quiet(**given: Any) -> Contact:
    """A contact nobody has answered yet."""
    whole: dict[str, Any] = {"received_at": RECEIVED, "deadlines": (Deadline(what="decide", due_at=RECEIVED + timedelta(days=1)),)}
    return factory.contact(**(whole | given))


def test_after_three_working_days_without_word_tk_3_he_5() -> None:
    assert reminder_due(quiet(), LEWISHAM, THIRD - timedelta(minutes=1)) is None
    letter = reminder_due(quiet(), LEWISHAM, THIRD)
    assert letter is not None
    assert (letter.kind, letter.recipient, letter.shareable) == (LetterKind.REMINDER, "h.verity@pinfold.example", False)


@pytest.mark.parametrize(
    "given",
    [
        {"correspondence": (Letter(kind=LetterKind.REMINDER, message_id="<a@b>", recipient="x", subject="s", state="sent", at=RECEIVED),)},
        {"deadlines": (Deadline(what="decide", due_at=RECEIVED, met_at=RECEIVED),)},
        {"message": factory.message(mail_class="automatic")},
        {"message": factory.message(sender=None)},
    ],
)
def test_once_and_only_where_nobody_has_decided(given: dict[str, Any]) -> None:
    assert reminder_due(quiet(**given), LEWISHAM, THIRD) is None


def test_with_names_only_to_whom_they_may_go() -> None:
    trusted = quiet(message=factory.message(sender="h.verity@pinfold.example.org"))
    letter = reminder_due(trusted, LEWISHAM, THIRD, "pass")
    assert letter is not None
    assert letter.shareable
