"""The console as a program: it starts, answers and stops; what it lacks is one line."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from pipeline.review.web.local import add_user
from pipeline.review.web.users import Role
from pipeline.settings import Settings
from pipeline.shell.console import address, beside, free_port, is_free

SECONDS = 120


def test_it_serves_by_itself_and_stops_when_told(tmp_path: Path) -> None:
    port = free_port(18700)
    add_user(tmp_path / "data/console-users.toml", "sam", "a long enough password", frozenset({Role.SCREENER}))
    with (tmp_path / "said").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.cli", "console", "serve"], env=_environment(tmp_path, port), stdout=said, stderr=said, cwd=tmp_path
        )
        try:
            page = _page(f"http://127.0.0.1:{port}/sign-in", process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)
    words = (tmp_path / "said").read_text()
    assert "<h1" in page
    assert f"Console: http://127.0.0.1:{port}" in words
    assert "Traceback" not in words


def test_what_it_lacks_is_one_line(tmp_path: Path) -> None:
    answer = _run(tmp_path, "console", "serve", MASH_CONSOLE_SIGN_IN="")
    assert answer.returncode == 1
    assert len(answer.stderr.strip().splitlines()) == 1
    assert "MASH_CONSOLE_SIGN_IN" in answer.stderr
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        add_user(tmp_path / "data/console-users.toml", "sam", "a long enough password", frozenset({Role.SCREENER}))
        answer = _run(tmp_path, "console", "serve", MASH_CONSOLE_PORT=str(holder.getsockname()[1]))
    assert answer.returncode == 1
    assert "is taken; set MASH_CONSOLE_PORT" in answer.stderr


def test_a_user_is_added_by_the_command_and_the_password_comes_from_outside(tmp_path: Path) -> None:
    answer = _run(tmp_path, "console", "add-user", "sam", "--role", "screener", "--role", "ops", told="a long enough password\n")
    assert answer.returncode == 0, answer.stderr
    assert "may sign in as ops, screener" in answer.stdout
    assert "password" not in (tmp_path / "data/console-users.toml").read_text()
    for words, says in ((["--role", "king"], "a role is one of"), (["--role", "ops"], "12 characters")):
        answer = _run(tmp_path, "console", "add-user", "sam", *words, told="short\n")
        assert (answer.returncode, says in answer.stderr) == (1, True)


def test_beside_the_flows_it_is_told_what_is_missing_and_nothing_else_stops(tmp_path: Path) -> None:
    for given, says in (
        ({}, "No console: MASH_CONSOLE_SIGN_IN is not set"),
        ({"console_sign_in": "local"}, "No console: there is no "),
        ({"console_sign_in": "oidc"}, "No console: MASH_OIDC_ISSUER is not set"),
    ):
        child, told = beside(Settings(data_dir=tmp_path, **given), tmp_path)  # type: ignore[arg-type]
        assert child is None
        assert told.startswith(says)


def test_the_address_is_the_one_browsers_use() -> None:
    assert address(Settings(console_url="https://mash.example/")) == "https://mash.example"
    assert address(Settings(console_host="::1", console_port=1)) == "http://[::1]:1"
    assert is_free("127.0.0.1", free_port(18800))


def _environment(folder: Path, port: int | None = None, **given: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MASH_")}
    ours = {"MASH_AUTHORITY": "lewisham", "MASH_DATA_DIR": str(folder / "data"), "MASH_CONSOLE_SIGN_IN": "local"}
    return {name: value for name, value in (kept | ours | ({"MASH_CONSOLE_PORT": str(port)} if port else {}) | given).items() if value}


def _run(folder: Path, *words: str, told: str = "", **given: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli", *words]
    return subprocess.run(
        command, env=_environment(folder, None, **given), cwd=folder, input=told, capture_output=True, text=True, timeout=SECONDS, check=False
    )


def _page(url: str, process: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                text: str = answer.read().decode()
                assert re.search("default-src 'none'", answer.headers["Content-Security-Policy"])
                return text
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the console never answered; exit {process.poll()}")


def test_a_fault_that_nobody_foresaw_leaves_no_word_in_its_log(tmp_path: Path) -> None:
    """A contact that no longer fits its model, say: the error quotes it."""
    broken = "from pipeline.shell import console\ndef run(_): raise ValueError('about Quillmarker')\nconsole.run = run\nconsole.main()\n"
    ended = subprocess.run([sys.executable, "-c", broken], env=_environment(tmp_path, 0), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "ValueError at" in ended.stderr
    assert "Quillmarker" not in ended.stderr
