"""Existing records: taken in from a file, kept in the store, and looked up in an index in memory that follows the store."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from models.matching import HouseholdMatch, MatchResult, Query
from models.record import Record
from models.runs import ImportSummary
from pipeline.errors import WrongSetup
from pipeline.match.family import match_household
from pipeline.match.index import Index
from pipeline.match.records import read_mapping, read_records
from pipeline.match.weights import read_weights
from pipeline.store import people
from pipeline.store.engine import Store


class PeopleIndex:
    """The index of one process. It is built when first asked, and takes in what changed in the store before each answer."""

    def __init__(self, store: Store, weights: Path | None = None) -> None:
        """With the weights of the product, or those of a file that was fitted from this hub's own decisions. Raises WrongSetup when it cannot be one."""
        self._store = store
        self._weights = read_weights(weights) if weights else None
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._version = 0

    def match(self, query: Query) -> MatchResult:
        """Look one person up."""
        return self.index().match(query)

    def household(self, queries: Sequence[Query], record: Record) -> HouseholdMatch:
        """Look everyone on a form up together; who the form says lives elsewhere does not speak for the household."""
        elsewhere = frozenset(f"people.{number}" for number, person in enumerate(record.people) if person.in_household is False)
        return match_household(queries, self.index(), elsewhere)

    def index(self) -> Index:
        """The index as the store stands now."""
        with self._lock, self._store.reading() as session:
            if self._index is None:
                self._version = people.version(session)
                self._index = Index.build(people.all_people(session), self._weights)
            elif people.version(session) > self._version:
                changes = people.changes_since(session, self._version)
                for record_id in changes.removed:
                    self._index.remove(record_id)
                for person in changes.people:
                    self._index.add(person)
                self._version = changes.version
            return self._index


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
