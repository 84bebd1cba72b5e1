"""Columns whose text is sealed, for any table: declare the type with the columns that name the row, write `Sealed(text, ...)`, read `.open(...)`.

    letter: Mapped[Sealed] = mapped_column(SealedText("outbox.letter", by=("message_id",)))
    OutboxRow(message_id=one, letter=Sealed("Dear ...", one))
    row.letter.open(row.message_id)

A text opens only in the row it was written for. The sealer comes from the engine, so that one process may have several stores open.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from pipeline.errors import OurBug
from pipeline.store.sealer import Sealer

_SEALERS: WeakKeyDictionary[Dialect, Sealer] = WeakKeyDictionary()


def attach(dialect: Dialect, sealer: Sealer) -> None:
    """Let every sealed column that this engine's dialect writes or reads use this sealer."""
    _SEALERS[dialect] = sealer


def sealer_of(dialect: Dialect) -> Sealer:
    """The sealer of an engine."""
    try:
        return _SEALERS[dialect]
    except KeyError:
        raise OurBug("a sealed column is used on a store that was not opened by open_store") from None


class Sealed:
    """A text of a sealed column, tied to the row named by `row`."""

    __slots__ = ("_row", "_text")

    def __init__(self, text: str, *row: object) -> None:
        self._text, self._row = text, row

    def open(self, *row: object) -> str:
        """The text. `row` must be the row's own columns: a text moved from another row does not open."""
        if row != self._row:
            raise OurBug("a sealed text is opened for a row that it was not written for")
        return self._text

    def close(self, sealer: Sealer, column: str) -> str:
        """What the column keeps."""
        return sealer.seal_text(self._text, place(column, *self._row))


class _Kept(Sealed):
    """A text as it came out of the database: opened only when somebody asks."""

    __slots__ = ("_column", "_kept", "_sealer")

    def __init__(self, kept: str, column: str, sealer: Sealer) -> None:
        self._kept, self._column, self._sealer = kept, column, sealer

    def open(self, *row: object) -> str:
        return self._sealer.open_text(self._kept, place(self._column, *row))

    def close(self, sealer: Sealer, column: str) -> str:
        if column != self._column:
            raise OurBug("a sealed text is put into another column unopened")
        return self._kept


def place(column: str, *row: object) -> str:
    """How a column and its row are named in what a text is bound to."""
    return "\0".join((column, *(str(part) for part in row)))


class SealedText(TypeDecorator[Sealed]):
    """A sealed column. `name` is table and column; `by` are the columns that name the row, in the order in which they are given to `Sealed`."""

    impl = Text
    cache_ok = True

    def __init__(self, name: str, by: tuple[str, ...]) -> None:
        super().__init__()
        self.name, self.by = name, by

    def process_bind_param(self, value: Sealed | None, dialect: Dialect) -> str | None:
        """Seal on the way in."""
        return None if value is None else value.close(sealer_of(dialect), self.name)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Sealed | None:
        """Hand out unopened."""
        return None if value is None else _Kept(value, self.name, sealer_of(dialect))
