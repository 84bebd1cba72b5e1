"""What councils chose, as data files, and the code that reads and checks them."""

from pipeline.authorities.load import authority_names, load_authority

__all__ = ["authority_names", "load_authority"]
