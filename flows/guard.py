"""The wall between our errors and Prefect, which keeps every exception text, traceback and log line in clear.

When work fails, Prefect is told the kind of the fault and its place in our code, and nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeVar

from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed
from pydantic import BaseModel

from flows.alone import alone
from flows.hub import Hub, lock_folder, opened, using
from pipeline.errors import NeedsPerson, OurBug, Retry, WrongSetup, place_of

T = TypeVar("T")
log = logging.getLogger("mash_intake.flows")
TAKEN = {*vars(logging.makeLogRecord({})), "message", "asctime", "at", "state", "note"}
"""Names that a line of the log has already: `logging` refuses them."""

_MEANINGS: tuple[tuple[type[Exception], str, str], ...] = (
    (Retry, "retry", "the mailbox, the mail sender or the store was not ready; the next run tries again"),
    (NeedsPerson, "needs_person", "a message needs a person; its bytes are kept"),
    (WrongSetup, "wrong_setup", "a setting is wrong; `mash-intake doctor` says which"),
    (OurBug, "our_bug", "a fault of ours; nothing was lost"),
    (Exception, "unexpected", "a fault nobody foresaw; nothing was lost"),
)


async def on_hub(body: Callable[[Hub], Awaitable[State[T]]], told_as: str, *, alone_as: str | None = None) -> State[T]:
    """Run the body of a flow or task on the hub. An error ends as a failed state with code text alone: nothing is raised, so no traceback is kept.

    `told_as` is what the log calls it. `alone_as` names what only one run on this machine does at a time; the second ends at once.
    """
    begun = monotonic()
    try:
        with alone(lock_folder(), alone_as) as free:
            if not free:
                return Completed(name="Skipped", message="the run before this one is still working")
            with opened() as hub, using(hub):
                ended = await body(hub)
                _logged(told_as, ended, monotonic() - begun)
                return ended
    except Exception as error:
        told, kind = code_text(error), type(error).__name__
    log.warning("%s: %s", told_as, told, extra={"event": told_as, "state": "Failed", "error": kind, "seconds": round(monotonic() - begun, 3)})
    return Failed(message=told)


def _logged(told_as: str, ended: State[T], seconds: float) -> None:
    """A line of what a run came to, with the counts and ids that its summary has."""
    summary = ended.data.model_dump(mode="json") if isinstance(ended.data, BaseModel) else {}
    scalars = {key: value for key, value in summary.items() if isinstance(value, (str, int, float)) and key not in TAKEN}
    told = {"event": told_as, "state": ended.name, "seconds": round(seconds, 3), **scalars}
    log.log(logging.INFO if ended.is_completed() else logging.WARNING, "%s: %s: %s", told_as, ended.name, ended.message, extra=told)


def code_text(error: BaseException) -> str:
    """What may be said of an error where it is stored in clear: its kind, what that means, and where in our code it was raised."""
    code, meaning = next((code, meaning) for kind, code, meaning in _MEANINGS if isinstance(error, kind))
    return f"{code}: {meaning} ({type(error).__name__} at {place_of(error)})"
