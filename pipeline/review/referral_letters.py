"""A contact's letters as the page shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.contact import LetterKind
from models.mail import OutboundMail
from pipeline.review import dates, words
from pipeline.store import outbox
from pipeline.store.outbox_edits import WAITING
from pipeline.store.tables import OutboxRow


@dataclass(frozen=True, slots=True)
class LetterView:
    """One letter: what it says, what became of it, and whether a person may still change it."""

    message_id: str
    kind: LetterKind
    title: str
    recipient: str
    subject: str
    text: str
    state: str
    state_words: str
    reason: str | None
    when: str
    waiting: bool
    edited: bool
    files: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """The id of this letter on the page."""
        return "letter-" + re.sub(r"[^A-Za-z0-9]+", "-", self.message_id.partition("@")[0]).strip("-")


def letter_view(row: OutboxRow, edited: tuple[str, ...]) -> LetterView:
    """The letter of a row."""
    mail: OutboundMail = outbox.letter(row)
    state = row.state if row.state in words.LETTER_STATES else "queued"
    return LetterView(
        message_id=row.message_id,
        kind=LetterKind(row.kind),
        title=words.look_up(words.LETTERS, row.kind),
        recipient=mail.recipient,
        subject=mail.subject,
        text=mail.text,
        state=state,
        state_words=words.LETTER_STATES[state],
        reason=row.reason,
        when=dates.moment(row.sent_at or row.created_at),
        waiting=row.state in WAITING,
        edited=row.message_id in edited,
        files=tuple(one.filename for one in mail.files),
    )
