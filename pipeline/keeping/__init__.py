"""What is held, as long as it is held: its keys, how long it stays, what is given out on request, what is erased, and its backup."""
