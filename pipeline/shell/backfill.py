"""A year of old mail, from a folder of files or of the mailbox: taken into the ledger, worked through by the crew, and broken off and gone on with at will.

Old mail has accounts of its own in the ledger, so that no round works it, no letter answers it, and nothing that arrives waits behind it.
"""

from __future__ import annotations

import contextlib
import hashlib
import mailbox as mailboxes
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from models.runs import ProcessSummary
from pipeline.app import App
from pipeline.edges import mailbox
from pipeline.errors import IntakeError, WrongSetup
from pipeline.ingest.imap import Gone, Inbox, TooLarge, Unfetchable
from pipeline.ingest.message import parse, thread_ids
from pipeline.ingest.parts import Limits
from pipeline.store import ledger

FILES = f"{ledger.OLD}files"
LARGEST = 100 * 2**20
AT_ONCE = 500


class Hands(Protocol):
    """Who works the mails through."""

    width: int

    def process(self, ledger_id: int) -> ProcessSummary:
        """Work one mail through."""
        ...


@dataclass
class Progress:
    """What was done: `found` in the source, `taken` into the ledger for the first time, `left` where they were, and what became of those worked through."""

    found: int = 0
    taken: int = 0
    left: int = 0
    waiting: int = 0
    done: int = 0
    with_person: int = 0
    references: set[str] = field(default_factory=set)


def take_files(intake: App, folder: Path, tell: Callable[[Progress], object]) -> Progress:
    """Every mail under a folder into our keeping. One that is there already is known by its bytes. Raises WrongSetup when there is none."""
    progress = Progress()
    for raw, kept_at in mails_in(folder):
        progress.found += 1
        if raw is None:
            progress.left += 1
        else:
            progress.taken += _record_file(intake, raw, kept_at)
        tell(progress)
    if not progress.found:
        raise WrongSetup(f"{folder}: no mail here. Name a folder with .eml files, a Maildir or .mbox files; or a folder of the mailbox.")
    return progress


def mails_in(folder: Path) -> Iterator[tuple[bytes | None, datetime]]:
    """The mails of .eml files, Maildirs and .mbox files, by path; None for one that cannot be read or is too large."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        kept_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if path.suffix.lower() == ".mbox":
            yield from ((raw, kept_at) for raw in _box(path))
        elif path.suffix.lower() == ".eml" or path.parent.name in ("cur", "new"):
            yield _bytes(path), kept_at


def _box(path: Path) -> Iterator[bytes | None]:
    """The mails of an .mbox file, as they lie in it: taken apart and written anew they would be other bytes, and no signature would hold."""
    try:
        with contextlib.closing(mailboxes.mbox(path, create=False)) as box:
            for key in box.iterkeys():
                raw = box.get_bytes(key)
                yield raw if len(raw) <= LARGEST else None
    except OSError:
        yield None


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if 0 < path.stat().st_size <= LARGEST else None
    except OSError:
        return None


def _record_file(intake: App, raw: bytes, kept_at: datetime) -> bool:
    """A file into the ledger; its number there is made of its bytes, so that it is the same however often it is brought."""
    uid = int(hashlib.sha256(raw).hexdigest()[:15], 16)
    return _record(intake, raw, FILES, "files", 1, uid, _sent(raw) or kept_at)


def _sent(raw: bytes) -> datetime | None:
    """When a mail says that it was sent; never in time to come."""
    sent = parse(raw, Limits(size=0)).sent_at  # the headers alone: the rest is for a child process
    if sent is None:
        return None
    sent = sent if sent.tzinfo else sent.replace(tzinfo=UTC)
    return sent if sent <= datetime.now(UTC) else None


def _record(intake: App, raw: bytes, account: str, folder: str, validity: int, uid: int, came: datetime) -> bool:
    with intake.store.reading() as session:
        if uid in ledger.known_uids(session, account, folder, validity, among=(uid,)):
            return False
    message_id, answers = thread_ids(raw)
    arrived = ledger.Arrived(
        account=account,
        folder=folder,
        uid_validity=validity,
        uid=uid,
        sha256=intake.blobs.put(raw),
        size=len(raw),
        received_at=came,
        internal_date=came,
        message_id=message_id,
        in_reply_to=answers,
    )
    with intake.store.session() as session:
        ledger.record(session, arrived)
    return True


def take_mailbox(intake: App, folder: str, tell: Callable[[Progress], object]) -> Progress:
    """Every mail of a folder of the mailbox into our keeping. Nothing is moved or marked there. Raises Retry or WrongSetup."""
    account = replace(mailbox(intake.settings), folder=folder)
    progress, ours = Progress(), f"{ledger.OLD}{account.key}"
    with Inbox(account) as inbox:
        validity = inbox.state().uid_validity
        with intake.store.reading() as session:
            known = ledger.known_uids(session, ours, folder, validity)
        for uid in inbox.uids():
            progress.found += 1
            if uid not in known:
                try:
                    fetched = inbox.fetch(uid)
                    progress.taken += _record(intake, fetched.raw, ours, folder, validity, uid, fetched.internal_date or intake.now())
                except (Gone, TooLarge, Unfetchable):
                    progress.left += 1
            tell(progress)
    return progress


def work_off(intake: App, hands: Hands, progress: Progress, tell: Callable[[Progress], object]) -> Progress:
    """Everything old that waits, by all hands, until nothing does. Mails that must be tried again later are left for the next call."""
    intake.old_worker.adopt_orphans(intake.now())
    tried: set[int] = set()
    with ThreadPoolExecutor(hands.width) as pool:
        while batch := _batch(intake, progress, tried):
            tried |= set(batch)
            for summary in pool.map(lambda number: _one(hands, number), batch):
                _count(progress, summary)
                tell(progress)
    return progress


def _batch(intake: App, progress: Progress, tried: set[int]) -> list[int]:
    with intake.store.reading() as session:
        waiting = ledger.pending(session, intake.now(), limit=AT_ONCE + len(tried), old=True)
        progress.waiting = ledger.waiting(session, old=True)
    return [number for number in waiting if number not in tried][:AT_ONCE]


def _one(hands: Hands, number: int) -> ProcessSummary:
    try:
        return hands.process(number)
    except IntakeError:
        return ProcessSummary(ledger_id=number, state="retry")


def _count(progress: Progress, summary: ProcessSummary) -> None:
    if summary.state in ("done", "person"):
        progress.done += 1
        progress.waiting -= 1
        progress.with_person += summary.state == "person"
    if summary.reference:
        progress.references.add(summary.reference)
