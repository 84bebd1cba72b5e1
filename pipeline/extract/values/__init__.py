"""Values: what people write in a box, turned into what the record holds. Each module knows one kind of value and nothing of forms."""
