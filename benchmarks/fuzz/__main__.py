"""`python -m benchmarks.fuzz --minutes 10 [mime] [word] [pdf] [form]`: fuzz each for its share of the time. Exit 1 where something was found; it lies in `tests/finds`."""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.fuzz.targets import TARGETS, as_file, seeds
from models.mail import FileKind
from pipeline.extract.safe import SafeReader
from pipeline.opening import opened

FINDS = Path(__file__).parents[2] / "tests/finds"
LONGEST = 25
MEGABYTES = 2500


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Fuzz the readers.")
    parser.add_argument("targets", nargs="*", help="mime, word, pdf, form; all unless given")
    parser.add_argument("--minutes", type=float, default=10)
    options = parser.parse_args()
    chosen = options.targets or list(TARGETS)
    found = sum(_fuzz(target, options.minutes * 60 / len(chosen)) for target in chosen)
    print(f"{found} finds" if found else "no finds")
    return bool(found)


def _fuzz(target: str, seconds: float) -> int:
    """One target, started again after each find until its time is up."""
    end, found, runs = time.monotonic() + seconds, 0, 0
    with tempfile.TemporaryDirectory() as place:
        corpus, kept = Path(place) / "corpus", Path(place) / "kept"
        corpus.mkdir()
        kept.mkdir()
        for number, seed in enumerate(seeds(target)):
            (corpus / f"seed-{number}").write_bytes(seed)
        while (left := int(end - time.monotonic())) > 5:
            bounds = (f"-max_total_time={left}", f"-timeout={LONGEST}", f"-rss_limit_mb={MEGABYTES}", f"-artifact_prefix={kept}/", "-max_len=65536")
            command = [sys.executable, "-m", "benchmarks.fuzz.one", target, *bounds, str(corpus)]
            told = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
            runs += _runs(told.stderr)
            new = [path for path in kept.iterdir() if _keep(target, path, told.stderr)]
            found += len(new)
            for path in list(kept.iterdir()):
                path.unlink()
            if not told.returncode:
                break
    print(f"{target}: {runs} inputs in {seconds:.0f} s, {found} finds", flush=True)
    return found


def _runs(said: str) -> int:
    lines = [line for line in said.splitlines() if line.startswith("#") and line[1:2].isdigit()]
    return int(lines[-1].split()[0].lstrip("#").split(":")[0]) if lines else 0


def _keep(target: str, path: Path, said: str) -> bool:
    """Keep an input that breaks a promise. One that only brings a library down is answered by the sandbox, and is kept only where it is not."""
    data = path.read_bytes()
    broke = path.name.startswith("crash") and "Uncaught Python exception" in said
    if not broke and _answered(target, data):
        return False
    folder = FINDS / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    reason = next((line for line in reversed(said.splitlines()) if "Error" in line or "ERROR" in line), "")
    print(f"{target}: {path.name}: {reason}", flush=True)
    return True


def _answered(target: str, data: bytes) -> bool:
    """Whether the product itself answers, with the child it reads in."""
    from datetime import date

    reader = SafeReader(date(2026, 11, 20))
    begun = time.monotonic()
    try:
        if target == "mime":
            opened(data, reader)
        elif target == "form":
            reader.body(data.decode("utf-8", "replace"), None, "found")
        else:
            reader.file(as_file(target, data), "found", FileKind.DOCX if target == "word" else FileKind.PDF)
    finally:
        reader.close()
    return time.monotonic() - begun < LONGEST + 5


if __name__ == "__main__":
    sys.exit(main())
