"""Hostile mails opened and read as a kept mail is: parsed and unpacked in a child, then every file and the words read, each in a child of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from benchmarks.hostile.mail import Make
from benchmarks.speed.memory import peak_while
from pipeline.extract.budget import Bounded
from pipeline.extract.mail import read_mail
from pipeline.extract.safe import SafeReader
from pipeline.ingest.message import PERSON_DEFECTS
from pipeline.opening import OpenedMail, opened
from tests.ingest.mails import mail, text_part

T = TypeVar("T")
ORDINARY = mail(text_part("An ordinary mail after the hostile one."))


@dataclass(frozen=True)
class Answered:
    """How a hostile mail was answered: seconds until it was opened, for the longest of its files, and until all was read; the most memory held, and what became of it."""

    size: int
    opened: float
    longest: float
    seconds: float
    megabytes: float
    verdict: str
    next_unharmed: bool


def answer(make: Make, reader: SafeReader) -> Answered:
    """Open and read one, and then an ordinary one."""
    raw = make()
    begun = time.monotonic()
    (found, taken, longest), megabytes = peak_while(lambda: _read(raw, reader))
    seconds = time.monotonic() - begun
    verdict = "person" if PERSON_DEFECTS & set(found.mail.defects) or found.unopened else "read"
    after = opened(ORDINARY, reader)
    unharmed = after.mail.body_text == "An ordinary mail after the hostile one." and not after.unopened
    return Answered(len(raw), taken, longest, seconds, megabytes, verdict, unharmed)


class _Watched(Bounded):
    """One mail's reader, with its longest reading noted."""

    longest = 0.0

    def _timed(self, read: Callable[[], T]) -> T:
        begun = time.monotonic()
        try:
            return super()._timed(read)
        finally:
            self.longest = max(self.longest, time.monotonic() - begun)


def _read(raw: bytes, reader: SafeReader) -> tuple[OpenedMail, float, float]:
    begun = time.monotonic()
    found = opened(raw, reader)
    taken = time.monotonic() - begun
    watched = _Watched(reader)
    read_mail(found.mail, watched, found.unopened)
    return found, taken, watched.longest
