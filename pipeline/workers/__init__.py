"""Processes that work mails through side by side, and whoever rings when mail comes."""
