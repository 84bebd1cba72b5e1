"""Files made to bring a reader down: small to send, ruinous to open. `python -m benchmarks.hostile` says how each was answered, how fast and in how much memory."""
