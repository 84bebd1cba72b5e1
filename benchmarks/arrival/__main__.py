"""From the mail server to a committed contact, in an idle system under `mash-intake serve` whole: `python -m benchmarks.arrival [--mails 8]`.

Twice: told of new mail at once (`MASH_IMAP_WATCH=told`, IDLE), and looking every few seconds (`look`). The samples are sent one by one, each when the one
before is a contact; what is timed ends when the ledger says that the mail is done.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from flows.server import free_port
from pipeline.app import open_app
from pipeline.settings import Settings
from pipeline.shell.embedded import PASSWORD, USER, MailServers, mail_servers
from samples.load import load_samples

READY_SECONDS, MOST_SECONDS, PAUSE_SECONDS = 300, 120, 4


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=8)
    count = parser.parse_args().mails
    print(f"{'seconds to a contact':<24}{'median':>10}{'slowest':>10}")
    for watch in ("told", "look"):
        with tempfile.TemporaryDirectory() as folder, mail_servers() as mail:
            times = measured(Path(folder), mail, watch, count)
        print(f"{watch:<24}{statistics.median(times):>10.2f}{max(times):>10.2f}", flush=True)


def measured(folder: Path, mail: MailServers, watch: str, count: int) -> list[float]:
    """Each mail's time. The first of all is the warm-up."""
    environment = _environment(folder, mail, watch)
    samples = [sample for sample in load_samples() if not sample.answers]
    with (folder / "said").open("wb") as said:
        command = [sys.executable, "-m", "pipeline.cli", "serve"]
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said, cwd=folder)
        try:
            return [_arrived(folder, mail, samples[number % len(samples)].raw, number) for number in range(count + 1)][1:]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(READY_SECONDS)


def _arrived(folder: Path, mail: MailServers, raw: bytes, number: int) -> float:
    settings = Settings(authority="lewisham", data_dir=folder / "data")
    mail.send_in(raw.replace(b"Message-ID: <", f"Message-ID: <{number}.".encode(), 1), "sender@example.org")
    begun = time.perf_counter()
    longest = MOST_SECONDS if number else READY_SECONDS
    with open_app(settings, authority=False) as looking:
        while looking.figures().mails["done"] + looking.figures().mails["person"] <= number:
            if time.perf_counter() - begun > longest:
                raise TimeoutError((folder / "said").read_text())
            time.sleep(0.02)
    took = time.perf_counter() - begun
    time.sleep(PAUSE_SECONDS)
    return took


def _environment(folder: Path, mail: MailServers, watch: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MASH_", "PREFECT_"))}
    given = {
        "AUTHORITY": "lewisham",
        "DATA_DIR": str(folder / "data"),
        "IMAP_HOST": "127.0.0.1",
        "IMAP_PORT": str(mail.imap_port),
        "IMAP_SECURITY": "none",
        "IMAP_USER": USER,
        "IMAP_PASSWORD": PASSWORD,
        "IMAP_WATCH": watch,
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(mail.outbox_port),
        "SMTP_SECURITY": "none",
        "SMTP_FROM": "mash@example-council.example",
        "HEALTH_PORT": str(free_port()),
    }
    return clean | {f"MASH_{name}": value for name, value in given.items()}


if __name__ == "__main__":
    main()
