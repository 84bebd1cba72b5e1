"""Every table of the store, for what must see all of them: migrations, rotation of keys, erasure."""

from __future__ import annotations

from pipeline.store import act_tables, hold_tables, queue_tables, tables

METADATA = tables.Base.metadata
ROOMS = (tables, act_tables, queue_tables, hold_tables)
