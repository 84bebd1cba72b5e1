"""What a process of ours tells of itself on standard error: a line a thing, in words or as JSON. Moments, codes, counts and ids alone.

The words of other people's errors and libraries may quote a referral. Of them only the kind and the place are told.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from types import TracebackType
from typing import Literal

from pythonjsonlogger.json import JsonFormatter

from pipeline.errors import IntakeError, place_of

Form = Literal["text", "json"]
OURS = "mash_intake"
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


class Plain(logging.Formatter):
    """One line, without tracebacks."""

    converter = time.gmtime  # type: ignore[assignment] # the library says that it takes a moment, and does

    def formatException(self, ei: object) -> str:  # noqa: N802 - the library's name
        """Nothing: it quotes."""
        return ""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        _without_trace(record)
        return super().format(record).replace("\n", " ")


class _Json(JsonFormatter):
    """One object a line, without tracebacks; what was given as `extra` stands in it by name."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        _without_trace(record)
        return super().format(record)


def _without_trace(record: logging.LogRecord) -> None:
    record.exc_info = record.exc_text = record.stack_info = None


def formatter(form: Form) -> logging.Formatter:
    """What makes a line of a record."""
    if form == "text":
        return Plain("%(asctime)s %(levelname)s %(name)s %(message)s", _MOMENT)
    renamed = {"levelname": "level", "name": "logger", "process": "pid"}
    return _Json("%(levelname)s %(name)s %(process)d %(message)s", rename_fields=renamed, timestamp="at")


def tell(form: Form) -> None:
    """From now on, for this process: our own lines whole, of everybody else's that there was one, and an error that nobody caught by kind and place."""
    ours, root = logging.getLogger(OURS), logging.getLogger()
    ours.handlers, ours.propagate = [_handler(logging.StreamHandler(), form)], False
    ours.setLevel(logging.INFO)
    if not root.handlers:  # Prefect sets up its own
        root.handlers = [_handler(_Others(), form)]
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # a line that cannot be written, or sent to Prefect, is no reason to write another kind of line
    sys.excepthook = _uncaught
    threading.excepthook = lambda given: _uncaught(given.exc_type, given.exc_value, given.exc_traceback)


def _handler(handler: logging.Handler, form: Form) -> logging.Handler:
    handler.setFormatter(formatter(form))
    return handler


class _Others(logging.StreamHandler):  # type: ignore[type-arg, unused-ignore]
    """Other people's warnings: who said something and where, without the words."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING:
            place = (f"{record.filename}:{record.lineno}",)
            super().emit(logging.LogRecord(record.name, record.levelno, record.pathname, record.lineno, "said something at %s", place, None))


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    del trace
    if error is None or issubclass(kind, KeyboardInterrupt):
        return
    said = str(error) if isinstance(error, IntakeError) else f"a fault of ours: {kind.__name__} at {place_of(error)}"
    logging.getLogger(OURS).critical("%s", said, extra={"event": "ended", "error": kind.__name__})
