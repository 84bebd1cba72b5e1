"""`python -m benchmarks`: every measurement that takes minutes and no network, one after another. Each part can be run by itself, see its README."""

from __future__ import annotations

import subprocess
import sys

PARTS = (
    ("stages of one mail", ["benchmarks.stages"]),
    ("speed of reading, beside peers", ["benchmarks.speed.reading"]),
    ("reading, layouts kept for the report", ["benchmarks.reading.run", "--split", "report", "--per-layout", "2"]),
    ("narrative", ["benchmarks.narrative"]),
    ("matching", ["benchmarks.matching", "--quick"]),
)


def main() -> int:
    """Run each part in a process of its own; a part that fails does not stop the others."""
    failed = []
    for title, arguments in PARTS:
        sys.stdout.write(f"\n=== {title}: python -m {' '.join(arguments)}\n")
        sys.stdout.flush()
        if subprocess.run([sys.executable, "-m", *arguments], check=False).returncode:
            failed.append(title)
    if failed:
        sys.stderr.write(f"benchmarks: failed: {', '.join(failed)}\n")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
