"""One pass over an inbox: a mail's bytes are kept, then its ledger row is committed, and only then is it moved on the server.

One poll of a folder goes on at a time, by a lease of our own. It is renewed in the very transactions it guards: a poller that was taken for dead and was
not, because its machine stood still or its clock jumped, writes nothing more.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.runs import PollSummary
from pipeline.errors import IntakeError, Retry
from pipeline.ingest.imap import Account, Gone, Inbox, TooLarge, Unfetchable
from pipeline.ingest.message import thread_ids
from pipeline.store import census, leases, ledger, owners
from pipeline.store.blobs import Blobs
from pipeline.store.engine import Store
from pipeline.store.session import Session

LEASE = timedelta(minutes=5)
MOVED_AT_ONCE = 200
HALF_WRITTEN_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class _Held:
    """The lease on a folder, with the token that says whether it is still ours."""

    name: str
    token: int

    def guard(self, session: Session, now: datetime) -> None:
        """Go on only while nobody else has taken over. Raises Retry."""
        if not leases.renew(session, self.name, self.token, now, LEASE):
            raise Retry("another poll has taken this folder over; what it had not yet taken in goes on there")


@dataclass(frozen=True, slots=True)
class _Folder:
    """The folder as the ledger names it."""

    account: str
    folder: str
    validity: int

    @property
    def key(self) -> tuple[str, str, int]:
        """What the ledger's rows of this folder are found by."""
        return self.account, self.folder, self.validity


class Poller:
    """Polls folders into the store."""

    def __init__(self, store: Store, blobs: Blobs, now: Callable[[], datetime]) -> None:
        self._store, self._blobs, self._now = store, blobs, now

    def poll(self, account: Account) -> PollSummary:
        """One pass. Raises Retry or WrongSetup in one line; what was taken in before the fault is kept."""
        with self._lease(account) as held:
            if held is None:
                return PollSummary(note="another poll is running")
            try:
                self._blobs.sweep(older_than=HALF_WRITTEN_SECONDS)
                with Inbox(account) as inbox:
                    return self._pass(inbox, account, held)
            except IntakeError as error:
                with contextlib.suppress(Retry), self._store.session() as session:
                    census.bad_poll(session, account.key, account.folder, str(error), self._now())
                raise

    def _pass(self, inbox: Inbox, account: Account, held: _Held) -> PollSummary:
        state, there = inbox.state(), inbox.uids()
        folder = _Folder(account.key, account.folder, state.uid_validity)
        with self._store.reading() as session:
            known = ledger.known_uids(session, *folder.key, there)
        fresh = [uid for uid in there if uid not in known]
        stored = sum(self._take(inbox, folder, uid, held) for uid in fresh)
        note, leaving = self._count(folder, state.uid_next, there, held)
        for start in range(0, len(leaving), MOVED_AT_ONCE):
            self._move(inbox, folder, leaving[start : start + MOVED_AT_ONCE], held)
        with self._store.session() as session:
            held.guard(session, self._now())
            census.good_poll(session, *folder.key, state.uid_next, self._now())
        return PollSummary(seen=len(there), stored=stored, already=len(there) - len(fresh), moved=len(leaving), note=note)

    def _take(self, inbox: Inbox, folder: _Folder, uid: int, held: _Held) -> bool:
        """One mail into our keeping. A mail too large or gone is accounted for, for a person. False for one that the server cannot give out now."""
        now, code = self._now(), ""
        arrived = ledger.Arrived(
            account=folder.account, folder=folder.folder, uid_validity=folder.validity, uid=uid, sha256=None, size=0, received_at=now
        )
        try:
            arrived = self._kept(inbox, arrived)
        except Unfetchable:
            return False  # the others must not wait for it; the census tells a person at every poll until it can be read
        except (Gone, TooLarge) as error:
            code = "vanished" if isinstance(error, Gone) else "too_large"
        with self._store.session() as session:
            held.guard(session, self._now())
            if code:
                ledger.record_unread(session, arrived, code)
            else:
                ledger.record(session, arrived)
        return True

    def _kept(self, inbox: Inbox, arrived: ledger.Arrived) -> ledger.Arrived:
        fetched = inbox.fetch(arrived.uid)
        message_id, answers = thread_ids(fetched.raw)
        return ledger.Arrived(
            account=arrived.account,
            folder=arrived.folder,
            uid_validity=arrived.uid_validity,
            uid=arrived.uid,
            sha256=self._blobs.put(fetched.raw),
            size=len(fetched.raw),
            received_at=fetched.internal_date or arrived.received_at,
            internal_date=fetched.internal_date,
            message_id=message_id,
            in_reply_to=answers,
        )

    def _count(self, folder: _Folder, uid_next: int | None, there: list[int], held: _Held) -> tuple[str | None, list[int]]:
        """The census, its alarm kept; and what now lies in our keeping and may leave the inbox."""
        now = self._now()
        with self._store.session() as session:
            held.guard(session, now)
            counted = census.take(session, *folder.key, uid_next, there)
            if counted.alarm:
                census.sound(session, folder.account, folder.folder, counted.alarm, now)
            ledger.mark_moved(session, *folder.key, counted.taken, now)
            return counted.note, ledger.unmoved_uids(session, *folder.key, there)

    def _move(self, inbox: Inbox, folder: _Folder, uids: list[int], held: _Held) -> None:
        with self._store.session() as session:
            held.guard(session, self._now())
        inbox.move_to_stored(uids)
        with self._store.session() as session:
            ledger.mark_moved(session, *folder.key, uids, self._now())

    @contextlib.contextmanager
    def _lease(self, account: Account) -> Iterator[_Held | None]:
        """The lease on this folder, or None where another holds it. Each poll is an owner of its own, so that not even two threads share one."""
        folder = hashlib.sha256(f"{account.key}\n{account.folder}".encode()).hexdigest()
        name, owner = f"poll {folder[:40]}", owners.me()
        with self._store.session() as session:
            token = leases.acquire(session, name, owner, self._now(), LEASE)
        if token is None:
            yield None
            return
        try:
            yield _Held(name, token)
        finally:
            # A store that is down now must not hide what went wrong; the lease of a process that ends is free anyway.
            with contextlib.suppress(Retry), self._store.session() as session:
                leases.release(session, name, owner)
