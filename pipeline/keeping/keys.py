"""Changing the key that everything is sealed with, while the hub runs: a new key is added, everything is sealed anew, and the old key goes last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from models.base import Frozen
from pipeline.errors import WrongSetup
from pipeline.keeping.held import Held
from pipeline.people import change_index_key
from pipeline.store import audit, leases, owners
from pipeline.store.keyring import Keyring, new_key
from pipeline.store.resealing import in_use, reseal

SETTLES = timedelta(hours=1)
"""How long an old key stays after a new one came: a process that had it in hand has by then written what it was writing."""


LONGEST = timedelta(hours=12)
"""How long a change of keys may take before another command no longer waits for it. One whose process ended is waited for by nobody."""


class KeyUse(Frozen):
    """How many things one key seals. `held` is False for a key that is not among those given."""

    id: str
    things: int
    newest: bool = False
    held: bool = True


def uses(held: Held) -> tuple[KeyUse, ...]:
    """Every key given, newest first, then those that something is sealed with but nobody gave. `clear` is what no key seals yet."""
    counted, ring = in_use(held.store, held.blobs), held.store.sealer.ring
    given = [KeyUse(id=key.id, things=counted.pop(key.id, 0), newest=key.id == ring.newest.id) for key in ring.keys]
    return (*given, *(KeyUse(id=name, things=count, held=False) for name, count in sorted(counted.items()) if count))


@contextmanager
def _alone(held: Held, now: datetime) -> Iterator[None]:
    """One command at a time changes the keys: of two that write the file at the same moment one's key would be lost, with all that it sealed. Raises WrongSetup."""
    owner = owners.me()
    with held.store.session() as session:
        if leases.acquire(session, "keys", owner, now, LONGEST) is None:
            raise WrongSetup("another command is changing the keys: wait until it is done")
    try:
        yield
    finally:
        with held.store.session() as session:
            leases.release(session, "keys", owner)


def rotate(held: Held, who: str, now: datetime, progress: Callable[[int], object]) -> int:
    """Add a new key, unless an earlier change is not finished or the newest key is new to everything, and seal everything with the newest.

    Says how many things were changed. Broken off at any moment, it goes on when called again. Raises WrongSetup while another command changes the keys.
    """
    with _alone(held, now):
        return _rotated(held, who, now, progress)


def _rotated(held: Held, who: str, now: datetime, progress: Callable[[int], object]) -> int:
    ring, used = held.store.sealer.ring, uses(held)
    if ring.file is not None and all(use.things == 0 for use in used if use.held and not use.newest) and used[0].things:
        ring.replace([new_key(now), *ring.keys])
    elif ring.file is None and len(ring.keys) == 1 and len(used) == 1:
        raise WrongSetup(
            "MASH_KEY holds one key and everything is sealed with it: put a new one before it (`mash-intake keys new`), then run this again"
        )
    done = reseal(held.store, held.blobs, held.pages, progress)
    change_index_key(held.store, held.data_dir)
    with held.store.session() as session:
        audit.append(session, who, f"everything sealed with the key {ring.newest.id}", None, now)
    return done


def retire(held: Held, who: str, now: datetime, *, at_once: bool = False) -> tuple[str, ...]:
    """Take the keys out of the file that nothing is sealed with any more, and say which. Raises WrongSetup when it is too early, or they are in MASH_KEY."""
    with _alone(held, now):
        return _retired(held, who, now, at_once=at_once)


def _retired(held: Held, who: str, now: datetime, *, at_once: bool) -> tuple[str, ...]:
    ring = held.store.sealer.ring
    idle = [use.id for use in uses(held) if use.held and not use.newest and not use.things]
    if not idle:
        return ()
    if ring.file is None:
        raise WrongSetup(f"nothing is sealed with {', '.join(idle)} any more: take it out of MASH_KEY")
    made = ring.newest.made
    if not at_once and (made is None or now - made < SETTLES):
        raise WrongSetup(
            "the new key is younger than an hour, and another process may still be writing with the old one: wait, or stop them and give --now"
        )
    ring.replace([key for key in ring.keys if key.id not in idle])
    with held.store.session() as session:
        audit.append(session, who, f"keys taken away: {', '.join(idle)}", None, now)
    return tuple(idle)


def lies_beside(ring: Keyring, data_dir: Path) -> bool:
    """Whether the key file lies in the data folder, so that who takes the folder has the key too."""
    return ring.file is not None and ring.file.resolve().is_relative_to(data_dir.resolve())
