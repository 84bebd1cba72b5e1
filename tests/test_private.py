"""A process of ours leaves nothing behind that others could read, killed or not."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

START = "from pipeline.private import keep_private; home = keep_private(); (home / 'letter.docx').write_text('words'); print(home, flush=True); "


def started(temp: Path, then: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "TMPDIR": str(temp)}
    return subprocess.Popen([sys.executable, "-c", START + then], env=environment, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])


def home_of(process: subprocess.Popen[str]) -> Path:
    assert process.stdout is not None
    return Path(process.stdout.readline().strip())


def test_a_temporary_folder_is_private_and_goes_with_its_process(tmp_path: Path) -> None:
    with started(tmp_path, "import time; time.sleep(600)") as process:
        home = home_of(process)
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        assert stat.S_IMODE((home / "letter.docx").stat().st_mode) == 0o600
        process.kill()
    with started(tmp_path, "pass") as process:
        mine = home_of(process)
    assert process.returncode == 0
    assert not home.exists(), "what a killed process left is removed by the next"
    assert not mine.exists()
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_a_living_process_stays(tmp_path: Path) -> None:
    with started(tmp_path, "import time; time.sleep(600)") as living:
        home = home_of(living)
        with started(tmp_path, "pass") as other:
            home_of(other)
        assert (home / "letter.docx").exists()
        living.kill()


def test_a_process_started_by_ours_works_in_the_same_folder_and_tidies_it(tmp_path: Path) -> None:
    again = (
        "import os, subprocess, sys; old = home / 'mash-office-old'; old.mkdir(); (old / 'form.doc').write_text('words'); os.utime(old, (0, 0)); "
        "told = subprocess.run([sys.executable, '-c', 'from pipeline.private import keep_private; print(keep_private())'], capture_output=True, text=True).stdout; "
        "print(told.strip() == str(home), old.exists(), (home / 'letter.docx').exists(), flush=True)"
    )
    with started(tmp_path, again) as process:
        home_of(process)
        assert process.stdout is not None
        assert process.stdout.readline().split() == ["True", "False", "True"]


@pytest.mark.parametrize("asked", [resource.RLIM_INFINITY, 0])
def test_no_core_is_dumped(tmp_path: Path, asked: int) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    wanted = most if asked == resource.RLIM_INFINITY else asked  # a process can ask for no more than its own limit

    def allow() -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (wanted, most))

    crash = "import os, resource; print(*resource.getrlimit(resource.RLIMIT_CORE), flush=True); os.chdir(home); os.abort()"
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    process = subprocess.Popen(
        [sys.executable, "-c", START + crash], env=environment, stdout=subprocess.PIPE, text=True, preexec_fn=allow, cwd=Path(__file__).parents[1]
    )
    with process:
        home = home_of(process)
        assert process.stdout is not None
        limits = process.stdout.readline().split()
    assert process.returncode == -signal.SIGABRT
    assert limits == ["1", "1"] if most != 0 else ["0", "0"]
    assert [path.name for path in home.iterdir()] == ["letter.docx"]
    assert not [path for path in Path.cwd().glob("core*") if path.stat().st_mtime > time.time() - 60 and path.is_file()]


def test_where_no_temporary_folder_can_be_made_a_command_says_so_in_a_line() -> None:
    nowhere = "import sys, tempfile; tempfile.tempdir = '/proc'; sys.argv = ['mash-intake', 'forms', 'list']; from pipeline.cli import main; main()"
    told = subprocess.run([sys.executable, "-c", nowhere], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout, told.stderr.count("\n")) == (1, "", 1)
    assert "TMPDIR" in told.stderr
