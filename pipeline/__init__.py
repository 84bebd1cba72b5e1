"""From an email in a MASH inbox to a contact a screener can act on."""
