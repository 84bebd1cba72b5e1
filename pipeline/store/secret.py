"""The store's own secret: the key of its digests, made once and kept sealed. That it opens shows that the keys given are those of this store."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, Engine, select

from pipeline.errors import WrongSetup
from pipeline.store.keyring import Keyring
from pipeline.store.sealed import attach, place
from pipeline.store.sealer import Sealer
from pipeline.store.tables import Secret

DIGESTS = "digests"
_LENGTH = 32


def made(ring: Keyring) -> tuple[Sealer, str]:
    """A sealer with a digest key that nobody had before, and the row's value that keeps it."""
    key = secrets.token_bytes(_LENGTH)
    return Sealer(ring, key), Sealer(ring).seal_text(key.hex(), place("secrets.value", DIGESTS))


def unlock(engine: Engine, ring: Keyring) -> Sealer:
    """The sealer of a store. Raises WrongSetup when the keys are not those that it was sealed with."""
    attach(engine.dialect, Sealer(ring))
    with engine.execution_options(reading=True).connect() as connection:
        sealer = Sealer(ring, bytes.fromhex(_kept(connection)))
    attach(engine.dialect, sealer)
    return sealer


def _kept(connection: Connection) -> str:
    value = connection.scalar(select(Secret.value).where(Secret.name == DIGESTS))
    if value is None:
        raise WrongSetup("the store has lost the key of its digests; restore the database from the backup")
    return value.open(DIGESTS)
