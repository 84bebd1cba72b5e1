"""Alembic's entry: migrations run on the connection that `open_store` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from pipeline.store.all_tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
