"""Do we know this family? Names, keys, comparison, and reasons in words."""
