"""A transaction, by name, for those who are handed one and know nothing else of the database."""

from sqlalchemy.orm import Session

__all__ = ["Session"]
