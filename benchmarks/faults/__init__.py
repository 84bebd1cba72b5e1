"""Faults on purpose: workers killed anywhere, servers that fail in every way we know of, and a long backlog. Nothing may be lost, nothing doubled."""
