"""One run at a time on one machine, by a lock of the operating system: it is given back even when a run is killed, which Prefect's own limits are not."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(folder: Path | None, name: str | None) -> Iterator[bool]:
    """Whether nobody else on this machine is at it. Without a folder or a name nobody can be."""
    if folder is None or name is None:
        yield True
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
