"""`mash-intake serve` whole: a run that the scheduler itself fires completes with the locked versions, and Ctrl-C ends everything cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from flows.server import free_port, healthy
from pipeline.shell.embedded import PASSWORD, USER, MailServers, mail_servers
from tests.flows.asking import ask

pytestmark = pytest.mark.timeout(900)

SCRIPT = "from pipeline.shell.serve import serve; from pipeline.settings import load_settings; serve(load_settings(), every={'deliver': 15})"
SECONDS = 270
"""An upper bound for a busy machine: on an idle one it takes about forty."""


@pytest.fixture
def mail() -> Iterator[MailServers]:
    with mail_servers() as servers:
        yield servers


def test_a_scheduled_run_fires_and_ctrl_c_ends_it_cleanly(tmp_path: Path, mail: MailServers) -> None:
    mail.send_in(
        b"From: a@example.org\r\nTo: mash@example-council.example\r\nSubject: hello\r\nMessage-ID: <1@example.org>\r\n\r\nHello.\r\n", "a@example.org"
    )
    with (tmp_path / "said").open("wb") as said:
        process = _started(SCRIPT, tmp_path, mail, said)
        try:
            done = _wait_for_scheduled(tmp_path, process, {"deliver"})
            metrics = _told_to_a_monitor(tmp_path)
        finally:
            process.send_signal(signal.SIGINT)
            code = process.wait(SECONDS)
    words = (tmp_path / "said").read_text()
    assert done == {"deliver"}, words
    assert code == 0, words
    assert "mash_intake_up 1.0" in metrics
    assert "Dashboard: http://127.0.0.1:" in words
    assert words.rstrip().endswith("Stopped.")
    assert "Traceback" not in words
    assert not healthy(_url_in(words))


def _started(script: str, folder: Path, mail: MailServers, said: IO[bytes]) -> subprocess.Popen[bytes]:
    """As from a script's background, where SIGINT is ignored, and with it in all that is started."""
    ignoring = (
        f"import signal, os; signal.signal(signal.SIGINT, signal.SIG_IGN); os.execv({sys.executable!r}, [{sys.executable!r}, '-c', {script!r}])"
    )
    return subprocess.Popen([sys.executable, "-c", ignoring], env=_environment(folder, mail), stdout=said, stderr=said, cwd=folder)


def test_sigterm_ends_it_too_and_leaves_nobody_behind(tmp_path: Path, mail: MailServers) -> None:
    with (tmp_path / "said").open("wb") as said:
        process = _started(SCRIPT, tmp_path, mail, said)
        end = time.monotonic() + SECONDS
        while "Dashboard" not in (tmp_path / "said").read_text() and process.poll() is None and time.monotonic() < end:
            time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        code = process.wait(SECONDS)
    words = (tmp_path / "said").read_text()
    assert code == 0, words
    assert words.rstrip().endswith("Stopped.")
    left = [path.parent.name for path in Path("/proc").glob("[0-9]*/environ") if _of(path, tmp_path)]
    assert left == []


def _of(environ: Path, folder: Path) -> bool:
    """Whether a process was started for this test: by the data folder in its environment."""
    try:
        return f"MASH_DATA_DIR={folder / 'data'}".encode() in environ.read_bytes()
    except OSError:
        return False


def test_serve_names_a_wrong_setting_at_once(tmp_path: Path, mail: MailServers) -> None:
    environment = _environment(tmp_path, mail) | {"MASH_AUTHORITY": "atlantis"}
    answer = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "serve"], env=environment, capture_output=True, text=True, cwd=tmp_path, timeout=280, check=False
    )
    assert answer.returncode == 1
    assert "atlantis" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


def _environment(folder: Path, mail: MailServers) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MASH_", "PREFECT_"))}
    return clean | {
        "MASH_AUTHORITY": "lewisham",
        "MASH_HEALTH_PORT": str(free_port()),
        "MASH_DATA_DIR": str(folder / "data"),
        "MASH_IMAP_HOST": "127.0.0.1",
        "MASH_IMAP_PORT": str(mail.imap_port),
        "MASH_IMAP_SECURITY": "none",
        "MASH_IMAP_USER": USER,
        "MASH_IMAP_PASSWORD": PASSWORD,
        "MASH_SMTP_HOST": "127.0.0.1",
        "MASH_SMTP_PORT": str(mail.outbox_port),
        "MASH_SMTP_SECURITY": "none",
        "MASH_SMTP_FROM": "mash@example-council.example",
    }


def _wait_for_scheduled(folder: Path, process: subprocess.Popen[bytes], wanted: set[str]) -> set[str]:
    """The flows of which a run that the scheduler created has completed."""
    end, done = time.monotonic() + SECONDS, set[str]()
    while time.monotonic() < end and process.poll() is None and not wanted <= done:
        time.sleep(1)
        url = _served(folder)
        if url is None or not healthy(url):
            continue
        flows = {flow["id"]: flow["name"] for flow in ask(url, "flows/filter")}
        runs = ask(url, "flow_runs/filter")
        done |= {flows[run["flow_id"]] for run in runs if run["auto_scheduled"] and run["state_name"] == "Completed" and run["start_time"]}
    return done


def _served(folder: Path) -> str | None:
    note = folder / "data" / "prefect" / "server.url"
    return note.read_text().strip() if note.exists() else None


def _told_to_a_monitor(folder: Path) -> str:
    said = (folder / "said").read_text()
    with urllib.request.urlopen(said.split(" and ", 1)[1].split()[0], timeout=60) as answer:
        told: str = answer.read().decode()
    return told


def _url_in(words: str) -> str:
    return words.split("Dashboard: ", 1)[1].split("/dashboard", 1)[0]


def test_a_free_port_is_nobodys() -> None:
    port = free_port()
    assert not healthy(f"http://127.0.0.1:{port}")
