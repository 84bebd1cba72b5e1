"""One mail's share of reading time: a mail with hundreds of files, each made to take as long as one may, must not hold up every mail behind it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from models.extraction import Extraction, Problem
from models.mail import FileKind
from pipeline.extract.mail import FileReader, problem

SECONDS = 240.0
"""Ten scans of many pages fit in; a worker's hold on a mail, ten minutes, is not outlived."""
T = TypeVar("T")


class Bounded:
    """A reader for one mail. What comes after its time is up is not begun: it is told to a person, with its name."""

    def __init__(self, reader: FileReader, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self._reader, self._left, self._clock = reader, seconds, clock

    def file(self, data: bytes, name: str, kind: FileKind) -> Extraction:
        """Read a file as one form."""
        return self._unread(name) if self._left <= 0 else self._timed(lambda: self._reader.file(data, name, kind))

    def files(self, data: bytes, name: str, kind: FileKind) -> tuple[Extraction, ...]:
        """Read a file that may hold several forms, one after another."""
        return (self._unread(name),) if self._left <= 0 else self._timed(lambda: self._reader.files(data, name, kind))

    def body(self, text: str | None, html: str | None, name: str) -> Extraction:
        """Read a mail's own words: always, for they are bounded and may be all there is."""
        return self._timed(lambda: self._reader.body(text, html, name))

    def paper(self, data: bytes, name: str, kind: FileKind) -> dict[str, str]:
        """What a contact record of ours that came back says."""
        return {} if self._left <= 0 else self._timed(lambda: self._reader.paper(data, name, kind))

    def _timed(self, read: Callable[[], T]) -> T:
        begun = self._clock()
        try:
            return read()
        finally:
            self._left -= self._clock() - begun

    @staticmethod
    def _unread(name: str) -> Extraction:
        return problem(name, Problem(code="too_slow", detail=f"{name}: the files before it took all the time one mail may take. Open it by hand."))
