"""The only room that knows SQL: ledger, contacts, people, outbox, audit."""
