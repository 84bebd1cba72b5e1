"""Taking mail in: the IMAP edge, and bytes to an InboundMail."""
