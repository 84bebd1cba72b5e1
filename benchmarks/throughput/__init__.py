"""How many mails a second, end to end."""
