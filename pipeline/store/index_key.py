"""What the store keeps for the files of the index of existing records: the key they are sealed with, and a mark for each version.

The key is a secret of its own, sealed in the store. Erasing a record takes it away in the same transaction: no file that holds the record opens any
more, whichever machine it lies on. The marks tell whether a file was made from this very store, and not from one that was since put back from a backup.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from pipeline.store.keyring import Keyring, new_key
from pipeline.store.sealed import Sealed
from pipeline.store.sealer import Sealer
from pipeline.store.tables import Counter, Secret

NAME = "people index"
MARKS = 2_000
"""How many versions back a file is still known by its mark."""


def sealer(session: Session) -> Sealer | None:
    """What opens the files; None when there is no key, and so no file that opens."""
    row = session.get(Secret, NAME)
    return None if row is None else _sealer(row.value.open(NAME))


def sealer_made(session: Session) -> Sealer:
    """What the files are sealed with, with a new key where there is none."""
    return sealer(session) or replace(session)


def replace(session: Session) -> Sealer:
    """Another key: no file sealed before opens any more."""
    text = new_key(datetime.now(UTC)).text
    session.merge(Secret(name=NAME, value=Sealed(text, NAME)))
    session.flush()
    return _sealer(text)


def forget(session: Session) -> None:
    """Take the key away."""
    session.execute(delete(Secret).where(Secret.name == NAME))


def mark(session: Session, version: int) -> int | None:
    """The mark of a version of the records; None when it is long past, or was never reached."""
    return session.scalar(select(Counter.value).where(Counter.name == _name(version)))


def mark_made(session: Session, version: int) -> int:
    """The mark of the version the store stands at; it is made for a store that an earlier program wrote."""
    return mark(session, version) or mark_new(session, version)


def mark_new(session: Session, version: int) -> int:
    """Mark a version that is just begun, and forget one that is long past."""
    made = Counter(name=_name(version), value=1 + secrets.randbits(62))
    session.add(made)
    session.execute(delete(Counter).where(Counter.name == _name(version - MARKS)))
    session.flush()
    return made.value


def _name(version: int) -> str:
    return f"people@{version}"


def _sealer(text: str) -> Sealer:
    return Sealer(Keyring.read(text, "the store"))
