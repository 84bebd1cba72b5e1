"""Where personal words get to when everything fails: `python -m benchmarks.privacy`."""
