"""Fits the reader's confidences."""
