"""What a screener does to a contact, and what it teaches."""
