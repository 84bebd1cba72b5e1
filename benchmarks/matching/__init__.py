"""The matching benchmark: a register generator, corruption code, the fit of the weights, and the scorer."""
