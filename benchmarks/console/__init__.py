"""How fast the console answers."""
