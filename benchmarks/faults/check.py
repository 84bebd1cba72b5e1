"""What must be true after any fault: every mail is one contact, every letter went under one Message-ID, and nothing is half written."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, text

from benchmarks.faults import worker
from benchmarks.faults.worker import Life
from benchmarks.faults.world import World
from pipeline.app import App
from pipeline.store import audit

DRAIN = (timedelta(0), timedelta(hours=3), timedelta(hours=6))
"""Clocks of the rounds that finish what a fault left: each later than the longest wait for another attempt."""


@dataclass
class Findings:
    """The figures that must be nought, and those that tell what a run was."""

    mails: int = 0
    contacts: int = 0
    with_a_person: int = 0
    vanished: int = 0
    letters: int = 0
    sent_again: int = 0
    lost: int = 0
    doubled: int = 0
    second_id: int = 0
    unsent: int = 0
    half_written: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether all that must be nought is."""
        return not (self.lost or self.doubled or self.second_id or self.unsent or self.half_written)

    def __str__(self) -> str:
        told = (
            f"{self.mails} mails, {self.contacts} contacts ({self.with_a_person} given up to a person, {self.vanished} for mails that left before we had them), {self.letters} letters, {self.sent_again} sent again: "
            f"{self.lost} lost, {self.doubled} doubled, {self.second_id} under a second Message-ID, {self.unsent} unsent"
        )
        return f"{told}, {len(self.half_written)} half written" + "".join(f"\n    {one}" for one in self.half_written[:10])


def drain(world: World, log: Path, *, limit: float = 3600.0) -> None:
    """Let one undisturbed worker finish what is left, its clock moving on past every wait."""
    rounds = 3 + len(world.delivered) // 40  # a round sends fifty letters at the most
    for ahead in DRAIN:
        child = worker.start(world.settings(), Life(ahead=ahead, rounds=rounds), log)
        if worker.finish(child, limit) is None:
            worker.kill(child)
            raise RuntimeError("what a fault left was not finished in time")


def examine(world: World) -> Findings:
    """Look at the store, the letters that were taken and the mailbox."""
    app = App.open(world.settings())
    try:
        return _examined(world, app)
    finally:
        app.close()


def _examined(world: World, app: App) -> Findings:
    engine, wanted = app.store.engine, world.wanted()
    found = Findings(mails=len(wanted))
    owners = Counter(sha for sha, _ in _rows(engine, "SELECT DISTINCT sha256, contact_reference FROM contact_messages"))
    references = {reference for (reference,) in _rows(engine, "SELECT reference FROM contacts")}
    found.contacts = len(references)
    found.lost = len(wanted - owners.keys())
    # A mail that left while it was being read has a contact without bytes, so that a person looks for it: it stands for no other mail.
    found.vanished = owners.pop("", 0)
    found.doubled = sum(count - 1 for count in owners.values()) + len(owners.keys() - wanted)
    found.with_a_person = _count(engine, "SELECT count(*) FROM messages WHERE state = 'person' AND error_code IS NOT NULL")
    _letters(world, engine, found)
    found.half_written = [*_unfinished(world, app), *_torn(engine, app)]
    return found


def _letters(world: World, engine: Engine, found: Findings) -> None:
    ours = {str(message_id): state for message_id, state in _rows(engine, "SELECT message_id, state FROM outbox")}
    took = Counter(world.sink.took())
    found.letters = len(ours)
    found.sent_again = sum(took.values()) - len(took)
    found.second_id = len(took.keys() - ours.keys())
    found.unsent = sum(state == "sent" and message_id not in took for message_id, state in ours.items())
    found.unsent += sum(state not in ("sent", "held", "failed") for state in ours.values())


def _unfinished(world: World, app: App) -> Iterator[str]:
    engine = app.store.engine
    for sha in sorted(world.wanted()):
        if not app.blobs.has(sha) or hashlib.sha256(app.blobs.get(sha)).hexdigest() != sha:
            yield f"the bytes of {sha[:12]} are not kept"
    rows = _rows(engine, "SELECT id, state, alias_of, contact_reference FROM messages")
    yield from (f"message {number} is {state}" for number, state, *_ in rows if state not in ("done", "person"))
    yield from (f"message {number} has no contact" for number, _, alias, reference in rows if alias is None and reference is None)
    left = world.box.read(world.box.account.folder)
    if any(b"\\Deleted" not in flags for _, flags in left.values()):
        yield f"{len(left)} mails still lie in the inbox"
    swept = app.blobs.sweep()
    yield from (f"{name} is a temporary file that stayed" for name in (path.name for path in app.settings.data_dir.rglob("*.tmp")))
    if swept and _count(engine, "SELECT count(*) FROM messages") == 0:
        yield "only half-written bytes"


def _torn(engine: Engine, app: App) -> Iterator[str]:
    """What one transaction writes must be there together."""
    for table, column in (("events", "contact_reference"), ("contact_messages", "contact_reference"), ("audit", "reference")):
        without = f"SELECT reference FROM contacts WHERE reference NOT IN (SELECT {column} FROM {table} WHERE {column} IS NOT NULL)"
        yield from (f"contact {reference} has no {table}" for (reference,) in _rows(engine, without))
    yield from (f"contact {reference} has no mail in the ledger" for (reference,) in _rows(engine, _UNKNOWN))
    with app.store.reading() as session:
        if (broken := audit.verify(session)) is not None:
            yield f"the audit's chain is broken at {broken}"
    for contact in app.contacts():
        sent = [letter for letter in contact.correspondence if letter.state == "sent"]
        told = sum(event.what.startswith("letter sent") for event in contact.history)
        if told < len(sent):
            yield f"contact {contact.reference}: {len(sent)} letters sent, {told} in its history"
        if sent and any(clock.what == "acknowledge" and clock.met_at is None for clock in contact.deadlines):
            yield f"contact {contact.reference}: a letter was sent and its clock still runs"
    if engine.dialect.name == "sqlite":
        yield from (f"the database: {said}" for (said,) in _rows(engine, "PRAGMA integrity_check") if said != "ok")
        yield from (f"a row of {row[0]} points nowhere" for row in _rows(engine, "PRAGMA foreign_key_check"))


_UNKNOWN = "SELECT reference FROM contacts WHERE reference NOT IN (SELECT contact_reference FROM messages WHERE contact_reference IS NOT NULL)"


def _rows(engine: Engine, query: str) -> list[tuple[object, ...]]:
    with engine.execution_options(reading=True).connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def _count(engine: Engine, query: str) -> int:
    return int(str(_rows(engine, query)[0][0]))
