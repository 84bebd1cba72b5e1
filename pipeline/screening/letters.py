"""A contact's letters in a screener's hands: those that wait are written anew when the contact changes, never those that a person wrote in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from itertools import count
from zipfile import ZipFile, is_zipfile

from models.authority import Authority
from models.contact import Contact, LetterKind
from models.mail import OutboundMail
from models.record import Record
from models.routing import MailFacts, PlannedLetter
from pipeline.route.letters import compose, rewritten
from pipeline.route.replying import is_trusted, why_nobody
from pipeline.screening.acts import Refused
from pipeline.store import outbox
from pipeline.store.acts import Transaction
from pipeline.store.outbox_edits import replace, waiting
from pipeline.store.tables import HELD, QUEUED, OutboxRow

_FIRST = (LetterKind.ACKNOWLEDGEMENT, LetterKind.INCOMPLETE, LetterKind.WRONG_FORM)
"""One of these answers a referral; which one may change with what is known of it."""
_WORDS = re.compile(r"[^\W\d_]{3,}")
CHANGED = "the referral was corrected after a person wrote in this letter: read it once more, then send it"
NOT_CALLED_FOR = "after a correction nothing asks for this letter any more: a person decides whether it goes"
NAMES_A_CHILD = (
    "The {what} names a child, and the sender’s address is not one that may be told. Take the name out: the reference says which child is meant."
)
LEFT = "This letter has left already, and cannot be called back."
BY_HAND = "written for a person to read before it goes"


def written_anew(
    session: Transaction, contact: Contact, planned: Iterable[PlannedLetter], mail: MailFacts, authority: Authority, now: datetime
) -> list[str]:
    """Every waiting letter as the contact calls for it now. Says what became of each, for the history."""
    kinds = [one.kind for one in planned]
    told = []
    for row in waiting(session, contact.reference):
        told += _anew(session, row, contact, kinds, mail, authority, now)
    return told


def _with_own_id(session: Transaction, letter: OutboundMail, reference: str) -> OutboundMail:
    """The letter under a Message-ID that no other letter of the contact has."""
    taken = {row.message_id for row in outbox.letters_of(session, reference)}
    named = (letter.message_id.replace("@", f".{number}@", 1) for number in count(2))
    return letter if letter.message_id not in taken else letter.model_copy(update={"message_id": next(one for one in named if one not in taken)})


def _says(letter: OutboundMail) -> tuple[object, ...]:
    """What a letter tells, its files too: of a file that is a package its parts, since the hour it was packed is no part of what it says."""
    return letter.subject, letter.text, *((file.filename, _parts(file.content)) for file in letter.files)


def _parts(content: bytes) -> object:
    data = BytesIO(content)
    if not is_zipfile(data):
        return content
    with ZipFile(data) as package:
        return sorted((one.filename, one.CRC) for one in package.infolist())


def _anew(
    session: Transaction, row: OutboxRow, contact: Contact, kinds: list[LetterKind], mail: MailFacts, authority: Authority, now: datetime
) -> list[str]:
    kind = LetterKind(row.kind)
    if row.message_id in contact.screening.edited:
        return [] if row.state == HELD or not outbox.hold(session, row.id, CHANGED) else [f"letter held: {kind.value}; it was edited by hand"]
    if kind in _FIRST and kind not in kinds:
        other = next((one for one in kinds if one in _FIRST), None)
        if other is None:
            return [] if row.state == HELD or not outbox.hold(session, row.id, NOT_CALLED_FOR) else [f"letter held: {kind.value}"]
        kind = other
    old = outbox.letter(row)
    new = compose(
        kind,
        contact,
        authority,
        old.recipient,
        now,
        in_reply_to=old.in_reply_to,
        references=old.references,
        shareable=is_trusted(mail, authority),
        sender=old.sender,
    )
    if kind.value == row.kind:
        if _says(new) == _says(old):
            return []
        new = new.model_copy(update={"message_id": old.message_id})
    else:
        new = _with_own_id(session, new, contact.reference)
    # A letter that a person holds, or that did not arrive, goes by a person's hand alone.
    if replace(session, row, kind.value, new, now=now, held=None if row.state == QUEUED else row.reason or BY_HAND) is None:
        return []
    return [f"letter written anew: {kind.value}"]


def edited(row: OutboxRow, subject: str, text: str, record: Record, mail: MailFacts, authority: Authority) -> OutboundMail:
    """A waiting letter in a person's words. Raises Refused when it is empty, or names a child to somebody who may not be told."""
    if not subject.strip() or not text.strip():
        raise Refused("A letter needs a subject and words. To keep it from going, hold it.")
    if not is_trusted(mail, authority) and names_in(f"{subject}\n{text}", record):
        raise Refused(NAMES_A_CHILD.format(what="letter"))
    return rewritten(outbox.letter(row), subject, text, authority)


def restored(session: Transaction, row: OutboxRow, before: object, authority: Authority, now: datetime) -> None:
    """A letter with the words it had before a person's last edit, still held."""
    if isinstance(before, dict):
        letter = rewritten(outbox.letter(row), str(before["subject"]), str(before["text"]), authority)
        if replace(session, row, row.kind, letter, now=now, held=BY_HAND) is None:
            raise Refused(LEFT)


def names_in(text: str, record: Record) -> tuple[str, ...]:
    """Children's names in a letter. A name that is a word of the referrer's own name is not counted: letters begin with it."""
    own = {word.casefold() for word in _WORDS.findall(record.referrer.name or "")}
    names = {word.casefold() for child in record.children for word in _WORDS.findall(f"{child.name} {' '.join(child.aliases)}")} - own
    capitals = {word.casefold() for word in _WORDS.findall(text) if word[:1].isupper()}
    return tuple(sorted(names & capitals))


def new_letter(
    session: Transaction, contact: Contact, kind: LetterKind, mail: MailFacts, authority: Authority, now: datetime, origin: str | None
) -> str:
    """Write one more letter and hold it for a person to read. Says its Message-ID."""
    because = why_nobody(mail, authority)
    if because is not None or not mail.sender:
        raise Refused(f"Nobody can be written to: {because or 'the mail names no sender'}. Reach the referrer another way.")
    letter = compose(
        kind,
        contact,
        authority,
        mail.sender,
        now,
        in_reply_to=contact.message.message_id,
        references=(contact.message.message_id,) if contact.message.message_id else (),
        shareable=is_trusted(mail, authority),
        sender=origin,
    )
    letter = _with_own_id(session, letter, contact.reference)
    sequence = outbox.next_sequences(session, contact.reference).get(kind.value, 0)
    outbox.queue(session, contact.reference, kind.value, letter, now=now, sequence=sequence, held=BY_HAND)
    return letter.message_id


def letter_row(session: Transaction, contact: Contact, message_id: str) -> OutboxRow:
    """A letter that has not left. Raises Refused when there is none."""
    row = next((one for one in waiting(session, contact.reference) if one.message_id == message_id), None)
    if row is None:
        raise Refused("This letter has left or was written anew. Please look at the letters again.")
    return row
