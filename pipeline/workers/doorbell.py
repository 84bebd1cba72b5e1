"""Somebody who stands at the mailbox and rings when mail comes, so that it need not wait for the next poll. Polls go on by the clock all the same."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from pipeline.edges import mailbox
from pipeline.ingest.imap import Inbox
from pipeline.settings import Settings

log = logging.getLogger("mash_intake.doorbell")

STAND_SECONDS = 240
"""How long one IDLE lasts: servers end those that last half an hour, and routers forget silent connections sooner."""
PAUSE_SECONDS = 30
"""After a lost connection; the polls tell what is wrong with it."""


class Doorbell(threading.Thread):
    """Rings once for each time it has opened the folder, and whenever something comes. Never ends by a fault; `stop` ends it with the next breath."""

    def __init__(self, settings: Settings, ring: Callable[[], object]) -> None:
        super().__init__(name="doorbell", daemon=True)
        self._settings, self._ring = settings, ring
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Stand no longer than the connection's present wait."""
        self._stopped.set()

    def run(self) -> None:
        """Stand, ring, and come back after a lost connection."""
        while not self._stopped.is_set():
            try:
                self._stand()
            except Exception as error:  # the server's, the network's or ours: polls go on by the clock, and so does this
                log.info("not told of new mail for now: %s", type(error).__name__)
            self._stopped.wait(PAUSE_SECONDS)

    def _stand(self) -> None:
        be_told = self._settings.imap_watch == "told"
        with Inbox(mailbox(self._settings)) as inbox:
            self._ring()
            while not self._stopped.is_set():
                if inbox.wait(STAND_SECONDS, be_told=be_told):
                    self._ring()
