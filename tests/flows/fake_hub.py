"""A hub that stands at the seam of `pipeline.app.App`, and says what the test told it to."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from models.figures import HubFigures
from models.runs import DeliverSummary, PollSummary, ProcessSummary, WatchSummary

T = TypeVar("T")


@dataclass
class FakeHub:
    """Each answer may be an error, which is then raised. `calls` is what was asked, in order.

    With `once` a message that was worked through no longer waits, as in the ledger; `seconds` is how long one takes.
    """

    polled: PollSummary | Exception = field(default_factory=lambda: PollSummary(seen=3, stored=3, moved=3))
    messages: dict[int, ProcessSummary | Exception] = field(default_factory=dict)
    delivered: DeliverSummary | Exception = field(default_factory=lambda: DeliverSummary(sent=2))
    watched: WatchSummary | Exception = field(default_factory=WatchSummary)
    held: HubFigures | Exception = field(
        default_factory=lambda: HubFigures(at=datetime.now(UTC), schema_version="0001", mails={}, letters={}, contacts={})
    )
    calls: list[str] = field(default_factory=list)
    once: bool = False
    seconds: float = 0.0

    def poll_once(self) -> PollSummary:
        return self._answer("poll", self.polled)

    def pending(self) -> list[int]:
        return self._answer("pending", list(self.messages))

    def process(self, ledger_id: int) -> ProcessSummary:
        time.sleep(self.seconds)
        answer = self.messages.pop(ledger_id) if self.once else self.messages.get(ledger_id, ProcessSummary(ledger_id=ledger_id))
        return self._answer(f"process {ledger_id}", answer)

    def deliver_due(self) -> DeliverSummary:
        return self._answer("deliver", self.delivered)

    def watch(self) -> WatchSummary:
        return self._answer("watch", self.watched)

    def figures(self, hours: int = 0) -> HubFigures:
        return self._answer(f"figures {hours}", self.held)

    def _answer(self, call: str, answer: T | Exception) -> T:
        self.calls.append(call)
        if isinstance(answer, Exception):
            raise answer
        return answer
