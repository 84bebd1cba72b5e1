"""`python -m benchmarks [--write FILE]`: every measurement, one after another, in one table with the machine and the versions. Each can be run by itself too.

What each prints goes to standard output as it comes. The table at the end holds the last lines of each, how long it took, and the load of the machine when it
began: figures of a busy machine say so. Peers that a part knows are measured in the same run as ours.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PARTS = (
    ("stages of one mail", ["benchmarks.stages"]),
    ("speed of reading, beside peers", ["benchmarks.speed.reading"]),
    ("reading, layouts kept for the report", ["benchmarks.reading.run", "--split", "report", "--per-layout", "2"]),
    ("narrative, beside baselines", ["benchmarks.narrative"]),
    ("matching, beside peers", ["benchmarks.matching", "--quick"]),
    ("console", ["benchmarks.console"]),
    ("mails a second, SQLite", ["benchmarks.throughput", "--prefect", "--backlog", "100", "10000"]),
    ("mails a second, PostgreSQL", ["benchmarks.throughput", "--database", "postgresql", "--workers", "1", "2", "4"]),
    ("arrival in an idle system", ["benchmarks.arrival"]),
)
PACKAGES = ("prefect", "sqlalchemy", "spacy", "python-docx", "pypdfium2", "pdfplumber", "rapidfuzz", "numpy", "pydantic")
SHOWN_LINES = 14


@dataclass
class Result:
    """What one part said and took."""

    title: str
    command: str
    words: list[str]
    seconds: float
    load: float
    good: bool


def main() -> int:
    """Run each part in a process of its own; a part that fails does not stop the others."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="only the parts whose title or command contains this")
    parser.add_argument("--write", type=Path, help="write the table to this file too")
    given = parser.parse_args()
    results = [_run(title, words) for title, words in PARTS if given.only in title or given.only in words[0]]
    text = table(results)
    sys.stdout.write(f"\n{text}")
    if given.write:
        given.write.write_text(text, encoding="utf-8")
    return int(not all(one.good for one in results))


def _run(title: str, words: list[str]) -> Result:
    command = f"python -m {' '.join(words)}"
    sys.stdout.write(f"\n=== {title}: {command}\n")
    sys.stdout.flush()
    load, begun = os.getloadavg()[0], time.perf_counter()
    said: list[str] = []
    with subprocess.Popen([sys.executable, "-m", *words], stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            said.append(line.rstrip())
    return Result(title, command, said, time.perf_counter() - begun, load, process.returncode == 0)


def table(results: list[Result]) -> str:
    """Markdown: the machine, then each part with what it said last."""
    lines = ["# Measurements", "", f"{datetime.now(UTC):%d %B %Y %H:%M} UTC. {machine()}", "", f"Versions: {', '.join(_versions())}.", ""]
    lines += ["| part | command | seconds | load before | |", "| --- | --- | ---: | ---: | --- |"]
    lines += [f"| {one.title} | `{one.command}` | {one.seconds:.0f} | {one.load:.1f} | {'' if one.good else 'FAILED'} |" for one in results]
    for one in results:
        lines += ["", f"## {one.title}", "", "```", *[line for line in one.words if line.strip()][-SHOWN_LINES:], "```"]
    return "\n".join(lines) + "\n"


def machine() -> str:
    """Processor, memory and system, in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} processors ({_processor()}), {memory:.0f} GB, {platform.system()} {platform.release()}, Python {platform.python_version()}."


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in told.splitlines() if line.startswith("model name")), platform.machine())


def _versions() -> list[str]:
    return [f"{name} {version(name)}" for name in PACKAGES]


if __name__ == "__main__":
    sys.exit(main())
