"""What one run of a flow did, in counts and ids: safe for a dashboard, a log and a terminal."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from models.base import Frozen


class PollSummary(Frozen):
    """One pass over the inbox: messages `seen` in the folder, `stored` for the first time, `already` in the ledger, `moved` to the stored folder."""

    seen: int = 0
    stored: int = 0
    already: int = 0
    moved: int = 0
    note: str | None = None


class ProcessSummary(Frozen):
    """One message worked through. `state` is done, person (a person must look) or retry; `reference` the contact it opened or joined."""

    ledger_id: int
    reference: str | None = None
    decision: str | None = None
    state: str = "done"
    urgent: bool = False


class DeliverSummary(Frozen):
    """One round of the outbox. `note` says why letters wait, where the setting is missing that would let them go."""

    sent: int = 0
    failed: int = 0
    waiting: int = 0
    note: str | None = None


class WatchSummary(Frozen):
    """Clocks that need somebody, by reference; `damaged` are contacts whose clocks could not be looked at, because what the disk holds of them is damaged."""

    due_soon: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    reminded: int = 0


class RoundSummary(Frozen):
    """Poll, process and deliver once. `note` says what did not go as it should."""

    at: datetime
    seen: int = 0
    stored: int = 0
    contacts: int = 0
    urgent: int = 0
    person: int = 0
    sent: int = 0
    waiting: int = 0
    note: str | None = None
    processed: tuple[ProcessSummary, ...] = ()


class ImportSummary(Frozen):
    """An import of existing records: how many rows were taken in and left out, and what was wrong by line number."""

    taken: int = 0
    left_out: int = 0
    problems: tuple[tuple[int, str], ...] = ()


class PurgeItem(Frozen):
    """One thing that retention lets go: a contact, a mail by its sha256, a letter or a mail's pictures, by the rule that says so."""

    what: Literal["contact", "mail", "letters", "files"]
    id: str
    reference: str | None = None
    rule: str


class PurgeSummary(Frozen):
    """What a purge removed, or with `dry_run` what it would. `strays` are kept mails that nothing knew of."""

    items: tuple[PurgeItem, ...] = ()
    strays: int = 0
    dry_run: bool = False
    note: str | None = None

    @property
    def told(self) -> str:
        """In counts."""
        counted = ", ".join(f"{sum(item.what == what for item in self.items)} {words}" for what, words in _WORDS)
        return f"{'would go' if self.dry_run else 'gone'}: {counted}" + (f"; {self.note}" if self.note else "")


_WORDS = (("contact", "contacts"), ("mail", "mails"), ("letters", "letters"), ("files", "sets of pictures"))
