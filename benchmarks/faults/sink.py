"""The SMTP server of a run, as a program of its own: `python -m benchmarks.faults.sink FOLDER`. It writes down what it took before it says so.

How it behaves is read from the file `mode` at every letter: one word, and a number where it needs one.
"""

from __future__ import annotations

import asyncio
import contextlib
import email
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.servers import Certificate, SmtpServer, free_port, wait_for

TAKE = "take"
_ANSWERS = {"refuse": "451 4.3.0 not now", "reject": "554 5.7.1 never"}


class Sink(SmtpServer):
    """A server that keeps the Message-ID of what it took on disk, and misbehaves as it is told to."""

    folder: Path

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        """Take a letter, or do as the file says."""
        word, _, number = (self.folder / "mode").read_text().strip().partition(" ")
        if word in _ANSWERS:
            return _ANSWERS[word]
        if word == "slow":
            await asyncio.sleep(float(number))
        self._note(envelope)
        if word == "vanish":  # the letter is taken, and the line breaks before anybody hears of it
            server.transport.abort()
        return "250 OK"

    def _note(self, envelope: Any) -> None:
        letter = email.message_from_bytes(envelope.original_content)
        line = json.dumps([str(letter["Message-ID"]).strip(), *envelope.rcpt_tos])
        with (self.folder / "letters").open("a") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())


class RunningSink:
    """The sink as its harness sees it."""

    def __init__(self, folder: Path, certificate: Certificate) -> None:
        self.folder, self.certificate, self.tls_port = folder, certificate, free_port()
        folder.mkdir()
        self.behave(TAKE)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Listen."""
        paths = (str(self.folder), str(self.certificate.certificate), str(self.certificate.key), str(self.tls_port))
        self._process = subprocess.Popen([sys.executable, "-m", "benchmarks.faults.sink", *paths], stderr=subprocess.DEVNULL)
        wait_for(self.tls_port, self._process)

    def stop(self) -> None:
        """Stop as a server does whose machine is switched off; asking again is harmless."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def behave(self, how: str) -> None:
        """Say how letters are answered from now on."""
        (self.folder / "mode").write_text(how)

    def took(self) -> list[str]:
        """The Message-ID of every letter taken, as often as it was."""
        path = self.folder / "letters"
        return [json.loads(line)[0] for line in path.read_text().splitlines()] if path.exists() else []


@contextlib.contextmanager
def running(folder: Path, certificate: Certificate) -> Iterator[RunningSink]:
    """A sink that listens, until the block ends."""
    sink = RunningSink(folder, certificate)
    sink.start()
    try:
        yield sink
    finally:
        sink.stop()


def main(folder: str, certificate: str, key: str, port: str) -> None:
    """Listen until killed."""
    server = Sink(Certificate(Path(certificate), Path(key)), tls_port=int(port))
    server.folder = Path(folder)
    server.start()
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
