"""The purge flow tells in counts, and removes only when it is asked to."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import cast

import pytest

from flows.hub import Hub, using
from flows.purge import purge
from models.runs import PurgeItem, PurgeSummary

ITEMS = (
    PurgeItem(what="contact", id="LEWI-26-2222-2222", reference="LEWI-26-2222-2222", rule="LE-17"),
    PurgeItem(what="mail", id="a" * 64, reference=None, rule="LE-17"),
)


@dataclass
class Keeper:
    """What the flow asks of the app."""

    asked: list[tuple[str, bool]] = field(default_factory=list)
    fails: bool = False

    def purge(self, who: str, *, dry_run: bool) -> PurgeSummary:
        self.asked.append((who, dry_run))
        if self.fails:
            raise KeyError("Quillmarker")
        return PurgeSummary(items=ITEMS, dry_run=dry_run)


@pytest.mark.parametrize(("dry_run", "name", "words"), [(True, "Told only", "would go"), (False, "Completed", "gone")])
def test_a_run_tells_counts(dry_run: bool, name: str, words: str) -> None:
    keeper = Keeper()
    with using(cast("Hub", keeper)):
        state = asyncio.run(purge.fn(dry_run=dry_run))
    assert keeper.asked == [("flow:purge", dry_run)]
    assert (state.name, state.message) == (name, f"{words}: 1 contacts, 1 mails, 0 letters, 0 sets of pictures")


def test_by_itself_it_only_tells() -> None:
    keeper = Keeper()
    with using(cast("Hub", keeper)):
        asyncio.run(purge.fn())
    assert keeper.asked == [("flow:purge", True)]


def test_a_fault_says_no_word_of_what_it_was_about() -> None:
    with using(cast("Hub", Keeper(fails=True))):
        state = asyncio.run(purge.fn(dry_run=False))
    assert state.is_failed()
    assert "Quillmarker" not in str(state.message)
    assert "unexpected" in str(state.message)
