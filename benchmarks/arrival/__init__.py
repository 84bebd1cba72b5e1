"""How long a mail takes from the mail server to a contact when nothing else happens."""
