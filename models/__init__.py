"""The words of the product: frozen types that every stage speaks, with nothing of ours imported."""
