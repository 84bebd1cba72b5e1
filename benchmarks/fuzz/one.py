"""One target under atheris, as a program of its own: `python -m benchmarks.fuzz.one TARGET [libFuzzer options]`."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["pipeline.ingest", "pipeline.extract", "email"]):
    from benchmarks.fuzz.targets import TARGETS


def main() -> None:
    """Fuzz until the time is up or something is found."""
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, lambda data: target(bytes(data)))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
