"""Where a contact goes, by when, and what is written back."""
