"""What our processes write into their logs: lines a machine can read, and never the words of somebody else's error."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

MARKER = "Zebedee Quillfeather"
SCRIPT = f"""
import logging, sys, threading, warnings
from pipeline import logs
from pipeline.errors import Retry
logs.tell(sys.argv[1])
ours = logging.getLogger("mash_intake.flows")
ours.info("message %s: %s", 41, "LEWI-26-AAAAAA", extra={{"event": "message", "ledger_id": 41}})
try:
    raise ValueError({MARKER!r})
except ValueError:
    ours.exception("it did not work")
logging.getLogger("some.library").warning("cannot read %s", {MARKER!r})
logging.getLogger("some.library").info("nobody asked")
warnings.warn({MARKER!r})
thread = threading.Thread(target=lambda: int({MARKER!r}), name="a")
thread.start(); thread.join()
raise Retry("the mailbox is not ready") if sys.argv[2] == "ours" else KeyError({MARKER!r})
"""


def _said(form: str, end: str) -> list[str]:
    answer = subprocess.run([sys.executable, "-c", SCRIPT, form, end], capture_output=True, text=True, timeout=240, check=False)
    assert answer.returncode == 1
    assert MARKER not in answer.stderr
    assert answer.stdout == ""
    return answer.stderr.strip().split("\n")


def test_every_line_is_an_object_when_asked() -> None:
    lines = [json.loads(line) for line in _said("json", "ours")]
    first, failed, library, warned, thread, last = lines
    assert all({"at", "level", "logger", "pid", "message"} <= set(line) for line in lines)
    assert (first["event"], first["ledger_id"], first["level"]) == ("message", 41, "INFO")
    assert failed["message"] == "it did not work"
    assert (library["logger"], library["message"].split(":")[0]) == ("some.library", "said something at <string>")
    assert warned["logger"] == "py.warnings"
    assert "ValueError at <string>" in thread["message"]
    assert (last["level"], last["message"]) == ("CRITICAL", "the mailbox is not ready")


@pytest.mark.parametrize("end", ["ours", "foreign"])
def test_in_words_each_is_a_line_with_its_moment(end: str) -> None:
    lines = _said("text", end)
    assert len(lines) == 6
    assert all(line[:4].isdigit() and line[19] == "Z" for line in lines), lines
    assert lines[0].endswith("INFO mash_intake.flows message 41: LEWI-26-AAAAAA")
    assert ("KeyError at <string>" in lines[-1]) == (end == "foreign")
