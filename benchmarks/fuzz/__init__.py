"""Reading fuzzed by coverage: mails, Word and PDF documents that nobody thought of. What is found is kept in `tests/finds` and read again by every test run."""
