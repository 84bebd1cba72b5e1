"""Read every hostile file as a mail's attachment would be read: `python -m benchmarks.hostile [WORD...]` says how each was answered.

The time is from bytes to answer; the memory is the most that the document's child process and all it started held at one moment. Exit 1 where an answer is not one of
those that would be right, or took more than the limits.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date

from benchmarks.hostile.files import CATALOGUE, READ, Hostile
from benchmarks.hostile.mail import Make, catalogue
from benchmarks.hostile.mails_run import answer
from benchmarks.speed.memory import peak_while
from pipeline.extract.safe import SafeReader

SECONDS, MEGABYTES = 30.0, 1024


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Read hostile files.")
    parser.add_argument("words", nargs="*", help="only files whose name holds one of these")
    options = parser.parse_args()
    chosen = [one for one in CATALOGUE if _meant(one.name, options.words)]
    mails = [(name, make) for name, make in catalogue() if _meant(name, options.words)]
    reader = SafeReader(date(2026, 11, 16))
    bad = 0
    try:
        for one in chosen:
            bad += not _shown(one, reader)
        for name, make in mails:
            bad += not _shown_mail(name, make, reader)
    finally:
        reader.close()
    print(f"{len(chosen)} files and {len(mails)} mails, {bad} not answered as they should be")
    return bool(bad)


def _meant(name: str, words: list[str]) -> bool:
    return not words or any(word in name for word in words)


def _shown_mail(name: str, make: Make, reader: SafeReader) -> bool:
    told = answer(make, reader)
    good = max(told.opened, told.longest) <= SECONDS and told.megabytes <= MEGABYTES and told.next_unharmed
    print(
        f"{'ok ' if good else 'BAD'} {name:52s} {told.size / 2**20:7.2f} MB {told.verdict:12s} {max(told.opened, told.longest):6.1f} s {told.megabytes:6.0f} MB   {told.seconds:6.1f} s in all"
        + ("" if told.next_unharmed else "  the next mail was harmed"),
        flush=True,
    )
    return good


def _shown(hostile: Hostile, reader: SafeReader) -> bool:
    data = hostile.make()
    begun = time.monotonic()
    answer, peak = peak_while(lambda: reader.file(data, "hostile", hostile.kind))
    taken = time.monotonic() - begun
    code = answer.problem.code if answer.problem else READ
    good = code in hostile.answers and taken <= SECONDS and peak <= MEGABYTES
    print(f"{'ok ' if good else 'BAD'} {hostile.name:52s} {len(data) / 2**20:7.2f} MB {code:12s} {taken:6.1f} s {peak:6.0f} MB", flush=True)
    return good


if __name__ == "__main__":
    sys.exit(main())
