"""All that a hub holds, and where it lies."""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from pipeline.store.blobs import Blobs
from pipeline.store.engine import Store

PAGES = "pages"


@dataclass(frozen=True, slots=True)
class Held:
    """The store, the kept mails, and the data folder they lie in."""

    store: Store
    blobs: Blobs
    data_dir: Path

    @property
    def pages(self) -> Path:
        """Pictures of pages, sealed, a folder a mail. Only a cache: made anew when somebody looks."""
        return self.data_dir / PAGES


def operator() -> str:
    """Who runs a command, for the audit: the login name, marked as such."""
    try:
        name = os.environ.get("SUDO_USER") or pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        name = str(os.getuid())
    return f"command:{name}"
