"""Peers that live in an environment of their own, timed there in turn with ours."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Self

WORKER = Path(__file__).with_name("peer_worker.py")


class Peers:
    """A process in the peers' environment that times them on one Word document."""

    def __init__(self, environment: Path, document: bytes) -> None:
        self._file = NamedTemporaryFile(suffix=".docx")  # noqa: SIM115  (kept open for the life of the worker)
        self._file.write(document)
        self._file.flush()
        self._worker = subprocess.Popen(
            [environment / "bin" / "python", WORKER, self._file.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        said = json.loads(self._line() or '{"working": [], "failing": {"all": "the worker did not start"}}')
        self.working: list[str] = said["working"]
        self.failing: dict[str, str] = said["failing"]

    def timers(self) -> dict[str, Callable[[], float]]:
        """For each peer that works, what runs it once and says its milliseconds."""
        return {name: partial(self._run, name) for name in self.working}

    def _run(self, name: str) -> float:
        if self._worker.stdin is None:
            raise RuntimeError("the worker has no input")
        self._worker.stdin.write(name + "\n")
        self._worker.stdin.flush()
        return float(json.loads(self._line()))

    def _line(self) -> str:
        return self._worker.stdout.readline() if self._worker.stdout else ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._worker.stdin is not None:
            self._worker.stdin.close()
        self._worker.wait(timeout=30)
        if self._worker.stdout is not None:
            self._worker.stdout.close()
        self._file.close()
