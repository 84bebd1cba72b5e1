"""Reading: bytes to Document, Document to Extraction, text to Narrative."""
