"""What a Prefect server shows, asked until it is there: it writes task runs and events down some time after the flow that they belong to has ended."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable
from typing import Any

PATIENCE_SECONDS = 120
"""Far more than it takes on a busy machine; a test that waits so long has found a fault."""

Rows = list[dict[str, Any]]


def ask(url: str, what: str, **wanted: Any) -> Rows:
    """What the server holds now."""
    data = json.dumps({"limit": 200, **wanted}).encode()
    request = urllib.request.Request(f"{url}/api/{what}", data=data, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        found: Rows = json.load(answer)
    return found


def ask_until(url: str, what: str, enough: Callable[[Rows], Any]) -> Rows:
    """What the server holds as soon as it is enough, or at the end of all patience: the test then says what was wanting."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        found = ask(url, what)
        if enough(found) or time.monotonic() > end:
            return found
        time.sleep(0.1)


def ended(*names: str) -> Callable[[Rows], bool]:
    """Whether each of these runs is there in a state that no other follows."""

    def enough(found: Rows) -> bool:
        return set(names) <= {run["name"] for run in found if run["state_type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")}

    return enough
