"""What people and schedulers start: the command line's groups, the servers, the demonstration, and what they show."""
