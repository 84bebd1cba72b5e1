"""A process that keeps what it reads to itself: files for its owner alone, no core dumps, and a temporary folder that does not outlive it.

A document may lie in the temporary folder while another program reads it. Whoever is killed meanwhile cannot tidy up; the next process does.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import resource
import shutil
import tempfile
import time
from pathlib import Path

from pipeline.errors import WrongSetup
from pipeline.store.owners import is_dead, me

_PREFIX = "mash-intake."
_LEFT_BEHIND = 3600.0
"""Seconds after which a thing in a living process's folder is no longer at work: one document takes half a minute."""


def keep_private() -> Path:
    """Do all of it, for this process and those it starts. Says where the temporary folder is; called again, it only tidies. Raises WrongSetup."""
    os.umask(0o077)
    # One byte is less than any dump. Nought would not stop a dump that the system pipes into a program of its own.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (1, 1))
    try:
        return _home(Path(tempfile.gettempdir()))
    except OSError as error:
        raise WrongSetup(
            f"no temporary folder can be made ({error.strerror}): make room where temporary files go, or set TMPDIR to another place"
        ) from None


def _home(here: Path) -> Path:
    if here.name.startswith(_PREFIX):
        _tidy(here)
        return here
    for left in here.glob(f"{_PREFIX}*"):
        if is_dead(left.name.removeprefix(_PREFIX)):
            shutil.rmtree(left, ignore_errors=True)
    home = here / f"{_PREFIX}{me()}"
    home.mkdir(mode=0o700)
    tempfile.tempdir = str(home)
    os.environ["TMPDIR"] = str(home)
    atexit.register(_remove, home, os.getpid())
    return home


def _tidy(home: Path) -> None:
    """What killed readers left in the folder of a process that still runs."""
    with contextlib.suppress(OSError):
        for path in home.iterdir():
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < time.time() - _LEFT_BEHIND:
                    shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def _remove(home: Path, process: int) -> None:
    if os.getpid() == process:
        shutil.rmtree(home, ignore_errors=True)
