"""Fact, reported and opinion; concerns and whom they are about. The only room that knows spaCy."""
