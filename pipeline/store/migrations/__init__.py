"""The history of the schema, run by `open_store`."""
