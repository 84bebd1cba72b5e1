"""Letters on their way out: each at least once, under one Message-ID, and none held up for long by a server that takes none."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime

from models.authority import Authority
from models.runs import DeliverSummary
from pipeline import afterwards
from pipeline.errors import NeedsPerson, Retry, WrongSetup
from pipeline.route.smtp import Sender, Unreachable
from pipeline.store import outbox
from pipeline.store.engine import Store
from pipeline.store.sealer import Damaged
from pipeline.store.session import Session

MOST_FAILURES = 3
"""Letters in a row that may fail before the others wait for the next round: each may have waited minutes for a slow server."""
_TRIES = 5


class Deliverer:
    """Hands letters over to the mail server and writes down what became of them."""

    def __init__(self, store: Store, edge: Sender, authority: Authority, now: Callable[[], datetime]) -> None:
        self._store, self._edge, self._authority, self._now = store, edge, authority, now
        self._sent = self._failed = self._in_a_row = 0

    def deliver(self, ready: Sequence[int]) -> DeliverSummary:
        """Send these letters. A letter that cannot go waits and stays visible."""
        note = None
        for letter_id in ready:
            with self._store.session() as session:
                taken = outbox.mark_sending(session, letter_id, self._now())
            if taken is None:
                continue
            note = self._one(taken)
            if note or self._in_a_row >= MOST_FAILURES:
                break
        with self._store.reading() as session:
            waiting = outbox.counts(session)["queued"]
        return DeliverSummary(sent=self._sent, failed=self._failed, waiting=waiting, note=note)

    def _one(self, taken: outbox.Due) -> str | None:
        """Hand one letter over. Says why no letter at all can go, where that is so."""
        if taken.letter is None:
            self._not_sent(taken, "what is kept of it is damaged; restore it from the backup, or write to the referrer by hand", for_good=True)
            return None
        try:
            self._edge.send(taken.letter)
        except (Unreachable, WrongSetup) as error:
            reason = str(error)
            self._write(lambda session, now: outbox.put_back(session, taken, now, reason))
            self._failed += 1
            return f"letters wait: {reason}"
        except NeedsPerson as error:
            self._not_sent(taken, str(error), for_good=True)
        except Retry as error:
            self._not_sent(taken, str(error))
        except Exception as error:  # a defect of ours in one letter must not hold up the others; its text may hold personal data
            self._not_sent(taken, f"it could not be built or handed over ({type(error).__name__})")
        else:
            self._write(lambda session, now: _went(session, taken, now))
            self._sent, self._in_a_row = self._sent + 1, 0
        return None

    def _not_sent(self, taken: outbox.Due, reason: str, *, for_good: bool = False) -> None:
        self._write(lambda session, now: self._stays(session, taken, now, reason, for_good=for_good))
        self._failed, self._in_a_row = self._failed + 1, 0 if for_good else self._in_a_row + 1

    def _stays(self, session: Session, taken: outbox.Due, now: datetime, reason: str, *, for_good: bool) -> None:
        if outbox.mark_failed(session, taken, now, reason, for_good=for_good):
            with contextlib.suppress(Damaged):
                afterwards.not_sent(session, taken, self._authority, now)

    def _write(self, write: Callable[[Session, datetime], None]) -> None:
        """What became of a letter, and what that means for its contact, in one transaction; again where somebody changed the contact meanwhile."""
        for left in reversed(range(_TRIES)):
            try:
                with self._store.session() as session:
                    write(session, self._now())
            except Retry:
                if not left:
                    raise
            else:
                return


def _went(session: Session, taken: outbox.Due, now: datetime) -> None:
    """A contact that no longer opens must not keep its letter from being marked: it would go again and again."""
    outbox.mark_sent(session, taken, now)
    with contextlib.suppress(Damaged):
        afterwards.sent(session, taken, now)
