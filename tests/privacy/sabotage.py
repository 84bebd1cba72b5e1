"""Every stage of the product made to fail with an error that is full of personal words: in its text, its cause, its notes and its variables."""

from __future__ import annotations

import atexit
import importlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.privacy.marked import REASON, SENDER

POLLING = {
    "fetching": "pipeline.ingest.imap.Inbox.fetch",
    "moving": "pipeline.ingest.imap.Inbox.move_to_stored",
    "keeping": "pipeline.store.blobs.Blobs.put",
    "recording": "pipeline.store.ledger.record",
}
WORKING = {
    "parsing": "pipeline.app.opened",
    "classing": "pipeline.arriving.classify",
    "reading": "pipeline.extract.safe.SafeReader.files",
    "combining": "pipeline.story.together",
    "narrative": "pipeline.extract.narrative.Narrator.read",
    "matching": "pipeline.people.match_household",
    "routing": "pipeline.story.route",
    "linking": "pipeline.work.links",
    "writing": "pipeline.writing.compose",
    "saving": "pipeline.store.contacts.save",
    "queueing": "pipeline.store.outbox.queue",
}
AFTERWARDS = {
    "sending": "pipeline.route.smtp.Sender.send",
    "watching": "pipeline.watching.standing",
}
TARGETS = POLLING | WORKING | AFTERWARDS
CONSOLE = {
    "opening": "pipeline.store.contacts.get",
}
"""What is made to fail, by the stage it stands for."""


class Marked(Exception):
    """An error that no code of ours foresees."""


@contextmanager
def sabotaged(stage: str, when: Callable[[], bool] = lambda: True) -> Iterator[list[str]]:
    """Let a stage fail, whenever it should; gives a list with an entry for every time it did."""
    happened: list[str] = []
    owner, name = _found((TARGETS | CONSOLE)[stage])
    whole = getattr(owner, name)

    def fail(*given: Any, **named: Any) -> Any:
        if not when():
            return whole(*given, **named)
        words = f"{SENDER}: {REASON}"
        happened.append(stage)
        error = Marked(f"cannot go on with {words}")
        error.add_note(f"noted: {words}")
        raise error from KeyError(words)

    with patch.object(owner, name, fail):
        yield happened


@contextmanager
def each_at_another() -> Iterator[dict[str, list[str]]]:
    """Let every mail that is worked through fail at another stage, in their order; gives what happened, by stage."""
    from pipeline.app import App

    left, now = list(WORKING), [""]
    process = App.process

    def begun(app: App, ledger_id: int) -> Any:
        now[0] = left.pop(0) if left else ""
        return process(app, ledger_id)

    with ExitStack() as stack:
        stack.enter_context(patch.object(App, "process", begun))
        yield {stage: stack.enter_context(sabotaged(stage, lambda stage=stage: now[0] == stage)) for stage in WORKING}  # type: ignore[misc]


def _found(path: str) -> tuple[Any, str]:
    """The module or class that a target stands in, and its name there."""
    where, _, name = path.rpartition(".")
    parent, _, last = where.rpartition(".")
    return (getattr(importlib.import_module(parent), last), name) if last[0].isupper() else (importlib.import_module(where), name)


def main() -> None:
    """`python -m tests.privacy.sabotage STAGE COMMAND...`: the command line with one stage that fails, or that brings the process down."""
    from pipeline.cli import main as command_line

    stage, sys.argv[1:] = sys.argv[1], sys.argv[2:]
    if stage == "none":
        command_line()
    elif stage == "crash":
        _let_it_crash()
        command_line()
    else:
        with sabotaged(stage) as happened:
            atexit.register(lambda: Path(os.environ["SABOTAGE_NOTE"]).write_text(str(len(happened))))
            command_line()


def _let_it_crash() -> None:
    """The process ends in the middle of a story, as by a fault in C, with everything in its memory."""
    owner, name = _found(TARGETS["routing"])

    def crash(*_: Any, **__: Any) -> Any:
        os.abort()

    setattr(owner, name, crash)


if __name__ == "__main__":
    main()
