"""Existing records: taken in from a file, kept in the store, and looked up in an index in memory that follows the store."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from models.matching import HouseholdMatch, MatchResult, Query
from models.record import Record
from models.runs import ImportSummary
from pipeline.errors import WrongSetup
from pipeline.match import snapshot
from pipeline.match.family import match_household
from pipeline.match.index import Index
from pipeline.match.records import read_mapping, read_records
from pipeline.match.weights import read_weights
from pipeline.store import people
from pipeline.store.engine import Store
from pipeline.store.index_file import IndexFile
from pipeline.store.sealed_stream import SealedReader

log = logging.getLogger("mash_intake.people")

PATIENCE = 1800.0
"""Seconds to wait for another process of this machine that makes the file: making it takes minutes at a million records, and two at once take twice as long."""
SHARE = 0.02
FEW = 2_000
"""Changes that whoever starts may take in one by one; past them, and past that share of the records, the file is written again."""
COPIED_SHARE = 0.25
TRIES = 3


class PeopleIndex:
    """The index of one process. It is read from the file that all processes of this machine share, or made from the store, and takes in what changed before each answer."""

    def __init__(self, store: Store, weights: Path | None = None, data_dir: Path | None = None) -> None:
        """With the weights of the product, or those of a file that was fitted from this hub's own decisions; without a data folder nothing is shared.

        Raises WrongSetup when the file cannot be one.
        """
        self._store = store
        self._weights = read_weights(weights) if weights else None
        self._file = IndexFile(store, data_dir) if data_dir else None
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._version = self._made_by = 0

    def match(self, query: Query) -> MatchResult:
        """Look one person up."""
        return self.index().match(query)

    def household(self, queries: Sequence[Query], record: Record) -> HouseholdMatch:
        """Look everyone on a form up together; who the form says lives elsewhere does not speak for the household."""
        elsewhere = frozenset(f"people.{number}" for number, person in enumerate(record.people) if person.in_household is False)
        return match_household(queries, self.index(), elsewhere)

    def index(self) -> Index:
        """The index as the store stands now."""
        with self._lock:
            return self._present()

    def ready(self) -> int:
        """Have the file as the store stands, so that no process waits when it starts. Says how many records are in the index."""
        with self._lock:
            index = self._present()
            if self._file and self._kept_version() != self._version:
                with self._file.alone(PATIENCE) as ours:
                    self._keep(ours)
            return len(index)

    def told(self) -> str:
        """For ops, in a line: how many records there are, and how the file stands."""
        kept, made = self._kept_version(), self._file.made_at() if self._file else None
        with self._store.reading() as session:
            records = people.count(session)
            changed = people.changed_since(session, kept or 0)
        if not records:
            return "no existing records: nobody is known until `mash-intake records import` is run"
        if kept is None or made is None:
            return f"{records} records; no index on the disk: the first process that looks somebody up makes it, and that one waits"
        since = f", {changed} changed since" if changed else ""
        return f"{records} records; their index of {datetime.fromtimestamp(made, UTC):%Y-%m-%d %H:%M} UTC is ready{since}"

    def remove(self, record_id: str) -> bool:
        """Erase a record. False when there is none.

        What the file held no longer opens from the moment the record is gone; the file is taken away, and made anew without it where it was there.
        """
        with self._lock:
            shared = self._file is not None and self._kept_version() is not None
            if shared:
                self._present()
            with self._store.session() as session:
                if not people.remove(session, record_id):
                    return False
            if self._file:
                _remove(self._file)
            if self._file and shared:
                self._present()
                with self._file.alone(PATIENCE) as ours:
                    self._keep(ours)
        return True

    def _present(self) -> Index:
        """The index, followed to where the store stands."""
        if self._index is not None and self._far_behind(len(self._index)):
            self._index = None  # before another takes its place: both would not fit a small machine
        begun = self._index is None
        index = self._index or self._begin()
        changed = self._follow(index)
        if self._file and begun and changed > max(FEW, len(index) * SHARE):
            with self._file.alone(0) as ours:
                self._keep(ours)
        return index

    def _begin(self) -> Index:
        """From the file; else from the store, by one process while the others wait for its file."""
        if self._file is None:
            return self._build()
        if (index := self._read()) is not None:
            return index
        with self._file.alone(PATIENCE) as ours:
            if (index := self._read()) is None:
                index = self._build()
                self._keep(ours)
        return index

    def _build(self) -> Index:
        with self._store.reading() as session:
            people.steady(session)
            version = people.version(session)
            index = Index.build(people.all_people(session), self._weights)
        self._index, self._version, self._made_by = index, version, os.getpid()
        return index

    def _follow(self, index: Index) -> int:
        """Take in what changed. Says how many records that were."""
        with self._store.reading() as session:
            if people.version(session) == self._version:
                return 0
            changes = people.changes_since(session, self._version)
        for record_id in changes.removed:
            index.remove(record_id)
        for person in changes.people:
            index.add(person)
        self._version = changes.version
        return len(changes.people) + len(changes.removed)

    def _far_behind(self, records: int) -> bool:
        """Whether beginning anew costs less than following: more than half has changed, or a good share and the file has it already.

        A process copied from the one that read the file shares its memory, and would lose that.
        """
        with self._store.reading() as session:
            if people.version(session) == self._version:
                return False
            changed = people.changed_since(session, self._version)
        if changed <= max(FEW, records * (SHARE if self._made_by == os.getpid() else COPIED_SHARE)):
            return False
        return changed > records / 2 or (self._kept_version() or 0) > self._version

    def _read(self) -> Index | None:
        """Out of the file, when there is one that this program and this store can use."""
        if self._file is None:
            return None
        try:
            with self._file.opened() as source:
                if source is None:
                    return None
                head = self._head(self._file, source)
                index = snapshot.read(head, source, self._weights)
        except (WrongSetup, OSError) as fault:
            log.warning("the index on the disk is not used (%s); it is made anew from the store", _told(fault))
            return None
        self._index, self._version, self._made_by = index, head.version, os.getpid()
        return index

    def _kept_version(self) -> int | None:
        """How far the file goes; None when there is none to use."""
        if self._file is None:
            return None
        try:
            with self._file.opened() as source:
                return None if source is None else self._head(self._file, source).version
        except (WrongSetup, OSError):
            return None

    @staticmethod
    def _head(file: IndexFile, source: SealedReader) -> snapshot.Head:
        head = snapshot.read_head(source)
        if not file.knows(head.version, head.mark):
            raise snapshot.NotUsable("it was made from another store, or from this one before a backup was put back")
        return head

    def _keep(self, ours: bool) -> None:
        """Write the file, when it is ours to write. Where it cannot be written everything goes on without it."""
        if not ours or self._file is None or self._index is None or not self._version:
            return
        index = self._index
        try:
            for _ in range(TRIES):
                version = self._version
                if self._file.write(version, lambda sink, mark, version=version: snapshot.write(index, sink, version, mark)):  # type: ignore[misc]
                    return
                self._follow(index)
        except OSError as fault:
            log.warning("the index cannot be written to the data folder (%s): each process makes its own", type(fault).__name__)


def change_index_key(store: Store, data_dir: Path) -> None:
    """Another key for the file of the index, as for everything held. A file that does not open with the old one is taken away."""
    file = IndexFile(store, data_dir)
    try:
        file.change_key(PATIENCE)
    except (WrongSetup, OSError) as fault:
        log.warning("the index on the disk could not be sealed anew (%s); it is made anew from the store", _told(fault))
        _remove(file)


def _remove(file: IndexFile) -> None:
    try:
        file.remove()
    except OSError as fault:
        log.warning("the index on the disk could not be taken away (%s); no key opens it any more", type(fault).__name__)


def _told(fault: WrongSetup | OSError) -> str:
    """What a log may say: our own words where they are about the file, else the kind of fault."""
    return str(fault) if isinstance(fault, snapshot.NotUsable) else type(fault).__name__


def import_file(store: Store, file: Path, mapping: Path | None, progress: Callable[[int], object]) -> ImportSummary:
    """Take a file of records into the store, a batch a transaction: run again after a break, it goes on where it matters.

    Bad rows are left out and told by line number. Raises WrongSetup when nothing could be read.
    """
    opened = read_records(file, read_mapping(mapping) if mapping else None)
    for batch in opened.batches():
        with store.session() as session:
            people.import_people(session, batch.people)
        progress(opened.report.good)
    report = opened.report
    if not report.good:
        first = report.problems[0] if report.problems else None
        why = f"the first fault is in line {first.line}: {first.message}" if first else "it has no rows"
        raise WrongSetup(f"{file.name}: no row could be taken in; {why}")
    problems = tuple((one.line, one.message if one.left_out else f"{one.column}: {one.message}; the row is in without it") for one in report.problems)
    return ImportSummary(taken=report.good, left_out=report.left_out, problems=problems)
