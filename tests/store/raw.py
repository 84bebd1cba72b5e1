"""What a database holds, as somebody reads it who has the file but not the key."""

from __future__ import annotations

from sqlalchemy import inspect, text

from pipeline.store.engine import Store


def everything(store: Store, but: tuple[str, ...] = ()) -> str:
    """Every value of every table, as text."""
    names = [name for name in inspect(store.engine).get_table_names() if name not in but]
    with store.engine.connect() as connection:
        return "\n".join(str([tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))]) for name in names)
