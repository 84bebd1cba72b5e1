"""Another key for everything that is held: row by row and mail by mail, so that it can be broken off at any moment and goes on where it was."""

from __future__ import annotations

import contextlib
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table, Text, and_, func, not_, select, tuple_, type_coerce, update

from pipeline.store.all_tables import METADATA
from pipeline.store.blobs import Blobs
from pipeline.store.engine import Store
from pipeline.store.sealed import SealedText, place
from pipeline.store.sealer import TEXT_MARK

BATCH = 200
_NAME_LENGTH = len(TEXT_MARK) + 1 + 8


def sealed_columns() -> Iterator[tuple[Table, Column[Any], SealedText]]:
    """Every sealed column of every table."""
    for table in METADATA.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, SealedText):
                yield table, column, column.type


def reseal(store: Store, blobs: Blobs, pages: Path, progress: Callable[[int], object]) -> int:
    """Seal everything with the newest key and say how many things were changed. What other processes write meanwhile is not overwritten."""
    done = 0
    for table, column, kind in sealed_columns():
        passed = True
        while passed:  # until a whole pass finds nothing: others may have written behind us with the key they had in hand
            passed, after = False, None
            while (some := _some(store, table, column, kind, after)) is not None:
                passed, after = True, some.last
                done += some.count
                progress(done)
    for sha256 in blobs.names():
        if blobs.reseal(sha256):
            done += 1
            progress(done)
    with contextlib.suppress(FileNotFoundError):  # pictures of pages are made anew when somebody looks
        shutil.rmtree(pages)
    return done


@dataclass(frozen=True, slots=True)
class _Some:
    """How many rows were sealed anew, and the key of the last."""

    count: int
    last: tuple[Any, ...]


def _some(store: Store, table: Table, column: Column[Any], kind: SealedText, after: tuple[Any, ...] | None) -> _Some | None:
    """A batch of rows behind this one that are not sealed with the newest key: who began at the first row each time would hold up every writer of a large store."""
    sealer, kept, keys = store.sealer, type_coerce(column, Text), list(table.primary_key.columns)
    newest = f"{TEXT_MARK}.{sealer.ring.newest.id}"
    row_columns = [table.c[name] for name in kind.by]
    with store.session() as session:
        old = select(*keys, *row_columns, kept).where(not_(func.substr(kept, 1, _NAME_LENGTH) == newest)).order_by(*keys).limit(BATCH)
        if after is not None:
            old = old.where(tuple_(*keys) > tuple_(*after))
        rows = [tuple(row) for row in session.execute(old)]
        for row in rows:
            key, named, text = row[: len(keys)], row[len(keys) : -1], row[-1]
            bound = place(kind.name, *named)
            fresh = sealer.seal_text(sealer.open_text(text, bound), bound)
            same = and_(*(one == value for one, value in zip(keys, key, strict=True)), kept == text)
            session.execute(update(table).where(same).values({column.name: type_coerce(fresh, Text)}))
    return _Some(len(rows), rows[-1][: len(keys)]) if rows else None


def in_use(store: Store, blobs: Blobs) -> Counter[str]:
    """How many things each key seals, by the key's id; `clear` counts mails kept by a version that did not seal yet."""
    found: Counter[str] = Counter()
    with store.reading() as session:
        for _, column, _kind in sealed_columns():
            name = func.substr(type_coerce(column, Text), len(TEXT_MARK) + 2, 8)
            for key, count in session.execute(select(name, func.count()).where(column.is_not(None)).group_by(name)):
                found[key] += count
    for sha256 in blobs.names():
        found[blobs.key_of(sha256) or "clear"] += 1
    return found
