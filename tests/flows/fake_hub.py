"""A hub that stands at the seam of `pipeline.app.App`, and says what the test told it to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from models.runs import DeliverSummary, PollSummary, ProcessSummary, WatchSummary

T = TypeVar("T")


@dataclass
class FakeHub:
    """Each answer may be an error, which is then raised. `calls` is what was asked, in order."""

    polled: PollSummary | Exception = field(default_factory=lambda: PollSummary(seen=3, stored=3, moved=3))
    messages: dict[int, ProcessSummary | Exception] = field(default_factory=dict)
    delivered: DeliverSummary | Exception = field(default_factory=lambda: DeliverSummary(sent=2))
    watched: WatchSummary | Exception = field(default_factory=WatchSummary)
    calls: list[str] = field(default_factory=list)

    def poll_once(self) -> PollSummary:
        return self._answer("poll", self.polled)

    def pending(self) -> list[int]:
        return self._answer("pending", list(self.messages))

    def process(self, ledger_id: int) -> ProcessSummary:
        return self._answer(f"process {ledger_id}", self.messages[ledger_id])

    def deliver_due(self) -> DeliverSummary:
        return self._answer("deliver", self.delivered)

    def watch(self) -> WatchSummary:
        return self._answer("watch", self.watched)

    def _answer(self, call: str, answer: T | Exception) -> T:
        self.calls.append(call)
        if isinstance(answer, Exception):
            raise answer
        return answer
