"""Prefect flows: thin, ids in, ids out. The only package that knows Prefect."""
