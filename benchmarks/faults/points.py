"""Named points at which a worker is killed: before or after a step of ours, some of them inside a transaction that is not yet committed."""

from __future__ import annotations

import importlib
import os
import signal
from collections.abc import Callable
from typing import Any

POINTS: dict[str, tuple[str, str]] = {
    "lease taken, not committed": ("pipeline.store.leases:acquire", "after"),
    "mail fetched": ("pipeline.ingest.imap:Inbox.fetch", "after"),
    "bytes half written": ("os:fsync", "before"),
    "bytes written, folder not flushed": ("pipeline.store.blobs:_sync_folder", "before"),
    "bytes kept, not in the ledger": ("pipeline.store.blobs:Blobs.put", "after"),
    "ledger row, not committed": ("pipeline.store.ledger:record", "after"),
    "census, not committed": ("pipeline.store.census:take", "after"),
    "before the move": ("pipeline.ingest.imap:Inbox.move_to_stored", "before"),
    "after the move": ("pipeline.ingest.imap:Inbox.move_to_stored", "after"),
    "move noted, not committed": ("pipeline.store.ledger:mark_moved", "after"),
    "good poll, not committed": ("pipeline.store.census:good_poll", "after"),
    "lease given back, not committed": ("pipeline.store.leases:release", "after"),
    "claim, not committed": ("pipeline.store.ledger:claim", "after"),
    "claimed": ("pipeline.work:Worker.work", "before"),
    "letter composed": ("pipeline.writing:compose", "after"),
    "contact saved, not committed": ("pipeline.store.contacts:save", "after"),
    "letter queued, not committed": ("pipeline.store.outbox:queue", "after"),
    "ledger finished, not committed": ("pipeline.store.ledger:finish", "after"),
    "audit written, not committed": ("pipeline.store.audit:append", "after"),
    "worked through": ("pipeline.work:Worker.work", "after"),
    "letter taken, not committed": ("pipeline.store.outbox:mark_sending", "after"),
    "before the mail server is asked": ("pipeline.route.smtp:Sender.send", "before"),
    "the mail server took it": ("pipeline.route.smtp:Sender.send", "after"),
    "marked as sent, not committed": ("pipeline.store.outbox:mark_sent", "after"),
    "clock met, not committed": ("pipeline.afterwards:sent", "after"),
}


def arm(point: str, times: int) -> None:
    """Kill this process, as a power cut would, when it comes to the point for the nth time."""
    place, when = POINTS[point]
    module, _, path = place.partition(":")
    owner: Any = importlib.import_module(module)
    *outer, name = path.split(".")
    for step in outer:
        owner = getattr(owner, step)
    setattr(owner, name, _deadly(getattr(owner, name), when, times))


def _deadly(real: Callable[..., Any], when: str, times: int) -> Callable[..., Any]:
    left = [times]

    def step(*given: Any, **named: Any) -> Any:
        left[0] -= 1
        if when == "before" and left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*given, **named)
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return step
